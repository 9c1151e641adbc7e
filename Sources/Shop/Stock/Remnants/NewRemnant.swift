import Drawings
import Store
import Values

/// What is known of a remnant that is to be kept.
package struct NewRemnant: Sendable {
    package var region: FitRegion
    package var material: Int?
    package var thickness: Length?
    package var grade: String?
    package var grain: Grain?
    package var heat: String?
    /// The client whose material it is.
    package var client: Int?
    package var location: String?
    package var notes: String?
    package var cost: Rate?
    /// The item or the lot that it was cut from.
    package var origin: StockThing?
    /// The project that has used the sheet, and whose material costs that much less.
    package var project: RecordID?
    /// The run that left it.
    package var run: Int?

    package init(_ region: FitRegion) { self.region = region }
}

extension Shop {
    static let remnantPrefix = "RE-"

    /// Keeps equal remnants, each with a code of its own. What the request does not say, the origin does.
    /// - Returns: the remnants, and notes for the user.
    package func addRemnants(_ request: NewRemnant, count: Int) throws -> (added: [RecordID], notes: [String]) {
        var new = request, notes: [String] = []
        try new.origin.map { try complete(&new, from: $0) }
        guard let material = new.material, let thickness = new.thickness, thickness.um > 0 else {
            throw Failure(
                .usage, .remnant, "a remnant needs a material and a thickness", hint: "--material CODE --thickness MM, or --from ITEM")
        }
        if new.client != nil, new.cost != nil {
            throw Failure(.refused, .remnant, "material that a client brought has no cost", hint: "leave out --cost")
        }
        if let cost = new.cost, cost.millionths < 0 { throw Failure(.usage, .remnant, "a cost is not negative: \(cost)") }
        if new.cost == nil, new.client == nil { notes.append("what it cost is not known: --cost AMOUNT, or --from ITEM") }
        guard new.region.isSound else { throw Shop.tooLarge }
        let day = try today(), size = new.region.size, area = Int(new.region.areaMM2.rounded())
        guard area > 0 else { throw Failure(.usage, .remnant, "a remnant of \(size) mm has no area") }
        let outline = new.region.isRectangle ? nil : new.region.text
        let added = try (0..<count).map { _ in
            let code = try nextCode(Shop.remnantPrefix, digits: 4, in: "lot")
            try data.run(
                """
                INSERT INTO lot (code, kind, origin_id, material_id, thickness_um, grade, size, outline, area_mm2, grain, heat, client_id, location,
                    received_on, notes)
                VALUES (\(code), \(LotKind.remnant), \(new.origin?.lot?.id), \(material), \(thickness), \(new.grade), \(size), \(outline), \(area),
                    \(new.grain), \(new.heat), \(new.client), \(new.location), \(day), \(new.notes))
                """)
            return RecordID(id: data.lastID, code: code)
        }
        let origin = new.origin.map { "cut from \($0.code)" }
        try record(
            added.map { lot in
                let kind = new.project == nil ? MovementKind.receipt : .return
                var movement = Movement(kind, Quantity(thousandths: 1000), of: nil, lot: lot.id, on: day)
                (movement.cost, movement.reason, movement.project, movement.run) = (new.cost, origin, new.project?.id, new.run)
                return movement
            })
        return (added, notes)
    }

    /// Fills in the size and the area of a remnant from its outline, or the area from its size. In a file its code says that it is one.
    /// - Throws: `refused` for an outline that cannot be read, and for a size that is not that of the outline.
    func completeRemnant(_ record: inout Record) throws {
        if record.id == nil, record.code?.uppercased().hasPrefix(Shop.remnantPrefix) ?? false { record.fill("kind", LotKind.remnant) }
        let known = try data.one("SELECT kind, outline FROM lot WHERE id = \(record.id) OR code = \(record.code)") { row in
            (kind: try row.get(0) as LotKind, outline: row.cell(1))
        }
        guard known?.kind ?? record.value("kind") == .remnant, record["outline"] ?? record["size"] != nil else { return }
        let size: Size? = record.value("size")
        guard case .text(let text) = record["outline"] ?? known?.outline ?? .null else {
            guard size.map({ FitRegion($0).isSound }) ?? true else { throw Shop.tooLarge }
            record["area_mm2"] = size.map { .integer(Decimal.scale($0.width.um, $0.height.um, over: 1_000_000)) } ?? .null
            return
        }
        guard let region = FitRegion(text: text), region.areaMM2 >= 1 else {
            throw Failure(
                .refused, .remnant, "'\(text)' is not an outline", hint: "0,0 600,0 600,400 0,400; then its windows",
                reason: .field("outline"))
        }
        if let size, size != region.size {
            throw Failure(.refused, .remnant, "the outline is \(region.size), not \(size)", reason: .field("size"))
        }
        (record["size"], record["area_mm2"]) = (region.size.cell, .integer(Int(region.areaMM2.rounded())))
    }

