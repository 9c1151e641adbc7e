#!/usr/bin/env python3
"""Runs the sweeps one after the other and prints a line for each.

run.py BINARY [--sample] [NAME...]

A sweep is a script that puts one kind of fault to every command. `stage.py` has the example shop that it works on, `cases.py` the commands
of `laseros help --json` that write something, with the stage before and after each, and `judge.py` tells which of both a run has left that
did not end as it should. `faults.py` runs a command with a fault that strace(1) puts into it, spreads the work and counts; `recording.py`
and `disk.py` make of a log of strace the disks that a loss of power may leave. `standin.py` is a database that does it wrong. With UPDATE=1
the counts of whole sweeps that passed go into the table of `docs/promises.md`. The last line is `N passed, N failed`.
"""
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
PROMISES = os.path.join(os.path.dirname(TESTS), "docs", "promises.md")
# Of the last two the smoke test has a sample.
SWEEPS = [
    "kill", "errors", "signals", "power", "flips", "renames", "full", "media", "clock", "readers", "ends", "typed", "cells", "writers",
]


def command(name, binary, options):
    """What runs a sweep, and its name in the table of promises."""
    if name == "writers":
        # A part of the smoke test, with ten times as many runs that are killed.
        return ["env", "PARTS=writers", "ROUNDS=240", f"{TESTS}/smoke.sh", binary], "Tests/smoke/writers.sh"
    # Every command on every cell takes an hour; of a cell the commands that look at its table tell most.
    near = ["--near"] if name == "cells" and not options else []
    return [sys.executable, f"{HERE}/{name}.py", binary, *options, *near], f"Tests/sweep/{name}.py"


def record(test, count):
    """Puts a count into the row that names this test first."""
    with open(PROMISES) as file:
        text = file.read()
    with open(PROMISES, "w") as file:
        file.write(re.sub(rf"^(\| \w+ \| [^|]* \| `{re.escape(test)}`[^|]*\|)[^|]*\|$", rf"\g<1> {count} |", text, flags=re.M))


options = [word for word in sys.argv[2:] if word.startswith("-")]
names = [word for word in sys.argv[2:] if not word.startswith("-")] or (SWEEPS[:-2] if "--sample" in options else SWEEPS)
failed = 0
for name in names:
    began, (words, test) = time.monotonic(), command(name, sys.argv[1], options)
    done = subprocess.run(["nice", *words], stdout=subprocess.PIPE, text=True)
    *lines, last = done.stdout.splitlines() or [f"{name}: said nothing"]
    for line in lines:
        print("  " + line)
    print(f"{last} ({time.monotonic() - began:.0f} s)", flush=True)
    if done.returncode:
        failed += 1
        print(f"not ok: {name}")
    elif os.environ.get("UPDATE") and not options:
        record(test, last.removeprefix(name + ": ") if last.startswith(name) else "; ".join(lines))
print(f"{len(names) - failed} passed, {failed} failed")
sys.exit(failed > 0)
