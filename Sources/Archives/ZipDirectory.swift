import Values

/// The directory at the end of a zip file, checked before libarchive reads it. libarchive takes all of it into memory, takes names up to
/// the first NUL, reads data that entries share, and unpacks methods that need gigabytes.
struct ZipDirectory {
    private let file: FileInput
    private let limits: ArchiveLimits
    private let place: EntryPlace
    /// The place of the directory, and of the record behind it.
    private var start = 0, end = 0
    private var ranges: [Range<Int>] = []

    private static let endRecord = 22, record = 46, local = 30
    private static let marks: (end: [UInt8], wideEnd: [UInt8], record: [UInt8], local: [UInt8]) = (
        [0x50, 0x4B, 5, 6], [0x50, 0x4B, 6, 7], [0x50, 0x4B, 1, 2], [0x50, 0x4B, 3, 4]
    )
    private static let methods: [Int: String] = [
        1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstd", 95: "xz", 98: "ppmd", 99: "aes",
    ]

    /// - Throws: `input` or `refused` if the file is damaged, dangerous or too large.
    static func check(_ file: FileInput, limits: ArchiveLimits) throws {
        var directory = ZipDirectory(file, limits)
        try directory.walk(try directory.find())
        try directory.demandApart()
    }

    private init(_ file: FileInput, _ limits: ArchiveLimits) {
        (self.file, self.limits, place) = (file, limits, EntryPlace(archive: file.name))
    }

    /// Finds the directory. Returns the number of its entries.
    private mutating func find() throws -> Int {
        let tail = min(file.size, ZipDirectory.endRecord + 0xFFFF), bytes = try file.bytes(at: file.size - tail, count: tail)
        // The last mark counts, as in libarchive: a comment with another one is refused.
        guard
            let at = (0...max(bytes.count - ZipDirectory.endRecord, 0)).last(where: { bytes.has(ZipDirectory.marks.end, at: $0) }),
            bytes.count >= at + ZipDirectory.endRecord, at + ZipDirectory.endRecord + bytes.number(at + 20, 2) == bytes.count
        else { throw place.wrong("is cut short: the directory of the zip file is missing") }
        end = file.size - tail + at
        let count = bytes.number(at + 10, 2), size = bytes.number(at + 12, 4)
        start = bytes.number(at + 16, 4)
        let isWide = at >= 20 && bytes.has(ZipDirectory.marks.wideEnd, at: at - 20)
        guard !isWide, count < 0xFFFF, size < 0xFFFF_FFFF, start < 0xFFFF_FFFF else {
            throw place.tooMuch("is a Zip64 file, for more than 65534 entries or 4 GB")
        }
        guard bytes.number(at + 4, 2) == 0, bytes.number(at + 6, 2) == 0, bytes.number(at + 8, 2) == count else {
            throw place.wrong("is one of several pieces of a zip file")
        }
        guard start + size == end else { throw place.wrong("is damaged: the directory of the zip file is not where it should be") }
        guard count <= limits.entries else { throw place.tooMuch("has more than \(limits.entries) files and folders") }
        return count
    }

    private mutating func walk(_ count: Int) throws {
        var at = start, window: [UInt8] = [], from = start
        for _ in 0..<count {
            // A record has three texts of at most 65,535 bytes.
            if at + ZipDirectory.record + 3 * 0xFFFF > from + window.count, from + window.count < end {
                (window, from) = (try file.bytes(at: at, count: min(end - at, 1 << 20)), at)
            }
            let record = window[(at - from)...]
            guard record.count >= ZipDirectory.record, record.has(ZipDirectory.marks.record, at: record.startIndex) else {
                throw place.wrong("is damaged: the directory of the zip file has fewer entries than it says")
            }
            let length = ZipDirectory.record + [28, 30, 32].reduce(0) { $0 + record.number(record.startIndex + $1, 2) }
            guard record.count >= length else { throw place.wrong("is damaged: the directory of the zip file is cut short") }
            try check(record.prefix(length))
            at += length
        }
        guard at == end else { throw place.wrong("is damaged: the directory of the zip file has more entries than it says") }
    }

    private mutating func check(_ record: ArraySlice<UInt8>) throws {
        let first = record.startIndex
        func number(_ place: Int, _ size: Int) -> Int { record.number(first + place, size) }
        let name = record[(first + ZipDirectory.record)...].prefix(number(28, 2))
        let entry = EntryPlace(archive: file.name, entry: ZipName.text(name))
        guard !name.contains(0) else { throw entry.wrong("has the character U+0000 in its name") }
        guard number(8, 2) & 0x2041 == 0 else { throw entry.wrong("is encrypted", hint: "ask for the archive without a password") }
        let method = number(10, 2), packed = number(20, 4), size = number(24, 4), at = number(42, 4)
        guard method == 0 || method == 8 else {
            let words = ZipDirectory.methods[method] ?? "method \(method)"
            throw entry.wrong("is compressed by \(words)", hint: "zip files with deflate are read, the usual method")
        }
        guard packed < 0xFFFF_FFFF, size < 0xFFFF_FFFF, at < 0xFFFF_FFFF else { throw entry.tooMuch("has 4 GB or more") }
        guard method == 8 || packed == size else { throw entry.wrong("is not compressed, but has two sizes") }
        let header = try file.bytes(at: at, count: ZipDirectory.local + name.count)
        guard header.count == ZipDirectory.local + name.count, header.has(ZipDirectory.marks.local, at: 0) else {
            throw entry.wrong("is not where the directory of the zip file says")
        }
        guard header.number(26, 2) == name.count, header[ZipDirectory.local...].elementsEqual(name), header.number(8, 2) == method,
            (header.number(6, 2) ^ number(8, 2)) & 0x2041 == 0
        else { throw entry.wrong("has another name or method in front of its data") }
        let after = at + ZipDirectory.local + name.count + header.number(28, 2) + packed
        guard after <= start else { throw entry.wrong("reaches into the directory of the zip file") }
        ranges.append(at..<after)
    }

    /// Entries that share data make a small file unpack to a huge one.
    private mutating func demandApart() throws {
        ranges.sort { $0.lowerBound < $1.lowerBound }
        for (one, other) in zip(ranges, ranges.dropFirst()) where other.lowerBound < one.upperBound {
            throw place.wrong("has entries that share their data")
        }
    }
}

/// Names in zip files.
enum ZipName {
    /// UTF-8, or else the character set of DOS, as the format says; old programs write umlauts so.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { $0 < 128 ? Unicode.Scalar($0) : high[Int($0) - 128] }))
    }

    /// The upper half of code page 437.
    private static let high = Array(
        """
        ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
        αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}
        """.unicodeScalars)
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// A number of `size` bytes, the lowest first.
    fileprivate func number(_ start: Int, _ size: Int) -> Int { (0..<size).reduce(0) { $0 | Int(self[start + $1]) << (8 * $1) } }

    fileprivate func has(_ mark: [UInt8], at start: Int) -> Bool {
        endIndex - start >= mark.count && self[start..<start + mark.count].elementsEqual(mark)
    }
}
