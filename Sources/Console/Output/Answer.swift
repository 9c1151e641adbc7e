import Glibc
import Values

/// The destination of a command's answer. It is formatted at once, within the transaction, and copied out afterwards.
package final class Answer {
    package let call: Call
    package let spool: Spool
    /// 0, or 1 if a check found something.
    package private(set) var code: Int32 = 0
    /// Lines for standard error, printed after the answer.
    package private(set) var notes: [String] = []
    /// `stored as entry 412`, which is reported even if the answer cannot be written.
    package var stored: String?
    /// Printed on standard output once the document is in its file.
    private var sentence: String?
    /// The temporary file of a document, before it is renamed into place.
    private var draft: File.Draft?
    /// Complete files besides the answer.
    private var drafts: [File.Draft] = []
    private var format: Format
    /// The target of `--excel`; nil without that option.
    private let sheet: Spreadsheet?
    private let terminal: Int?
    /// Whether a part of it was passed on, so that what follows has no header.
    private var isContinued = false

    init(_ call: Call, for sheet: Spreadsheet? = nil) {
        (self.call, self.sheet) = (call, sheet)
        (format, terminal) = (call.format, call.terminal)
        spool = Spool(folder: call.environment.temporary)
    }

    /// Whether the answer is a document, not rows or text.
    package var isDocument: Bool { sentence != nil }

    package func note(_ text: String) { notes.append(text) }

    /// Formats an output into the spool. A command calls it once, or again after each `flush`.
    package func put(_ output: Output) throws {
        code = max(code, output.code)
        notes += output.notes
        drafts += output.drafts
        if let preferred = output.preferred ?? (sheet != nil && output.isListing ? .csv : nil), !call.namesFormat { format = preferred }
        switch output.body {
        case .rows(let listing): try put(listing, single: false)
        case .record(let listing): try put(listing, single: true)
        case .done(let sentence, let listing, let single): try put(sentence, listing, single: single)
        case .text(let text): spool.bytes.append(text: terminal == nil ? text : TerminalText.text(text, keepingLines: true))
        case .month(let month, let listing):
            if format == .table, !call[Standard.codes], !call.has(Standard.fields) {
                month.write(width: terminal ?? MonthGrid.usual, coloured: terminal != nil && call.environment.coloured, into: &spool.bytes)
            }
            try put(listing, single: false)
        case .document(let document, let sentence, let listing, let single): try put(document, sentence, listing, single: single)
        case .answers(let sheaf, _): try sheaf.put(into: spool)
        }
        try spool.settle()
    }

    /// Writes what was put so far to standard output, for somebody who waits for it before the next input. What goes to a file, or to a
    /// caller that wants it whole, stays until the command ends.
    /// - Throws: the failure to write it, with what is stored; with exit code 141 if nobody reads it any more.
    package func flush() throws {
        isContinued = true
        guard let send = call.environment.send, call.outputFile == nil else { return }
        do { try spool.copyOut(to: send) } catch {
            let isReaderGone = errno == EPIPE
            var failure = Failure(unwritten: error, stored: stored)
            if isReaderGone { failure.ending = 141 }
            throw failure
        }
        spool.clear()
        stored = nil
    }

    private func put(_ sentence: String, _ listing: Listing?, single: Bool) throws {
        if call[Standard.codes] {
            if let listing { try put(listing, single: single) }
        } else if format == .table {
            spool.bytes.append(text: TerminalText.text(sentence, keepingLines: true) + "\n")
        } else {
            try put(listing ?? Listing([Heading("message", .text)], [[.text(sentence)]]), single: single || listing == nil)
        }
    }

    private func put(_ document: Document, _ sentence: String, _ listing: Listing?, single: Bool) throws {
        if call[Standard.output] == nil, call.environment.width != nil {
            throw Failure(.usage, .answer, "a document is not for the terminal", hint: "name a file for it: -o FILE")
        }
        self.sentence = sentence
        // Written directly to the temporary file: a copy in the spool would need the same disk space again.
        if let path = call.outputFile, File.isReplaceable(path) {
            File.sweep(beside: path)
            let draft = try File.draft(of: path, as: .document)
            try document.write { try draft.write($0) }
            // Before the file is in place, because the options may name columns that are not there.
            if format == .table, !call[Standard.codes] {
                spool.bytes.append(text: TerminalText.text(sentence) + "\n")
            } else if let listing {
                try put(listing, single: single)
            }
            return self.draft = draft
        }
        try document.write { bytes in
            spool.bytes.append(contentsOf: bytes)
            if terminal == nil { try spool.settle() }
        }
        if terminal != nil { TerminalText.clean(&spool.bytes) }
    }

    private func put(_ listing: Listing, single: Bool) throws {
        let header = !call[Standard.noHeader] && !isContinued
        if call[Standard.codes] {
            var writer = TSVWriter(headings: [], header: false, sheet: nil)
            return try writer.write(codes(listing), to: spool, isSeen: terminal != nil)
        }
        let listing = try columns(listing, single: single), headings = listing.headings, isSeen = terminal != nil
        // Without a byte order mark, Excel reads the text as Windows-1252.
        if sheet != nil, format == .csv || format == .tsv { spool.bytes.append(contentsOf: [0xEF, 0xBB, 0xBF]) }
        switch format {
        case .table, .markdown: try putForPeople(listing, single: single, header: header)
        case .csv:
            var writer = CSVWriter(headings: headings, header: header, sheet: sheet)
            try writer.write(listing, to: spool, isSeen: isSeen)
        case .tsv:
            var writer = TSVWriter(headings: headings, header: header, sheet: sheet)
            try writer.write(listing, to: spool, isSeen: isSeen)
        case .json:
            var writer = JSONWriter(headings, single ? .single : .array)
            try writer.write(listing, to: spool)
        case .ndjson:
            var writer = JSONWriter(headings, .lines)
            try writer.write(listing, to: spool)
        }
    }

    private func putForPeople(_ listing: Listing, single: Bool, header: Bool) throws {
        let coloured = terminal != nil && call.environment.coloured
        if single {
            try RecordWriter(format: format, terminal: terminal, coloured: coloured).write(listing, to: spool)
        } else if format == .markdown {
            var writer = MarkdownWriter(listing.headings, header: header)
            try writer.write(listing, to: spool)
        } else if let terminal, terminal < CardWriter.narrow {
            var writer = CardWriter(listing.headings, header: header, terminal: terminal, coloured: coloured)
            try writer.write(listing, to: spool)
            noteNothing(writer.isEmpty)
        } else {
            var writer = TableWriter(listing.headings, header: header, terminal: terminal, coloured: coloured)
            try writer.write(listing, to: spool)
            noteNothing(writer.isEmpty)
        }
    }

    /// On a terminal, an empty list without notes is announced, because it is not a failure.
    private func noteNothing(_ isEmpty: Bool) { if isEmpty, terminal != nil, notes.isEmpty { note("nothing to list") } }

    /// The listing with the columns that `--fields` and `--wide` select.
    private func columns(_ listing: Listing, single: Bool) throws -> Listing {
        if let fields = call[Standard.fields] {
            return try listing.only(fields.split(separator: ",", omittingEmptySubsequences: false).map { String(String($0).trimmed) })
        }
        let isForPeople = format.isForPeople, isNarrow = isForPeople && !single && !call[Standard.wide]
        func isLeftOut(_ heading: Heading) -> Bool {
            isNarrow && heading.wide || heading.audience == (isForPeople ? .programs : .people)
        }
        guard listing.headings.contains(where: isLeftOut) else { return listing }
        return listing.picked(listing.headings.indices.filter { !isLeftOut(listing.headings[$0]) })
    }

    /// Only the column with the codes.
    private func codes(_ listing: Listing) -> Listing {
        let names = listing.headings.map(\.name)
        let codes = listing.picked([names.firstIndex(of: "code") ?? names.firstIndex(of: "number") ?? 0])
        guard call[Standard.dryRun] else { return codes }
        // A dry run has one row for each changed field, so codes repeat.
        var last: String?
        return Listing(codes.headings) { body in
            try codes.each { row in
                let cell = row[0].typed
                defer { last = cell }
                if cell != last { try body([.text(cell)]) }
            }
        }
    }

    /// Moves the file of `--output`, and others that the command made, into place. The spool then contains what goes to standard output.
    func deliver() throws -> Spool {
        for draft in drafts { try draft.putInPlace() }
        guard let path = call.outputFile else { return spool }
        if let draft {
            try draft.putInPlace()
            return spool
        }
        File.sweep(beside: path)
        try File.write(to: path, as: .document, spool.copyOut)
        let rest = Spool()
        if let sentence, format == .table, !call[Standard.codes] { rest.bytes.append(text: TerminalText.text(sentence) + "\n") }
        return rest
    }
}

extension Call {
    /// Whether a format option was given.
    var namesFormat: Bool { self[Standard.json] || self[Standard.csv] || has(Standard.format) }

    /// The path of `--output`; nil for standard output.
    var outputFile: String? { self[Standard.output].flatMap { $0 == "-" ? nil : environment.path($0) } }

    /// Whether the answer is for a person, not for a program.
    package var isForPeople: Bool { format == .table }

    /// The width of the terminal that shows the answer. For `--output` there is none, except that `/dev/stdout` may be the terminal.
    var terminal: Int? {
        guard let path = outputFile else { return environment.width }
        var about = stat()
        guard stat(path, &about) == 0, about.st_mode & S_IFMT == S_IFCHR else { return nil }
        let device = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        defer { if device >= 0 { close(device) } }
        return device >= 0 && isatty(device) == 1 ? environment.width ?? 80 : nil
    }

    /// The format of the options or, on a terminal, of the personal file.
    var format: Format {
        if self[Standard.json] { return .json }
        if self[Standard.csv] { return .csv }
        let liked = terminal == nil ? nil : environment.preferences["format"].flatMap { Format(reading: $0) }
        return self[Standard.format] ?? liked ?? .table
    }
}
