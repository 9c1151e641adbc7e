#!/bin/sh
# Measures reading and measuring of large drawings: rates, memory against the size of the file, and that time grows linearly.
set -eu
cd "$(dirname "$0")/.."
out=.build-reading
mkdir -p "$out"
for module in Values Drawings; do
    find Sources/"$module" -name '*.swift' -print0 | xargs -0 swiftc -O -wmo -parse-as-library -package-name laseros \
        -swift-version 6 -I "$out" -I Sources/CExpat -emit-module -emit-module-path "$out/$module.swiftmodule" -module-name "$module" -c -o "$out/$module.o"
done
swiftc -O -parse-as-library -package-name laseros -swift-version 6 -I "$out" -I Sources/CExpat -module-name Reading Benchmarks/Reading.swift \
    "$out/Values.o" "$out/Drawings.o" -lexpat -o "$out/reading"

for size in 1 20 200; do
    [ -f "$out/parts-$size.dxf" ] || python3 Benchmarks/large.py parts $size "$out/parts-$size.dxf"
    echo "parts, $size MB"
    "$out/reading" read "$out/parts-$size.dxf"
    /usr/bin/time -f '%M KiB at most' "$out/reading" info "$out/parts-$size.dxf"
done
for count in 10000 100000 1000000; do
    [ -f "$out/lines-$count.dxf" ] || python3 Benchmarks/large.py lines $count "$out/lines-$count.dxf"
    echo "$count loose lines"
    /usr/bin/time -f '%M KiB at most' "$out/reading" info "$out/lines-$count.dxf"
done
