"""Compares one short command with the sqlite3 shell doing the same, or with an older build.

start.py BINARY            compares with sqlite3
start.py BINARY OLDER      compares with another laseros: the difference in CPU time
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from measure import compare, cost

# Copies of a program differ by up to a fifth in speed, depending on where their pages lie in memory. The best copy counts.
COPIES = 5


def make_shop(laseros, shop):
    subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL)
    rows = "name,contact\n" + "".join(f"Client {i},Contact {i}\n" for i in range(1, 1001))
    subprocess.run([laseros, "client", "import", "-", "--shop", shop], input=rows, text=True, check=True, stdout=subprocess.DEVNULL)


def beside_sqlite(laseros, folder, runs):
    shop = folder + "/shop"
    make_shop(laseros, shop)
    query = "SELECT code, name, contact, email, phone, address, vat_number, notes, created_at FROM client WHERE code = 'CL-0500'"

    compare("--version", lambda: cost([laseros, "--version"]), lambda: cost(["sqlite3", "--version"]), runs)
    compare(
        "client show",
        lambda: cost([laseros, "client", "show", "CL-0500", "--shop", shop, "--json"]),
        lambda: cost(["sqlite3", "-json", shop + "/laseros.db", query]),
        runs,
    )
    compare(
        "client edit",
        lambda: cost([laseros, "client", "edit", "CL-0500", "--notes", str(runs), "--shop", shop]),
        lambda: cost(["sqlite3", shop + "/laseros.db", f"UPDATE client SET notes = '{runs}' WHERE code = 'CL-0500'"]),
        runs // 5,
    )


def beside_older(binaries, folder, runs):
    """Compares two binaries. Each has its own shop, and all copies run alternately."""
    commands = []
    for name, binary in binaries.items():
        make_shop(binary, f"{folder}/{name}-shop")
        for number in range(COPIES):
            copy = f"{folder}/{name}-{number}"
            shutil.copy(binary, copy)
            commands.append((name, copy))
    os.sync()
    for line in ("--version", "client show CL-0500 --json", "client edit CL-0500 --notes {}"):
        times = {copy: [] for _, copy in commands}
        for number in range(runs):
            for name, copy in commands:
                words = line.format(number).split() + ([] if line == "--version" else ["--shop", f"{folder}/{name}-shop"])
                times[copy].append(cost([copy, *words]).cpu * 1000)
        best = {name: min(statistics.median(times[copy]) for other, copy in commands if other == name) for name in binaries}
        name, new, old = " ".join(line.split()[:2]), best["new"], best["old"]
        print(f"{name:32} cpu   {new:10.3f} ms  against {old:10.3f} ms   difference {new - old:+7.3f} ms")


with tempfile.TemporaryDirectory() as folder:
    if len(sys.argv) > 2:
        beside_older({"new": sys.argv[1], "old": sys.argv[2]}, folder, 101)
    else:
        beside_sqlite(sys.argv[1], folder, 101)
