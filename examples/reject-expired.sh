#!/usr/bin/env bash
# Marks the sent quotes that are no longer valid as rejected: one change, taken back by one `laseros undo`.
# usage: reject-expired.sh [DAY]     (quotes valid until before DAY; today where none is named)
set -euo pipefail

day=${1:-$(date +%F)}
laseros quote list --status sent --csv --no-header --fields code,valid_until |
    awk -F, -v day="$day" '$2 < day { print $1 }' |
    xargs --no-run-if-empty laseros quote reject
