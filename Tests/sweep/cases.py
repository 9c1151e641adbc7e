"""The commands that write something, with the expected stage before and after each."""
import os
import shlex
import sqlite3
import stat
from typing import Callable, NamedTuple

from stage import Node, commands

APPLICATION_ID = 0x4C4F5331
# A command that writes to the shop.
WRITER = ["client", "edit", "CL-0001", "--notes", "after"]


class Case:
    """A command line, with the stage before and after it."""

    def __init__(self, stage, words, tree, prepare=(), database="shop/laseros.db", is_document=False, again=WRITER):
        """
        - prepare: command lines to run before, or a function of the stage
        - again: the next writing command, which has to remove what a killed run left
        """
        self.words, self.database, self.is_document, self.again = list(words), database, is_document, list(again)
        stage.restore(tree)
        if callable(prepare):
            prepare(stage)
        else:
            for line in prepare:
                stage.demand(line)
        before = stage.look()
        # Unchanged files share their nodes, because comparing by identity is fast.
        self.before = {path: tree[path] if path in tree and tree[path] == node else node for path, node in before.items()}
        stage.restore(self.before)
        self.clean = stage.run(self.words)
        if self.clean.code not in (0, 1):
            raise SystemExit(f"what a fault is to come to fails by itself: laseros {shlex.join(self.words)}: {self.clean}")
        self.after = stage.look()
        self.names = self.before.keys() | self.after.keys()
        self.run_next(stage)
        self.names |= stage.look().keys()

    def run_next(self, stage):
        """Runs the next writing command and, if a shop has been created, another one in that shop."""
        stage.run(self.again)
        if self.founds:
            stage.run(["client", "add", "After"], LASEROS_SHOP=self.shop(stage))

    def shop(self, stage):
        return f"{stage.root}/{os.path.dirname(self.database)}"

    def is_told(self, said):
        """Whether the output says that the change is stored, whatever the exit code. `init` and `backup` have no entry to name."""
        told = self.words[0] == "backup" and ("made laseros-" in said or "restored " in said)
        return "stored as entr" in said or self.founds and "made a" in said or told

    @property
    def line(self):
        return shlex.join(self.words)

    @property
    def changes(self):
        return self.before.get(self.database) != self.after.get(self.database)

    @property
    def has_editor(self):
        """Whether the command starts an editor, which may behave in any way on a disk error."""
        return self.words == ["config", "edit"]

    @property
    def most(self):
        """The maximum number of points to try, because creating a demo shop runs fifty commands."""
        return 500 if "--demo" in self.words else None

    @property
    def founds(self):
        """Whether the command creates a shop."""
        return self.database not in self.before

    def __repr__(self):
        return self.line


class Plan(NamedTuple):
    """A case that is created on demand, because that takes several runs."""

    words: list
    make: Callable

    @property
    def line(self):
        return shlex.join(self.words)


def writing(stage, tree):
    """Returns all examples that write, those of dry runs without `--dry-run`, too, and other commands that write to a shop."""
    lines = []
    for command in commands(stage):
        for example in command["examples"] if command["kind"] == "writes" else []:
            words = shlex.split(example)[1:]
            lines.append((command["chapter"], words))
            if "--dry-run" in words:
                lines.append((command["chapter"], [word for word in words if word != "--dry-run"]))
    lines.append(("project", ["project", "list", "--due-by", "fri", "--save", "later"]))
    # These files are not stored yet, nor are their folders.
    lines.append(("project", ["project", "attach", "last", "0003-Gasket-SS-1mm-x25.dxf", "0005-Cover-SS-3mm-x2.dxf"]))

    def make(chapter, words):
        # An older shop accepts no other command, and only an editor command looks for the text of an editor.
        again = words if words in (["upgrade"], ["config", "edit"]) else WRITER
        return lambda: Case(stage, words, tree, preparation(stage, tree, chapter, words, lines), again=again)

    def found(words):
        return lambda: Case(stage, words, tree, database=f"work/{words[-1]}/laseros.db", again=words)

    return [Plan(words, make(chapter, words)) for chapter, words in lines] + [
        Plan(words, found(words)) for words in (["init", "new-shop"], ["init", "--demo", "trial"])]


def documents(stage, tree):
    """Returns all examples that write a document, each replacing an older file with the same name."""

    def make(words):
        path, older = "work/" + words[-1], {}
        # These do not replace files without `--force`: those of a killed run block the next one.
        keeps = bool({"extract", "zip"} & set(words))
        if not keeps and path not in tree:
            older = {path: Node(stat.S_IFREG | 0o644, b"what stood here before\n")}
        again = words + ["--force"] if keeps else words
        # Of most nouns the last record has no files.
        first = [[words[0], "attach", "last", "note.txt"]] if "extract" in words and words[0] != "project" else []
        return lambda: Case(stage, words, {**tree, **older}, first, is_document=True, again=again)

    lines = [shlex.split(example)[1:] for command in commands(stage) if command["kind"] != "writes" for example in command["examples"]]
    lines = [words for words in lines if "|" not in words and words[0] != "backup" and {"-o", "--output", "--to"} & set(words)]
    return [Plan(words, make(words)) for words in lines] + backups(stage, tree)


def backups(stage, tree):
    """Returns the commands that make, restore and remove backups."""
    made = [["backup", "create", "--note", "first"], ["client", "add", "After the backup"]]

    def plan(words, prepare, **options):
        return Plan(words, lambda: Case(stage, words, tree, prepare, again=words, **options))

    return [
        plan(["backup", "create"], [], is_document=True),
        plan(["backup", "restore", "last"], made),
        plan(["backup", "restore", "last", "--to", "restored"], made, database="work/restored/laseros.db"),
        plan(["backup", "prune", "--keep-last", "1"], [["backup", "create", "--note", note] for note in ("a", "b", "c")], is_document=True),
    ]


def preparation(stage, tree, chapter, words, lines):
    """Returns the commands to run before an example: a quote is sent before it is accepted."""
    if words == ["upgrade"]:
        return make_older
    if words[:2] == ["project", "import-folder"]:
        return make_profiles
    if words[:2] == ["project", "approve"]:
        made = ["project", "add", "Gate", "--client", "CL-0002", "--material", "MS", "--thickness", "10"]
        lines = [made, ["project", "attach", "last", "0001-Flange-MS-10mm-x4.dxf"], ["config", "set", "auto_queue", "no"]]
        return lines + [["project", move, "last"] for move in ("offer", "pop", "queue")]
    if words[:2] == ["files", "prune"]:
        return make_loose
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


def make_profiles(stage):
    """Makes a customer's folder."""
    folder = f"{stage.work}/profiles/CL-0001/1.Projects/0001-Gate-02.09.2025"
    os.makedirs(folder)
    for name in ("plan.txt", "0001-Cover-MS-3mm-x2.txt"):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(name)


def make_loose(stage):
    """Detaches a file whose bytes were written years ago."""
    stage.run(["project", "detach", "last", "0007-Link-MS-8mm-x12.dxf"])
    for folder, _, names in os.walk(stage.shop + "/files"):
        for name in names:
            os.utime(f"{folder}/{name}", (1577836800, 1577836800))


def make_older(stage):
    """Makes the shop one of version 0: a data file with the application id but without tables."""
    os.unlink(stage.shop + "/laseros.db")
    data = sqlite3.connect(stage.shop + "/laseros.db")
    data.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    data.execute("PRAGMA user_version = 0")
    data.close()
    os.chmod(stage.shop + "/laseros.db", 0o600)
