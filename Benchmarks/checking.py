"""Compares dxf check with dxf info for large drawings, and with an older laseros: checking.py LASEROS FOLDER [OLDER].

The drawings have no faults, except one of slots that are too small for the sheet. Prints the time, and the memory per byte of the file."""

import os
import subprocess
import sys

from measure import cost

laseros, folder, older = sys.argv[1], sys.argv[2], sys.argv[3:]


def drawing(*words):
    name = os.path.join(folder, "-".join(words) + ".dxf")
    if not os.path.exists(name):
        subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__) or ".", "large.py"), *words, name], check=True)
    return name


for name, words in ((drawing("parts", "40"), []), (drawing("parts", "200"), []), (drawing("slots", "40000"), ["-t", "4"])):
    size = os.path.getsize(name) / 2**20
    for program in [laseros, *older]:
        info = cost([program, "dxf", "info", name], peak=True)
        check = cost([program, "dxf", "check", name, *words], peak=True)
        print(
            f"{os.path.basename(name):20} {size:6.1f} MiB  info {info.wall:6.2f} s {info.peak / size:5.1f} B/B"
            f"  check {check.wall:6.2f} s {check.peak / size:5.1f} B/B"
        )
