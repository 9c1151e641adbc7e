# shellcheck shell=bash disable=SC2154
# Endless input is refused with little memory: a gigabyte in one line, one quoted field, or one code.

run "$laseros" init large
before=$(sqlite3 large/laseros.db 'SELECT count(*) FROM journal')

# refused NAME WORDS...: checks that standard input is refused, with a peak memory below 64 MiB.
refused() {
    local name=$1
    shift
    LASEROS_SHOP=large /usr/bin/time -q -f %M -o "$work/peak" "$laseros" "$@" >"$work/out" 2>"$work/said"
    check "$name: refused" 8 $?
    check "$name: less than 64 MiB" 1 $(($(cat "$work/peak") < 65536))
    check "$name: the line is told" 1 "$(grep -c '^standard input:[0-9]*: ' "$work/said")"
}

# many SIZE CHARACTER: prints that many of the character.
many() { head -c "$1" /dev/zero | tr '\0' "$2"; }

refused "a line" client import - < <(printf 'name,notes\na,' && many 1G x)
refused "a quoted field" client import - < <(printf 'name,notes\na,"' && many 1G x)
refused "lines of a quoted field" client import - < <(printf 'name,notes\na,"' && many 32M '\n')
refused "a header" client import - < <(many 1G x)
refused "fields" client import - < <(printf 'name,notes\na' && many 32M ,)
refused "a text of JSON" client import - < <(printf '[{"name": "' && many 1G x)
refused "a code" client edit - --notes x < <(many 1G x)
check "large: nothing stored" "$before" "$(sqlite3 large/laseros.db 'SELECT count(*) FROM journal')"
