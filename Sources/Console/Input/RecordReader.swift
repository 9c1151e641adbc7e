import Glibc
import Values

/// Reads rows of text from CSV, TSV, NDJSON or a JSON array of objects, one at a time. Memory does not grow with the file.
///
/// CSV follows RFC 4180 and has a header; lines end in LF, CRLF or CR. TSV as laseros writes it has no quotes, but `\t`, `\n`, `\r` and
/// `\\`; tab-separated files of spreadsheets are read as CSV. Every fault is a `Failure(.input)` with one `Fault`. After a fault in CSV or
/// TSV the next rows can still be read, so that all faults can be reported at once.
package final class RecordReader {
    package enum Dialect: String, Sendable { case csv, tsv, json }

    /// How many fields of a row beyond its header are kept, for whoever mends it.
    static let mostBeyond = 50

    /// Files that exceed these limits are refused: they are not lists of a shop.
    package static let longestField = 1 << 20, longestRow = 32 << 20, mostColumns = 10_000

    /// How to read a tab-separated file: as TSV written by laseros, with backslashes, or as a spreadsheet's, with quotes.
    package enum Tabs: Equatable { case tsv, csv, tsvUnder([String]) }

    struct Field {
        enum Kind { case plain, quoted, nested, null, absent }
        var start = 0, end = 0
        var kind = Kind.plain
    }

    /// The names in the header; for JSON all keys, in order of appearance.
    package internal(set) var columns: [String] = []
    /// The line where each column first appears.
    package internal(set) var columnLines: [Int] = []
    @exclusivity(unchecked) package private(set) var dialect: Dialect
    /// The field separator of CSV.
    package let delimiter: UInt8
    /// The number of unnamed columns at the end.
    var nameless = 0
    /// The line on which the row starts, from 1.
    @exclusivity(unchecked) package internal(set) var line = 0

    let name: String
    /// Whether to remove the apostrophes that `--excel` adds.
    let guarded: Bool
    /// The number of CSV fields with an apostrophe that `--excel` may have added.
    package internal(set) var apostrophes = 0
    /// The number of tab-separated fields that the rules of spreadsheets and of TSV read differently.
    package internal(set) var ambiguous = 0
    private let refill: (UnsafeMutableRawBufferPointer) throws -> Int

    /// Nested JSON in a cell is usually small, and allocating a window as for a file would take longer than reading it.
    private let windowSize: Int
    let capacity: Int
    let window: UnsafeMutablePointer<UInt8>
    private var isAtEnd = false
    /// The position of the next byte in the window, and the end of its contents. Exclusivity checks are off, because they took a third of
    /// the time.
    @exclusivity(unchecked) var at = 0, end = 0
    /// The line of the position `at`.
    @exclusivity(unchecked) var currentLine = 1

    /// The fields of the row, one after the other.
    @exclusivity(unchecked) private(set) var arena = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    @exclusivity(unchecked) private(set) var arenaSize = 4096
    /// The number of bytes used in the arena.
    @exclusivity(unchecked) var used = 0
    let fields: UnsafeMutablePointer<Field>
    /// The number of fields in the last line.
    @exclusivity(unchecked) var found = 0
    /// The first fault of the row.
    @exclusivity(unchecked) var fault: Failure.Fault?
    /// Whether all that the row holds is in its fields.
    @exclusivity(unchecked) package internal(set) var isWhole = true
    var json = JSONState()

    /// Reads the header, or all keys of JSON.
    /// - Parameters:
    ///   - name: the file's name in faults.
    ///   - dialect: nil to detect it from the first bytes.
    ///   - delimiter: the separator of CSV; nil to detect it in the header, or for a comma if the dialect is given.
    ///   - tabs: when a tab-separated file is TSV.
    ///   - isNested: whether the input is one cell of another file.
    ///   - refill: reads the next bytes and returns their number, 0 at the end.
    ///   - rewind: goes back to the start, because JSON is read twice.
    package init(
        name: String, dialect told: Dialect? = nil, delimiter: Delimiter? = nil, tabs: Tabs = .tsv, guarded: Bool = false,
        isNested: Bool = false,
        refill: @escaping (UnsafeMutableRawBufferPointer) throws -> Int, rewind: () throws -> Void
    ) throws {
        (self.name, self.guarded, self.refill) = (name, guarded, refill)
        (windowSize, capacity) = isNested ? (1 << 12, 100) : (1 << 18, RecordReader.mostColumns)
        (window, fields) = (.allocate(capacity: windowSize), .allocate(capacity: capacity))
        fields.initialize(repeating: Field(), count: capacity)
        try RecordReader.fill(window, windowSize, &end, refill)
        try RecordReader.checkStart(window, end, name)
        let start = RecordReader.Start(window, end)
        let mark = delimiter ?? (told == nil ? start.delimiter : .comma)
        // An empty file is the NDJSON of an empty list.
        let isJSON = start.isJSON || delimiter == nil && start.isEmpty && !RecordReader.isNamedAsTable(name)
        dialect = told ?? (isJSON ? .json : delimiter == nil && tabs == .tsv && mark.byte == 9 ? .tsv : .csv)
        self.delimiter = mark.byte
        try skipMark()
        if told == nil, !isJSON, start.saysDelimiter { (at, currentLine) = (at + start.firstLine, 2) }
        switch dialect {
        case .csv, .tsv:
            try readHeader()
            if delimiter == nil, told == nil, mark.byte == 9, tabs == .tsvUnder(columns), nameless == 0 { dialect = .tsv }
        case .json:
            try readKeys()
            try rewind()
            (at, end, isAtEnd, currentLine) = (0, 0, false, 1)
            try skipMark()
        }
    }

    package convenience init(_ file: InputFile, dialect: Dialect? = nil, guarded: Bool = false) throws {
        try self.init(name: file.name, dialect: dialect, guarded: guarded, refill: file.read, rewind: file.rewind)
    }

    /// Reads a JSON array of objects, or a single object, from a cell.
    package convenience init(nested text: String, name: String) throws {
        let file = InputFile(Array(text.utf8), name: name)
        try self.init(name: name, dialect: .json, isNested: true, refill: file.read, rewind: file.rewind)
    }

    deinit {
        window.deallocate()
        arena.deallocate()
        fields.deallocate()
    }

    /// Goes to the next row.
    /// - Returns: false at the end.
    package func next() throws -> Bool { dialect == .json ? try nextObject() : try nextLine() }

    /// The field's text, unchanged; valid until the next row.
    package func bytes(_ i: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: arena + fields[i].start, count: fields[i].end - fields[i].start)
    }

    package func text(_ i: Int) -> String { String(decoding: bytes(i), as: UTF8.self) }

    package func isEmpty(_ i: Int) -> Bool { fields[i].start == fields[i].end }

    /// Whether the object lacks this key.
    package func isAbsent(_ i: Int) -> Bool { fields[i].kind == .absent }

    /// Whether the value is a JSON array or object.
    package func isNested(_ i: Int) -> Bool { fields[i].kind == .nested }

    /// Whether the value is a JSON number, which always has a decimal point.
    package func isNumber(_ i: Int) -> Bool { dialect == .json && fields[i].kind == .plain }

    /// Whether the value is `null` in JSON or the unquoted word `NULL` in CSV and TSV, which clears the field.
    package func isNull(_ i: Int) -> Bool { fields[i].kind == .null }
}

