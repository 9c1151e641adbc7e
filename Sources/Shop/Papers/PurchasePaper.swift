import Documents
import Store
import Values

extension Shop {
    /// - Returns: the PDF of a purchase, and notes on what it leaves out.
    package func pdf(purchase id: Int) throws -> (bytes: [UInt8], notes: [String]) {
        struct Head {
            var code: String, supplier: Int, status: PurchaseStatus, day: Day, expected: Day?, reference: String?, terms: String?,
                rate: Percent
        }
        let head = try data.one(
            """
            SELECT code, supplier_id, status, coalesce(placed_on, day), expected_on, reference, terms, vat_rate_bp FROM purchase
            WHERE id = \(id)
            """
        ) { row in
            Head(
                code: row.text(0), supplier: row.int(1), status: try row.get(2), day: try row.get(3), expected: try row.get(4),
                reference: try row.get(5), terms: try row.get(6), rate: try row.get(7))
        }
        guard let head else { throw Failure(.notFound, .documentPaper, "there is no such purchase") }
        let lines = try purchaseLines(id), texts = try keptTexts("purchase", id) ?? PaperTexts(self, supplier: head.supplier)
        var paper = paper("Purchase order", head.code, head.day, texts)
        paper.facts =
            [.init("Date", head.day.spoken)]
            + [
                ("Expected", head.expected?.spoken), ("Our account", texts.account), ("Your reference", head.reference),
            ].compactMap { label, text in text.map { .init(label, $0) } }
        paper.lines = lines.map { line in
            let details = [
                line.article.map { "Your article \($0)" }, line.item.map { "Our item \($0)" }, line.size.map { "\($0) mm" },
                line.project.map { "Project \($0)" },
                line.expected.flatMap { $0 == head.expected ? nil : "Expected \($0.spoken)" },
            ].compactMap { $0 }
            return BusinessDocument.Line(
                line.title, details: details.isEmpty ? [] : [details.joined(separator: ", ")],
                figures: [
                    "\(line.quantity) \(line.unit)", line.price.map { texts.amount(UnitPrice($0, per: 1)) } ?? "",
                    line.total.map(texts.amount) ?? "",
                ])
        }
        // Without the price of a line there is no total.
        let totals = lines.compactMap(\.total)
        if totals.count == lines.count { sum(&paper, try Totals(totals, vat: head.rate), texts) }
        paper.notes.append(.init("Deliver to", texts.delivery))
        if let terms = head.terms ?? texts.supplierTerms, !terms.isEmpty { paper.notes.append(.init("Terms", terms)) }
        paper.mark = [PurchaseStatus.draft: "DRAFT", .cancelled: "CANCELLED"][head.status]
        let rendering = try paper.render(paper.pdf)
        return (rendering.bytes, [try unpriced(id)].compactMap { $0 } + rendering.losses.notes)
    }
}
