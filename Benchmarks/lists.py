"""Measures the CPU time of commands that print the first page of a list, in a shop with 100,000 projects, most of them closed.

A plain page should take at most 10 ms, any other 50.
"""

import statistics
import sys
import tempfile

import jobshop
from measure import cost

laseros = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 15
CLIENT = "CL-00500"
LISTS = [
    "client list", "client list --sort name", f"client list --offset {count // 5 - 100}", f"client show {CLIENT}",
    "project list", "project list --all", "project list --sort -created_at", "project list --sort due", f"project list --client {CLIENT}",
    "project list --status queued", "project list --status quote,approved", "project list --status completed", "project list @open",
    "project list @overdue", "project list @ready", "project list @waiting", "project list --material MS", "project list --due-by 2021-03-01",
    "project show Job {count}", "project part list Job {count}", "project next --limit 20",
    "quote list", f"quote list --client {CLIENT}", "quote list --status sent",
    "invoice list", "invoice list --all", "invoice list --status paid", "invoice list @overdue", f"invoice list --client {CLIENT}", "log", "report sales",
]

with tempfile.TemporaryDirectory() as folder:
    shop = jobshop.make(laseros, folder, count, count // 5)
    for words in LISTS:
        words = [word.replace("{count}", str(count)) for word in words.split()]
        if "Job" in words:
            words = words[:-2] + [" ".join(words[-2:])]
        page = [] if "--limit" in words or "show" in words or words[0] == "report" or "part" in words else ["--limit", "50"]
        taken = statistics.median(cost([laseros, *words, *page, "--shop", shop]).cpu for _ in range(runs))
        print(f"{' '.join(words):36} {taken * 1000:8.1f} ms")
