import Store
import Values

/// Why what is on hand changed.
package enum MovementKind: String, Choice, Stored, Presentable { case receipt, use, `return`, waste, count, adjust, move }

/// A change of what is on hand, to be stored.
package struct Movement: Sendable {
    package var item: Int?
    package var lot: Int?
    package var kind: MovementKind
    package var day: Day
    /// Negative for what goes out.
    package var quantity: Quantity
    /// What a unit cost; nil for unknown. What goes out has the value that it had.
    package var cost: Rate?
    package var project: Int?
    package var supplier: Int?
    /// The row of `purchase_receipt` that it came with.
    package var receipt: Int?
    package var location: String?
    package var reason: String?

    package init(_ kind: MovementKind, _ quantity: Quantity, of item: Int?, lot: Int? = nil, on day: Day) {
        (self.kind, self.quantity, self.item, self.lot, self.day) = (kind, quantity, item, lot, day)
    }

    /// The movements of an item or of a lot.
    static func rows(of noun: String) -> Child {
        Child(
            "movement", "What came and went", in: "movement", of: "\(noun)_id",
            [
                Field("day", Day.self), Field("kind", MovementKind.self), Field("quantity", Quantity.self, column: "quantity_millis"),
                Field("cost", Rate.self, column: "cost_micros"),
                Field("project", Line.self, column: "project_id", sql: "(SELECT code FROM project WHERE id = movement.project_id)")
                    .naming(rowOf: "project"),
                Field("supplier", Line.self, column: "supplier_id", sql: "(SELECT code FROM supplier WHERE id = movement.supplier_id)")
                    .naming(rowOf: "supplier"),
                Field("location", Line.self), Field("reason", Line.self), Field("at", Moment.self), Field("who", Line.self),
            ], ordered: .by("day"), isShown: false)
    }
}

extension Settlement {
    /// Brings the value of items or lots up to date after an undo, which removes movements or brings them back.
    static func ofStock(_ noun: String) -> Settlement {
        Settlement(
            concerned: { shop, touched in
                guard let ids = touched["movement"] else { return [] }
                let key: SQL = "\(name: noun + "_id")"
                return Set(
                    try shop.data.all(
                        "SELECT DISTINCT \(key) FROM movement WHERE id BETWEEN \(ids.lowerBound) AND \(ids.upperBound) AND \(key) IS NOT NULL"
                    ) { $0.int(0) })
            },
            settle: { shop, id in
                let account = noun == "lot" ? StockAccount(lot: id) : StockAccount(item: id)
                if let day = try shop.firstUnvalued(account) { try shop.revalue(account, from: day) }
            })
    }
}

extension Shop {
    /// Stores movements and brings the value of what they move up to date.
    /// - Returns: their ids.
    @discardableResult
    package func record(_ movements: [Movement]) throws -> [Int] {
        var ids: [Int] = [], first: [StockAccount: Day] = [:]
        for movement in movements {
            let project = movement.project, supplier = movement.supplier, receipt = movement.receipt
            try data.run(
                """
                INSERT INTO movement (
                    inv_id, lot_id, kind, day, quantity_millis, cost_micros, project_id, supplier_id, receipt_id, location, reason, at, who)
                VALUES (\(movement.item), \(movement.lot), \(movement.kind), \(movement.day), \(movement.quantity), \(movement.cost),
                    \(project), \(supplier), \(receipt), \(movement.location), \(movement.reason), \(clock), \(who))
                """)
            ids.append(data.lastID)
            guard let account = movement.lot.map(StockAccount.init(lot:)) ?? movement.item.map(StockAccount.init(item:)) else { continue }
            first[account] = min(first[account] ?? movement.day, movement.day)
        }
        for (account, day) in first { try revalue(account, from: day) }
        return ids
    }
}
