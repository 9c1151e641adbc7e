#!/usr/bin/env python3
"""R4: a file gets its name when its bytes are on the disk, and the name is on the disk before the run ends.

renames.py BINARY [--sample] [--only COMMAND]

Every command that writes runs once under strace(1). Before each rename(2) and linkat(2) of a file its bytes are synced, behind it the
folder is.
"""
import faults
from cases import documents, writing
from disk import Link, Sync
from recording import recorded

sweep = faults.Sweep("renames", __doc__)
sweep.open()
for case in sweep.cases(writing, documents, whole=not sweep.sample):
    operations = recorded(sweep.stage, case).operations
    sweep.counts["commands"] += 1
    for index, done in enumerate(operations):
        before, behind = operations[:index], operations[index:]
        if not isinstance(done, Link):
            continue
        of_it = [other for other in before if getattr(other, "inode", None) == done.inode and not isinstance(other, Link)]
        if not done.source and not of_it:
            # A name without bytes yet, or of a folder.
            continue
        sweep.counts["renames"] += 1
        if of_it and not isinstance(of_it[-1], Sync):
            sweep.fail("file not synced", done.name, case.line)
        if Sync(done.folder) not in behind:
            sweep.fail("folder not synced", done.name, case.line)
sweep.finish("commands", "renames", "file not synced", "folder not synced")
