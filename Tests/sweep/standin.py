#!/usr/bin/env python3
"""A database as somebody might keep it: stands in for laseros where a sweep has to show that it can see a fault.

standin.py found | off NUMBER | extra NUMBER
"""
import os
import sqlite3
import sys

words = sys.argv[1:]
data = sqlite3.connect(os.environ["LASEROS_SHOP"] + "/laseros.db", isolation_level=None)
if words[0] == "found":
    data.execute("CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT)")
    data.executemany("INSERT INTO client (name) VALUES (?)", [("x" * 500,)] * 50)
else:
    data.execute("PRAGMA synchronous = " + words[0])
    data.execute("BEGIN IMMEDIATE")
    data.execute("UPDATE client SET name = ? || id", (words[1] * 500,))
    data.execute("INSERT INTO client (name) VALUES (?)", words[1:])
    data.execute("COMMIT")
    print("done", flush=True)
