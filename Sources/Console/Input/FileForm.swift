import Values

/// What parts the fields of a line.
package struct Delimiter: Readable, Hashable, Sendable {
    package static let word = "MARK"
    package static let expected = "one of comma, semicolon, tab, pipe, or a mark such as ^"
    package static let choices = ["comma", "semicolon", "tab", "pipe"]
    private static let bytes: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]
    /// What fields cannot be full of: no letters, digits, quotes or signs of numbers.
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

    /// `sep=;`, with which Excel begins a file to say what parts its fields.
    static func said(_ line: some Collection<UInt8>) -> Delimiter? {
        let bytes = Array(line)
        guard bytes.count == 5, bytes.starts(with: "sep=".utf8), Delimiter.bytes.contains(bytes[4]) else { return nil }
        return Delimiter(byte: bytes[4])
    }

    /// The mark that parts most fields of a header, quoted text left out; a comma where there is none.
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

/// How a file of rows is written, as far as it was said: what was not is recognised.
package struct FileForm: Sendable {
    package var encoding: Encoding?
    package var delimiter: Delimiter?
    package var decimal: DecimalMark?

    package static let encodingOption = Option<Encoding>(
        "--encoding NAME", "the text encoding, where it is not recognised: utf-8, utf-16, windows-1252 or latin1")
    package static let delimiterOption = Option<Delimiter>(
        "--delimiter MARK", "the field separator, where it is not recognised")
    package static let decimalOption = Option<DecimalMark>("--decimal MARK", "the decimal mark, where it is not recognised")
    package static let parameters: [any Parameter] = [delimiterOption, decimalOption, encodingOption]

    package init(_ call: Call) {
        (encoding, delimiter, decimal) = (call[Self.encodingOption], call[Self.delimiterOption], call[Self.decimalOption])
    }
}

extension RecordReader {
    /// The rows of a file in whatever form it has.
    /// - Parameters:
    ///   - own: the columns that laseros writes: under these, tabs are TSV. Without them they always are, in UTF-8.
    ///   - guarded: takes the apostrophe off text that `--excel` has put there.
    package convenience init(_ text: TextInput, _ form: FileForm? = nil, own: [String]? = nil, guarded: Bool = false) throws {
        // Excel's "Unicode text" is UTF-16 with tabs, and quotes like those of CSV.
        let tabs: Tabs = text.encoding != .utf8 ? .csv : own.map { .tsvUnder($0) } ?? .tsv
        try self.init(
            name: text.name, delimiter: form?.delimiter, tabs: tabs, guarded: guarded, refill: text.read, rewind: text.rewind)
    }

    /// What is told of cells between tabs that could be two texts; nil where there are none.
    package var doubt: String? {
        guard ambiguous > 0 else { return nil }
        let cells = "\(counted(ambiguous, "cell has", "cells have"))"
        return dialect == .tsv
            ? "\(cells) quotes around the text, which stay: --delimiter tab reads quotes as spreadsheets write them"
            : "\(cells) \\n, \\t, \\r or \\\\, which stay as they are: only an export with all its columns is TSV of laseros"
    }

    /// What makes the numbers of this file plain.
    /// - Parameter likely: the mark before decimals where nothing tells.
    package func numerals(_ form: FileForm? = nil, likely: DecimalMark?) -> NumberReader {
        NumberReader(form?.decimal, delimiter: delimiter, likely: likely)
    }

    /// The text of a field, plain where it is a number.
    /// - Throws: `input` where it could be two.
    package func text<Value: Presentable>(_ i: Int, as type: Value.Type, _ numerals: inout NumberReader) throws -> String {
        guard Value.shownType.isNumber else { return text(i) }
        switch numerals.plain(text(i), line: line) {
        case .text(let text): return text
        case .wrong(let message): throw failure(.init(file: name, line: line, column: columns[i], message))
        }
    }

    /// What the row says in a column.
    /// - Parameter isNumber: the column holds numbers: they are made plain, however the file writes them.
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

    /// Goes to the next row that can be read: one that cannot does not hide those behind it.
    /// - Parameter wrong: takes what is wrong with those.
    package func next(_ wrong: ([Failure.Fault]) throws -> Void) throws -> Bool {
        while true {
            do { return try next() } catch let failure as Failure where failure.kind == .input && !failure.faults.isEmpty {
                try wrong(failure.faults)
                if dialect == .json { return false }
            }
        }
    }

    /// The reader of what a list has printed in a format for programs: JSON, or a header that has one of the columns; nil for anything else.
    package static func list(_ file: InputFile, columns: [String]) throws -> RecordReader? {
        let text = try TextInput(file)
        var start = [UInt8](repeating: 0, count: 4096)
        let count = try start.withUnsafeMutableBytes { try text.read(into: $0) }
        try text.rewind()
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
