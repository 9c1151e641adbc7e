import Values

/// What is asked of one part before it is priced.
package struct Enquiry: Sendable {
    /// Where its drawing is.
    package enum Source: Sendable { case path(String), kept(KeptFile) }

    /// As it was typed; for messages.
    package var name: String
    package var source: Source
    package var facts = PartFacts()
    /// The line of the CSV that it came from.
    package var row: Int?
    /// What a person should look at, beside what the drawing itself tells.
    package var doubt: String?
    /// Where the facts were said: an argument, a column.
    package var said: String

    var place: EnquiryPlace { EnquiryPlace(name: name, list: row == nil ? nil : said, row: row) }

    package init(name: String, _ source: Source, said: String, row: Int? = nil) {
        (self.name, self.source, self.said, self.row) = (name, source, said, row)
    }
}

/// Where a part was asked for: by its own name, or in a line of a list.
struct EnquiryPlace {
    var name: String
    var list: String?
    var row: Int?

    func fault(_ message: String) -> Failure.Fault {
        guard let list else { return Failure.Fault(file: name, message) }
        return Failure.Fault(file: list, line: row, "\(name): \(message)")
    }
}

/// A part that is ready to be priced: measured, and with all that has to be known of it.
package struct Prepared: Sendable {
    var title: String
    var file: String
    var place: EnquiryPlace
    var bytes: [UInt8]
    var sha256: String
    var measured: MeasuredDrawing
    var material: Material
    var thickness: Length
    var quantity: Int
    var finish: String?
    /// `material MS, thickness 10 mm from the file's name`, and what a person should look at.
    var sources: String
}

/// What holds for every line that does not say otherwise.
package struct Defaults: Sendable {
    package var facts = PartFacts()
    /// Whether of a drawing sheet the part in its largest view is priced.
    package var isolates = false
    /// Whether the facts go before those that a file's name or a row of a CSV says.
    package var overrides = false
    /// Whether a drawing is priced that cannot be made as it is.
    package var despiteFaults = false
    /// Of the machine that is priced for.
    var bed: Size?
    /// The project's own, used where nothing else says anything.
    package var project = PartFacts()
    package init() {}
}

extension [Prepared] {
    /// The bytes that have to be kept before the quote is written.
    package var contents: [FileContent] {
        map { part in FileContent(part.file, part.sha256, size: part.bytes.count) { part.bytes } }
    }

    /// What was decided for each part and what a person should look at.
    package var notes: [String] { map { "\($0.file): \($0.sources)" } }
}
