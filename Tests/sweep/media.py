#!/usr/bin/env python3
"""R9: a read-only shop can be read, and writing to it gives a clear error.

media.py BINARY [--sample] [--only COMMAND]

The shop is mounted read-only. Every reading command prints the same as on a writable shop, and every writing command exits with 6 or 7 and
an error.
"""
import shlex

import faults
from cases import writing
from stage import commands

SCRIPT = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 99; shift; exec "$@"'


def read_only(stage, words):
    return stage.run(words, under=[*faults.apart(), "sh", "-c", SCRIPT, "sh", stage.shop])


def body(stage, judge, task):
    kind, words = task
    line = shlex.join(words)
    if kind == "writes":
        stage.restore(cases[line].before)
        run = read_only(stage, words)
        if cases[line].changes and (run.code not in (6, 7) or not run.said.startswith("error: ")):
            yield "odd", str(run), line
        return
    stage.restore(sweep.tree)
    wanted = stage.run(words)
    stage.restore(sweep.tree)
    run = read_only(stage, words)
    if run[:3] != wanted[:3]:
        yield "not read", f"{run}, in place of {wanted}", line


sweep = faults.Sweep("media", __doc__)
sweep.open()
cases = {case.line: case for case in sweep.cases(writing) if not case.founds}
tasks = [("writes", case.words) for case in cases.values()]
for command in commands(sweep.stage):
    for words in (shlex.split(example)[1:] for example in command["examples"]):
        # `queue plan --keep` stores what `queue plan` reads, and `backup create` writes below the shop.
        stores = "--keep" in words or words[:2] == ["backup", "create"]
        if command["kind"] == "reads" and not stores or command["kind"] == "free" and command["chapter"] in ("dxf", "config"):
            tasks.append(("reads", words))
if sweep.options.only:
    tasks = [task for task in tasks if shlex.join(task[1]).startswith(sweep.options.only)]
sweep.counts["reading"] = sum(kind == "reads" for kind, _ in tasks)
sweep.counts["writing"] = len(tasks) - sweep.counts["reading"]
sweep.each(body, tasks)
sweep.finish("reading", "writing", "not read", "odd")
