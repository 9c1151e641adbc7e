# shellcheck shell=bash disable=SC2154
# Concurrent writers and readers, and writers that are killed at random moments.

run "$laseros" init crowd
pids=()
began=$(now)
for i in {1..200}; do
    "$laseros" client add "Writer $i" --shop crowd -q >"crowd/$i.out" 2>"crowd/$i.said" &
    pids+=($!)
    "$laseros" client list --shop crowd --csv >"crowd/$i.list" 2>&1 &
    pids+=($!)
done
bad=0
for pid in "${pids[@]}"; do wait "$pid" || bad=$((bad + 1)); done
echo "200 writers and 200 readers at once: $((($(now) - began) / 1000)) ms"
check "200 writers and readers: failures" 0 $bad
check "200 writers: codes" 200 "$(cat crowd/*.out | sort -u | wc -l)"
check "200 writers: entries" 200 "$(sqlite3 crowd/laseros.db 'SELECT count(*) FROM journal')"
sound "200 writers" crowd

# Each writer adds, edits and imports records with names of its own; about half of its commands are killed at a random moment.
run "$laseros" init killed
"$laseros" client add Shared --shop killed >/dev/null
rounds=${ROUNDS:-24}

# attempt NAME COMMAND...: runs the command, possibly kills it, and logs NAME with the exit code.
attempt() {
    "$laseros" "${@:2}" --shop killed >/dev/null 2>&1 &
    local child=$!
    if ((RANDOM % 2)); then
        sleep "0.$(printf %04d $((RANDOM % 300)))"
        kill -9 $child 2>/dev/null
    fi
    wait $child 2>/dev/null
    echo "$1 $?"
}

writer() {
    local round
    RANDOM=$1
    for ((round = 1; round <= rounds; round++)); do
        case $((round % 3)) in
        0) attempt "add-$1-$round" client add "add-$1-$round" ;;
        1)
            printf 'name\nimport-%s\nimport-%s\nimport-%s\n' "$1-$round" "$1-$round" "$1-$round" >"killed/$1-$round.csv"
            attempt "import-$1-$round" client import "killed/$1-$round.csv"
            ;;
        2) attempt "edit-$1-$round" client edit CL-0001 --notes "edit-$1-$round" ;;
        esac
    done
}

for i in {1..8}; do writer "$i" >"killed/$i.log" 2>/dev/null & done
wait
sound "after sudden deaths" killed

half=0 lost=0 stored=1 dead=0
while read -r name code; do
    [ "$code" = 137 ] && dead=$((dead + 1))
    case $name in
    edit-*) found=$(sqlite3 killed/laseros.db "SELECT count(*) FROM journal WHERE words LIKE '% $name %'") whole=1 ;;
    import-*) found=$(sqlite3 killed/laseros.db "SELECT count(*) FROM client WHERE name = '$name'") whole=3 ;;
    *) found=$(sqlite3 killed/laseros.db "SELECT count(*) FROM client WHERE name = '$name'") whole=1 ;;
    esac
    [ "$found" = 0 ] || [ "$found" = $whole ] || half=$((half + 1))
    [ "$code" = 0 ] && [ "$found" != $whole ] && lost=$((lost + 1))
    [ "$found" = $whole ] && stored=$((stored + 1))
done < <(cat killed/*.log)
echo "killed: $dead of $(cat killed/*.log | wc -l) commands"
check "kill: some were hit" 1 $((dead > 10))
check "kill: half done" 0 $half
check "kill: done and lost" 0 $lost
check "kill: entries" $stored "$(sqlite3 killed/laseros.db 'SELECT count(*) FROM journal')"
