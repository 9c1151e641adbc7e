# shellcheck shell=bash disable=SC2154
# Shops that other users own or can write to. As root this is tested with several users, otherwise only as far as one user can.

mkdir trust && chmod 755 . trust && cp "$laseros" trust/laseros && chmod 755 trust/laseros
here_shop=$here # the folder of the scripts
cd trust || exit 1
trust=$PWD program=$PWD/laseros
cp "$here_shop"/../examples/0001-Flange-MS-10mm-x4.dxf . && chmod 644 ./*.dxf
mkdir likes && chmod 777 likes
unset LASEROS_SHOP SUDO_UID
me=$(id -u)

# refused NAME REASON COMMAND...: checks that the command exits with 6, with this error first.
refused() {
    run "${@:3}"
    check "$1" "6 1" "$code $(grep -c "^error: $2" <<<"$said")"
}

# without NAME FOLDER [AS...]: checks that commands which need no shop work in the folder and do not open its data.
without() {
    local name=$1 as=("${@:3}")
    cd "$2" || return
    run "${as[@]}" strace -f -qq -e trace=openat,open -o "$trust/likes/opened" "$program" complete -- client show ''
    check "$name: TAB" "0 " "$code $out$said"
    run "${as[@]}" strace -f -qq -e trace=openat,open -o "$trust/likes/opened.2" "$program" help mine
    check "$name: help" 2 "$code"
    run "${as[@]}" strace -f -qq -e trace=openat,open -o "$trust/likes/opened.3" "$program" mine
    check "$name: an alias" "2 error: there is no command 'mine'" "$code ${said%%$'\n'*}"
    run "${as[@]}" strace -f -qq -e trace=openat,open -o "$trust/likes/opened.4" "$program" dxf info "$trust/0001-Flange-MS-10mm-x4.dxf" --json --fields pierces
    check "$name: dxf" '0 {"pierces": 10} 1' "$code $(tr -d '[]\n ' <<<"$out" | sed 's/:/: /') $(grep -c '^without the shop: ' <<<"$said")"
    run "${as[@]}" strace -f -qq -e trace=openat,open -o "$trust/likes/opened.5" "$program" config get vat_rate
    check "$name: config" "0 15 1" "$code $out $(grep -c '^without the shop: ' <<<"$said")"
    check "$name: nothing of it is opened" 0 "$(cat "$trust"/likes/opened* | grep -c 'laseros\.db')"
    rm -f "$trust"/likes/opened*
    cd "$trust" || exit 1
}

# The user's own shop, with an alias and another VAT rate, below another shop.
"$program" init up >/dev/null && "$program" init up/own >/dev/null
chmod 755 up
(cd up/own && "$program" config set vat_rate 14 && "$program" config set alias.mine 'client list') >/dev/null
cd up/own/files || exit 1
check "own: found" 14 "$("$program" config get vat_rate)"
cd "$trust" || exit 1
chmod g+w up/own
refused "group-writable: found" "the group .* may write .*/up/own: " env -C up/own "$program" client list
refused "group-writable: below it" "the group .* may write .*/up/own: " env -C up/own/files "$program" client add x
without "group-writable" up/own
run "$program" client list --shop up/own
check "group-writable: named" 0 "$code"
LASEROS_SHOP=up/own run "$program" client list
check "group-writable: named by the environment" 0 "$code"
export XDG_CONFIG_HOME=$trust/likes
run "$program" config set --personal safe_shops "/srv:$trust/up/own"
check "group-writable: listed" 14 "$(cd up/own && "$program" config get vat_rate)"
chmod 1777 up/own
for as in "" "--shop=$trust/up/own"; do
    # shellcheck disable=SC2086
    refused "everybody's: $as" "everybody may write " env -C up/own "$program" client list $as
done
without "everybody's" up/own
chmod 755 up/own && chmod o+w up/own/laseros.db
refused "everybody's data" "everybody may write .*/laseros.db: " env -C up/own "$program" client list
chmod 600 up/own/laseros.db
rm -r likes/laseros
unset XDG_CONFIG_HOME

# A shop in the default place counts as found, one in the personal configuration as named.
chmod g+w up/own && mkdir data && ln -s ../up/own data/laseros
refused "usual place" "the group .* may write " env -C / XDG_DATA_HOME="$trust/data" "$program" client list
run env XDG_CONFIG_HOME="$trust/likes" "$program" config set --personal shop "$trust/up/own"
run env -C / XDG_CONFIG_HOME="$trust/likes" "$program" config get vat_rate
check "named in the personal file" "0 14" "$code $out"
chmod g-w up/own && rm -r likes/laseros

# A symbolic link in place of the data file, then a WAL file next to it.
mv up/own/laseros.db up/own/real && ln -s real up/own/laseros.db
refused "link" ".* is a symbolic link" env -C up/own "$program" client list
rm up/own/laseros.db && mv up/own/real up/own/laseros.db && touch up/own/laseros.db-wal
refused "WAL" ".*laseros.db-wal is there" env -C up/own "$program" client list
rm up/own/laseros.db-wal

