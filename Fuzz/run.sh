#!/bin/sh
# run.sh NAME SECONDS [FOLDER]: runs a fuzzer for some time on the corpus of the project, or on FOLDER/corpus, which then grows. Inputs with
# a fault are written to FOLDER/out; a fault does not end the run early.
set -eu
cd "$(dirname "$0")/.."
name=$1 seconds=$2 folder=${3:-}
if [ -z "$folder" ]; then
    folder=.build-fuzz/$name-work
    rm -rf "$folder"
    mkdir -p "$folder/corpus"
    cp Fuzz/corpus/"$name"/* "$folder/corpus/"
    case $name in ascii) ending=dxf ;; binary) ending=bdxf ;; *) ending=lbrn2 ;; esac
    find Fuzz/regressions -name "*.$ending" -exec cp {} "$folder/corpus" ';'
    tar --extract --gzip --file "Fuzz/corpus/$name.tar.gz" --directory "$folder/corpus"
fi
mkdir -p "$folder/out"
dictionary=Fuzz/dxf.dict
[ "$name" != lbrn ] || dictionary=Fuzz/lbrn.dict
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=4096
end=$(($(date +%s) + seconds))
status=0
while left=$((end - $(date +%s))) && [ "$left" -gt 0 ]; do
    nice -n 19 ".build-fuzz/$name" "$folder/corpus" -max_total_time="$left" -max_len=24000 -timeout=60 -rss_limit_mb=3000 -dict="$dictionary" \
        -artifact_prefix="$folder/out/" -print_final_stats=1 && continue
    status=1
    [ "$left" -gt 2 ] || break
done
exit "$status"
