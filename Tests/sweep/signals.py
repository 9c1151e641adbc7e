#!/usr/bin/env python3
"""R1: a signal at any call rolls back the change, or the run says what is stored; then it ends.

signals.py BINARY [--sample] [--only COMMAND] [--at CALL:NUMBER:SIGNAL]

TERM, INT and HUP arrive at every file access of every writing command. The run ends within a tenth of a second, with 128 plus the signal's
number or with its normal exit code. A code other than 0 means that nothing was changed, unless the run says `stored as entry`.
"""
import collections
import re
import signal

import faults
from cases import documents, writing

SIGNALS = ("TERM", "INT", "HUP")
# Tracing slows the run down, so its time is compared with that of a traced run without a signal.
LIMIT = 0.1


class Sent(faults.Point):
    """A point, and the signal sent there."""

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
    # If the editor is killed, it is correct to change nothing.
    editor = {7} if not re.match(rf"(\d+) .*^\1 --- SIG{sent.name}", log, re.DOTALL | re.MULTILINE) else set()
    if run.code not in {ended, case.clean.code} | editor:
        yield "odd", str(run), case.line, sent
    elif run.code == case.clean.code and state == "before":
        yield "lost", str(run), case.line, sent
    elif run.code != case.clean.code and state == "after" and not told:
        yield "silent", str(run), case.line, sent
    elif told and state == "before":
        yield "untrue", str(run), case.line, sent
    left = judge.strays(stage, case)
    if left:
        yield "stray", left, case.line, sent
    # On a busy machine a run may be slow by chance, so a slow run is repeated.
    for _ in range(8):
        if run.seconds <= normal[case.line] + LIMIT:
            return
        run, _ = attempt(stage, case, sent)
    yield "slow", f"{run.seconds:.2f} s", case.line, sent


def points(case):
    """Returns the points of a command, without the exit, where a signal has no effect any more."""
    return [point for point in faults.points(sweep.stage, case) if point.call != "exit_group"]


sweep = faults.Sweep("signals", __doc__)
sweep.open()
normal, tasks = {}, []
for case in sweep.cases(writing, documents):
    sweep.counts["commands"] += 1
    # A run without a signal.
    normal[case.line] = attempt(sweep.stage, case, Sent(faults.Point("exit_group", 2), "TERM"))[0].seconds
    sent = [Sent(point, name) for point in points(case) for name in SIGNALS]
    tasks += [(case, one) for one in sweep.some(sent, 60, case.most)]
sweep.counts["points"] = len(tasks)
sweep.each(body, tasks)
sweep.finish("commands", "points", "met", "half", "lost", "silent", "untrue", "odd", "slow", "stray")
