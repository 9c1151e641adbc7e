#!/usr/bin/env bash
# Lists the debtors, the largest debt first: client, name, e-mail address, amount, and the earliest due day.
# usage: debtors.sh
set -euo pipefail

clients=$(laseros client list --json --fields code,name,email)
laseros invoice list --json --fields client,issued_on,due,balance | jq --raw-output --argjson clients "$clients" '
    def cents: . * 100 | round;
    def money: "\(. / 100 | floor).\("0\(. % 100)"[-2:])";
    ($clients | INDEX(.code)) as $of
    | map(select(.issued_on and .balance > 0))
    | group_by(.client)
    | map({client: .[0].client, owed: (map(.balance | cents) | add), since: (map(.due) | min)})
    | sort_by(-.owed)[]
    | [.client, $of[.client].name, $of[.client].email // "-", (.owed | money), .since]
    | @tsv'
