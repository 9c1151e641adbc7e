import Store
import Values

/// What an attached file is to the shop.
package enum FileKind: String, Choice, Stored, Presentable {
    case drawing, quote, invoice, payment, delivery, image, other

    /// As far as the ending of a name tells.
    package init(ofName name: String) {
        switch File.ending(of: name) {
        case let ending where FileKind.drawingEndings.contains(ending): self = .drawing
        case "jpg", "jpeg", "png", "svg": self = .image
        default: self = .other
        }
    }

    /// What the names of drawings end with that can be measured and priced: DXF first, then what LightBurn makes of it.
    package static let drawingEndings = ["dxf", "lbrn2", "lbrn"]

    /// Whether a file is the LightBurn project of a part that is among the others as DXF: one part, not two.
    /// - Parameter others: in small letters.
    package static func isTwin(_ name: String, among others: Set<String>) -> Bool {
        let ending = File.ending(of: name)
        guard drawingEndings.dropFirst().contains(ending) else { return false }
        return others.contains(name.lowercased().dropLast(ending.count) + drawingEndings[0])
    }
}

/// A file that is about to be attached: looked at, and measured where it is a drawing.
package struct NewFile: Sendable {
    package var name: String
    package var kind: FileKind
    package var path: String
    package var bytes: Int
    package var sha256: String
    var measured: MeasuredDrawing?
    /// What a person should look at.
    package var problems: [String]
}

/// A file of a project.
package struct AttachedFile: Sendable {
    package var id: Int
    package var name: String
    package var kind: FileKind
    package var bytes: Int
    package var sha256: String
    package var added: DisplayValue
    /// Of a drawing that could be measured.
    package var width: Length?
    package var height: Length?
    package var cutLength: Length?
    package var pierces: Int?
    package var openContours: Int?

    package var kept: KeptFile { KeptFile(name: name, sha256: sha256, size: bytes) }

    package static let columns: [Column<AttachedFile>] = [
        Column("name") { $0.name },
        Column("kind") { $0.kind },
        Column("bytes", sums: true) { $0.bytes },
        Column("width_mm") { $0.width },
        Column("height_mm") { $0.height },
        Column("cut_length_mm") { $0.cutLength },
        Column("pierces") { $0.pierces },
        Column("open_contours", wide: true) { $0.openContours },
        Column("added_at", .moment, wide: true) { $0.added },
        Column("sha256", wide: true) { $0.sha256 },
    ]
    package static let headings = columns.map(\.heading)
}
