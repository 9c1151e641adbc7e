import Store
import Values

/// Rules that documents of several nouns have, calculated by what makes the documents.
extension BookRule {
    /// The total of each line is its quantity times its price.
    /// - Parameter lines: a statement with the record, quantity, price, base of the price, and total. Without a price there is no total.
    static func lines(of noun: String, _ table: String, _ lines: SQL) -> BookRule {
        BookRule(
            "\(noun)-lines", "the total of each line of \(article(noun)) is its quantity times its price, rounded once", of: [table],
            hint: mend,
            proof: .books { shop, report in
                try shop.data.each(lines) { row in
                    let price: Rate? = try row.get(2), per = row.int(3), total: Money? = try row.get(4), quantity: Quantity = try row.get(1)
                    guard per > 0 else { return report(Finding(record: row.text(0), found: "a price for \(per) pieces")) }
                    let right = price.map { UnitPrice($0, per: per).total(of: quantity) }
                    guard total != right else { return }
                    report(Finding(record: row.text(0), found: "total \(told(total))", expected: told(right)))
                }
            })
    }

    /// The totals of each document are those of its lines.
    /// - Parameter documents: a statement with the record, subtotal, VAT rate, VAT, total, and the totals of the lines added up; all amounts
    ///   are NULL while that of a line is.
    static func totals(of noun: String, _ tables: String..., documents: SQL) -> [BookRule] {
        var sums = BookRule(
            "\(noun)-totals", "the subtotal of \(article(noun)) is the sum of its lines, and the total that and the VAT", hint: mend,
            proof: .books { shop, report in
                try eachTotals(shop, documents) { row, stored, sum in
                    let right = try sum.map { try Totals([$0], vat: stored.rate) }
                    if stored.subtotal != right?.subtotal {
                        report(Finding(record: row.text(0), found: "subtotal \(told(stored.subtotal))", expected: told(right?.subtotal)))
                    }
                    guard let subtotal = stored.subtotal, let vat = stored.vat, stored.total != subtotal + vat else { return }
                    report(Finding(record: row.text(0), found: "total \(told(stored.total))", expected: "\(subtotal + vat)"))
                }
            })
        var tax = BookRule(
            "\(noun)-vat", "the VAT of \(article(noun)) is its rate of the subtotal, half a cent rounded away from zero", hint: mend,
            proof: .books { shop, report in
                try eachTotals(shop, documents) { row, stored, _ in
                    let right = try stored.subtotal.map { try Totals([$0], vat: stored.rate).vat }
                    guard stored.vat != right else { return }
                    report(Finding(record: row.text(0), found: "VAT \(told(stored.vat))", expected: told(right)))
                }
            })
        (sums.tables, tax.tables) = (tables, [tables[0]])
        return [sums, tax]
    }

    private typealias Stored = (subtotal: Money?, rate: Percent, vat: Money?, total: Money?)

    private static func eachTotals(_ shop: Shop, _ documents: SQL, _ body: (Row, Stored, Money?) throws -> Void) throws {
        try shop.data.each(documents) { row in
            try body(row, (try row.get(1), try row.get(2), try row.get(3), try row.get(4)), try row.get(5))
        }
    }

    private static func told(_ amount: Money?) -> String { amount.map { "\($0)" } ?? "unknown" }
    static func article(_ noun: String) -> String { (noun.first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + noun }

    /// The numbers of a series follow each other.
    /// - Parameter column: of the number, which ends in it: `INV-2026-0001`.
    static func numbering(of noun: String, _ column: String) -> BookRule {
        let number: SQL = "\(name: column)", series: SQL = "rtrim(\(number), '0123456789')"
        return BookRule(
            "\(noun)-numbers", "the numbers of \(noun)s have no gap and no double within a series and year", of: [noun], hint: mend,
            """
            SELECT \(noun + " ") || \(number), iif(before = place, 'has the number of another one', 'follows number ' || before), NULL FROM (
                SELECT \(number), place, coalesce(lag(place) OVER (PARTITION BY series ORDER BY place), 0) AS before FROM (
                    SELECT \(number), upper(\(series)) AS series, CAST(substr(\(number), length(\(series)) + 1) AS INTEGER) AS place
                    FROM \(name: noun) WHERE \(number) IS NOT NULL))
            WHERE place <> before + 1
            """)
    }
}
