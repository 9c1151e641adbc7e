"""The commands that write something, each with the stage as it stands before and after it."""
import os
import shlex
import sqlite3
import stat
from typing import Callable, NamedTuple

from stage import Node, commands

APPLICATION_ID = 0x4C4F5331
# A run that writes into the shop.
WRITER = ["client", "edit", "CL-0001", "--notes", "after"]


class Case:
    """A command line, and the stage before and after it."""

    def __init__(self, stage, words, tree, prepare=(), database="shop/laseros.db", is_document=False, again=WRITER):
        """
        - prepare: command lines that run before, or a function of the stage
        - again: the writing run that comes next and has to clear away what the one before has left
        """
        self.words, self.database, self.is_document, self.again = list(words), database, is_document, list(again)
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
        if self.clean.code not in (0, 1):
            raise SystemExit(f"what a fault is to come to fails by itself: laseros {shlex.join(self.words)}: {self.clean}")
        self.after = stage.look()
        self.names = self.before.keys() | self.after.keys()
        self.run_next(stage)
        self.names |= stage.look().keys()

    def run_next(self, stage):
        """The writing run that comes next, and in a shop that stands now one that writes into it."""
        stage.run(self.again)
        if self.founds:
            stage.run(["client", "add", "After"], LASEROS_SHOP=self.shop(stage))

    def shop(self, stage):
        return f"{stage.root}/{os.path.dirname(self.database)}"

    def is_told(self, said):
        """That the change is kept was said, whatever the exit code: a shop that is made has no entry yet."""
        return "stored as entr" in said or self.founds and "made a" in said

    @property
    def line(self):
        return shlex.join(self.words)

    @property
    def changes(self):
        return self.before.get(self.database) != self.after.get(self.database)

    @property
    def has_editor(self):
        """Another program has a part in it, which may do as it likes when a disk fails it."""
        return self.words == ["config", "edit"]

    @property
    def most(self):
        """Points to try at most, where not all are: making a demo shop is fifty commands in one."""
        return 500 if "--demo" in self.words else None

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
        # An older shop takes no other, and nobody else looks where an editor has its text.
        again = words if words in (["upgrade"], ["config", "edit"]) else WRITER
        return lambda: Case(stage, words, tree, preparation(stage, tree, chapter, words, lines), again=again)

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
        # What was extracted before it was killed is in the way of the next.
        again = words + ["--force"] if "--to" in words else words
        return lambda: Case(stage, words, {**tree, **older}, is_document=True, again=again)

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