    private static let tooLarge = Failure(.refused, .remnant, "a side of a remnant is at most \(Int(FitRegion.longest)) mm long")

    /// Takes the facts of an item or a lot, and of its cost the share of the area.
    private func complete(_ new: inout NewRemnant, from origin: StockThing) throws {
        let table: SQL = origin.lot == nil ? "inv" : "lot", id = (origin.lot ?? origin.item)?.id
        let own: SQL = origin.lot == nil ? "NULL, NULL, NULL" : "lot.grain, lot.heat, lot.area_mm2"
        let found = try data.one("SELECT material_id, thickness_um, grade, size, client_id, \(own) FROM \(table) WHERE id = \(id)") { row in
            let own: (material: Int?, thickness: Length?) = (try row.get(0), try row.get(1))
            guard new.material ?? own.material == own.material, new.thickness ?? own.thickness == own.thickness else {
                throw Failure(
                    .refused, .remnant, "\(origin.code) is of another material or thickness",
                    hint: "leave out --material and --thickness, or --from")
            }
            (new.material, new.thickness) = (own.material, own.thickness)
            new.grade = try new.grade ?? row.get(2)
            new.client = try row.get(4)
            new.grain = try new.grain ?? row.get(5)
            new.heat = try new.heat ?? row.get(6)
            return (size: try row.get(3) as Size?, area: try row.get(7) as Int?)
        }
        if let whole = found?.size, case let size = new.region.size,
            max(size.width, size.height) > max(whole.width, whole.height) || min(size.width, size.height) > min(whole.width, whole.height)
        {
            throw Failure(
                .refused, .remnant, "a remnant of \(size) is larger than \(origin.code), which is \(whole)",
                hint: "laseros inv edit \(origin.item?.code ?? origin.code) --size SIZE says how large a sheet is")
        }
        guard new.cost == nil, new.client == nil, let found, let unit = try unitCost(of: origin) else { return }
        let whole = found.area ?? found.size.map { Decimal.scale($0.width.um, $0.height.um, over: 1_000_000) } ?? 0
        guard whole > 0 else { return }
        new.cost = Rate(millionths: Decimal.scale(unit.millionths, Int(new.region.areaMM2.rounded()), over: whole))
    }

    /// What a unit of an item or a lot costs: of a lot what it cost, of an item the average of what is there; else what the last receipt did,
    /// or what the item says.
    private func unitCost(of thing: StockThing) throws -> Rate? {
        if thing.lot == nil, let item = thing.item {
            let average = try data.one("SELECT value_cents, on_hand_millis FROM aux_inv WHERE inv_id = \(item.id)") { row in
                // cents over thousandths, in millionths of the currency
                row.int(0) > 0 && row.int(1) > 0 ? Rate(millionths: Decimal.scale(row.int(0), 10_000_000, over: row.int(1))) : nil
            }
            if let average = average ?? nil { return average }
        }
        let own: SQL = thing.lot.map { "lot_id = \($0.id)" } ?? "inv_id = \(thing.item?.id)"
        let last = try data.one(
            """
            SELECT cost_micros FROM movement WHERE \(own) AND kind = \(MovementKind.receipt) AND cost_micros IS NOT NULL
            ORDER BY day DESC, id DESC LIMIT 1
            """
        ) { try $0.get(0) as Rate }
        return last ?? thing.unitCost
    }
}
