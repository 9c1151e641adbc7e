"""Runs commands and compares their costs. Nothing is asserted: only ratios are meaningful, because machines differ in speed."""

import os
import statistics
import tempfile
import time
from typing import NamedTuple


class Cost(NamedTuple):
    """Wall and CPU time in seconds, and peak memory in MiB if it was measured."""

    wall: float
    cpu: float
    peak: float


def cost(command, stdout=os.devnull, peak=False):
    """Runs a command, which has to succeed, and returns its cost.

    time(1) measures the peak memory: a direct child of this process would begin with the memory of this one.
    """
    report = tempfile.NamedTemporaryFile("r") if peak else None
    if report:
        command = ["/usr/bin/time", "-f", "%M", "-o", report.name, *command]
    began = time.perf_counter()
    child = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        ],
    )
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    if status != 0:
        raise SystemExit(f"{' '.join(command[:3])} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, int(report.read()) / 1024 if report else 0.0)


def compare(name, ours, theirs, runs, before=lambda: None):
    """Runs both alternately and prints the median of each and the median of the ratios.

    `ours` and `theirs` are functions that return a Cost; `before` runs before each of them.
    """
    pairs = []
    for _ in range(runs):
        before()
        our = ours()
        before()
        pairs.append((our, theirs()))
    for what, unit, scale in (("wall", "ms", 1000), ("cpu", "ms", 1000), ("peak", "MiB", 1)):
        if not any(getattr(our, what) for our, _ in pairs):
            continue
        mine = statistics.median(getattr(our, what) for our, _ in pairs) * scale
        other = statistics.median(getattr(their, what) for _, their in pairs) * scale
        ratios = [getattr(our, what) / max(getattr(their, what), 1e-9) for our, their in pairs]
        print(f"{name:32} {what:5} {mine:10.2f} {unit:3} against {other:10.2f} {unit:3}  ratio {statistics.median(ratios):6.2f}")
