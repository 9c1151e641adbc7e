#!/usr/bin/env python3
"""R8: the clock may jump: codes stay unique and increasing, and the history stays in the order of its numbers.

clock.py BINARY

faketime(1) sets the clock years back and ahead, to nights in which an hour is repeated or skipped, to the 29th of February and to the end
of 32-bit time, in several time zones. Each time records are added, changed, quoted and invoiced, and a change is undone.
"""
import json
import re
import shlex

import faults

# A UTC time, and the time zone of the program and the shop.
TIMES = [
    ("-400 days", "UTC"), ("now", "Africa/Johannesburg"), ("+3660 days", "Pacific/Apia"), ("2028-02-29 12:00:00", "America/St_Johns"),
    ("2026-03-29 00:59:59", "Europe/Berlin"), ("2026-03-29 01:00:00", "Europe/Berlin"), ("2026-10-25 00:30:00", "Europe/Berlin"),
    ("2026-10-25 01:30:00", "Europe/Berlin"), ("2026-12-31 23:59:59", "Pacific/Apia"), ("2027-01-01 00:00:00", "America/St_Johns"),
    ("2038-01-19 03:14:08", "UTC"), ("1999-12-31 23:59:59", "Europe/Berlin"), ("yesterday", "UTC"), ("tomorrow", "Pacific/Apia"),
]
LINES = [
    "client add Later", "client edit last --notes {number}", "project add Rack --client CL-0001", "contact add Anna --client CL-0002",
    "quote add --client CL-0001 0001-Flange-MS-10mm-x4.dxf", "quote send last", "quote accept last", "invoice add last",
    "invoice issue last", "invoice pay last --amount 1", "preset add 'Slow {number}' --material MS --thickness 3 --speed 100",
    "client edit last --notes '{number} again'",
]

sweep = faults.Sweep("clock", __doc__)
sweep.open()
stage = sweep.stage


def run(line, time, zone):
    # faketime reads the time in its own zone, while the program runs in another one.
    return stage.run(shlex.split(line), under=["faketime", time, "env", "TZ=" + zone], TZ="UTC", LASEROS_NOW=None)


def rows(line):
    return json.loads(stage.demand([*shlex.split(line), "--json"]).out)


# There are no prices for days in the past.
for line in ("price add material-kg MS 30 --from 1990-01-01", "price add machine-hour FIBER3 800 --from 1990-01-01"):
    stage.demand(shlex.split(line))
for number, (time, zone) in enumerate(TIMES):
    for line in [f"config set time_zone {zone}", *LINES]:
        answer = run(line.format(number=number), time, zone)
        sweep.counts["commands"] += 1
        if answer.code != 0:
            sweep.fail("failed", f"{time} {zone}: {line}: {answer}")
    # The last change is the one with the highest number, whatever its time.
    last = rows("log --limit 1")[0]
    undone = run("undo", time, zone)
    if undone.code != 0 or f"undid entry {last['entry']}:" not in undone.out.decode():
        sweep.fail("failed", f"{time} {zone}: undo of entry {last['entry']}: {undone}{undone.out.decode()}")
    sweep.counts["clocks"] += 1

entries = rows("log --limit 1000000")
if [entry["entry"] for entry in entries] != list(range(len(entries), 0, -1)):
    sweep.fail("order", "the entries are not numbered one after the other")
made = {}
for entry in reversed(entries):
    for code in re.findall(r"^(?:client|project|contact|quote|preset|invoice) (\S+?):? (?:added|1 line|drafted|issued)", entry["sentence"]):
        series = re.sub(r"\d+$", "", code)
        made.setdefault(series, []).append(int(re.search(r"\d+$", code)[0]))
for series, numbers in made.items():
    sweep.counts["codes"] += len(numbers)
    if numbers != sorted(set(numbers)):
        sweep.fail("order", f"{series}: {numbers}")
for series, numbers in made.items():
    if series.startswith("INV-") and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        sweep.fail("order", f"{series}: a number is missing: {numbers}")
verified = stage.run(["log", "verify"])
if verified.code != 0:
    sweep.fail("history", str(verified))
sweep.finish("clocks", "commands", "codes", "failed", "order", "history")
