"""Compares a backup of a shop of 1 GB with `sqlite3 .backup` and `tar` piped through `zstd`, and with restic, while others write.

laseros also checks the copy of the database, and reads the whole archive back. Memory must not grow with the shop.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

laseros = os.path.abspath(sys.argv[1])
megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 1024
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3

# A drawing is text with numbers: it shrinks to a third.
FILL = """
    CREATE TABLE own_bulk (id INTEGER PRIMARY KEY, text TEXT);
    INSERT INTO own_bulk (text) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
        SELECT hex(randomblob(250)) || printf('%0500d', i) FROM n;
"""


def made(folder, size):
    """Makes a shop of which a third is database and the rest files."""
    shop = folder + "/shop"
    subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def run(*words):
        subprocess.run([laseros, *words, "--shop", shop], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run("client", "add", "Karoo")
    run("project", "add", "Gate", "-c", "karoo")
    subprocess.run(["sqlite3", shop + "/laseros.db", FILL.format(rows=size * 1000 // 3)], check=True)
    for i in range(size * 2 // 3 // 4):
        with open(f"{folder}/{i}.txt", "w", encoding="ascii") as file:
            file.write(os.urandom(1 << 20).hex() + "  0\n 10\n" * (2 << 18))
        run("project", "attach", "gate", f"{folder}/{i}.txt")
        os.unlink(f"{folder}/{i}.txt")
    return shop


def measured(words, cwd=None, env=None):
    """Returns the seconds, the seconds of CPU and the peak of memory in MB of a command line."""
    log = tempfile.NamedTemporaryFile()
    began = time.monotonic()
    subprocess.run(
        ["/usr/bin/time", "-o", log.name, "-f", "%U %S %M", *words], check=True, cwd=cwd, env=env, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    user, system, memory = open(log.name).read().split()[-3:]
    return seconds, float(user) + float(system), int(memory) / 1024


class Writers:
    """Two writers that change clients while a backup runs."""

    def __init__(self, shop):
        self.shop, self.slowest, self.count, self.ends = shop, 0, 0, False
        self.threads = [threading.Thread(target=self.write) for _ in range(2)]

    def write(self):
        while not self.ends:
            began = time.monotonic()
            subprocess.run(
                [laseros, "client", "edit", "CL-0001", "--notes", str(began), "--shop", self.shop], check=True, stdout=subprocess.DEVNULL)
            self.slowest, self.count = max(self.slowest, time.monotonic() - began), self.count + 1
            time.sleep(0.05)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ends = True
        for thread in self.threads:
            thread.join()


def compare(folder, name, lines):
    """Prints the medians of command lines, each with what it has to remove before, and the ratio of the first to the others."""
    results = {label: [] for label, _, _ in lines}
    for _ in range(runs):
        for label, words, stale in lines:
            for path in stale:
                shutil.rmtree(path, ignore_errors=True)
                if os.path.isfile(path):
                    os.unlink(path)
            results[label].append(measured(words, cwd=folder, env={**os.environ, "RESTIC_PASSWORD": "bench", "TMPDIR": folder}))
    first = None
    for label, taken in results.items():
        seconds, cpu, memory = (statistics.median(column) for column in zip(*taken))
        first = first or seconds
        print(f"{name:10} {label:32} {seconds:7.2f} s {cpu:7.2f} s CPU {memory:7.0f} MB   {first / seconds:5.2f}")


with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
    small = made(tempfile.mkdtemp(dir=folder), 30)
    out = folder + "/small"
    os.mkdir(out)
    print(f"a shop of 30 MB: {measured([laseros, 'backup', 'create', '--to', out, '--shop', small])[2]:.0f} MB of memory")
    shop = made(folder, megabytes)
    os.mkdir(folder + "/archives")
    piped = "sqlite3 shop/laseros.db '.backup copy.db' && tar -c copy.db shop/files | zstd -q -3 >piped.tar.zst && rm copy.db"
    restic = "restic init -q -r restic; sqlite3 shop/laseros.db '.backup copy.db' && restic backup -q -r restic copy.db shop/files && rm copy.db"
    # The shell's `.backup` copies in steps, which begin again whenever somebody writes, so only laseros has writers beside it.
    with Writers(shop) as writers:
        compare(folder, "backup", [
            ("laseros, under writers", [laseros, "backup", "create", "--to", "archives", "--shop", shop], []),
        ])
    print(f"meanwhile {writers.count} changes were stored, the slowest in {writers.slowest:.2f} s")
    compare(folder, "backup", [
        ("laseros backup create", [laseros, "backup", "create", "--to", "archives", "--shop", shop], []),
        ("sqlite3 .backup, tar | zstd -3", ["sh", "-c", piped], [folder + "/piped.tar.zst"]),
        ("sqlite3 .backup, restic", ["sh", "-c", restic], [folder + "/restic"]),
    ])
    archive = sorted(os.listdir(folder + "/archives"))[-1]
    for name in os.listdir(folder + "/archives"):
        print(f"{os.path.getsize(folder + '/archives/' + name) >> 20} MB; piped {os.path.getsize(folder + '/piped.tar.zst') >> 20} MB")
        break
    compare(folder, "restore", [
        ("laseros backup restore", [laseros, "backup", "restore", "archives/" + archive, "--to", "again"], [folder + "/again"]),
        ("zstd -d | tar", ["sh", "-c", "mkdir out && zstd -qdc piped.tar.zst | tar -x -C out && sync -f out"], [folder + "/out"]),
        ("restic restore --verify", ["restic", "restore", "-q", "-r", "restic", "latest", "--target", "rout", "--verify"], [folder + "/rout"]),
    ])
    compare(folder, "verify", [("laseros backup verify", [laseros, "backup", "verify", "archives/" + archive], [])])
