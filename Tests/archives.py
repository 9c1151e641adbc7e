#!/usr/bin/env python3
"""Writes hostile and damaged archives into a folder, and prints for each its name, the kind of the failure and a part of the message.

    Tests/archives.py FOLDER
"""
import gzip
import io
import pathlib
import stat
import struct
import subprocess
import sys
import tarfile
import unicodedata
import zlib

FOLDER = pathlib.Path(sys.argv[1])


def case(name, says, data, kind="input"):
    (FOLDER / name).write_bytes(data)
    print(name, kind, says, sep="\t")


# Tar


def member(name, data=b"x", kind=tarfile.REGTYPE, **more):
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(data)
    for key, value in more.items():
        setattr(info, key, value)
    return info, data


def tar(*members, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def header(name, size=1, kind=b"0"):
    """A header by hand, for what tarfile does not write."""
    block = bytearray(512)
    block[0:len(name)] = name
    block[100:124] = b"0000644\0" + b"0000000\0" * 2
    block[124:136] = size if isinstance(size, bytes) else b"%011o\0" % size
    block[136:148] = b"%011o\0" % 1_600_000_000
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


END = b"\0" * 1024


def block(data):
    return data + b"\0" * (-len(data) % 512)


def tars():
    bad_names = {
        "absolute": ("/etc/evil", "is an absolute path"), "up": ("../evil", "leads out of the folder"),
        "inner-up": ("a/../../evil", "leads out of the folder"), "drive": ("C:/evil", "is an absolute path"),
        "escape": ("a\x1b[2Jb", "has the character U+001B"), "newline": ("a\nb", "has the character U+000A"),
        "delete": ("a\x7fb", "has the character U+007F"), "c1": ("a\x85b", "has the character U+0085"),
        "bidi": ("gate\u202efxd.exe", "has the character U+202E"), "backslash": ("..\\evil", "has a backslash"),
        "dots-only": ("..", "leads out of the folder"), "slash-file": ("a//../b", "leads out of the folder"),
    }
    for name, (path, says) in bad_names.items():
        case(f"{name}.tar", says, tar(member(path)))
    case("nameless.tar", "has an entry without a name", header(b"") + block(b"x") + END)
    case("deep.tar", "is more than 32 folders deep", tar(member("a/" * 40 + "b")), "refused")
    case("long-name.tar", "has a name of more than 255 bytes", tar(member("n" * 300)), "refused")
    case("long-path.tar", "has a path of more than 1024 bytes", tar(member(("n" * 250 + "/") * 5 + "b")), "refused")
    case("latin.tar", "is not UTF-8", header("Bügel".encode("latin-1")) + block(b"x") + END)

    link = {"kind": tarfile.SYMTYPE, "data": b"", "linkname": "/etc/passwd"}
    case("link.tar", "is a symbolic link", tar(member("l", **link)))
    case("through-link.tar", "is a symbolic link", tar(member("good"), member("l", b"", tarfile.SYMTYPE, linkname="/tmp"), member("l/evil")))
    case("hard-link.tar", "is a link to another file", tar(member("l", b"", tarfile.LNKTYPE, linkname="/etc/passwd")))
    case("device.tar", "is a device", tar(member("d", b"", tarfile.CHRTYPE, devmajor=1, devminor=3)))
    case("block-device.tar", "is a device", tar(member("d", b"", tarfile.BLKTYPE, devmajor=8)))
    case("fifo.tar", "is a pipe", tar(member("p", b"", tarfile.FIFOTYPE)))

    composed, apart = (unicodedata.normalize(form, "Bügel.dxf") for form in ("NFC", "NFD"))
    case("twice.tar", "is in it twice", tar(member("a"), member("b"), member("./a")))
    case("twice-by-case.tar", "only in case", tar(member("Gate.dxf"), member("gate.DXF")))
    case("twice-by-form.tar", "only in case or in the form of its accents", tar(member("u/" + composed), member("U/" + apart)))
    case("folders-by-case.tar", "only in case", tar(member("A/x"), member("a/y")))
    case("file-then-folder.tar", "is both a file and a folder", tar(member("a"), member("a/b")))
    case("folder-then-file.tar", "is both a file and a folder", tar(member("a/b"), member("a")))

    for form in ("gnu", "posix"):
        whole = FOLDER / "whole"
        with whole.open("wb") as file:
            file.seek(1 << 20)
            file.write(b"x" * 5000)
        made = subprocess.run(
            ["tar", "--create", "--sparse", "--hole-detection=raw", f"--format={form}", "--directory", FOLDER, "whole"],
            check=True, capture_output=True).stdout
        whole.unlink()
        case(f"sparse-{form}.tar", "has holes", made)
    case("huge.tar", "has 5368709120 bytes, more than", header(b"a", 5 << 30) + block(b"x") + END, "refused")
    case("endless.tar", "cannot be read: tar entry size overflow", header(b"a", b"\x80" + b"\0" * 3 + b"\x7f" + b"\xff" * 7) + block(b"x") + END)
    case("negative.tar", "cannot be read: tar entry has negative size", header(b"a", b"\xff" * 12) + block(b"x") + END)
    crowd = b"".join(header(b"/".join(b"%d.%d" % (i, k) for k in range(8)), 0) for i in range(130)) + END
    case("crowd.tar.gz", "has more than 1000", gzip.compress(crowd, 1), "refused")

    good = tar(member("a", b"x" * 3000), member("b", b"y" * 3000))
    case("cut.tar", "cannot be read: truncated", good[:6000])
    case("cut-between.tar", "the end of the tar file is missing", tar(member("a", b"x" * 3000))[:512 + 3072])
    case("damaged.tar", "cannot be read: damaged tar archive", good[:3584] + b"?" + good[3585:])
    case("bomb.tar.gz", "unpacks to more than 200 times", gzip.compress(tar(member("zeros", b"\0" * (40 << 20)))), "refused")
    packed = gzip.compress(good)
    case("cut.tar.gz", "truncated gzip input", packed[:-12])
    case("cut-checksum.tar.gz", "", packed[:-4])
    case("checksum.tar.gz", "the checksum at its end is another", packed[:-8] + b"\0\0\0\0" + packed[-4:])
    case("twice-packed.tar.gz", "is compressed more than once", gzip.compress(packed))
    case("pieces.tar.gz", "the checksum at its end is another", gzip.compress(good[:1024]) + gzip.compress(good[1024:]))
    case("text.gz", "there is no tar file in it", gzip.compress(b"text\n" * 500))
    case("zip-inside.tar.gz", "there is no tar file in it", gzip.compress(zipped(entry(b"a"))))


# Zip


def entry(name, data=b"x", method=0, **more):
    """Fields of a zip entry; `more` sets others, and those in front of the data by `local_`."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(data) + squeeze.flush() if method == 8 else data
    fields = dict(name=name, method=method, flags=0x800, crc=zlib.crc32(data), packed=len(packed), size=len(data), mode=0, at=None, data=packed, extra=b"")
    fields.update(more)
    return fields


def zipped(*entries, comment=b"", count=None, before=b"", disk=0, start=None):
    out, places = bytearray(before), []
    for one in entries:
        places.append(len(out) if one["at"] is None else one["at"])
        if one["at"] is not None:
            continue
        local = {**one, **{key[6:]: value for key, value in one.items() if key.startswith("local_")}}
        out += struct.pack("<4s5H3I2H", b"PK\3\4", 20, local["flags"], local["method"], 0, 0x5A21, local["crc"], local["packed"], local["size"],
                           len(local["name"]), 0) + local["name"] + one["data"]
    place = len(out)
    for one, at in zip(entries, places):
        out += struct.pack("<4s6H3I5H2I", b"PK\1\2", 0x031E, 20, one["flags"], one["method"], 0, 0x5A21, one["crc"], one["packed"], one["size"],
                           len(one["name"]), len(one["extra"]), 0, 0, 0, one["mode"] << 16, at) + one["name"] + one["extra"]
    count = len(entries) if count is None else count
    out += struct.pack("<4s4H2IH", b"PK\5\6", disk, disk, count, count, len(out) - place, place if start is None else start, len(comment))
    return bytes(out + comment)


def wide(made, mark=b"PK\6\6", disk=0, length=44, narrow=b"\xff" * 12, **said):
    """Adds the records of Zip64 to a zip file. `narrow` stands in the place of its numbers of entries, its size and its start."""
    end = made[-22:]
    count, size, place = struct.unpack("<HII", end[10:20])
    said = {"count": count, "start": place, "at": len(made) - 22, **said}
    record = struct.pack("<4sQ2H2I2Q", mark, length, 45, 45, disk, disk, said["count"], said["count"]) + struct.pack("<Qq", size, said["start"])
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, said["at"], 1)
    return made[:-22] + record + locator + end[:8] + narrow + end[20:]


def zips():
    bad_names = {
        "absolute": (b"/etc/evil", "is an absolute path"), "up": (b"../evil", "leads out of the folder"),
        "backslash-up": (b"a\\..\\..\\evil", "leads out of the folder"), "drive": (b"C:\\evil", "is an absolute path"),
        "backslash-root": (b"\\evil", "is an absolute path"), "share": (b"\\\\host\\share\\evil", "is an absolute path"),
        "escape": (b"a\x1b[2Jb", "has the character U+001B"), "nul": (b"gate.dxf\0.exe", "has the character U+0000"),
        "nameless": (b"", "has an entry without a name"),
    }
    for name, (path, says) in bad_names.items():
        case(f"{name}.zip", says, zipped(entry(path)))
    kinds = {"link": (stat.S_IFLNK, "a symbolic link"), "device": (stat.S_IFCHR, "a device"), "block-device": (stat.S_IFBLK, "a device"),
             "socket": (stat.S_IFSOCK, "a socket")}
    for name, (mode, says) in kinds.items():
        case(f"{name}.zip", f"is {says}", zipped(entry(b"good"), entry(b"l", b"/etc/passwd", mode=mode | 0o777)))
    case("deep.zip", "is more than 32 folders deep", zipped(entry(b"a/" * 40 + b"b")), "refused")
    case("twice.zip", "is in it twice", zipped(entry(b"a"), entry(b"a")))
    case("twice-by-slash.zip", "is in it twice", zipped(entry(b"a/b"), entry(b"a\\b")))
    case("twice-by-case.zip", "only in case", zipped(entry(b"a"), entry(b"A")))
    case("file-then-folder.zip", "is both a file and a folder", zipped(entry(b"a"), entry(b"a/b")))
    case("full-folder.zip", "is a folder with contents", zipped(entry(b"a/")))
    case("encrypted.zip", "is encrypted", zipped(entry(b"a", flags=0x801)))
    case("half-encrypted.zip", "has another name or method in front of its data", zipped(entry(b"a", local_flags=0x801)))
    for method, word in ((9, "deflate64"), (12, "bzip2"), (14, "lzma"), (93, "zstd"), (95, "xz"), (98, "ppmd"), (99, "aes"), (55, "method 55")):
        case(f"{word.replace(' ', '-')}.zip", f"is compressed by {word}", zipped(entry(b"a", method=method)))
    case("two-names.zip", "has another name or method in front of its data", zipped(entry(b"good.dxf", local_name=b"evil.exe")))
    case("two-methods.zip", "has another name or method in front of its data", zipped(entry(b"a", local_method=8)))
    case("two-sizes.zip", "is not compressed, but has two sizes", zipped(entry(b"a", b"xx", size=1)))
    case("checksum.zip", "cannot be read: ZIP bad CRC", zipped(entry(b"a", b"text" * 100, 8, crc=1)))
    case("longer.zip", "cannot be read: ZIP uncompressed data is wrong size", zipped(entry(b"a", b"text" * 100, 8, size=10)))
    case("shorter.zip", "", zipped(entry(b"a", b"text" * 100, 8, size=4000)))
    shared = entry(b"a", b"\0" * 1000, 8)
    case("shared.zip", "has entries that share their data", zipped(shared, {**shared, "at": 0}))
    inner = zipped(entry(b"b", b"x" * 500))[:-69]
    case("nested-entry.zip", "has entries that share their data", zipped(entry(b"a", inner), {**entry(b"b", b"x" * 500), "at": 31}))
    case("bomb.zip", "unpacks to more than 200 times", zipped(entry(b"zeros", b"\0" * (40 << 20), 8)), "refused")
    case("huge.zip", "unpacks to more than 200 times", zipped(entry(b"a", b"text", 8, size=0xFFFF_FFFE)), "refused")
    case("wide-entry.zip", "does not say how large it is", zipped(entry(b"a", b"text", 8, size=0xFFFF_FFFF)))
    case("crowd.zip", "has more than 1000", zipped(entry(b"a"), count=0xFFFF), "refused")
    case("wide-crowd.zip", "has more than 1000", wide(zipped(entry(b"a")), count=1001), "refused")
    for name, change in {"count": {"count": 2}, "place": {"start": 3}, "negative": {"start": -1}, "mark": {"mark": b"PK\6\5"},
                         "disk": {"disk": 1}, "far": {"at": 1 << 62}, "length": {"length": 1 << 40}}.items():
        case(f"wide-{name}.zip", "", wide(zipped(entry(b"a")), **change))
    one = zipped(entry(b"a"))
    for place, name in enumerate(("entries", "all-entries", "size", "start")):
        said = list(struct.unpack("<2H2I", one[-14:-2]))
        said[place] += 1
        case(f"wide-other-{name}.zip", "", wide(one, narrow=struct.pack("<2H2I", *said)))
    case("wide-huge.zip", "has 5368709120 bytes, more than", zipped(
        entry(b"a", b"text", 8, size=0xFFFF_FFFF, extra=struct.pack("<2HQ", 1, 8, 5 << 30))), "refused")
    case("wide-sizes.zip", "has two sizes", zipped(
        entry(b"a", b"text", 8, size=0xFFFF_FFFF, extra=2 * struct.pack("<2HQ", 1, 8, 4))))
    case("wide-short.zip", "", zipped(
        entry(b"a", b"text", 8, size=0xFFFF_FFFF, extra=struct.pack("<2HI", 1, 4, 4))))
    good = zipped(entry(b"a", b"text" * 100, 8), entry(b"b"))
    case("cut.zip", "the directory of the zip file is missing", good[:-30])
    case("cut-end.zip", "the directory of the zip file is missing", good[:-1])
    case("second-end.zip", "the directory of the zip file is not where it should be", zipped(entry(b"a"), comment=zipped(entry(b"../evil"))))
    case("fewer.zip", "has fewer entries than it says", zipped(entry(b"a"), count=2))
    case("more.zip", "has more entries than it says", zipped(entry(b"a"), entry(b"b"), count=1))
    case("wrapped.zip", "has more entries than it says", zipped(*(entry(b"%d" % i) for i in range(65_540)), count=4))
    case("moved.zip", "is not where it should be", zipped(entry(b"a"), start=5))
    case("nowhere.zip", "is not where the directory of the zip file says", zipped({**entry(b"a"), "at": 7}, entry(b"b")))
    case("beyond.zip", "reaches into the directory", zipped(entry(b"a", b"x", 8, packed=100)))
    case("piece.zip", "is one of several pieces", zipped(entry(b"a"), disk=1))
    case("program.zip", "is not an archive", zipped(entry(b"a"), before=b"MZ" + b"\0" * 600))


def others():
    marks = {
        "rar": b"Rar!\x1a\x07\x01\0", "7z": b"7z\xbc\xaf\x27\x1c", "cpio": b"070701" + b"0" * 104, "xar": b"xar!\0\x1c", "xz": b"\xfd7zXZ\0",
        "iso": b"\0" * 32_769 + b"CD001\1", "bzip2": b"BZh91AY&SY", "lz4": b"\x04\x22\x4d\x18", "cab": b"MSCF\0\0",
    }
    for name, mark in marks.items():
        case(f"other.{name}", f"is a {name} archive, which is not read", mark + b"\0" * 2000)
    case("empty.zip", "is empty", b"")
    case("text.zip", "is not an archive", b"not an archive\n" * 100)


tars()
zips()
others()
