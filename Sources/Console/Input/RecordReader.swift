import Glibc
import Values

/// Rows of text from CSV, TSV, NDJSON or a JSON array of objects, one at a time, in memory that does not grow with the file.
///
/// CSV is RFC 4180 with a header; lines may end in LF, CRLF or CR. TSV, as laseros writes it, has no quotes but `\t`, `\n`, `\r` and `\\`;
/// what spreadsheets part by tabs is CSV. Every fault is a `Failure(.input)` with one `Fault`; after one in CSV or TSV the rows behind it can still be read, so that all can be told at once.
package final class RecordReader {
    package enum Dialect: String, Sendable { case csv, tsv, json }

    /// Above these a file is refused: it is no list of a shop's things.
    package static let longestField = 1 << 20, longestRow = 32 << 20, mostColumns = 10_000

    /// Whether a file parted by tabs is TSV as laseros writes it, with backslashes, or what a spreadsheet writes, with quotes.
    package enum Tabs: Equatable { case tsv, csv, tsvUnder([String]) }

    struct Field {
        enum Kind { case plain, quoted, nested, null, absent }
        var start = 0, end = 0
        var kind = Kind.plain
    }

    /// The names in the header; of JSON every key, in order of appearance.
    package internal(set) var columns: [String] = []
    /// The line on which each of them is named first.
    package internal(set) var columnLines: [Int] = []
    @exclusivity(unchecked) package private(set) var dialect: Dialect
    /// What parts the fields of CSV.
    package let delimiter: UInt8
    /// Columns without a name behind those that have one.
    var nameless = 0
    /// The line on which the row starts, counted from 1.
    @exclusivity(unchecked) package internal(set) var line = 0

    let name: String
    /// Takes the apostrophe off text that `--excel` has put there.
    let guarded: Bool
    /// How many fields of CSV had an apostrophe where `--excel` puts one.
    package internal(set) var apostrophes = 0
    /// How many fields between tabs could be read by the rule of spreadsheets and by that of TSV as two texts.
    package internal(set) var ambiguous = 0
    private let refill: (UnsafeMutableRawBufferPointer) throws -> Int

    /// Of what is in one cell most is small: to make room for a file would take longer than to read it.
    private let windowSize: Int
    let capacity: Int
    let window: UnsafeMutablePointer<UInt8>
    private var isAtEnd = false
    /// The next byte in the window, and the end of what is in it. The reader's place is not checked for overlapping access: that took a
    /// third of the time.
    @exclusivity(unchecked) var at = 0, end = 0
    /// The line that `at` is in.
    @exclusivity(unchecked) var currentLine = 1

    /// The row's fields, one after the other.
    @exclusivity(unchecked) private(set) var arena = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    @exclusivity(unchecked) private var arenaSize = 4096
    /// How much of the arena is taken.
    @exclusivity(unchecked) var used = 0
    let fields: UnsafeMutablePointer<Field>
    /// How many fields the last line had.
    @exclusivity(unchecked) var found = 0
    /// The first thing wrong with the row.
    @exclusivity(unchecked) var fault: Failure.Fault?
    var json = JSONState()

    /// Reads the header, or every key of JSON.
    /// - Parameters:
    ///   - name: the file's name in faults.
    ///   - dialect: nil to tell it from the first bytes.
    ///   - delimiter: of CSV; nil to tell it from the header, or a comma where the dialect is given.
    ///   - tabs: when a file parted by tabs is TSV.
    ///   - isNested: it is what one cell of another file holds.
    ///   - refill: reads on: bytes read, 0 at the end.
    ///   - rewind: goes back to the start: JSON is read twice.
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
        // Nothing at all is what NDJSON of an empty list is.
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

    /// A list of objects, or one, as JSON in a cell.
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

    /// The field's text as it is; good until the next row.
    package func bytes(_ i: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: arena + fields[i].start, count: fields[i].end - fields[i].start)
    }

    package func text(_ i: Int) -> String { String(decoding: bytes(i), as: UTF8.self) }

    package func isEmpty(_ i: Int) -> Bool { fields[i].start == fields[i].end }

    /// The object has no such key.
    package func isAbsent(_ i: Int) -> Bool { fields[i].kind == .absent }

    /// A list or an object of JSON.
    package func isNested(_ i: Int) -> Bool { fields[i].kind == .nested }

    /// A number of JSON, which has a point before its decimals whatever other numbers have.
    package func isNumber(_ i: Int) -> Bool { dialect == .json && fields[i].kind == .plain }

    /// `null` in JSON; in CSV and TSV the word `NULL` without quotes: it clears what is there.
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

    /// The byte at hand without taking it; nil at the end.
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

    /// The byte order mark.
    private func skipMark() throws {
        _ = try peek()
        if end - at >= 3, window[at] == 0xEF, window[at + 1] == 0xBB, window[at + 2] == 0xBF { at += 3 }
    }

    /// Appends to the field that starts at `start`; what is too long is not kept, only remembered as wrong.
    @inline(__always)
    func append(_ bytes: UnsafePointer<UInt8>, _ count: Int, from start: Int, _ column: Int) {
        guard count > 0 else { return }
        guard used + count - start <= RecordReader.longestField, used + count <= RecordReader.longestRow else {
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

    /// Remembers what is wrong with the row, if it is the first thing.
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
