#!/usr/bin/env bash
# Moves the due day of projects by a number of days: the machine was down, or the shop is closed. It is one change, which one `laseros undo`
# takes back. Further arguments filter the projects as in `laseros project list`; --dry-run shows the changes only.
# usage: move-due.sh DAYS [--client CODE | --priority WORD | --due-by DAY ...] [--dry-run]
set -euo pipefail

usage='usage: move-due.sh DAYS [FILTER...] [--dry-run]'
days=${1:?$usage}
shift
[[ $days =~ ^[-+]?[0-9]+$ ]] || {
    echo "$usage" >&2
    exit 2
}
try=() filters=()
for word in "$@"; do
    case $word in
    -n | --dry-run) try=(--dry-run) ;;
    *) filters+=("$word") ;;
    esac
done

# A project that is completed or cancelled, or has no due day, is not changed. If no project is left, nothing is run.
moved=$(laseros project list "${filters[@]}" --json --fields code,status,due |
    jq --raw-output --argjson days "$days" '
        map(select(.due and .status != "completed" and .status != "cancelled"))
        | if length > 0 then ["code", "due"], (.[] | [.code, (.due | strptime("%Y-%m-%d") | mktime + $days * 86400 | strftime("%Y-%m-%d"))]) else empty end
        | @csv')
[ -n "$moved" ] || exit 0
laseros project import - "${try[@]}" <<<"$moved"
