#!/bin/bash
# Runs all steps of `make test`, counts the tests, and fails if any failed.
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0

# A step that is a single test.
step() {
    echo "== $1"
    if "${@:2}"; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "not ok: $1"
    fi
}

# A step that counts its own tests: the last line of its output is `N passed, N failed`.
counted() {
    echo "== $1"
    local log line
    log=$(mktemp)
    "${@:2}" 2>&1 | tee "$log"
    local code=${PIPESTATUS[0]}
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    rm -f "$log"
    if [ -z "$line" ] || { [ "$code" != 0 ] && [ "${line#*, }" = "0 failed" ]; }; then
        failed=$((failed + 1))
        echo "not ok: $1 ended with $code"
    fi
    [ -z "$line" ] && return
    passed=$((passed + ${line%% *}))
    line=${line#*, }
    failed=$((failed + ${line%% *}))
}

# The benchmark of reading is no target of the package. SwiftPM names the package after its folder.
fits() {
    swiftc -typecheck -parse-as-library -swift-version 6 -package-name "$(basename "$PWD" | tr '[:upper:]' '[:lower:]')" \
        -I .build-coverage/debug/Modules -I Sources/CExpat Benchmarks/Reading.swift
}

step "style" make --no-print-directory lint
counted "units and coverage" Tests/coverage.sh
step "the benchmark of reading" fits
step "release build" make --no-print-directory release
counted "the release binary" Tests/smoke.sh .build-release/release/laseros
counted "a sample of the fault sweeps" Tests/sweep/run.py .build-release/release/laseros --sample

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
