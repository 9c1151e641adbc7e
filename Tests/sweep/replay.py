"""What a run did to a disk, call by call, and how that disk may stand when the power fails.

The calls come from a log of strace(1) that holds every byte. What was not synced may be lost, wholly or by sectors of 512 bytes, whatever came
after it; a name that was made, removed or changed may be lost as long as its folder was not synced, and what is in a folder goes with its name.
"""
import os
import re
import stat
from typing import NamedTuple

from faults import strace
from stage import Node

SECTOR = 512
CALLS = """open openat creat close dup dup2 dup3 fcntl write pwrite64 writev pwritev lseek ftruncate truncate fallocate fsync fdatasync sync syncfs
sync_file_range rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat link linkat symlink symlinkat chdir fchdir copy_file_range sendfile
clone clone3 fork vfork""".split()
LINE = re.compile(r"^(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>)(.*)$")
RESULT = re.compile(r"^(.*)\) += (-?\d+)")


class Write(NamedTuple):
    inode: int
    offset: int
    data: bytes


class Truncate(NamedTuple):
    inode: int
    size: int


class Sync(NamedTuple):
    inode: int


class Link(NamedTuple):
    """A name that is new, or leads to something else now; with `source`, the (folder, name) that it had before."""

    folder: int
    name: str
    inode: int
    source: tuple | None = None


class Unlink(NamedTuple):
    folder: int
    name: str


class Answered(NamedTuple):
    """Something was written to standard output."""


