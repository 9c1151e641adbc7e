#!/usr/bin/env python3
"""R1: a signal at any call takes back what was begun, or says what is stored, and the run ends.

signals.py BINARY [--sample] [--only COMMAND] [--at CALL:NUMBER:SIGNAL]

TERM, INT and HUP come at every call that touches a file, of every command that writes. The run ends within a tenth of a second, with 128
and the signal's number or with what it would have ended with; not 0 means that nothing was changed, unless it says `stored as entry`.
"""
import collections
import signal

import faults
from cases import documents, writing

SIGNALS = ("TERM", "INT", "HUP")
# The trace takes longer than the run: what a run may take is held against what it takes without a signal.
LIMIT = 0.1


class Sent(faults.Point):
    """A point, and the signal that comes there."""

    def __new__(cls, point, name):
        sent = super().__new__(cls, *point)
        sent.name = name
        return sent

    def __str__(self):
        return f"{super().__str__()}:{self.name}"


def attempt(stage, case, sent):
    stage.restore(case.before)
    return faults.inject(stage, case, sent, "signal=" + sent.name)


def body(stage, judge, task):
    case, sent = task
    run, log = attempt(stage, case, sent)
    yield collections.Counter(met=f"--- SIG{sent.name}" in log)
    state = judge.state(stage, case)
    if state.startswith("half"):
        yield "half", state[6:], case.line, sent
    told = case.is_told(run.said)
    ended = 128 + getattr(signal, "SIG" + sent.name)
    if run.code not in (ended, case.clean.code):
        yield "odd", str(run), case.line, sent
    elif run.code == case.clean.code and state == "before":
        yield "lost", str(run), case.line, sent
    elif run.code == ended and state == "after" and not told:
        yield "silent", str(run), case.line, sent
    elif told and state == "before":
        yield "untrue", str(run), case.line, sent
    left = judge.strays(stage, case)
    if left:
        yield "stray", left, case.line, sent
    # A busy machine is slow at times; a program that is slow is so each time.
    for _ in range(8):
        if run.seconds <= normal[case.line] + LIMIT:
            return
        run, _ = attempt(stage, case, sent)
    yield "slow", f"{run.seconds:.2f} s", case.line, sent


def points(case):
    """A signal that comes as the run leaves is nobody's any more."""
    return [point for point in faults.points(sweep.stage, case) if point.call != "exit_group"]


sweep = faults.Sweep("signals", __doc__)
sweep.open()
normal, tasks = {}, []
for case in sweep.cases(writing, documents):
    sweep.counts["commands"] += 1
    # Where no signal comes.
    normal[case.line] = attempt(sweep.stage, case, Sent(faults.Point("exit_group", 2), "TERM"))[0].seconds
    sent = [Sent(point, name) for point in points(case) for name in SIGNALS]
    tasks += [(case, one) for one in sweep.some(sent, 60, case.most)]
sweep.counts["points"] = len(tasks)
sweep.each(body, tasks)
sweep.finish("commands", "points", "met", "half", "lost", "silent", "untrue", "odd", "slow", "stray")
