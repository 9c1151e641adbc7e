"""Checks how LibreOffice reads files for spreadsheets: no cell is a formula, and every number and date equals that in a JSON file.

usage: spreadsheet.py FOLDER NAME...      FOLDER contains NAME.fods and NAME.json; prints what is wrong
"""
import json, sys
import xml.etree.ElementTree as tree

OFFICE, TABLE, TEXT = ("{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}" % name for name in ("office", "table", "text"))


def cells(row):
    for cell in row.iter(TABLE + "table-cell"):
        kind, value = cell.get(OFFICE + "value-type"), "\n".join("".join(p.itertext()) for p in cell.iter(TEXT + "p"))
        if kind == "float":
            value = float(cell.get(OFFICE + "value"))
        elif kind == "date":
            value = cell.get(OFFICE + "date-value")
        for _ in range(min(int(cell.get(TABLE + "number-columns-repeated", "1")), 200)):
            yield kind, value, cell.get(TABLE + "formula")


def rows(path):
    for row in tree.parse(path).iter(TABLE + "table-row"):
        yield list(cells(row))


def faults(folder, name):
    read = [row for row in rows(f"{folder}/{name}.fods") if any(kind for kind, _, _ in row)]
    wanted = json.load(open(f"{folder}/{name}.json"))
    if len(read) != len(wanted) + 1:
        yield f"{len(read)} rows for {len(wanted)}"
    columns = [value for kind, value, _ in read[0] if kind]
    if wanted and columns != list(wanted[0]):
        yield f"columns {columns}"
    for row, record in zip(read[1:], wanted):
        row += [(None, "", None)] * len(columns)
        for (kind, value, formula), (column, text) in zip(row, record.items()):
            where = f"{record.get('code')} {column}: {kind} {value!r} for {text!r}"
            if formula is not None:
                yield f"{where}: formula {formula!r}"
            is_number = isinstance(text, (int, float)) and not isinstance(text, bool)
            if is_number and (kind, value) != ("float", text):
                yield where
            if column in ("due", "from", "quoted_on") and text and (kind, value) != ("date", text):
                yield where
            # LibreOffice may split the text after the apostrophe into paragraphs.
            if isinstance(text, str) and text[:1] in tuple("=+-@'") and (kind != "string" or value[:2] != "'" + text[:1]):
                yield where


for name in sys.argv[2:]:
    for fault in faults(sys.argv[1], name):
        print(f"{name}: {fault}")
