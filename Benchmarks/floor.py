"""Measures the queue of a shop with 5,000 open entries after 100,000 projects, each of which was cut and bent.

The first page of the queue and the next entry should take at most 10 ms of CPU.
"""

import statistics
import subprocess
import sys
import tempfile

from measure import cost

laseros = sys.argv[1]
projects = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
entries = int(sys.argv[3]) if len(sys.argv) > 3 else 5_000
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 9

SETTING_UP = [
    "material add MS 'Mild Steel' --density 7.85", "machine add LASER1 Laser --rate 850", "machine add LASER2 Laser --rate 850",
    "machine add BRAKE Brake --kind press-brake", "client add Karoo --terms account", "operation add bend bent --machine BRAKE --each 1m",
]
# The last projects are queued; the others were cut and bent by a run each.
ROWS = """
    BEGIN;
    CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {projects})
        SELECT i, i > {projects} - {entries} / 2 AS open FROM n;
    INSERT INTO project (id, code, client_id, name, status, priority, due, material_id, thickness_um, quantity, created_at)
    SELECT i, printf('JB-2026-08-CL0001-%03d', i), 1, 'Job ' || i, iif(open, 'queued', 'completed'),
        CASE i % 4 WHEN 0 THEN 'low' WHEN 1 THEN 'high' ELSE 'normal' END, date('2026-09-01', '+' || (i % 90) || ' days'), 1, 3000, 10,
        '2026-08-01T08:00:00.000Z' FROM n;
    INSERT INTO part (id, project_id, number, position, title, quantity, material_id, thickness_um) SELECT i, i, 1, 1, 'Leaf', 10, 1, 3000 FROM n;
    INSERT INTO queue (id, code, project_id, step, level, operation_id, material_id, thickness_um, machine_id, status, estimate_ms, added_at)
    SELECT 2 * i - 2 + level, printf('JB-2026-08-CL0001-%03d/%d', i, 10 * level), i, 10 * level, level, iif(level = 2, 1, NULL), 1, 3000,
        iif(level = 2, 3, 1 + i % 2), iif(open, 'queued', 'done'), 600000, '2026-08-01T08:00:00.000Z'
    FROM n, (SELECT 1 AS level UNION ALL SELECT 2);
    INSERT INTO queue_part (id, queue_id, position, part_id, quantity) SELECT id, id, 1, project_id, 10 FROM queue;
    INSERT INTO run (id, code, day, machine_id, material_id, thickness_um, ended_at, duration_ms, estimate_ms, at)
    SELECT id, printf('RN-%04d', id), date('2026-01-01', '+' || (id % 200) || ' days'), machine_id, 1, 3000, '2026-08-02T08:00:00.000Z', 610000,
        600000, '2026-08-02T08:00:00.000Z' FROM queue WHERE status = 'done';
    INSERT INTO run_row (run_id, position, queue_part_id, good, scrapped, duration_ms) SELECT id, 1, id, 10, 0, 610000 FROM run;
    COMMIT;
"""
COMMANDS = [
    "queue list --limit 50", "queue list --limit 50 @ready", "queue list --machine LASER1 --limit 50", "queue list", "queue next",
    "queue next --machine BRAKE", "queue show JB-2026-08-CL0001-99999/10", "queue runs --limit 50", "queue plan --csv -q", "queue load",
    "queue promise --minutes 240 --material MS", "project list --limit 50",
]

with tempfile.TemporaryDirectory() as folder:
    shop = folder + "/shop"
    subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for line in SETTING_UP:
        subprocess.run(f"'{laseros}' {line} --shop {shop}", shell=True, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["sqlite3", shop + "/laseros.db", ROWS.format(projects=projects, entries=entries)], check=True)
    for words in COMMANDS:
        taken = statistics.median(cost([laseros, *words.split(), "--shop", shop]).cpu for _ in range(runs))
        print(f"{words:44} {taken * 1000:8.1f} ms")
