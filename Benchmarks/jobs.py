"""Measures changes of many projects in a shop with 100,000 of them: a move of 10,000 projects, its undo, and an import that changes nothing.

The move should take at most 2 s and the import 3 s; the import must leave the journal and every table as they were.
"""

import json
import statistics
import subprocess
import sys
import tempfile

import jobshop
from measure import cost

laseros = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3


def timed(name, *words, undone=False):
    """Prints the median wall time and the peak memory of a command, which is undone after each run if it is a change."""
    costs, undos = [], []
    for _ in range(runs):
        costs.append(cost([laseros, *words, "--shop", shop], peak=True))
        if undone:
            undos.append(cost([laseros, "undo", "--shop", shop], peak=True))
    for what, taken in ((name, costs), (f"{name}, undone", undos)):
        if taken:
            print(f"{what:44} {statistics.median(c.wall for c in taken):6.2f} s {max(c.peak for c in taken):6.0f} MiB")


def entries():
    answer = subprocess.run([laseros, "log", "--limit", "1", "--json", "--shop", shop], check=True, stdout=subprocess.PIPE).stdout
    return json.loads(answer)[0]["entry"]


with tempfile.TemporaryDirectory() as folder:
    shop = jobshop.make(laseros, folder, count, count // 5)
    ready = subprocess.run([laseros, "project", "list", "@ready", "--codes", "--shop", shop], check=True, stdout=subprocess.PIPE)
    print(f"{len(ready.stdout.split())} projects can be queued")
    for noun, form in (("project", "csv"), ("project", "json"), ("client", "csv")):
        file = f"{folder}/{noun}.{form}"
        timed(f"{noun} export, {form}", noun, "export", "--format", form, "--output", file)
    timed("project queue --all-matching @ready", "project", "queue", "--all-matching", "@ready", undone=True)
    before = entries()
    for noun, form in (("project", "csv"), ("project", "json"), ("client", "csv")):
        timed(f"{noun} import, {form}, unchanged", noun, "import", f"{folder}/{noun}.{form}")
    assert entries() == before, "an import without changes was recorded"
