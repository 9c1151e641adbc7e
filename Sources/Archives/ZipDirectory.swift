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

    /// What the record at the end says of the directory.
    private struct Extent { let count: Int, size: Int, start: Int }

    private static let endRecord = 22, record = 46, local = 30, locator = 20, wideRecord = 56
    private static let marks: (end: [UInt8], locator: [UInt8], wideEnd: [UInt8], record: [UInt8], local: [UInt8]) = (
        [0x50, 0x4B, 5, 6], [0x50, 0x4B, 6, 7], [0x50, 0x4B, 6, 6], [0x50, 0x4B, 1, 2], [0x50, 0x4B, 3, 4]
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
        guard bytes.number(at + 4, 2) == 0, bytes.number(at + 6, 2) == 0, bytes.number(at + 8, 2) == bytes.number(at + 10, 2) else {
            throw place.wrong("is one of several pieces of a zip file")
        }
        let narrow = Extent(count: bytes.number(at + 10, 2), size: bytes.number(at + 12, 4), start: bytes.number(at + 16, 4))
        let isWide = at >= ZipDirectory.locator && bytes.has(ZipDirectory.marks.locator, at: at - ZipDirectory.locator)
        let extent = isWide ? try wideExtent(bytes[(at - ZipDirectory.locator)...], narrow) : narrow
        start = extent.start
        guard extent.size <= file.size, start <= file.size, start + extent.size == end else {
            throw place.wrong("is damaged: the directory of the zip file is not where it should be")
        }
        guard extent.count <= limits.entries else { throw place.tooMuch("has more than \(limits.entries) files and folders") }
        return extent.count
    }

    /// The extent in the record of Zip64, which `locator` tells the place of. The numbers of the usual record are the same, or as large as
    /// they can be.
    private mutating func wideExtent(_ locator: ArraySlice<UInt8>, _ narrow: Extent) throws -> Extent {
        let first = locator.startIndex, at = locator.number(first + 8, 8), most = end - ZipDirectory.locator - ZipDirectory.wideRecord
        let damaged = place.wrong("is damaged: the directory of the Zip64 file is not where it should be")
        guard locator.number(first + 4, 4) == 0, locator.number(first + 16, 4) == 1, (0...max(most, 0)).contains(at) else { throw damaged }
        let record = try file.bytes(at: at, count: ZipDirectory.wideRecord)
        guard record.count == ZipDirectory.wideRecord, record.has(ZipDirectory.marks.wideEnd, at: 0),
            record.number(4, 8) == end - ZipDirectory.locator - at - 12, record.number(16, 4) == 0, record.number(20, 4) == 0,
            record.number(24, 8) == record.number(32, 8)
        else { throw damaged }
        let wide = Extent(count: record.number(32, 8), size: record.number(40, 8), start: record.number(48, 8))
        guard wide.count >= 0, wide.size >= 0, wide.start >= 0, [wide.count, 0xFFFF].contains(narrow.count),
            [wide.size, 0xFFFF_FFFF].contains(narrow.size), [wide.start, 0xFFFF_FFFF].contains(narrow.start)
        else { throw damaged }
        end = at
        return wide
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
        let method = number(10, 2), (size, packed, at) = try sizes(record, entry)
        guard method == 0 || method == 8 else {
            let words = ZipDirectory.methods[method] ?? "method \(method)"
            throw entry.wrong("is compressed by \(words)", hint: "zip files with deflate are read, the usual method")
        }
        guard method == 8 || packed == size else { throw entry.wrong("is not compressed, but has two sizes") }
        guard at < start else { throw entry.wrong("is not where the directory of the zip file says") }
        let header = try file.bytes(at: at, count: ZipDirectory.local + name.count)
        guard header.count == ZipDirectory.local + name.count, header.has(ZipDirectory.marks.local, at: 0) else {
            throw entry.wrong("is not where the directory of the zip file says")
        }
        guard header.number(26, 2) == name.count, header[ZipDirectory.local...].elementsEqual(name), header.number(8, 2) == method,
            (header.number(6, 2) ^ number(8, 2)) & 0x2041 == 0
        else { throw entry.wrong("has another name or method in front of its data") }
        let after = at + ZipDirectory.local + name.count + header.number(28, 2) + min(packed, file.size)
        guard after <= start else { throw entry.wrong("reaches into the directory of the zip file") }
        ranges.append(at..<after)
    }

    /// Size, packed size and place of an entry. In the extension Zip64 stand those that are as large as they can be.
    private func sizes(_ record: ArraySlice<UInt8>, _ entry: EntryPlace) throws -> (size: Int, packed: Int, at: Int) {
        let first = record.startIndex
        var numbers = [24, 20, 42].map { record.number(first + $0, 4) }
        var extra = record[(first + ZipDirectory.record + record.number(first + 28, 2))...].prefix(record.number(first + 30, 2))
        var isWide = false
        while extra.count >= 4 {
            let from = extra.startIndex, length = extra.number(from + 2, 2)
            guard extra.count >= 4 + length else { break }
            if extra.number(from, 2) == 1 {
                var fields = extra[(from + 4)...].prefix(length)
                guard !isWide else { throw entry.wrong("has two sizes") }
                isWide = true
                for i in numbers.indices where numbers[i] == 0xFFFF_FFFF && fields.count >= 8 {
                    numbers[i] = fields.number(fields.startIndex, 8)
                    fields = fields.dropFirst(8)
                }
            }
            extra = extra.dropFirst(4 + length)
        }
        guard numbers.allSatisfy({ $0 >= 0 }), isWide || !numbers.contains(0xFFFF_FFFF) else {
            throw entry.wrong("does not say how large it is")
        }
        return (numbers[0], numbers[1], numbers[2])
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
