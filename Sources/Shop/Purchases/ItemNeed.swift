import Store
import Values

/// What of an item is to be ordered.
struct ItemNeed {
    var id: Int
    /// Who sells it; nil if nobody is known, or if several do and the item names none.
    var supplier: Int?
    /// Whether a client brings it.
    var isBrought: Bool
    /// Whether it is on order, or in a draft, and enough of it.
    var isCovered: Bool
    /// Its order quantity, but at least what brings it above its level in whole units, rounded up to the pack; nil if neither is known.
    var quantity: Quantity?

    /// The id of the supplier who sells an item.
    static let seller: SQL = """
        coalesce((SELECT id FROM supplier WHERE supplier.id = inv.supplier_id AND supplier.active),
            (SELECT iif(count(*) = 1, min(supplier.id), NULL) FROM supplier_article AS own
                JOIN supplier ON supplier.id = own.supplier_id WHERE own.inv_id = inv.id AND supplier.active))
        """

    /// An expression about what is lacking of an item, for statements with `inv` and `aux_inv`.
    /// - Parameters:
    ///   - what: an expression with `ordered`, which is on order or in a draft, `short`, which brings it above its level, and `quantity`.
    ///   - supplier: the id of the supplier whose pack counts.
    static func sql(_ what: SQL, from supplier: SQL) -> SQL {
        """
        (SELECT \(what) FROM (SELECT ordered, short,
            nullif((max(coalesce(inv.order_millis, 0), short) + pack - 1) / pack * pack, 0) AS quantity
            FROM (SELECT ordered,
                iif(inv.level_millis > 0 AND there <= inv.level_millis, (inv.level_millis - there) / 1000 * 1000 + 1000, 0) AS short,
                coalesce((SELECT pack_millis FROM supplier_article AS sold
                    WHERE sold.inv_id = inv.id AND sold.supplier_id = \(supplier)), 1) AS pack
                FROM (SELECT ordered, ordered + aux_inv.on_hand_millis - aux_inv.reserved_millis AS there
                    FROM (SELECT aux_inv.on_order_millis + coalesce((SELECT sum(quantity_millis) FROM purchase_line
                        JOIN purchase ON purchase.id = purchase_id
                        WHERE purchase_line.inv_id = inv.id AND purchase.status = 'draft'), 0) AS ordered)))))
        """
    }
}

extension Shop {
    /// - Parameter supplier: the one to order from; nil for whoever sells each.
    /// - Returns: the needs of items, by their ids.
    func needs(of items: [Int], from supplier: Int? = nil) throws -> [Int: ItemNeed] {
        let seller = supplier.map { "\($0)" } ?? ItemNeed.seller
        let needs = try data.all(
            """
            SELECT inv.id, \(ItemNeed.seller), inv.client_id IS NOT NULL, \(ItemNeed.sql("ordered > 0 AND short = 0", from: seller)),
                \(ItemNeed.sql("quantity", from: seller))
            FROM inv JOIN aux_inv ON aux_inv.inv_id = inv.id WHERE inv.id IN (\(SQL.ids(items)))
            """
        ) { row in
            ItemNeed(
                id: row.int(0), supplier: try row.get(1), isBrought: row.int(2) != 0, isCovered: row.int(3) != 0, quantity: try row.get(4))
        }
        return Dictionary(needs.map { ($0.id, $0) }) { first, _ in first }
    }
}
