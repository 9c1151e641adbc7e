#!/usr/bin/env python3
"""R2: a disk error is reported, and nothing is half written.

errors.py BINARY [--sample] [--only COMMAND] [--at CALL:NUMBER:ERROR[+]]

Every writing command gets EIO, ENOSPC, EDQUOT and EINTR at every call that changes, syncs, opens or locks a file, and EIO at reads: at one
call, and at all calls from there on (EINTR at three calls in a row, because the program retries it). It ends with 0 only if it has stored
what it says. With any other exit code it has changed nothing, unless it says `stored as entry`.
"""
import collections

import faults
from cases import documents, writing

CHANGING = "write pwrite64 writev fsync fdatasync ftruncate fallocate flock fcntl open openat creat".split()
NAMING = "unlink unlinkat rename renameat renameat2 link linkat mkdir mkdirat rmdir".split()
# If a font or a drawing cannot be read, the document looks different, which is correct.
WRITING = "write fsync ftruncate rename renameat renameat2 link linkat unlink unlinkat mkdir mkdirat".split()
READING = "read pread64 getdents64".split()
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EINTR")


class Fault(faults.Point):
    """A point, the error injected there, and whether all later calls fail, too."""

    def __new__(cls, point, error, lasting):
        fault = super().__new__(cls, *point)
        fault.error, fault.lasting = error, lasting
        return fault

    def __str__(self):
        return f"{super().__str__()}:{self.error}{'+' if self.lasting else ''}"

    @property
    def when(self):
        if not self.lasting:
            return str(self.number)
        return f"{self.number}..{self.number + 2}" if self.error == "EINTR" else f"{self.number}+"


def faults_of(case):
    for point in faults.points(sweep.stage, case, WRITING if case.is_document else CHANGING + NAMING + READING):
        for error in ("EIO",) if point.call in READING else ERRORS:
            yield Fault(point, error, False)
            yield Fault(point, error, True)


def body(stage, judge, task):
    case, fault = task
    stage.restore(case.before)
    # If standard error itself fails, the message is taken from the traced write calls.
    run, log = faults.inject(stage, case, faults.Point(fault.call, fault.when), "error=" + fault.error, ["write"])
    told = any("write(2," in line and case.is_told(line) for line in log.splitlines())
    yield collections.Counter(met="(INJECTED)" in log)
    if case.has_editor and any("(INJECTED)" in line and line.split()[0] != log.split()[0] for line in log.splitlines()):
        return
    state = judge.state(stage, case)
    if state.startswith("half"):
        yield "half", state[6:], case.line, fault
    if run.code is None:
        yield "hung", str(run), case.line, fault
    elif run.crashed:
        yield "crashed", str(run), case.line, fault
    elif run.code == case.clean.code and state == "before":
        yield "lost", str(run), case.line, fault
    elif run.code != case.clean.code and state == "after" and not told:
        yield "silent", str(run), case.line, fault
    left = judge.strays(stage, case)
    if left:
        yield "stray", left, case.line, fault


sweep = faults.Sweep("errors", __doc__)
sweep.open()
cases = sweep.cases(writing, documents)
tasks = [(case, fault) for case in cases for fault in sweep.some(faults_of(case), 60, case.most)]
sweep.counts["commands"], sweep.counts["points"] = len(cases), len(tasks)
sweep.each(body, tasks)
sweep.finish("commands", "points", "met", "half", "lost", "silent", "crashed", "hung", "stray")
