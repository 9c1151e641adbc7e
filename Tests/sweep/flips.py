#!/usr/bin/env python3
"""R10: a damaged database is reported, and never made worse.

flips.py BINARY [--sample] [--at NUMBER]

A thousand times a byte of the shop's database is changed, a page zeroed, or the end truncated. Commands that read it, including `log
verify` and `undo --dry-run`, neither crash nor hang, and change no byte. The databases of another program and of a newer version are
refused.
"""
import random
import shlex
import sqlite3

import faults
from stage import Node, commands

PAGE = 4096
SECONDS = 30
ALWAYS = (["log", "verify"], ["undo", "--dry-run"])

sweep = faults.Sweep("flips", __doc__)
sweep.open()
reading = [
    words for command in commands(sweep.stage) if command["kind"] == "reads"
    for words in (shlex.split(example)[1:] for example in command["examples"]) if not {"-o", "--output", "--to"} & set(words)
]
reading += [["log", "--limit", "1000000", "--csv"], ["log", "show", "last"], ["redo", "--dry-run"]]
whole = sweep.tree["shop/laseros.db"].data


def damaged(number):
    """Returns the database with the damage of this number, and a description."""
    rng = random.Random(number)
    data = bytearray(whole)
    kind = rng.choice(("byte", "byte", "byte", "bytes", "page", "end"))
    if kind == "byte":
        place = rng.randrange(len(data))
        data[place] ^= rng.randrange(1, 256)
    elif kind == "bytes":
        # The header of a page contains the positions of its cells, and random positions rarely hit it.
        place = rng.randrange(len(data) // PAGE) * PAGE + rng.randrange(12)
        data[place] = rng.choice((0, 1, 127, 128, 255))
    elif kind == "page":
        place = rng.randrange(len(data) // PAGE) * PAGE
        data[place:place + PAGE] = bytes(PAGE)
    else:
        place = rng.randrange(len(data))
        del data[place:]
    return bytes(data), f"{kind} at {place}", rng


def body(stage, judge, number):
    data, what, rng = damaged(number)
    tree = {**sweep.tree, "shop/laseros.db": Node(sweep.tree["shop/laseros.db"].mode, data)}
    for words in (*ALWAYS, *rng.sample(reading, 4)):
        stage.restore(tree)
        run = stage.run(words, seconds=SECONDS)
        line = shlex.join(words)
        if run.code is None:
            yield "hung", f"{what}: {line}", "", number
        elif run.crashed:
            yield "crashed", f"{what}: {line}: {run}", "", number
        if stage.look()["shop/laseros.db"].data != data:
            yield "written", f"{what}: {line}", "", number


def refuse(pragma):
    """Checks that every command refuses a valid file that this program cannot use."""
    memory = sqlite3.connect(":memory:")
    memory.deserialize(whole)
    memory.execute(f"PRAGMA {pragma}")
    tree = {**sweep.tree, "shop/laseros.db": Node(sweep.tree["shop/laseros.db"].mode, memory.serialize())}
    for words in (*ALWAYS, *reading):
        sweep.stage.restore(tree)
        run = sweep.stage.run(words)
        if run.code != 6:
            sweep.fail("taken", f"{pragma}: {shlex.join(words)}: {run}")


for pragma in ("application_id = 1", "user_version = 9999"):
    refuse(pragma)
numbers = sweep.some(range(1000), 60)
sweep.counts["damages"] = len(numbers)
sweep.each(body, numbers)
sweep.finish("damages", "crashed", "hung", "written", "taken")
