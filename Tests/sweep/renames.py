#!/usr/bin/env python3
"""R4: a file is renamed into place after its bytes are synced, and its folder is synced before the run ends.

renames.py BINARY [--sample] [--only COMMAND]

Every writing command runs once under strace(1). Before each rename(2) or linkat(2) the bytes of the file are synced, and after it the
folder. The sweep must detect a program that syncs neither.
"""
import faults
from cases import Case, documents, writing
from disk import Link, Sync
from recording import recorded
from stage import StandIn


def renamed(operations):
    """Returns each file with contents that gets a name: the name, whether the bytes were synced, and whether the folder was."""
    for index, done in enumerate(operations):
        if not isinstance(done, Link):
            continue
        before = [other for other in operations[:index] if getattr(other, "inode", None) == done.inode and not isinstance(other, Link)]
        if done.source or before:
            yield done.name, not before or isinstance(before[-1], Sync), Sync(done.folder) in operations[index:]


sweep = faults.Sweep("renames", __doc__)
sweep.open()
careless = StandIn()
if list(renamed(recorded(careless, Case(careless, ["replace"], careless.look(), again=["replace"])).operations)) != [("new", False, False)]:
    sweep.fail("blind", "a file that is renamed without a sync is not seen")
for case in sweep.cases(writing, documents, whole=not sweep.sample):
    sweep.counts["commands"] += 1
    for name, is_file_synced, is_folder_synced in renamed(recorded(sweep.stage, case).operations):
        sweep.counts["renames"] += 1
        if not is_file_synced:
            sweep.fail("file not synced", name, case.line)
        if not is_folder_synced:
            sweep.fail("folder not synced", name, case.line)
sweep.finish("commands", "renames", "file not synced", "folder not synced")
