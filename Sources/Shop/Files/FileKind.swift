import Store
import Values

/// The role of an attached file.
package enum FileKind: String, Choice, Stored, Presentable {
    case drawing, quote, invoice, payment, delivery, order, certificate, image, other

    /// Guesses the kind from the extension of the file, and for documents from a whole word in its name: `POP Karoo Signs.pdf` is a payment.
    package init(ofName name: String) {
        let ending = File.ending(of: name)
        guard !FileKind.drawingEndings.contains(ending) else {
            self = .drawing
            return
        }
        let lower = name.lowercased(), all = lower.split { !$0.isLetter }.map(String.init)
        // `DN50` is the size of a pipe, and a `logo proof` is no proof of payment.
        let words = Set(all.enumerated().filter { $0 == 0 || $1.count > 2 && $1 != "proof" }.map(\.element))
        let said = lower.hasPrefix("dn-") ? .delivery : FileKind.words.first { !words.isDisjoint(with: $0.words) }?.kind
        self = said ?? (["jpg", "jpeg", "png", "svg"].contains(ending) ? .image : .other)
    }

    package var plural: String {
        switch self {
        case .delivery: "deliveries"
        case .other: "other"
        default: rawValue + "s"
        }
    }

    /// The words for documents. What comes first counts: a proof of payment names an invoice, and an invoice names an order.
    private static let words: [(kind: FileKind, words: Set<String>)] = [
        (.payment, ["pop", "proof", "payment", "remittance", "betaling", "zahlung"]),
        (.delivery, ["delivery", "pod", "waybill", "aflewering", "lieferschein"]),
        (.certificate, ["certificate", "certificates", "cert", "coc", "sertifikaat", "zertifikat", "zeugnis"]),
        (.invoice, ["invoice", "invoices", "inv", "faktuur", "rechnung"]),
        (.quote, ["quote", "quotes", "quotation", "quo", "qt", "estimate", "kwotasie", "angebot"]),
        (.order, ["order", "orders", "po", "bestelling", "bestellung"]),
    ]

    /// The extensions of drawings that can be measured and priced. DXF comes first, then the formats of LightBurn.
    package static let drawingEndings = ["dxf", "lbrn2", "lbrn"]

    /// The name of the DXF drawing, in lower case, that a LightBurn project is the twin of; nil for other files. Both count as one part.
    static func original(ofTwin name: String) -> String? {
        let ending = File.ending(of: name)
        guard drawingEndings.dropFirst().contains(ending) else { return nil }
        return name.lowercased().dropLast(ending.count) + drawingEndings[0]
    }

    /// Whether a file is a LightBurn project of a part whose DXF drawing is among the others.
    /// - Parameter others: file names in lower case.
    package static func isTwin(_ name: String, among others: Set<String>) -> Bool { original(ofTwin: name).map(others.contains) ?? false }
}

/// A file to attach, after it was checked and, if it is a drawing, measured.
package struct NewFile: Sendable {
    package var name: String
    package var kind: FileKind
    /// The path as typed, for messages.
    package var typed: String
    package var path: String
    package var bytes: Int
    package var sha256: String
    var measured: MeasuredDrawing?
    /// The name of its measures, if they are not those by the rules of the shop.
    var measuredAs: String? { measured?.habits?.key(of: sha256) }
    /// Warnings for the user.
    package var problems: [String]
}

/// A file of a record.
package struct AttachedFile: Sendable {
    package var id: Int
    /// The id of its project; nil if it belongs to a record of another noun.
    var project: Int?
    package var name: String
    package var kind: FileKind
    package var bytes: Int
    package var sha256: String
    package var added: DisplayValue
    /// The name of its measures, if they are not those by the rules of the shop.
    var measuredAs: String?
    /// Nil unless the file is a drawing that could be measured.
    package var width: Length?
    package var height: Length?
    package var cutLength: Length?
    package var pierces: Int?
    package var openContours: Int?
    /// The number of the part of the project that it belongs to.
    package var part: Int?

    package var addedAt: Moment {
        guard case .moment(let moment, _) = added else { return Moment(ms: 0) }
        return moment
    }

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

    /// The columns for the files of a noun: those of a project can be a part's own.
    package static func columns(of noun: Noun) -> [Column<AttachedFile>] {
        noun.name == "project" ? columns + [Column("part", wide: true) { $0.part }] : columns
    }
}
