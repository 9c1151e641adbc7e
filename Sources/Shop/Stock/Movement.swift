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
    /// The run that took or left it.
    package var run: Int?
    package var location: String?
    package var reason: String?

    package init(_ kind: MovementKind, _ quantity: Quantity, of item: Int?, lot: Int? = nil, on day: Day) {
        (self.kind, self.quantity, self.item, self.lot, self.day) = (kind, quantity, item, lot, day)
    }

    /// The movements of an item or of a lot.
    static func rows(of noun: String) -> Child {
        var child = Child(
            "movement", "What came and went", in: "movement", of: "\(noun)_id",
            [
                Field("day", Day.self), Field("kind", MovementKind.self), Field("quantity", Quantity.self, column: "quantity_millis"),
                Field("cost", Rate.self, column: "cost_micros"),
                Field("project", Line.self, column: "project_id", sql: "(SELECT code FROM project WHERE id = movement.project_id)")
                    .naming(rowOf: "project"),
                Field("supplier", Line.self, column: "supplier_id", sql: "(SELECT code FROM supplier WHERE id = movement.supplier_id)")
                    .naming(rowOf: "supplier"),
                Field("location", Line.self), Field("reason", Line.self), Field("at", Moment.self), Field("who", Line.self),
            ], ordered: .by("day"),
            unlisted: [
                Field("receipt", Int.self, column: "receipt_id").naming(rowOf: "purchase_receipt"),
                Field("run", Line.self, column: "run_id", sql: "(SELECT code FROM run WHERE run.id = movement.run_id)").naming(
                    rowOf: "run"),
            ],
            isShown: false)
        child.isUnique = false
        return child
    }
}

extension Settlement {
    /// Brings the value of items or lots up to date after an undo, which removes movements or brings them back, or changes whose they are.
    static func ofStock(_ noun: String) -> Settlement {
        Settlement(
            concerned: { shop, touched in
                let isLot = noun == "lot", key: SQL = "\(name: noun + "_id")"
                var ids = Set(try shop.misvalued(among: touched).compactMap { isLot ? $0.lot : $0.item })
                guard let rows = touched["movement"] else { return ids }
                let own: SQL = isLot ? "lot_id IS NOT NULL" : "lot_id IS NULL"
                ids.formUnion(
                    try shop.data.all(
                        "SELECT DISTINCT \(key) FROM movement WHERE id BETWEEN \(rows.lowerBound) AND \(rows.upperBound) AND \(own)"
                    ) { $0.int(0) })
                return ids
            },
            settle: { shop, id in
                guard noun == "lot" else { return try shop.revalue(StockAccount(item: id)) }
                try shop.revalue(StockAccount(lot: id))
                try shop.demandNeverShort(id)
                try shop.demandOneRemnant(id)
            })
    }
}

extension Shop {
    /// Stores movements and brings the value of what they move up to date.
    /// - Returns: their ids.
    /// - Throws: `refused` if a lot had less on some day than went out of it, or a remnant is not one or none.
    @discardableResult
    package func record(_ movements: [Movement]) throws -> [Int] {
        var ids: [Int] = [], first: [StockAccount: Day] = [:]
        for movement in movements {
            let project = movement.project, supplier = movement.supplier, receipt = movement.receipt
            if let lot = movement.lot, movement.quantity.thousandths < 0 { try demandEnough(-movement.quantity.thousandths, of: lot) }
            try data.run(
                """
                INSERT INTO movement (
                    inv_id, lot_id, kind, day, quantity_millis, cost_micros, project_id, supplier_id, receipt_id, run_id, location, reason, at, who)
                VALUES (\(movement.item), \(movement.lot), \(movement.kind), \(movement.day), \(movement.quantity), \(movement.cost),
                    \(project), \(supplier), \(receipt), \(movement.run), \(movement.location), \(movement.reason), \(clock), \(who))
                """)
            ids.append(data.lastID)
            guard let account = movement.lot.map(StockAccount.init(lot:)) ?? movement.item.map(StockAccount.init(item:)) else { continue }
            first[account] = min(first[account] ?? movement.day, movement.day)
        }
        for (account, day) in first {
            try revalue(account, from: day)
            if let lot = account.lot {
                try demandNeverShort(lot, since: day)
                try demandOneRemnant(lot)
            }
        }
        try demandSoundSums(of: Set(movements.compactMap(\.item)))
        return ids
    }

    /// - Throws: `refused` for items of which so much is there, reserved or on order that it could not be read back.
    func demandSoundSums(of items: Set<Int>) throws {
        guard !items.isEmpty else { return }
        let large = try data.one(
            """
            SELECT code FROM inv JOIN aux_inv ON inv_id = id WHERE id IN (\(SQL.ids(items.sorted())))
                AND max(abs(on_hand_millis), reserved_millis, on_order_millis, value_cents) >= \(Decimal.limit) LIMIT 1
            """
        ) { $0.text(0) }
        guard let large else { return }
        throw Failure(.refused, .inv, "the quantities or the value of item \(large) would be too large to store")
    }

    /// - Throws: `refused` if there is more or less than one of a remnant that is there.
    fileprivate func demandOneRemnant(_ lot: Int) throws {
        let other = try data.one(
            """
            SELECT lot.code, on_hand_millis FROM lot JOIN aux_lot ON lot_id = id
            WHERE id = \(lot) AND kind = \(LotKind.remnant) AND on_hand_millis NOT IN (0, 1000)
            """
        ) { (code: $0.text(0), onHand: $0.int(1)) }
        guard let other else { return }
        throw Failure(
            .refused, .remnant, "remnant \(other.code) is one piece, not \(Quantity(thousandths: other.onHand))",
            hint: "laseros inv remnant add SIZE --quantity NUMBER keeps several")
    }

    private func demandEnough(_ millis: Int, of lot: Int) throws {
        let there = try data.one("SELECT lot.code, on_hand_millis FROM lot JOIN aux_lot ON lot_id = id WHERE id = \(lot)") {
            (code: $0.text(0), onHand: $0.int(1))
        }
        guard let there, millis > there.onHand else { return }
        let onHand = Quantity(thousandths: there.onHand)
        throw Failure(
            .refused, .lot, "lot \(there.code) holds \(onHand), not \(Quantity(thousandths: millis))",
            hint: "laseros inv count \(there.code) QTY says what is there")
    }

    /// - Throws: `refused` if a lot had less than nothing on some day.
    /// - Parameter day: the first to look at; nil for all.
    fileprivate func demandNeverShort(_ lot: Int, since day: Day? = nil) throws {
        let short = try data.one(
            """
            SELECT lot.code, aux_movement.day, on_hand_millis FROM aux_movement JOIN lot ON lot.id = lot_id
            WHERE lot_id = \(lot) AND aux_movement.day >= coalesce(\(day), '') AND on_hand_millis < 0 ORDER BY aux_movement.day, aux_movement.id LIMIT 1
            """
        ) { (code: $0.text(0), day: $0.text(1), onHand: $0.int(2)) }
        guard let short else { return }
        throw Failure(
            .refused, .lot, "lot \(short.code) would have held \(Quantity(thousandths: short.onHand)) on \(short.day)",
            hint: "laseros inv movements \(short.code)")
    }
}
