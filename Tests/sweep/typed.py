#!/usr/bin/env python3
"""S6: typed words are always values, never SQL, a pattern, a shell command or a path to another folder.

typed.py BINARY [--sample] [--only COMMAND] [--at LINE]

Unusual words replace every word of every example, one at a time. No run crashes, the tables and triggers stay the same, the history is
valid, and no unrequested file appears.
"""
import shlex
import sqlite3

import faults
from stage import commands

WORDS = [
    "'; DROP TABLE client; --", "\"); DELETE FROM journal; --", "' OR '1'='1", "%", "_", "*", "[a-z]", "NULL", "$(touch stray)",
    "`touch stray`", "; touch stray", "../../stray", "/proc/self/environ", "\x1b]0;stray\x07", "\u202egnp.exe", "-", "--", "@",
    "x" * 5000, "9" * 40, "-1e999",
]

sweep = faults.Sweep("typed", __doc__)
sweep.open()


def schema(data):
    memory = sqlite3.connect(":memory:")
    memory.deserialize(data)
    return memory.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()


def typed(words, place, word):
    return [*words[:place], word, *words[place + 1:]]


def body(stage, judge, task):
    words, line = task[0], shlex.join(typed(*task))
    stage.restore(sweep.tree)
    run = stage.run(typed(*task))
    if run.crashed:
        yield "crashed", str(run), "", line
    seen = stage.look()
    data = seen["shop/laseros.db"].data
    if data != sweep.tree["shop/laseros.db"].data:
        if schema(data) != whole:
            yield "altered", "the tables and triggers are others", "", line
        if judge.contents(data).fault:
            yield "altered", judge.contents(data).fault, "", line
        verified = stage.run(["log", "verify"])
        if verified.code != 0:
            yield "altered", str(verified), "", line
    made = [path for path in seen if path not in sweep.tree and ("stray" in path or not path.startswith(("shop/files", "home/")))]
    if made and words[0] != "init" and not {"-o", "--output", "--to"} & set(words):
        yield "stray", " ".join(made), "", line


whole = schema(sweep.tree["shop/laseros.db"].data)
tasks = []
for command in commands(sweep.stage):
    first = len(command["name"].split())
    for words in (shlex.split(example)[1:] for example in command["examples"]):
        for place in range(first, len(words)):
            if "|" not in words and words[place - 1] not in ("-o", "--output", "--to"):
                tasks += [(words, place, word) for word in WORDS]
# The wildcards of SQL match only themselves.
for text in "%", "_":
    found = sweep.stage.run(["client", "list", "--search", text, "--codes"])
    if found.code != 0 or found.out:
        sweep.fail("pattern", f"--search {text} finds {found.out.decode().split()}")
tasks = [task for task in tasks if shlex.join(task[0]).startswith(sweep.options.only or "")]
if sweep.options.at:
    tasks = [task for task in tasks if typed(*task) == shlex.split(sweep.options.at)]
elif sweep.sample:
    tasks = sweep.random.sample(tasks, 200)
sweep.counts["lines"] = len(tasks)
sweep.each(body, tasks)
sweep.finish("lines", "crashed", "altered", "pattern", "stray")
