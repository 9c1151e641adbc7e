import Values

/// The bytes of a file, passed on in pieces because they may not fit into memory.
package struct Document {
    let write: (File.Sink) throws -> Void

    package init(_ write: @escaping (File.Sink) throws -> Void) { self.write = write }
    package init(_ bytes: [UInt8]) { write = { sink in try bytes.withUnsafeBytes { try sink($0) } } }
}

/// The result of a command.
package struct Output {
    package enum Body {
        case rows(Listing)
        /// A single record: an object in JSON, one line per field in a table. The listing has one row.
        case record(Listing)
        /// A sentence, and the records that were changed. In JSON a single one is an object, several are an array.
        case done(String, Listing?, single: Bool)
        case text(String)
        /// A month and the list of its entries; other formats than the table have only the list.
        case month(MonthGrid, Listing)
        /// The answers of several commands, and a sentence.
        case answers(AnswerBundle, String)
        /// Bytes for `--output` or standard output, a sentence to print once they are written, and what other formats print in its place.
        case document(Document, String, Listing? = nil, single: Bool = false)
    }

    package var body: Body
    /// The exit code: 0, or 1 if a check found something.
    package var code: Int32 = 0
    /// Lines for standard error.
    package var notes: [String] = []
    /// What a command did that answers with a list, for the journal.
    package var deed: String?
    /// What a dry run shows people in place of each changed field.
    package var plan: Listing?
    /// The default format, if it is not a table.
    package var preferred: Format?

    package init(_ body: Body, code: Int32 = 0, notes: [String] = []) { (self.body, self.code, self.notes) = (body, code, notes) }

    package static func rows(_ listing: Listing) -> Output { Output(.rows(listing)) }
    package static func record(_ listing: Listing) -> Output { Output(.record(listing)) }
    package static func done(_ sentence: String, _ record: Listing? = nil) -> Output { Output(.done(sentence, record, single: true)) }
    package static func done(_ sentence: String, all listing: Listing) -> Output { Output(.done(sentence, listing, single: false)) }
    package static func text(_ text: String) -> Output { Output(.text(text)) }
    package static func document(_ bytes: [UInt8], _ sentence: String) -> Output { Output(.document(Document(bytes), sentence)) }

    /// The sentence about what was done; empty if nothing was.
    package var sentence: String {
        switch body {
        case .done(let sentence, _, _), .answers(_, let sentence): sentence
        default: deed ?? ""
        }
    }

    /// Whether it is only a list or a record.
    var isListing: Bool {
        switch body {
        case .rows, .record, .month: true
        default: false
        }
    }

    package func planning(_ listing: Listing) -> Output {
        var output = self
        output.plan = listing
        return output
    }

    package func preferring(_ format: Format) -> Output {
        var output = self
        output.preferred = format
        return output
    }

    package func noting(_ notes: [String]) -> Output {
        var output = self
        output.notes += notes
        return output
    }
}
