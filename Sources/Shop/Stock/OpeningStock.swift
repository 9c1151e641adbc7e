import Store
import Values

/// What an import does with quantities on hand: that of a new record becomes its opening stock, that of others stays.
extension Shop {
    /// Leaves the quantity on hand of a record that is there as it is, and notes it if the file says another.
    func leaveOnHand(of record: inout Record) throws {
        guard let id = record.id, let said = record["on_hand"] else { return }
        let noun = record.noun.name, aux: SQL = "\(name: "aux_" + noun)", key: SQL = "\(name: noun + "_id")"
        let kept = try data.one("SELECT on_hand_millis FROM \(aux) WHERE \(key) = \(id)") { $0.cell(0) }
        guard said != kept else { return }
        if !said.isNull { countedOtherwise[noun, default: []].insert(id) }
        record["on_hand"] = nil
    }

    func countNotes(_ noun: String) -> [String] {
        guard let count = countedOtherwise[noun]?.count, count > 0 else { return [] }
        let things = noun == "inv" ? counted(count, "item has", "items have") : counted(count, "lot has", "lots have")
        return ["warning: \(things) another quantity on hand than the file says: laseros inv count FILE makes it true"]
    }

    /// Stores what is on hand of a new item.
    /// - Returns: whether anything changed.
    func begin(item: Int, with cell: Cell) throws -> Bool {
        guard let quantity = Quantity(cell: cell), quantity.thousandths != 0,
            let there = try data.one(
                "SELECT on_hand_millis, unit_cost_micros FROM inv JOIN aux_inv ON inv_id = id WHERE id = \(item)",
                { (onHand: $0.int(0), cost: try $0.get(1) as Rate?) }), there.onHand != quantity.thousandths
        else { return false }
        var movement = Movement(.count, quantity, of: item, on: try today())
        (movement.cost, movement.reason) = (there.cost, Shop.opening)
        try record([movement])
        return true
    }

    /// Stores what is on hand of a new lot. What its item has without lots is taken to be these sheets.
    /// - Returns: whether anything changed.
    func begin(lot: Int, with cell: Cell) throws -> Bool {
        guard let quantity = Quantity(cell: cell), quantity.thousandths != 0,
            let code = try data.one(
                "SELECT lot.code FROM lot JOIN aux_lot ON lot_id = id WHERE id = \(lot) AND on_hand_millis <> \(quantity)", { $0.text(0) })
        else { return false }
        guard quantity.thousandths > 0 else {
            throw Failure(.refused, .lot, "a lot holds no less than nothing: \(quantity)", reason: .field("on_hand"))
        }
        let thing = try stock(.lot, RecordID(id: lot, code: code)), day = try today()
        var cost = thing.unitCost, movements: [Movement] = []
        if let item = thing.item {
            let loose = try data.one(
                "SELECT on_hand_millis, value_cents FROM aux_movement WHERE inv_id = \(item.id) AND lot_id IS NULL ORDER BY day DESC, id DESC LIMIT 1"
            ) { StockBalance(onHand: $0.int(0), value: $0.int(1)) }
            if let loose, loose.onHand > 0 {
                movements.append(Movement(.count, Quantity(thousandths: -min(loose.onHand, quantity.thousandths)), of: item.id, on: day))
                if loose.value > 0 { cost = Rate(millionths: Decimal.scale(loose.value, 10_000_000, over: loose.onHand)) }
            }
        }
        movements.append(thing.movement(.count, quantity.thousandths, on: day))
        movements[movements.count - 1].cost = thing.client == nil ? cost : nil
        for i in movements.indices { movements[i].reason = Shop.opening }
        try record(movements)
        return true
    }

    private static let opening = "opening stock"

    /// Fills in what the item of a lot says.
    func completeLot(_ record: inout Record) throws {
        let id = record.id, own = try id.map { id in try data.one("SELECT inv_id FROM lot WHERE id = \(id)") { $0.cell(0) } ?? .null }
        if id == nil { record.fill("kind", LotKind.sheet) }
        if let own, let other = record["inv"], other != own {
            throw Failure(.refused, .lot, "a lot stays with its item", reason: .field("inv"))
        }
        guard case .integer(let item)? = own ?? record["inv"] else { return }
        let said = try data.one("SELECT material_id, thickness_um, grade, size, client_id FROM inv WHERE id = \(item)") { row in
            (0..<5).map { row.cell($0) }
        }
        guard let said else { return }
        if id == nil {
            record.fill("received_on", try today())
            for (i, field) in ["material", "thickness_mm", "grade", "size"].enumerated() { record.fill(field, said[i]) }
        }
        if id == nil || record["client"] != nil { record["client"] = said[4] }
    }

    /// - Throws: `refused` for a record that has moved.
    func demandNoMovements(of noun: Noun, _ id: Int, hint: (String) -> String) throws {
        let key: SQL = "\(name: noun.name + "_id")"
        let count = try data.one("SELECT count(*) FROM (SELECT 1 FROM movement WHERE \(key) = \(id) LIMIT 100)") { $0.int(0) } ?? 0
        guard count > 0, let code = try code(of: noun, id) else { return }
        let many = count == 100 ? "100 movements or more" : counted(count, "movement")
        throw Failure(.refused, noun.area, "\(code) cannot be removed: it has \(many)", hint: hint(code))
    }
}
