#!/usr/bin/env python3
"""Runs the sweeps one after the other and prints a line for each.

run.py BINARY [--sample] [NAME...]

A sweep is a script that injects one kind of fault into every command. `stage.py` provides the example shop, `cases.py` the writing commands
of `laseros help --json` with the stage before and after each, and `judge.py` decides in which of the two states an interrupted run has left
the stage. `faults.py` runs a command with a fault injected by strace(1), distributes the work and counts; `recording.py` and `disk.py`
derive from a log of strace the possible disks after a power failure. `standin.py` is a faulty program with a database. With UPDATE=1 the
counts of complete sweeps that passed go into the table of `docs/promises.md`. The last line is `N passed, N failed`.
"""
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
PROMISES = os.path.join(os.path.dirname(TESTS), "docs", "promises.md")
# The smoke test contains samples of the last two.
SWEEPS = [
    "kill", "errors", "signals", "power", "flips", "renames", "full", "media", "clock", "readers", "ends", "typed", "cells", "writers",
]


def command(name, binary, options):
    """Returns the command of a sweep, and its name in the table of promises."""
    if name == "writers":
        # This is a part of the smoke test, with ten times as many killed runs.
        return ["env", "PARTS=writers", "ROUNDS=240", f"{TESTS}/smoke.sh", binary], "Tests/smoke/writers.sh"
    # Running every command for every cell takes an hour; the commands that read its table find most faults.
    near = ["--near"] if name == "cells" and not options else []
    return [sys.executable, f"{HERE}/{name}.py", binary, *options, *near], f"Tests/sweep/{name}.py"


def record(test, count):
    """Writes a count into the row that names this test first."""
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
