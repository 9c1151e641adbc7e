import Store

extension [BookRule] {
    static let quote: [BookRule] =
        [
            BookRule(
                "quote-terms", "the total of each line of a quote is the sum of its terms", of: ["quote_line", "quote_term"], as: .money,
                found: "total ",
                """
                SELECT \(line), quote_line.total_cents, coalesce(sum(amount_cents), 0) AS added
                FROM \(linesOfQuotes) LEFT JOIN quote_term ON quote_term.line_id = quote_line.id
                GROUP BY quote_line.id HAVING added <> quote_line.total_cents ORDER BY quote_line.id
                """),
            .lines(
                of: "quote", "quote_line",
                "SELECT \(line), quantity_millis, unit_price_micros, unit_price_per, quote_line.total_cents FROM \(linesOfQuotes)"),
        ]
        + BookRule.totals(
            of: "quote", "quote_version", "quote_line",
            documents: """
                SELECT 'quote ' || code || iif(quote_version.version = quote.version, '', ' version ' || quote_version.version), subtotal_cents,
                    vat_rate_bp, vat_cents, quote_version.total_cents,
                    (SELECT sum(total_cents) FROM quote_line WHERE version_id = quote_version.id)
                FROM quote_version JOIN quote ON quote.id = quote_id ORDER BY quote_version.id
                """) + [
            BookRule(
                "quote-version", "a quote has a current version with lines, and its total", of: ["quote", "quote_version"],
                """
                SELECT 'quote ' || code, CASE WHEN kept.id IS NULL THEN 'version ' || quote.version || ' is not there'
                        WHEN kept.total_cents <> quote.total_cents THEN 'another total than its version ' || quote.version
                        ELSE 'no lines' END, NULL
                FROM quote LEFT JOIN quote_version AS kept ON kept.quote_id = quote.id AND kept.version = quote.version
                WHERE kept.id IS NULL OR kept.total_cents <> quote.total_cents
                    OR NOT EXISTS (SELECT 1 FROM quote_line WHERE version_id = kept.id) ORDER BY quote.id
                """),
            BookRule(
                "quote-days", "a quote has the days of its state, in their order", of: ["quote"],
                """
                SELECT 'quote ' || code, status || ', sent on ' || coalesce(sent_on, 'no day') || ', answered on '
                    || coalesce(answered_on, 'no day'), NULL FROM quote
                WHERE (status = 'draft') <> (sent_on IS NULL) OR (status IN ('draft', 'sent')) <> (answered_on IS NULL)
                    OR answered_on < sent_on ORDER BY id
                """),
        ]

    private static let line: SQL = """
        'quote ' || quote.code || iif(quote_version.version = quote.version, '', ' version ' || quote_version.version) || ' line ' || \
        quote_line.position
        """
    private static let linesOfQuotes: SQL =
        "quote_line JOIN quote_version ON quote_version.id = version_id JOIN quote ON quote.id = quote_id"
}
