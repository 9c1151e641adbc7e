import Store
import Values

/// The movements to list.
package struct MovementQuery: Sendable {
    package var conditions: [SQL] = []
    package var limit: Int?
    package var offset: Int?
    package init() {}
}

/// Lists movements with their value and the balance after them.
extension Shop {
    /// The columns of a list of movements. The balance is that of a lot, or of an item without its lots.
    package static let movementFields: [Field] = [
        Field("day", Day.self, sql: "movement.day"),
        Field("code", String.self, sql: "coalesce(lot.code, inv.code)"),
        Field("item", String.self, sql: "inv.code", wide: true),
        Field("kind", MovementKind.self, sql: "movement.kind"),
        Field("quantity", Quantity.self, sql: "movement.quantity_millis"),
        Field("cost", Rate.self, sql: "movement.cost_micros", wide: true),
        Field("value", Money.self, sql: "nullif(aux_movement.change_cents, 0)"),
        Field("on_hand", Quantity.self, sql: "aux_movement.on_hand_millis"),
        Field(
            "on_hand_value", Money.self,
            sql: "iif(aux_movement.on_hand_millis > 0, nullif(aux_movement.value_cents, 0), aux_movement.value_cents)", wide: true),
        Field("project", String.self, sql: "project.code"),
        Field("supplier", String.self, sql: "supplier.code").optional(),
        Field("purchase", String.self, sql: "purchase.code").optional(),
        Field("location", Line.self, sql: "movement.location").optional(),
        Field("reason", Line.self, sql: "movement.reason"),
        Field("at", Moment.self, sql: "movement.at", wide: true),
        Field("who", Line.self, sql: "movement.who", wide: true),
    ]
    package static let movementHeadings = movementFields.map(\.heading)

    private static let movementTables: SQL = """
        movement LEFT JOIN aux_movement ON aux_movement.id = movement.id LEFT JOIN inv ON inv.id = movement.inv_id
        LEFT JOIN lot ON lot.id = movement.lot_id LEFT JOIN project ON project.id = movement.project_id
        LEFT JOIN supplier ON supplier.id = movement.supplier_id
        LEFT JOIN purchase_receipt ON purchase_receipt.id = movement.receipt_id
        LEFT JOIN purchase_line ON purchase_line.id = purchase_receipt.line_id
        LEFT JOIN purchase ON purchase.id = purchase_line.purchase_id
        """

    /// The movements, newest first.
    package func movements(_ query: MovementQuery) -> Listing {
        var sql: SQL = "SELECT \(Shop.movementFields.map(\.sql).joined(", ")) FROM \(Shop.movementTables)"
        if !query.conditions.isEmpty { sql += " WHERE \(query.conditions.joined(" AND "))" }
        sql += " ORDER BY movement.day DESC, movement.id DESC"
        if query.limit != nil || query.offset != nil { sql += " LIMIT \(query.limit ?? -1) OFFSET \(query.offset ?? 0)" }
        return listing(sql)
    }

    /// The movements with these ids, in their order.
    package func movements(_ ids: [Int]) -> Listing {
        listing(
            """
            SELECT \(Shop.movementFields.map(\.sql).joined(", ")) FROM \(Shop.movementTables) WHERE movement.id IN (\(SQL.ids(ids)))
            ORDER BY movement.id
            """)
    }

    private func listing(_ sql: SQL) -> Listing {
        let fields = Shop.movementFields
        return Listing(fields.map(\.heading)) { body in
            try self.data.each(sql) { row in try body(try fields.indices.map { try self.local(fields[$0].show(row, $0)) }) }
        }
    }

    /// The condition for the movements of an item with its lots, or of a lot.
    package func condition(of thing: StockThing) -> SQL {
        thing.lot.map { "movement.lot_id = \($0.id)" } ?? "movement.inv_id = \(thing.item?.id)"
    }

    /// The condition for the movements of a period.
    package func condition(of period: Period) -> SQL { Noun.within("movement.day", period.cell) }
}
