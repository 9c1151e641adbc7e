"""Compares import, repeated import without changes, and export of many clients with .import and -csv of the sqlite3 shell and sqlite-utils.

Neither keeps a history, validates e-mail addresses or assigns codes. The same with a tenth of the rows shows whether time grows linearly.
"""

import csv
import os
import statistics
import subprocess
import sys
import tempfile

from measure import cost

laseros = os.path.realpath(sys.argv[1])
utils = sys.argv[2]
count = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 5
COLUMNS = "code,name,contact,email,phone,address,vat_number,notes".split(",")


def row(i):
    return [
        f"CL-{i:06}", f"Client {i} (Pty) Ltd", f"Contact {i}", f"client{i}@example.com", f"+27 21 {i // 10_000 % 1000:03} {i % 10_000:04}",
        f"{i} Main Road, Worcester, 6850", f"4{i:09}", "collects on Fridays, pays by EFT" if i % 3 == 0 else "",
    ]


def median(measure, before=lambda: None):
    costs = []
    for _ in range(runs):
        before()
        costs.append(measure())
    return statistics.median(c.wall for c in costs), max(c.peak for c in costs)


def measure(folder, rows):
    """Returns the median seconds and the peak MiB for each operation and each program."""
    shop, table, file = f"{folder}/shop", f"{folder}/table.db", f"{folder}/rows.csv"
    with open(file, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row(i) for i in range(1, rows + 1))
    definition = "CREATE TABLE client (code TEXT PRIMARY KEY, " + ", ".join(f"{name} TEXT" for name in COLUMNS[1:]) + ")"

    def fresh():
        subprocess.run(["rm", "-rf", shop, table], check=True)
        subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["sqlite3", table, definition], check=True)

    def ours(*words, out=os.devnull):
        return cost([laseros, "client", *words, "--shop", shop], stdout=out, peak=True)

    def tool(*words, out=os.devnull):
        return cost([utils, *words], stdout=out, peak=True)

    shell = ["sqlite3", table, ".mode csv", f".import --skip 1 {file} client"]
    results = {
        ("import", "laseros"): median(lambda: ours("import", file), fresh),
        ("import", "sqlite3"): median(lambda: cost(shell, peak=True), fresh),
        ("import", "sqlite-utils"): median(lambda: tool("insert", table, "client", file, "--csv"), fresh),
    }
    fresh()
    ours("import", file)
    cost(shell)
    results |= {
        ("again, unchanged", "laseros"): median(lambda: ours("import", file)),
        ("again, unchanged", "sqlite-utils"): median(lambda: tool("upsert", table, "client", file, "--csv", "--pk", "code")),
        ("export", "laseros"): median(lambda: ours("export", out=f"{folder}/ours.csv")),
        ("export", "sqlite3"): median(lambda: cost(["sqlite3", "-csv", "-header", table, "SELECT * FROM client"], stdout=f"{folder}/theirs.csv", peak=True)),
        ("export", "sqlite-utils"): median(lambda: tool("rows", table, "client", "--csv", out=f"{folder}/utils.csv")),
    }
    with open(file, newline="") as one, open(f"{folder}/ours.csv", newline="") as other:
        assert sorted(csv.reader(one)) == sorted(csv.reader(other)), "the export is not what was imported"
    return results


with tempfile.TemporaryDirectory() as folder:
    small, large = measure(folder, count // 10), measure(folder, count)
print(f"{count} rows; growth is the time of {count} rows over that of {count // 10}")
print(f"{'':18}{'':14}{'seconds':>9}{'MiB':>7}{'growth':>8}{'laseros / it':>14}")
for (what, who), (seconds, peak) in large.items():
    ratio = large[what, "laseros"][0] / seconds
    print(f"{what:18}{who:14}{seconds:9.3f}{peak:7.0f}{seconds / small[what, who][0]:8.1f}{ratio:14.2f}")
