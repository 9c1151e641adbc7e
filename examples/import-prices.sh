#!/usr/bin/env bash
# Imports a supplier's price list: FILE has the columns of `laseros price import`, each row with its first day in `from`. Prints the
# changes, for cron to mail, and nothing if the shop has the list already. A faulty list changes nothing.
# usage: import-prices.sh FILE
set -euo pipefail

file=${1:?usage: import-prices.sh FILE}
talk=$(mktemp)
trap 'rm -f "$talk"' EXIT

code=0
changes=$(laseros price import "$file" --dry-run --fields code,change,field,before,after 2>"$talk") || code=$?
if [ "$code" -ne 0 ]; then
    cat "$talk" >&2
    exit "$code"
fi
if [ -n "$changes" ]; then
    printf '%s\n\n' "$changes"
    laseros price import "$file"
fi
