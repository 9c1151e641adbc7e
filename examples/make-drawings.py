#!/usr/bin/env python3
"""Writes the example drawings into the folder of this script, with the same bytes every time."""
import math
import pathlib
import random

FOLDER = pathlib.Path(__file__).resolve().parent
INCH, MM = 1, 4


class Drawing:
    """Collects entities and writes them as R12 (AC1009) or R2000 (AC1015)."""

    def __init__(self, version="AC1015", units=MM, layers=(("CUT", 7),), line_end="\n"):
        self.version, self.units, self.layers, self.line_end = version, units, layers, line_end
        self.model, self.blocks, self.handle = [], [], 0x100
        self.target = self.model

    def tags(self, *pairs):
        self.target.extend(pairs)

    def entity(self, kind, layer, marker, *pairs):
        self.handle += 1
        head = [(0, kind), (5, f"{self.handle:X}")]
        if self.version == "AC1015":
            head += [(330, "1F" if self.target is self.model else "20"), (100, "AcDbEntity"), (8, layer), (100, marker)]
        else:
            head += [(8, layer)]
        self.tags(*head, *pairs)

    def line(self, a, b, layer="CUT"):
        self.entity("LINE", layer, "AcDbLine", (10, a[0]), (20, a[1]), (30, 0.0), (11, b[0]), (21, b[1]), (31, 0.0))

    def circle(self, x, y, radius, layer="CUT"):
        self.entity("CIRCLE", layer, "AcDbCircle", (10, x), (20, y), (30, 0.0), (40, radius))

    def arc(self, x, y, radius, start, end, layer="CUT"):
        self.entity("ARC", layer, "AcDbCircle", (10, x), (20, y), (30, 0.0), (40, radius))
        self.tags(*([(100, "AcDbArc")] if self.version == "AC1015" else []), (50, start), (51, end))

    def ellipse(self, x, y, major, ratio, layer="CUT"):
        self.entity("ELLIPSE", layer, "AcDbEllipse", (10, x), (20, y), (30, 0.0), (11, major), (21, 0.0), (31, 0.0))
        self.tags((210, 0.0), (220, 0.0), (230, 1.0), (40, ratio), (41, 0.0), (42, 2 * math.pi))

    def polyline(self, corners, closed=True, layer="CUT"):
        """Corners are (x, y) or (x, y, bulge)."""
        corners = [tuple(c) + (0.0,) * (3 - len(c)) for c in corners]
        if self.version == "AC1015":
            self.entity("LWPOLYLINE", layer, "AcDbPolyline", (90, len(corners)), (70, int(closed)), (43, 0.0))
            for x, y, bulge in corners:
                self.tags((10, x), (20, y), *([(42, bulge)] if bulge else []))
            return
        self.entity("POLYLINE", layer, "", (66, 1), (70, int(closed)))
        for x, y, bulge in corners:
            self.entity("VERTEX", layer, "", (10, x), (20, y), (30, 0.0), *([(42, bulge)] if bulge else []))
        self.entity("SEQEND", layer, "")

    def rounded(self, x, y, width, height, radius, layer="CUT"):
        quarter = math.tan(math.pi / 8)
        a, b, c, d, r = x, y, x + width, y + height, radius
        self.polyline([(a + r, b), (c - r, b, quarter), (c, b + r), (c, d - r, quarter), (c - r, d), (a + r, d, quarter),
                       (a, d - r), (a, b + r, quarter)], layer=layer)

    def slot(self, x, y, length, width, layer="CUT"):
        """A slot along x. The length is the distance between the centres of its ends."""
        h, r = length / 2, width / 2
        self.polyline([(x - h, y - r), (x + h, y - r, 1.0), (x + h, y + r), (x - h, y + r, 1.0)], layer=layer)

    def spline_arc(self, x, y, radius, start, end, pieces, layer="CUT"):
        """A circular arc as a rational quadratic spline."""
        step = math.radians(end - start) / pieces
        weight = math.cos(step / 2)
        points, weights = [], []
        for index in range(2 * pieces + 1):
            angle = math.radians(start) + step * index / 2
            reach = radius if index % 2 == 0 else radius / weight
            points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
            weights.append(1.0 if index % 2 == 0 else weight)
        knots = [0.0] * 3 + [float(k) for k in range(1, pieces) for _ in range(2)] + [float(pieces)] * 3
        self.entity("SPLINE", layer, "AcDbSpline", (210, 0.0), (220, 0.0), (230, 1.0), (70, 12), (71, 2), (72, len(knots)),
                    (73, len(points)), (74, 0), (42, 1e-9), (43, 1e-9))
        self.tags(*[(40, k) for k in knots], *[(41, w) for w in weights])
        for px, py in points:
            self.tags((10, px), (20, py), (30, 0.0))

    def insert(self, name, x, y, sx=1.0, sy=1.0, turn=0.0, layer="CUT"):
        self.entity("INSERT", layer, "AcDbBlockReference", (2, name), (10, x), (20, y), (30, 0.0), (41, sx), (42, sy), (43, 1.0),
                    (50, turn))

    def block(self, name, draw):
        self.target = []
        draw(self)
        self.blocks.append((name, self.target))
        self.target = self.model

    def text(self, x, y, height, words, layer="CUT"):
        self.entity("TEXT", layer, "AcDbText", (10, x), (20, y), (30, 0.0), (40, height), (1, words))
        self.tags(*([(100, "AcDbText")] if self.version == "AC1015" else []))

    def write(self, name):
        rows = [f"{code:>3}\n{value!r}" if isinstance(value, float) else f"{code:>3}\n{value}" for code, value in self.whole()]
        text = "\n".join(rows) + "\n"
        (FOLDER / name).write_bytes(text.replace("\n", self.line_end).encode("ascii"))

    def whole(self):
        yield from [(0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, self.version), (9, "$INSUNITS"), (70, self.units),
                    (9, "$MEASUREMENT"), (70, int(self.units == MM))]
        if self.version == "AC1015":
            yield from [(9, "$HANDSEED"), (5, "FFFF")]
        yield from [(0, "ENDSEC"), (0, "SECTION"), (2, "TABLES")]
        yield from self.modern_tables() if self.version == "AC1015" else self.old_tables()
        yield from [(0, "ENDSEC"), (0, "SECTION"), (2, "BLOCKS")]
        yield from self.block_section()
        yield from [(0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES"), *self.model, (0, "ENDSEC")]
        if self.version == "AC1015":
            yield from [(0, "SECTION"), (2, "OBJECTS"), (0, "DICTIONARY"), (5, "C"), (330, "0"), (100, "AcDbDictionary"), (281, 1),
                        (3, "ACAD_GROUP"), (350, "D"), (0, "DICTIONARY"), (5, "D"), (330, "C"), (100, "AcDbDictionary"), (281, 1),
                        (0, "ENDSEC")]
        yield (0, "EOF")

    def old_tables(self):
        yield from [(0, "TABLE"), (2, "LTYPE"), (70, 1), (0, "LTYPE"), (2, "CONTINUOUS"), (70, 0), (3, "Solid line"), (72, 65), (73, 0),
                    (40, 0.0), (0, "ENDTAB"), (0, "TABLE"), (2, "LAYER"), (70, len(self.layers))]
        for name, colour in self.layers:
            yield from [(0, "LAYER"), (2, name), (70, 0), (62, colour), (6, "CONTINUOUS")]
        yield (0, "ENDTAB")

    def modern_tables(self):
        def table(name, handle, records=()):
            yield from [(0, "TABLE"), (2, name), (5, handle), (330, "0"), (100, "AcDbSymbolTable"), (70, len(records))]
            for number, (marker, *pairs) in enumerate(records):
                yield from [(0, name), (5, f"{handle}{number:X}"), (330, handle), (100, "AcDbSymbolTableRecord"), (100, marker), *pairs]
            yield (0, "ENDTAB")

        solid = [(3, ""), (72, 65), (73, 0), (40, 0.0)]
        lines = [["AcDbLinetypeTableRecord", (2, name), (70, 0), *solid] for name in ("ByBlock", "ByLayer", "Continuous")]
        layers = [("0", 7)] + [each for each in self.layers if each[0] != "0"]
        yield from table("VPORT", "A8")
        yield from table("LTYPE", "A5", lines)
        yield from table("LAYER", "A2", [["AcDbLayerTableRecord", (2, name), (70, 0), (62, colour), (6, "Continuous")]
                                         for name, colour in layers])
        yield from table("STYLE", "A3", [["AcDbTextStyleTableRecord", (2, "Standard"), (70, 0), (40, 0.0), (41, 1.0), (50, 0.0), (71, 0),
                                          (42, 2.5), (3, "txt"), (4, "")]])
        yield from table("VIEW", "A6")
        yield from table("UCS", "A7")
        yield from table("APPID", "A9", [["AcDbRegAppTableRecord", (2, "ACAD"), (70, 0)]])
        yield from table("DIMSTYLE", "AA")
        yield from [(0, "TABLE"), (2, "BLOCK_RECORD"), (5, "1"), (330, "0"), (100, "AcDbSymbolTable"), (70, 2 + len(self.blocks))]
        for handle, name in [("1F", "*Model_Space"), ("1B", "*Paper_Space")] + self.block_handles():
            yield from [(0, "BLOCK_RECORD"), (5, handle), (330, "1"), (100, "AcDbSymbolTableRecord"), (100, "AcDbBlockTableRecord"), (2, name)]
        yield (0, "ENDTAB")

    def block_handles(self):
        return [(f"B{number:X}", name) for number, (name, _) in enumerate(self.blocks)]

    def block_section(self):
        if self.version != "AC1015":
            for name, tags in self.blocks:
                yield from [(0, "BLOCK"), (8, "0"), (2, name), (70, 0), (10, 0.0), (20, 0.0), (30, 0.0), (3, name), *tags, (0, "ENDBLK"),
                            (8, "0")]
            return
        spaces = [("1F", "*Model_Space", []), ("1B", "*Paper_Space", [])]
        for handle, name, tags in spaces + [(h, n, t) for (h, n), (_, t) in zip(self.block_handles(), self.blocks)]:
            yield from [(0, "BLOCK"), (5, f"E{handle}"), (330, handle), (100, "AcDbEntity"), (8, "0"), (100, "AcDbBlockBegin"), (2, name),
                        (70, 0), (10, 0.0), (20, 0.0), (30, 0.0), (3, name), (1, ""), *tags, (0, "ENDBLK"), (5, f"F{handle}"),
                        (330, handle), (100, "AcDbEntity"), (8, "0"), (100, "AcDbBlockEnd")]


class LightBurn:
    """Writes a LightBurn project, LBRN2. A transformation is (a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f."""

    def __init__(self, layers=(("Cut", "CUT"),)):
        self.rows = ['<?xml version="1.0" encoding="UTF-8"?>',
                     '<LightBurnProject AppVersion="1.7.08" FormatVersion="1" MaterialHeight="0" MirrorX="False" MirrorY="True">']
        for index, (kind, name) in enumerate(layers):
            values = [("index", index), ("name", name), ("minPower", 40), ("maxPower", 80), ("speed", 12.5), ("priority", index)]
            self.rows += [f'    <CutSetting type="{kind}">', *(f'        <{key} Value="{value}"/>' for key, value in values),
                          "    </CutSetting>"]

    def shape(self, kind, place, inner=(), **attributes):
        words = "".join(f' {key}="{value}"' for key, value in attributes.items())
        placed = f"<XForm>{' '.join(f'{number:g}' for number in place)}</XForm>"
        return [f'<Shape Type="{kind}" CutIndex="0"{words}>', "    " + placed, *("    " + row for row in inner), "</Shape>"]

    def group(self, place, *shapes):
        return self.shape("Group", place, ["<Children>", *("    " + row for shape in shapes for row in shape), "</Children>"])

    def write(self, name, *shapes):
        rows = self.rows + ["    " + row for shape in shapes for row in shape] + ["</LightBurnProject>"]
        (FOLDER / name).write_bytes(("\n".join(rows) + "\n").encode("utf-8"))


def flange():
    drawing = Drawing("AC1009")
    drawing.circle(0.0, 0.0, 100.0)
    drawing.circle(0.0, 0.0, 45.0)
    for hole in range(8):
        angle = math.radians(22.5 + 45 * hole)
        drawing.circle(80 * math.cos(angle), 80 * math.sin(angle), 9.0)
    drawing.write("0001-Flange-MS-10mm-x4.dxf")


def bracket():
    drawing = Drawing(line_end="\r\n")
    # An L of two legs 40 wide; the inner corner has a radius of 8, the outer corners one of 5.
    quarter = math.tan(math.pi / 8)
    drawing.polyline([(5.0, 0.0), (115.0, 0.0, quarter), (120.0, 5.0), (120.0, 35.0, quarter), (115.0, 40.0), (48.0, 40.0, -quarter),
                      (40.0, 48.0), (40.0, 85.0, quarter), (35.0, 90.0), (5.0, 90.0, quarter), (0.0, 85.0), (0.0, 5.0, quarter)])
    drawing.slot(85.0, 20.0, 20.0, 9.0)
    drawing.slot(50.0, 20.0, 10.0, 9.0)
    drawing.circle(20.0, 20.0, 5.5)
    drawing.circle(20.0, 70.0, 5.5)
    drawing.write("0002-Bracket-MS-5mm-x10.dxf")


def gasket():
    drawing = Drawing()
    # Two ears of radius 15 at 60 from the centre, a body of radius 45, and the tangents between them.
    lean = math.degrees(math.acos((45 - 15) / 60))
    drawing.spline_arc(0.0, 0.0, 45.0, lean, 180 - lean, 2)
    drawing.spline_arc(0.0, 0.0, 45.0, 180 + lean, 360 - lean, 2)
    drawing.spline_arc(60.0, 0.0, 15.0, -lean, lean, 2)
    drawing.spline_arc(-60.0, 0.0, 15.0, 180 - lean, 180 + lean, 2)
    for across in (1, -1):
        for up in (1, -1):
            x, y = across * math.cos(math.radians(lean)), up * math.sin(math.radians(lean))
            drawing.line((45 * x, 45 * y), (across * 60 + 15 * x, 15 * y))
    drawing.spline_arc(0.0, 0.0, 30.0, 0, 360, 4)
    for x in (-60.0, 60.0):
        drawing.spline_arc(x, 0.0, 6.0, 0, 360, 4)
    drawing.write("0003-Gasket-SS-1mm-x25.dxf")


def panel():
    drawing = Drawing("AC1009", layers=(("OUTLINE", 7), ("HOLES", 1)))
    drawing.rounded(0.0, 0.0, 600.0, 400.0, 12.0, layer="OUTLINE")
    for row in range(12):
        for column in range(20):
            drawing.circle(62.5 + 25.0 * column, 62.5 + 25.0 * row, 5.0, layer="HOLES")
    drawing.write("0004-Panel-AL-2mm-x6.dxf")


def cover():
    drawing = Drawing(units=INCH)
    drawing.rounded(0.0, 0.0, 12.0, 8.0, 0.5)
    for x in (0.5, 11.5):
        for y in (0.5, 7.5):
            drawing.circle(x, y, 0.140625)
    for louver in range(6):
        drawing.slot(6.0, 2.25 + 0.7 * louver, 4.0, 0.25)
    drawing.write("0005-Cover-SS-3mm-x2.dxf")


def nameplate():
    drawing = Drawing()

    def corner(block):
        block.circle(0.0, 0.0, 1.6, layer="0")
        block.slot(12.0, 0.0, 8.0, 2.0, layer="0")

    drawing.block("CORNER", corner)
    drawing.block("SIDE", lambda block: (block.insert("CORNER", 0.0, 0.0, layer="0"), block.insert("CORNER", 0.0, 30.0, sy=-1.0, layer="0")))
    drawing.rounded(0.0, 0.0, 90.0, 40.0, 4.0)
    drawing.insert("SIDE", 5.0, 5.0)
    drawing.insert("SIDE", 85.0, 5.0, sx=-1.0)
    drawing.ellipse(45.0, 20.0, 18.0, 0.5)
    drawing.write("0006-Nameplate-Brass-1.5mm-x50.dxf")


def nameplate_project():
    """The same part as `nameplate`, as a LightBurn project."""
    project = LightBurn()
    corner = lambda place: project.group(place, project.shape("Ellipse", (1, 0, 0, 1, 0, 0), Rx=1.6, Ry=1.6),
                                         project.shape("Rect", (1, 0, 0, 1, 12, 0), W=10, H=2, Cr=1))
    side = lambda place: project.group(place, corner((1, 0, 0, 1, 0, 0)), corner((1, 0, 0, -1, 0, 30)))
    project.write("0006-Nameplate-Brass-1.5mm-x50.lbrn2", project.shape("Rect", (1, 0, 0, 1, 45, 20), W=90, H=40, Cr=4),
                  side((1, 0, 0, 1, 5, 5)), side((-1, 0, 0, 1, 85, 5)), project.shape("Ellipse", (2, 0, 0, 1, 45, 20), Rx=9, Ry=9))


def link():
    drawing = Drawing("AC1009")
    # Two eyes joined by tangents, as single lines and arcs in random order and direction.
    lean = math.degrees(math.acos((30 - 20) / 120))
    c, s = math.cos(math.radians(lean)), math.sin(math.radians(lean))
    pieces = [lambda: drawing.arc(0.0, 0.0, 30.0, lean, 360 - lean), lambda: drawing.arc(120.0, 0.0, 20.0, 360 - lean, lean)]
    for up in (1, -1):
        a, b = (30 * c, up * 30 * s), (120 + 20 * c, up * 20 * s)
        # Each tangent in five segments.
        stops = [(a[0] + (b[0] - a[0]) * k / 5, a[1] + (b[1] - a[1]) * k / 5) for k in range(6)]
        for first, second in zip(stops, stops[1:]):
            pieces.append(lambda first=first, second=second: drawing.line(first, second))
            if up < 0:
                pieces[-1] = lambda first=first, second=second: drawing.line(second, first)
    # A square hole with chamfered corners in the large eye, a round hole in the small eye.
    corners = [(-12.0, -8.0), (-8.0, -12.0), (8.0, -12.0), (12.0, -8.0), (12.0, 8.0), (8.0, 12.0), (-8.0, 12.0), (-12.0, 8.0)]
    for first, second in zip(corners, corners[1:] + corners[:1]):
        pieces.append(lambda first=first, second=second: drawing.line(first, second))
    pieces.append(lambda: drawing.arc(120.0, 0.0, 9.0, 0.0, 180.0))
    pieces.append(lambda: drawing.arc(120.0, 0.0, 9.0, 180.0, 360.0))
    random.Random(7).shuffle(pieces)
    for draw in pieces:
        draw()
    drawing.write("0007-Link-MS-8mm-x12.dxf")


def faulty():
    drawing = Drawing(layers=(("CUT", 7), ("TEXT", 3)))
    drawing.rounded(0.0, 0.0, 150.0, 100.0, 10.0)
    # A hole with a gap of 0.3 mm.
    drawing.polyline([(20.0, 20.0), (50.0, 20.0), (50.0, 40.0), (20.0, 40.0), (20.0, 20.3)], closed=False)
    # A slot of lines, one of them drawn twice.
    corners = [(70.0, 20.0), (100.0, 20.0), (100.0, 30.0), (70.0, 30.0)]
    for first, second in zip(corners, corners[1:] + corners[:1]):
        drawing.line(first, second)
    drawing.line((100.0, 20.0), (70.0, 20.0))
    # A hole smaller than the thickness of the sheet.
    drawing.circle(125.0, 25.0, 1.0)
    # Two windows that intersect.
    drawing.rounded(20.0, 55.0, 40.0, 30.0, 3.0)
    drawing.circle(62.0, 70.0, 12.0)
    drawing.text(90.0, 80.0, 5.0, "REV B", layer="TEXT")
    drawing.write("0008-Faulty-MS-3mm-x1.dxf")


for make in (flange, bracket, gasket, panel, cover, nameplate, nameplate_project, link, faulty):
    make()
