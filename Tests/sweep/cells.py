#!/usr/bin/env python3
"""Writes extreme values into every column of a demo shop and runs the commands that read it: none may crash or hang.

cells.py BINARY [--sample | --near] [--only TABLE[.COLUMN]] [--jobs N] [--seconds N]

A value replaces all values of a column, or the last one if they have to be unique; each setting gets every text, too. The schema is relaxed
for the write and restored afterwards, so that types, NOT NULL, CHECKs and triggers do not refuse a value. Then the schema itself is
damaged: a missing column or table, text that is not SQL, another version. The last line is `N passed, N failed`; a command fails if it ends
with a signal or 70, or takes more than five seconds (`--seconds`, for a debug build).
"""
import argparse
import concurrent.futures
import json
import os
import queue
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile

NOW = "2026-11-30T08:00:00Z"
GONE = object()
LEAST, MOST = -(2**63), 2**63 - 1
VALUES = {
    "INTEGER": [LEAST, LEAST + 1, -(10**15), -1, 0, 10**15, MOST - 1, MOST, None, 1.5, "x", b"\xff\x00"],
    "REAL": [float("inf"), float("-inf"), -0.0, 1e308, -1e308, 5e-324, None, MOST, "x", b"\xff\x00"],
    "TEXT": ["", "x" * 10240, "9999-99-99", "-4712-01-01", "9999-12-31", "0001-01-01", "9999-12-31T23:59:59.999Z", "\x1b[2J\x00", '{"a":',
             str(MOST), f"{MOST}x{MOST}", "999999999999x999999999999", "0x0", None, MOST, 1.5, b"\xff\x00"],
    "BLOB": [b"", b"\x00", b"\xff" * 1000, bytes(1 << 20), b"T\x02\x01\x00client\x00\x12\x00\x01" + b"\xff" * 40, None, MOST, 1.5, "x"],
}
SETTINGS = [value for value in VALUES["TEXT"] if isinstance(value, str)] + ["999999999999.999", "999999999", "-1", "layer:*=cut;" * 1000]
# The commands that read each noun, besides its examples.
FURTHER = """
{noun} list -w
{noun} list --json
{noun} list --csv --excel
{noun} list --limit 2 --offset 1 --format markdown
{noun} show last --json
{noun} export --csv
"""
OTHERS = """
log -w
log --json
log --fields hash
log CL-0002
log MS
log last
log show last
log show 40
log verify --head 0000000000000000000000000000000000000000000000000000000000000000
undo 20 --dry-run
undo 40 --dry-run
redo --dry-run
quote list --status sent --json
quote list --period 2026
quote show QT-2026-0001 --json
quote explain QT-2026-0001 --json
quote explain QT-2026-0004
quote pdf QT-2026-0001 -o quote.pdf
quote pdf QT-2026-0004 -o quote.pdf
quote add -c karoo -p links --dry-run
quote add -c karoo -m GALV -t 1 --override 0001-Flange-MS-10mm-x4.dxf --dry-run
invoice list --status overdue
invoice list --all --json
invoice show INV-2026-0001 --json
invoice show INV-2026-0003
invoice pdf INV-2026-0001 -o invoice.pdf
invoice pdf INV-2026-0003 -o invoice.pdf
invoice pay INV-2026-0001 --amount 1 --dry-run
invoice pay INV-2026-0003 --in-full --dry-run
project files links --json
project files gaskets -w
project extract station --to out --force
project list --due-by eom
preset find MS 10 --json
price list --on 2026-11-01
dxf same 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf --json
dxf time 0001-Flange-MS-10mm-x4.dxf
dxf preview 0001-Flange-MS-10mm-x4.dxf -o preview.svg
client import clients.csv --dry-run
material import materials.csv --dry-run
preset import presets.csv --dry-run
price import prices.csv --dry-run
complete client show ''
complete project show ''
complete quote show ''
complete invoice show ''
complete config set ''
complete log show ''
"""
# The other nouns that read a table, or all tables with a prefix.
NEAR = {
    "journal": ["log", "undo", "redo"], "aux_counter": ["quote", "client", "invoice"], "setting": ["config", "quote"], "client": ["quote"],
    "material": ["quote", "preset"], "machine": ["quote", "preset"], "price": ["quote"], "preset": ["quote", "dxf"],
    "aux_drawing": ["project", "quote", "dxf"], "file": ["project", "quote", "dxf"], "payment": ["invoice"], "allocation": ["invoice"],
    "aux_invoice": ["invoice"], "aux_name": ["client", "contact", "material", "preset", "price", "quote"],
    "quote": ["invoice"], "project": ["quote"], "sqlite": ["client"], "aux_search": ["search", "client"],
}


