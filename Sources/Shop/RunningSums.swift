import Store
import Values

extension Shop {
    /// Holds what is kept as paid of each issued invoice against its payments.
    func findWrongSums(_ faults: Faults) throws {
        let history = History(self)
        func amount(_ cents: Int) -> String { cents.magnitude < Decimal.limit ? "\(Money(cents: cents))" : "\(cents) cents" }
        func name(_ row: Row) throws -> String { "invoice \(try history.label("invoice", row.int(0), nil))" }
        try data.each(
            """
            SELECT id, kept.invoice_id IS NULL, kept.total_cents IS NOT total, total, kept.paid_cents IS NOT paid, kept.paid_cents, paid,
                   kept.open IS NOT (kept.paid_cents < kept.total_cents) AS wrong
            FROM (
                SELECT invoice.id, invoice.total_cents AS total,
                       (SELECT coalesce(sum(amount_cents), 0) FROM allocation WHERE invoice_id = invoice.id) AS paid
                FROM invoice WHERE number IS NOT NULL
            ) LEFT JOIN aux_invoice kept ON kept.invoice_id = id
            WHERE kept.total_cents IS NOT total OR kept.paid_cents IS NOT paid OR wrong ORDER BY id
            """
        ) { row in
            let name = try name(row)
            if row.int(1) != 0 { return faults.add(.sums, "\(name): nothing is kept of what is paid") }
            if row.int(2) != 0 { faults.add(.sums, "\(name): another total is kept than \(amount(row.int(3)))") }
            if row.int(4) != 0 {
                faults.add(.sums, "\(name): \(amount(row.int(5))) is kept as paid, its payments come to \(amount(row.int(6)))")
            }
            if row.int(2) == 0, row.int(4) == 0 { faults.add(.sums, "\(name): what is kept does not tell whether it is paid") }
        }
        try data.each(
            """
            SELECT invoice_id FROM aux_invoice LEFT JOIN invoice ON invoice.id = invoice_id WHERE number IS NULL ORDER BY invoice_id
            """
        ) { row in try faults.add(.sums, "\(try name(row)): something is kept as paid, but it is not issued") }
    }
}
