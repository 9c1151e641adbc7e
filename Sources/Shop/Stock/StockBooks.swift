import Store

extension [BookRule] {
    static let inv: [BookRule] = [
        BookRule(
            "stock-values", "quantity and value after each movement follow from the movements", of: ["movement", "aux_movement"],
            hint: BookRule.mend, proof: .books { shop, report in try BookRule.sums(report) { try shop.findWrongValues($0) } }),
        BookRule(
            "movement-signs", "what is received comes in, what is used or wasted goes out, and a move changes no quantity",
            of: ["movement"],
            as: .quantity, found: "moved ",
            """
            SELECT coalesce('lot ' || lot.code, 'item ' || inv.code) || ' ' || movement.kind || ' on ' || movement.day, quantity_millis, NULL
            FROM movement LEFT JOIN inv ON inv.id = movement.inv_id LEFT JOIN lot ON lot.id = movement.lot_id
            WHERE CASE movement.kind WHEN 'receipt' THEN quantity_millis <= 0 WHEN 'use' THEN quantity_millis >= 0
                WHEN 'waste' THEN quantity_millis >= 0 WHEN 'move' THEN quantity_millis <> 0 END ORDER BY movement.id
            """),
        BookRule(
            "reservation-project", "nothing of the shop's own is put aside for a finished or cancelled project", of: ["reservation"],
            hint: "laseros inv release PROJECT", as: .quantity, found: "reserved ",
            """
            SELECT 'project ' || project.code, quantity_millis, NULL FROM reservation JOIN project ON project.id = project_id
            LEFT JOIN inv ON inv.id = reservation.inv_id LEFT JOIN lot ON lot.id = reservation.lot_id
            WHERE project.status IN ('completed', 'cancelled') AND coalesce(lot.client_id, inv.client_id) IS NULL ORDER BY reservation.id
            """),
        BookRule(
            "reservation-lot", "a reserved lot counts in the item that is reserved with it", of: ["reservation"],
            """
            SELECT 'project ' || project.code, 'lot ' || lot.code || ' is reserved with another item', NULL
            FROM reservation JOIN lot ON lot.id = lot_id JOIN project ON project.id = project_id
            WHERE reservation.inv_id IS NOT lot.inv_id ORDER BY reservation.id
            """),
    ]

    static let lot: [BookRule] = [
        BookRule(
            "lot-movements", "a movement of a lot is one of its item", of: ["movement"],
            """
            SELECT 'lot ' || lot.code, 'its movement on ' || day || ' is of another item', NULL FROM movement JOIN lot ON lot.id = lot_id
            WHERE movement.inv_id IS NOT lot.inv_id ORDER BY movement.id
            """),
        BookRule(
            "lot-days", "on no day more of a lot was out than had come", of: ["aux_movement"], as: .quantity, found: "on hand ",
            """
            SELECT 'lot ' || lot.code || ' on ' || day, on_hand, NULL FROM (
                SELECT lot_id, day, id, sum(quantity_millis) OVER (PARTITION BY lot_id ORDER BY day, id) AS on_hand FROM movement
                WHERE lot_id IS NOT NULL) AS movement JOIN lot ON lot.id = lot_id
            WHERE on_hand < 0 ORDER BY movement.lot_id, movement.id
            """),
        BookRule(
            "remnants", "a remnant is there or used up, as a whole", of: ["lot"], as: .quantity, found: "on hand ",
            """
            SELECT 'remnant ' || lot.code, sum(quantity_millis), NULL FROM lot JOIN movement ON lot_id = lot.id WHERE lot.kind = 'remnant'
            GROUP BY lot.id HAVING sum(quantity_millis) NOT IN (0, 1000)
            """),
    ]
}
