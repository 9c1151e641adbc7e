#!/bin/bash
# Creates the small shop that later versions must open, upgrade and undo in: rows in every table, every verb in the journal.
# usage: make.sh LASEROS OUT.tgz     (once for each version of the schema, with the binary that ships it)
set -euo pipefail
laseros=$(realpath "$1")
out=$(realpath "$2")
examples=$(realpath "$(dirname "$0")/../../examples")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work LASEROS_SHOP=$work/shop EDITOR="sed -i 's/^# quote_valid_days = .*/quote_valid_days = 14/'"
cp "$examples"/*.dxf "$examples"/*.csv "$work"
cd "$work"

minute=0
run() {
    printf -v LASEROS_NOW '2026-08-%02dT%02d:%02d:00Z' $((3 + minute / 600)) $((6 + minute % 600 / 60)) $((minute % 60))
    export LASEROS_NOW
    minute=$((minute + 7))
    "$laseros" "$@" >/dev/null
}

run init "$LASEROS_SHOP"
run config set company_name 'Karoo Laser Works'
run config set vat_rate 15
run config set price_minimum 0
run config set price_minimum
run config edit
for noun in material machine preset price client; do run "$noun" import "${noun}s.csv"; done

# Clients and contacts, some with non-ASCII names, other names or another case, and some that are removed.
run client add 'Müller Straßenbau' --contact 'Jörg Weiß' --email joerg@mueller.example --phone '+27 21 555 0101'
run client add 'Česká ocel' --address 'Unit 4|12 Main Road|Worcester|6850' --vat-number 4230198765 --notes 'pays late|asks twice'
run client edit ceska --terms account
run client edit muller --name 'MÜLLER Straßenbau (Pty) Ltd' --email ''
run client add 'Gone & Co'
run client remove last
run contact add 'Zoë Adams' --client muller --role Buyer --email zoe@mueller.example
run contact add 'Ben Botha' --client muller --phone 0215550102
run contact edit zoe --role Owner
run contact remove ben
printf 'name,client,role\nAnna,%s,Fitter\nCarla,%s,\n' 'müller straßenbau (pty) ltd' CL-0001 >people.csv
run contact import people.csv
printf 'naam,kliënt\nDirk,CL-0002\n' >mense.csv
run contact import mense.csv --map naam=name,kliënt=client --save-map mense

# Materials, machines, presets and prices.
run material add FOAM 'EVA foam' --density 0.12 --aliases 'EVA,Schaum' --kerf 0.3
run material edit FOAM --notes 'smokes'
run material add TMP Temporary --density 1
run material remove TMP
run machine add CO2 'CO2 laser' --bed 1300x900 --power 150 --rate 320
run machine edit CO2 --active no
run machine add OLD 'Old one'
run machine remove OLD
run preset add 'FOAM 10 air' --material FOAM --thickness 10 --speed 6000 --gas air --pressure 1.5 --nozzle '2mm' --pierce-time 0.1 --focus -1.5 \
    --machine CO2
run preset edit 'FOAM 10 air' --peak-power 120 --duty-cycle 97.5 --frequency 5000 --actual-power 90.5 --corner-power 40 --pierce-power 60 \
    --on-delay 0.1 --off-delay 0.15 --beam-width 0.2 --nozzle-height 1
run preset add Spare --material FOAM --thickness 5
run preset remove Spare
run price add material-kg FOAM 95.50 --from 2026-01-01 --supplier 'Cape Foam'
run price add gas air 0.000125 --from 2026-01-01
run price edit last --amount 0.00015 --notes 'compressor'
run operation add coat 'powder coated' --outside yes --charge m2
run operation edit coat --notes 'black or white'
run operation add fold folded --machine CO2 --charge bend --setup 10m --each 30s
run operation add spare Spare
run operation remove spare
printf 'code,name,charge,each_s\nweld,geschweißt,metre,90\n' >operations.csv
run operation import operations.csv
run price add operation coat 12.5
run price add finishing Überzug 12.5
run price remove last
run machine edit CO2 --code CO2A

# Projects with files.
run project add 'Gate hinges' --client muller --material MS --thickness 3 --quantity 4 --due +2w --priority high
run project add 'Tor für Česká' --client ceska --due eom --notes 'gebürstet'
run project edit last --sheets 2 --bends 6 --cut-time 90m --drawing-time 30m --quoted-price 1200 --final-price 1100.50 --sheet-size 2500x1250
printf 'project_code,status,quote_date,pop_received_date\nJB-2026-08-CL0007-001,approved,2026-08-01,2026-08-04\n' >status.csv
run project import status.csv
run project add Lost --client muller
run project remove last
run project attach hinges 0007-Link-MS-8mm-x12.dxf 0001-Flange-MS-10mm-x4.dxf
run project attach hinges clients.csv --kind other
run project detach hinges clients.csv
run project part add hinges 'Hinge, left' --quantity 4 --operations cut,fold,coat --customer-material yes --note 'gebürstet'
run project part add hinges Tor --of 1:2,3 --at 1
run project part edit hinges 3 --quantity 5
run project part move hinges 2 --to 1
printf 'title,quantity,finish\nBolzen,6,coat\nScheibe,7,\n' >parts.csv
run project part add hinges --lines parts.csv
run project part remove hinges 6
run project list --status approved --save paid
run project list --due-by +1w --save soon
run filter remove project@soon

# A project from request to completion, with every transition, and one that is cancelled.
run project add Treppe --client muller --material MS --thickness 5
run project attach last 0002-Bracket-MS-5mm-x10.dxf
run project offer last
run project request last
run project offer last
run project pop last --on today
run project pop last --withdraw
run project approve last --force 'the owner said so'
run project queue last --force 'the owner said so'
run project hold last 'no steel'
run project resume last
run project start last
run project complete last
run project notify last
run project reopen last
run project part add treppe Stufe --quantity 12 --customer-material yes --material-received today
run project deliver treppe 1:4 --received-by 'Jörg Weiß' --notes 'vor dem Regen'
run project deliver treppe 2:5
run project complete treppe
run project deliver treppe 2:6 --final --on yesterday
run delivery edit last --on today --notes 'eine Stufe fehlt'
run delivery remove last
run project part add treppe Reserve --quantity 1
printf 'code,received_by\nDN-2026-0002,Zoë Adams\n' >deliveries.csv
run delivery import deliveries.csv
run project deliver treppe 2 --force 'sie wartet'
run project add Tisch --client ceska
run project cancel last 'bought elsewhere'
run project reinstate last
# One that is made again, one whose faults are, and their owners and days.
run project repeat Treppe --due +3w --name 'Treppe, zweite'
run project edit last --owner jörg --expected +4w
run project remake Treppe 'verbogen' 1:2 --cost 450 --due +3d
run project edit last --fault-cost 512.50 --owner ''

# Quotes in every state.
quote() {
    run quote add --client muller "$@"
}
quote --project hinges --reference 'Bestellung Nr. 7 – Jörg' 0001-Flange-MS-10mm-x4.dxf 0003-Gasket-SS-1mm-x25.dxf:50000
quote 0007-Link-MS-8mm-x12.dxf --valid-until +1d
quote 0002-Bracket-MS-5mm-x10.dxf:3 --notes 'small'
quote 0002-Bracket-MS-5mm-x10.dxf
quote 0002-Bracket-MS-5mm-x10.dxf:7
quote 0005-Cover-SS-3mm-x2.dxf
run quote edit QT-2026-0001 --terms 'Net 14'
run quote send QT-2026-0001 QT-2026-0002 QT-2026-0003 QT-2026-0004
run quote accept QT-2026-0001
run quote accept QT-2026-0004
run quote reject QT-2026-0003
run quote remove QT-2026-0005
minute=$((minute + 1800))
run project expire

# Invoices: one issued and paid in two parts, one draft, one removed.
run invoice add QT-2026-0001 --due +30d
run invoice edit last --reference 'PO 4711' --notes 'by hand'
run invoice issue last
run invoice pay last --amount 1000.01 --method EFT --reference 'MÜLLER 1'
run invoice pay last --amount 500 --on 2026-08-06
run invoice add QT-2026-0004
run invoice remove last
run invoice add QT-2026-0004

# Products, by hand, from a file and from a library, and a part that is one of them.
printf 'eine Notiz\n' >note.txt
mkdir library
cp 0001-Flange-MS-10mm-x4.dxf library/flange.dxf
cp 0005-Cover-SS-3mm-x2.dxf library/cover.dxf
printf 'industry,item,file,size,thickness,notes\nFarming,Flange,flange.dxf,DN100,10,mild steel\nFood,"Cover, large",cover.dxf,,3,stainless\n' \
    >library/index.csv
run product import-library library
run product add WINKEL 'Winkel 80 × 80' --material MS --thickness 5 --category Winkel --operations cut,fold --price 1:15,10:12.50 \
    --description 'für Treppen' --notes 'entgraten'
run product edit WINKEL --name 'Winkel 80 × 80, verzinkt' --price 1:16,10:13.25,100:9.905
run product price add WINKEL 500 8.75
run product price edit WINKEL 500 --price 8.50
run product price remove WINKEL 10
run product attach WINKEL 0002-Bracket-MS-5mm-x10.dxf note.txt
run product detach WINKEL note.txt
run product raise WINKEL --by 5%
run product add GONE Gone
run product remove GONE
printf 'sku_code,name,unit_price\nSCHILD,Türschild,"12.50"\n' >products.csv
run product import products.csv
run project part add CL0006-003 --product WINKEL --quantity 12
run price raise --kind material-kg --by 5% --from +1m

# Files of other records, and a customer's folder.
run client attach muller note.txt --kind order
run quote attach QT-2026-0001 note.txt
run invoice attach INV-2026-0001 note.txt
run delivery attach DN-2026-0002 note.txt
run material attach FOAM note.txt --kind certificate
run machine attach CO2 note.txt
for record in 'quote QT-2026-0001' 'invoice INV-2026-0001' 'delivery DN-2026-0002' 'material FOAM' 'machine CO2' 'client muller'; do
    read -r noun code <<<"$record"
    printf 'zweite\n' >second.txt
    run "$noun" attach "$code" second.txt
    run "$noun" detach "$code" second.txt
done
mkdir -p profiles/CL-0001/1.Projects/0012-Schild-15.03.2026
cp 0003-Gasket-SS-1mm-x25.dxf profiles/CL-0001/1.Projects/0012-Schild-15.03.2026/
run project import-folder profiles

# Clients that are one, one like another, and one who is gone; their own terms, people and drawings.
run client edit muller --due-days 14 --discount 5% --delivery-address 'Tor 3|Hafenstraße 9' --drawing-unit inch \
    --drawing-processes 'colour:1=engrave' --file-pattern '{title}_{material}_{thickness}'
run client attach muller 0007-Link-MS-8mm-x12.dxf
run contact add 'Ida Øst' --client muller --role 'Einkauf, orders, invoices'
run client add 'Mueller Strassenbau' --email office@mueller.example --vat-number DE811
run client merge last --into muller
run client copy muller Nordwerk
run client archive last
run client archive ceska
run client unarchive ceska
run quote add --client muller --to 'Ida Øst' 0002-Bracket-MS-5mm-x10.dxf

# Stock: items, lots, every kind of movement, a stocktake, a client's own material, and what is reserved.
run inv add SM-MS-3 'Mild steel 3 mm' --category 'Sheet Metal' --material MS --thickness 3 --size 2500x1250 --level 5 --order 20 --unit-cost 1850
run inv add GAS-O2 Oxygen --category Gas --unit liters --level 500 --location 'Gas cage'
run inv add BR-2 'Brass of the client' --material BR --thickness 2 --client muller
run inv receive SM-MS-3 8 --reference 'DN 4711'
run inv receive SM-MS-3 3 --cost 1900.50 --lot --heat H4711 --grain width --location 'Rack B' --certificate 0001-Flange-MS-10mm-x4.dxf
run inv receive GAS-O2 600 --cost 0.85 --on 2026-08-01
run inv receive BR-2 4 --lot
run inv reserve hinges SM-MS-3:2 LOT-0001:1
run inv use SM-MS-3 2 --project hinges
run inv return SM-MS-3 1 --project hinges
run inv waste LOT-0001 0.5 'bent by the forklift'
run inv adjust GAS-O2 -10.5 'blown off'
run inv count stocktake.csv
run inv move LOT-0001 'Rack C'
run inv use GAS-O2 50
run undo
run redo
run inv edit BR-2 --client ''
run lot edit LOT-0001 --notes scratched
run inv reserve hinges SM-MS-3:1
run inv release hinges
run inv add TAPE 'Masking tape' --category Consumables
run inv remove TAPE

# Suppliers, and purchases that are drafts, placed, received in part, and cancelled.
run supplier add 'Kaapse Staal' --supplies plate --email orders@kaap.example --lead-days 4 --account KLW-7 --address 'Dokweg 1|Kaapstad'
run supplier add Beschichter --active no
run inv add PLATE-4 'Plate 4 mm' --material MS --thickness 4 --level 3 --order 10 --supplier SU-0001
run operation add zinc galvanised --outside yes --charge piece
run supplier article add SU-0001 --item PLATE-4 --article KS-4 --price 2210.50 --pack 5
run supplier article add SU-0001 --operation zinc --price 35
run purchase add SU-0001 PLATE-4 --operation zinc:4 --expected 2026-12-24 --notes 'ring first'
run purchase line edit last 2 --project hinges
run purchase place last
run purchase receive last 1:4 --reference 'DN 77'
run purchase add SU-0001 PLATE-4:5
run purchase cancel last 'ordered twice'
run purchase add SU-0001 PLATE-4:15 --terms 'In one delivery.'

# Remnants, of which a quote takes one.
run inv remnant add 225x220 --material MS --thickness 10 --cost 40 --location 'Rack R'
run inv remnant add 1200x800 --corner 700x500 --window 100,80,200x150 --material MS --thickness 10 --heat H4711
run inv remnant add 0001-Flange-MS-10mm-x4.dxf --material MS --thickness 10
run quote add --client muller 0001-Flange-MS-10mm-x4.dxf:1
run quote send last
run quote accept last
run inv remnant scrap RE-0003 rusted

# The rest of what changes stock, suppliers and purchases.
run inv attach GAS-O2 0001-Flange-MS-10mm-x4.dxf
run inv detach GAS-O2 0001-Flange-MS-10mm-x4.dxf
printf 'code,name,unit,on_hand,unit_cost\nBOLT,Bolts,pieces,200,0.35\n' >bolts.csv
run inv import bolts.csv
run inv remnant use RE-0002
run lot attach LOT-0001 0001-Flange-MS-10mm-x4.dxf --replace
run lot detach LOT-0001 0001-Flange-MS-10mm-x4.dxf
printf 'code,kind,inv,heat\nLOT-0001,,,H4712\nLOT-0099,sheet,SM-MS-3,H4713\n' >lots.csv
run lot import lots.csv
run lot remove LOT-0099
run supplier edit SU-0001 --due-days 30
run supplier attach SU-0001 0001-Flange-MS-10mm-x4.dxf
run supplier detach SU-0001 0001-Flange-MS-10mm-x4.dxf
run supplier article edit SU-0001 1 --price 2230
run supplier article list SU-0001 --csv
"$laseros" supplier article list SU-0001 --csv >articles.csv
sed -i 's/2230/2240/' articles.csv
run supplier article import SU-0001 articles.csv
run supplier article remove SU-0001 2
printf 'name,lead_days\nGas Supply,1\n' >suppliers.csv
run supplier import suppliers.csv
run supplier remove last
run purchase edit last --reference 'AB 12'
run purchase line add last --item BOLT --quantity 100
run purchase line move last 2 --to 1
run purchase line remove last 1
run purchase attach last 0001-Flange-MS-10mm-x4.dxf
run purchase detach last 0001-Flange-MS-10mm-x4.dxf
"$laseros" purchase export --json | sed 's/In one delivery\./In one delivery, please./' >purchases.json
run purchase import purchases.json
run purchase add SU-0001 PLATE-4:5
run purchase remove last

# The shop floor: work centres, operators, the queue, runs and the kept plan.
run machine add BRAKE 'Press brake' --kind press-brake --hours 'Mon-Fri 07:00-15:00'
run machine exception add BRAKE --from 2026-12-24 --until 2027-01-02 --reason holidays
run machine exception add BRAKE --from 2026-09-05 --until 2026-09-05 --hours 08:00-12:00
run machine exception edit BRAKE 2 --reason overtime
run machine exception remove BRAKE 2
run operator add 'Zanele Dube' --user zanele
run operator add 'Gone Soon'
run operator remove last
printf 'name,phone\nJan Smit,0215550177\n' >operators.csv
run operator import operators.csv
run operator edit last --email jan@karoo.example
run operation add press pressed --machine BRAKE --setup 10m --each 30s
run operation add plate 'zinc plated' --outside yes
run project add Frames --client muller --material MS --thickness 4 --sheets 2 --due 2026-09-30
run project part add frames Frame --quantity 6 --operations cut,press,plate
run project part add frames Lid --quantity 6
run project offer frames --force 'a sketch is enough'
run project pop frames
run queue edit frames/10 --time 50m --notes 'deburr'
run queue move frames/20 --first
run queue move frames/10 --on 2026-09-07 --pin
run queue move frames/10 --by-rule
run queue start frames/10 --operator OP-0001
run queue pause frames/10
run queue start frames/10
run queue finish frames/10 1:5 2:6 --scrapped 1:1 --reason 'burnt edges' --time 55m --remnant 900x400
run queue finish frames/10 --used-nothing --time 9m
run queue finish frames/20 1:5
run queue scrap frames/20 1:1 --reason 'bent the wrong way'
run queue run edit last --notes 'the left bracket'
run purchase add SU-0001 --operation plate:4 --project frames
run queue dispatch frames/30 --purchase last
run queue receive frames/30 1:2
printf 'OP-0001\n' | LASEROS_NOW=$LASEROS_NOW "$laseros" queue scan - >/dev/null
run project add Panels --client muller --material MS --thickness 4 --quantity 3
run project offer panels --force 'a sketch is enough'
run project pop panels
run queue remove panels --reason 'the drawing is wrong'
run queue add panels
run queue plan --keep
run queue finish panels 2 --used-nothing
run queue run remove last --reason 'recorded twice'
run preset compare PS-0001 PS-0002

# Undo and redo.
run client edit muller --notes first
run undo
run redo
run client edit muller --notes second
run undo
run invoice pay INV-2026-0001 --amount 250 --method cash
run undo
printf 'client edit muller --phone 0215550199\nproject edit hinges --quantity 5\n' >lines.txt
run batch lines.txt
run config set company_name 'Karoo Laser Works & Sons'
run undo
run files prune

rm -f shop/laseros.db.lock
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$work" -c shop/laseros.db shop/files | gzip -9n >"$out"
