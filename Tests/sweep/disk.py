"""The operations of a run on a disk, and the possible states of that disk after a power failure.

Writes that were not synced may be lost completely or by sectors of 512 bytes, whatever was written later. A created, removed or renamed
name may be lost as long as its folder was not synced, and the contents of a folder are lost with its name.
"""
import os
import stat
from typing import NamedTuple

from stage import Node

SECTOR = 512


class Write(NamedTuple):
    inode: int
    offset: int
    data: bytes

    @property
    def sectors(self):
        return (self.offset + len(self.data) - 1) // SECTOR - self.offset // SECTOR + 1 if self.data else 0


class Truncate(NamedTuple):
    inode: int
    size: int


class Sync(NamedTuple):
    inode: int


class Link(NamedTuple):
    """A name that is new or refers to another file now. `source` is the (folder, name) before a rename."""

    folder: int
    name: str
    inode: int
    source: tuple | None = None


class Unlink(NamedTuple):
    folder: int
    name: str


class Answered(NamedTuple):
    """The run wrote to standard output."""


class Disk:
    """The files below a folder, in the form of a tree, and the operations on them in order."""

    # The user's log and temporary files are not covered by the promises about a command.
    IGNORED = ("home", "tmp")

    def __init__(self, root, tree):
        self.root = os.path.realpath(root)
        # By inode number: the initial contents of files and folders, and the current names in folders.
        self.nodes, self.initial, self.names, self.operations = [], [], [], []
        self.new(Node(stat.S_IFDIR | 0o700, None))
        for path, node in sorted(tree.items()):
            if not path.startswith(self.IGNORED):
                folder, name = self.place(f"{self.root}/{path}")
                self.names[folder][name] = self.new(node)
        self.initial = [dict(names) if names is not None else data for names, data in zip(self.names, self.initial)]

    def new(self, node):
        self.nodes.append(node)
        self.initial.append({} if node.data is None else node.data)
        self.names.append({} if node.data is None else None)
        return len(self.nodes) - 1

    def place(self, path):
        """Returns the folder of a path and the name in it; None outside the root."""
        path = os.path.normpath(path)
        below = path.removeprefix(self.root + "/")
        if below == path or below.startswith(self.IGNORED):
            return None
        folder, parts = 0, below.split("/")
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

    def link(self, place, inode, source=None):
        self.names[place[0]][place[1]] = inode
        self.operations.append(Link(*place, inode, source))

    def unlink(self, place):
        self.names[place[0]].pop(place[1], None)
        self.operations.append(Unlink(*place))

    def size(self, inode):
        size = len(self.initial[inode])
        for done in self.operations:
            if isinstance(done, Write) and done.inode == inode:
                size = max(size, done.offset + len(done.data))
            elif isinstance(done, Truncate) and done.inode == inode:
                size = done.size
        return size

    def pending(self, cut):
        """Returns the operations before the cut that may be lost."""
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
        """Returns the tree if the power fails before operation `cut`.

        `kept(index, operation)` says whether an operation that may be lost has reached the disk: True or False, or for a write a list with
        an item per sector, where None stands for a sector that was allocated but stayed empty.
        """
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
                tree[prefix + name] = Node(node.mode, bytes(data[inode])) if inode in changed else node
                if node.data is None:
                    walk(inode, prefix + name + "/")

        walk(0, "")
        return tree


def apply(data, done, keeping):
    """Applies an operation, or some sectors of it, to the bytes of a file."""
    if isinstance(done, Truncate):
        del data[done.size:]
        data.extend(bytes(done.size - len(data)))
        return
    end = done.offset + len(done.data)
    for number, sector in enumerate(range(done.offset - done.offset % SECTOR, end, SECTOR)):
        first, last = max(sector, done.offset), min(sector + SECTOR, end)
        if keeping is True or keeping[number]:
            data.extend(bytes(max(0, first - len(data))))
            data[first:last] = done.data[first - done.offset:last - done.offset]
        elif keeping[number] is None:
            data.extend(bytes(max(0, last - len(data))))
