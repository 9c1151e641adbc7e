import Store
import Values

package enum InvoiceStatus: String, Choice, Stored, Presentable {
    case draft, open
    case partlyPaid = "partly-paid"
    case paid, overdue
}

extension Noun {
    /// A request for payment.
    package static let invoice: Noun = {
        var noun = Noun(
            "invoice", "Requests for payment, and what was paid", coding: .typed,
            from: """
                invoice JOIN client ON client.id = invoice.client_id LEFT JOIN project ON project.id = invoice.project_id
                LEFT JOIN quote ON quote.id = invoice.quote_id LEFT JOIN aux_invoice ON aux_invoice.invoice_id = invoice.id
                """,
            [
                Field("client", to: "client", "", "who pays"), .name(of: "client"),
                Field("project", to: "project", "", "what for", wide: true), .name(of: "project", wide: true),
                Field("quote", to: "quote", "", "what was agreed", wide: true),
                Field("status", InvoiceStatus.self, sql: "NULL").on(invoiceStatus.column).toned { word in
                    ["paid": .good, "overdue": .bad, "draft": .quiet, "partly-paid": .warning][word] ?? .plain
                },
                Field("day", Day.self, sql: "invoice.day", wide: true, sorts: true),
                Field("issued_on", Day.self, wide: true),
                Field("due", Day.self, "-d, --due DAY", "the last day to pay", sql: "invoice.due", sorts: true).ahead(),
                Field("reference", Line.self, "--reference TEXT", "the client's own reference", sql: "invoice.reference", wide: true),
                Field("terms", String.self, "--terms TEXT", "below the lines", sql: "invoice.terms", wide: true),
                Field("notes", String.self, "--notes TEXT", "internal notes, not printed", sql: "invoice.notes", wide: true),
                Field("subtotal", Money.self, column: "subtotal_cents", wide: true),
                Field("vat", Money.self, column: "vat_cents", wide: true),
                Field("total", Money.self, column: "total_cents", sql: "invoice.total_cents", sorts: true, sums: true),
                Field("paid", Money.self, column: "paid_cents", sql: "coalesce(aux_invoice.paid_cents, 0)", wide: true, sums: true),
                Field("balance", Money.self, sql: "invoice.total_cents - coalesce(aux_invoice.paid_cents, 0)", sums: true),
                contact(.invoices, of: "invoice"),
            ])
        noun.shown = [Field("attention", Line.self, sql: attention(.invoices, of: "invoice"))]
        noun.codeSQL = "coalesce(invoice.number, invoice.draft)"
        noun.code = "draft"
        noun.formerCode = "draft"
        noun.title = "reference"
        noun.searched = ["number", "draft", "reference"]
        noun.belongsTo = ["client", "project"]
        noun.live = Live(
            leavingOut: "what is paid", unless: "status",
            walks: [Walk("+invoice.number IS NULL", code: "invoice.draft"), Walk("aux_invoice.open = 1", code: "aux_invoice.number")])
        noun.named = [
            Named("open", "issued and not paid") { _ in "aux_invoice.open = 1" },
            Named("overdue", "not paid, and due before today") { try invoiceStatus.filter(InvoiceStatus.overdue.cell, $0) },
        ]
        noun.filters = [
            Filter("-s, --status", InvoiceStatus.self, "only invoices with this status, or with any of A,B", invoiceStatus.filter),
            Filter("--period PERIOD", Period.self, "only invoices issued in this period") { period, _ in
                Noun.within("invoice.issued_on", period)
            },
            Filter("--due-by DAY", Day.self, "only invoices due by this day") { day, _ in "invoice.due <= \(day)" },
        ]
        noun.check = { shop, record in
            guard let id = record.id, record["contact"] != nil else { return }
            let client = try shop.data.one("SELECT client_id FROM invoice WHERE id = \(id)") { $0.int(0) } ?? 0
            try shop.demandContact(record["contact"], of: client)
        }
        noun.lifeCycle = invoiceCycle
        noun.sums = invoiceSums
        noun.books = .invoice
        noun.unlisted = [Field("vat_rate", Percent.self, column: "vat_rate_bp")]
        noun.children = [invoiceLine, invoicePayment, .files(of: "invoice"), Noun.moves(of: "invoice", InvoiceStatus.self)]
        return noun
    }()
}

