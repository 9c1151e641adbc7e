"""Compares dxf info for a folder of drawings with ezdxf, which reads and measures the files, and with dxflib, which only parses them.

drawings.py LASEROS FOLDER [DXFLIB], where DXFLIB is the program compiled from dxflib.cpp."""

import pathlib
import statistics
import subprocess
import sys
import time

from measure import cost

laseros, folder = sys.argv[1], pathlib.Path(sys.argv[2])
MEASURE = """
import logging
import sys
import ezdxf
from ezdxf import bbox, path

logging.disable()

def measure(name):
    space = ezdxf.readfile(name).modelspace()
    length = 0.0
    for entity in space:
        try:
            points = list(path.make_path(entity).flattening(0.01))
        except (TypeError, ValueError):
            continue
        length += sum(a.distance(b) for a, b in zip(points, points[1:]))
    return length, bbox.extents(space, fast=True)

for name in sys.argv[1:]:
    # Some of the drawings are broken on purpose, each in another way.
    try:
        measure(name)
    except Exception as error:
        print(name, error)
"""

names = sorted(str(file) for file in folder.rglob("*") if file.suffix.lower() == ".dxf")
megabytes = sum(pathlib.Path(name).stat().st_size for name in names) / 1e6
print(f"{len(names)} drawings, {megabytes:.0f} MB")


def ours():
    # Drawings that are broken on purpose make the exit code other than 0.
    began = time.perf_counter()
    subprocess.run([laseros, "dxf", "info", *names, "--csv"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def told(what, theirs):
    print(f"{what:32} wall  {our * 1000:10.2f} ms  against {theirs * 1000:10.2f} ms   {theirs / our:6.1f} times as fast")


before = [ours() for _ in range(10)]
others = {"dxf info, against ezdxf": cost([sys.executable, "-c", MEASURE, *names]).wall}
if len(sys.argv) > 3:
    others["dxf info, against dxflib"] = statistics.median(cost([sys.argv[3], *names]).wall for _ in range(10))
our = statistics.median(before + [ours() for _ in range(10)])
for what, theirs in others.items():
    told(what, theirs)
