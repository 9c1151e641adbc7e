#!/usr/bin/env python3
"""Compares the standard output of two binaries for every example of the commands that both have, in every format, in the example shop.

answers.py OLD NEW [COMMAND...]

Each run has a fresh copy of the shop that its own binary created. The differences are for reviewing a change that should change nothing.
The last line is `N answers, N differ`; the exit code is 1 if there are differences.
"""
import difflib
import os
import shlex
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)) + "/sweep")
from stage import Stage, commands, example_shop  # noqa: E402

FORMATS = ["table", "csv", "tsv", "json", "ndjson", "markdown"]


def answers(binary, names):
    """Returns the exit code and standard output for each example and format."""
    tree = example_shop(binary)
    stage = Stage(binary, like=tree)
    found = {}
    for command in commands(stage):
        if command["name"] in ("help", "completion", "complete") or names and command["name"] not in names:
            continue
        for example in command["examples"]:
            words = shlex.split(example, comments=True)[1:]
            if set(words) & {"|", ">", "<", "&&", ";"}:
                continue
            for form in [["--format", form] for form in FORMATS] + [["--codes"], ["--wide"], ["--dry-run", "--format", "csv"]]:
                stage.restore(tree)
                run = stage.run([*words, *form])
                found[shlex.join([*words, *form])] = (run.code, run.out.replace(stage.root.encode(), b"ROOT"))
    stage.close()
    return found


old, new, *names = sys.argv[1:]
before, after = answers(os.path.realpath(old), names), answers(os.path.realpath(new), names)
differ = 0
for line in before.keys() & after.keys():
    if before[line] == after[line]:
        continue
    differ += 1
    texts = [[f"exit code {code}"] + out.decode(errors="replace").splitlines() for code, out in (before[line], after[line])]
    print(f"laseros {line}")
    print("\n".join(list(difflib.unified_diff(*texts, "old", "new", lineterm="", n=0))[2:]))
for line in sorted(before.keys() - after.keys()):
    print(f"gone: laseros {line}")
print(f"{len(before.keys() & after.keys())} answers, {differ} differ")
sys.exit(differ > 0)
