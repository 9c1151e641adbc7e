# shellcheck shell=bash disable=SC2154
# Runs that are killed leave nothing that the next writing run does not remove; runs that find the disk full leave nothing at all; and
# nobody waits for a pipe while others are locked out. Every fault point of every command: `make sweep`.

# Most of its time would go by waiting for a disk.
memory=$(mktemp -d -p /dev/shm 2>/dev/null) || memory=$(mktemp -d -p "$work")
cd "$memory" || exit 1

run "$laseros" init base
"$laseros" client add 'Karoo Signs' --shop base >/dev/null
"$laseros" project add Gate -c karoo --shop base >/dev/null
printf '%%PDF-1.4 gate\n' >gate.pdf

# strays FOLDER: what stands in a shop and is nothing of its own.
strays() {
    local own='laseros\.db(\.lock)?|files(/[0-9a-f]{2}(/[0-9a-f]{64})?)?|backups(/before-upgrade-[0-9]{14}\.db)?'
    (cd "$1" && find . -mindepth 1 | grep -vxE "\./($own)")
}

# killed CALL N COMMAND...: runs it, and kills it as it makes that call for the Nth time; fails where it does not come to that.
killed() {
    # The shell tells of the death of its child, too.
    { strace -f -qq -o /dev/null -e trace="$1" -e inject="$1:signal=KILL:when=$2" "${@:3}" >/dev/null; } 2>/dev/null
    [ $? = 137 ] && echo "$1 $2" >>points
}

# after NAME: what one more writing run makes of the folder `killed-shop`.
after() {
    if [ -e killed-shop/laseros.db ]; then
        "$laseros" client add 'After it' --shop killed-shop >/dev/null || echo "$1: does not write"
    else
        # There is no shop, as anybody is told, and it can be made now.
        run "$laseros" client list --shop killed-shop
        [ "$code" = 6 ] && [[ $said == *laseros\ init* ]] || echo "$1: $code $said"
        "$laseros" init killed-shop >/dev/null || echo "$1: cannot be made"
    fi
    strays killed-shop | sed "s/^/$1: /"
    [ "$(sqlite3 killed-shop/laseros.db 'PRAGMA integrity_check')" = ok ] || echo "$1: integrity"
    sqlite3 killed-shop/laseros.db 'SELECT sha256 FROM file' | while read -r hash; do
        [ "$(sha256sum <"killed-shop/files/${hash:0:2}/$hash" | cut -d ' ' -f 1)" = "$hash" ] || echo "$1: bytes of $hash"
    done
}

