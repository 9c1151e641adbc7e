import Values

/// CSV by RFC 4180, with line feeds. An absent value is an empty cell.
struct CSVWriter: RowWriter {
    let headings: [Heading]
    let header: Bool
    /// Makes text that a spreadsheet would run as a formula into text for it as well.
    let guarded: Bool

    mutating func begin(_ out: inout [UInt8]) {
        guard header else { return }
        for (i, heading) in headings.enumerated() {
            if i > 0 { out.append(UInt8(ascii: ",")) }
            field(heading.name, &out)
        }
        out.append(UInt8(ascii: "\n"))
    }

    mutating func row(_ row: [Shown], _ out: inout [UInt8]) {
        let start = out.count
        for i in row.indices {
            if i > 0 { out.append(UInt8(ascii: ",")) }
            switch row[i] {
            case .lent(let lent) where !guarded: field(lent.bytes, &out)
            case .lent(let lent): field(lent.text, &out)
            case .text(let text): field(text, &out)
            case .status(let text, _): field(text, &out)
            case .nested(let nested): field(JSON.text(nested), &out)
            case let other: out.append(plain: other)
            }
        }
        // A blank line would be no row at all.
        if out.count == start, !row.isEmpty { out.append("\"\"") }
        out.append(UInt8(ascii: "\n"))
    }

    private func field(_ text: String, _ out: inout [UInt8]) {
        var text = text
        if guarded, Formula.isLike(text) { text = "'" + text }
        text.withUTF8 { field($0, &out) }
    }

    @inline(__always)
    private func field(_ bytes: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
        if CSVWriter.needsQuotes(bytes) { quoted(bytes, &out) } else { out.append(contentsOf: bytes) }
    }

    /// Without an early exit, so that the loop is done 16 bytes at a time. The bare word `NULL` would clear a field when it is imported.
    @inline(__always)
    private static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var found: UInt8 = 0
        for byte in bytes {
            found |= byte == UInt8(ascii: ",") ? 1 : 0
            found |= byte == UInt8(ascii: "\"") ? 1 : 0
            found |= byte == UInt8(ascii: "\n") ? 1 : 0
            found |= byte == UInt8(ascii: "\r") ? 1 : 0
        }
        return found != 0 || (bytes.count == 4 && bytes.elementsEqual("NULL".utf8))
    }

    private func quoted(_ bytes: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var start = 0
        for i in bytes.indices where bytes[i] == UInt8(ascii: "\"") {
            out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...i]))
            start = i
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        out.append(UInt8(ascii: "\""))
    }
}

/// Tab-separated values: one line a row, whatever the text holds.
struct TSVWriter: RowWriter {
    let headings: [Heading]
    let header: Bool
    let guarded: Bool

    mutating func begin(_ out: inout [UInt8]) {
        guard header else { return }
        row(headings.map { .text($0.name) }, &out)
    }

    mutating func row(_ row: [Shown], _ out: inout [UInt8]) {
        for i in row.indices {
            if i > 0 { out.append(UInt8(ascii: "\t")) }
            switch row[i] {
            case .lent(let lent): field(lent.text, &out)
            case .text(let text): field(text, &out)
            case .status(let text, _): field(text, &out)
            case .nested(let nested): field(JSON.text(nested), &out)
            case let other: out.append(plain: other)
            }
        }
        out.append(UInt8(ascii: "\n"))
    }

    private func field(_ text: String, _ out: inout [UInt8]) {
        if guarded, Formula.isLike(text) { out.append(UInt8(ascii: "'")) }
        var text = text
        text.withUTF8 { bytes in
            if TSVWriter.needsEscapes(bytes) { escaped(bytes, &out) } else { out.append(contentsOf: bytes) }
        }
    }

    @inline(__always)
    private static func needsEscapes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var found: UInt8 = 0
        for byte in bytes {
            found |= byte < 32 ? 1 : 0
            found |= byte == UInt8(ascii: "\\") ? 1 : 0
        }
        return found != 0
    }

    private func escaped(_ bytes: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\t"): out.append("\\t")
            case UInt8(ascii: "\n"): out.append("\\n")
            case UInt8(ascii: "\r"): out.append("\\r")
            case UInt8(ascii: "\\"): out.append("\\\\")
            default: out.append(byte)
            }
        }
    }
}

/// Text that a spreadsheet takes for a formula (OWASP, "CSV Injection"). An apostrophe in front makes it text, and text
/// that has one already gets a second, so that taking one away gives back what was there.
enum Formula {
    static func isLike(_ text: String) -> Bool {
        switch text.unicodeScalars.first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }

    /// Without the apostrophe, where there is one to take away.
    static func bare(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'") else { return text }
        let rest = String(text.dropFirst())
        return isLike(rest) ? rest : text
    }
}
