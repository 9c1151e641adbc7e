import Store
import Values

/// Creates, issues and pays invoices.
extension Shop {
    /// Creates a draft with the lines and prices of an accepted quote.
    /// - Parameters:
    ///   - due: nil if it follows from the day of issue.
    ///   - contact: the id of the contact whom it is addressed to.
    /// - Throws: `refused` if the quote is not accepted, or already invoiced.
    package func addInvoice(quote: RecordID, due: Day?, to contact: Int? = nil) throws -> (id: Int, code: String) {
        struct Basis { var client: Int, project: Int?, reference: String?, status: QuoteStatus, rate: Percent }
        let basis = try data.one(
            """
            SELECT client_id, project_id, reference, status, vat_rate_bp FROM quote
            JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version WHERE quote.id = \(quote.id)
            """
        ) { row in
            Basis(client: row.int(0), project: try row.get(1), reference: try row.get(2), status: try row.get(3), rate: try row.get(4))
        }
        guard let basis else { throw Failure(.notFound, .invoicing, "there is no quote \(quote.code)") }
        guard basis.status == .accepted else {
            throw Failure(
                .refused, .invoicing, "quote \(quote.code) is \(basis.status.rawValue): only an accepted one can be invoiced",
                hint: way(.quote, quote.code, from: basis.status.rawValue, to: [QuoteStatus.accepted.rawValue]))
        }
        if let earlier = try data.one("SELECT coalesce(number, draft) FROM invoice WHERE quote_id = \(quote.id)", { $0.text(0) }) {
            throw Failure(
                .refused, .invoicing, "quote \(quote.code) is invoiced already: \(earlier)", hint: "laseros invoice show \(earlier)")
        }
        try demandContact(contact.map { .integer($0) }, of: basis.client)
        let lines = try quoteLines(quote.id), day = try today()
        let totals = try Totals(lines.map(\.total), vat: basis.rate)
        let draft = try nextCode("DI-", digits: 4, in: "invoice", "draft")
        try data.run(
            """
            INSERT INTO invoice (draft, client_id, project_id, quote_id, day, due, reference, subtotal_cents, vat_rate_bp, vat_cents,
                                 total_cents, contact_id)
            VALUES (\(draft), \(basis.client), \(basis.project), \(quote.id), \(day), \(due), \(basis.reference), \(totals.subtotal),
                    \(totals.vatRate), \(totals.vat), \(totals.total), \(contact))
            """)
        let invoice = data.lastID
        for line in lines {
            try data.run(
                """
                INSERT INTO invoice_line (invoice_id, position, title, details, quote_line_id, quantity_millis, unit_price_micros,
                                          unit_price_per, total_cents)
                VALUES (\(invoice), \(line.position), \(line.title), \(line.description), \(line.id), \(line.quantity),
                        \(line.unitPrice.price), \(line.unitPrice.per), \(line.total))
                """)
        }
        return (invoice, draft)
    }

    /// What issuing writes to a draft: its number, which is assigned only here, the due day, and the texts of the document.
    func numbering(ofInvoice id: Int) throws -> LifeCycle.Effect {
        let state = try data.one("SELECT due, client_id FROM invoice WHERE id = \(id)") { row in
            (due: try row.get(0) as Day?, client: row.int(1))
        }
        guard let state else { throw Failure(.notFound, .invoicing, "there is no such invoice") }
        let day = try today(), number = try nextCode("INV-\(day.civil.year)-", digits: 4, in: "invoice", "number")
        // A draft with a due day in the past becomes due today, so that it is not overdue when it is sent.
        let due = try max(state.due ?? day + dueDays(of: state.client), day)
        let texts = try PaperTexts(self, client: state.client, of: .invoices, "invoice", id)
        return LifeCycle.Effect(
            values: [("number", "\(number)"), ("due", "\(due)"), (PaperTexts.column, texts.kept)],
            notes: state.due.flatMap { $0 < day ? ["invoice \(number) is due \(due), the day of issue: it was \($0)"] : nil } ?? [])
    }

    /// The number of days until an invoice of a client is due: the client's own, or the shop's.
    func dueDays(of client: Int) throws -> Int {
        let own = try data.one("SELECT due_days FROM client WHERE id = \(client)") { try $0.get(0) as Int? } ?? nil
        return try own ?? setting(Settings.invoiceDays).value
    }

    /// Records a payment.
    /// - Parameter amount: nil for all that is owed.
    /// - Returns: the amount paid, and what is still owed.
    /// - Throws: `refused` for a draft, a paid invoice, or more than is owed; `usage` if the amount is not positive.
    package func pay(_ invoice: RecordID, _ amount: Money?, on day: Day?, method: String?, reference: String?) throws -> (
        paid: Money, left: Money, notes: [String]
    ) {
        let known = try data.one(
            """
            SELECT invoice.total_cents - aux_invoice.paid_cents, client_id FROM invoice
            JOIN aux_invoice ON aux_invoice.invoice_id = invoice.id WHERE invoice.id = \(invoice.id)
            """
        ) { (balance: try $0.get(0) as Money, client: $0.int(1)) }
        guard let (balance, client) = known else {
            throw Failure(
                .refused, .invoicing, "invoice \(invoice.code) is a draft: only an issued invoice can be paid",
                hint: "laseros invoice issue \(invoice.code)")
        }
        if let amount, amount <= .zero { throw Failure(.usage, .invoicing, "a payment is above 0, not \(amount)") }
        guard balance > .zero else { throw Failure(.refused, .invoicing, "invoice \(invoice.code) is paid already") }
        let amount = amount ?? balance
        guard amount <= balance else {
            throw Failure(.refused, .invoicing, "invoice \(invoice.code) has only \(balance) left to pay, not \(amount)")
        }
        let today = try today(), paidOn = day ?? today
        guard paidOn <= today else {
            throw Failure(
                .refused, .invoicing, "a payment on \(paidOn) is still to come: today is \(today)", hint: "record it when it is there")
        }
        let code = try nextCode("PY-", digits: 4, in: "payment")
        try data.run(
            """
            INSERT INTO payment (code, client_id, day, amount_cents, method, reference)
            VALUES (\(code), \(client), \(paidOn), \(amount), \(method), \(reference))
            """)
        try data.run(
            """
            INSERT INTO allocation (payment_id, invoice_id, day, amount_cents)
            VALUES (\(data.lastID), \(invoice.id), \(paidOn), \(amount))
            """)
        return (amount, balance - amount, try projectAfterPayment(invoice))
    }
}

extension QuoteLine {
    /// `Mild Steel 3 mm, 120 x 80 mm, powder`, the text below a line's title in a document.
    package var description: String {
        var parts: [String] = []
        if let name = materialName ?? material { parts.append(name + (thickness.map { " \($0) mm" } ?? "")) }
        if let width, let height { parts.append("\(QuoteLine.rounded(width)) x \(QuoteLine.rounded(height)) mm") }
        if let finish { parts.append(finish) }
        return parts.joined(separator: ", ")
    }

    /// Rounds to a tenth of a millimetre.
    private static func rounded(_ length: Length) -> String { Decimal.text(Decimal.scale(length.um, 1, over: 100), places: 1, least: 0) }
}