class Shop:
    """The shop that every case starts from, its schema, and the command lines to run."""

    def __init__(self, binary, folder):
        self.binary, self.folder, self.work = binary, os.path.join(folder, "shop"), os.path.join(folder, "work")
        shutil.copytree(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..", "examples"), self.work)
        # The log of failed runs is not needed, and would grow with every run.
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder, "XDG_STATE_HOME": "/proc", "LASEROS_NOW": NOW,
            "SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8", "EDITOR": "true", "LASEROS_SHOP": self.folder}
        self.run("init", "--demo")
        self.settings = [row["setting"] for row in json.loads(self.run("config", "list", "--json"))]
        self.lines = self.command_lines()
        self.loose = os.path.join(folder, "loose.db")
        shutil.copy(os.path.join(self.folder, "laseros.db"), self.loose)
        data = sqlite3.connect(self.loose)
        self.schema = list(data.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"))
        self.columns = {
            name: [(row[1], row[2].split(" ")[0] or "INTEGER") for row in data.execute(f"PRAGMA table_xinfo({name})") if row[6] == 0]
            for kind, name, *_ in self.schema if kind == "table"}
        data.execute("PRAGMA writable_schema=ON")
        data.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
        data.execute("UPDATE sqlite_schema SET sql = replace(replace(replace(sql, ' STRICT', ''), 'IS NOT NULL', 'NOTNULL'), 'NOT NULL', '')"
                     " WHERE type = 'table'")
        data.commit()
        data.close()

    def run(self, *words):
        return subprocess.run([self.binary, *words], env=self.environment, cwd=self.work, check=True, stdout=subprocess.PIPE).stdout

    def command_lines(self):
        """Returns the examples of every command, with `--dry-run` for those that write, and the further lines."""
        lines, nouns = [], []
        for chapter in json.loads(self.run("help", "--json"))["chapters"]:
            for command in chapter["commands"]:
                if command["name"].endswith(" list") and command["name"] != "config list":
                    nouns.append(chapter["name"])
                if chapter["name"] in ("init", "help", "completion", "dxf"):
                    continue
                for example in command["examples"]:
                    dry = " --dry-run" if command["kind"] == "writes" and "--dry-run" not in example else ""
                    if "|" not in example:
                        lines.append(example.removeprefix("laseros ") + dry)
        for noun in nouns:
            lines += [line.format(noun=noun) for line in FURTHER.strip().splitlines()]
        return [shlex.split(line) for line in lines + OTHERS.strip().splitlines()]

    def cases(self):
        """Returns tuples of table, column or setting, and value."""
        for table, columns in self.columns.items():
            for column, kind in columns:
                yield from ((table, column, value) for value in VALUES[kind] + [GONE])
        for name in self.settings:
            yield from (("setting", "=" + name, value) for value in SETTINGS)
        for table in self.columns:
            yield from ((table, "", value) for value in (GONE, "CREATE TABLE", "CREATE VIEW {table} AS SELECT 1 AS id"))
        yield from (("client", "", version) for version in (0, 99, -1))

    def alter(self, table, column, value, path):
        """Writes the database with one alteration; returns false if SQLite refuses it."""
        shutil.copy(self.loose, path)
        data = sqlite3.connect(path)
        try:
            data.execute("PRAGMA synchronous=OFF")
            data.execute("PRAGMA ignore_check_constraints=ON")
            data.execute("PRAGMA writable_schema=ON")
            is_cell = column and value is not GONE
            if is_cell and not self.put(data, table, column, value):
                return False
            for kind, name, of, page, sql in self.schema:
                if kind == "table":
                    data.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", (sql, name))
                elif kind == "trigger":
                    data.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", (kind, name, of, page, sql))
            if not is_cell:
                self.damage(data, table, column, value)
            data.commit()
            return True
        except sqlite3.Error:
            return False
        finally:
            data.close()

    @staticmethod
    def put(data, table, column, value):
        if column.startswith("="):
            data.execute("DELETE FROM setting WHERE name = ?", (column[1:],))
            data.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (column[1:], value))
        else:
            try:
                data.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))
            except sqlite3.IntegrityError:
                data.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = (SELECT max(rowid) FROM "{table}")', (value,))
        return data.total_changes > 0

    def damage(self, data, table, column, value):
        """Damages the schema: a number is another version, a text replaces the SQL of the table, GONE drops the column or table."""
        if isinstance(value, int):
            data.execute(f"PRAGMA user_version = {value}")
        elif value is GONE and not column:
            data.execute("DELETE FROM sqlite_schema WHERE tbl_name = ?", (table,))
        else:
            sql = next(sql for _, name, _, _, sql in self.schema if name == table)
            sql = re.sub(rf"\b{column}\b", "was_" + column, sql) if value is GONE else value.format(table=table)
            data.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ? AND type = 'table'", (sql, table))


