#!/usr/bin/env python3
"""Runs the sweeps one after the other and prints a line for each.

run.py BINARY [--sample] [NAME...]

A sweep is a script that puts one kind of fault to every command: `stage.py` has the example shop that it works on, takes the commands from
`laseros help --json` and tells whether a shop is as before a command or as after it; `faults.py` runs a command with a fault put into it by
strace(1), spreads the work, and counts; `replay.py` makes of a log of strace the disks that a loss of power may leave. With UPDATE=1 the
counts of whole sweeps that passed go into the table of `docs/promises.md`. The last line is `N passed, N failed`.
"""
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROMISES = os.path.join(os.path.dirname(os.path.dirname(HERE)), "docs", "promises.md")
SWEEPS = ["kill", "errors", "signals", "power", "flips", "renames", "full", "media", "clock", "readers", "ends", "typed"]

options = [word for word in sys.argv[2:] if word.startswith("-")]
names = [word for word in sys.argv[2:] if not word.startswith("-")] or SWEEPS
failed = 0
for name in names:
    began = time.monotonic()
    done = subprocess.run(["nice", sys.executable, f"{HERE}/{name}.py", sys.argv[1], *options], stdout=subprocess.PIPE, text=True)
    lines = done.stdout.splitlines() or [f"{name}: said nothing"]
    for line in lines[:-1]:
        print("  " + line)
    print(f"{lines[-1]} ({time.monotonic() - began:.0f} s)", flush=True)
    if done.returncode:
        failed += 1
        print(f"not ok: {name}")
    elif os.environ.get("UPDATE") and "--sample" not in options:
        with open(PROMISES) as file:
            text = file.read()
        count = lines[-1].removeprefix(name + ": ")
        with open(PROMISES, "w") as file:
            file.write(re.sub(rf"^(\| .*`Tests/sweep/{name}\.py`.*\| )[^|]*( \|)$", rf"\g<1>{count}\2", text, flags=re.M))
print(f"{len(names) - failed} passed, {failed} failed")
sys.exit(failed > 0)
