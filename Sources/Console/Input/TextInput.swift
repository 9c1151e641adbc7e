import Glibc
import Values

/// The encoding of a text file.
package enum Encoding: String, Choice {
    case utf8 = "utf-8"
    case utf16LE = "utf-16le"
    case utf16BE = "utf-16be"
    case windows = "windows-1252"

    package static var expected: String { "one of \(choices.joined(separator: ", ")) (latin1, cp1252)" }

    /// Other names of the encodings, letters and digits only. Latin 1 is read as Windows-1252, as browsers do: they differ only where Latin
    /// 1 has control characters.
    private static let others: [String: Encoding] = [
        "utf8": .utf8, "utf16": .utf16LE, "utf16le": .utf16LE, "utf16be": .utf16BE, "windows1252": .windows, "cp1252": .windows,
        "latin1": .windows, "iso88591": .windows,
    ]

    package init?(reading text: String) {
        guard let known = Encoding.others[text.lowercased().filter { $0.isLetter || $0.isNumber }] else { return nil }
        self = known
    }
}

/// Reads a text file as UTF-8, whatever its encoding. The encoding is given, or detected: from a byte order mark, from the zero bytes of
/// UTF-16, and as Windows-1252 if none of the bytes above ASCII are UTF-8.
package final class TextInput {
    package let name: String
    package let encoding: Encoding
    /// Whether it begins with a byte order mark, as `--excel` and Excel write it.
    package let isMarked: Bool
    private let file: InputFile
    private var raw = [UInt8](repeating: 0, count: 65_536)
    /// The bytes that are not decoded yet: an incomplete character at the end of a piece.
    private var rest: [UInt8] = []
    private var decoded: [UInt8] = []
    private var at = 0
    private var line = 1
    private var isAtEnd = false

    /// - Parameter told: the encoding; nil to detect it.
    package init(_ file: InputFile, _ told: Encoding? = nil) throws {
        (name, self.file) = (file.name, file)
        var start = [UInt8](repeating: 0, count: 8)
        let count = try start.withUnsafeMutableBytes { try file.read(into: $0) }
        file.rewind()
        guard !TextInput.isWorkbook(start[..<count]) else {
            throw Failure(
                .input, .textInput, "\(file.name) is a workbook: save it as CSV", hint: "or as UTF-8 text with tabs, one sheet at a time")
        }
        let isWide = told == .utf16LE || told == .utf16BE
        isMarked = start.starts(with: [0xEF, 0xBB, 0xBF])
        // The byte order of UTF-16 is taken from the byte order mark, even if an encoding is given.
        encoding = try (isWide && count >= 2 ? EncodingDetection.marked(start[..<2]) : nil) ?? told ?? EncodingDetection.encoding(of: file)
        file.rewind()
    }

    /// Whether the bytes start a ZIP archive (.xlsx, .ods) or an OLE file (.xls).
    private static func isWorkbook(_ start: ArraySlice<UInt8>) -> Bool {
        start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || start.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    }

    /// Reads the next bytes of UTF-8. Returns their number, 0 at the end.
    /// - Throws: `input` if the bytes are not valid in the encoding; then the input has ended.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if encoding == .utf8 { return try file.read(into: buffer) }
        while at == decoded.count {
            guard !isAtEnd else { return 0 }
            try decode()
        }
        let count = min(buffer.count, decoded.count - at)
        buffer.copyBytes(from: decoded[at..<(at + count)])
        at += count
        return count
    }

    /// The same text, read from the start beside this one.
    package func again() throws -> TextInput { try TextInput(try file.again(), encoding) }

    package func rewind() {
        file.rewind()
        (rest, decoded, at, line, isAtEnd) = ([], [], 0, 1, false)
    }

    private func decode() throws {
        let count = try raw.withUnsafeMutableBytes { try file.read(into: $0) }
        (decoded, at, isAtEnd) = ([], 0, count == 0)
        let bytes = rest + raw[..<count]
        rest = []
        if encoding == .windows { decodeWindows(bytes) } else { try decodeUTF16(bytes, isLittle: encoding == .utf16LE) }
        for byte in decoded where byte == 10 { line += 1 }
    }

    private func decodeWindows(_ bytes: [UInt8]) {
        for byte in bytes {
            if byte < 0x80 { decoded.append(byte) } else { decoded.append(contentsOf: EncodingDetection.windows[Int(byte) - 0x80]) }
        }
    }

    private func decodeUTF16(_ bytes: [UInt8], isLittle: Bool) throws {
        var i = 0
        func unit(_ i: Int) -> UInt32 {
            isLittle ? UInt32(bytes[i]) | UInt32(bytes[i + 1]) << 8 : UInt32(bytes[i + 1]) | UInt32(bytes[i]) << 8
        }
        while i + 2 <= bytes.count {
            var code = unit(i), length = 2
            if (0xD800..<0xDC00).contains(code) {
                guard i + 4 <= bytes.count else { break }
                let low = unit(i + 2)
                if (0xDC00..<0xE000).contains(low) { (code, length) = (0x10000 + (code - 0xD800) << 10 + (low - 0xDC00), 4) }
            }
            guard let scalar = Unicode.Scalar(code), let text = UTF8.encode(scalar) else { throw wrong() }
            decoded.append(contentsOf: text)
            i += length
        }
        rest = Array(bytes[i...])
        if isAtEnd, !rest.isEmpty { throw wrong() }
    }

    private func wrong() -> Failure {
        for byte in decoded where byte == 10 { line += 1 }
        (decoded, at, isAtEnd) = ([], 0, true)
        return refusal(line, "is not \(encoding.rawValue.uppercased()) text")
    }

    /// All lines that are not blank, trimmed.
    /// - Throws: `input` for a line that is not valid text, or is longer than a field may be.
    package func lines() throws -> [String] {
        var lines: [String] = [], pending: [UInt8] = [], number = 1, isAfterReturn = false
        func end() throws {
            if number == 1, pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
            guard let text = String(validating: pending, as: UTF8.self) else { throw refusal(number, "is not UTF-8 text") }
            if case let trimmed = String(text.trimmed), !trimmed.isEmpty { lines.append(trimmed) }
            pending.removeAll(keepingCapacity: true)
            number += 1
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = try buffer.withUnsafeMutableBytes({ try read(into: $0) }), count > 0 {
            for byte in buffer[..<count] {
                let isSecondHalf = byte == 10 && isAfterReturn
                isAfterReturn = byte == 13
                if isSecondHalf { continue }
                if byte == 10 || byte == 13 { try end() } else { pending.append(byte) }
            }
            guard pending.count <= RecordReader.longestField else { throw refusal(number, "is longer than 1 MiB") }
        }
        try end()
        return lines
    }

    private func refusal(_ line: Int, _ message: String) -> Failure {
        Failure(.input, .textInput, "\(name) cannot be read", faults: [.init(file: name, line: line, message)])
    }
}