private let invoiceLine = Child(
    "line", "The lines of an invoice", in: "invoice_line", of: "invoice_id",
    joining: "LEFT JOIN quote_line ON quote_line.id = invoice_line.quote_line_id",
    [
        Field("title", String.self), Field("details", String.self),
        Field("quantity", Quantity.self, column: "quantity_millis"),
        Field("unit_price", Rate.self, column: "unit_price_micros", wide: true),
        Field("unit_price_per", Int.self, wide: true),
        Field("total", Money.self, column: "total_cents", sums: true),
    ],
    unlisted: [
        Field("quote_line", to: "quote_line", sql: "invoice_line.quote_line_id"),
        Field("drawing", String.self, sql: "quote_line.drawing"),
    ], verbs: [.list], searched: ["title", "details"])

/// The payments of an invoice.
private let invoicePayment = Child(
    "payment", "The payments of an invoice", in: "allocation", of: "invoice_id",
    joining: "JOIN payment ON payment.id = allocation.payment_id",
    [
        Field("payment", to: "payment"), Field("day", Day.self, sql: "payment.day"),
        Field("amount", Money.self, column: "amount_cents"), Field("method", String.self, sql: "payment.method"),
        Field("reference", String.self, sql: "payment.reference"),
    ], ordered: .by("payment"))

/// The status of an invoice on a given day.
private let invoiceStatus = DerivedStatus<InvoiceStatus>([
    (.draft, { _ in "invoice.number IS NULL" }),
    // In an old shop nearly all invoices are paid. The unary plus keeps SQLite from using the index, so that a list is read in its order.
    (.paid, { _ in "+aux_invoice.open = 0" }),
    (.overdue, { "aux_invoice.open = 1 AND invoice.due < \($0)" }),
    (.partlyPaid, { _ in "aux_invoice.open = 1 AND aux_invoice.paid_cents > 0" }),
    (.open, { _ in "aux_invoice.open = 1" }),
])

private let invoiceCycle: LifeCycle = {
    var issue = LifeCycle.Move("issue", "issued", "Give drafts their numbers", from: [InvoiceStatus.draft], to: .open, stamps: "issued_on")
    issue.about = "An issued invoice cannot be changed or undone, and its number is never used again."
    issue.effect = { shop, step in try shop.numbering(ofInvoice: step.thing.id) }
    issue.after = { shop, step in try shop.projectAfterIssuing(step.thing) }
    return LifeCycle(nil, "iif(number IS NULL, 'draft', 'issued')", open: [InvoiceStatus.draft], [issue])
}()

/// The amount paid of an issued invoice. Its total and number never change.
private let invoiceSums: RunningSums = {
    var sums = RunningSums(
        RunningSum(
            "paid_cents", of: "allocation", "amount_cents", check: ("invoice_overpaid", "paid_cents BETWEEN 0 AND total_cents"),
            rows: "payments"))
    sums.since = ("number", "issued")
    sums.copies = ["total_cents", "number"]
    sums.generated = [("open", "paid_cents < total_cents")]
    return sums
}()

/// A line of an invoice.
package struct InvoiceLine: Sendable {
    package var title: String
    package var details: String?
    package var quantity: Quantity
    package var unitPrice: UnitPrice
    package var total: Money
    /// The hash of the drawing from which the quote line was priced.
    package var sha256: String?

    init(_ row: ChildRow) throws {
        (title, details, quantity) = (try row["title"], try row["details"], try row["quantity"])
        unitPrice = UnitPrice(try row["unit_price"], per: try row["unit_price_per"])
        (total, sha256) = (try row["total"], try row["drawing"])
    }
}

extension Shop {
    package func invoiceLines(_ invoice: Int) throws -> [InvoiceLine] {
        try rows(Noun.invoice.path("line"), of: invoice, InvoiceLine.init)
    }
}
