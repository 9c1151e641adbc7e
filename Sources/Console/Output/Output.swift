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
        /// The answers of several commands, and a sentence.
        case answers(AnswerBundle, String)
        /// Bytes for `--output` or standard output, and a sentence to print once they are written.
        case document(Document, String)
    }

    package var body: Body
    /// The exit code: 0, or 1 if a check found something.
    package var code: Int32 = 0
    /// Lines for standard error.
    package var notes: [String] = []
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
        default: ""
        }
    }

    /// Whether it is only a list or a record.
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

/// The environment of a run. Tests replace it.
package struct Environment: Sendable {
    package var clock: Moment
    package var environment: [String: String]
    /// The working directory.
    package var directory: String
    /// The name of the user.
    package var user: String
    /// The width of the terminal on standard output; nil if it is not a terminal.
    package var width: Int?
    /// The height of that terminal, if known.
    package var height: Int?
    /// Whether standard error is a terminal, so that progress may be shown.
    package var talksToPerson: Bool
    /// The personal configuration.
    package var preferences = Preferences()
    /// Reads standard input into the buffer. Returns the number of bytes, 0 at the end.
    package var input: @Sendable (UnsafeMutableRawBufferPointer) throws -> Int
    /// Whether this is a line of a batch, within a transaction, in which nobody may be waited for.
    package var isBatchLine = false
    /// Writes to standard error.
    package var say: @Sendable (String) -> Void

    package init(
        clock: Moment, environment: [String: String], directory: String, user: String, width: Int? = nil, height: Int? = nil,
        talksToPerson: Bool = false, preferences: Preferences = Preferences(),
        input: @escaping @Sendable (UnsafeMutableRawBufferPointer) throws -> Int = { _ in 0 }, say: @escaping @Sendable (String) -> Void
    ) {
        (self.clock, self.environment, self.directory, self.user) = (clock, environment, directory, user)
        (self.width, self.height, self.talksToPerson, self.preferences) = (width, height, talksToPerson, preferences)
        (self.input, self.say) = (input, say)
    }

    /// An absolute path for one as typed, relative to the working directory.
    package func path(_ typed: String) -> String { typed.hasPrefix("/") ? typed : directory + "/" + typed }

    /// The folder for temporary files.
    package var temporary: String { environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp" }

    package var coloured: Bool {
        width != nil && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb" && preferences["colour"] != "no"
    }
}
