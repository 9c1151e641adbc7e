import Testing
import Values

@testable import laseros

/// When a quote may be invoiced, when an invoice is paid, and what its paper says of that.
@Suite struct InvoiceTests {
    private static func count(_ table: String, _ workshop: Workshop) throws -> Int? {
        try workshop.reading { try $0.one("SELECT count(*) FROM \(name: table)") { $0.int(0) } }
    }

    /// Nobody is asked to pay for what they have not ordered, nor twice.
    @Test func onlyWhatWasAcceptedIsInvoiced() throws {
        let workshop = try ExampleShop.copy(), before = try Self.count("invoice", workshop)
        for (state, way) in [("draft", "send"), ("sent", "accept")] {
            let refused = try workshop.run("laseros invoice add QT-2026-0004")
            #expect(refused.code == 4 && refused.said.contains("quote QT-2026-0004 is \(state): only an accepted one"), "\(refused.said)")
            #expect(try Self.count("invoice", workshop) == before)
            try workshop.demand("laseros quote \(way) QT-2026-0004")
        }
        try workshop.demand("laseros invoice add QT-2026-0004")
        let again = try workshop.run("laseros invoice add QT-2026-0004")
        #expect(again.code == 4 && again.said.contains("is invoiced already"), "\(again.said)")
    }

    @Test func nothingIsPaidBeforeItsDay() throws {
        let workshop = try ExampleShop.copy()
        let early = try workshop.run("laseros invoice pay INV-2026-0001 --amount 1 --on 2026-08-24")
        #expect(early.code == 4 && early.said.contains("a payment on 2026-08-24 is still to come: today is 2026-08-23"), "\(early.said)")
        try workshop.demand("laseros invoice pay INV-2026-0001 --amount 1 --on 2026-08-23")
        #expect(try Self.count("payment", workshop) == 1)
    }

    private static func paper(_ workshop: Workshop, _ code: String) throws -> String {
        try workshop.demand("laseros invoice pdf \(code) -o paper.pdf")
        let text = try Subprocess.run(["pdftotext", "-layout", "\(workshop.work)/paper.pdf", "-"], in: "/").out
        return text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }

    /// Ten brackets for 526.47 with 15 % VAT: of 605.44 first nothing is paid, then 42.36, then all.
    @Test func thePaperSaysWhatIsLeftToPay() throws {
        let workshop = try Workshop()
        for noun in ["material", "machine", "preset", "price", "client"] { try workshop.demand("laseros \(noun) import \(noun)s.csv") }
        let lines = ["quote add -c karoo 0002-Bracket-MS-5mm-x10.dxf", "quote send last", "quote accept last"]
        for line in lines + ["invoice add last", "invoice issue last"] { try workshop.demand("laseros \(line)") }
        let due = "Please pay by 22 September 2026, with this reference.", unpaid = try Self.paper(workshop, "last")
        for sum in ["Subtotal R 526.47", "VAT 15 % R 78.97", "Total R 605.44"] { #expect(unpaid.contains(sum), "\(unpaid)") }
        #expect(unpaid.contains(due) && !unpaid.contains("Paid") && !unpaid.contains("Balance"), "\(unpaid)")

        try workshop.demand("laseros invoice pay last --amount 42.36")
        let partly = try Self.paper(workshop, "last")
        #expect(partly.contains("Paid -R 42.36") && partly.contains("Balance R 563.08") && partly.contains(due), "\(partly)")

        try workshop.demand("laseros invoice pay last --in-full")
        let paid = try Self.paper(workshop, "last")
        #expect(paid.contains("Paid -R 605.44") && paid.contains("Balance R 0.00") && !paid.contains("Please pay"), "\(paid)")
    }
}
