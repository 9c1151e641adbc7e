import Store
import Values

/// What the value of the stock is told by.
package enum StockGroup: String, Choice, Presentable { case category, material, location, item }

extension Shop {
    package static let valueFields: [Field] = [
        Field("code", String.self).optional(), Field("name", String.self), Field("items", Int.self, sums: true),
        Field("on_hand", Quantity.self).optional(), Field("unit", String.self).optional(), Field("value", Money.self, sums: true),
        Field("without_cost", Int.self, sums: true),
    ]
    package static let valueHeadings = valueFields.map(\.heading)

    /// What was in stock at the end of a day, and what it was worth: the balances after the last movements until then.
    package func stockValue(by group: StockGroup, asOf day: Day?) throws -> Listing {
        let (code, name): (SQL, SQL) =
            switch group {
            case .category: ("NULL", "coalesce(inv.category, iif(lot.kind = 'remnant', 'Remnants', NULL))")
            case .material: ("material.code", "material.name")
            case .location: ("NULL", "iif(lot.id IS NULL, inv.location, lot.location)")
            case .item: ("coalesce(inv.code, lot.code)", "inv.name")
            }
        let isByItem = group == .item
        let order = isByItem ? Noun.order(ofCodes: code).joined(", ") : "\(name) IS NULL, \(name) COLLATE NOCASE, \(code)"
        let keys: SQL = isByItem ? "coalesce(inv.id, -lot.id)" : "\(code), \(name) COLLATE NOCASE"
        let thing: SQL = "coalesce(inv.id, -lot.id)"
        let (onHand, unit): (SQL, SQL) = isByItem ? ("sum(balance.on_hand_millis)", "coalesce(inv.unit, 'sheets')") : ("NULL", "NULL")
        let sql: SQL = """
            WITH \(Shop.balances(until: day))
            SELECT \(code), \(name), count(DISTINCT \(thing)), \(onHand), \(unit), sum(nullif(balance.value_cents, 0)),
                count(DISTINCT iif(balance.value_cents = 0 AND balance.on_hand_millis > 0 AND coalesce(lot.client_id, inv.client_id) IS NULL,
                    \(thing), NULL))
            FROM balance LEFT JOIN inv ON inv.id = balance.inv_id LEFT JOIN lot ON lot.id = balance.lot_id
            LEFT JOIN material ON material.id = coalesce(inv.material_id, lot.material_id)
            WHERE balance.on_hand_millis <> 0 GROUP BY \(keys) ORDER BY \(order)
            """
        let fields = Shop.valueFields
        return Listing(fields.map(\.heading)) { body in
            try self.data.each(sql) { row in try body(try fields.indices.map { try fields[$0].show(row, $0) }) }
        }
    }

    /// The common table `balance`: what each item without its lots, and each lot, came to at the end of a day; nil for now.
    static func balances(until day: Day?) -> SQL {
        func last(_ account: SQL) -> SQL {
            let until: SQL = day.map { " AND day <= \($0)" } ?? ""
            return "(SELECT id FROM aux_movement WHERE \(account)\(until) ORDER BY day DESC, id DESC LIMIT 1)"
        }
        return """
            last AS (SELECT \(last("inv_id = inv.id AND lot_id IS NULL")) AS id FROM inv
                UNION ALL SELECT \(last("aux_movement.lot_id = lot.id")) FROM lot),
            balance AS (SELECT aux_movement.inv_id, lot_id, on_hand_millis, value_cents FROM last JOIN aux_movement ON aux_movement.id = last.id)
            """
    }

    /// How many items and lots with stock have no known cost, those of clients aside.
    package func unvalued(asOf day: Day?) throws -> Int {
        try data.one(
            """
            WITH \(Shop.balances(until: day)) SELECT count(DISTINCT coalesce(inv.id, -lot.id)) FROM balance
            LEFT JOIN inv ON inv.id = balance.inv_id LEFT JOIN lot ON lot.id = balance.lot_id
            WHERE balance.on_hand_millis > 0 AND balance.value_cents = 0 AND coalesce(lot.client_id, inv.client_id) IS NULL
            """
        ) { $0.int(0) } ?? 0
    }
}

/// What is low, and how much of it to order.
extension Shop {
    package static let lowFields: [Field] = {
        let known = ["code", "name", "on_hand", "reserved", "on_order", "level"].compactMap { name in
            Noun.inv.columns.first { $0.name == name }
        }
        func seller(_ column: SQL) -> SQL { "(SELECT \(column) FROM supplier AS seller WHERE seller.id = \(ItemNeed.seller))" }
        return known + [
            Field("to_order", Quantity.self, sql: ItemNeed.sql("iif(ordered > 0 AND short = 0, NULL, quantity)", from: ItemNeed.seller)),
            Field("unit", String.self, sql: "inv.unit"), Field("supplier", String.self, sql: seller("code")),
            Field("supplier_name", String.self, sql: seller("name")),
        ]
    }()
    package static let lowHeadings = lowFields.map(\.heading)

    /// The low items of a list.
    package func low(_ query: Query) throws -> Listing {
        var query = query
        query.conditions.append(Shop.isLow)
        return try list(.inv, query, Shop.lowFields)
    }

    package func isAnythingLow(_ query: Query) throws -> Bool {
        var query = query
        query.conditions.append(Shop.isLow)
        query.limit = 1
        return try data.one(try select(.inv, [Noun.inv.codeField], query)) { _ in true } ?? false
    }

    static let isLow: SQL = "inv.id IN (SELECT inv_id FROM aux_inv WHERE low = 1)"
}
