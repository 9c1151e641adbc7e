"""Tells what a command that did not end as it should has left of a stage.

A shop that holds the bytes of before or of after needs no closer look; any other is read row by row, once for all that hold the same.
"""
import hashlib
import os
import sqlite3
from typing import NamedTuple


class Contents(NamedTuple):
    """What is in a database: a digest of every row of every table, and what is wrong with it."""

    digest: str
    fault: str | None
    # Hashes that rows name and `files/` has to hold.
    files: frozenset


def contents(data):
    """Reads a database from its bytes."""
    memory = sqlite3.connect(":memory:")
    memory.text_factory = bytes
    try:
        memory.deserialize(data)
        verdict = memory.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != b"ok":
            return Contents("", f"integrity: {verdict.decode()}", frozenset())
        broken = memory.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            return Contents("", f"foreign keys: {broken}", frozenset())
        digest = hashlib.sha256()
        tables = {name.decode() for name, in memory.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for table in sorted(tables):
            digest.update(table.encode())
            for row in memory.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
                digest.update(repr(row).encode())
        files = memory.execute("SELECT sha256 FROM file") if "file" in tables else []
        return Contents(digest.hexdigest(), None, frozenset(name.decode() for name, in files))
    except sqlite3.DatabaseError as error:
        return Contents("", f"cannot be read: {error}", frozenset())
    finally:
        memory.close()


class Judge:

    def __init__(self):
        self.known = {}

    def contents(self, data):
        key = hashlib.sha256(data).digest()
        if key not in self.known:
            self.known[key] = contents(data)
        return self.known[key]

    def state(self, stage, case):
        """`before`, `after`, `same` where both are alike, or what is wrong: the next run has a look first, as it would anyhow."""
        shop = case.shop(stage)
        seen = stage.look()
        if case.database not in seen:
            return "before" if case.founds else f"half: {case.database} is gone"
        has_journal = any(path.endswith("-journal") for path in seen)
        if case.founds and (has_journal or seen[case.database] != case.after[case.database]):
            return self.founded(stage, case, shop)
        if has_journal:
            run = stage.run(["log", "verify"], LASEROS_SHOP=shop)
            if run.code != 0 and not (run.code == 6 and "laseros upgrade" in run.said):
                return f"half: log verify: {run}"
            seen = stage.look()
        data = seen[case.database].data
        state = self.side(case, data)
        if state.startswith("half"):
            return state
        return self.files(case, seen, data) or state

    def side(self, case, data):
        before, after = (tree.get(case.database) for tree in (case.before, case.after))
        if before == after:
            if data == before.data or self.contents(data) == self.contents(before.data):
                return "same"
            return f"half: a run that changes nothing has changed the database: {self.contents(data).fault or 'other rows'}"
        if before and data == before.data:
            return "before"
        if after and data == after.data:
            return "after"
        found = self.contents(data)
        if found.fault:
            return f"half: {found.fault}"
        if before and found.digest == self.contents(before.data).digest:
            return "before"
        if after and found.digest == self.contents(after.data).digest:
            return "after"
        return "half: the rows are neither those of before nor those of after"

    def files(self, case, seen, data):
        """What is wrong with the files that are no database."""
        for path, node in seen.items():
            if path == case.database or path.startswith("home/") or node.data is None or path not in case.names:
                continue
            wanted = [tree[path].data for tree in (case.before, case.after) if path in tree]
            if wanted and node.data not in wanted:
                return f"half: {path} holds {len(node.data)} bytes that are neither those of before nor those of after"
        folder = os.path.dirname(case.database)
        for name in self.contents(data).files:
            node = seen.get(f"{folder}/files/{name[:2]}/{name}")
            if node is None or hashlib.sha256(node.data).hexdigest() != name:
                return f"half: a row names {name}, which files/ does not hold"
        return None

    def founded(self, stage, case, shop):
        """A shop that was not made to its end is made by the next `init`, or stands already."""
        run = stage.run(case.words)
        verified = stage.run(["log", "verify"], LASEROS_SHOP=shop)
        if verified.code != 0:
            return f"half: init again: {run}; log verify: {verified}"
        if run.code == 0:
            return "before"
        data = stage.look()[case.database].data
        same = self.contents(data) == self.contents(case.after[case.database].data)
        return "after" if same else f"half: init again: {run}"

    def strays(self, stage, case):
        """Names that no run has a use for and that the next writing run leaves where they are; empty where there are none."""

        def unknown():
            # What somebody has typed into an editor is kept when all else is gone.
            return [path for path in stage.look() if path not in case.names and not path.startswith(("home/", "tmp/laseros-edit-"))]

        if not unknown():
            return ""
        case.run_next(stage)
        return " ".join(unknown())
