"""The example shop on a stage: created by the binary, changed by one command, inspected, and restored.

A stage is a folder with `shop/`, `work/` (the working directory, a copy of `examples/`), `home/` and `tmp/`. The clock is fixed and the
user is the one who runs the sweep, so that the same command always leaves the same bytes.
"""
import atexit
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
from typing import NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.dirname(os.path.dirname(HERE))
# An editor that leaves no temporary files when it is killed.
EDITOR = """sh -c 'text=$(sed "s/^# quote_valid_days = .*/quote_valid_days = 14/" "$0") && printf "%s\\n" "$text" >"$0"'"""
NOW = "2026-08-23T08:00:00Z"
# The modification time of unchanged files on the stage, because timestamps of the file system are too coarse to detect a change.
PAST = 1_000_000_000_000_000_000
# Stages are in memory, where a sync costs nothing; a slow disk would only make the sweeps take longer.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Run(NamedTuple):
    """The result of a run: its exit code as in a shell, or None if it was killed for a timeout, both streams, and the seconds."""

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
        """Returns an environment without the user's own variables; a value of None removes a variable."""
        settings = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": self.root + "/home", "TMPDIR": self.root + "/tmp",
            "LASEROS_SHOP": self.shop, "LASEROS_NOW": NOW, "SWIFT_BACKTRACE": "enable=no",
            "EDITOR": EDITOR,
        }
        return {name: value for name, value in {**settings, **changes}.items() if value is not None}

    def run(self, words, under=(), seconds=120, **changes):
        """Runs the binary with these words, optionally `under` another program, in the stage's working directory."""
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
        """Returns all files and folders by their path below the root."""
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
        """Restores everything to the state in `tree`. Unchanged files are not touched."""
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


class StandIn(Stage):
    """A stage for the faulty stand-in program, which has a database of its own."""

    def __init__(self):
        super().__init__(HERE + "/standin.py")
        self.demand(["found"])

    def run(self, words, **how):
        if words[0] != "log":
            return super().run(words, **how)
        sqlite3.connect(self.shop + "/laseros.db").execute("SELECT count(*) FROM client").fetchone()
        return Run(0, b"", "", 0)


def example_shop(binary):
    """Returns the tree of the shop in which every example runs, as `ExampleShop.swift` creates it."""
    stage = Stage(binary)
    try:
        shutil.copytree(PACKAGE + "/examples", stage.work, dirs_exist_ok=True)
        os.rmdir(stage.shop)
        # Runs without a terminal are logged. The log exists from the start, so that all runs are alike.
        os.makedirs(stage.root + "/home/.local/state/laseros", 0o700)
        open(stage.root + "/home/.local/state/laseros/runs.log", "w").close()
        stage.demand(["init"])
        with open(PACKAGE + "/Tests/example-shop.txt") as file:
            for line in file:
                if line.startswith("laseros "):
                    stage.demand(shlex.split(line)[1:])
        # The examples of `import` read exports of this shop, unless `examples/` has a file for them.
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
    """Returns the command table, each command with its command group."""
    table = json.loads(stage.demand(["help", "--json"]).out)
    return [{**command, "chapter": chapter["name"]} for chapter in table["chapters"] for command in chapter["commands"]]
