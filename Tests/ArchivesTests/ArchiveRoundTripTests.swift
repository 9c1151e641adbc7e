import Glibc
import Testing
import Values

@testable import Archives

extension ArchiveWriter {
    func add(_ path: String, _ bytes: [UInt8], modified: Moment) throws {
        try add(path, size: bytes.count, modified: modified) { try bytes.withUnsafeBytes($0) }
    }
}

/// What is written is read by the programs that people use, and what they write is read.
@Suite struct ArchiveRoundTripTests {
    private static let moment = Moment(ms: 1_796_040_123_000)
    private static let large = (0..<5 << 20).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    private static let files: [(path: String, bytes: [UInt8])] = [
        ("empty.dxf", []), ("JB-1/Bügel 3 mm.dxf", Array("0\nEOF\n".utf8)), ("JB-1/Деталь №5.dxf", Array("Деталь".utf8)),
        ("JB-2/🔥 laser 図面.svg", Array("<svg/>".utf8)), ("large.bin", large), ("-rf", [0]),
        (String(repeating: "n", count: 240) + "/" + String(repeating: "m", count: 250), [3]),
    ]

    private static func write(_ format: ArchiveFormat, to path: String, zone: Zone = .utc) throws {
        try File.write(to: path, as: .document) { sink in
            try ArchiveWriter.write(format, named: "a", zone: zone, to: sink) { archive in
                for (path, bytes) in files { try archive.add(path, bytes, modified: moment) }
            }
        }
    }

    @Test(arguments: ArchiveFormat.allCases) func othersReadWhatIsWritten(_ format: ArchiveFormat) throws {
        let place = try Place(), name = "a.\(format.rawValue)"
        try Self.write(format, to: "\(place.path)/\(name)")
        let readers =
            format == .zip
            ? ["bsdtar -xf \(name) -C out", "unzip -q \(name) -d out && unzip -tq \(name)"]
            : ["bsdtar -xf \(name) -C out", "tar --warning=no-timestamp -xf \(name) -C out"]
        for reader in readers {
            try place.shell("rm -rf out && mkdir out && \(reader)")
            #expect(try place.shell("find out -type f | wc -l") == "\(Self.files.count)\n", "\(reader)")
            for (path, bytes) in Self.files {
                #expect(try File.read("\(place.path)/out/\(path)") == bytes, "\(reader): \(path)")
                var about = stat()
                #expect(stat("\(place.path)/out/\(path)", &about) == 0 && about.st_mode & 0o777 == 0o644)
                #expect(about.st_mtim.tv_sec == Self.moment.ms / 1000, "\(reader): \(path)")
            }
        }
    }

    /// The Python of Debian 12 does not read zstd.
    @Test(arguments: [ArchiveFormat.zip, .tar, .tarGzip]) func pythonReadsWhatIsWritten(_ format: ArchiveFormat) throws {
        let place = try Place()
        try Self.write(format, to: "\(place.path)/a.\(format.rawValue)")
        let module = format == .zip ? "zipfile" : "tarfile"
        try place.shell("mkdir b && bsdtar -xf a.* -C b")
        try place.shell("python3 -m \(module) -t a.* && python3 -m \(module) -e a.* c && diff -r b c")
    }

