#!/usr/bin/env python3
"""R6: on a full disk nothing is half written, and the exit code is 7.

full.py BINARY [--sample] [--only COMMAND] [--at BYTES]

The shop, or the folder for it, is a file system with a given number of free bytes: none, one page more, and so on until they suffice. A
command that fails names the file, leaves the shop unchanged and leaves no other file.
"""
import os
import shlex
import shutil
import stat

import faults
from cases import Case, writing
from stage import Node

PAGE = 4096
LINES = ("client add", "client import", "project attach", "quote add", "invoice issue", "undo", "batch", "upgrade")

# $1: the free bytes, $2: the folder, $3: where to copy its final contents; then the command.
SCRIPT = """
size=$1 folder=$2 left=$3
shift 3
cp -a "$folder" "$left" && mount -t tmpfs -o "size=$size,mode=700" none "$folder" && cp -a "$left/." "$folder" && rm -r "$left" || exit 99
"$@"
code=$?
cp -a "$folder" "$left" || exit 99
exit $code
"""


def used(tree, folder):
    return sum(-(-len(node.data) // PAGE) * PAGE for path, node in tree.items() if path.startswith(folder + "/") and node.data is not None)


def attempt(stage, case, room):
    """Runs a command with this many free bytes in its folder, and puts the resulting files on the stage."""
    stage.restore(case.before)
    folder, left = f"{stage.root}/{case.folder}", stage.root + "/tmp/left"
    size = used(case.before, case.folder) + room
    run = stage.run(case.words, under=[*faults.apart(), "sh", "-c", SCRIPT, "sh", str(size or 1), folder, left])
    if run.code == 99:
        raise SystemExit(f"full: {run}")
    shutil.rmtree(folder)
    os.rename(left, folder)
    return run


def body(stage, judge, task):
    case, room = task
    run = attempt(stage, case, room)
    left = " ".join(path for path in stage.look() if path.startswith(case.folder + "/")) if case.founds and run.code != 0 else ""
    state = judge.state(stage, case)
    if state.startswith("half"):
        yield "half", state[6:], case.line, room
    elif run.code == 0 and state == "before":
        yield "lost", str(run), case.line, room
    elif run.code != 0 and state == "after" and not case.is_told(run.said):
        yield "silent", str(run), case.line, room
    if run.code not in (0, 7) or run.code == 7 and ".db" not in run.said and "files/" not in run.said and case.folder[5:] not in run.said:
        yield "odd", str(run), case.line, room
    left = left or judge.strays(stage, case)
    if left:
        yield "stray", left, case.line, room


sweep = faults.Sweep("full", __doc__)
sweep.open()
disk = {**sweep.tree, "work/disk": Node(stat.S_IFDIR | 0o700, None)}
cases = [case for case in sweep.cases(writing, whole=True, among=LINES) if "--dry-run" not in case.words]
words = ["init", "disk/new-shop"]
if shlex.join(words).startswith(sweep.options.only or ""):
    cases.append(Case(sweep.stage, words, disk, database="work/disk/new-shop/laseros.db", again=words))
tasks = []
for case in cases:
    case.folder = "work/disk" if case.founds else "shop"
    need = used(case.after, case.folder) - used(case.before, case.folder) + (256 << 10)
    rooms = range(0, need, max(PAGE, need // 96 // PAGE * PAGE))
    tasks += [(case, room) for room in sweep.some(rooms, 6)]
sweep.counts["commands"], sweep.counts["sizes"] = len(cases), len(tasks)
sweep.each(body, tasks)
sweep.finish("commands", "sizes", "half", "lost", "silent", "odd", "stray")