class Disk:
    """The files below a folder, and what a run does to them."""

    def __init__(self, root, tree, ignored=("home", "tmp")):
        self.root, self.ignored = os.path.realpath(root), ignored
        # By number: what a file held or a folder named at first, and what a folder names now.
        self.nodes, self.initial, self.names, self.operations = [], [], [], []
        self.new(Node(stat.S_IFDIR | 0o700, None))
        for path, node in sorted(tree.items()):
            if path.split("/")[0] not in ignored:
                folder, name = self.place(f"{self.root}/{path}")
                self.names[folder][name] = self.new(node)
        self.initial = [dict(names) if names is not None else data for names, data in zip(self.names, self.initial)]
        # By thread: its open files.
        self.tables = {}

    def new(self, node):
        self.nodes.append(node)
        self.initial.append({} if node.data is None else node.data)
        self.names.append({} if node.data is None else None)
        return len(self.nodes) - 1

    def place(self, path):
        """The folder that a path stands in, and its name there; None where it is not below the root."""
        path = os.path.normpath(path)
        if not path.startswith(self.root + "/") or path[len(self.root) + 1:].split("/")[0] in self.ignored:
            return None
        folder, parts = 0, path[len(self.root) + 1:].split("/")
        for part in parts[:-1]:
            folder = self.names[folder].get(part)
            if folder is None:
                return None
        return folder, parts[-1]

    def find(self, path):
        if os.path.normpath(path) == self.root:
            return 0
        place = self.place(path)
        return self.names[place[0]].get(place[1]) if place else None

    # Reading the log

    def read(self, log, directory):
        """Takes every call of a log; `directory` is where the run began."""
        self.directory, begun, cloning = directory, {}, None
        with open(log, errors="replace") as file:
            for line in file:
                match = LINE.match(line)
                if not match:
                    continue
                thread, call, resumed, rest = match.groups()
                if thread not in self.tables:
                    self.tables[thread] = self.inherited(cloning)
                if resumed:
                    call, rest = resumed, begun.pop((thread, resumed), "") + rest
                if call in ("clone", "clone3", "fork", "vfork"):
                    cloning = (thread, call + rest)
                if rest.endswith("<unfinished ...>"):
                    begun[thread, call] = rest[: -len("<unfinished ...>")].rstrip()
                    continue
                result = RESULT.match(rest)
                if result and int(result[2]) >= 0:
                    self.take(self.tables[thread], call, result[1].split(", "), int(result[2]))

    def inherited(self, cloning):
        """The open files of a thread are those of its process; another process has a copy."""
        if cloning is None:
            return {}
        table = self.tables[cloning[0]]
        return table if "CLONE_FILES" in cloning[1] else dict(table)

    def path(self, table, folder, text):
        name = bytes.fromhex(text.strip('"').replace("\\x", "")).decode(errors="surrogateescape")
        if name.startswith("/"):
            return name
        if folder == "AT_FDCWD":
            return f"{self.directory}/{name}"
        open_folder = table.get(int(folder))
        return f"{open_folder.path}/{name}" if open_folder else "/" + name

    def take(self, table, call, words, result):
        if call in ("open", "creat"):
            self.open(table, self.path(table, "AT_FDCWD", words[0]), words[1] if call == "open" else "O_CREAT|O_TRUNC|O_WRONLY", words, result)
        elif call == "openat":
            self.open(table, self.path(table, words[0], words[1]), words[2], words, result)
        elif call == "close":
            table.pop(int(words[0]), None)
        elif call in ("dup", "dup2", "dup3") or call == "fcntl" and words[1].startswith("F_DUPFD"):
            if int(words[0]) in table:
                table[result] = table[int(words[0])]
            else:
                table.pop(result, None)
        elif call in ("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"):
            self.take_name(table, call, words)
        elif call in ("chdir", "fchdir", "symlink", "symlinkat", "truncate", "sync", "syncfs"):
            raise NotImplementedError(f"{call}: the replay does not know what this does to the disk")
        elif call == "write" and words[0] == "1" and 1 not in table:
            self.operations.append(Answered())
        elif words and words[0].isdigit() and int(words[0]) in table:
            self.take_data(table[int(words[0])], call, words, result)

    def open(self, table, path, flags, words, result):
        place, inode = self.place(path), self.find(path)
        table.pop(result, None)
        if inode is None and (place is None or "O_TMPFILE" not in flags and "O_CREAT" not in flags):
            return
        if "O_TMPFILE" in flags or inode is None:
            mode = int(words[-1], 8) if words[-1].isdigit() else 0o600
            created = self.new(Node(stat.S_IFREG | mode & 0o755, b""))
            if "O_TMPFILE" not in flags:
                self.link(place, created)
            inode = created
        elif "O_TRUNC" in flags:
            self.operations.append(Truncate(inode, 0))
        table[result] = OpenFile(inode, path, "O_APPEND" in flags)

    def take_data(self, file, call, words, result):
        if call in ("write", "pwrite64"):
            data = bytes.fromhex(words[1].strip('"').replace("\\x", ""))[:result]
            if len(data) != result:
                raise ValueError("the log does not hold all bytes")
            offset = int(words[3]) if call == "pwrite64" else self.size(file.inode) if file.appends else file.offset
            self.operations.append(Write(file.inode, offset, data))
            if call == "write":
                file.offset = offset + result
        elif call == "lseek":
            file.offset = result
        elif call == "ftruncate":
            self.operations.append(Truncate(file.inode, int(words[1])))
        elif call in ("fsync", "fdatasync"):
            self.operations.append(Sync(file.inode))
        elif call not in ("fcntl", "fallocate", "sync_file_range"):
            raise NotImplementedError(f"{call}: the replay does not know what this does to the disk")

    def size(self, inode):
        size = len(self.initial[inode])
        for done in self.operations:
            if isinstance(done, Write) and done.inode == inode:
                size = max(size, done.offset + len(done.data))
            elif isinstance(done, Truncate) and done.inode == inode:
                size = done.size
        return size

    def take_name(self, table, call, words):
        if call in ("unlink", "rmdir", "unlinkat"):
            place = self.place(self.path(table, *(words[:2] if call == "unlinkat" else ("AT_FDCWD", words[0]))))
            if place:
                self.names[place[0]].pop(place[1], None)
                self.operations.append(Unlink(*place))
        elif call in ("mkdir", "mkdirat"):
            place = self.place(self.path(table, *(words[:2] if call == "mkdirat" else ("AT_FDCWD", words[0]))))
            if place:
                self.link(place, self.new(Node(stat.S_IFDIR | int(words[-1], 8), None)))
        else:
            pairs = (words[:2], words[2:4]) if "at" in call else (("AT_FDCWD", words[0]), ("AT_FDCWD", words[1]))
            source, target = (self.path(table, *pair) for pair in pairs)
            place, origin, descriptor = self.place(target), self.place(source), re.match(r"/proc/(?:self|\d+)/fd/(\d+)$", source)
            if descriptor and int(descriptor[1]) in table:
                return self.link(place, table[int(descriptor[1])].inode)
            if "AT_EMPTY_PATH" in words[-1]:
                return self.link(place, table[int(words[0])].inode) if int(words[0]) in table else None
            if (place is None) != (origin is None):
                raise NotImplementedError(f"{call}: from {source} to {target}")
            if place:
                inode = self.names[origin[0]].get(origin[1])
                if call.startswith("rename"):
                    self.names[origin[0]].pop(origin[1])
                    self.link(place, inode, origin)
                else:
                    self.link(place, inode)

    def link(self, place, inode, source=None):
        self.names[place[0]][place[1]] = inode
        self.operations.append(Link(*place, inode, source))

    # Images

    def pending(self, cut):
        """Which of the operations before the cut may be lost."""
        synced, may_go = set(), set()
        for index in range(cut - 1, -1, -1):
            done = self.operations[index]
            if isinstance(done, Sync):
                synced.add(done.inode)
            elif isinstance(done, (Write, Truncate)) and done.inode not in synced:
                may_go.add(index)
            elif isinstance(done, (Link, Unlink)) and done.folder not in synced:
                may_go.add(index)
        return may_go

    def image(self, cut, kept):
        """The tree when the power fails before operation `cut`; `kept(index, operation)` says whether it got to the disk: True, False, or of
        a write a list, a sector each, where None has made room and left it empty."""
        may_go = self.pending(cut)
        names = [dict(node) if isinstance(node, dict) else None for node in self.initial]
        data, changed = {}, set()
        for index, done in enumerate(self.operations[:cut]):
            keeping = kept(index, done) if index in may_go else True
            if isinstance(done, (Write, Truncate)):
                if done.inode not in data:
                    data[done.inode] = bytearray(self.initial[done.inode])
                if keeping is not False:
                    changed.add(done.inode)
                    apply(data[done.inode], done, keeping)
            elif isinstance(done, Link) and keeping:
                if done.source and names[done.source[0]].get(done.source[1]) == done.inode:
                    del names[done.source[0]][done.source[1]]
                names[done.folder][done.name] = done.inode
            elif isinstance(done, Unlink) and keeping:
                names[done.folder].pop(done.name, None)
        tree = {}

        def walk(folder, prefix):
            for name, inode in names[folder].items():
                node = self.nodes[inode]
                if node.data is None:
                    tree[prefix + name] = node
                    walk(inode, prefix + name + "/")
                else:
                    tree[prefix + name] = Node(node.mode, bytes(data[inode])) if inode in changed else node

        walk(0, "")
        return tree


