"""One short command, against the sqlite3 shell doing the same."""

import subprocess
import sys
import tempfile

from measure import compare, cost

laseros = sys.argv[1]
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 101

with tempfile.TemporaryDirectory() as folder:
    shop = folder + "/shop"
    subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL)
    rows = "name,contact\n" + "".join(f"Client {i},Contact {i}\n" for i in range(1, 1001))
    subprocess.run([laseros, "client", "import", "-", "--shop", shop], input=rows, text=True, check=True, stdout=subprocess.DEVNULL)
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
