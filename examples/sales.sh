#!/usr/bin/env bash
# What was invoiced, paid and still owed, a month a line, as CSV.
# usage: sales.sh [YEAR]     (every month there is where none is named)
exec laseros report sales --csv ${1:+--from "$1-01-01" --to "$1-12-31"}
