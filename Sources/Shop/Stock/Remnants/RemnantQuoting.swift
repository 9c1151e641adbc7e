import Drawings
import Store
import Values

/// When a quote takes a remnant in place of a new sheet.
package enum RemnantRule: String, Choice, Stored, Presentable {
    case never
    /// When the boxes of the parts fill more of it than of a new sheet.
    case lessWaste = "less-waste"
    case always
}

extension Settings {
    package static let remnants = Setting(
        "remnants", RemnantRule.lessWaste,
        "when a quote takes a remnant in place of a new sheet: less-waste is when the boxes of its parts fill more of it than sheet_fill")
    package static let remnantMargin = Setting(
        "remnant_margin", Length(um: 5000), "the distance from parts to the edge of a remnant, in mm", "a length in millimetres",
        0...1_000_000)
    package static let remnantGap = Setting(
        "remnant_gap", Length(um: 5000), "the distance from parts to each other and to windows of a remnant, in mm",
        "a length in millimetres", 0...1_000_000)
}

/// The remnants that the lines of a quote take: none twice.
struct RemnantOffers {
    private let shop: Shop
    private let rule: RemnantRule
    private let fill: Percent
    private let margin, gap: Length
    private let client: Int
    private let project: Int?
    private var taken: Set<Int> = []
    /// Those of a material and thickness, read once.
    private var known: [[Int]: StockedRemnants] = [:]
    init(_ shop: Shop, client: Int, project: Int?) throws {
        (self.shop, self.client, self.project) = (shop, client, project)
        rule = try shop.setting(Settings.remnants)
        fill = try shop.setting(Settings.sheetFill)
        (margin, gap) = (try shop.setting(Settings.remnantMargin), try shop.setting(Settings.remnantGap))
    }

    /// Takes the remnant for a line; nil if a new sheet is better or none fits. What is left of a remnant is rarely used again, so that one
    /// that the parts hardly fill is not taken unless the setting says always.
    mutating func take(for part: Prepared) throws -> StockedRemnant? {
        guard rule != .never, !part.isCustomerMaterial, let outline = part.outline else { return nil }
        var search = RemnantSearch(part.quantity, margin: margin, gap: gap, limit: 1)
        (search.client, search.project, search.taken) = (client, project, taken)
        let key = [part.material.id, part.thickness.um]
        let there = try known[key] ?? StockedRemnants(shop, part.material.id, part.thickness, client: client, project: project)
        known[key] = there
        guard let best = try shop.matches(outline, there, search).matches.first else { return nil }
        let box = part.measured.part, boxes = box.width.millimetres * box.height.millimetres * Double(part.quantity)
        if rule == .lessWaste, boxes * 10_000 <= Double(best.remnant.areaMM2 * fill.hundredths) { return nil }
        taken.insert(best.remnant.id)
        return best.remnant
    }
}

extension Shop {
    /// The outline of a part that is to be quoted, if there are remnants that it may fit into. Without a lock, as measuring takes time.
    func outline(of part: Prepared) throws -> FitPart? {
        guard try setting(Settings.remnants) != .never, try hasRemnants(part.material.id, part.thickness) else { return nil }
        do { return try part.fitPart() } catch let failure as Failure where failure.kind == .refused { return nil }
    }

    /// Reserves the remnants that the lines of an accepted quote were priced from.
    /// - Returns: notes for the user.
    func reserveRemnants(ofQuote quote: RecordID) throws -> [String] {
        let rows = try data.all(
            """
            SELECT lot.id, lot.code, project.id, project.code, aux_lot.on_hand_millis > 0, (
                SELECT other.code FROM reservation JOIN project other ON other.id = reservation.project_id
                WHERE reservation.lot_id = lot.id AND reservation.project_id <> quote.project_id)
            FROM quote JOIN project ON project.id = quote.project_id JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version
            JOIN quote_line ON quote_line.version_id = quote_version.id JOIN lot ON lot.id = quote_line.lot_id
            JOIN aux_lot ON aux_lot.lot_id = lot.id
            WHERE quote.id = \(quote.id) ORDER BY quote_line.position
            """
        ) { row in
            (
                lot: RecordID(id: row.int(0), code: row.text(1)), project: RecordID(id: row.int(2), code: row.text(3)),
                isThere: row.int(4) != 0, other: try row.get(5) as String?
            )
        }
        return try rows.map { row in
            let was = "warning: a line was priced from remnant \(row.lot.code), which is"
            guard row.isThere else { return "\(was) not there any more" }
            if let other = row.other { return "\(was) reserved for project \(other)" }
            _ = try reserve(stock(.lot, row.lot), Shop.one, for: row.project)
            return "remnant \(row.lot.code) reserved"
        }
    }
}

extension Prepared {
    /// Measures the outline of the part again.
    /// - Throws: `refused` if it is not one part.
    package func fitPart() throws -> FitPart {
        guard let habits = measured.habits else { throw Failure(.defect, .remnant, "a drawing was not measured by rules") }
        var options = Measure.Options(rules: habits.processes, process: .cut, isolates: measured.isIsolated)
        options.unstatedUnits = habits.unit
        return try FitPart(Drawing(reading: bytes).measure(options))
    }
}
