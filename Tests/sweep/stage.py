"""The example shop on a stage: made by the binary, changed by one command, looked at, and put back as it was.

A stage is a folder with `shop/`, `work/` (the working directory, a copy of `examples/`), `home/` and `tmp/`. A `Case` is a command line of the
table of commands that writes something, with the stage as it stands before and after it. The clock stands still and the user is who runs the
sweep, so that the same command leaves the same bytes each time: a shop that holds the bytes of before or of after needs no closer look.
"""
import atexit
import hashlib
import json
import os
import shlex
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import time
from typing import Callable, NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.dirname(os.path.dirname(HERE))
NOW = "2026-08-23T08:00:00Z"
APPLICATION_ID = 0x4C4F5331
# The time of files that nobody has touched since they were put on the stage: that of the file system is too coarse to tell.
PAST = 1_000_000_000_000_000_000
# Stages stand in memory, where a sync costs nothing; a disk that is slow would only make the sweeps longer.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Run(NamedTuple):
    """What a run left: its exit code as a shell tells it, None where it had to be ended, both streams, and seconds."""

    code: int | None
    out: bytes
    said: str
    seconds: float

    @property
    def crashed(self):
        return self.code is None or self.code == 70 or self.code > 128

    def __str__(self):
        return f"exit {'none: it hangs' if self.code is None else self.code}: {self.said.strip()[:200] or '(silent)'}"


class Node(NamedTuple):
    """A file with its bytes, or a folder without."""

    mode: int
    data: bytes | None


class Stage:
    def __init__(self, binary, like=None):
        self.binary = binary
        self.root = tempfile.mkdtemp(prefix="laseros-sweep-", dir=MEMORY)
        self.known = {}
        for name in ("shop", "work", "home", "tmp"):
            os.mkdir(f"{self.root}/{name}", 0o700)
        atexit.register(self.close)
        if like:
            self.restore(like)

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)
        if os.path.exists(self.root + ".trace"):
            os.unlink(self.root + ".trace")

    @property
    def shop(self):
        return self.root + "/shop"

    @property
    def work(self):
        return self.root + "/work"

    def environment(self, **changes):
        """Nothing of whoever runs the sweep; a value of None leaves a variable out."""
        settings = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": self.root + "/home", "TMPDIR": self.root + "/tmp",
            "LASEROS_SHOP": self.shop, "LASEROS_NOW": NOW, "SWIFT_BACKTRACE": "enable=no",
            "EDITOR": "sed -i 's/^# quote_valid_days = .*/quote_valid_days = 14/'",
        }
        return {name: value for name, value in {**settings, **changes}.items() if value is not None}

    def run(self, words, under=(), seconds=120, **changes):
        """Runs the binary with these words, `under` another program, in the stage's working directory."""
        began = time.monotonic()
        child = subprocess.Popen(
            [*under, self.binary, *words], cwd=self.work, env=self.environment(**changes), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )
        try:
            out, said = child.communicate(timeout=seconds)
            code = child.returncode if child.returncode >= 0 else 128 - child.returncode
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            out, said = child.communicate()
            code = None
        return Run(code, out, said.decode(errors="replace"), time.monotonic() - began)

    def demand(self, words, **changes):
        run = self.run(words, **changes)
        if run.code != 0:
            raise SystemExit(f"laseros {shlex.join(words)}: {run}")
        return run

    def look(self):
        """Every file and folder by its path below the root."""
        found = {}

        def walk(folder, prefix):
            for entry in os.scandir(folder):
                path, about = prefix + entry.name, entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(about.st_mode):
                    found[path] = Node(about.st_mode, None)
                    walk(entry.path, path + "/")
                    continue
                known = self.known.get(path)
                if known and about.st_mtime_ns == PAST and (about.st_ino, about.st_size, about.st_mode) == known[:3]:
                    found[path] = known[3]
                elif stat.S_ISREG(about.st_mode):
                    with open(entry.path, "rb") as file:
                        found[path] = Node(about.st_mode, file.read())
                else:
                    found[path] = Node(about.st_mode, b"")

        walk(self.root, "")
        return found

    def restore(self, tree):
        """Puts everything back as `tree` has it; what is as it was is not touched."""
        seen = self.look()
        for path in sorted(seen.keys() - tree.keys(), reverse=True):
            (os.rmdir if stat.S_ISDIR(seen[path].mode) else os.unlink)(f"{self.root}/{path}")
        for path, node in sorted(tree.items()):
            full, old = f"{self.root}/{path}", seen.get(path)
            if old and stat.S_ISDIR(old.mode) != (node.data is None):
                (os.rmdir if stat.S_ISDIR(old.mode) else os.unlink)(full)
                old = None
            if node.data is None:
                if not old:
                    os.mkdir(full, 0o700)
            elif path not in self.known or self.known[path][3] is not node or old is not node:
                if old:
                    os.unlink(full)
                with open(full, "wb") as file:
                    file.write(node.data)
            else:
                continue
            if not old or old.mode != node.mode or node.data is not None:
                os.chmod(full, stat.S_IMODE(node.mode))
            if node.data is not None:
                os.utime(full, ns=(PAST, PAST))
                about = os.lstat(full)
                self.known[path] = (about.st_ino, about.st_size, about.st_mode, node)


