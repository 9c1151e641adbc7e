"""Reads the operations of a run on a disk from a log of strace(1) with all written bytes."""
import os
import re
import stat

from disk import Answered, Disk, Sync, Truncate, Write
from faults import strace
from stage import Node

CALLS = """open openat creat close dup dup2 dup3 fcntl write pwrite64 writev pwritev lseek ftruncate truncate fallocate fsync fdatasync sync
syncfs sync_file_range rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat link linkat symlink symlinkat chdir fchdir
copy_file_range sendfile clone clone3 fork vfork""".split()
LINE = re.compile(r"^(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>)(.*)$")
RESULT = re.compile(r"^(.*)\) += (-?\d+)")
DESCRIPTOR = re.compile(r"/proc/(?:self|\d+)/fd/(\d+)$")


def recorded(stage, case):
    """Returns the disk with all operations of the command of a case."""
    log = stage.root + ".trace"
    stage.restore(case.before)
    disk = Disk(stage.root, case.before)
    stage.run(case.words, under=strace(CALLS, "--seccomp-bpf", "-xx", "-s", "70000000", "-o", log))
    Recording(disk, os.path.realpath(stage.work)).read(log)
    return disk


class OpenFile:
    def __init__(self, inode, path, appends):
        self.inode, self.path, self.appends, self.offset = inode, path, appends, 0


class Recording:
    def __init__(self, disk, directory):
        self.disk, self.directory = disk, directory
        # The open files below the root of each thread, by descriptor.
        self.tables = {}
        # The main process, not the editor that it starts.
        self.first = None

    def read(self, log):
        begun, cloning = {}, None
        with open(log, errors="replace") as file:
            for line in file:
                match = LINE.match(line)
                if not match:
                    continue
                thread, call, resumed, rest = match.groups()
                self.first = self.first or thread
                if thread not in self.tables:
                    self.tables[thread] = self.inherited(cloning)
                if resumed:
                    call, rest = resumed, begun.pop((thread, resumed), "") + rest
                if call in ("clone", "clone3", "fork", "vfork"):
                    cloning = (thread, rest)
                if rest.endswith("<unfinished ...>"):
                    begun[thread, call] = rest.removesuffix("<unfinished ...>").rstrip()
                    continue
                result = RESULT.match(rest)
                if result and int(result[2]) >= 0:
                    words = result[1].split(", ")
                    if thread == self.first and call == "write" and words[0] == "1" and 1 not in self.tables[thread]:
                        self.disk.operations.append(Answered())
                    else:
                        self.take(self.tables[thread], call, words, int(result[2]))

    def inherited(self, cloning):
        """Returns the open files of a new thread or process: a thread shares them with its process, a child process has a copy."""
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
        file = table.get(int(folder))
        return f"{file.path}/{name}" if file else "/" + name

    def take(self, table, call, words, result):
        if call in ("open", "creat"):
            flags = words[1] if call == "open" else "O_CREAT|O_TRUNC|O_WRONLY"
            self.open(table, self.path(table, "AT_FDCWD", words[0]), flags, words[-1], result)
        elif call == "openat":
            self.open(table, self.path(table, words[0], words[1]), words[2], words[-1], result)
        elif call == "close":
            table.pop(int(words[0]), None)
        elif call in ("dup", "dup2", "dup3") or call == "fcntl" and words[1].startswith("F_DUPFD"):
            table.pop(result, None)
            if int(words[0]) in table:
                table[result] = table[int(words[0])]
        elif call in ("unlink", "rmdir", "unlinkat", "mkdir", "mkdirat"):
            self.take_name(table, call, words)
        elif call in ("rename", "renameat", "renameat2", "link", "linkat"):
            self.take_move(table, call, words)
        elif call in ("chdir", "fchdir", "symlink", "symlinkat", "truncate", "sync", "syncfs"):
            raise NotImplementedError(f"{call}: nobody knows yet what this does to the disk")
        elif words and words[0].isdigit() and int(words[0]) in table:
            self.take_data(table[int(words[0])], call, words, result)

    def open(self, table, path, flags, mode, result):
        place, inode = self.disk.place(path), self.disk.find(path)
        table.pop(result, None)
        if "O_TMPFILE" in flags and inode is not None or inode is None and place and "O_CREAT" in flags:
            inode = self.disk.new(Node(stat.S_IFREG | int(mode, 8) & 0o755, b""))
            if "O_TMPFILE" not in flags:
                self.disk.link(place, inode)
        elif inode is None:
            return
        elif "O_TRUNC" in flags:
            self.disk.operations.append(Truncate(inode, 0))
        table[result] = OpenFile(inode, path, "O_APPEND" in flags)

    def take_data(self, file, call, words, result):
        if call in ("write", "pwrite64"):
            data = bytes.fromhex(words[1].strip('"').replace("\\x", ""))[:result]
            if len(data) != result:
                raise ValueError("the log does not hold all bytes")
            offset = int(words[3]) if call == "pwrite64" else self.disk.size(file.inode) if file.appends else file.offset
            self.disk.operations.append(Write(file.inode, offset, data))
            if call == "write":
                file.offset = offset + result
        elif call == "lseek":
            file.offset = result
        elif call == "ftruncate":
            self.disk.operations.append(Truncate(file.inode, int(words[1])))
        elif call in ("fsync", "fdatasync"):
            self.disk.operations.append(Sync(file.inode))
        elif call not in ("fcntl", "fallocate", "sync_file_range"):
            raise NotImplementedError(f"{call}: nobody knows yet what this does to the disk")

    def take_name(self, table, call, words):
        pair = words[:2] if call.endswith("at") else ("AT_FDCWD", words[0])
        place = self.disk.place(self.path(table, *pair))
        if place and call.startswith("mkdir"):
            self.disk.link(place, self.disk.new(Node(stat.S_IFDIR | int(words[-1], 8), None)))
        elif place:
            self.disk.unlink(place)

    def take_move(self, table, call, words):
        pairs = (words[:2], words[2:4]) if "at" in call else (("AT_FDCWD", words[0]), ("AT_FDCWD", words[1]))
        source, target = (self.path(table, *pair) for pair in pairs)
        place, origin, named = self.disk.place(target), self.disk.place(source), DESCRIPTOR.match(source)
        descriptor = named[1] if named else words[0] if "AT_EMPTY_PATH" in words[-1] else None
        if descriptor:
            # An unnamed file gets a name.
            if int(descriptor) in table:
                self.disk.link(place, table[int(descriptor)].inode)
        elif (place is None) != (origin is None):
            raise NotImplementedError(f"{call}: from {source} to {target}")
        elif place:
            inode = self.disk.names[origin[0]].get(origin[1])
            if call.startswith("rename"):
                self.disk.names[origin[0]].pop(origin[1])
            self.disk.link(place, inode, origin if call.startswith("rename") else None)
