import Values

/// The field separator.
package struct Delimiter: Readable, Hashable, Sendable {
    package static let word = "MARK"
    package static let expected = "one of comma, semicolon, tab, pipe, or a mark such as ^"
    package static let choices = ["comma", "semicolon", "tab", "pipe"]
    private static let bytes: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]
    /// The allowed separators: no letters, digits, quotes or signs of numbers.
    private static let marks = Set("!#$%&*,/:;<=>?@^_`|~".utf8)
    package var byte: UInt8

    package static let comma = Delimiter(byte: bytes[0]), semicolon = Delimiter(byte: bytes[1])

    init(byte: UInt8) { self.byte = byte }

    package init?(reading text: String) {
        if let i = Delimiter.choices.firstIndex(of: text.lowercased()) {
            byte = Delimiter.bytes[i]
        } else if text == "\\t" {
            byte = 9
        } else {
            guard text.utf8.count == 1, let first = text.utf8.first, first == 9 || Delimiter.marks.contains(first) else { return nil }
            byte = first
        }
    }

    /// Reads `sep=;`, the line with which Excel declares the separator.
    static func said(_ line: some Collection<UInt8>) -> Delimiter? {
        let bytes = Array(line)
        guard bytes.count == 5, bytes.starts(with: "sep=".utf8), Delimiter.bytes.contains(bytes[4]) else { return nil }
        return Delimiter(byte: bytes[4])
    }

    /// The most frequent separator in a header, outside quotes; a comma if there is none.
    static func guessed(_ header: some Collection<UInt8>) -> Delimiter {
        var counts = [Int](repeating: 0, count: bytes.count), isQuoted = false
        for byte in header {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, let i = bytes.firstIndex(of: byte) { counts[i] += 1 }
        }
        let most = counts.max() ?? 0
        return Delimiter(byte: bytes[counts.firstIndex(of: most) ?? 0])
    }
}

/// The format of a file as given by options. Nil values are detected.
package struct FileForm: Sendable {
    package var encoding: Encoding?
    package var delimiter: Delimiter?
    package var decimal: DecimalMark?
    package var dates: DateOrder?

    package static let encodingOption = Option<Encoding>(
        "--encoding NAME", "the text encoding, where it is not recognised: utf-8, utf-16, windows-1252 or latin1")
    package static let delimiterOption = Option<Delimiter>(
        "--delimiter MARK", "the field separator, where it is not recognised")
    package static let decimalOption = Option<DecimalMark>("--decimal MARK", "the decimal mark, where it is not recognised")
    package static let parameters: [any Parameter] = [delimiterOption, decimalOption, Standard.dates, encodingOption]

    package init(_ call: Call) {
        (encoding, delimiter, decimal) = (call[Self.encodingOption], call[Self.delimiterOption], call[Self.decimalOption])
        dates = call[Standard.dates]
    }
}

extension RecordReader {
    /// Reads the rows of a file in any supported format.
    /// - Parameters:
    ///   - own: the columns that laseros writes. With exactly these, a file with tabs is TSV. If nil, every UTF-8 file with tabs is.
    ///   - guarded: whether to remove the apostrophes that `--excel` adds.
    package convenience init(_ text: TextInput, _ form: FileForm? = nil, own: [String]? = nil, guarded: Bool = false) throws {
        // Excel's "Unicode text" is UTF-16 with tabs, quoted like CSV.
        let tabs: Tabs = text.encoding != .utf8 ? .csv : own.map { .tsvUnder($0) } ?? .tsv
        try self.init(
            name: text.name, delimiter: form?.delimiter, tabs: tabs, guarded: guarded, refill: text.read, rewind: text.rewind)
    }

    /// A note about tab-separated cells that can be read in two ways; nil if there are none.
    package var doubt: String? {
        guard ambiguous > 0 else { return nil }
        let cells = "\(counted(ambiguous, "cell has", "cells have"))"
        return dialect == .tsv
            ? "\(cells) quotes around the text, which stay: --delimiter tab reads quotes as spreadsheets write them"
            : "\(cells) \\n, \\t, \\r or \\\\, which stay as they are: only an export with all its columns is TSV of laseros"
    }

    /// Creates the reader for the numbers of this file.
    /// - Parameter likely: the decimal mark if nothing else determines it.
    package func numerals(_ form: FileForm? = nil, likely: DecimalMark?) -> NumberReader {
        NumberReader(form?.decimal, delimiter: delimiter, likely: likely)
    }

    /// The text of a field; numbers in plain form.
    /// - Throws: `input` if a number is ambiguous.
    package func text<Value: Presentable>(_ i: Int, as type: Value.Type, _ numerals: inout NumberReader) throws -> String {
        guard Value.shownType.isNumber else { return text(i) }
        switch numerals.plain(text(i), line: line) {
        case .text(let text): return text
        case .wrong(let message): throw failure(.init(file: name, line: line, column: columns[i], message))
        }
    }

    /// The contents of a column in the current row.
    /// - Parameter isNumber: whether the column contains numbers, which are converted to plain form.
    package func cell(_ i: Int, isNumber: Bool, _ numerals: inout NumberReader) -> FileCell {
        if isNull(i) { return .cleared }
        if isAbsent(i) { return .nothing }
        if isNested(i) { return .wrong("holds a list or an object, where one value belongs") }
        guard isNumber, !isEmpty(i) else { return .text(text(i).withPlainLines) }
        let typed = text(i)
        if self.isNumber(i) { return .number(Decimal.plain(json: typed), typed: typed) }
        return switch numerals.plain(typed, line: line) {
        case .text(let text): .number(text, typed: typed)
        case .wrong(let message): .wrong(message)
        }
    }

    /// Goes to the next valid row. An invalid one does not stop the rows after it from being read.
    /// - Parameter wrong: receives the faults of invalid rows.
    package func next(_ wrong: ([Failure.Fault]) throws -> Void) throws -> Bool {
        while true {
            do { return try next() } catch let failure as Failure where failure.kind == .input && !failure.faults.isEmpty {
                try wrong(failure.faults)
                if dialect == .json { return false }
            }
        }
    }

    /// Creates a reader for a list that laseros printed in a machine format: JSON, or a header with one of the columns; nil for other
    /// input.
    package static func list(_ file: InputFile, columns: [String]) throws -> RecordReader? {
        let text = try TextInput(file)
        var start = [UInt8](repeating: 0, count: 4096)
        let count = try start.withUnsafeMutableBytes { try text.read(into: $0) }
        text.rewind()
        var rest = start[..<count]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        var line = rest.drop { $0 <= 32 }.prefix { $0 != 10 && $0 != 13 }
        let said = Delimiter.said(line)
        if said != nil { line = rest.dropFirst(line.count).drop { $0 <= 32 }.prefix { $0 != 10 && $0 != 13 } }
        if line.first == UInt8(ascii: "{") || line.first == UInt8(ascii: "[") { return try RecordReader(text) }
        let names = line.split(separator: (said ?? Delimiter.guessed(line)).byte, omittingEmptySubsequences: false).map { name in
            String(decoding: name.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        }
        return names.contains(where: columns.contains) ? try RecordReader(text) : nil
    }
}
