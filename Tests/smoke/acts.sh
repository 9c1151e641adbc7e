# shellcheck shell=bash disable=SC2154
# An action outside the database is killed in its claim, its work or its record: the next run reports that and continues.

# A folder in memory saves most of the time, which would be spent waiting for the disk.
cd "${memory:-$work}" || exit 1
run "$laseros" init acts
export LASEROS_SHOP=$PWD/acts
"$laseros" client add 'Karoo Signs' >/dev/null
"$laseros" project add Gate -c karoo >/dev/null
for name in one two three; do echo "$name" >"$name.txt"; done
"$laseros" config set file_types txt >/dev/null
"$laseros" project attach gate one.txt two.txt three.txt >/dev/null
"$laseros" project detach gate one.txt two.txt >/dev/null
touch -d 2020-01-01 acts/files/??/*
unset LASEROS_SHOP

# Prints the number of unreferenced files left in `killed-act`, and the kinds of its `files prune` entries.
stand() {
    echo "$(find killed-act/files -name '[0-9a-f]*' -type f | wc -l) files: $(sqlite3 killed-act/laseros.db \
        "SELECT kind FROM journal WHERE words LIKE 'files prune%' ORDER BY id" | paste -s -d ' ')"
}

# pruned CALL N: kills a run at its Nth call of this kind, then runs the command again.
pruned() {
    rm -rf killed-act
    cp -Rp acts killed-act
    { strace -f -qq -o /dev/null -e trace="$1" -e inject="$1:signal=KILL:when=$2" \
        "$laseros" files prune --older-than 0 --shop killed-act >/dev/null; } 2>/dev/null
    [ $? = 137 ] || return 1
    killed=$(stand)
    run "$laseros" files prune --older-than 0 --shop killed-act
    again=$(stand)
}

# The unlinked files are the journal and its lock, the two files, the journal again, and the mark.
strace -f -qq -o calls -e trace=unlink "$laseros" files prune --older-than 0 --shop "$(cp -Rp acts whole-act && echo whole-act)" >/dev/null
check "acts: what is unlinked" "journal file file journal mark" "$(sed -E 's/.*-journal".*/journal/; s/.*claim-.*/mark/; s/.*unlink.*/file/' calls |
    paste -s -d ' ')"

told='note: entry 6 (files prune: 2 files, 8 bytes that nothing names) was killed before it was recorded:'
pruned unlink 1
check "killed in the claim" "3 files: " "$killed"
check "after it" "2 files removed, 8 bytes|1 files: claim act" "$out$said|$again"
pruned unlink 2
check "killed behind the claim" "3 files: claim" "$killed"
check "after it" "2 files removed, 8 bytes|1 files: claim claim act" "$out|$again"
check "it says so" "${told#note: } what is left is done now" "$said"
pruned unlink 3
check "killed in the act" "2 files: claim" "$killed"
check "after it" "1 files: claim claim act" "$again"
pruned unlink 4
check "killed in the record" "1 files: claim" "$killed"
check "after it" "0 files removed, 0 bytes|1 files: claim act" "$out|$again"
check "it says so" "${told#note: } nothing is left to do" "$said"
pruned unlink 5
check "killed behind the record" "1 files: claim act" "$killed"
check "after it" "0 files removed, 0 bytes|1 files: claim act" "$out$said|$again"

# A kill at any other call has one of the same two results.
for call in pwrite64 fdatasync fsync flock; do
    n=1
    while pruned "$call" "$n"; do
        [ "$again" = "1 files: claim act" ] || [ "$again" = "1 files: claim claim act" ] || echo "$call $n: $again"
        [ "$(find killed-act -name '.laseros-*' | wc -l)" = 0 ] || echo "$call $n: a mark is left"
        "$laseros" log verify --shop killed-act >/dev/null || echo "$call $n: the history does not hold"
        n=$((n + 1))
    done
done >"$work/wrong"
check "killed anywhere else" "" "$(cat "$work/wrong")"
sound "acts" killed-act

# Two runs at once: the second one refuses, because the first is still active.
rm -rf killed-act
cp -Rp acts killed-act
strace -f -qq -o /dev/null -e trace=unlink -e inject=unlink:delay_enter=2000000:when=2 "$laseros" files prune --older-than 0 --shop killed-act >first &
slow=$!
until sqlite3 killed-act/laseros.db 'SELECT max(id) FROM journal' | grep -qx 6; do sleep 0.05; done
run "$laseros" files prune --older-than 0 --shop killed-act
check "while another is at it" "6 error: entry 6 is still at work: files prune: 2 files, 8 bytes that nothing names" \
    "$code $(head -n 1 <<<"$said")"
wait $slow
check "the first" "2 files removed, 8 bytes" "$(cat first)"
cd "$work" || exit 1
