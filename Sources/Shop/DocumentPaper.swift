import Documents
import Drawings
import Store
import Values

/// Quotes and invoices as customers see them.
extension Shop {
    /// - Returns: the PDF of a quote.
    package func pdf(quote id: Int) throws -> [UInt8] {
        struct Head {
            var code: String, client: Int, status: QuoteStatus, day: Day, end: Day, reference: String?, terms: String?, totals: Totals
        }
        let head = try data.one(
            """
            SELECT code, client_id, status, day, valid_until, reference, terms, vat_rate FROM quote
            JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version WHERE quote.id = \(id)
            """
        ) { row in
            Head(
                code: row.text(0), client: row.int(1), status: try row.get(2), day: try row.get(3), end: try row.get(4),
                reference: try row.get(5),
                terms: try row.get(6), totals: Totals([], vat: try row.get(7)))
        }
        guard let head else { throw Failure(.notFound, "there is no such quote") }
        let lines = try quoteLines(id)
        var paper = try paper("Quotation", head.code, head.day, client: head.client)
        paper.facts =
            [.init("Date", head.day.spoken), .init("Valid until", head.end.spoken)]
            + (head.reference.map { [.init("Your reference", $0)] } ?? [])
        paper.lines = try lines.map { line in
            Paper.Line(
                line.title, details: [line.description, line.file].compactMap { $0 }.filter { !$0.isEmpty },
                figures: ["\(line.quantity)", try amount(line.unitPrice), try amount(line.total)], drawing: try outlines(line.sha256))
        }
        try sum(&paper, Totals(lines.map(\.total), vat: head.totals.vatRate))
        try ask(&paper, head.code, try head.terms ?? setting(Settings.quoteTerms), title: "Terms")
        if head.status == .draft { paper.mark = "DRAFT" }
        return try paper.pdf()
    }

    /// - Returns: the PDF of an invoice; a draft is marked so.
    package func pdf(invoice id: Int) throws -> [UInt8] {
        struct Head {
            var code: String, number: String?, client: Int, day: Day, due: Day, reference: String?, terms: String?, rate: Percent,
                quote: String?, paid: Money
        }
        let head = try data.one(
            """
            SELECT coalesce(number, draft), number, invoice.client_id, coalesce(issued_on, invoice.day), due, invoice.reference, invoice.terms,
                   vat_rate, quote.code, coalesce(paid_cents, 0)
            FROM invoice LEFT JOIN quote ON quote.id = invoice.quote_id LEFT JOIN aux_invoice ON invoice_id = invoice.id
            WHERE invoice.id = \(id)
            """
        ) { row in
            Head(
                code: row.text(0), number: try row.get(1), client: row.int(2), day: try row.get(3), due: try row.get(4),
                reference: try row.get(5),
                terms: try row.get(6), rate: try row.get(7), quote: try row.get(8), paid: try row.get(9))
        }
        guard let head else { throw Failure(.notFound, "there is no such invoice") }
        let lines = try invoiceLines(id), totals = Totals(lines.map(\.total), vat: head.rate)
        var paper = try paper(try setting(Settings.vatNumber).isEmpty ? "Invoice" : "Tax invoice", head.code, head.day, client: head.client)
        paper.facts = [.init("Date", head.day.spoken), .init("Due", head.due.spoken)]
        if let quote = head.quote { paper.facts.append(.init("Quotation", quote)) }
        if let reference = head.reference { paper.facts.append(.init("Your reference", reference)) }
        paper.lines = try lines.map { line in
            Paper.Line(
                line.title, details: [line.details].compactMap { $0 }.filter { !$0.isEmpty },
                figures: ["\(line.quantity)", try amount(line.unitPrice), try amount(line.total)], drawing: try outlines(line.sha256))
        }
        try sum(&paper, totals)
        if head.paid > .zero {
            paper.totals.append(.init("Paid", try amount(-head.paid)))
            paper.totals.append(.init("Balance", try amount(totals.total - head.paid), strong: true))
        }
        try ask(&paper, head.code, try head.terms ?? setting(Settings.invoiceTerms), title: "Terms")
        if head.number == nil { paper.mark = "DRAFT" }
        return try paper.pdf()
    }

    /// `R 1 234.50`, `-R 10.00`
    private func amount(_ money: Money) throws -> String {
        let sign = money < .zero ? "-" : "", positive = Money(cents: abs(money.cents))
        return "\(sign)\(try setting(Settings.currency).text) \(positive.grouped)"
    }

    /// The page with its letterhead and the client's address.
    private func paper(_ title: String, _ number: String, _ day: Day, client: Int) throws -> Paper {
        var lines = Shop.lines(try setting(Settings.address))
        for (label, text) in [
            ("", try setting(Settings.phone)), ("", try setting(Settings.email)), ("VAT no. ", try setting(Settings.vatNumber)),
            ("Reg. no. ", try setting(Settings.registration)),
        ] where !text.isEmpty { lines.append(label + text) }
        let letterhead = Paper.Letterhead(
            company: try setting(Settings.company), lines: lines, accent: Colour(hex: try setting(Settings.accent).text) ?? .darkBlue)
        var paper = Paper(title: title, number: number, day: day.description, letterhead: letterhead)
        paper.to =
            try data.one("SELECT name, contact, address, vat_number FROM client WHERE id = \(client)") { row in
                [row.text(0)] + (row.isNull(1) ? [] : ["Attention: \(row.text(1))"]) + Shop.lines(row.text(2))
                    + (row.isNull(3) ? [] : ["VAT no. \(row.text(3))"])
            } ?? []
        return paper
    }

    private static func lines(_ text: String) -> [String] {
        text.split { $0 == "\n" || $0 == "|" }.map { String(String($0).trimmed) }.filter { !$0.isEmpty }
    }

    private func sum(_ paper: inout Paper, _ totals: Totals) throws {
        paper.totals = [
            .init("Subtotal", try amount(totals.subtotal)), .init("VAT \(totals.vatRate) %", try amount(totals.vat)),
            .init("Total", try amount(totals.total), strong: true),
        ]
    }

    /// Terms, and how to pay: with the document's number as the reference.
    private func ask(_ paper: inout Paper, _ number: String, _ terms: String, title: String) throws {
        if !terms.isEmpty { paper.notes.append(.init(title, terms)) }
        let bank: [(String, String)] = [
            ("Bank", try setting(Settings.bankName)), ("Account holder", try setting(Settings.bankHolder)),
            ("Account", try setting(Settings.bankAccount)), ("Branch", try setting(Settings.bankBranch)),
        ]
        let facts = bank.filter { !$0.1.isEmpty }.map { Paper.Fact($0.0, $0.1) }
        paper.payment = .init(bank: facts, reference: .init("Payment reference", number), request: try setting(Settings.paymentRequest))
    }

    /// A drawing for a thumbnail; nothing where its bytes are gone.
    private func outlines(_ sha256: String?) throws -> [Documents.Outline] {
        guard let sha256, let bytes = try? bytes(ofFile: sha256) else { return [] }
        let parts = try Drawing(reading: bytes).measureApart(Measure.Options(rules: try setting(Settings.processes)))
        return parts.documentOutlines(toleranceMM: max(parts.main.box.width, parts.main.box.height) / 400)
    }
}
