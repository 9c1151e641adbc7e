"""Compares import and export of a million clients with .import and -csv of the sqlite3 shell on the same table.

The shell keeps no history, validates no e-mail address and assigns no codes, which explains the higher cost of laseros.
"""

import csv
import os
import subprocess
import sys
import tempfile

from measure import compare, cost

laseros = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
COLUMNS = "name,contact,email,phone,address,vat_number,notes".split(",")


def row(i):
    return [
        f"Client {i} (Pty) Ltd", f"Contact {i}", f"client{i}@example.com", f"+27 21 {i // 10_000 % 1000:03} {i % 10_000:04}",
        f"{i} Main Road|Worcester|6850", f"4{i:09}", "collects on Fridays, pays by EFT" if i % 3 == 0 else "",
    ]


with tempfile.TemporaryDirectory() as folder:
    ours, theirs, fresh = folder + "/ours", folder + "/theirs", folder + "/fresh"
    subprocess.run([laseros, "init", fresh], check=True, stdout=subprocess.DEVNULL)
    with open(folder + "/clients.csv", "w", newline="") as file, open(folder + "/table.csv", "w", newline="") as table:
        clients, rows = csv.writer(file, lineterminator="\n"), csv.writer(table, lineterminator="\n")
        clients.writerow(COLUMNS)
        for i in range(1, count + 1):
            clients.writerow(row(i))
            rows.writerow([i, f"CL-{i:04}", *row(i), "2026-08-23T08:00:00.000Z"])
    print(f"{count} clients, {os.path.getsize(folder + '/clients.csv') / 1e6:.0f} MB of CSV")

    def again():
        subprocess.run(["rm", "-rf", ours, theirs], check=True)
        subprocess.run(["cp", "-R", fresh, ours], check=True)
        subprocess.run(["cp", "-R", fresh, theirs], check=True)

    def their_import():
        return cost(["sqlite3", theirs + "/laseros.db", ".mode csv", f".import {folder}/table.csv client"], peak=True)

    compare(
        "import",
        lambda: cost([laseros, "client", "import", folder + "/clients.csv", "--shop", ours, "-o", "/dev/null"], peak=True),
        their_import, runs, before=again,
    )
    again()
    cost([laseros, "client", "import", folder + "/clients.csv", "--shop", ours, "-o", "/dev/null"])
    names = "code," + ",".join(COLUMNS)
    compare(
        "export",
        lambda: cost([laseros, "client", "export", "--shop", ours], stdout=folder + "/ours.csv", peak=True),
        lambda: cost(
            ["sqlite3", "-csv", "-header", ours + "/laseros.db", f"SELECT {names} FROM client ORDER BY code"], stdout=folder + "/theirs.csv", peak=True
        ),
        runs,
    )
    same = cost([laseros, "client", "import", folder + "/ours.csv", "--shop", ours, "-o", "/dev/null"], peak=True)
    print(f"import of what is there already: {same.wall:.2f} s, {same.peak:.0f} MiB")