def example_shop(binary):
    """The tree of the shop that every example runs in, as `ExampleShop.swift` builds it."""
    stage = Stage(binary)
    try:
        shutil.copytree(PACKAGE + "/examples", stage.work, dirs_exist_ok=True)
        os.rmdir(stage.shop)
        # Who is not at a terminal has every run kept: the log is there from the start, so that a run is like another.
        os.makedirs(stage.root + "/home/.local/state/laseros", 0o700)
        open(stage.root + "/home/.local/state/laseros/runs.log", "w").close()
        stage.demand(["init"])
        with open(PACKAGE + "/Tests/example-shop.txt") as file:
            for line in file:
                if line.startswith("laseros "):
                    stage.demand(shlex.split(line)[1:])
        # Examples import what is exported here, where `examples/` has no such file of its own.
        for command in commands(stage):
            noun, _, verb = command["name"].partition(" ")
            for example in command["examples"] if verb == "import" else []:
                file = shlex.split(example)[-1]
                if not os.path.exists(f"{stage.work}/{file}"):
                    stage.demand([noun, "export", "--output", file])
        tree = stage.look()
        tree["home/.local/state/laseros/runs.log"] = Node(stat.S_IFREG | 0o600, b"")
        return tree
    finally:
        stage.close()


def commands(stage):
    """The table of commands, each with the chapter it stands in."""
    table = json.loads(stage.demand(["help", "--json"]).out)
    return [{**command, "chapter": chapter["name"]} for chapter in table["chapters"] for command in chapter["commands"]]


class Case:
    """A command line, and the stage before and after it."""

    def __init__(self, stage, words, tree, prepare=(), database="shop/laseros.db", again=("client", "edit", "CL-0001", "--notes", "after")):
        """
        - prepare: command lines that run before, or a function of the stage
        - again: the writing run that comes next and has to clear away what the one before has left
        """
        self.words, self.database, self.again = list(words), database, list(again)
        stage.restore(tree)
        if callable(prepare):
            prepare(stage)
        else:
            for line in prepare:
                stage.demand(line)
        before = stage.look()
        # The same nodes wherever nothing was changed: they are compared by what they are first.
        self.before = {path: tree[path] if path in tree and tree[path] == node else node for path, node in before.items()}
        stage.restore(self.before)
        self.clean = stage.run(self.words)
        self.after = stage.look()
        self.names = self.before.keys() | self.after.keys()
        stage.run(self.again)
        self.names |= stage.look().keys()

    @property
    def line(self):
        return shlex.join(self.words)

    @property
    def changes(self):
        return self.before.get(self.database) != self.after.get(self.database)

    @property
    def founds(self):
        """It makes a shop where none was."""
        return self.database not in self.before

    def __repr__(self):
        return self.line


