"""Measures the stock in a shop with 20,000 items and 1,000,000 movements of three years.

The value as of a day should take at most 1 s, the first page of a list 10 ms of CPU.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile

from measure import cost

laseros = sys.argv[1]
items = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
movements = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 9

# What the program keeps of each movement is written here as its rules say it: each one comes in at 10.00 or goes out, and none goes below 0.
ROWS = """
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {movements})
    INSERT INTO movement (id, inv_id, kind, day, quantity_millis, cost_micros, at, who)
    SELECT i, 1 + i % {items}, iif(i / {items} % 3 < 2, 'receipt', 'use'), date('2023-08-01', '+' || (i * 1095 / {movements}) || ' days'),
        iif(i / {items} % 3 < 2, 1000, -1000), iif(i / {items} % 3 < 2, 10000000, NULL), '2026-08-01T08:00:00.000Z', 'thandi' FROM n;
    INSERT INTO aux_movement (id, inv_id, day, change_cents, on_hand_millis, value_cents)
    SELECT id, inv_id, day, quantity_millis, sum(quantity_millis) OVER account, sum(quantity_millis) OVER account FROM movement
    WINDOW account AS (PARTITION BY inv_id ORDER BY day, id);
"""
COMMANDS = [
    "inv list --limit 50", "inv list --sort name --limit 50", "inv list --category C3 --limit 50", "inv list @low --limit 50", "inv low --check",
    "inv show I00042", "inv movements --limit 50", "inv movements I00042 --limit 50", "inv movements --kind use --limit 50",
    "inv value", "inv value --as-of 2025-02-01", "inv value --as-of 2025-02-01 --by item",
]

with tempfile.TemporaryDirectory() as folder:
    shop = folder + "/shop"
    dice = random.Random(17)
    with open(folder + "/items.csv", "w") as file:
        file.write("code,name,category,level,location\n")
        file.writelines(f"I{i:05},Item {i},C{i % 20},{dice.randint(0, 12)},Rack {i % 50}\n" for i in range(1, items + 1))
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([laseros, "init", shop], **quiet)
    subprocess.run([laseros, "inv", "import", folder + "/items.csv", "--shop", shop, "-o", os.devnull], **quiet)
    subprocess.run(["sqlite3", shop + "/laseros.db", ROWS.format(items=items, movements=movements)], check=True)
    for words in COMMANDS:
        taken = statistics.median(cost([laseros, *words.split(), "--shop", shop]).cpu for _ in range(runs))
        print(f"{words:44} {taken * 1000:8.1f} ms")
