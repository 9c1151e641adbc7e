"""Finds out in which state an interrupted command left a stage.

A shop with the same bytes as before or after needs no closer look. Any other is read row by row, once for all with the same contents.
"""
import hashlib
import os
import sqlite3
from typing import NamedTuple


class Contents(NamedTuple):
    """The contents of a database: a digest of the rows of every table, and what is wrong with it."""

    digest: str
    fault: str | None
    # The hashes in rows, whose files must exist below `files/`.
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
        # Ignores `sqlite_sequence`, because an import that changes nothing raises its numbers. What the tables of the search index hold is
        # read through `aux_search_entry`.
        for table in sorted(tables - {"sqlite_sequence", "aux_search", "aux_search_data", "aux_search_idx", "aux_search_config"}):
            digest.update(table.encode())
            for row in memory.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
                digest.update(repr(row).encode())
        named = "SELECT sha256 FROM file UNION SELECT drawing FROM quote_line WHERE drawing IS NOT NULL"
        files = memory.execute(named) if "file" in tables else []
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
        """Returns `before`, `after`, `same` if they are equal, or what is wrong. The next run looks at the shop first, as it would do
        anyway."""
        shop = case.shop(stage)
        seen = stage.look()
        if case.database not in seen:
            return "before" if case.founds else f"half: {case.database} is gone"
        has_journal = any(path.endswith("-journal") for path in seen)
        if case.founds and (has_journal or seen[case.database] != case.after[case.database]):
            return self.founded(stage, case, shop)
        if has_journal:
            # Only `upgrade` opens an older shop.
            words = ["upgrade", "--dry-run"] if case.words == ["upgrade"] else ["log", "verify"]
            run = stage.run(words, LASEROS_SHOP=shop)
            if run.code != 0:
                return f"half: {' '.join(words)}: {run}"
            seen = stage.look()
        data = seen[case.database].data
        state = self.side(case, data)
        if state.startswith("half"):
            return state
        return self.files(case, seen, data) or state

    def side(self, case, data):
        before, after = (tree.get(case.database) for tree in (case.before, case.after))
        if before and after and (before == after or self.contents(before.data) == self.contents(after.data)):
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
        """Returns what is wrong with the files other than databases."""
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
        """Checks that the next `init` creates a shop whose creation was interrupted, or that it exists already."""
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
        """Returns the names of temporary files that the next writing run does not remove; empty if there are none."""

        def unknown():
            # The text of an editor is kept when everything else fails.
            return [path for path in stage.look() if path not in case.names and not path.startswith(("home/", "tmp/laseros-edit-"))]

        if not unknown():
            return ""
        case.run_next(stage)
        return " ".join(unknown())
