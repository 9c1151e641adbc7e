import Store
import Values

/// How much of an item is there and to come, and how much is ordered when it is low.
struct ItemNeed {
    var id: Int
    var code: String
    /// Who sells it; nil if nobody is known, or if several do and the item names none.
    var supplier: Int?
    /// Whether a client brings it.
    var isBrought: Bool
    /// Nil if it is never low.
    var level: Quantity?
    var order: Quantity?
    /// On hand and on order, less what is reserved.
    var available: Quantity
    /// On order, or in a draft.
    var ordered: Quantity

    /// What brings it above its level, in whole units, with what drafts have of it.
    private var short: Int {
        guard let level = level?.thousandths, level > 0, available.thousandths <= level else { return 0 }
        return (level - available.thousandths) / 1000 * 1000 + 1000
    }

    /// Whether it is on order, and enough of it.
    var isCovered: Bool { ordered.thousandths > 0 && short == 0 }

    /// How much to order: its own order quantity, but not less than it lacks, rounded up to the pack. Nil if neither is known.
    func quantity(in pack: Quantity?) -> Quantity? {
        let wanted = max(order?.thousandths ?? 0, short), pack = max(1, pack?.thousandths ?? 1)
        return wanted == 0 ? nil : Quantity(thousandths: (wanted + pack - 1) / pack * pack)
    }
}

extension Shop {
    /// - Returns: the needs of items, by their ids.
    func needs(of items: [Int]) throws -> [Int: ItemNeed] {
        let needs = try data.all(
            """
            SELECT inv.id, inv.code, coalesce(
                    (SELECT id FROM supplier WHERE supplier.id = inv.supplier_id AND supplier.active),
                    (SELECT iif(count(*) = 1, min(supplier.id), NULL) FROM supplier_article AS own
                        JOIN supplier ON supplier.id = own.supplier_id WHERE own.inv_id = inv.id AND supplier.active)),
                inv.level_millis, inv.order_millis, on_hand_millis - reserved_millis + on_order_millis, on_order_millis,
                coalesce((SELECT sum(quantity_millis) FROM purchase_line JOIN purchase ON purchase.id = purchase_id
                    WHERE purchase_line.inv_id = inv.id AND purchase.status = 'draft'), 0),
                inv.client_id IS NOT NULL
            FROM inv JOIN aux_inv ON aux_inv.inv_id = inv.id WHERE inv.id IN (\(SQL.ids(items)))
            """
        ) { row in
            let drafted = row.int(7)
            return ItemNeed(
                id: row.int(0), code: row.text(1), supplier: try row.get(2), isBrought: row.int(8) != 0, level: try row.get(3),
                order: try row.get(4),
                available: Quantity(thousandths: row.int(5) + drafted), ordered: Quantity(thousandths: row.int(6) + drafted))
        }
        return Dictionary(needs.map { ($0.id, $0) }) { first, _ in first }
    }
}
