#!/usr/bin/env bash
# Prints what was invoiced, paid and is still owed, one month per line, as CSV.
# usage: sales.sh [YEAR]     (default: every month with records)
exec laseros report sales --csv ${1:+--from "$1-01-01" --to "$1-12-31"}
