import Drawings
import Store
import Values

/// A remnant that is there and may be used.
package struct StockedRemnant: Sendable {
    package var id: Int
    package var code: String
    package var size: Size
    package var areaMM2: Int
    /// Nil if it is not known.
    package var cost: Money?
    package var location: String?
    /// The text of its region; nil for a rectangle.
    var outline: String?

    /// Nil if what is stored is no region.
    var region: FitRegion? { outline.map { FitRegion(text: $0) } ?? FitRegion(size) }

    /// `RE-0003 (600x400)`
    package var words: String { "\(code) (\(size))" }
}

/// The remnants for parts of a material and thickness, and those that are left out.
struct StockedRemnants {
    /// The least area first.
    var all: [StockedRemnant] = []
    private var reserved = 0
    private var clients = 0

    /// Notes for the user about those that are left out.
    var notes: [String] {
        guard reserved + clients > 0 else { return [] }
        let reasons = [(reserved, "reserved for other projects"), (clients, "of other clients' material")].filter { $0.0 > 0 }
        return ["left out: " + reasons.map { "\(counted($0.0, "remnant")) \($0.1)" }.joined(separator: ", ")]
    }

    /// - Parameters:
    ///   - client: whose own material may be used besides that of the shop.
    ///   - project: what is reserved for it may be used.
    init(_ shop: Shop, _ material: Int, _ thickness: Length, client: Int?, project: Int?) throws {
        try shop.data.each(
            """
            SELECT lot.id, lot.code, lot.size, lot.area_mm2, aux_lot.value_cents, lot.location, lot.outline, lot.client_id,
                aux_lot.reserved_millis > 0 AND NOT EXISTS (SELECT 1 FROM reservation WHERE lot_id = lot.id AND project_id = \(project))
            FROM lot JOIN aux_lot ON aux_lot.lot_id = lot.id
            WHERE lot.material_id = \(material) AND lot.thickness_um = \(thickness) AND lot.kind = \(LotKind.remnant)
                AND lot.size IS NOT NULL AND aux_lot.on_hand_millis > 0
            """
        ) { row in
            let size: Size = try row.get(2)
            let area = try row.get(3) ?? Decimal.scale(size.width.um, size.height.um, over: 1_000_000)
            let owner: Int? = try row.get(7)
            if let owner, owner != client { return clients += 1 }
            if row.int(8) != 0 { return reserved += 1 }
            let cost = row.int(4)
            all.append(
                StockedRemnant(
                    id: row.int(0), code: row.text(1), size: size, areaMM2: area,
                    cost: owner != nil ? .zero : cost > 0 ? Money(cents: cost) : nil, location: try row.get(5), outline: try row.get(6)))
        }
        all.sort { ($0.areaMM2, $0.id) < ($1.areaMM2, $1.id) }
    }
}

extension Shop {
    /// Whether there is any remnant of a material and thickness.
    func hasRemnants(_ material: Int, _ thickness: Length) throws -> Bool {
        try data.one(
            """
            SELECT 1 FROM lot JOIN aux_lot ON aux_lot.lot_id = lot.id
            WHERE material_id = \(material) AND thickness_um = \(thickness) AND kind = \(LotKind.remnant) AND on_hand_millis > 0 LIMIT 1
            """
        ) { _ in true } ?? false
    }
}
