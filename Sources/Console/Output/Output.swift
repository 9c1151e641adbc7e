import Values

/// The bytes of a file, handed over piece by piece: they may be more than fit into memory.
package struct Document {
    let write: (File.Sink) throws -> Void

    package init(_ write: @escaping (File.Sink) throws -> Void) { self.write = write }
    package init(_ bytes: [UInt8]) { write = { sink in try bytes.withUnsafeBytes { try sink($0) } } }
}

/// What a command answers.
package struct Output {
    package enum Body {
        case rows(Listing)
        /// One thing: an object in JSON, a line a field in a table. The listing has one row.
        case record(Listing)
        /// What was done, in a sentence, and the things it was done to. One thing is an object in JSON, several are an array.
        case done(String, Listing?, single: Bool)
        case text(String)
        /// What several commands answered, one after the other. The sentence says what was done.
        case answers(AnswerBundle, String)
        /// Bytes for `--output` or standard output, and a sentence once they are written.
        case document(Document, String)
    }

    package var body: Body
    /// The exit code: 0, or 1 where a check says no.
    package var code: Int32 = 0
    /// Said on standard error.
    package var notes: [String] = []
    /// The format where none is asked for; a table otherwise.
    package var preferred: Format?

    package init(_ body: Body, code: Int32 = 0, notes: [String] = []) { (self.body, self.code, self.notes) = (body, code, notes) }

    package static func rows(_ listing: Listing) -> Output { Output(.rows(listing)) }
    package static func record(_ listing: Listing) -> Output { Output(.record(listing)) }
    package static func done(_ sentence: String, _ record: Listing? = nil) -> Output { Output(.done(sentence, record, single: true)) }
    package static func done(_ sentence: String, all listing: Listing) -> Output { Output(.done(sentence, listing, single: false)) }
    package static func text(_ text: String) -> Output { Output(.text(text)) }
    package static func document(_ bytes: [UInt8], _ sentence: String) -> Output { Output(.document(Document(bytes), sentence)) }

    /// The sentence that says what was done; empty where nothing was.
    package var sentence: String {
        switch body {
        case .done(let sentence, _, _), .answers(_, let sentence): sentence
        default: ""
        }
    }

    /// It is a list, or one thing, and no more than that.
    var isListing: Bool {
        switch body {
        case .rows, .record: true
        default: false
        }
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
