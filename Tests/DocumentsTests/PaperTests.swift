import Documents
import Testing

@Suite struct PaperTests {
    @Test func oneLineOnOnePage() throws {
        let pdf = try Sample.quote(lines: 1).pdf()
        #expect(try pages(pdf) == 1)
        let text = try poppler("pdftotext -layout % -", pdf)
        for part in [
            "Quotation", "QT-2026-0007", "Café Ångström Engineering CC", "René Müller", "Flange DN80, 8 × Ø14", "R 187.50", "R 12 750.00",
            "VAT 15 %", "R 14 662.50", "62 123 456 789", "About € 712", "0.35 m²", "±0.2 mm – tighter", "Page 1 of 1",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func fortyLinesRepeatTheHead() throws {
        let pdf = try Sample.quote(lines: 40).pdf()
        let count = try #require(try pages(pdf))
        #expect(count > 3)
        for page in 1...count {
            let text = try poppler("pdftotext -layout -f \(page) -l \(page) % -", pdf)
            #expect(text.contains("Page \(page) of \(count)"))
            #expect(text.contains("Unit price"), "page \(page)")
            #expect(text.contains("R 187.50"), "page \(page)")
        }
    }

    /// Whatever the number of lines, none is lost, and the totals are never on a page without a line.
    @Test(arguments: 2...14) func totalsShareAPageWithALine(lines: Int) throws {
        let pdf = try Sample.quote(lines: lines).pdf()
        let count = try #require(try pages(pdf))
        let texts = try (1...count).map { try poppler("pdftotext -layout -f \($0) -l \($0) % -", pdf) }
        let whole = texts.joined()
        for line in 0..<lines { #expect(whole.contains("rev\(line).dxf")) }
        let last = try #require(texts.first { $0.contains("Subtotal") })
        #expect(last.contains("rev\(lines - 1).dxf"))
    }

    @Test func fontsAreInTheFile() throws {
        let rows = try poppler("pdffonts %", Sample.quote(lines: 1).pdf()).split(separator: "\n").dropFirst(2)
        #expect(rows.count >= 2)
        for row in rows { #expect(row.contains("DejaVuSans") && row.contains(" yes yes yes "), "\(row)") }
    }

    @Test func sameInputSameBytes() throws {
        let paper = Sample.quote(lines: 12)
        let first = try paper.pdf()
        var other = Sample.quote(lines: 1)
        other.mark = "DRAFT"
        #expect(try other.pdf() != first)
        #expect(try paper.pdf() == first)
        let facts = try poppler("pdfinfo -rawdates %", first)
        #expect(facts.contains("CreationDate:    D:202611300000"))
        #expect(!facts.contains("ModDate"))
        #expect(facts.contains("Title:           Quotation QT-2026-0007"))
    }

    @Test func deliveryNoteWithoutMoney() throws {
        var paper = Sample.document("Delivery note", "DN-2026-0001", Sample.letterhead)
        paper.lines = [.init("Flange", figures: ["10", "8"]), .init("Bracket", figures: ["2", "2"])]
        paper.mark = "COPY"
        let text = try poppler("pdftotext -layout % -", paper.pdf())
        #expect(text.contains("Delivered"))
        #expect(!text.contains("Total") && !text.contains("COPY"))
    }

    @Test func largeFiguresStayOnOneLine() throws {
        var paper = Sample.quote(lines: 2)
        paper.lines[1].figures = ["120 000", "ZAR 1 234.56", "ZAR 148 147 200.00"]
        paper.totals[2].amount = "ZAR 170 369 280.00"
        let rows = try poppler("pdftotext -layout % -", paper.pdf()).split(separator: "\n")
        #expect(rows.contains { $0.contains("120 000") && $0.contains("ZAR 1 234.56") && $0.contains("ZAR 148 147 200.00") })
        #expect(rows.contains { $0.contains("Total") && $0.contains("ZAR 170 369 280.00") })
    }

    @Test func coloursFromSettings() {
        #expect(Colour(hex: "#FF0000") == Colour(1, 0, 0))
        #expect(Colour(hex: "0000ff") == Colour(0, 0, 1))
        for wrong in ["", "#fff", "12345g", "+12345", "#1234567"] { #expect(Colour(hex: wrong) == nil, "\(wrong)") }
    }

    @Test func hostilePaperIsDrawn() throws {
        let pdf = try Sample.hostile().pdf()
        #expect(try #require(try pages(pdf)) > 3)
        let text = try poppler("pdftotext -layout % -", pdf)
        #expect(text.contains("Wörd-Wörd"))
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0 })
    }

    @Test func emptyPaperIsDrawn() throws {
        let paper = Sample.document("", "", .init(company: ""), day: "2026-02-29")
        #expect(try pages(paper.pdf()) == 1)
    }
}
