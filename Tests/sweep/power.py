#!/usr/bin/env python3
"""R3: after exit 0 a change survives a power failure, and before that nothing is half done.

power.py BINARY [--sample] [--only COMMAND] [--at CUT.IMAGE]

Every writing command runs once under strace(1). The power fails after each call that changed the disk. For each failure twelve disk images
are generated, in which unsynced writes are complete, missing, torn at 512 bytes or reordered, and names are lost unless their folder was
synced. On each the shop is as before or as after, with every attached file and every copy of an upgrade; once the answer was written, it is
as after. To show that the sweep detects faults, the same is done with a database that does not sync (`synchronous=OFF`).
"""
import collections
import hashlib
import random

import faults
from cases import Case, documents, writing
from disk import Answered, Sync, Truncate, Write
from judge import Judge
from recording import recorded
from stage import StandIn

IMAGES = 12
DATA = (Write, Truncate)


def drawn(disk, cut):
    """Generates for each image which operations reach the disk."""
    may_go = disk.pending(cut)
    last = max(may_go, default=-1)
    yield lambda index, done: False
    yield lambda index, done: True
    yield lambda index, done: isinstance(done, DATA)
    yield lambda index, done: not isinstance(done, DATA)
    yield lambda index, done: index != last
    yield lambda index, done: index == last
    for number in range(6, IMAGES):
        rng = random.Random(f"{cut}.{number}")
        share, tears = rng.choice((0.2, 0.5, 0.8)), number % 2
        kept = {}
        for index in sorted(may_go):
            done = disk.operations[index]
            if tears and isinstance(done, Write):
                kept[index] = [rng.choice((True, False, None)) for _ in range(done.sectors)]
            else:
                kept[index] = rng.random() < share
        yield lambda index, done, kept=kept: kept[index]


def fault_of(stage, judge, case, tree, is_answered):
    """Returns what is wrong with a disk, as (kind, text); None if it is valid."""
    stage.restore(tree)
    state = judge.state(stage, case)
    if state.startswith("half"):
        return "corrupt", state[6:]
    if not is_answered:
        return None
    if state == "before":
        return "lost", "the change that was answered"
    for path, node in case.after.items():
        if path.split("/")[0] in ("shop", "work") and path != case.database and not path.endswith(".lock"):
            if path not in tree or node.data is not None and tree[path].data != node.data:
                return "lost", path
    return None


def images(case, disk, cut, only=None):
    """Returns the different disk images of a cut, each with its number and whether the answer was written."""
    out = next((index for index, done in enumerate(disk.operations) if isinstance(done, Answered)), len(disk.operations) - 1)
    is_answered = case.clean.code == 0 and cut > out
    seen = set()
    for number, kept in enumerate(drawn(disk, cut)):
        if only is not None and number != only:
            continue
        tree = {path: case.before[path] if case.before.get(path) == node else node for path, node in disk.image(cut, kept).items()}
        for path, node in case.before.items():
            if path.startswith(disk.IGNORED):
                tree[path] = node
        mark = hashlib.sha256()
        for path, node in sorted(tree.items()):
            mark.update(f"{path} {id(node) if node is case.before.get(path) else node.data}\n".encode())
        if mark.digest() not in seen:
            seen.add(mark.digest())
            yield number, tree, is_answered, mark.digest()


def cuts(disk):
    """Returns the positions after each call that changed something, and the end."""
    return [index + 1 for index, done in enumerate(disk.operations) if not isinstance(done, Sync)] + [len(disk.operations)]


def self_test():
    """Checks that a database without syncs is detected and one with syncs passes, with this many images each."""
    stage, judge, counts = StandIn(), Judge(), {}
    founded = stage.look()
    for mode in ("off", "extra"):
        case = Case(stage, [mode, "1"], founded, again=[mode, "2"])
        disk = recorded(stage, case)
        counts[mode] = sum(
            fault_of(stage, judge, case, tree, is_answered) is not None
            for cut in cuts(disk) for _, tree, is_answered, _ in images(case, disk, cut))
    stage.close()
    return counts["off"], counts["extra"]


sweep = faults.Sweep("power", __doc__)
sweep.open()
caught, wrong = self_test()
sweep.counts["caught without sync"] = caught
if not caught or wrong:
    sweep.fail("blind", f"without sync {caught} images were caught, with it {wrong}")
looked_at = set()


def body(stage, judge, task):
    case, disk, cut, only = task
    count = collections.Counter()
    for number, tree, is_answered, mark in images(case, disk, cut, only):
        count["images"] += 1
        if (case.line, is_answered, mark) in looked_at:
            continue
        looked_at.add((case.line, is_answered, mark))
        found = fault_of(stage, judge, case, tree, is_answered)
        if found:
            yield *found, case.line, f"{cut}.{number}"
        left = judge.strays(stage, case)
        if left:
            yield "stray", left, case.line, f"{cut}.{number}"
    yield count


at = sweep.options.at and [int(part) for part in sweep.options.at.split(".")]
tasks = []
for case in sweep.cases(writing, documents):
    sweep.counts["commands"] += 1
    disk = recorded(sweep.stage, case)
    *behind, end = cuts(disk)
    # The end is always tried, because the answered change must be there.
    chosen = [at[0]] if at else sweep.some(behind, 11, case.most) + [end]
    tasks += [(case, disk, cut, at[1] if at else None) for cut in chosen]
sweep.counts["cuts"] = len(tasks)
sweep.each(body, tasks)
sweep.finish("commands", "cuts", "images", "corrupt", "lost", "stray", "caught without sync")
