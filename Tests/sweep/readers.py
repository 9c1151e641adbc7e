#!/usr/bin/env python3
"""R7: a closed pipe is not an error.

readers.py BINARY [--only COMMAND]

Every example that prints something writes, in every format, to `head -n 1` and to a pipe without a reader, with SIGPIPE at its default and
ignored. It ends with 0, 1 or 141, without an error message, and holds no lock.
"""
import fcntl
import os
import shlex
import subprocess

import faults
from stage import commands

FORMATS = ([], ["--csv"], ["--format", "tsv"], ["--json"], ["--format", "ndjson"], ["--format", "markdown"])


def attempt(stage, words, reads_one_line, ignored):
    """Runs a command into a pipe; returns the exit code and standard error."""
    reader, writer = os.pipe()
    if not reads_one_line:
        os.close(reader)
    child = subprocess.Popen(
        ["sh", "-c", 'trap "" PIPE; exec "$@"' if ignored else 'exec "$@"', "sh", stage.binary, *words],
        cwd=stage.work, env=stage.environment(), stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE, restore_signals=True)
    os.close(writer)
    if reads_one_line:
        with open(reader, "rb") as lines:
            lines.readline()
    said = child.communicate(timeout=120)[1].decode()
    return child.returncode if child.returncode >= 0 else 128 - child.returncode, said


def forms(words):
    return ([],) if {"--format", "--json", "--csv", "--codes"} & set(words) else FORMATS


def body(stage, judge, words):
    for form in forms(words):
        stage.restore(sweep.tree)
        # In some formats a command without rows prints nothing.
        plain = stage.run(words + form)
        for reads_one_line in (True, False):
            for ignored in (False, True):
                code, said = attempt(stage, words + form, reads_one_line, ignored)
                expected = {plain.code, 141} if reads_one_line or not plain.out else {141}
                if code not in expected or "error:" in said:
                    yield "odd", f"exit {code}: {said.strip()[:200]}", shlex.join(words + form)
    with open(stage.shop + "/laseros.db.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield "locked", "the lock is held", shlex.join(words)


sweep = faults.Sweep("readers", __doc__)
sweep.open()
tasks = []
for command in commands(sweep.stage):
    for words in (shlex.split(example)[1:] for example in command["examples"]):
        # What is stored already is said although nobody reads it: `queue scan` stores each line, and `--keep` a plan.
        stores = command["kind"] == "writes" or words[:2] == ["queue", "scan"] or "--keep" in words
        # A backup or a key is made although nobody reads its name.
        stores = stores or words[:2] in (["backup", "create"], ["backup", "key"])
        if not stores and words[0] != "init" and not {"|", "-o", "--output", "--to"} & set(words):
            tasks.append(words)
tasks = [words for words in tasks if shlex.join(words).startswith(sweep.options.only or "")]
sweep.counts["commands"], sweep.counts["runs"] = len(tasks), sum(4 * len(forms(words)) for words in tasks)
sweep.each(body, tasks)
sweep.finish("commands", "runs", "odd", "locked")
