import Store
import Values

package enum QuoteStatus: String, Choice, Stored, Presentable { case draft, sent, accepted, rejected, expired }

extension Noun {
    /// An offer to a client, with the price of every line explained.
    package static let quote: Noun = {
        var noun = Noun(
            "quote", "Offers, priced from the drawings and explained to the cent", coding: .typed,
            from: """
                quote JOIN client ON client.id = quote.client_id LEFT JOIN project ON project.id = quote.project_id
                CROSS JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version
                """,
            [
                Field("client", to: "client", "", "who it is for"),
                Field("project", to: "project", "", "what it is for", wide: true),
                Field("status", QuoteStatus.self, sql: "quote.status", filters: true).toned { word in
                    ["accepted": .good, "rejected": .bad, "expired": .quiet, "sent": .warning][word] ?? .plain
                },
                Field("day", Day.self, sql: "quote.day", sorts: true),
                Field("valid_until", Day.self, "--valid-until DAY", "the last day it holds", sql: "quote.valid_until"),
                Field("sent_on", Day.self, wide: true),
                Field("answered_on", Day.self, wide: true),
                Field("reference", Line.self, "--reference TEXT", "the client's own reference", sql: "quote.reference", wide: true),
                Field("terms", String.self, "--terms TEXT", "below the lines", sql: "quote.terms", wide: true),
                Field("notes", String.self, "--notes TEXT", "what else to know; not printed", sql: "quote.notes", wide: true),
                Field("subtotal", Money.self, column: "subtotal_cents", sql: "quote_version.subtotal_cents", wide: true),
                Field("vat", Money.self, column: "vat_cents", sql: "quote_version.vat_cents", wide: true),
                Field("total", Money.self, column: "total_cents", sql: "quote.total_cents", sorts: true, sums: true),
            ])
        noun.title = "reference"
        noun.filters = [Filter("--period PERIOD", Period.self, "only those of that time") { period, _ in Noun.within("quote.day", period) }]
        noun.live = Live(leavingOut: "what is rejected or expired", unless: "status") { _ in "quote.status NOT IN ('rejected', 'expired')" }
        noun.named = [
            Named("open", "what the client has not answered") { _ in "quote.status IN ('draft', 'sent')" },
            Named("overdue", "sent, not answered, and not valid any more") {
                "quote.status = 'sent' AND quote.valid_until < \(try $0.today())"
            },
            Named("expiring", "sent, not answered, and valid for 10 days at most") { shop in
                "quote.status = 'sent' AND quote.valid_until <= \(try shop.today() + Noun.expiringDays)"
            },
            Named("billable", "accepted, and not invoiced yet") { _ in
                "quote.status = 'accepted' AND NOT EXISTS (SELECT 1 FROM invoice WHERE invoice.quote_id = quote.id)"
            },
        ]
        noun.check = { shop, record in try shop.checkEdit(ofQuote: &record) }
        noun.beforeRemoval = { shop, id in
            try shop.demandOpen(quote: id)
            try shop.removeLines(ofQuote: id)
        }
        noun.parts = [("quote_version", "quote_id")]
        noun.sectionHeadings = [Heading("lines", .nested)]
        noun.sections = { shop, id in [(Heading("lines", .nested), Nested.array(try shop.quoteLines(id).map(\.nested)))] }
        return noun
    }()
}

/// A line of a quote, as it was priced.
package struct QuoteLine: Sendable {
    package var id: Int
    package var position: Int
    package var title: String
    package var file: String?
    package var material: String?
    package var materialName: String?
    package var thickness: Length?
    package var finish: String?
    package var quantity: Quantity
    package var unitPrice: UnitPrice
    package var total: Money
    /// Where material, thickness and quantity were taken from.
    package var sources: String?
    /// The drawing's hash, by which its bytes are kept.
    package var sha256: String?
    /// The box that was measured and priced, whatever is measured of the drawing later.
    package var width: Length?
    package var height: Length?

    init(_ row: Row) throws {
        (id, position, title, quantity) = (row.int(0), row.int(1), row.text(2), try row.get(7))
        (file, material, materialName, thickness) = (try row.get(3), try row.get(4), try row.get(14), try row.get(5))
        (finish, unitPrice) = (try row.get(6), UnitPrice(try row.get(8), per: try row.get(15)))
        (total, sources, sha256, width, height) = (try row.get(9), try row.get(10), try row.get(11), try row.get(12), try row.get(13))
    }

    /// The line within `quote show`.
    var nested: Nested {
        .object([
            .init("line", position), .init("title", title), .init("file", file), .init("material", material),
            .init("thickness_mm", thickness), .init("finish", finish), .init("quantity", quantity),
            .init("unit_price", unitPrice.price), .init("unit_price_per", unitPrice.per), .init("total", total), .init("sources", sources),
        ])
    }
}

