#!/bin/sh
# Writes man/, completions/ and docs/reference.md from the command table of this binary.
set -eu
cd "$(dirname "$0")/.."
laseros=$1
rm -rf man completions
mkdir -p man completions docs
"$laseros" help --man >man/laseros.1
# Commands of three words have a page for their first two words.
"$laseros" help --json | jq -r '.chapters[] | .name, (.commands[].name | split(" ") | select(length == 3)[:2] | join("-"))' | sort -u |
    while read -r page; do "$laseros" help --man "laseros-$page" >"man/laseros-$page.1"; done
for shell in bash zsh fish; do "$laseros" completion $shell >completions/laseros.$shell; done
"$laseros" help --markdown >docs/reference.md
