import Glibc
import Values

/// A table of the bytes that end a run of ordinary characters.
private struct Stops: @unchecked Sendable {
    let table: UnsafePointer<Bool>

    private init(_ marks: UInt8...) {
        let bytes = UnsafeMutablePointer<Bool>.allocate(capacity: 256)
        bytes.initialize(repeating: false, count: 256)
        for mark in marks + [0, 10, 13] { bytes[Int(mark)] = true }
        table = UnsafePointer(bytes)
    }

    static let tsv = Stops(9, UInt8(ascii: "\\")), quoted = Stops(UInt8(ascii: "\""))
    private static let commas = Stops(UInt8(ascii: ",")), semicolons = Stops(UInt8(ascii: ";"))
    private static let others = (0..<128).map { Stops($0) }

    /// The table for CSV with this separator.
    static func csv(_ delimiter: UInt8) -> Stops {
        switch delimiter {
        case UInt8(ascii: ","): commas
        case UInt8(ascii: ";"): semicolons
        default: others[Int(delimiter & 127)]
        }
    }
}

/// CSV and TSV.
extension RecordReader {
    func readHeader() throws {
        guard try parseLine(most: RecordReader.mostColumns) else {
            throw Failure(.input, .recordReader, "\(name) is empty: its first line must name the columns")
        }
        if let fault { throw failure(fault) }
        var seen: Set<String> = []
        // Spreadsheets also write columns that were never filled.
        while found > 1, text(found - 1).trimmed.isEmpty { (found, nameless) = (found - 1, nameless + 1) }
        for i in 0..<found {
            let column = String(text(i).trimmed)
            var wrong: String?
            if column.isEmpty { wrong = "has no name" } else if !seen.insert(column).inserted { wrong = "'\(column)' is there twice" }
            if let wrong { throw failure(.init(file: name, line: line, column: "column \(i + 1)", wrong)) }
            columns.append(column)
            columnLines.append(line)
        }
    }

    func nextLine() throws -> Bool {
        guard try parseLine(most: columns.count + nameless) else { return false }
        while found > columns.count, found <= columns.count + nameless, isEmpty(found - 1) { found -= 1 }
        if fault == nil, found != columns.count {
            let count =
                found > columns.count
                ? "more fields than the \(columns.count) of the header" : "\(found) fields, the header has \(columns.count)"
            fault = Failure.Fault(file: name, line: line, "has \(count)")
        }
        if let fault { throw failure(fault) }
        return true
    }

    /// Whether a row of CSV or TSV is empty, without even quotes. A spreadsheet writes such rows for cleared cells.
    package var isBlank: Bool { dialect != .json && used == 0 && (0..<found).allSatisfy { fields[$0].kind == .plain } }

    /// Reads the next line that is not blank into `fields`, and sets `found` to the number of fields. Fields beyond `most` are skipped.
    private func parseLine(most: Int) throws -> Bool {
        (used, fault, found, isWhole) = (0, nil, 0, true)
        while let byte = try peek(), byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { try takeLineEnd(byte) }
        guard try peek() != nil else { return false }
        line = currentLine
        let separator = dialect == .csv ? delimiter : UInt8(ascii: "\t")
        var kept: Int?
        while true {
            if found >= most + RecordReader.mostBeyond {
                // Bytes of skipped fields are dropped, so that a line of a gigabyte needs no memory.
                kept = kept ?? used
                (used, isWhole) = (kept ?? 0, false)
            }
            if found >= most {
                if columns.isEmpty { note("has more than \(RecordReader.mostColumns) columns", nil) }
            }
            try parseField(found)
            found += 1
            guard let byte = try peek() else { return true }
            if byte != separator {
                try takeLineEnd(byte)
                return true
            }
            at += 1
        }
    }

    private func parseField(_ i: Int) throws {
        let start = used
        var kind = Field.Kind.plain
        if dialect == .csv, try peek() == UInt8(ascii: "\"") {
            kind = .quoted
            try parseQuoted(i)
        } else {
            let isEscaped = try parsePlain(i, from: start)
            if !isEscaped, used - start == 4, arena[start] == 78, arena[start + 1] == 85, arena[start + 2] == 76, arena[start + 3] == 76 {
                kind = .null
                used = start
            }
        }
        guard i < RecordReader.mostColumns else { return }
        if kind == .plain, dialect == .tsv || delimiter == 9 { noteTabText(from: start) }
        if memchr(arena + start, 39, used - start) != nil { takeGuards(from: start) }
        fields[i] = Field(start: start, end: used, kind: kind)
    }

    /// Counts tab-separated fields that the rules of TSV and of spreadsheets read differently. In both rules `\NULL` is the literal text
    /// `NULL`, which by itself would clear the field.
    private func noteTabText(from start: Int) {
        let bytes = UnsafeBufferPointer(start: arena + start, count: used - start)
        if dialect == .tsv {
            if bytes.count > 1, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") { ambiguous += 1 }
        } else if bytes.count == 5, bytes.elementsEqual("\\NULL".utf8) {
            memmove(arena + start, arena + start + 1, 4)
            used -= 1
        } else if zip(bytes, bytes.dropFirst()).contains(where: { $0 == UInt8(ascii: "\\") && "tnr\\".utf8.contains($1) }) {
            ambiguous += 1
        }
    }

