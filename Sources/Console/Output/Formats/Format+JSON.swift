import Glibc
import Values

/// JSON: an array of objects, one per line; a single object; one object per line without an array (NDJSON); or an array within a cell.
struct JSONWriter: RowWriter {
    enum Shape { case array, lines, single, cell }

    private let shape: Shape
    /// `{"code": `, `, "name": `, ...: the text before each value.
    private let keys: [[UInt8]]
    private var isFirst = true

    init(_ headings: [Heading], _ shape: Shape) {
        self.shape = shape
        keys = headings.enumerated().map { i, heading in
            var key: [UInt8] = []
            key.append(i == 0 ? "{" : ", ")
            key.append(jsonText: heading.name)
            key.append(": ")
            return key
        }
    }

    mutating func row(_ row: [DisplayValue], _ out: inout [UInt8]) {
        switch shape {
        case .array: out.append(isFirst ? "[\n  " : ",\n  ")
        case .cell: out.append(isFirst ? "[" : ", ")
        case .lines, .single: break
        }
        isFirst = false
        if row.isEmpty { out.append("{") }
        for i in row.indices {
            out.append(contentsOf: keys[i])
            out.append(jsonValue: row[i])
        }
        out.append("}")
        if shape == .lines || shape == .single { out.append("\n") }
    }

    mutating func end(_ spool: Spool) throws {
        switch shape {
        case .array: spool.bytes.append(isFirst ? "[]\n" : "\n]\n")
        case .single where isFirst: spool.bytes.append("null\n")
        default: break
        }
    }
}

/// Compares rows with a cell of an exported file.
package final class ExportedCell {
    private var writer: JSONWriter?
    private var out: [UInt8] = []

    package init() {}

    /// Whether an export writes these rows with these bytes.
    /// - Parameter rows: always with the same headings.
    package func holds(_ rows: Listing, _ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        var writer = writer ?? JSONWriter(rows.headings, .cell)
        self.writer = writer
        out.removeAll(keepingCapacity: true)
        try rows.each { writer.row($0, &out) }
        out.append(out.isEmpty ? "[]" : "]")
        guard out.count == bytes.count, let start = bytes.baseAddress else { return false }
        return memcmp(out, start, out.count) == 0
    }
}

enum JSON {
    static func text(_ nested: Nested) -> String {
        var out: [UInt8] = []
        out.append(json: nested)
        return String(decoding: out, as: UTF8.self)
    }
}

extension [UInt8] {
    mutating func append(jsonValue value: DisplayValue) {
        switch value {
        case .nothing: append("null")
        case .lent(let lent): append(jsonText: lent.bytes)
        case .text(let text): append(jsonText: text)
        case .status(let text, _): append(jsonText: text)
        case .measure(let number, _) where !number.isFinite: append("null")
        case .day, .moment:
            append(UInt8(ascii: "\""))
            append(plain: value)
            append(UInt8(ascii: "\""))
        default: append(plain: value)
        }
    }

    mutating func append(json nested: Nested) {
        switch nested {
        case .value(let value): append(jsonValue: value)
        case .object(let members):
            append("{")
            for (i, member) in members.enumerated() {
                if i > 0 { append(", ") }
                append(jsonText: member.name)
                append(": ")
                append(json: member.value)
            }
            append("}")
        case .array(let values):
            append("[")
            for (i, value) in values.enumerated() {
                if i > 0 { append(", ") }
                append(json: value)
            }
            append("]")
        }
    }

    /// Appends a quoted string. Characters that a terminal interprets are escaped, which JSON allows for any character.
    mutating func append(jsonText text: String) {
        var text = text
        text.withUTF8 { append(jsonText: $0) }
    }

    mutating func append(jsonText bytes: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        if needsEscapes(bytes) { append(escaped: String(decoding: bytes, as: UTF8.self)) } else { append(contentsOf: bytes) }
        append(UInt8(ascii: "\""))
    }

    /// Bytes that may need an escape: control characters, the quote, the backslash, and the first bytes of C1 controls (C2) and of
    /// direction marks and line separators (D8, E2).
    @inline(__always)
    private func needsEscapes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var found: UInt8 = 0
        for byte in bytes {
            found |= byte < 32 ? 1 : 0
            found |= byte == UInt8(ascii: "\"") ? 1 : 0
            found |= byte == UInt8(ascii: "\\") ? 1 : 0
            found |= byte == 127 ? 1 : 0
            found |= byte == 0xC2 ? 1 : 0
            found |= byte == 0xD8 ? 1 : 0
            found |= byte == 0xE2 ? 1 : 0
        }
        return found != 0
    }

    private mutating func append(escaped text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\t": append("\\t")
            case "\r": append("\\r")
            default:
                if TerminalText.isHarmful(scalar) {
                    append(unicode: scalar.value)
                } else {
                    append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                }
            }
        }
    }

    private mutating func append(unicode value: UInt32) {
        append("\\u")
        for shift in [12, 8, 4, 0] as [UInt32] {
            let digit = UInt8(value >> shift & 15)
            append(digit < 10 ? 48 + digit : 87 + digit)
        }
    }
}
