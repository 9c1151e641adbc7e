#!/usr/bin/env bash
# Goes from drawings to an invoice, in a new shop in a temporary folder, which is kept so that its PDFs can be viewed.
# usage: demo.sh [BINARY]     (default: the variable LASEROS, then laseros on the PATH)
set -euo pipefail

examples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
binary=$(command -v "${1:-${LASEROS:-laseros}}") || {
    echo "usage: demo.sh BINARY, or laseros on the PATH" >&2
    exit 2
}
folder=$(mktemp -d "${TMPDIR:-/tmp}/laseros-demo-XXXXXX")
mkdir "$folder/bin" "$folder/work"
ln -s "$(realpath "$binary")" "$folder/bin/laseros"
cp "$examples"/*.dxf "$examples"/*.csv "$folder/work"
export PATH="$folder/bin:$PATH" LASEROS_SHOP="$folder/shop"
cd "$folder/work"

say() { printf '\n# %s\n' "$*"; }

# Prints a command as it would be typed.
show() {
    local word line='$'
    for word; do
        [[ $word =~ ^[[:alnum:]_./:,=@+-]+$ ]] || word=${word@Q}
        line+=" $word"
    done
    printf '\n%s\n' "$line"
}

run() {
    show "$@"
    "$@"
}

# Runs a command that must end with the given exit code.
ends_with() {
    local wanted=$1 code=0
    shift
    run "$@" || code=$?
    echo "[exit code $code]"
    [ "$code" -eq "$wanted" ]
}

# Prints one field of a record in the machine format.
field() { laseros "$1" show "$2" --csv --no-header --fields "$3"; }

same() {
    if [ "$2" != "$3" ]; then
        echo "demo: $1: $2 is not $3" >&2
        exit 1
    fi
    echo "$1: $2 = $3"
}

# Checks that the terms of a quote add up to its price, to the cent.
agrees() {
    local sum
    sum=$(laseros quote explain "$1" --csv --no-header --fields amount | awk '{ sum += $1 * 100 } END { printf "%.2f", sum / 100 }')
    same "$1: sum of the terms and subtotal" "$sum" "$(field quote "$1" subtotal)"
}

say "A shop, and what stands on its paper"
run laseros init
run laseros config set company_name 'Karoo Laser Works'
run laseros config set company_address '14 Bree Street|Worcester|6850'
run laseros config set company_email office@karoolaser.example
run laseros config set company_phone '+27 23 555 0142'
run laseros config set company_vat_number 4440123456
run laseros config set bank_name 'Karoo Bank'
run laseros config set bank_holder 'Karoo Laser Works'
run laseros config set bank_account 620012345678
run laseros config set bank_branch 250655

say "Materials, machines, presets, prices and clients from CSV"
for noun in material machine preset price client; do
    run laseros "$noun" import "${noun}s.csv"
done

say "Real drawings: their size, the length that is cut, the pierces"
run laseros dxf info .

say "One drawing has faults: the exit code says so"
ends_with 1 laseros dxf check 0008-Faulty-MS-3mm-x1.dxf
run laseros dxf preview 0008-Faulty-MS-3mm-x1.dxf -o "$folder/faulty.svg"

say "A project with four drawings"
run laseros project add 'Pump station spares' --client overberg --due +2w
run laseros project attach last 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf 0003-Gasket-SS-1mm-x25.dxf 0005-Cover-SS-3mm-x2.dxf
run laseros project files last

say "Its quote: material, thickness and quantity from the names of the files"
run laseros quote add --client overberg --project spares --reference 'PO 4711'
quote=$(field quote last code)
run laseros quote explain "$quote" --fields line,term,basis,amount
agrees "$quote"

say "A mixed enquiry: what the names tell as a CSV, looked over, then priced"
run laseros dxf info --lines 0004-Panel-AL-2mm-x6.dxf 0006-Nameplate-Brass-1.5mm-x50.dxf 0007-Link-MS-8mm-x12.dxf -o rfq.csv
run sed -i '/Panel/s/$/powder/' rfq.csv
run cat rfq.csv
run laseros quote add --client swartland --lines rfq.csv
agrees "$(field quote last code)"

say "The first is sent and accepted, invoiced, issued and paid in part"
run laseros quote send "$quote"
run laseros quote pdf "$quote" -o "$folder/quote.pdf"
run laseros quote accept "$quote"
run laseros invoice add "$quote"
run laseros invoice issue last
invoice=$(field invoice last code)
same "total of the invoice and of its quote" "$(field invoice "$invoice" total)" "$(field quote "$quote" total)"
run laseros invoice pdf "$invoice" -o "$folder/invoice.pdf"
run laseros invoice pay "$invoice" --amount 1000 --method EFT --reference "$invoice"

say "How the shop stands"
run laseros quote list
run laseros invoice list

say "Every change is in the log, can be taken back, and the log proves itself"
run laseros log --limit 8 --fields entry,sentence
run laseros undo --dry-run
run laseros log verify

say "Done. Look at:"
printf '  %s\n' "$folder/quote.pdf" "$folder/invoice.pdf" "$folder/faulty.svg"
printf 'The shop is %s; remove it all with: rm -r %s\n' "$folder/shop" "$folder"
