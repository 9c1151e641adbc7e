#!/usr/bin/env bash
# Writes the clients and the invoices issued in a month as CSV into a folder, for the bookkeeper.
# usage: export-month.sh DIR [YYYY-MM]     (last month where none is named)
set -euo pipefail

folder=${1:?usage: export-month.sh DIR [YYYY-MM]}
month=${2:-$(date -d "$(date +%Y-%m-15) -1 month" +%Y-%m)}
mkdir -p "$folder"

laseros client export --output "$folder/clients.csv"

# None of these fields can hold a comma, so that awk can tell them apart; issued_on is the third.
fields=code,client,issued_on,due,subtotal,vat,total,paid,balance
laseros invoice list --all --csv --fields "$fields" |
    awk -F, -v month="$month-" 'NR == 1 || index($3, month) == 1' >"$folder/invoices-$month.csv"
