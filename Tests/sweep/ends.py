#!/usr/bin/env python3
"""R1: long commands end within a tenth of a second after a signal, and have changed nothing or say what they stored.

ends.py BINARY [--sample] [--only COMMAND] [--at SECONDS:SIGNAL]

In a shop of 20,000 clients: imports, lists, histories, undo, a writer that waits for the lock, output that nobody reads. TERM, INT and HUP
arrive at random moments. The limit of a tenth of a second is CPU time, because other processes may be running; the limit of elapsed time is
one second.
"""
import collections
import fcntl
import os
import shlex
import signal
import subprocess
import time

import faults
from judge import Judge

LIMIT, BY_THE_CLOCK = 0.1, 1
CLIENTS = 20_000
# The command, the longest time before the signal, and its special conditions.
WORK = [
    ("client import more.csv", 0.5, ""),
    ("client import more.csv --json", 2, "unread"),
    ("client list --csv", 1, "unread"),
    ("client export --json", 0.3, ""),
    ("project import unknown.csv", 2, ""),
    ("client edit --all-matching --search Client --notes again", 0.8, ""),
    ("log show last --csv", 0.5, ""),
    ("log verify", 0.05, ""),
    ("undo", 0.6, ""),
    ("client add Late", 0.3, "locked"),
    ("client show WORD", 0.5, ""),
]

sweep = faults.Sweep("ends", __doc__)
sweep.open()
stage, judge = sweep.stage, Judge()
with open(stage.work + "/many.csv", "w") as file:
    file.write("name,notes,contact\n" + "".join(f"Client {i},a line of notes,Contact {i}\n" for i in range(CLIENTS)))
with open(stage.work + "/more.csv", "w") as file:
    file.write("name,notes,contact\n" + "".join(f"Further {i},a line of notes,Contact {i}\n" for i in range(2 * CLIENTS)))
with open(stage.work + "/unknown.csv", "w") as file:
    file.write("name,client\n" + "".join(f"Job {i},Klient {i}\n" for i in range(CLIENTS)))
stage.demand(["client", "import", "many.csv"])
filled = stage.look()

Ended = collections.namedtuple("Ended", "code said wall cpu")


def consumed(process):
    """Returns the CPU time of a process in seconds."""
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def attempt(words, special, moment, name):
    """Runs a command, sends a signal after some time, and returns the time from there to its end; None if it had ended before."""
    stage.restore(filled)
    with open(stage.shop + "/laseros.db.lock", "a") as lock, open(stage.root + "/tmp/said", "w+") as said:
        if special == "locked":
            fcntl.flock(lock, fcntl.LOCK_EX)
        reader, writer = os.pipe()
        child = subprocess.Popen(
            [stage.binary, *words], cwd=stage.work, env=stage.environment(), stdin=subprocess.DEVNULL, stderr=said,
            stdout=writer if special == "unread" else subprocess.DEVNULL, start_new_session=True)
        time.sleep(moment)
        if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            child.wait()
            os.close(reader), os.close(writer)
            return None
        before, began, status = consumed(child.pid), time.monotonic(), 0
        os.kill(child.pid, getattr(signal, "SIG" + name))
        while time.monotonic() < began + 20:
            process, status, usage = os.wait4(child.pid, os.WNOHANG)
            if process:
                break
            time.sleep(0.002)
        else:
            os.kill(child.pid, signal.SIGKILL)
            _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        # The signal may arrive before the handlers are installed; then it kills the run, with the exit code of a shell.
        child.returncode = os.waitstatus_to_exitcode(status)
        code = child.returncode if child.returncode >= 0 else 128 - child.returncode
        os.close(reader), os.close(writer)
        said.seek(0)
        return Ended(code, said.read(), wall, usage.ru_utime + usage.ru_stime - before)


for line, longest, special in WORK:
    if not line.startswith(sweep.options.only or ""):
        continue
    words = ["x" * 100_000 if word == "WORD" else word for word in shlex.split(line)]
    for _ in range(2 if sweep.sample else 20):
        moment, name = round(sweep.random.uniform(0.001, longest), 3), sweep.random.choice(("TERM", "INT", "HUP"))
        if sweep.options.at:
            moment, _, name = sweep.options.at.partition(":")
        at = f"{moment}:{name}"
        ended = attempt(words, special, float(moment), name)
        if not ended:
            continue
        sweep.counts["runs"] += 1
        if os.path.exists(stage.shop + "/laseros.db-journal"):
            stage.run(["log", "verify"])
        found = judge.contents(stage.look()["shop/laseros.db"].data)
        changed = found.digest != judge.contents(filled["shop/laseros.db"].data).digest
        if found.fault:
            sweep.fail("half", found.fault, line, at)
        told = "stored as entr" in ended.said
        if ended.code not in (0, 128 + getattr(signal, "SIG" + name)):
            sweep.fail("odd", f"exit {ended.code}: {ended.said.strip()[:200]}", line, at)
        elif ended.code and changed != told:
            sweep.fail("silent" if changed else "untrue", f"exit {ended.code}: {ended.said.strip()[:200]}", line, at)
        for _ in range(2):
            if ended and (ended.cpu > LIMIT or ended.wall > BY_THE_CLOCK):
                ended = attempt(words, special, float(moment), name)
        if ended and (ended.cpu > LIMIT or ended.wall > BY_THE_CLOCK):
            sweep.fail("slow", f"{ended.wall:.2f} s, {ended.cpu:.2f} s of the processor", line, at)
sweep.finish("runs", "half", "silent", "untrue", "odd", "slow")
