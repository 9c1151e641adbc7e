/// A business document on A4: quotation, invoice, credit note, delivery note, statement or job card. All texts are formatted by the caller.
package struct BusinessDocument: Renderable, Sendable {
    /// `Quotation`, `Tax invoice`.
    package var title: String
    package var number: String
    /// The date inside the PDF, `2026-11-30`. The formatted date is among the facts.
    package var day: String
    package var letterhead: Letterhead
    /// Beside the company's name, where other documents have the lines of the letterhead.
    package var code: QRCode?
    /// The customer's name and address, a line each.
    package var to: [String] = []
    /// Shown beside the address: date, valid until, your reference. At most twelve.
    package var facts: [Fact] = []
    /// The head of the table: the item, then the figures, which are right-aligned.
    package var columns: Columns
    package var lines: [Line] = []
    /// Further tables, below the lines.
    package var tables: [Table] = []
    package var totals: [Total] = []
    package var payment: Payment?
    /// Terms and remarks at the end.
    package var notes: [Note] = []
    /// Shown at the foot of each page, beside the page number.
    package var footer = ""
    /// A watermark on each page: `DRAFT`.
    package var mark: String?

    /// The text for a page number and the number of pages: `Page 1 of 3`.
    package var pageLabel: @Sendable (Int, Int) -> String

    package init(
        title: String, number: String, day: String, letterhead: Letterhead, columns: Columns,
        pageLabel: @escaping @Sendable (Int, Int) -> String
    ) {
        (self.title, self.number, self.day, self.letterhead) = (title, number, day, letterhead)
        (self.columns, self.pageLabel) = (columns, pageLabel)
    }

    /// A label and its value.
    package struct Fact: Sendable {
        package var label: String
        package var value: String

        package init(_ label: String, _ value: String) { (self.label, self.value) = (label, value) }
    }

    /// The sender of the document.
    package struct Letterhead: Sendable {
        package var company: String
        /// Address, telephone, e-mail, VAT and registration numbers, one per line.
        package var lines: [String]
        package var accent: Colour

        package init(company: String, lines: [String] = [], accent: Colour = .darkBlue) {
            (self.company, self.lines, self.accent) = (company, lines, accent)
        }
    }

    package struct Columns: Sendable {
        package var item: String
        package var figures: [String]

        package init(_ item: String, _ figures: [String]) {
            (self.item, self.figures) = (item, figures)
        }
    }

    package struct Line: Sendable {
        package var title: String
        /// The material, size and cutting length, in small type below the title.
        package var details: [String]
        /// One figure for each column of figures.
        package var figures: [String]
        /// A thumbnail at the left; empty for none.
        package var drawing: [PreviewContour]
        /// A code at the left, in place of the drawing.
        package var code: QRCode?

        package init(
            _ title: String, details: [String] = [], figures: [String], drawing: [PreviewContour] = [], code: QRCode? = nil
        ) {
            (self.title, self.details, self.figures, self.drawing, self.code) = (title, details, figures, drawing, code)
        }
    }

    package struct Table: Sendable {
        /// Above it; empty for none.
        package var heading: String
        package var columns: Columns
        package var lines: [Line]
        /// The side of its drawings and codes, in points.
        package var picture: Double

        package init(_ heading: String, columns: Columns, lines: [Line], picture: Double = 38) {
            (self.heading, self.columns, self.lines, self.picture) = (heading, columns, lines, picture)
        }
    }

    /// All tables that have lines.
    var filledTables: [Table] { ([Table("", columns: columns, lines: lines)] + tables).filter { !$0.lines.isEmpty } }

    package struct Total: Sendable {
        package var label: String
        package var amount: String
        /// The final sum: in large type below a line.
        package var strong: Bool

        package init(_ label: String, _ amount: String, strong: Bool = false) {
            (self.label, self.amount, self.strong) = (label, amount, strong)
        }
    }

    /// How to pay, with at most ten facts about the bank account. The client states the reference, by which the payment is identified.
    package struct Payment: Sendable {
        package var heading: String
        package var bank: [Fact]
        package var reference: Fact
        /// One sentence that says when to pay.
        package var request: String

        package init(_ heading: String, bank: [Fact], reference: Fact, request: String = "") {
            (self.heading, self.bank, self.reference, self.request) = (heading, bank, reference, request)
        }
    }

    package struct Note: Sendable {
        package var heading: String
        package var text: String

        package init(_ heading: String, _ text: String) { (self.heading, self.text) = (heading, text) }
    }

    package var name: String { "\(title) \(number)" }
    package var author: String { letterhead.company }
    package var pdf: Medium { .pdf(day: day) }

    package func page(for medium: Medium) -> Page { PaperLayout.page }

    package func draw(on canvas: Canvas) { PaperLayout(self, canvas).draw() }
}

/// Several documents in one file, each from a new page on and with page numbers of its own.
package struct DocumentBundle: Renderable, Sendable {
    package let name: String
    package let author: String
    package let pdf: Medium
    private let documents: [BusinessDocument]

    /// - Parameter day: the date inside the PDF, `2026-11-30`.
    package init(_ documents: [BusinessDocument], name: String, author: String, day: String) {
        (self.documents, self.name, self.author, pdf) = (documents, name, author, .pdf(day: day))
    }

    package func page(for medium: Medium) -> Page { PaperLayout.page }

    package func draw(on canvas: Canvas) {
        for (i, document) in documents.enumerated() {
            if i > 0 { canvas.nextPage() }
            document.draw(on: canvas)
        }
    }
}
