#!/usr/bin/env bash
# Writes the clients and the invoices issued in a month into a folder for the bookkeeper, as CSV that a spreadsheet opens with a double
# click.
# usage: export-month.sh DIR [YYYY-MM]     (default: last month)
set -euo pipefail

folder=${1:?usage: export-month.sh DIR [YYYY-MM]}
month=${2:-$(date -d "$(date +%Y-%m-15) -1 month" +%Y-%m)}
mkdir -p "$folder"

laseros client export --excel --output "$folder/clients.csv"
laseros invoice list --all --period "$month" --excel --fields code,client,issued_on,due,subtotal,vat,total,paid,balance \
    --output "$folder/invoices-$month.csv"
