import Store

extension [BookRule] {
    static let purchase: [BookRule] =
        [
            .lines(
                of: "purchase", "purchase_line",
                "SELECT \(line), quantity_millis, price_micros, 1, purchase_line.total_cents FROM \(linesOfPurchases)")
        ]
        + BookRule.totals(
            of: "purchase", "purchase", "purchase_line",
            documents: """
                SELECT 'purchase ' || code, subtotal_cents, vat_rate_bp, vat_cents, total_cents,
                    (SELECT iif(sum(total_cents IS NULL) > 0, NULL, coalesce(sum(total_cents), 0)) FROM purchase_line
                        WHERE purchase_id = purchase.id)
                FROM purchase ORDER BY id
                """) + [
            BookRule(
                "purchase-open", "what is still to come of a placed purchase is what is ordered less what came, and nothing of others",
                of: ["purchase_line", "purchase_receipt"], as: .quantity, found: "still to come ",
                """
                SELECT \(line), open_millis, open FROM (
                    SELECT *, iif(status = 'placed', max(0, quantity_millis - (SELECT coalesce(sum(quantity_millis), 0)
                        FROM purchase_receipt WHERE line_id = purchase_line.id)), 0) AS open FROM \(linesOfPurchases)) AS purchase_line
                JOIN purchase ON purchase.id = purchase_line.purchase_id WHERE open_millis <> open
                """),
            BookRule(
                "purchase-state", "the days and lines of a purchase are those of its state", of: ["purchase", "purchase_line"],
                """
                SELECT 'purchase ' || code, status || ', placed on ' || coalesce(placed_on, 'no day') || ', received on '
                    || coalesce(received_on, 'no day') || iif(is_open, ', something to come', ', nothing to come'), NULL
                FROM (SELECT *, EXISTS (SELECT 1 FROM purchase_line WHERE purchase_id = purchase.id AND open_millis > 0) AS is_open
                    FROM purchase)
                WHERE (status IN ('placed', 'received') AND placed_on IS NULL) OR (status = 'draft' AND placed_on IS NOT NULL)
                    OR (status = 'received') <> (received_on IS NOT NULL) OR (status = 'placed') <> is_open ORDER BY id
                """),
            BookRule(
                "purchase-lines-of", "a line of a purchase is of an item or of an operation", of: ["purchase_line"],
                """
                SELECT \(line), iif(inv_id IS NULL, 'is of nothing', 'is of an item and an operation'), NULL FROM \(linesOfPurchases)
                WHERE (inv_id IS NULL) = (operation_id IS NULL)
                """),
            BookRule(
                "purchase-receipts", "what came of a line with an item is what its movements brought of that item",
                of: ["purchase_receipt", "movement"], as: .quantity, found: "moved ",
                """
                SELECT \(line) || ' receipt ' || receipt.position, coalesce(moved, 0), iif(purchase_line.inv_id IS NULL, 0, received)
                FROM (SELECT purchase_receipt.id, line_id, position, purchase_receipt.quantity_millis AS received,
                        sum(movement.quantity_millis) AS moved, max(movement.inv_id IS NOT (SELECT inv_id FROM purchase_line WHERE id = line_id)
                            AND movement.id IS NOT NULL) AS is_other
                    FROM purchase_receipt LEFT JOIN movement ON receipt_id = purchase_receipt.id AND movement.kind = 'receipt'
                    GROUP BY purchase_receipt.id) AS receipt
                JOIN purchase_line ON purchase_line.id = receipt.line_id JOIN purchase ON purchase.id = purchase_id
                WHERE coalesce(moved, 0) <> iif(purchase_line.inv_id IS NULL, 0, received) OR is_other
                """),
        ]

    private static let line: SQL = "'purchase ' || purchase.code || ' line ' || purchase_line.position"
    private static let linesOfPurchases: SQL = "purchase_line JOIN purchase ON purchase.id = purchase_line.purchase_id"
}