# A journal with a super-journal: no command deletes the file that it names.
echo mine >victim
for line in "client list" "client add x" "complete -- client show" "help mine" "clinet list" "dxf info ../../0001-Flange-MS-10mm-x4.dxf" \
    "config list" "mine" "log verify" "init" "upgrade"; do
    python3 "$here_shop/hotjournal.py" up/own/laseros.db "$trust/victim"
    # shellcheck disable=SC2086
    run env -C up/own "$program" $line
    check "planted journal: $line" mine "$(cat victim)"
done
refused "planted journal" ".*laseros.db-journal tells SQLite to delete another file" env -C up/own "$program" client list
rm up/own/laseros.db-journal
sound "after a planted journal" up/own

sqlite3 up/own/laseros.db "CREATE TRIGGER thief AFTER INSERT ON client BEGIN DELETE FROM setting; END"
refused "foreign trigger" ".* has a trigger that laseros did not make: thief" "$program" client add x --shop up/own
run "$program" client list --shop up/own
check "foreign trigger: reads" 0 "$code"
sqlite3 up/own/laseros.db "DROP TRIGGER thief"

if [ "$me" = 0 ]; then
    # user UID COMMAND...: runs the command as a member of group 4000.
    user() { setpriv --reuid="$1" --regid="$1" --groups=4000 "${@:2}"; }

    chown -R 4001:4001 up/own && chmod -R go=rX up/own
    refused "foreign: found" ".*/up/own belongs to uid:4001: " env -C up/own setpriv --reuid=4002 --clear-groups "$program" client list
    refused "foreign: found by root" ".*/up/own belongs to uid:4001: " env -C up/own "$program" client list
    refused "foreign: SUDO_UID is for root" ".* belongs to " env -C up/own SUDO_UID=4001 setpriv --reuid=4002 "$program" client list
    without "foreign" up/own user 4002
    run env -C up/own SUDO_UID=4001 "$program" config get vat_rate
    check "foreign: sudo" "0 14" "$code $out"
    run user 4002 "$program" config get vat_rate --shop up/own
    check "foreign: named" "0 14" "$code $out"
    run user 4001 env -C up/own "$program" config get vat_rate
    check "foreign: its owner" "0 14" "$code $out"
    chown 4002 up/own
    refused "foreign data in one's own folder" ".*/laseros.db belongs to uid:4001: " user 4002 env -C up/own "$program" client list
    chown -R 0:0 up/own
    run user 4002 env -C up/own "$program" config get vat_rate
    check "root's" "0 14" "$code $out"

    # A group's shop works for its members, with any umask, and for nobody else.
    mkdir ours && chown 4001:4000 ours
    run user 4001 "$program" init --shared=group ours
    check "group: made" 0 "$code"
    umask 077
    run user 4002 "$program" client add Karoo --shop ours
    check "group: another adds" "0 client CL-0001 added" "$code $out"
    run user 4002 "$program" project add Gate -c CL-0001 --shop ours
    run user 4002 "$program" project attach last 0001-Flange-MS-10mm-x4.dxf --shop ours
    check "group: another attaches" 0 "$code"
    rm ours/laseros.db.lock
    run user 4002 "$program" client add Two --shop ours
    run user 4001 "$program" client edit CL-0001 --notes x --shop ours
    check "group: the owner edits" 0 "$code"
    run user 4001 "$program" project extract "$(sqlite3 ours/laseros.db 'SELECT code FROM project')" --to "$trust/likes/out" --shop ours
    check "group: the owner reads the file" 0 "$code"
    run user 4001 "$program" project detach "$(sqlite3 ours/laseros.db 'SELECT code FROM project')" 0001-Flange-MS-10mm-x4.dxf --shop ours
    touch -d 2020-01-01 ours/files/??/*
    run user 4001 "$program" files prune --older-than 0 --shop ours
    check "group: the owner removes the file" "0 1 file" "$code ${out:0:6}"
    umask 022
    check "group: modes" "" "$(find ours \( -type d ! -perm 2770 -o -type f ! -perm 660 -o ! -group 4000 \) -print)"
    run setpriv --reuid=4003 --clear-groups "$program" client list --shop ours
    check "group: nobody else" 6 "$code"
    refused "group: found" ".*/ours belongs to uid:4001: " env -C ours setpriv --reuid=4002 --groups=4000 "$program" client list
    run user 4002 env XDG_CONFIG_HOME="$trust/likes" "$program" config set --personal safe_shops "$trust/ours"
    run user 4002 env -C ours XDG_CONFIG_HOME="$trust/likes" "$program" client list -q
    check "group: listed" "0 CL-0001 CL-0002" "$code $(tr '\n' ' ' <<<"$out" | sed 's/ $//')"
fi
cd "$work" || exit 1
