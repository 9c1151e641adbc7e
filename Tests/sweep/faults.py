"""Runs commands with faults injected by strace(1), and reports each sweep in one line.

A point is the Nth time that a thread makes a system call: `fdatasync:3`. strace counts the calls of each thread separately, so the points
of a run are always the same.
"""
import argparse
import collections
import concurrent.futures
import datetime
import os
import random
import re
import shlex
import signal
import sys
import threading

from judge import Judge
from stage import Stage, example_shop

# The system calls that access files. The last one is the exit, when the run has done everything.
TOUCHING = """open openat creat read pread64 readv write pwrite64 writev fsync fdatasync ftruncate fallocate unlink unlinkat rename renameat
renameat2 link linkat symlink symlinkat mkdir mkdirat rmdir flock fcntl close stat lstat fstat newfstatat statx access faccessat faccessat2
readlink readlinkat lseek chmod fchmod fchmodat chown fchown fchownat getdents64 copy_file_range sendfile utimensat exit_group""".split()

LINE = re.compile(r"^(\d+) +(\w+)\((.*)$")


class Point(collections.namedtuple("Point", "call number")):
    def __str__(self):
        return f"{self.call}:{self.number}"


def strace(calls, *options):
    return ["strace", "-f", "-qq", "-e", "trace=" + ",".join(calls), *options]


def points(stage, case, calls=TOUCHING):
    """Returns the points of a command in order, starting at the first access to the stage, after the loader and the runtime."""
    log = stage.root + ".trace"
    stage.restore(case.before)
    stage.run(case.words, under=strace(calls, "--seccomp-bpf", "-s", "256", "-o", log))
    found, counts, main, begun = {}, collections.Counter(), None, False
    with open(log, errors="replace") as file:
        for line in file:
            match = LINE.match(line)
            if not match:
                continue
            thread, call, rest = match.groups()
            main = main or thread
            counts[thread, call] += 1
            begun = begun or stage.root in rest
            if begun:
                found[Point(call, counts[thread, call])] = None
    return list(found)


def inject(stage, case, point, fault, calls=()):
    """Runs a command on the current stage with a fault such as `signal=KILL` or `error=EIO` at a point.

    Also returns the log of the calls of this kind and of those in `calls`.
    """
    log = stage.root + ".trace"
    options = ["-s", "400", "-o", log, "-e", f"inject={point.call}:{fault}:when={point.number}"]
    # With its seccomp filter strace is a third faster, but does not inject signals.
    quick = ["--seccomp-bpf"] if fault.startswith("error") else []
    run = stage.run(case.words, under=strace({point.call, *calls}, *quick, *options))
    with open(log, errors="replace") as file:
        return run, file.read()


def apart():
    """Returns the prefix that runs a command in a mount namespace of its own."""
    return ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"])


class Sweep:
    """A sweep: options, cases, parallel runs, and the summary."""

    # `make test` always tries these, and one more that changes daily.
    ALWAYS = ("client add", "project attach last 0003", "invoice issue", "undo", "init new-shop", "quote pdf")
    # The counters of what was tried. If one of them is zero, the sweep is blind and fails.
    TRIED = ("clocks", "commands", "runs", "points", "cuts", "damages", "sizes", "reading", "writing", "renames", "lines")

    def __init__(self, name, about):
        parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("binary", type=os.path.realpath)
        parser.add_argument("--sample", action="store_true", help="a part of it, quick enough for every test run")
        parser.add_argument("--seed", type=int, default=datetime.date.today().toordinal(), help="what a sample takes; the day by default")
        parser.add_argument("--only", help="only command lines that begin so")
        parser.add_argument("--at", help="only this point, as a failure names it")
        parser.add_argument("--jobs", type=int, default=os.cpu_count())
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _leave)
        self.name, self.options = name, parser.parse_args()
        self.counts, self.failures, self.random = collections.Counter(), collections.defaultdict(list), random.Random(self.options.seed)

    @property
    def sample(self):
        return self.options.sample

    def open(self):
        """Creates the example shop."""
        self.tree = example_shop(self.options.binary)
        self.stage = Stage(self.options.binary, self.tree)

    def cases(self, *plans, whole=False, among=("",)):
        """Returns the commands to sweep, among those that begin with `among`: all, the requested ones, or in a sample a few unless it is
        `whole`."""
        plans = [plan for make in plans for plan in make(self.stage, self.tree) if plan.line.startswith(among)]
        if self.options.only:
            exactly = [plan for plan in plans if plan.line == self.options.only]
            plans = exactly or [plan for plan in plans if plan.line.startswith(self.options.only)]
        elif self.sample and not whole:
            always = [plan for plan in plans if plan.line.startswith(self.ALWAYS) and "--dry-run" not in plan.words]
            other = self.random.choice([plan for plan in plans if plan not in always])
            print(f"{self.name}: seed {self.options.seed}, beside the usual ones: laseros {other.line}")
            plans = always + [other]
        return [plan.make() for plan in plans]

    def some(self, items, count, most=None):
        """Returns at most `most` of the items; in a sample a random selection, in order."""
        items = [item for item in items if not self.options.at or str(item) == self.options.at]
        count = count if self.sample else most
        if count is None or len(items) <= count:
            return items
        return [items[index] for index in sorted(self.random.sample(range(len(items)), count))]

    def fail(self, kind, what, line="", at=None):
        """Records a failure, with the command line that reproduces it."""
        self.counts[kind] += 1
        options = (["--only", line] if line else []) + (["--at", str(at)] if at is not None else [])
        self.failures[kind, line].append(f"{what}\n    {shlex.join([f'Tests/sweep/{self.name}.py', self.options.binary, *options])}")

    def each(self, body, tasks):
        """Calls `body(stage, judge, task)` for all tasks in parallel. It yields arguments of `fail`, or counters."""
        own, judge = threading.local(), Judge()

        def work(task):
            if not hasattr(own, "stage"):
                own.stage = Stage(self.options.binary)
            return list(body(own.stage, judge, task) or ())

        pool = concurrent.futures.ThreadPoolExecutor(self.options.jobs)
        try:
            for found in pool.map(work, tasks):
                for answer in found:
                    if isinstance(answer, collections.Counter):
                        self.counts.update(answer)
                    else:
                        self.fail(*answer)
        finally:
            pool.shutdown(cancel_futures=True)

    def finish(self, *kinds):
        """Prints the first failures of each kind and command and the counts, and exits."""
        if not self.options.only and not self.options.at:
            for kind in kinds:
                if kind in self.TRIED and not self.counts[kind]:
                    self.fail("blind", f"no {kind}: nothing was tried")
        if "met" in kinds and self.counts["met"] < 0.95 * self.counts["points"]:
            self.fail("blind", f"only {self.counts['met']} of {self.counts['points']} points were met")
        for (kind, line), found in list(self.failures.items())[:60]:
            print(f"{kind}: {found[0]}" + (f"\n    and {len(found) - 1} more of this command" if len(found) > 1 else ""))
        done = ", ".join(f"{self.counts[kind]:,} {kind}" for kind in kinds)
        print(f"{self.name}: {done}")
        sys.exit(1 if self.failures else 0)


def _leave(*_):
    """Exits so that the stages are removed; further signals are ignored meanwhile.

    The signals have a handler, so the commands do not inherit them as ignored, even if this runs as a background job of a shell.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(143)
