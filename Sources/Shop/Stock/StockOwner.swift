import Store
import Values

/// What the value of an account depends on besides its movements.
struct StockOwner {
    /// Whether a client brought it.
    var isValueless: Bool
    /// What a unit of the item costs, in millionths of the currency; nil for unknown.
    var unitCost: Int?
}

/// Values stock anew when its owner or the cost of a unit has changed.
extension Shop {
    /// The accounts among these items and lots whose value may be another than their client and the cost of a unit say: nothing for material
    /// that a client brought.
    func misvalued(among ids: [String: ClosedRange<Int>]) throws -> [StockAccount] {
        func wrong(_ client: SQL, _ account: SQL) -> SQL {
            """
            iif(\(client) IS NULL,
                EXISTS (SELECT 1 FROM movement WHERE \(account) AND quantity_millis > 0 AND cost_micros IS NULL)
                OR EXISTS (SELECT 1 FROM movement WHERE \(account) AND quantity_millis > 0 AND cost_micros > 0)
                AND NOT EXISTS (SELECT 1 FROM aux_movement movement WHERE \(account) AND change_cents <> 0),
                EXISTS (SELECT 1 FROM aux_movement movement WHERE \(account) AND change_cents <> 0))
            """
        }
        func within(_ column: SQL, _ table: String) -> SQL? {
            ids[table].map { "\(column) BETWEEN \($0.lowerBound) AND \($0.upperBound)" }
        }
        let items = try within("inv.id", "inv").map { range in
            try data.all("SELECT id FROM inv WHERE \(range) AND \(wrong("inv.client_id", "inv_id = inv.id AND lot_id IS NULL"))") {
                StockAccount(item: $0.int(0))
            }
        }
        let lots = try [within("lot.inv_id", "inv"), within("lot.id", "lot")].compactMap { $0 }.flatMap { range in
            try data.all(
                """
                SELECT lot.id FROM lot LEFT JOIN inv ON inv.id = lot.inv_id
                WHERE \(range) AND \(wrong("coalesce(lot.client_id, inv.client_id)", "movement.lot_id = lot.id"))
                """
            ) { StockAccount(lot: $0.int(0)) }
        }
        return (items ?? []) + lots
    }

    /// Values the stock of a record anew if its client or the cost of a unit may have changed.
    func revalueIfOwnerChanged(_ noun: String, _ id: Int) throws {
        for account in try misvalued(among: [noun: id...id]) { try revalue(account) }
    }

    /// What it means that items with stock belong to a client now, or to the shop.
    func ownershipNotes(_ items: [Int]) throws -> [String] {
        let found = try data.all(
            """
            SELECT inv.code, client.code, aux_inv.value_cents FROM inv JOIN aux_inv ON inv_id = inv.id
            LEFT JOIN client ON client.id = client_id WHERE inv.id IN (\(SQL.ids(items))) AND on_hand_millis <> 0 ORDER BY inv.id
            """
        ) { (code: $0.text(0), client: try $0.get(1) as String?, value: try $0.get(2) as Money) }
        let brought = found.filter { $0.client != nil }.map(\.code), own = found.filter { $0.client == nil }
        let value = own.reduce(Money.zero) { $0 + $1.value }
        return [
            brought.isEmpty ? nil : "warning: what is on hand of \(brought.joined(separator: ", ")) is the client's now, and has no value",
            own.isEmpty ? nil : "what is on hand of \(own.map(\.code).joined(separator: ", ")) is the shop's own, and worth \(value)",
        ].compactMap { $0 }
    }
}
