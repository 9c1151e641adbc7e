# shellcheck shell=bash disable=SC2154
# Full disks, and folders without write permission.

run "$laseros" init full
check "init" 0 "$code"
for i in {1..20}; do "$laseros" client add "Client $i" --shop full >/dev/null; done
before=$(sqlite3 full/laseros.db 'SELECT count(*) FROM client')
seq -f 'Client %g,notes notes notes notes notes notes notes notes notes notes' 100000 | { echo name,notes && cat; } >large.csv
blocks=$(($(stat -c %s full/laseros.db) / 1024 + 200))
(
    ulimit -f $blocks
    "$laseros" client import large.csv --shop full >"$work/out" 2>"$work/said"
)
check "full disk" 7 $?
check "full disk: what it says" 1 "$(grep -c '^error: .*laseros.db' "$work/said")"
check "full disk: nothing stored" "$before" "$(sqlite3 full/laseros.db 'SELECT count(*) FROM client')"
sound "after a full disk" full
(
    ulimit -f 1
    "$laseros" client list --shop full --csv -o list.csv 2>"$work/said"
)
check "document on a full disk" 7 $?
check "document on a full disk: nothing left" "" "$(find . -maxdepth 1 -name '*list.csv' -o -maxdepth 1 -name '.laseros*')"
run "$laseros" client add 'After it' --shop full
check "writes again" 0 "$code"

# Another user can read a shop with read permission. As root the test runs as nobody, because permissions do not apply to root.
as=()
[ "$(id -u)" = 0 ] && as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
cp -R full readonly
cp "$laseros" program
chmod 755 . program
chmod -R a+rX,a-w readonly
run "${as[@]}" ./program client list --shop readonly --limit 1 -q
check "read-only folder can be read" "0 CL-0001" "$code $out$said"
run "${as[@]}" ./program client add 'Never' --shop readonly
check "read-only folder is not written" 1 "$(grep -cE '^6 error: ' <<<"$code $said")"
run "${as[@]}" ./program log verify --shop readonly
check "read-only history" 0 "$code"
chmod -R u+w readonly