/// Scans all bytes of a file to detect its encoding.
private struct EncodingDetection {
    /// The number of valid multi-byte UTF-8 characters, of bytes that belong to none, and of bytes that Windows-1252 does not define.
    private var characters = 0, strays = 0, undefined = 0
    /// The number of bytes still missing from a character, and the valid range of the next one.
    private var missing = 0, low: UInt8 = 0x80, high: UInt8 = 0xBF

    /// The UTF-8 bytes of the upper half of Windows-1252. Source: the Unicode Consortium's CP1252.TXT.
    static let windows: [[UInt8]] = {
        let special: [UInt32] = [
            0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90,
            0x2018,
            0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
        ]
        return (special + Array(0xA0...0xFF)).map { Array(String(Unicode.Scalar($0) ?? "?").utf8) }
    }()

    static func encoding(of file: InputFile) throws -> Encoding {
        var survey = EncodingDetection(), buffer = [UInt8](repeating: 0, count: 1 << 18), isFirst = true
        while true {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { break }
            if isFirst, let encoding = marked(buffer[..<count]) { return encoding }
            isFirst = false
            buffer.withUnsafeBufferPointer { survey.take(UnsafeBufferPointer(rebasing: $0[..<count])) }
        }
        if survey.missing > 0 { survey.strays += 1 }
        // A file with both valid UTF-8 characters and stray bytes is damaged UTF-8; it is refused when it is read.
        return survey.strays > 0 && survey.characters == 0 && survey.undefined == 0 ? .windows : .utf8
    }

    static func marked(_ bytes: ArraySlice<UInt8>) -> Encoding? {
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LE }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BE }
        let start = Array(bytes.prefix(32))
        guard start.count >= 4, start.count % 2 == 0 else { return nil }
        let even = stride(from: 0, to: start.count, by: 2).map { start[$0] },
            odd = stride(from: 1, to: start.count, by: 2).map { start[$0] }
        if odd.allSatisfy({ $0 == 0 }), !even.contains(0) { return .utf16LE }
        return even.allSatisfy({ $0 == 0 }) && !odd.contains(0) ? .utf16BE : nil
    }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        var i = 0
        let raw = UnsafeRawBufferPointer(bytes)
        while i < bytes.count {
            if missing == 0, i + 8 <= bytes.count, raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                i += 8
                continue
            }
            take(bytes[i])
            i += 1
        }
    }

    private mutating func take(_ byte: UInt8) {
        if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) { undefined += 1 }
        if missing > 0 {
            if byte >= low, byte <= high {
                (missing, low, high) = (missing - 1, 0x80, 0xBF)
                if missing == 0 { characters += 1 }
                return
            }
            (missing, low, high) = (0, 0x80, 0xBF)
            strays += 1
        }
        switch byte {
        case 0..<0x80: break
        case 0xC2...0xDF: missing = 1
        case 0xE0...0xEF: (missing, low, high) = (2, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF)
        case 0xF0...0xF4: (missing, low, high) = (3, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF)
        default: strays += 1
        }
    }
}