class Sweep:
    def __init__(self, shop, options, folder):
        self.shop, self.options, self.places = shop, options, queue.Queue()
        for number in range(options.jobs):
            place = os.path.join(folder, f"job{number}")
            shutil.copytree(shop.folder, os.path.join(place, "shop"))
            shutil.copytree(shop.work, os.path.join(place, "work"))
            self.places.put(place)

    def cases(self):
        cases = [case for case in self.shop.cases() if not self.options.only or self.options.only in (case[0], f"{case[0]}.{case[1]}")]
        if self.options.sample:
            return [case for case in cases if case[2] in (LEAST, float("inf"), "9999-99-99") or case[2] is GONE]
        return cases

    def chosen(self, number, table):
        """Returns the command lines for a case. A sample has every tenth of those that read its table, starting with another one for each
        case."""
        if not (self.options.near or self.options.sample):
            return self.shop.lines
        first = table.split("_")[0]
        nouns = {first, *NEAR.get(table, NEAR.get(first, []))}
        near = [words for words in self.shop.lines if words[0] in nouns or words[0] == "complete" and words[1] in nouns]
        return near[number % 10 :: 10] if self.options.sample else near

    def run(self, numbered):
        """Returns the number of commands run, and those that failed."""
        number, (table, column, value) = numbered
        place = self.places.get()
        try:
            shop = os.path.join(place, "shop")
            if not self.shop.alter(table, column, value, os.path.join(shop, "laseros.db")):
                return 0, []
            environment = dict(self.shop.environment, LASEROS_SHOP=shop, HOME=place)
            lines = self.chosen(number, table)
            ends = [(words, self.end(words, environment, os.path.join(place, "work"))) for words in lines]
            return len(lines), [(words, end) for words, end in ends if end]
        finally:
            self.places.put(place)

    def end(self, words, environment, work):
        """Returns what is wrong with how a command ended; None if nothing is."""
        try:
            done = subprocess.run([self.shop.binary, *words], env=environment, cwd=work, timeout=self.options.seconds, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        except subprocess.TimeoutExpired:
            return f"takes more than {self.options.seconds} s"
        if 0 <= done.returncode < 70:
            return None
        return f"ends with {done.returncode}: {done.stderr.decode(errors='replace').strip()[:120]}"

    def main(self):
        passed = failed = runs = 0
        cases = self.cases()
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for case, (count, failures) in zip(cases, pool.map(self.run, enumerate(cases))):
                runs += count
                failed += bool(failures)
                passed += count > 0 and not failures
                for words, what in failures:
                    value = "gone" if case[2] is GONE else repr(case[2])[:40]
                    print(f"not ok: {case[0]}.{case[1]} = {value}: {shlex.join(words)} {what}", flush=True)
        print(f"{passed + failed} cells, {runs} runs")
        print(f"{passed} passed, {failed} failed")
        return failed > 0


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("--sample", action="store_true", help="one value a column and each column gone, with a tenth of the commands that look at it")
    options.add_argument("--near", action="store_true", help="only the commands that look at a column's table")
    options.add_argument("--only")
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options.add_argument("--seconds", type=int, default=5)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="laseros-cells-") as folder:
        return Sweep(Shop(os.path.realpath(options.binary), folder), options, folder).main()


if __name__ == "__main__":
    sys.exit(main())
