"""Makes a large shop from a seed, the same each time: clients, projects with their parts and moves, quotes, invoices and deliveries.

One project in eight is open, and most of these are approved. Clients and projects are imported; the sqlite3 shell writes the documents.
"""

import datetime
import json
import os
import random
import subprocess

MATERIALS = ("MS", "SS", "AL", "BR")
WAY = (("offer", "quote"), ("pop", "approved"), ("queue", "queued"), ("start", "in-progress"), ("complete", "completed"))
STATUSES = ["request", *(status for _, status in WAY)]
FIRST_DAY = datetime.date(2020, 1, 1)
DOCUMENTS = """
    INSERT INTO quote (id, code, client_id, project_id, status, day, valid_until, total_cents)
    SELECT id, printf('QT-2020-%06d', id), client_id, id,
        CASE WHEN id % 20 = 0 THEN 'sent' WHEN id % 4 = 0 THEN 'rejected' ELSE 'accepted' END, coalesce(quoted_on, due), due, 115 * id
    FROM project;
    INSERT INTO quote_version SELECT id, id, 1, '2020-01-01T08:00:00.000Z', 100 * id, 1500, 15 * id, 115 * id FROM quote;
    INSERT INTO invoice (id, draft, number, client_id, project_id, quote_id, day, issued_on, due, subtotal_cents, vat_rate_bp, vat_cents, total_cents)
    SELECT id, printf('DI-%06d', id), printf('INV-2020-%06d', id), client_id, id, id, day, day, valid_until, 100 * id, 1500, 15 * id, 115 * id
    FROM quote;
    INSERT INTO aux_invoice (invoice_id, total_cents, number, paid_cents)
    SELECT id, total_cents, number, iif(id > (SELECT max(id) FROM invoice) * 95 / 100, 0, total_cents) FROM invoice;
    INSERT INTO delivery (id, code, project_id, day)
    SELECT id, printf('DN-2020-%06d', id), id, delivered_on FROM project WHERE delivered_on IS NOT NULL;
    INSERT INTO delivery_line (delivery_id, position, part_id, quantity)
    SELECT project_id, position, part.id, part.quantity FROM part JOIN project ON project.id = project_id WHERE delivered_on IS NOT NULL;
"""


def client(i):
    return f"CL-{i:05},Client {i} (Pty) Ltd,Contact {i},client{i}@example.com"


def project(i, count, clients, dice, numbers):
    """A project with its parts and moves, as `project export --format json` writes it."""
    owner, made = dice.randint(1, clients), FIRST_DAY + datetime.timedelta(days=2400 * i // count)
    prefix = f"JB-{made.year}-{made.month:02}-CL{owner:05}"
    numbers[prefix] = numbers.get(prefix, 0) + 1
    steps = len(WAY) if i % 8 else dice.choice((2,) * 16 + (0, 1, 3, 4))
    days = [made + datetime.timedelta(days=3 * step) for step in range(len(WAY) + 1)]
    moves = [
        {"verb": verb, "from": STATUSES[step], "to": status, "at": f"{days[step]}T08:00:00.000Z", "who": "thandi", "reason": None, "forced": False}
        for step, (verb, status) in enumerate(WAY[:steps])
    ]
    stamps = zip(("quoted_on", "pop_received_on", "scheduled_on", None, "completed_on"), days)
    material, thickness = dice.choice(MATERIALS), dice.choice((1, 1.5, 2, 3, 5, 8, 10))
    parts = [
        {"part": n, "title": f"Part {i}.{n}", "ordered": dice.randint(1, 50), "material": material, "thickness_mm": thickness} for n in (1, 2, 3)
    ]
    return {
        "code": f"{prefix}-{numbers[prefix]:03}", "name": f"Job {i}", "client": f"CL-{owner:05}", "status": STATUSES[steps],
        "priority": "urgent" if i % 50 == 0 else "normal", "due": str(made + datetime.timedelta(days=dice.randint(10, 60))),
        "material": material, "thickness_mm": thickness, "quantity": dice.randint(1, 50), "cut_time_s": dice.randint(60, 7200),
        **{name: str(day) for name, day in list(stamps)[:steps] if name}, "delivered_on": str(days[-1]) if i % 8 and i % 100 else None,
        "parts": parts, "moves": moves,
    }


def make(laseros, folder, projects=100_000, clients=20_000, seed=15):
    """Returns the folder of the new shop."""
    shop, dice, numbers = folder + "/shop", random.Random(seed), {}
    with open(folder + "/clients.csv", "w") as file:
        file.write("code,name,contact,email\n")
        file.writelines(client(i) + "\n" for i in range(1, clients + 1))
    with open(folder + "/projects.json", "w") as file:
        for i in range(1, projects + 1):
            file.write(("[" if i == 1 else ",\n") + json.dumps(project(i, projects, clients, dice, numbers)))
        file.write("]\n")
    subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    files = {
        "material": os.path.join(os.path.dirname(__file__), "../examples/materials.csv"),
        "client": folder + "/clients.csv", "project": folder + "/projects.json",
    }
    for noun, file in files.items():
        subprocess.run([laseros, noun, "import", file, "--shop", shop, "-o", "/dev/null"], check=True)
    subprocess.run(["sqlite3", shop + "/laseros.db", DOCUMENTS], check=True)
    return shop
