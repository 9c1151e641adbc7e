# shellcheck shell=bash disable=SC2154
# Exit codes, and all states of standard output that a shell can create.

run "$laseros" --version
check "version" "0 laseros" "$code ${out%% *}"
times=()
for _ in {1..21}; do
    began=$(now)
    "$laseros" --version >/dev/null
    times+=($(($(now) - began)))
done
mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
echo "start-up: median $((times[10] / 1000)).$(printf %03d $((times[10] % 1000))) ms"

run "$laseros" client list
check "no shop" 6 "$code"
run "$laseros" init shop
check "init" 0 "$code"
cd shop || exit 1
run "$laseros" clinet list
check "unknown command" 2 "$code"
run "$laseros" client show CL-0001
check "not found" 3 "$code"
run "$laseros" material add 'a b' Wood --density 1
check "refused" 4 "$code"
run "$laseros" client import none.csv
check "no such file" 7 "$code"
printf 'name,email\nKaroo,anna\n' >bad.csv
run "$laseros" client import bad.csv
check "bad input" "8 bad.csv:2" "$code $(head -c 9 "$work/said")"
"$laseros" client show CL-0001 2>/dev/null | cat
check "exit code before a pipe" 3 "${PIPESTATUS[0]}"

seq -f 'Client %g,a long line of notes that fills pipes and pages,more of it,+27 21 555 0100' 20000 |
    { echo 'name,notes,contact,phone' && cat; } >many.csv
run "$laseros" client import many.csv
check "import" "0 20000 clients read from many.csv: 20000 added, 0 changed, 0 same" "$code $out"
for format in table csv tsv json ndjson markdown; do
    "$laseros" client list --format $format 2>"$work/said" | head -n 1 >/dev/null
    check "head: $format" "141 " "${PIPESTATUS[0]} $(cat "$work/said")"
done
(
    trap '' PIPE
    "$laseros" client list 2>"$work/said"
    echo $? >"$work/code"
) | head -n 1 >/dev/null
check "head, SIGPIPE ignored" "141 " "$(cat "$work/code") $(cat "$work/said")"
XDG_STATE_HOME="$work/state" setsid "$laseros" client list --csv | head -n 1 >/dev/null
check "head, nobody there: kept in the log" 141 "$(jq .code "$work/state/laseros/runs.log")"

"$laseros" client list >/dev/full 2>"$work/said"
check "full device" "7 error: cannot write standard output: no space left on device" "$? $(cat "$work/said")"
last=$("$laseros" log --limit 1 --csv --no-header --fields entry)
"$laseros" client add 'Karoo Signs' >/dev/full 2>"$work/said"
check "write to a full device" 7 $?
check "what it says" "error: stored as entry $((last + 1)), but the answer could not be written" "$(cut -d : -f 1-2 "$work/said")"
run "$laseros" client show CL-20001 --json --fields name
check "what it stored" '{"name": "Karoo Signs"}' "$out"
"$laseros" client list >&- 2>"$work/said"
check "closed output" "7 error: cannot write standard output" "$? $(cut -d : -f 1-2 "$work/said")"
"$laseros" --version >&- 2>"$work/said"
check "closed output, version" 7 $?
"$laseros" client list --limit 1 -q 2>&- >"$work/out"
check "closed error" "0 CL-0001" "$? $(cat "$work/out")"
"$laseros" client list --limit 1 -q <&- >"$work/out"
check "closed input" "0 CL-0001" "$? $(cat "$work/out")"

plain=$("$laseros" client export --json | sha256sum)
for locale in C de_DE.UTF-8 tr_TR.UTF-8; do
    check "same bytes in $locale" "$plain" "$(LC_ALL=$locale TZ=Pacific/Apia "$laseros" client export --json | sha256sum)"
done

# An interrupt rolls everything back.
seq -f 'Interrupted %g' 300000 | { echo name && cat; } >more.csv
# Shells ignore SIGINT in background jobs, and laseros keeps that, so the default action is restored first.
env --default-signal=INT "$laseros" client import more.csv --json >"$work/out" 2>"$work/said" &
child=$!
sleep 0.3
kill -INT $child
wait $child
check "interrupt" 130 $?
check "interrupt, as JSON" '["interrupted",130,"E-INTERRUPT-07"]' "$(jq -c '[.kind, .code, .id]' "$work/said")"
check "interrupted import" 0 "$(sqlite3 laseros.db "SELECT count(*) FROM client WHERE name LIKE 'Interrupted%'")"
sound "after an interrupt" .
cd ..

# The arguments come from the parent process, not from /proc; a user need not have a name.
outside=(unshare -m)
[ "$(id -u)" = 0 ] || outside=(unshare -rm)
bare() { "${outside[@]}" sh -c "mount -t tmpfs none /proc && exec \"\$@\"" sh "$@"; }
run bare "$laseros" init bare
check "without /proc: init" "0 made a shop in bare" "$code $out"
run bare "$laseros" client add 'Karoo Signs' -C bare
check "without /proc: a write" "0 client CL-0001 added" "$code $out$said"
run bare "$laseros" client show CL-0001 -C bare --json --fields name
check "without /proc: a read" '0 {"name": "Karoo Signs"}' "$code $out$said"
run bare "$laseros" nothing
check "without /proc: a wrong word" 2 "$code"
empty='import ctypes, sys; ctypes.CDLL(None).execve(sys.argv[1].encode(), (ctypes.c_char_p * 1)(), (ctypes.c_char_p * 1)())'
run python3 -c "$empty" "$laseros"
check "no words at all" "2 error: there are no words, not even the program's name: whatever started it left them out" "$code $said$out"
mkdir own
cp "$laseros" own/program
chmod 755 . own own/program
nameless=(unshare --user --map-user=54321)
[ "$(id -u)" = 0 ] && nameless=(setpriv --reuid=54321 --clear-groups) && chown 54321 own
run "${nameless[@]}" own/program init own
run "${nameless[@]}" own/program client add 'Without a name' -C own
check "a user without a name" "0 client CL-0001 added" "$code $out$said"
run "${nameless[@]}" own/program log -C own --csv --no-header --fields who
check "a user without a name: the journal" "0 uid:54321" "$code $out$said"
