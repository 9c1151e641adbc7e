"""Measures `inv remnant match` in a shop with 5,000 remnants of one material: seven tenths are rectangles, two are an L, one has windows.

It should take at most 100 ms of CPU for any part: one that fits into many, into few, and into none.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile

from measure import cost

laseros, count, RUNS = os.path.abspath(sys.argv[1]), 5000, 9
dice = random.Random(17)
PARTS = {
    "flange": (["circle 0 0 100", "circle 0 0 30"], "fits into most"),
    "bar": (["line 0 0 1150 90"], "fits into few, at a slant"),
    "angle": (["poly 0,0 700,0 700,120 120,120 120,600 0,600"], "fits into few, also into an L"),
    "plate": (["line 0 0 1400 900"], "fits into none"),
    "blob": (["poly " + " ".join(f"{300 + dice.randint(150, 300) * c:.3f},{300 + dice.randint(150, 300) * s:.3f}" for c, s in (
        (1, 0), (0.8, 0.6), (0.3, 0.95), (-0.3, 0.95), (-0.8, 0.6), (-1, 0), (-0.8, -0.6), (-0.3, -0.95), (0.3, -0.95), (0.8, -0.6)))], "an irregular part"),
}


def entities(shape):
    kind, *rest = shape.split()
    if kind == "circle":
        x, y, radius = rest
        return f"0\nCIRCLE\n8\n0\n10\n{x}\n20\n{y}\n40\n{radius}\n"
    corners = [tuple(map(float, word.split(","))) for word in rest] if kind == "poly" else None
    if corners is None:
        left, low, right, top = map(float, rest)
        corners = [(left, low), (right, low), (right, top), (left, top)]
    vertices = "".join(f"10\n{x}\n20\n{y}\n" for x, y in corners)
    return f"0\nLWPOLYLINE\n8\n0\n90\n{len(corners)}\n70\n1\n{vertices}"


def remnant(number):
    """The size, the outline and the area of a remnant."""
    width, height = dice.randint(150, 1250), dice.randint(100, 900)
    box, area = f"0,0 {width},0 {width},{height} 0,{height}", width * height
    if number % 10 < 7:
        return width, height, None, area
    x, y = dice.randint(30, width - 60), dice.randint(30, height - 40)
    if number % 10 < 9:
        outline = f"0,0 {width},0 {width},{height - y} {width - x},{height - y} {width - x},{height} 0,{height}"
        return width, height, outline, area - x * y
    side = min(width - x, height - y, 90) - 5
    return width, height, f"{box}; {x},{y} {x + side},{y} {x + side},{y + side} {x},{y + side}", area - side * side


with tempfile.TemporaryDirectory() as folder:
    shop = folder + "/shop"
    for words in (["init", shop], ["material", "add", "MS", "Mild steel", "--density", "7.85", "--shop", shop]):
        subprocess.run([laseros, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    script = ["BEGIN;"]
    for number in range(1, count + 1):
        width, height, outline, area = remnant(number)
        outline = f"'{outline}'" if outline else "NULL"
        script.append(
            f"INSERT INTO lot (id, code, kind, material_id, thickness_um, size, outline, area_mm2) VALUES"
            f" ({number}, 'RE-{number:04}', 'remnant', 1, 3000, '{width}x{height}', {outline}, {area});"
            f"INSERT INTO movement (lot_id, kind, day, quantity_millis, at) VALUES ({number}, 'receipt', '2026-01-01', 1000, '2026-01-01T08:00:00.000Z');")
    script.append("COMMIT;")
    subprocess.run(["sqlite3", shop + "/laseros.db"], input="\n".join(script), text=True, check=True)
    empty = [laseros, "material", "show", "MS", "--shop", shop]
    # What the commands note about their drawings is not of interest here.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    print(f"material show, for comparison: {statistics.median(cost(empty).cpu for _ in range(RUNS)) * 1000:.1f} ms of CPU")
    for name, (shapes, what) in PARTS.items():
        path = f"{folder}/{name}-MS-3mm.dxf"
        with open(path, "w") as file:
            file.write("0\nSECTION\n2\nENTITIES\n" + "".join(map(entities, shapes)) + "0\nENDSEC\n0\nEOF\n")
        for quantity in (1, 4):
            command = [laseros, "inv", "remnant", "match", f"{path}:{quantity}", "--csv", "--shop", shop]
            found = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.count("\n") - 1
            cpu = statistics.median(cost(command).cpu for _ in range(RUNS))
            print(f"{quantity} x {name} ({what}): {cpu * 1000:.1f} ms of CPU, {found} remnants")