class Plan(NamedTuple):
    """A case that is made when it is wanted: each costs some runs."""

    words: list
    make: Callable

    @property
    def line(self):
        return shlex.join(self.words)


def writing(stage, tree):
    """Every example of every command that writes, run for real as well where it is a dry run, and what else writes into a shop."""
    lines = []
    for command in commands(stage):
        for example in command["examples"] if command["kind"] == "writes" else []:
            words = shlex.split(example)[1:]
            lines.append((command["chapter"], words))
            if "--dry-run" in words:
                lines.append((command["chapter"], [word for word in words if word != "--dry-run"]))
    lines.append(("project", ["project", "list", "--due-by", "fri", "--save", "later"]))
    # Bytes that the shop does not hold yet, in folders that it does not have.
    lines.append(("project", ["project", "attach", "last", "0003-Gasket-SS-1mm-x25.dxf", "0005-Cover-SS-3mm-x2.dxf"]))

    def make(chapter, words):
        return lambda: Case(stage, words, tree, preparation(stage, tree, chapter, words, lines))

    def found(words):
        return lambda: Case(stage, words, tree, database=f"work/{words[-1]}/laseros.db", again=words)

    return [Plan(words, make(chapter, words)) for chapter, words in lines] + [
        Plan(words, found(words)) for words in (["init", "new-shop"], ["init", "--demo", "trial"])]


def documents(stage, tree):
    """Every example that writes a file for somebody, over an older file of that name."""

    def make(words):
        path, older = "work/" + words[-1], {}
        if "--to" not in words and path not in tree:
            older = {path: Node(stat.S_IFREG | 0o644, b"what stood here before\n")}
        return lambda: Case(stage, words, {**tree, **older}, again=words)

    lines = [shlex.split(example)[1:] for command in commands(stage) if command["kind"] != "writes" for example in command["examples"]]
    return [Plan(words, make(words)) for words in lines if "|" not in words and {"-o", "--output", "--to"} & set(words)]


def preparation(stage, tree, chapter, words, lines):
    """What has to run before an example: a quote is sent before it is accepted."""
    if words == ["upgrade"]:
        return make_older
    if words == ["files", "prune"]:
        return [["project", "detach", "last", "0007-Link-MS-8mm-x12.dxf"]]
    stage.restore(tree)
    if stage.run(words).code in (0, 1):
        return []
    for other, first in lines:
        if other != chapter or first == words:
            continue
        stage.restore(tree)
        if stage.run(first).code in (0, 1) and stage.run(words).code in (0, 1):
            return [first]
    raise SystemExit(f"the example does not run: laseros {shlex.join(words)}")


def make_older(stage):
    """A shop of the version before the first: a file that is a shop's and has none of its tables yet."""
    os.unlink(stage.shop + "/laseros.db")
    data = sqlite3.connect(stage.shop + "/laseros.db")
    data.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    data.execute("PRAGMA user_version = 0")
    data.close()
    os.chmod(stage.shop + "/laseros.db", 0o600)


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
    """Tells what a command that did not end as it should has left of a stage."""

    def __init__(self):
        self.known = {}

    def contents(self, data):
        key = hashlib.sha256(data).digest()
        if key not in self.known:
            self.known[key] = contents(data)
        return self.known[key]

    def state(self, stage, case):
        """`before`, `after`, `same` where both are alike, or what is wrong: the next run has a look first, as it would anyhow."""
        shop = f"{stage.root}/{os.path.dirname(case.database)}"
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
            return [
                path for path in stage.look()
                if path not in case.names and not path.startswith("home/")
            ]

        if not unknown():
            return ""
        stage.run(case.again)
        return " ".join(unknown())
