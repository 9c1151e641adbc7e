# shellcheck shell=bash disable=SC2154,SC2034
# Functions for all parts of the smoke test.

# check NAME WANTED FOUND
check() {
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        printf 'not ok: %s\n  wanted: %s\n  found:  %s\n' "$1" "$2" "$3"
    fi
}

# run COMMAND...: stores the exit code in $code, standard output in $out and standard error in $said.
run() {
    "$@" >"$work/out" 2>"$work/said"
    code=$?
    out=$(cat "$work/out") said=$(cat "$work/said")
}

# sound NAME FOLDER: checks that the data and the history of the shop are valid.
sound() {
    check "$1: integrity" ok "$(sqlite3 "$2/laseros.db" 'PRAGMA integrity_check')"
    check "$1: foreign keys" "" "$(sqlite3 "$2/laseros.db" 'PRAGMA foreign_key_check')"
    run "$laseros" log verify --shop "$2"
    check "$1: history" 0 "$code"
}

# now: the time in microseconds.
now() { echo "${EPOCHREALTIME/[.,]/}"; }