extension RecordReader {
    private static func fill(
        _ window: UnsafeMutablePointer<UInt8>, _ windowSize: Int, _ end: inout Int, _ refill: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws {
        while end < windowSize {
            let count = try refill(UnsafeMutableRawBufferPointer(start: window + end, count: windowSize - end))
            if count == 0 { break }
            end += count
        }
    }

    /// The next byte without consuming it; nil at the end.
    @inline(__always)
    func peek() throws -> UInt8? {
        if at == end { try refillWindow() }
        return at < end ? window[at] : nil
    }

    private func refillWindow() throws {
        guard !isAtEnd else { return }
        (at, end) = (0, 0)
        try RecordReader.fill(window, windowSize, &end, refill)
        isAtEnd = end == 0
    }

    /// Skips the byte order mark.
    private func skipMark() throws {
        _ = try peek()
        if end - at >= 3, window[at] == 0xEF, window[at + 1] == 0xBB, window[at + 2] == 0xBF { at += 3 }
    }

    /// Appends to the field that starts at `start`. A field that is too long is not stored, only noted as a fault.
    @inline(__always)
    func append(_ bytes: UnsafePointer<UInt8>, _ count: Int, from start: Int, _ column: Int) {
        guard count > 0 else { return }
        guard used + count - start <= RecordReader.longestField, used + count <= RecordReader.longestRow else {
            isWhole = false
            return note("is longer than \(used + count > RecordReader.longestRow ? "32" : "1") MiB", column)
        }
        if used + count > arenaSize { grow(used + count) }
        memcpy(arena + used, bytes, count)
        used += count
    }

    private func grow(_ least: Int) {
        let size = max(arenaSize * 2, least)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        larger.update(from: arena, count: used)
        arena.deallocate()
        (arena, arenaSize) = (larger, size)
    }

    /// Notes a fault of the row, unless there is one already.
    func note(_ message: @autoclosure () -> String, _ column: Int?) {
        if fault == nil { fault = Failure.Fault(file: name, line: currentLine, column: column.map(columnName), message()) }
    }

    func columnName(_ i: Int) -> String { i < columns.count ? columns[i] : "column \(i + 1)" }

    func failure(_ fault: Failure.Fault) -> Failure {
        Failure(.input, .recordReader, "\(name) cannot be read", faults: [fault])
    }

    func check(utf8 start: Int, _ column: Int) {
        if !RecordReader.isUTF8(arena + start, used - start) { note("is not UTF-8 text", column) }
    }
}
