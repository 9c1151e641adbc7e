import Testing
import Values

@testable import Commands

/// A document that was sent stays the same, whatever changes in the shop later.
@Suite struct IssuedPaperTests {
    private static func pdf(_ workshop: Workshop, _ noun: String, _ code: String) throws -> [UInt8] {
        try workshop.demand("laseros \(noun) pdf \(code) -o paper.pdf")
        return try File.read(workshop.work + "/paper.pdf")
    }

    /// Measuring a drawing by other rules gives other measurements, but does not change the priced line.
    @Test func aQuoteKeepsWhatWasMeasured() throws {
        let workshop = try ExampleShop.copy(), line = "quote add --client CL-0001 -m MS -t 5 0002-Bracket-MS-5mm-x10.dxf"
        try workshop.demand("laseros " + line)
        let before = try Self.pdf(workshop, "quote", "last")
        try workshop.tamper("UPDATE aux_drawing SET width_um = 1, height_um = 1")
        #expect(try Self.pdf(workshop, "quote", "last") == before)
    }

    /// Each of these changes would be visible in the document.
    private static let changes = [
        "config set company_name 'Another Works'", "config set company_address 'Far away'", "config set company_vat_number 4990000001",
        "config set bank_account 123", "config set currency EUR", "config set quote_terms Soon", "config set invoice_terms Now",
        "config set payment_request Please", "config set dxf_processes 'layer:*=engrave'", "config set company_colour ff0000",
        "client edit CL-0001 --name 'Karoo Signage' --address 'Elsewhere|1' --contact Zola --vat-number 7",
    ]

    @Test(arguments: [("invoice", "INV-2026-0001"), ("quote", "QT-2026-0001")])
    func whatWasSentStays(_ noun: String, _ code: String) throws {
        let workshop = try ExampleShop.copy(), before = try Self.pdf(workshop, noun, code)
        for change in Self.changes {
            try workshop.demand("laseros \(change)")
            #expect(try Self.pdf(workshop, noun, code) == before, "\(change)")
        }
    }

    @Test(arguments: [("invoice", "DI-0002"), ("quote", "QT-2026-0004")])
    func aDraftFollows(_ noun: String, _ code: String) throws {
        let workshop = try ExampleShop.copy(), before = try Self.pdf(workshop, noun, code)
        try workshop.demand("laseros config set company_name 'Another Works'")
        #expect(try Self.pdf(workshop, noun, code) != before)
    }
}
