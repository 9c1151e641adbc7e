#!/usr/bin/env python3
"""Converts ASCII drawings to binary ones, as seeds: binary.py [--bare] OUT-FOLDER FILE...

--bare omits the sentinel, which the fuzzer adds to its inputs. Every other file is written as R12, with group codes of one byte."""
import pathlib
import struct
import sys

SENTINEL = b"AutoCAD Binary DXF\r\n\x1a\x00"


def within(code, *ranges):
    return any(low <= code <= high for low, high in ranges)


def packed(code, value):
    """Encodes a value in the type that the DXF reference defines for its group code."""
    if within(code, (10, 59), (110, 149), (210, 239), (460, 469), (1010, 1059)):
        return struct.pack("<d", float(value.replace(b",", b".")))
    if within(code, (60, 79), (170, 179), (270, 289), (370, 389), (400, 409), (1060, 1070)):
        return struct.pack("<h", int(float(value)))
    if within(code, (90, 99), (420, 429), (440, 459), (1071, 1071)):
        return struct.pack("<i", int(float(value)))
    if within(code, (160, 169)):
        return struct.pack("<q", int(value))
    if within(code, (290, 299)):
        return struct.pack("<B", int(value) & 255)
    if within(code, (310, 319), (1004, 1004)):
        data = bytes.fromhex(value.decode("ascii"))
        return bytes([len(data)]) + data
    return value + b"\0"


def binary(text, short):
    lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    out = bytearray()
    for code, value in zip(lines[0::2], lines[1::2]):
        code, value = int(code), value.strip()
        if short:
            out += bytes([code]) if code < 255 else b"\xff" + struct.pack("<h", code)
        else:
            out += struct.pack("<h", code)
        out += packed(code, value)
    return bytes(out)


def main(words):
    bare = words[:1] == ["--bare"]
    folder, *files = words[bare:]
    for number, name in enumerate(files):
        path = pathlib.Path(name)
        try:
            made = binary(path.read_bytes(), short=number % 2 == 1)
        except (ValueError, struct.error):
            print(f"{name}: left out", file=sys.stderr)
            continue
        target = pathlib.Path(folder) / f"{path.stem}.bdxf"
        target.write_bytes(made if bare else SENTINEL + made)


if __name__ == "__main__":
    main(sys.argv[1:])
