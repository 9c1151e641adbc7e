"""Measures the CPU time of commands that print the first page of a list, in a shop with 100,000 records of each kind, most of them closed.

A plain page should take at most 10 ms, any other 50. Clients and projects are imported; the sqlite3 shell writes quotes and invoices.
"""

import os
import statistics
import subprocess
import sys
import tempfile

from measure import cost

laseros = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 15
STATUSES = ["request", "quote", "approved", "queued", "in-progress"]
LISTS = [
    "client list", "client list --sort name", f"client list --offset {count - 100}", "client show CL-0500",
    "project list", "project list --all", "project list --sort -created_at", "project list --sort due", "project list --client CL-0500",
    "project list --status queued", "project list --status completed", "project list @open", "project list @overdue", "project list --material MS",
    "project list --due-by 2021-03-01", f"project show JB-{count}", "project next --limit 20",
    "quote list", "quote list --client CL-0500", "quote list --status sent",
    "invoice list", "invoice list --all", "invoice list --status paid", "invoice list @overdue", "invoice list --client CL-0500", "log", "report sales",
]
DOCUMENTS = f"""
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) INSERT INTO quote
    SELECT n, printf('QT-2020-%06d', n), n, n, iif(n % 20, iif(n % 4, 'accepted', 'rejected'), 'sent'),
        '2020-01-01', '2020-02-01', NULL, NULL, NULL, NULL, NULL, 1, 115 * n, NULL FROM numbers;
    INSERT INTO quote_version SELECT id, id, 1, '2020-01-01T08:00:00.000Z', 100 * id, 1500, 15 * id, 115 * id FROM quote;
    INSERT INTO invoice SELECT id, printf('DI-%06d', id), printf('INV-2020-%06d', id), id, id, id,
        '2020-01-01', '2020-01-01', '2020-02-01', NULL, NULL, NULL, 100 * id, 1500, 15 * id, 115 * id, NULL FROM quote;
    INSERT INTO aux_invoice (invoice_id, total_cents, number, paid_cents)
        SELECT id, total_cents, number, iif(id > {count * 95 // 100}, 0, total_cents) FROM invoice;
"""


def rows(name, header, row):
    path = f"{folder}/{name}.csv"
    with open(path, "w") as file:
        file.write(header + "\n")
        file.writelines(row(i) + "\n" for i in range(1, count + 1))
    return path


def project(i):
    status = STATUSES[i % 5] if i > count * 95 // 100 else "completed"
    return f"JB-{i:06},Project {i},CL-{i:04},{status},20{20 + 6 * i // count}-{i % 12 + 1:02}-{i % 28 + 1:02},{('MS', 'SS')[i % 2]},{i % 10 + 1}"


with tempfile.TemporaryDirectory() as folder:
    shop = folder + "/shop"
    subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL)
    files = {
        "material": os.path.join(os.path.dirname(__file__), "../examples/materials.csv"),
        "client": rows("clients", "name,contact", lambda i: f"Client {i},Contact {i}"),
        "project": rows("projects", "code,name,client,status,due,material,thickness_mm", project),
    }
    for noun, file in files.items():
        subprocess.run([laseros, noun, "import", file, "--shop", shop, "-o", "/dev/null"], check=True)
    subprocess.run(["sqlite3", shop + "/laseros.db", DOCUMENTS], check=True)
    for words in LISTS:
        page = [] if " show " in words or words.startswith("report") else ["--limit", "50"]
        taken = statistics.median(cost([laseros, *words.split(), *page, "--shop", shop]).cpu for _ in range(runs))
        print(f"{words:36} {taken * 1000:8.1f} ms")
