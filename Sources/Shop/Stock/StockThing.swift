import Store
import Values

/// An item or a lot that is to be moved, with what is there of it.
package struct StockThing: Sendable {
    /// Nil for a remnant, which belongs to no item.
    package var item: RecordID?
    package var lot: RecordID?
    /// The name of the item.
    package var title: String?
    /// In thousandths: of the lot, or of the item with its lots.
    var onHand: Int
    /// In thousandths: of an item what is not in lots, of a lot all.
    var loose: Int
    /// The client who brought it.
    var client: RecordID?
    var unitCost: Rate?
    var location: String?

    package var code: String { lot?.code ?? item?.code ?? "" }
    /// `item SM-MS-3`, `lot LOT-0001`
    package var name: String { (lot == nil ? "item " : "lot ") + code }
    /// What a movement of it changes; nil for what the data file has lost.
    var account: StockAccount? { lot.map { StockAccount(lot: $0.id) } ?? item.map { StockAccount(item: $0.id) } }

    /// A movement of it.
    func movement(_ kind: MovementKind, _ millis: Int, on day: Day) -> Movement {
        Movement(kind, Quantity(thousandths: millis), of: item?.id, lot: lot?.id, on: day)
    }
}

extension Shop {
    /// Finds an item or a lot by its code, or an item by a part of its code or name.
    package func stock(_ typed: String) throws -> StockThing {
        for noun in [Noun.inv, Noun.lot] {
            do { return try stock(noun, find(noun, typed, guessing: .nothing, hinting: false)) } catch let failure as Failure
                where failure.kind == .notFound
            { continue }
        }
        return try stock(.inv, find(.inv, typed))
    }

    package func stock(_ noun: Noun, _ found: RecordID) throws -> StockThing {
        guard let thing = try things(noun, where: "\(name: noun.name).id = \(found.id)").first else {
            throw Failure(.notFound, noun.area, "there is no \(noun.word) '\(found.code)'")
        }
        return thing
    }

    /// All items and lots, by their codes in lower case.
    package func allStock() throws -> [String: StockThing] {
        Dictionary(try (things(.lot, where: "1") + things(.inv, where: "1")).map { ($0.code.lowercased(), $0) }) { $1 }
    }

    private func things(_ noun: Noun, where condition: SQL) throws -> [StockThing] {
        let isLot = noun.name == "lot", table: SQL = "\(name: noun.name)"
        let from: SQL =
            isLot
            ? "lot LEFT JOIN inv ON inv.id = lot.inv_id JOIN aux_lot aux ON aux.lot_id = lot.id"
            : "inv JOIN aux_inv aux ON aux.inv_id = inv.id"
        let loose = isLot ? "aux.on_hand_millis" : Shop.looseMillis
        return try data.all(
            """
            SELECT inv.id, inv.code, client.id, client.code, inv.unit_cost_micros, \(table).location, aux.on_hand_millis, \(loose),
                \(table).id, \(table).code, inv.name
            FROM \(from) LEFT JOIN client ON client.id = \(table).client_id WHERE \(condition)
            """
        ) { row in
            StockThing(
                item: row.isNull(0) ? nil : RecordID(id: row.int(0), code: row.text(1)),
                lot: isLot ? RecordID(id: row.int(8), code: row.text(9)) : nil, title: try row.get(10), onHand: row.int(6),
                loose: row.int(7), client: row.isNull(2) ? nil : RecordID(id: row.int(2), code: row.text(3)), unitCost: try row.get(4),
                location: try row.get(5))
        }
    }

    /// What an item has without its lots.
    static let looseMillis: SQL = """
        aux.on_hand_millis - coalesce((SELECT sum(aux_lot.on_hand_millis) FROM lot JOIN aux_lot ON aux_lot.lot_id = lot.id
            WHERE lot.inv_id = inv.id), 0)
        """

    /// What is there of it now.
    func onHand(_ thing: StockThing) throws -> Quantity {
        let there: SQL =
            thing.lot.map { "SELECT on_hand_millis FROM aux_lot WHERE lot_id = \($0.id)" }
            ?? "SELECT on_hand_millis FROM aux_inv WHERE inv_id = \(thing.item?.id)"
        return try data.one(there) { try $0.get(0) } ?? Quantity(thousandths: 0)
    }

    /// What a unit cost of what was found: nil where the average of what is there says it, else what the item or its last receipt says.
    func costOfFound(_ thing: StockThing) throws -> Rate? {
        guard thing.loose <= 0, thing.client == nil else { return nil }
        if let cost = thing.unitCost { return cost }
        let own: SQL = thing.item.map { "inv_id = \($0.id)" } ?? "lot_id = \(thing.lot?.id)"
        return try data.one(
            "SELECT cost_micros FROM movement WHERE \(own) AND cost_micros IS NOT NULL ORDER BY day DESC, id DESC LIMIT 1"
        ) { try $0.get(0) }
    }

    /// The day of a movement.
    /// - Throws: `refused` for a day to come.
    func stockDay(_ day: Day?) throws -> Day {
        let today = try today()
        guard let day, day != today else { return today }
        guard day < today else {
            throw Failure(.refused, .movement, "\(day) is still to come: today is \(today)", hint: "record it when it has happened")
        }
        return day
    }

    /// A warning about a day before the last movement; nil if it is not.
    func lateNote(_ thing: StockThing, _ day: Day) throws -> StockNote? {
        let own: SQL = thing.lot.map { "lot_id = \($0.id)" } ?? "inv_id = \(thing.item?.id)"
        guard let last = try data.one("SELECT max(day) FROM movement WHERE \(own)", { try $0.get(0) as Day? }) ?? nil, day < last else {
            return nil
        }
        let text = "warning: \(thing.code) was moved on \(last), after \(day): what is kept since then changes"
        return StockNote(kind: .moved, code: thing.code, text: text)
    }
}
