import Documents
import Drawings
import Store
import Values

/// Creates the PDFs of quotes and invoices.
extension Shop {
    /// - Returns: the PDF of a quote, and notes on what it leaves out.
    package func pdf(quote id: Int) throws -> (bytes: [UInt8], notes: [String]) {
        struct Head {
            var code: String, client: Int, status: QuoteStatus, day: Day, end: Day, reference: String?, terms: String?, rate: Percent
        }
        let head = try data.one(
            """
            SELECT code, client_id, status, day, valid_until, reference, terms, vat_rate_bp FROM quote
            JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version WHERE quote.id = \(id)
            """
        ) { row in
            Head(
                code: row.text(0), client: row.int(1), status: try row.get(2), day: try row.get(3), end: try row.get(4),
                reference: try row.get(5),
                terms: try row.get(6), rate: try row.get(7))
        }
        guard let head else { throw Failure(.notFound, .documentPaper, "there is no such quote") }
        let lines = try quoteLines(id), texts = try paperTexts("quote", id, client: head.client, for: .orders)
        var paper = paper("Quotation", head.code, head.day, texts)
        paper.payment = texts.payment(head.code, request: texts[Settings.paymentRequest])
        paper.facts =
            [.init("Date", head.day.spoken), .init("Valid until", head.end.spoken)]
            + (head.reference.map { [.init("Your reference", $0)] } ?? [])
        var notes: [String] = []
        paper.lines = try lines.map { line in
            BusinessDocument.Line(
                line.title, details: [line.description, line.file].compactMap { $0 }.filter { !$0.isEmpty },
                figures: ["\(line.quantity)", texts.amount(line.unitPrice), texts.amount(line.total)],
                drawing: try outlines(line.sha256, of: line.file ?? line.title, texts, &notes))
        }
        sum(&paper, try Totals(lines.map(\.total), vat: head.rate), texts)
        if case let terms = head.terms ?? texts[Settings.quoteTerms], !terms.isEmpty { paper.notes.append(.init("Terms", terms)) }
        if head.status == .draft { paper.mark = "DRAFT" }
        let rendering = try paper.render(paper.pdf)
        return (rendering.bytes, notes + rendering.losses.notes)
    }

    /// - Returns: the PDF of an invoice, and notes on what it leaves out. A draft is marked as such.
    package func pdf(invoice id: Int) throws -> (bytes: [UInt8], notes: [String]) {
        let head = try invoiceHead(id)
        let lines = try invoiceLines(id), totals = try Totals(lines.map(\.total), vat: head.rate)
        let texts = try paperTexts("invoice", id, client: head.client, for: .invoices)
        var paper = paper(texts[Settings.vatNumber].isEmpty ? "Invoice" : "Tax invoice", head.code, head.day, texts)
        let isPaid = head.paid >= totals.total && head.paid > .zero
        let days = try dueDays(of: head.client), (due, by) = Shop.spoken(due: head.due, days: days)
        paper.payment = texts.payment(head.code, request: isPaid ? "" : "Please pay \(by), with this reference.")
        paper.facts = [.init("Date", head.day.spoken), .init("Due", due)]
        if let quote = head.quote { paper.facts.append(.init("Quotation", quote)) }
        if let reference = head.reference { paper.facts.append(.init("Your reference", reference)) }
        var notes: [String] = []
        paper.lines = try lines.map { line in
            BusinessDocument.Line(
                line.title, details: [line.details].compactMap { $0 }.filter { !$0.isEmpty },
                figures: ["\(line.quantity)", texts.amount(line.unitPrice), texts.amount(line.total)],
                drawing: try outlines(line.sha256, of: line.title, texts, &notes))
        }
        sum(&paper, totals, texts)
        if head.paid > .zero {
            paper.totals.append(.init("Paid", texts.amount(-head.paid)))
            paper.totals.append(.init("Balance", texts.amount(totals.total - head.paid), strong: true))
        }
        if case let terms = head.terms ?? texts[Settings.invoiceTerms], !terms.isEmpty { paper.notes.append(.init("Terms", terms)) }
        if head.number == nil { paper.mark = "DRAFT" }
        let rendering = try paper.render(paper.pdf)
        return (rendering.bytes, notes + rendering.losses.notes)
    }

    /// The due day as a fact and within a sentence. Without one it is the number of days after the issue.
    private static func spoken(due: Day?, days: Int) -> (fact: String, by: String) {
        if let due { return (due.spoken, "by \(due.spoken)") }
        let span = counted(days, "day")
        return ("\(span) from issue", "within \(span) of issue")
    }

    /// The fields of an invoice besides its lines.
    private struct InvoiceHead {
        var code: String, number: String?, client: Int, day: Day, due: Day?, reference: String?, terms: String?, rate: Percent,
            quote: String?, paid: Money
    }

    private func invoiceHead(_ id: Int) throws -> InvoiceHead {
        let head = try data.one(
            """
            SELECT coalesce(invoice.number, draft), invoice.number, invoice.client_id, coalesce(issued_on, invoice.day), due,
                   invoice.reference, invoice.terms, vat_rate_bp, quote.code, coalesce(paid_cents, 0)
            FROM invoice LEFT JOIN quote ON quote.id = invoice.quote_id LEFT JOIN aux_invoice ON invoice_id = invoice.id
            WHERE invoice.id = \(id)
            """
        ) { row in
            InvoiceHead(
                code: row.text(0), number: try row.get(1), client: row.int(2), day: try row.get(3), due: try row.get(4),
                reference: try row.get(5), terms: try row.get(6), rate: try row.get(7), quote: try row.get(8), paid: try row.get(9))
        }
        guard let head else { throw Failure(.notFound, .documentPaper, "there is no such invoice") }
        return head
    }

    /// A page with the letterhead and the recipient's address.
    func paper(_ title: String, _ number: String, _ day: Day, _ texts: PaperTexts) -> BusinessDocument {
        var paper = BusinessDocument(
            title: title, number: number, day: day.description, letterhead: texts.letterhead,
            columns: .init("Description", ["Quantity", "Unit price", "Amount"]), pageLabel: { "Page \($0) of \($1)" })
        paper.to = texts.recipient
        return paper
    }

    func sum(_ paper: inout BusinessDocument, _ totals: Totals, _ texts: PaperTexts) {
        paper.totals = [
            .init("Subtotal", texts.amount(totals.subtotal)), .init("VAT \(totals.vatRate) %", texts.amount(totals.vat)),
            .init("Total", texts.amount(totals.total), strong: true),
        ]
    }

    /// The outlines of a drawing for a thumbnail; empty, with a note, if its bytes are missing.
    func outlines(
        _ sha256: String?, of name: String, _ texts: PaperTexts, _ notes: inout [String]
    ) throws -> [PreviewContour] {
        guard let sha256 else { return [] }
        guard let bytes = try contentsIfThere(of: KeptFile(name: name, sha256: sha256)) else {
            notes.append("\(name) is not drawn: its bytes are gone from the shop's files")
            return []
        }
        let parts = try Drawing(reading: bytes).measureApart(Measure.Options(rules: texts[Settings.processes]))
        return parts.documentOutlines(toleranceMM: max(parts.main.box.width, parts.main.box.height) / 400)
    }
}