extension Shop {
    /// The lines of a quote's standing version.
    package func quoteLines(_ quote: Int) throws -> [QuoteLine] {
        try data.all(
            """
            SELECT quote_line.id, position, title, file_name, material.code, quote_line.thickness_um, finish, quantity_millis,
                   unit_price_micros, quote_line.total_cents, sources, drawing, width_um, height_um, material.name, unit_price_per
            FROM quote JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version
            JOIN quote_line ON quote_line.version_id = quote_version.id LEFT JOIN material ON material.id = quote_line.material_id
            WHERE quote.id = \(quote) ORDER BY position
            """, QuoteLine.init)
    }

    package static let termHeadings = [
        Heading("line", .int), Heading("title", .text), Heading("term", .text), Heading("basis", .text),
        Heading("amount", .money, sums: true),
    ]

    /// Every term of every line: they add up to the quote's subtotal.
    package func explain(quote: Int) -> Listing {
        let data = self.data
        return Listing(Shop.termHeadings) { body in
            try data.each(
                """
                SELECT quote_line.position, title, name, basis, amount_cents
                FROM quote JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version
                JOIN quote_line ON quote_line.version_id = quote_version.id JOIN quote_term ON quote_term.line_id = quote_line.id
                WHERE quote.id = \(quote) ORDER BY quote_line.position, quote_term.position
                """
            ) { row in
                try body([.int(row.int(0)), .text(row.text(1)), .text(row.text(2)), .text(row.text(3)), (try row.get(4) as Money).shown])
            }
        }
    }

    /// An expired quote takes a new last day, and with it stands as it was sent.
    fileprivate func checkEdit(ofQuote record: inout Record) throws {
        guard let id = record.id else { return }
        let (code, status) = try quoteState(id)
        guard status == .expired else { return try demandOpen(quote: id) }
        guard let end: Day = record.value("valid_until"), try end >= today() else {
            throw Failure(.refused, .quote, "quote \(code) is expired and stays as it is", hint: Shop.renewal(code))
        }
        (record["status"], record["answered_on"]) = (QuoteStatus.sent.cell, .null)
    }

    private static func renewal(_ code: String) -> String { "laseros quote edit \(code) --valid-until +30d" }

    /// - Throws: `refused` when the client has answered already.
    func demandOpen(quote id: Int) throws {
        let (code, status) = try quoteState(id)
        guard status == .draft || status == .sent else {
            throw Failure(.refused, .quote, "quote \(code) is \(status.rawValue) and stays as it is")
        }
    }

    private func quoteState(_ id: Int) throws -> (code: String, status: QuoteStatus) {
        guard
            let state = try data.one(
                "SELECT code, status FROM quote WHERE id = \(id)", { (code: $0.text(0), status: try $0.get(1) as QuoteStatus) })
        else { throw Failure(.notFound, .quote, "there is no such quote") }
        return state
    }

    func removeLines(ofQuote id: Int) throws {
        let lines: SQL = "SELECT l.id FROM quote_line l JOIN quote_version v ON v.id = l.version_id WHERE v.quote_id = \(id)"
        try data.run("DELETE FROM quote_term WHERE line_id IN (\(lines))")
        try data.run("DELETE FROM quote_line WHERE version_id IN (SELECT id FROM quote_version WHERE quote_id = \(id))")
    }

    /// Marks every sent quote as expired whose last day has passed. Run twice, it does nothing the second time.
    /// - Returns: the ids of those that it marked.
    package func expireQuotes() throws -> [Int] {
        let day = try today()
        return try data.all(
            "UPDATE quote SET status = 'expired', answered_on = \(day) WHERE status = 'sent' AND valid_until < \(day) RETURNING id"
        ) { $0.int(0) }
    }

    /// Marks a quote as sent, accepted or rejected.
    /// - Throws: `refused` when it does not stand where that can be done.
    package func move(quote id: Int, to status: QuoteStatus) throws {
        let (code, now) = try quoteState(id), day = try today()
        let from: [QuoteStatus] = status == .sent ? [.draft] : [.sent]
        let invoice = try data.one("SELECT coalesce(number, draft) FROM invoice WHERE quote_id = \(id)") { $0.text(0) }
        if status == .rejected, let invoice {
            throw Failure(.refused, .quote, "quote \(code) is invoiced: \(invoice)", hint: "laseros invoice show \(invoice)")
        }
        guard from.contains(now) else {
            throw Failure(
                .refused, .quote, "quote \(code) is \(now.rawValue): only \(article(from[0].rawValue)) quote can be \(status.rawValue)",
                hint: now == .draft ? "laseros quote send \(code)" : now == .expired ? Shop.renewal(code) : nil)
        }
        if status == .sent {
            let client = try data.one("SELECT client_id FROM quote WHERE id = \(id)") { $0.int(0) } ?? 0
            let texts = try PaperTexts(self, client: client)
            return try data.run("UPDATE quote SET status = \(status), sent_on = \(day), paper = \(texts.kept) WHERE id = \(id)")
        }
        if status == .accepted, let end: Day = try data.one("SELECT valid_until FROM quote WHERE id = \(id)", { try $0.get(0) }), end < day
        {
            throw Failure(.refused, .quote, "quote \(code) was valid until \(end)", hint: Shop.renewal(code))
        }
        try data.run("UPDATE quote SET status = \(status), answered_on = \(day) WHERE id = \(id)")
    }
}
