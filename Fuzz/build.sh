#!/bin/sh
# Builds the fuzzers into .build-fuzz: ascii, binary and lbrn.
set -eu
cd "$(dirname "$0")/.."
out=.build-fuzz
mkdir -p "$out"
checks="-sanitize=fuzzer,address"
common="-O -parse-as-library -wmo -package-name laseros -swift-version 6 -I $out -I Fuzz -I Sources/CExpat"
library() {
    # Modules are built once and linked into every fuzzer.
    # shellcheck disable=SC2086
    swiftc $common $checks -emit-module -emit-module-path "$out/$1.swiftmodule" \
        -module-name "$1" -c Sources/"$1"/*.swift -o "$out/$1.o"
}
library Values
library Drawings
clang -O1 -fsanitize=address -c Fuzz/bounds.c -o "$out/bounds.o"
for name in "${@:-ascii binary lbrn}"; do
    for each in $name; do
        # shellcheck disable=SC2086
        swiftc $common $checks -D "$(echo "$each" | tr "[:lower:]" "[:upper:]")" -module-name Target Fuzz/Target.swift \
            "$out/Values.o" "$out/Drawings.o" "$out/bounds.o" -lexpat -o "$out/$each"
    done
done
