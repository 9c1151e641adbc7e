import Values

@testable import Commands
@testable import Shop
@testable import Store

/// For each rule of `check` what another program may do to the example shop, so that this rule finds it.
struct BrokenBook: Sendable {
    var rule: String
    /// The rules that find it, too.
    var others: Set<String> = []
    var act: @Sendable (Workshop) throws -> Void

    init(_ rule: String, with others: Set<String> = [], _ act: @escaping @Sendable (Workshop) throws -> Void) {
        (self.rule, self.others, self.act) = (rule, others, act)
    }

    /// - Parameter quietly: whether no trigger notices.
    init(_ rule: String, with others: Set<String> = [], quietly: Bool = false, _ sql: String) {
        self.init(rule, with: others) { workshop in
            guard quietly else { return try workshop.tamper(sql) }
            try Subprocess.demand(["sqlite3", workshop.data, ".dbconfig enable_trigger off", "PRAGMA ignore_check_constraints=ON; \(sql)"])
        }
    }

    static let all = file + floor + sales + stock

    private static let file = [
        BrokenBook("integrity", with: ["schema"]) { workshop in
            for sql in [
                "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = sql || ' WHERE id <> 2' WHERE name = 'client_name'",
                "REINDEX client_name",
            ] { try Subprocess.demand(["sqlite3", workshop.data, sql]) }
            try Subprocess.demand([
                "sqlite3", workshop.data,
                "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, ' WHERE id <> 2', ' ') WHERE name = 'client_name'",
            ])
        },
        BrokenBook("foreign-keys", "DELETE FROM operator WHERE id = 1"),
        BrokenBook("schema", "DROP INDEX client_name"),
        BrokenBook("history", "DELETE FROM journal_table WHERE entry = 3"),
        BrokenBook("rows", "UPDATE client SET notes = 'x' WHERE id = 1"),
        BrokenBook("counters", "UPDATE aux_counter SET value = 3 WHERE series = 'CL-'"),
        BrokenBook("search", "INSERT INTO aux_search (aux_search) VALUES ('delete-all')"),
        BrokenBook("files") { workshop in try Subprocess.demand(["sh", "-c", "rm -r \(workshop.shop)/files/??"]) },
        BrokenBook("file-owner", "UPDATE file SET project_id = NULL WHERE id = 1"),
    ]

    private static let floor = [
        BrokenBook("project-moves", "UPDATE move SET to_status = 'quote' WHERE project_id = 1 AND to_status = 'in-progress'"),
        BrokenBook("project-hold", "UPDATE project SET held_on = '2026-08-01' WHERE id = 3"),
        BrokenBook("part-numbers", "UPDATE part SET number = 1 WHERE id = 2"),
        BrokenBook("part-components", "UPDATE part_component SET part_id = 6 WHERE id = 1"),
        BrokenBook(
            "queue-moves", "DELETE FROM move WHERE id = (SELECT max(id) FROM move WHERE queue_id = 1)"),
        BrokenBook("queue-places", "UPDATE aux_queue SET rank = '0' WHERE queue_id = 2"),
        BrokenBook("queue-parts", "DELETE FROM queue_part WHERE id = 6"),
        BrokenBook("queue-run", with: ["run-open"], "UPDATE queue SET run_id = NULL WHERE id = 2"),
        BrokenBook("queue-made", "UPDATE queue_part SET quantity = 9 WHERE id = 5"),
        BrokenBook("queue-outside", with: ["queue-moves"], "UPDATE queue SET status = 'outside' WHERE id = 3"),
        BrokenBook("queue-project", with: ["queue-moves"], "UPDATE queue SET status = 'queued' WHERE id = 1"),
        BrokenBook("run-open", "UPDATE run SET ended_at = NULL WHERE id = 4"),
        BrokenBook("run-time", "UPDATE run_row SET duration_ms = 1 WHERE id = 3"),
        BrokenBook("run-pieces", with: ["queue-made"], "UPDATE run_row SET good = -1 WHERE id = 5"),
        BrokenBook(
            "run-stock", with: ["stock-values"],
            """
            INSERT INTO movement (inv_id, kind, day, quantity_millis, run_id, at)
            VALUES (1, 'return', '2026-08-23', 1000, 2, '2026-08-23T08:00:00.000Z')
            """),
        BrokenBook("delivery-lines", "UPDATE delivery_line SET part_id = 7, quantity = 1 WHERE id = 1"),
        BrokenBook("delivery-pieces", "UPDATE delivery_line SET quantity = 4 WHERE id = 1"),
        BrokenBook("delivery-day", "UPDATE project SET delivered_on = '2026-08-01' WHERE id = 3"),
    ]

