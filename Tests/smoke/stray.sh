# shellcheck shell=bash disable=SC2154
# The next writing run removes all temporary files of a killed run. A run that finds the disk full leaves none. And nobody waits for a pipe
# while holding the lock. `make sweep` tries every system call of every command.

# A folder in memory saves most of the time, which would be spent waiting for the disk.
memory=$(mktemp -d -p /dev/shm 2>/dev/null) || memory=$(mktemp -d -p "$work")
cd "$memory" || exit 1

run "$laseros" init base
"$laseros" client add 'Karoo Signs' --shop base >/dev/null
"$laseros" project add Gate -c karoo --shop base >/dev/null
printf '%%PDF-1.4 gate\n' >gate.pdf

# strays FOLDER: prints the files in a shop that do not belong to it.
strays() {
    local own='laseros\.db(\.lock)?|files(/[0-9a-f]{2}(/[0-9a-f]{64})?)?|backups(/before-upgrade-[0-9]{14}\.db)?'
    (cd "$1" && find . -mindepth 1 | grep -vxE "\./($own)")
}

# killed CALL N COMMAND...: runs the command and kills it at the Nth call of this kind; fails if there is no such call.
killed() {
    # Silences the shell's message about the killed child.
    { strace -f -qq -o /dev/null -e trace="$1" -e inject="$1:signal=KILL:when=$2" "${@:3}" >/dev/null; } 2>/dev/null
    [ $? = 137 ] && echo "$1 $2" >>points
}

# after NAME: runs another writing command in `killed-shop`, and prints what is wrong afterwards.
after() {
    if [ -e killed-shop/laseros.db ]; then
        "$laseros" client add 'After it' --shop killed-shop >/dev/null || echo "$1: does not write"
    else
        # There is no shop, commands say so, and `init` can create it.
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

# sample FOLDER CALLS COMMAND...: kills the command at each call of a kind, or with `call/n` at every nth one, in a copy of the folder.
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

# A shop of an older version: the upgrade copies it first, then fails at the existing tables and is rolled back.
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

# The last steps of `init --demo` rename its files and then its data into place.
strace -f -qq -o calls -e trace=rename "$laseros" init --demo whole >/dev/null
renames=$(wc -l <calls)
demos() {
    rm -rf killed-shop
    killed rename "$n" "$laseros" init --demo killed-shop || echo "$n: not killed"
    after "rename $n"
}
check "killed demo" "" "$(for n in $((renames - 3)) "$renames"; do demos; done)"

# The file and its folder are synced before a row refers to the file.
cp -R base synced
hash=$(sha256sum <gate.pdf | cut -d ' ' -f 1)
strace -f -qq -y -o calls -e trace=mkdir,fsync,rename,unlink "$laseros" project attach gate gate.pdf --shop synced >/dev/null
check "attach: what is synced when" "mkdir xx, fsync files, fsync tmp, rename tmp xx/hash, fsync xx, unlink journal" \
    "$(grep -v EEXIST calls | sed -E 's/^[0-9]+ +//; s/"[^"]*\//"/g; s/<[^>]*\/([^/>]*)>/<\1>/; s/[0-9a-f]{64}/xx\/hash/; s/\.laseros-[^"<>]*\.tmp/tmp/
        s/laseros\.db-//; s/\) +=.*//; s/["(),]/ /g; s/[0-9]+<(.*)>/\1/; s/ 0700//; s/ '"${hash:0:2}"'( |$)/ xx /; s/ +/ /g; s/ $//' |
        paste -s -d , | sed 's/,/, /g')"

# A locked file stays, whatever process id is in its name. An unlocked one is removed. Files of the user stay.
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

# `init` on a full disk.
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

# `init` replaces the empty data file that a killed run of an earlier version left, but not another database.
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

# Commands wait for pipes and editors before they take the lock.
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
