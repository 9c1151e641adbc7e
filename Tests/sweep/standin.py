#!/usr/bin/env python3
"""A program that does not write to the disk safely, to check that a sweep detects it.

standin.py found | off NUMBER | extra NUMBER | replace | twice NUMBER
"""
import os
import sqlite3
import sys

words, shop = sys.argv[1:], os.environ["LASEROS_SHOP"]
if words[0] == "replace":
    with open(shop + "/old", "w") as file:
        file.write("bytes")
    os.rename(shop + "/old", shop + "/new")
    sys.exit()
data = sqlite3.connect(shop + "/laseros.db", isolation_level=None)
if words[0] == "found":
    data.execute("CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT)")
    data.executemany("INSERT INTO client (name) VALUES (?)", [("x" * 500,)] * 50)
elif words[0] == "twice":
    data.execute("INSERT INTO client (name) VALUES (?)", words[1:])
    data.execute("INSERT INTO client (name) VALUES (?)", words[1:])
else:
    data.execute("PRAGMA synchronous = " + words[0])
    data.execute("BEGIN IMMEDIATE")
    data.execute("UPDATE client SET name = ? || id", (words[1] * 500,))
    data.execute("INSERT INTO client (name) VALUES (?)", words[1:])
    data.execute("COMMIT")
    print("done", flush=True)
