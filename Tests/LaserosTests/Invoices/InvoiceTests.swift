import Testing
import Values

@testable import Commands

/// When a quote may be invoiced, when an invoice is paid, and what its PDF says.
@Suite struct InvoiceTests {
    private static func count(_ table: String, _ workshop: Workshop) throws -> Int? {
        try workshop.reading { try $0.one("SELECT count(*) FROM \(name: table)") { $0.int(0) } }
    }

    /// Only an accepted quote can be invoiced, and only once.
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

    /// An invoice is overdue on the day after its due day, in the shop's time zone.
    @Test(arguments: [("2026-09-22T21:59:59Z", "open"), ("2026-09-22T22:00:00Z", "overdue")])
    func theDayThatAnInvoiceIsDueIsItsLast(_ moment: String, _ status: String) throws {
        let workshop = try ExampleShop.copy(), show = ["invoice", "show", "INV-2026-0001", "--csv", "--no-header"]
        #expect(try workshop.run(show + ["--fields", "due,status"], at: moment).out == "2026-09-22,\(status)\n")
        let overdue = try workshop.run(["invoice", "list", "@overdue", "--codes"], at: moment).out
        #expect(overdue == (status == "overdue" ? "INV-2026-0001\n" : ""))
    }

    /// What a customer has accepted or received cannot be changed.
    @Test(arguments: [
        ("quote edit QT-2026-0001 --notes x", "quote QT-2026-0001 is accepted and cannot be changed"),
        ("quote remove QT-2026-0002", "quote QT-2026-0002 is accepted and cannot be changed"),
        ("invoice edit INV-2026-0001 --notes x", "an issued invoice cannot be changed"),
        ("invoice remove INV-2026-0001", "an issued invoice cannot be changed"),
    ])
    func whatIsAgreedStays(_ line: String, _ words: String) throws {
        let workshop = try ExampleShop.copy(), state = try ShopState(workshop), refused = try workshop.run("laseros \(line)")
        #expect(refused.code == 4 && refused.said.contains(words), "\(refused.said)")
        #expect(try ShopState(workshop) == state)
    }

    private static func paper(_ workshop: Workshop, _ code: String) throws -> String {
        try workshop.demand("laseros invoice pdf \(code) -o paper.pdf")
        let text = try Subprocess.run(["pdftotext", "-layout", "\(workshop.work)/paper.pdf", "-"], in: "/").out
        return text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }

    /// Ten brackets for 526.47 with 15 % VAT: of 605.44 nothing is paid at first, then 42.36, then all.
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

        let tooMuch = try workshop.run("laseros invoice pay last --amount 563.09")
        #expect(tooMuch.code == 4 && tooMuch.said.contains("has only 563.08 left to pay, not 563.09"), "\(tooMuch.said)")
        try workshop.demand("laseros invoice pay last --in-full")
        let paid = try Self.paper(workshop, "last")
        #expect(paid.contains("Paid -R 605.44") && paid.contains("Balance R 0.00") && !paid.contains("Please pay"), "\(paid)")
    }

    /// A vendor who charges VAT writes a tax invoice, with the VAT number.
    @Test func aVendorsInvoiceIsATaxInvoice() throws {
        let workshop = try ExampleShop.copy()
        #expect(try Self.paper(workshop, "DI-0002").contains(" Invoice DI-0002 "))
        try workshop.demand("laseros config set company_vat_number 4990000001")
        let paper = try Self.paper(workshop, "DI-0002")
        #expect(paper.contains(" Tax invoice DI-0002 ") && paper.contains("VAT no. 4990000001"), "\(paper)")
    }

    /// The lower part of an issued invoice's page is empty; a draft has a large mark across it.
    @Test(arguments: [("invoice", "INV-2026-0001", false), ("invoice", "DI-0002", true), ("quote", "QT-2026-0004", true)])
    func aDraftIsMarked(_ noun: String, _ code: String, _ isMarked: Bool) throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros \(noun) pdf \(code) -o paper.pdf")
        // At eight dots per inch A4 has 66 x 94 dots; white is 255.
        let dots = "pdftoppm -r 8 -gray -y 50 -x 0 -W 66 -H 20 paper.pdf | tail -c 1320 | tr -d '\\377' | wc -c"
        let ink = try Subprocess.run(["sh", "-c", dots], in: workshop.work).out
        #expect((Int(ink.trimmed) ?? -1 > 100) == isMarked, "\(ink)")
        #expect(isMarked || Int(ink.trimmed) == 0, "\(ink)")
    }
}
