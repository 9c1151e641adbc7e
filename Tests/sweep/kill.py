#!/usr/bin/env python3
"""R1, R4: a command that is killed at any file access has happened completely or not at all.

kill.py BINARY [--sample] [--only COMMAND] [--at CALL:NUMBER]

Every command that writes to the shop or a file is killed when it enters the Nth call. Then the shop is as before or as after: rows,
history, counters, attached files; a file is the old one or the new one. If an answer was written, the change is stored. The next writing
run leaves no temporary files. The sweep must detect a program that commits twice.
"""
import collections

import faults
from cases import Case, documents, writing
from judge import Judge
from stage import StandIn


def body(stage, judge, task):
    case, point = task
    stage.restore(case.before)
    run, log = faults.inject(stage, case, point, "signal=KILL")
    yield collections.Counter(met="killed by SIGKILL" in log)
    state = judge.state(stage, case)
    if state.startswith("half"):
        yield "half", state[6:], case.line, point
    answered = run.code == case.clean.code or (run.out and run.out == case.clean.out)
    if answered and state == "before":
        yield "lost", str(run), case.line, point
    if run.code is None:
        yield "hung", str(run), case.line, point
    left = judge.strays(stage, case)
    if left:
        yield "stray", left, case.line, point


def is_blind():
    """Whether the sweep fails to detect a run that is killed between two commits."""
    stage, judge = StandIn(), Judge()
    case = Case(stage, ["twice", "1"], stage.look(), again=["twice", "2"])
    tasks = [(case, point) for point in faults.points(stage, case) if point.call == "fdatasync"]
    return not any(found[0] == "half" for task in tasks for found in body(stage, judge, task) if isinstance(found, tuple))


sweep = faults.Sweep("kill", __doc__)
sweep.open()
if is_blind():
    sweep.fail("blind", "a program that commits twice is not caught")
cases = sweep.cases(writing, documents)
tasks = [(case, point) for case in cases for point in sweep.some(faults.points(sweep.stage, case), 60, case.most)]
sweep.counts["commands"], sweep.counts["points"] = len(cases), len(tasks)
sweep.each(body, tasks)
sweep.finish("commands", "points", "met", "half", "lost", "hung", "stray")
