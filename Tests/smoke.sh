#!/bin/bash
# Tests that need the built binary: exit codes, pipes, full disks, read-only folders, concurrent writers, killed processes.
set -u
laseros=$(realpath "$1")
# A crash must end the program, not start a debugger that keeps the pipe open.
export SWIFT_BACKTRACE=enable=no LC_ALL=C.UTF-8
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
memory=
trap 'rm -rf "$work" "$memory"' EXIT
cd "$work" || exit 1
unset LASEROS_SHOP LASEROS_NOW
export HOME=$work XDG_DATA_HOME=$work/none
passed=0 failed=0

# shellcheck source=Tests/smoke/check.sh
. "$here/smoke/check.sh"
for part in ${PARTS:-answers files signals writers backup stock stray acts trust large damage drawings}; do
    # shellcheck source=/dev/null
    . "$here/smoke/$part.sh"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
