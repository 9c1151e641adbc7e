"""Writes large drawings: large.py parts|lines|slots MEGABYTES-OR-NUMBER OUT.dxf

`parts` are plates with holes, slots and outlines of single lines, like a sheet full of parts; `lines` are squares of single lines in random
order; `slots` is one plate full of slots of 2 mm."""

import math
import random
import sys

kind, size, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
dice = random.Random(7)


def tags(*pairs):
    return "".join(f"{code:3d}\n{value}\n" for code, value in pairs)


def line(a, b):
    return tags((0, "LINE"), (5, "1A2"), (100, "AcDbEntity"), (8, "CUT"), (100, "AcDbLine"), (10, a[0]), (20, a[1]), (30, 0.0), (11, b[0]), (21, b[1]),
                (31, 0.0))


def outline(corners):
    out = tags((0, "LWPOLYLINE"), (5, "1A0"), (100, "AcDbEntity"), (8, "CUT"), (100, "AcDbPolyline"), (90, len(corners)), (70, 1), (43, 0.0))
    for x, y, bulge in corners:
        out += tags((10, round(x, 6)), (20, round(y, 6)), *([(42, bulge)] if bulge else []))
    return out


def part(x, y):
    quarter = 0.41421356237309503
    out = outline([(x + px, y + py, bulge) for px, py, bulge in (
        (5, 0, 0), (85, 0, quarter), (90, 5, 0), (90, 55, quarter), (85, 60, 0), (5, 60, quarter), (0, 55, 0), (0, 5, quarter))])
    for hole in range(4):
        out += tags((0, "CIRCLE"), (5, "1A1"), (100, "AcDbEntity"), (8, "CUT"), (100, "AcDbCircle"), (10, round(x + 15 + 20 * hole, 6)),
                    (20, round(y + 15, 6)), (30, 0.0), (40, 4.25))
    corners = [(x + 20 + 8 * math.cos(k), y + 40 + 8 * math.sin(k)) for k in (0, 1, 2, 3, 4, 5)]
    for a, b in zip(corners, corners[1:] + corners[:1]):
        out += line(a, b)
    return out + tags((0, "ARC"), (5, "1A3"), (100, "AcDbEntity"), (8, "CUT"), (100, "AcDbCircle"), (10, x + 60), (20, y + 40), (30, 0.0), (40, 7.5),
                      (100, "AcDbArc"), (50, 0.0), (51, 180.0)) + line((x + 52.5, y + 40), (x + 67.5, y + 40))


with open(name, "w") as file:
    file.write(tags((0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1015"), (9, "$INSUNITS"), (70, 4), (0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES")))
    if kind == "lines":
        squares = list(range(size // 4))
        side = math.isqrt(len(squares)) + 1
        pieces = [(k, s) for k in squares for s in range(4)]
        dice.shuffle(pieces)
        for square, s in pieces:
            x, y = square % side * 3.0 + 0.123, square // side * 3.0 + 0.456
            corners = [(x, y), (x + 2, y), (x + 2, y + 2), (x, y + 2)]
            a, b = corners[s], corners[(s + 1) % 4]
            file.write(line(a, b) if dice.random() < 0.5 else line(b, a))
    elif kind == "slots":
        file.write(outline([(-10, -10, 0), (2410, -10, 0), (2410, 10 * (size // 100) + 10, 0), (-10, 10 * (size // 100) + 10, 0)]))
        for number in range(size):
            x, y = number % 100 * 24.0 + 3, number // 100 * 10.0 + 3
            file.write(outline([(x, y, 0), (x + 10, y, 1), (x + 10, y + 2, 0), (x, y + 2, 1)]))
    else:
        number = 0
        while file.tell() < size * 1_000_000:
            file.write(part(number % 100 * 100.0 + 0.125, number // 100 * 70.0 + 0.375))
            number += 1
    file.write(tags((0, "ENDSEC"), (0, "EOF")))
