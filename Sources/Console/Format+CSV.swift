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
        if guarded, Formula.isLike(text) { return quoted("'" + text, &out) }
        let plain: Bool? = text.utf8.withContiguousStorageIfAvailable { bytes in
            guard !CSVWriter.needsQuotes(bytes) else { return false }
            out.append(contentsOf: bytes)
            return true
        }
        if plain != true { quoted(text, &out) }
    }

    /// No early exit: this way the loop is done 16 bytes at a time.
    @inline(__always)
    private static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var found = false
        for byte in bytes {
            found =
                found
                || (byte == UInt8(ascii: ",")) || (byte == UInt8(ascii: "\"")) || (byte == UInt8(ascii: "\n"))
                || (byte == UInt8(ascii: "\r"))
        }
        return found
    }

    private func quoted(_ text: String, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
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
        for byte in text.utf8 {
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
