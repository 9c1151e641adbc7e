#!/bin/sh
# keep.sh NAME FOLDER...: minimizes the corpora that a fuzzer grew in FOLDER/corpus and packs them into Fuzz/corpus/NAME.tar.gz: as few
# inputs as reach the same coverage. Only inputs grown from the project's own seeds are kept.
set -eu
cd "$(dirname "$0")/.."
name=$1
shift
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
mkdir "$kept/corpus"
for folder; do
    set -- "$@" "$folder/corpus"
    shift
done
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=4096
".build-fuzz/$name" -merge=1 -max_len=24000 -timeout=60 -rss_limit_mb=3000 "$kept/corpus" "$@"
tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --directory "$kept/corpus" . | gzip -9n >"Fuzz/corpus/$name.tar.gz"
