#!/bin/sh
# Writes man/, completions/ and docs/reference.md from the table of commands, as this binary has it.
set -eu
cd "$(dirname "$0")/.."
laseros=$1
rm -rf man completions
mkdir -p man completions docs
"$laseros" help --man >man/laseros.1
"$laseros" complete -- help '' | cut -f 1 | while read -r page; do "$laseros" help --man "$page" >"man/laseros-$page.1"; done
for shell in bash zsh fish; do "$laseros" completion $shell >completions/laseros.$shell; done
"$laseros" help --markdown >docs/reference.md
