import Values

/// CSV by RFC 4180, with line feeds. An absent value is an empty cell.
struct CSVWriter: RowWriter {
    let headings: [Heading]
    let header: Bool
    /// The spreadsheet that the file is for; nil for programs.
    let sheet: Spreadsheet?
    private let delimiter: UInt8

    init(headings: [Heading], header: Bool, sheet: Spreadsheet?) {
        (self.headings, self.header, self.sheet) = (headings, header, sheet)
        delimiter = (sheet?.delimiter ?? .comma).byte
    }

    mutating func begin(_ out: inout [UInt8]) {
        guard header else { return }
        for (i, heading) in headings.enumerated() {
            if i > 0 { out.append(delimiter) }
            field(heading.name, &out)
        }
        out.append(UInt8(ascii: "\n"))
    }

    mutating func row(_ row: [DisplayValue], _ out: inout [UInt8]) {
        let start = out.count
        for i in row.indices {
            if i > 0 { out.append(delimiter) }
            switch row[i] {
            case .lent(let lent) where sheet == nil: field(lent.bytes, &out)
            case .lent(let lent): field(lent.text, &out)
            case .text(let text): field(text, &out)
            case .status(let text, _): field(text, &out)
            case .nested(let nested): field(JSON.text(nested), &out)
            case let other: out.append(plain: other, for: sheet)
            }
        }
        // A single empty cell is quoted, because a blank line is not a row.
        if out.count == start, !row.isEmpty { out.append("\"\"") }
        out.append(UInt8(ascii: "\n"))
    }

    private func field(_ text: String, _ out: inout [UInt8]) {
        guard sheet != nil else {
            var text = text
            return text.withUTF8 { field($0, &out) }
        }
        var guarded = Spreadsheet.guarded(text)
        guarded.withUTF8 { Spreadsheet.parts($0) ? quoted($0, &out) : field($0, &out) }
    }

    @inline(__always)
    private func field(_ bytes: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
        if CSVWriter.needsQuotes(bytes) { quoted(bytes, &out) } else { out.append(contentsOf: bytes) }
    }

    /// Has no early exit, so that the compiler vectorises the loop. The word `NULL` is quoted, because unquoted it clears a field on
    /// import.
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

/// Tab-separated values: one line per row. Line breaks in texts are escaped.
struct TSVWriter: RowWriter {
    let headings: [Heading]
    let header: Bool
    let sheet: Spreadsheet?

    mutating func begin(_ out: inout [UInt8]) {
        guard header else { return }
        row(headings.map { .text($0.name) }, &out)
    }

    mutating func row(_ row: [DisplayValue], _ out: inout [UInt8]) {
        for i in row.indices {
            if i > 0 { out.append(UInt8(ascii: "\t")) }
            switch row[i] {
            case .lent(let lent): field(lent.text, &out)
            case .text(let text): field(text, &out)
            case .status(let text, _): field(text, &out)
            case .nested(let nested): field(JSON.text(nested), &out)
            case let other: out.append(plain: other, for: sheet)
            }
        }
        out.append(UInt8(ascii: "\n"))
    }

    private func field(_ text: String, _ out: inout [UInt8]) {
        var text = sheet == nil ? text : Spreadsheet.guarded(text)
        // The bare word clears a field on import.
        if text == "NULL" { out.append(UInt8(ascii: "\\")) }
        text.withUTF8 { bytes in
            if TSVWriter.needsEscapes(bytes) { TSVWriter.escaped(bytes, &out) } else { out.append(contentsOf: bytes) }
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

    static func escaped(_ bytes: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
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