    @Test(arguments: ArchiveFormat.allCases) func ownReaderReadsWhatIsWritten(_ format: ArchiveFormat) throws {
        let place = try Place(), path = "\(place.path)/a"
        try Self.write(format, to: path)
        let entries = try ArchiveReader.unpack(path, named: "a", into: "\(place.path)/out")
        #expect(entries.map(\.path) == Self.files.map(\.path))
        #expect(entries.map(\.size) == Self.files.map(\.bytes.count))
        #expect(entries.allSatisfy { $0.kind == .file && $0.modified == Self.moment })
        for (entry, file) in zip(entries, Self.files) { #expect(try File.read("\(place.path)/out/\(entry.path)") == file.bytes) }
        #expect(throws: Failure.self) { try ArchiveReader.unpack(path, named: "a", into: "\(place.path)/out") }
    }

    /// Reads what other programs write.
    @Test(arguments: [
        "tar -cf a .", "tar -czf a ./in", "tar --format=gnu -cf a in", "tar --format=v7 -cf a in", "bsdtar -cf a in",
        "bsdtar -cf a --format ustar in", "bsdtar -czf a in", "bsdtar -cf a --format zip in", "python3 -m zipfile -c a in",
        "python3 -c 'import shutil; shutil.make_archive(\"b\", \"zip\", \"in\")'; mv b.zip a",
        "tar -c in | gzip -9 >a", "tar -c in | zstd -q >a", "bsdtar --zstd -cf a in", "tar -c in | zstd -q --ultra -22 --check >a",
    ]) func whatOthersWriteIsRead(_ line: String) throws {
        let place = try Place()
        try place.shell("mkdir -p source/in/sub && cd source && printf hello >in/sub/b.txt && : >in/empty && printf ü >in/Bügel.dxf")
        try place.shell("cd source && \(line) && mv a ..")
        let entries = try ArchiveReader.unpack("\(place.path)/a", named: "a", into: "\(place.path)/out")
        let files = Set(entries.filter { $0.kind == .file && $0.path != "a" }.map { $0.path.split(separator: "/").last! })
        #expect(files == ["b.txt", "empty", "Bügel.dxf"])
        #expect(try place.shell("cat out/sub/b.txt out/in/sub/b.txt 2>/dev/null || true") == "hello")
    }

    /// Old zip programs write umlauts in the character set of DOS and backslashes.
    @Test func oldZipFilesAreRead() throws {
        let place = try Place()
        let script = """
            import struct
            name = 'Teile\\\\Bügel.dxf'.encode('cp437')
            local = struct.pack('<4s5H3I2H', b'PK\\3\\4', 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name
            record = struct.pack('<4s6H3I5H2I', b'PK\\1\\2', 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
            end = struct.pack('<4s4H2IH', b'PK\\5\\6', 0, 0, 1, 1, len(record), len(local), 0)
            open('a.zip', 'wb').write(local + record + end)
            """
        try File.write(Array(script.utf8), to: "\(place.path)/make.py")
        try place.shell("python3 make.py")
        let reader = try ArchiveReader("\(place.path)/a.zip", named: "a.zip")
        #expect(try reader.next()?.path == "Teile/Bügel.dxf")
        #expect(try reader.next() == nil)
    }

    /// The same files make the same bytes, whatever the zone of the process. Zip files also have the local time of the shop.
    @Test func bytesAreTheSame() throws {
        let place = try Place(), zone = try Zone(named: "Africa/Johannesburg")
        for format in ArchiveFormat.allCases {
            for name in ["a", "b"] { try Self.write(format, to: "\(place.path)/\(name)", zone: zone) }
            #expect(try File.read("\(place.path)/a") == File.read("\(place.path)/b"))
        }
        try Self.write(.zip, to: "\(place.path)/a.zip", zone: zone)
        let line = "import zipfile; print({i.date_time for i in zipfile.ZipFile('a.zip').infolist()})"
        #expect(try place.shell("python3 -c \"\(line)\"") == "{(2026, 11, 30, 14, 2, 2)}\n")
        let locals = "import struct; d = open('a.zip', 'rb').read(); print(struct.unpack_from('<HH', d, 10))"
        #expect(try place.shell("python3 -c \"\(locals)\"") == "(\(14 << 11 | 2 << 5 | 1), \((2026 - 1980) << 9 | 11 << 5 | 30))\n")
    }

    @Test(arguments: ArchiveFormat.allCases) func tenThousandFilesAreLinear(_ format: ArchiveFormat) throws {
        let place = try Place(), path = "\(place.path)/a"
        func seconds(_ count: Int) throws -> Double {
            let start = ContinuousClock.now
            try File.write(to: path) { sink in
                try ArchiveWriter.write(format, named: "a", to: sink) { archive in
                    for i in 0..<count { try archive.add("folder-\(i / 100)/part-\(i).dxf", Array("\(i)".utf8), modified: Self.moment) }
                }
            }
            let reader = try ArchiveReader(path, named: "a")
            var found = 0
            while let entry = try reader.next() {
                #expect(entry.path == "folder-\(found / 100)/part-\(found).dxf")
                try reader.read { #expect(String(decoding: $0, as: UTF8.self) == "\(found)") }
                found += 1
            }
            #expect(found == count)
            return (ContinuousClock.now - start) / Duration.seconds(1)
        }
        _ = try seconds(100)
        // Ten times as many take some ten times as long, also on a machine that is busy.
        let few = try seconds(1000)
        #expect(try seconds(10_000) < 25 * few + 0.5)
        if format == .zip { #expect(try place.shell("unzip -l a | tail -n 1").contains("10000 files")) }
    }

    /// Names from macOS have their accents apart; other programs then find them as they are typed.
    @Test(arguments: ArchiveFormat.allCases) func accentsAreComposed(_ format: ArchiveFormat) throws {
        let place = try Place()
        try File.write(to: "\(place.path)/a") { sink in
            try ArchiveWriter.write(format, named: "a", to: sink) { try $0.add("Bu\u{308}gel.dxf", [1], modified: Self.moment) }
        }
        #expect(Array(try place.shell("bsdtar -tf a").utf8) == Array("B\u{FC}gel.dxf\n".utf8))
    }

    /// More files than a zip file holds without the extension Zip64.
    @Test func manyFilesAreZip64() throws {
        let place = try Place(), path = "\(place.path)/a.zip"
        try File.write(to: path) { sink in
            try ArchiveWriter.write(.zip, named: "a", to: sink) { archive in
                for i in 0..<65_540 { try archive.add("\(i)", [], modified: Self.moment) }
            }
        }
        let reader = try ArchiveReader(path, named: "a")
        var found = 0
        while try reader.next() != nil { found += 1 }
        #expect(found == 65_540)
        #expect(try place.shell("unzip -l a.zip | tail -n 1; bsdtar -tf a.zip | wc -l").contains("65540 files\n65540"))
    }

    /// Programs that do not know the size beforehand write Zip64 for small files, too.
    @Test func smallZip64IsRead() throws {
        let place = try Place()
        let script = """
            import zipfile
            with zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
                for name in ['a', 'b']:
                    with archive.open(name, 'w', force_zip64=True) as file: file.write(b'text' * 100)
            """
        try File.write(Array(script.utf8), to: "\(place.path)/make.py")
        try place.shell("python3 make.py")
        let entries = try ArchiveReader.unpack("\(place.path)/a.zip", named: "a.zip", into: "\(place.path)/out")
        #expect(entries.map(\.size) == [400, 400])
        #expect(try File.read("\(place.path)/out/b") == Array(String(repeating: "text", count: 100).utf8))
    }

    @Test func writerRefuses() throws {
        for path in ["", "/a", "../a", "a/./b", "a//b", "a/", "a\nb", "a\\b"] {
            #expect(throws: Failure.self, "\(path)") {
                try ArchiveWriter.write(.zip, named: "a", to: { _ in }) { try $0.add(path, [1], modified: Self.moment) }
            }
        }
        #expect(throws: Failure.self) {
            try ArchiveWriter.write(.zip, named: "a", to: { _ in }) {
                for name in ["a", "A"] { try $0.add(name, [1], modified: Self.moment) }
            }
        }
        for size in [1, 3] {
            #expect(throws: Failure.self) {
                try ArchiveWriter.write(.tar, named: "a", to: { _ in }) { archive in
                    try archive.add("a", size: size, modified: Self.moment) { sink in try [UInt8(1), 2].withUnsafeBytes(sink) }
                }
            }
        }
    }

    /// A failure of the disk is passed on as it is, and the end of the archive is not written.
    @Test(arguments: ArchiveFormat.allCases) func failuresOfTheSinkArePassedOn(_ format: ArchiveFormat) {
        struct Full: Error {}
        for most in [0, 100, format == .tarZstd ? 400 : 70_000] {
            var taken = 0, failures = 0
            #expect(throws: Full.self) {
                try ArchiveWriter.write(
                    format, named: "a",
                    to: { bytes in
                        taken += bytes.count
                        if taken > most {
                            failures += 1
                            throw Full()
                        }
                    }
                ) { try $0.add("large.bin", Self.large, modified: Self.moment) }
            }
            #expect(failures == 1)
        }
    }
}