# sample FOLDER CALLS COMMAND...: kills the command at each call of a kind, or with `call/n` at each nth one, in a copy of the folder.
sample() {
    local call n step
    for call in $2; do
        step=1 n=1
        [[ $call == */* ]] && step=${call#*/}
        while
            rm -rf killed-shop
            [ -z "$1" ] || cp -R "$1" killed-shop
            killed "${call%/*}" $n "${@:3}"
        do
            after "${call%/*} $n"
            n=$((n + step))
        done
    done
}

check "killed init" "" "$(sample "" "mkdir flock fsync fdatasync/3 rename unlink unlinkat pwrite64/29" "$laseros" init killed-shop)"
check "killed attach" "" "$(sample base "mkdir flock fsync fdatasync/3 rename unlink pwrite64/4" \
    "$laseros" project attach gate gate.pdf --shop killed-shop)"
check "killed: enough of them" 1 $(($(wc -l <points) > 30))

# A shop of an earlier version: its upgrade copies it first. The steps themselves find their tables there and are taken back.
cp -R base old
version=$(sqlite3 base/laseros.db 'PRAGMA user_version')
sqlite3 old/laseros.db 'PRAGMA user_version = 0'
upgrades() {
    rm -rf killed-shop
    cp -R old killed-shop
    killed "${point%:*}" "${point#*:}" "$laseros" upgrade --shop killed-shop || echo "$point: not killed"
    sqlite3 killed-shop/laseros.db "PRAGMA user_version = $version"
    after "$point"
}
check "killed upgrade" "" "$(for point in pwrite64:3 fsync:1 rename:1 fsync:2; do upgrades; done)"

# The last steps of a demo: its files and then its data are put in place.
strace -f -qq -o calls -e trace=rename "$laseros" init --demo whole >/dev/null
renames=$(wc -l <calls)
demos() {
    rm -rf killed-shop
    killed rename "$n" "$laseros" init --demo killed-shop || echo "$n: not killed"
    after "rename $n"
}
check "killed demo" "" "$(for n in $((renames - 3)) "$renames"; do demos; done)"

# Bytes and the folder that holds them last before a row names them.
cp -R base synced
hash=$(sha256sum <gate.pdf | cut -d ' ' -f 1)
strace -f -qq -y -o calls -e trace=mkdir,fsync,rename,unlink "$laseros" project attach gate gate.pdf --shop synced >/dev/null
check "attach: what is synced when" "mkdir xx, fsync files, fsync tmp, rename tmp xx/hash, fsync xx, unlink journal" \
    "$(grep -v EEXIST calls | sed -E 's/^[0-9]+ +//; s/"[^"]*\//"/g; s/<[^>]*\/([^/>]*)>/<\1>/; s/[0-9a-f]{64}/xx\/hash/; s/\.laseros-[^"<>]*\.tmp/tmp/
        s/laseros\.db-//; s/\) +=.*//; s/["(),]/ /g; s/[0-9]+<(.*)>/\1/; s/ 0700//; s/ '"${hash:0:2}"'( |$)/ xx /; s/ +/ /g; s/ $//' |
        paste -s -d , | sed 's/,/, /g')"

# What somebody still writes stays, whatever number its process has; what nobody holds goes, and a user's own files stay.
stray=base/files/.laseros-1.tmp
exec 9>"$stray"
flock 9
touch base/files/.laseros-notes base/.laseros-1.tmp
"$laseros" client add 'While it is written' --shop base 9>&- >/dev/null
check "a file that is being written" "$stray" "$(ls "$stray")"
exec 9>&-
"$laseros" client list --shop base >/dev/null
check "a reading run" "$stray" "$(ls "$stray")"
mkdir -p base/files/ab base/files/.laseros-2.tmp/files/cd
touch base/files/ab/.laseros-3.tmp base/files/.laseros-2.tmp/files/cd/x
"$laseros" client add 'After it' --shop base >/dev/null
check "after it" "./.laseros-1.tmp ./files/.laseros-notes ./files/ab/.laseros-3.tmp" "$(strays base | sort | paste -s -d ' ')"
"$laseros" files prune --shop base >/dev/null
check "files prune" "./.laseros-1.tmp ./files/.laseros-notes" "$(strays base | sort | paste -s -d ' ')"
mkdir documents
touch documents/.laseros-4.tmp
"$laseros" client list --csv --shop base -o documents/clients.csv
check "documents" "clients.csv" "$(ls -A documents)"

# A disk that is full where a shop is to be made.
for point in mkdir:1 mkdir:2 mkdir:4 mkdir:5 pwrite64:1 pwrite64:50 fsync:5 rename:1 rename:2; do
    strace -f -qq -o /dev/null -e trace="${point%:*}" -e inject="${point%:*}:error=ENOSPC:when=${point#*:}+" \
        "$laseros" init full-disk >/dev/null 2>&1
    check "init on a full disk, $point" "7 gone" "$? $([ -e full-disk ] && find full-disk || echo gone)"
done
(
    ulimit -f 300
    "$laseros" init --demo full-disk >/dev/null 2>&1
)
check "init --demo on a full disk" "7 gone" "$? $([ -e full-disk ] && find full-disk || echo gone)"

# What an earlier version left of an init that was killed is no shop, and does not block one; what is another's stays.
mkdir empty journal other
: >empty/laseros.db
run "$laseros" client list --shop empty
check "an empty data file" "6 hint: laseros init $memory/empty" "$code $(tail -n 1 <<<"$said")"
run "$laseros" init empty
check "init over it" 0 "$code"
sqlite3 journal/source.db 'PRAGMA cache_size = 1' 'BEGIN' 'CREATE TABLE t (x)' \
    'INSERT INTO t SELECT randomblob(500) FROM (SELECT 1 FROM pragma_function_list)' \
    '.system cp journal/source.db journal/laseros.db; cp journal/source.db-journal journal/laseros.db-journal' 'COMMIT'
run "$laseros" init journal
check "init over half a data file and its journal" 0 "$code"
sound "init over half a data file" journal
sqlite3 other/laseros.db 'CREATE TABLE t (x)'
run "$laseros" init other
check "another's database" "4 CREATE TABLE t (x);" "$code $(sqlite3 other/laseros.db .schema)"
rm other/laseros.db
echo 'not empty' >other/laseros.db-journal
run "$laseros" init other
check "another's journal" "4 not empty" "$code $(cat other/laseros.db-journal)"

# Pipes and editors are waited for before the lock is taken.
run "$laseros" init slow
"$laseros" client add 'Karoo Signs' --shop slow >/dev/null
echo 'client edit - --notes batch' >slow/edits
mkfifo slow/fifo
(
    export LASEROS_SHOP=slow EDITOR="sh -c 'sleep 2; echo name = Edited >\"\$1\"' -"
    "$laseros" client import - < <(sleep 2 && printf 'name\nPiped\n') &
    "$laseros" client edit - --notes piped < <(sleep 2 && echo CL-0001) &
    "$laseros" batch < <(sleep 2 && echo 'client add Batched') &
    "$laseros" batch slow/edits < <(sleep 2 && echo CL-0001) &
    "$laseros" client add --edit &
    wait
) >/dev/null 2>&1 &
slow=$!
sleep 0.5
began=$(now)
"$laseros" client add 'In between' --shop slow >/dev/null
check "nobody waits for a pipe with the lock" 1 $(($(now) - began < 1300000))
wait $slow
check "what came by pipes" "Batched,Edited,In between,Karoo Signs,Piped" \
    "$(sqlite3 slow/laseros.db 'SELECT name FROM client ORDER BY name' | paste -s -d ,)"
echo 'client import slow/fifo' >slow/waits
run timeout 5 "$laseros" batch slow/waits --shop slow
check "a pipe in a batch" 7 "$code"
cd "$work" || exit 1