    /// Counts a field with apostrophes of `--excel`, and removes them if `guarded` is set.
    private func takeGuards(from start: Int) {
        let bytes = UnsafeBufferPointer(start: arena + start, count: used - start), places = Spreadsheet.guards(in: bytes)
        guard !places.isEmpty else { return }
        apostrophes += 1
        guard guarded else { return }
        let plain = Spreadsheet.without(places, bytes)
        (arena + start).update(from: plain, count: plain.count)
        used = start + plain.count
    }

    /// Consumes ordinary characters; returns whether all were ASCII.
    @inline(__always)
    private func takeRun(_ stops: Stops, from start: Int, _ column: Int) -> Bool {
        var place = at, bits: UInt8 = 0
        let limit = end, window = window, table = stops.table
        while place < limit {
            let byte = window[place]
            if table[Int(byte)] { break }
            bits |= byte
            place += 1
        }
        append(window + at, place - at, from: start, column)
        at = place
        return bits < 0x80
    }

    /// Consumes ordinary characters and doubled quotes, as JSON in a cell has many, up to the last byte of the window and while there is
    /// room; returns whether all were ASCII.
    @inline(__always)
    private func takeDoubled(from start: Int) -> Bool {
        var place = at, out = used, bits: UInt8 = 0
        let last = end - 1, window = window, arena = arena, table = Stops.quoted.table
        let room = min(arenaSize, start + RecordReader.longestField, RecordReader.longestRow)
        while place < last, out < room {
            let byte = window[place]
            if table[Int(byte)] {
                guard byte == UInt8(ascii: "\""), window[place + 1] == byte else { break }
                place += 1
            }
            arena[out] = byte
            bits |= byte
            place += 1
            out += 1
        }
        (at, used) = (place, out)
        return bits < 0x80
    }

    /// - Returns: whether an N was escaped, so that the field is not the word `NULL`.
    private func parsePlain(_ i: Int, from start: Int) throws -> Bool {
        let stops = dialect == .csv ? Stops.csv(delimiter) : Stops.tsv
        var isASCII = true, isEscaped = false
        while true {
            if !takeRun(stops, from: start, i) { isASCII = false }
            guard let byte = try peek(), stops.table[Int(byte)] else {
                if at == end { break }
                continue
            }
            if byte == 0 {
                note("holds a NUL character", i)
                at += 1
            } else if byte == UInt8(ascii: "\\") {
                at += 1
                if try peek() == UInt8(ascii: "N") { isEscaped = true } else { try takeEscape(from: start, i) }
            } else {
                break
            }
        }
        if !isASCII { check(utf8: start, i) }
        return isEscaped
    }

    /// Reads an escape: `\t`, `\n`, `\r` or `\\`. Before any other character the backslash is literal.
    private func takeEscape(from start: Int, _ i: Int) throws {
        var byte = UInt8(ascii: "\\")
        switch try peek() {
        case UInt8(ascii: "t"): byte = 9
        case UInt8(ascii: "n"): byte = 10
        case UInt8(ascii: "r"): byte = 13
        case UInt8(ascii: "\\"): break
        default: return append(&byte, 1, from: start, i)
        }
        at += 1
        append(&byte, 1, from: start, i)
    }

    private func parseQuoted(_ i: Int) throws {
        let start = used, opened = currentLine
        at += 1
        var isASCII = true
        while true {
            if !takeDoubled(from: start) { isASCII = false }
            if !takeRun(.quoted, from: start, i) { isASCII = false }
            guard var byte = try peek() else {
                let unclosed = Failure.Fault(file: name, line: opened, column: columnName(i), "opens a quote that is never closed")
                (fault, isWhole) = (fault ?? unclosed, false)
                break
            }
            guard Stops.quoted.table[Int(byte)] else { continue }
            at += 1
            switch byte {
            case 0: note("holds a NUL character", i)
            case UInt8(ascii: "\""):
                guard try peek() == byte else {
                    if !isASCII { check(utf8: start, i) }
                    return try takeAfterQuote(from: start, i)
                }
                at += 1
                append(&byte, 1, from: start, i)
            default:
                append(&byte, 1, from: start, i)
                // For CR LF, only the LF is counted.
                let isFirstHalf = byte == UInt8(ascii: "\r") ? try peek() == UInt8(ascii: "\n") : false
                if !isFirstHalf { currentLine += 1 }
            }
        }
    }

    /// Goes to the end of the field. Text between a closing quote and the separator is a fault.
    private func takeAfterQuote(from start: Int, _ i: Int) throws {
        let stops = Stops.csv(delimiter)
        while let byte = try peek(), !(stops.table[Int(byte)] && byte != 0) {
            note("has text behind its closing quote", i)
            append(window + at, 1, from: start, i)
            at += 1
        }
    }

    private func takeLineEnd(_ byte: UInt8) throws {
        at += 1
        currentLine += 1
        if byte == UInt8(ascii: "\r"), try peek() == UInt8(ascii: "\n") { at += 1 }
    }
}
