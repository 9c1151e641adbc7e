import Values

/// The output formats.
package enum Format: String, Choice {
    case table, csv, tsv, json, ndjson, markdown

    /// Whether the format is for people: columns may be left out, and all rows are read before the first is written.
    var isForPeople: Bool { self == .table || self == .markdown }

    /// The format requested by words that are not parsed yet.
    static func asked(in words: [String]) -> Format {
        let said = words.prefix { $0 != "--" }
        if said.contains("--json") { return .json }
        for (i, word) in said.enumerated() {
            let isCluster = word.hasPrefix("-") && !word.hasPrefix("--") && word.hasSuffix("f")
            if word.count > 2, word.hasPrefix("-f"), let format = Format(reading: String(word.dropFirst(2))) { return format }
            if isCluster || word == "--format", i + 1 < said.count { return Format(reading: said[i + 1]) ?? .table }
            if word.hasPrefix("--format=") { return Format(reading: String(word.dropFirst(9))) ?? .table }
        }
        return .table
    }
}

/// A format of rows, or a document that a command makes besides: `--format ics`.
package enum FormatOrDocument<Document: Choice>: Readable {
    case rows(Format)
    case document(Document)

    package static var word: String { "FORMAT" }
    package static var expected: String { "one of " + choices.joined(separator: ", ") }
    package static var choices: [String] { Format.choices + Document.choices }

    package init?(reading text: String) {
        if let format = Format(reading: text) {
            self = .rows(format)
        } else if let document = Document(reading: text) {
            self = .document(document)
        } else {
            return nil
        }
    }
}

extension Call {
    /// The document that is asked for: by the option or, without any format, by the ending of the file of `--output`; nil for rows.
    package func document<Document>(_ option: Option<FormatOrDocument<Document>>) -> Document? {
        if case .document(let document)? = self[option] { return document }
        return namesFormat ? nil : self[Standard.output].flatMap { Document(rawValue: File.ending(of: $0)) }
    }
}

/// Writes rows in one format as bytes.
protocol RowWriter {
    mutating func begin(_ out: inout [UInt8])
    mutating func row(_ row: [DisplayValue], _ out: inout [UInt8])
    mutating func end(_ spool: Spool) throws
}

extension RowWriter {
    mutating func begin(_ out: inout [UInt8]) {}
    mutating func end(_ spool: Spool) throws {}

    /// Writes a listing row by row.
    /// - Parameter isSeen: whether the bytes go directly to a terminal.
    mutating func write(_ listing: Listing, to spool: Spool, isSeen: Bool = false) throws {
        var start = spool.bytes.count
        begin(&spool.bytes)
        if isSeen { TerminalText.clean(&spool.bytes, from: start) }
        try listing.each { row in
            start = spool.bytes.count
            self.row(row, &spool.bytes)
            if isSeen { TerminalText.clean(&spool.bytes, from: start) }
            try spool.settle()
        }
        try end(spool)
    }
}

extension [UInt8] {
    /// Appends a cell that is not text as in every machine format; nothing for an absent one.
    mutating func append(plain value: DisplayValue) {
        switch value {
        case .nothing: break
        case .text(let text), .status(let text, _): append(text: text)
        case .lent(let lent): append(contentsOf: lent.bytes)
        case .int(let value): append(int: value)
        case .measure(let value, _): append(measure: value)
        case .money(let money): append(decimal: money.cents, places: 2, least: 2)
        case .rate(let rate): append(decimal: rate.millionths, places: 6, least: 2)
        case .percent(let percent): append(decimal: percent.hundredths, places: 2, least: 0)
        case .quantity(let quantity): append(decimal: quantity.thousandths, places: 3, least: 0)
        case .length(let length): append(decimal: length.um, places: 3, least: 0)
        case .seconds(let seconds): append(decimal: seconds.ms, places: 3, least: 0)
        case .day(let day): append(day: day)
        case .moment(let moment, _): append(moment: moment)
        case .yes(let yes): append(yes ? "true" : "false")
        case .nested(let nested): append(json: nested)
        }
    }
}
