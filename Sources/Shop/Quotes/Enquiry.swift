import Drawings
import Values

/// The request for one part, before it is priced.
package struct Enquiry: Sendable {
    /// The location of its drawing.
    package enum Source: Sendable { case path(String), kept(KeptFile) }

    /// The name as typed, for messages.
    package var name: String
    package var source: Source
    package var facts = PartFacts()
    /// The line of the CSV.
    package var row: Int?
    /// The part of a project that it is for.
    var part: ProjectPart?
    /// A warning besides those from the drawing itself.
    package var doubt: String?
    /// The source of the facts: an argument or a column.
    package var said: String

    var place: EnquiryPlace { EnquiryPlace(name: name, list: row == nil ? nil : said, row: row) }

    package init(name: String, _ source: Source, said: String, row: Int? = nil) {
        (self.name, self.source, self.said, self.row) = (name, source, said, row)
    }
}

/// Where a part was requested: by its own name, or in a line of a list.
struct EnquiryPlace {
    var name: String
    var list: String?
    var row: Int?

    func fault(_ message: String) -> Failure.Fault {
        guard let list else { return Failure.Fault(file: name, message) }
        return Failure.Fault(file: list, line: row, "\(name): \(message)")
    }
}

/// A part that is ready to be priced: measured, with all required facts.
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
    /// The id of the part of a project that it is for.
    var part: Int?
    /// Whether the customer brings the material, so that it is not charged.
    var isCustomerMaterial = false
    /// The product that the part is.
    var product: PartProduct?
    /// Where there are remnants that it may fit into.
    var outline: FitPart?
    /// `material MS, thickness 10 mm from the file's name`, and warnings for the user.
    var sources: String

    /// Makes it a line of a part.
    mutating func take(_ own: ProjectPart) {
        (title, part, isCustomerMaterial, product) = (own.title, own.id, own.isCustomerMaterial, own.product)
        if isCustomerMaterial { sources += "; customer's material" }
    }
}

/// The facts and options for all lines that do not say otherwise.
package struct Defaults: Sendable {
    package var facts = PartFacts()
    /// Whether to price the part in the largest view of a drawing sheet.
    package var isolates = false
    /// Whether the facts override those in a file name, in the row of a CSV, or of a part.
    package var overrides = false
    /// Whether to price drawings with defects that keep them from being made.
    package var despiteFaults = false
    /// The bed of the pricing machine.
    var bed: Size?
    /// The facts of the project, used if no other source has them.
    package var project = PartFacts()
    /// How the drawings of the client are read; nil for the rules of the shop.
    package var habits: DrawingHabits?
    /// The facts in the settings of the shop, used if the project has none.
    var shop = PartFacts()
    /// The parts of the project.
    var parts: [ProjectPart] = []
    package init() {}
}

extension [Prepared] {
    /// The contents to store before the quote is written.
    package var contents: [FileContent] {
        map { part in FileContent(part.file, part.sha256, size: part.bytes.count) { part.bytes } }
    }

    /// The facts chosen for each part, and warnings for the user.
    package var notes: [String] { map { "\($0.file): \($0.sources)" } }
}
