import Store

extension [BookRule] {
    static let invoice: [BookRule] =
        [
            .lines(
                of: "invoice", "invoice_line",
                """
                SELECT \(record) || ' line ' || invoice_line.position, quantity_millis, unit_price_micros, unit_price_per,
                    invoice_line.total_cents
                FROM invoice_line JOIN invoice ON invoice.id = invoice_id
                """)
        ]
        + BookRule.totals(
            of: "invoice", "invoice", "invoice_line",
            documents: """
                SELECT \(record), subtotal_cents, vat_rate_bp, vat_cents, total_cents,
                    (SELECT sum(total_cents) FROM invoice_line WHERE invoice_id = invoice.id) FROM invoice ORDER BY id
                """) + [
            .numbering(of: "invoice", "number"),
            BookRule(
                "invoice-issue", "an issued invoice has its day, a due day and its year, a draft has none of them", of: ["invoice"],
                """
                SELECT \(record), iif(number IS NULL, 'a draft', 'issued') || ', issued on ' || coalesce(issued_on, 'no day')
                    || ', due ' || coalesce(due, 'no day'), NULL FROM invoice
                WHERE (number IS NULL) <> (issued_on IS NULL) OR number IS NOT NULL AND (due IS NULL OR due < issued_on
                    OR substr(number, 5, 4) <> substr(issued_on, 1, 4)
                    OR NOT EXISTS (SELECT 1 FROM move WHERE move.invoice_id = invoice.id)) ORDER BY id
                """),
            BookRule(
                "invoice-quote", "an issued invoice is of an accepted quote of its client, and a quote has one invoice", of: ["invoice"],
                """
                SELECT \(record), CASE WHEN quote.status <> 'accepted' AND number IS NOT NULL THEN 'its quote ' || code || ' is ' || status
                        WHEN quote.client_id <> invoice.client_id THEN 'its quote ' || code || ' is of another client'
                        ELSE 'its quote ' || code || ' has another invoice' END, NULL
                FROM invoice JOIN quote ON quote.id = quote_id
                WHERE quote.status <> 'accepted' AND number IS NOT NULL OR quote.client_id <> invoice.client_id
                    OR EXISTS (SELECT 1 FROM invoice AS other WHERE other.quote_id = quote.id AND other.id < invoice.id) ORDER BY invoice.id
                """),
            BookRule(
                "payment-allocations", "what a payment pays is not more than it, of its client, and not earlier",
                of: ["payment", "allocation"],
                """
                SELECT 'payment ' || code, CASE WHEN allocated > amount THEN 'pays more than came in'
                        WHEN allocated < 0 THEN 'took back more than it paid' WHEN is_other THEN 'pays an invoice of another client'
                        ELSE 'pays before it came in' END, NULL
                FROM (SELECT code, payment.amount_cents AS amount, sum(allocation.amount_cents) AS allocated,
                        max(payment.client_id <> invoice.client_id) AS is_other, min(allocation.day) < payment.day AS is_early
                    FROM payment JOIN allocation ON payment_id = payment.id JOIN invoice ON invoice.id = allocation.invoice_id
                    GROUP BY payment.id)
                WHERE allocated > amount OR allocated < 0 OR is_other OR is_early
                """),
            BookRule(
                "allocations", "what lowers a balance comes from a payment", of: ["allocation"],
                """
                SELECT \(record), 'is paid by something without a payment', NULL FROM allocation JOIN invoice ON invoice.id = invoice_id
                WHERE payment_id IS NULL
                """),
        ]

    private static let record: SQL = "'invoice ' || coalesce(invoice.number, invoice.draft)"
}
