#!/bin/sh
# Builds the fuzzers into .build-fuzz: ascii, binary and lbrn, or those named as arguments.
set -eu
cd "$(dirname "$0")/.."
out=.build-fuzz
mkdir -p "$out"

compile() {
    swiftc -O -parse-as-library -wmo -package-name laseros -swift-version 6 -sanitize=fuzzer,address -I "$out" -I Fuzz -I Sources/CExpat "$@"
}

# Modules are compiled once and linked into every fuzzer.
for module in Values Drawings; do
    compile -emit-module -emit-module-path "$out/$module.swiftmodule" -module-name "$module" -c Sources/"$module"/*.swift -o "$out/$module.o"
done
clang -O1 -fsanitize=address -c Fuzz/bounds.c -o "$out/bounds.o"
[ $# -gt 0 ] || set -- ascii binary lbrn
for name in "$@"; do
    flag=$(echo "$name" | tr '[:lower:]' '[:upper:]')
    compile -D "$flag" -module-name Target Fuzz/Target.swift "$out/Values.o" "$out/Drawings.o" "$out/bounds.o" -lexpat -o "$out/$name"
done
