# shellcheck shell=bash disable=SC2154
# Input without end is refused in little memory: a gigabyte that is one line, one quoted field, one code.

run "$laseros" init large
before=$(sqlite3 large/laseros.db 'SELECT count(*) FROM journal')

# refused NAME WORDS...: what standard input holds is refused in less than 64 MiB.
refused() {
    local name=$1
    shift
    LASEROS_SHOP=large /usr/bin/time -q -f %M -o "$work/peak" "$laseros" "$@" >"$work/out" 2>"$work/said"
    check "$name: refused" 8 $?
    check "$name: less than 64 MiB" 1 $(($(cat "$work/peak") < 65536))
    check "$name: the line is told" 1 "$(grep -c '^standard input:[12]: ' "$work/said")"
}

gigabyte() { head -c 1G /dev/zero | tr '\0' "$1"; }

{ printf 'name,notes\na,' && gigabyte x; } | refused "a line" client import -
{ printf 'name,notes\na,"' && gigabyte '\n'; } | refused "a quoted field" client import -
gigabyte x | refused "a header" client import -
{ printf 'name,notes\na' && gigabyte ,; } | refused "fields" client import -
{ printf '[{"name": "' && gigabyte x; } | refused "a text of JSON" client import -
gigabyte x | refused "a code" client edit - --notes x
check "large: nothing stored" "$before" "$(sqlite3 large/laseros.db 'SELECT count(*) FROM journal')"