def recorded(stage, case):
    """The disk with all that the command of a case does to it."""
    log = stage.root + ".trace"
    stage.restore(case.before)
    disk = Disk(stage.root, case.before)
    stage.run(case.words, under=strace(CALLS, "--seccomp-bpf", "-xx", "-s", "70000000", "-o", log))
    disk.read(log, os.path.realpath(stage.work))
    os.unlink(log)
    return disk


class OpenFile:
    def __init__(self, inode, path, appends):
        self.inode, self.path, self.appends, self.offset = inode, path, appends, 0


def apply(data, done, keeping):
    if isinstance(done, Truncate):
        del data[done.size:]
        data.extend(bytes(done.size - len(data)))
        return
    end = done.offset + len(done.data)
    if keeping is True:
        data.extend(bytes(max(0, done.offset - len(data))))
        data[done.offset:end] = done.data
        return
    for number, sector in enumerate(range(done.offset - done.offset % SECTOR, end, SECTOR)):
        first, last = max(sector, done.offset), min(sector + SECTOR, end)
        if keeping[number]:
            data.extend(bytes(max(0, first - len(data))))
            data[first:last] = done.data[first - done.offset:last - done.offset]
        elif keeping[number] is None:
            data.extend(bytes(max(0, last - len(data))))


def sectors(done):
    return (done.offset + len(done.data) - 1) // SECTOR - done.offset // SECTOR + 1 if done.data else 0
