# shellcheck shell=bash disable=SC2154
# Signals and disk errors during a COMMIT, and the timeout of waiting writers.

run "$laseros" init signals
export LASEROS_SHOP=$work/signals
seq -f 'Client %g,notes that fill a pipe of 64 KiB' 2000 | { echo name,notes && cat; } >signals.csv
run "$laseros" client import signals.csv
"$laseros" client list -q >signals.codes

entries() { sqlite3 -cmd '.timeout 5000' signals/laseros.db 'SELECT count(*) FROM journal'; }

# Another process holds the lock for longer than the timeout; the result is checked below.
run "$laseros" init waiting
(
    exec 9>waiting/laseros.db.lock
    flock 9
    exec sleep 36
) &
holder=$!
sleep 0.2
(
    began=$(now)
    "$laseros" client add Late --shop waiting >/dev/null 2>waiting/said
    echo "$? $((($(now) - began) / 1000000))" >waiting/code
) &
waiter=$!

# The change is committed, but its answer is blocked by a full pipe.
mkfifo signals.pipe
exec 8<>signals.pipe
for signal in TERM INT HUP; do
    before=$(entries)
    "$laseros" client edit - --notes "$signal" --json <signals.codes >signals.pipe 2>"$work/said" &
    writer=$!
    for ((i = 0; i < 100; i++)); do
        [ "$(entries)" = "$before" ] || break
        sleep 0.1
    done
    sleep 0.2
    # A shell without job control ignores SIGINT in background jobs, and laseros keeps that.
    if [ $signal = INT ]; then
        kill -INT $writer
        sleep 0.2
        check "INT is ignored where it was" 0 "$(kill -0 $writer && echo 0)"
        signal=TERM
    fi
    kill -$signal $writer
    wait $writer
    code=$?
    check "$signal behind a COMMIT: code" $((128 + $(kill -l $signal))) $code
    check "$signal behind a COMMIT: what it says" "stored as entry $((before + 1))" "$(grep -o 'stored as entry [0-9]*' "$work/said")"
done
exec 8>&-
"$laseros" client edit - --notes gone --json <signals.codes 2>"$work/said" | true
check "reader gone behind a COMMIT" "141 stored as entry $(entries)" "${PIPESTATUS[0]} $(grep -o 'stored as entry [0-9]*' "$work/said")"

# failing CALL N: a disk error at the Nth call. The message of the run must be true.
failing() {
    local before
    before=$(entries)
    strace -f -qq -o /dev/null -e trace="$1" -e inject="$1:error=EIO:when=$2" "$laseros" client edit CL-0001 --notes "$1 $2" >/dev/null 2>"$work/said"
    code=$?
    check "EIO at $1 $2: the code tells" 1 $((code == 0 || code == 7))
    if [ $code = 0 ] || grep -q '^error: stored as entry' "$work/said"; then
        check "EIO at $1 $2: stored" $((before + 1)) "$(entries)"
    elif ! grep -q '^error: perhaps stored' "$work/said"; then
        check "EIO at $1 $2: not stored" "$before" "$(entries)"
    fi
}
for n in 1 2 3 4 5 '4+' '5+'; do failing fdatasync "$n"; done
for n in 1 '1+'; do failing unlink "$n"; done
sound "after a failing disk" signals

# Long commands are stopped by any of the signals, and store nothing.
before=$(entries)
for signal in TERM HUP; do
    seq -f 'Signal %g' 200000 | { echo name && cat; } >signals.csv
    "$laseros" client import signals.csv >/dev/null 2>&1 &
    child=$!
    sleep 0.2
    kill -$signal $child
    wait $child
    code=$?
    check "$signal in a transaction" $((128 + $(kill -l $signal))) $code
done
check "signals in a transaction: nothing stored" "$before" "$(entries)"
nohup "$laseros" client import signals.csv >/dev/null 2>&1 &
child=$!
sleep 0.2
kill -HUP $child
wait $child
check "nohup" 0 $?

wait $waiter
read -r code seconds <waiting/code
check "a lock that is held: code" "6 1" "$code $(grep -c 'busy: another program has been writing to it for 30 seconds' waiting/said)"
check "a lock that is held: 30 s" 1 $((seconds >= 30 && seconds <= 33))
kill $holder
wait $holder 2>/dev/null
unset LASEROS_SHOP
