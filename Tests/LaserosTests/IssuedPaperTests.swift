import Testing
import Values

@testable import laseros

/// What a customer has been sent stays as it was, whatever happens in the shop later.
@Suite struct IssuedPaperTests {
    private static func pdf(_ workshop: Workshop, _ noun: String, _ code: String) throws -> [UInt8] {
        try workshop.demand("laseros \(noun) pdf \(code) -o paper.pdf")
        return try File.read(workshop.work + "/paper.pdf")
    }

    /// A drawing that is measured by other rules is another; the line that was priced from it is not.
    @Test func aQuoteKeepsWhatWasMeasured() throws {
        let workshop = try ExampleShop.copy(), line = "quote add --client CL-0001 -m MS -t 5 0002-Bracket-MS-5mm-x10.dxf"
        try workshop.demand("laseros " + line)
        let before = try Self.pdf(workshop, "quote", "last")
        try workshop.tamper("UPDATE drawing SET width_um = 1, height_um = 1")
        #expect(try Self.pdf(workshop, "quote", "last") == before)
    }
}
