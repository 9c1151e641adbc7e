"""Measures what the search index costs: a search in a shop with 100,000 projects and 300,000 parts, and an import of 100,000 clients.

A search should take at most 20 ms. With an older binary, which has no index, the import is compared with that one's.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile

import jobshop
from measure import compare, cost

laseros, count = sys.argv[1], 100_000
older = sys.argv[2] if len(sys.argv) > 2 else None
RUNS = 15
SEARCHES = [
    f"search client {count // 10}", f"search job {count - 5}", f"search {count // 2}.2", "search part", "search job", "search jo", "search pty",
    "search p", "search 4", f"search CL-{count // 10}", f"search INV-2020-0{count // 2}", "search contact 77 job", f"search client77 part {count // 3}",
    "search part 77 pty job", "search pty job", "search part pty", "search job part", f"search CL-{count // 10} part",
    "search jbo", "search cleint 77", "search nothing like it", "search job --limit 1000",
    "project list --search pty --limit 20", "project list --search part --limit 20", "project list --search pty part --limit 20",
    f"project list --search {count // 2}.2", f"client list --search client{count // 10}",
    f"invoice list --all --search job {count // 2}",
]
WORDS = random.Random(16)
NAMES = ["".join(WORDS.choice("abcdefghijklmnoprstuvw") for _ in range(WORDS.randint(4, 9))).title() for _ in range(5000)]


def client(i):
    name, other, street = (WORDS.choice(NAMES) for _ in range(3))
    return (
        f"CL-{i:06},{name} {other} Ltd,Anna {street},{name}{i}@{other}.example".lower()
        + f",+27 21 {i % 1000:03} {i % 10000:04},{i % 300} {street} Street|{other}|{i % 9000 + 1000}"
    )


with tempfile.TemporaryDirectory() as folder:
    file = folder + "/import.csv"
    with open(file, "w") as out:
        out.write("code,name,contact,email,phone,address\n")
        out.writelines(client(i).replace("cl-", "CL-", 1) + "\n" for i in range(1, count + 1))

    def imported(binary):
        def run():
            shop = tempfile.mkdtemp(dir=folder) + "/shop"
            subprocess.run([binary, "init", shop], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            taken = cost([binary, "client", "import", file, "--shop", shop, "-o", "/dev/null"])
            subprocess.run(["rm", "-r", os.path.dirname(shop)], check=True)
            return taken
        return run

    if older:
        compare("client import, 100,000 rows", imported(laseros), imported(older), 7)
    else:
        print(f"client import, 100,000 rows: {imported(laseros)().cpu * 1000:.0f} ms")
    shop = jobshop.make(laseros, folder, count, count // 5)
    subprocess.run([laseros, "upgrade", "--search-index", "--shop", shop], check=True, stdout=subprocess.DEVNULL)
    # Some searches find nothing, and say so.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    for line in SEARCHES:
        words = line.split()
        if "--search" in words:
            place = words.index("--search") + 1
            end = next((i for i in range(place, len(words)) if words[i].startswith("--")), len(words))
            words[place:end] = [" ".join(words[place:end])]
        taken = statistics.median(cost([laseros, *words, "--shop", shop]).cpu for _ in range(RUNS))
        print(f"{line:44} {taken * 1000:8.1f} ms")
