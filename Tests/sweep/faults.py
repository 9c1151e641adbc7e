"""Runs commands with faults put into them by strace(1), and tells of each sweep in one line.

A point is the Nth time that a thread makes a system call: `fdatasync:3`. What strace counts it counts for each thread by itself, so that
the points of a run are the same each time.
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

# The calls that touch files; the last one is where a run has done all that it does.
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
    """Every point of a command from where it first looks at the stage, in their order. The loader and the runtime come before that."""
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
    """Runs a command on the stage as it stands, with a fault such as `signal=KILL` or `error=EIO` at a point.

    The second answer is the log of these calls, and of those of `calls`.
    """
    log = stage.root + ".trace"
    options = ["-s", "400", "-o", log, "-e", f"inject={point.call}:{fault}:when={point.number}"]
    # With its filter strace is quicker by a third, but brings no signals.
    quick = ["--seccomp-bpf"] if fault.startswith("error") else []
    run = stage.run(case.words, under=strace({point.call, *calls}, *quick, *options))
    with open(log, errors="replace") as file:
        return run, file.read()


def apart():
    """Before a command: it gets mounts of its own, which go when it ends."""
    return ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"])


class Sweep:
    """A sweep from the command line to its count."""

    # What `make test` tries each time; one more changes with the day.
    ALWAYS = ("client add", "project attach last 0003", "invoice issue", "undo", "init new-shop", "quote pdf")
    # What counts what was tried: a sweep of nothing finds nothing.
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
        """Builds the example shop."""
        self.tree = example_shop(self.options.binary)
        self.stage = Stage(self.options.binary, self.tree)

    def cases(self, *plans, whole=False, among=("",)):
        """The commands to be swept, `among` those that begin so: all, those asked for, or for a sample a few unless it is `whole`."""
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
        """All of them, at `most` so many; or in a sample so many, in their order."""
        items = [item for item in items if not self.options.at or str(item) == self.options.at]
        count = count if self.sample else most
        if count is None or len(items) <= count:
            return items
        return [items[index] for index in sorted(self.random.sample(range(len(items)), count))]

    def fail(self, kind, what, line="", at=None):
        """Notes a failure, with the command line that shows it again."""
        self.counts[kind] += 1
        options = (["--only", line] if line else []) + (["--at", str(at)] if at is not None else [])
        self.failures[kind, line].append(f"{what}\n    {shlex.join([f'Tests/sweep/{self.name}.py', self.options.binary, *options])}")

    def each(self, body, tasks):
        """Calls `body(stage, judge, task)` for all tasks, several at a time; it yields arguments of `fail`, and what it has counted."""
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
        """Prints the first failures of each kind and command, and the count, and ends."""
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
    """Stages are cleared away however it ends, and a second signal does not keep it from that.

    What is handled here is not ignored by the commands that are run, even where a shell has let it be ignored for what runs behind it.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(143)
