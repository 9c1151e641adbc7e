#!/usr/bin/env bash
# What was invoiced, paid and still owed, a month a line, as CSV: a pipeline through jq.
# usage: sales.sh [YEAR]     (every month there is where none is named)
set -euo pipefail

year=${1:-}
laseros invoice list --all --json --fields issued_on,total,paid,balance |
    jq --raw-output --arg year "$year" '
        def cents: . * 100 | round;
        def money: "\(. / 100 | floor).\("0\(. % 100)"[-2:])";
        map(select(.issued_on and (.issued_on | startswith($year))))
        | group_by(.issued_on[:7])
        | ["month", "invoices", "total", "paid", "owed"],
          (.[] | [.[0].issued_on[:7], "\(length)"] + (map([.total, .paid, .balance | cents]) | transpose | map(add | money)))
        | join(",")'