    private static let sales = [
        BrokenBook("quote-moves", "UPDATE quote SET status = 'sent', answered_on = NULL WHERE id = 2"),
        BrokenBook("quote-terms", "UPDATE quote_term SET amount_cents = amount_cents + 1 WHERE id = 1"),
        BrokenBook("quote-lines", "UPDATE quote_line SET unit_price_micros = unit_price_micros + 1000000 WHERE id = 1"),
        BrokenBook(
            "quote-totals",
            """
            UPDATE quote_version SET subtotal_cents = subtotal_cents + 100, vat_cents = vat_cents + 15, total_cents = total_cents + 115
            WHERE id = 2; UPDATE quote SET total_cents = total_cents + 115 WHERE id = 2
            """),
        BrokenBook(
            "quote-vat",
            """
            UPDATE quote_version SET vat_cents = vat_cents + 1, total_cents = total_cents + 1 WHERE id = 2;
            UPDATE quote SET total_cents = total_cents + 1 WHERE id = 2
            """),
        BrokenBook("quote-version", "UPDATE quote SET total_cents = 1 WHERE id = 2"),
        BrokenBook("quote-days", "UPDATE quote SET sent_on = NULL WHERE id = 2"),
        BrokenBook("invoice-sums", "UPDATE aux_invoice SET paid_cents = 5"),
        BrokenBook("invoice-lines", "UPDATE invoice_line SET unit_price_micros = unit_price_micros + 1000000 WHERE invoice_id = 2"),
        BrokenBook(
            "invoice-totals",
            """
            UPDATE invoice SET subtotal_cents = subtotal_cents + 100, vat_cents = vat_cents + 15, total_cents = total_cents + 115 WHERE id = 2
            """),
        BrokenBook("invoice-vat", "UPDATE invoice SET vat_cents = vat_cents + 1, total_cents = total_cents + 1 WHERE id = 2"),
        BrokenBook(
            "invoice-numbers", quietly: true,
            "UPDATE invoice SET number = 'INV-2026-0003' WHERE id = 1; UPDATE aux_invoice SET number = 'INV-2026-0003'"),
        BrokenBook("invoice-issue", quietly: true, "UPDATE invoice SET due = NULL WHERE id = 1"),
        BrokenBook("invoice-quote", quietly: true, "UPDATE quote SET client_id = 2 WHERE id = 1"),
        BrokenBook(
            "payment-allocations",
            """
            INSERT INTO payment (id, code, client_id, day, amount_cents) VALUES (1, 'PY-0001', 2, '2026-08-23', 100);
            INSERT INTO allocation (payment_id, invoice_id, day, amount_cents) VALUES (1, 1, '2026-08-23', 100)
            """),
        BrokenBook("allocations", "INSERT INTO allocation (invoice_id, day, amount_cents) VALUES (1, '2026-08-23', 100)"),
    ]

    private static let stock = [
        BrokenBook("inv-sums", "UPDATE aux_inv SET on_hand_millis = 5 WHERE inv_id = 1"),
        BrokenBook("stock-values", "UPDATE aux_movement SET on_hand_millis = 7 WHERE id = 3"),
        BrokenBook("movement-signs", "UPDATE movement SET kind = 'receipt' WHERE id = 8"),
        BrokenBook("reservation-project", "UPDATE reservation SET project_id = 3 WHERE id = 3"),
        BrokenBook("reservation-lot", "UPDATE reservation SET inv_id = 2 WHERE id = 4"),
        BrokenBook("lot-sums", "UPDATE aux_lot SET reserved_millis = 5 WHERE lot_id = 4"),
        BrokenBook("lot-movements", "UPDATE movement SET inv_id = 2 WHERE id = 9"),
        BrokenBook("lot-days", with: ["stock-values"], "UPDATE movement SET day = '2026-08-01' WHERE id = 9"),
        BrokenBook("remnants", with: ["stock-values"], "UPDATE movement SET quantity_millis = 2000 WHERE id = 1"),
        BrokenBook(
            "purchase-moves", "UPDATE move SET to_status = 'received' WHERE purchase_id = 2 AND to_status = 'placed' AND position = 1"),
        BrokenBook("purchase-lines", "UPDATE purchase_line SET price_micros = price_micros + 1000000 WHERE id = 3"),
        BrokenBook(
            "purchase-totals",
            """
            UPDATE purchase SET subtotal_cents = subtotal_cents + 100, vat_cents = vat_cents + 15, total_cents = total_cents + 115 WHERE id = 3
            """),
        BrokenBook("purchase-vat", "UPDATE purchase SET vat_cents = vat_cents + 1, total_cents = total_cents + 1 WHERE id = 3"),
        BrokenBook("purchase-open", "UPDATE purchase_line SET open_millis = 5 WHERE id = 3"),
        BrokenBook("purchase-state", "UPDATE purchase SET placed_on = NULL WHERE id = 2"),
        BrokenBook("purchase-lines-of", "UPDATE purchase_line SET operation_id = 1 WHERE id = 3"),
        BrokenBook("purchase-receipts", "UPDATE movement SET receipt_id = NULL WHERE id = 11"),
    ]
}
