"""Measures log verify for a history of 100,000 entries and of a million: the time should grow linearly, the memory should not grow.

A million commands would take hours. Therefore this script writes the entries itself, with the bytes that laseros would write.
"""

import hashlib
import random
import sqlite3
import subprocess
import sys
import tempfile

from measure import cost

INSERT, UPDATE, DELETE = 18, 23, 9
COLUMNS = "id code name contact email phone address vat_number notes created_at".split()
AT = "2026-08-23T08:00:00.000Z"


def varint(n):
    groups = [n & 127]
    while n := n >> 7:
        groups.append(n & 127 | 128)
    return bytes(reversed(groups))


def cell(value):
    if value is None:
        return b"\x05"
    if isinstance(value, int):
        return b"\x01" + value.to_bytes(8, "big", signed=True)
    text = value.encode()
    return b"\x03" + varint(len(text)) + text


HEAD = b"T" + varint(len(COLUMNS)) + b"\x01" + bytes(len(COLUMNS) - 1) + b"client\0"


def changeset(old, new):
    """Returns the change of one row in the format of SQLite's session extension."""
    if old is None:
        return HEAD + bytes([INSERT, 0]) + b"".join(map(cell, new))
    if new is None:
        return HEAD + bytes([DELETE, 0]) + b"".join(map(cell, old))
    differs = [a != b for a, b in zip(old, new)]
    before = b"".join(cell(v) if d or i == 0 else b"\0" for i, (v, d) in enumerate(zip(old, differs)))
    after = b"".join(cell(v) if d else b"\0" for v, d in zip(new, differs))
    return HEAD + bytes([UPDATE, 0]) + before + after


class History:
    def __init__(self, path, seed):
        self.data = sqlite3.connect(path, isolation_level=None)
        self.data.executescript("PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; BEGIN")
        self.random, self.rows, self.ids, self.previous, self.entries, self.last = random.Random(seed), {}, [], "", 0, None
        self.highest = 0
        self.pending = ([], [], [], [])

    def entry(self, kind, old, new, words, sentence, undoes=None):
        self.entries += 1
        row_id, changes = (new or old)[0], changeset(old, new)
        digest = hashlib.sha256(changes).hexdigest()
        fields = [self.entries, kind, AT, "thandi", words, sentence, 1, len(changes), digest, self.previous, "" if undoes is None else undoes]
        proof = "".join(f"{len(str(f).encode())}:{f}\n" for f in fields)
        hash = hashlib.sha256(proof.encode()).hexdigest()
        journal, parts, tables, undone = self.pending
        journal.append((*fields[:-1], hash, undoes))
        parts.append((self.entries, 0, changes))
        tables.append((self.entries, "client", row_id, row_id, 1, row_id if old is None else None))
        if undoes is not None:
            undone.append((self.entries, undoes))
        self.previous, self.last = hash, (self.entries, kind, old, new, sentence)
        if new is None:
            del self.rows[row_id]
        else:
            self.rows[row_id] = new
        if len(journal) == 10_000:
            self.flush()

    def flush(self):
        journal, parts, tables, undone = self.pending
        run = self.data.executemany
        run(
            "INSERT INTO journal (id, kind, at, who, words, sentence, schema, bytes, digest, previous, hash, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", journal,
        )
        run("INSERT INTO journal_part (entry, part, bytes) VALUES (?, ?, ?)", parts)
        run("INSERT INTO journal_table (entry, name, lowest, highest, changes, made) VALUES (?, ?, ?, ?, ?, ?)", tables)
        run("UPDATE journal SET undone_by = ? WHERE id = ?", undone)
        self.pending = ([], [], [], [])

    def add(self):
        self.highest += 1
        n = self.highest
        code, name = f"CL-{n:04}", f"Client {n} (Pty) Ltd"
        row = (n, code, name, f"Contact {n}", f"client{n}@example.com", None, f"{n} Main Road|Worcester|6850", None, None, AT)
        self.ids.append(n)
        self.entry("change", None, row, f"client add '{name}' --contact 'Contact {n}'", f"client {code} added")

    def edit(self):
        old = self.rows.get(self.random.choice(self.ids))
        if old is None:
            return self.add()
        new = (*old[:8], f"note {self.entries}", old[9])
        self.entry("change", old, new, f"client edit {old[1]} --notes '{new[8]}'", f"client {old[1]} changed")

    def undo(self):
        number, kind, old, new, sentence = self.last
        if kind != "change":
            return self.add()
        self.entry("undo", new, old, "undo", f"undid entry {number}: {sentence}", number)

    def make(self, count):
        while self.entries < count:
            chosen = self.random.random()
            (self.add if chosen < 0.4 or not self.ids or self.last is None else self.undo if chosen > 0.95 else self.edit)()
        self.flush()
        self.data.executemany(f"INSERT INTO client VALUES ({', '.join('?' * len(COLUMNS))})", sorted(self.rows.values()))
        self.data.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'client'", (self.highest,))
        self.data.execute("INSERT INTO aux_counter (series, value) VALUES ('CL-', ?)", (self.highest,))
        self.data.execute("COMMIT")
        self.data.close()


def verified(laseros, folder, count):
    shop = f"{folder}/{count}"
    subprocess.run([laseros, "init", shop], check=True, stdout=subprocess.DEVNULL)
    History(shop + "/laseros.db", 2026).make(count)
    best = min((cost([laseros, "log", "verify", "--shop", shop], stdout=folder + "/said", peak=True) for _ in range(3)), key=lambda c: c.cpu)
    print(f"log verify of {count} entries: {best.wall:.2f} s, {best.cpu:.2f} s of CPU, {best.peak:.0f} MiB")
    return best


if __name__ == "__main__":
    counts = [int(n) for n in sys.argv[2:]] or [100_000, 1_000_000]
    with tempfile.TemporaryDirectory() as folder:
        small, large = (verified(sys.argv[1], folder, count) for count in counts)
        print(f"{counts[1] / counts[0]:g} times the entries: {large.cpu / small.cpu:.1f} times the CPU time")
