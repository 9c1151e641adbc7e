import Testing
import Values

@testable import Shop
@testable import Commands

/// Codes are sorted by their numeric suffix.
@Suite struct CodeOrderTests {
    private static let order = ["CL-8", "CL-0007", "CL-9998", "CL-9999", "cl-10000", "CL-10001", "CLX", "CLX2", "CLX10"]

    @Test func numbersAreInOrder() throws {
        let workshop = try Workshop(), rows = Self.order.reversed().map { "\($0),Client" }
        #expect(try workshop.run(["client", "import", "-"], input: Array("code,name\n\(rows.joined(separator: "\n"))\n".utf8)).code == 0)
        let forward = Self.order.map { $0 + "\n" }.joined(), backward = Self.order.reversed().map { $0 + "\n" }.joined()
        #expect(try workshop.demand("laseros client list --codes") == forward)
        #expect(try workshop.demand("laseros client list --sort -code --codes") == backward)
        #expect(try workshop.demand("laseros client export --fields code --no-header") == forward)
        try workshop.demand("laseros client edit --all-matching --search client --notes x")
        #expect(try workshop.demand("laseros client list --limit 2 --offset 3 --codes") == "CL-9999\ncl-10000\n")
    }

    @Test func invoicesAndDraftsAreInOrder() throws {
        let workshop = try ExampleShop.copy()
        let trigger = try workshop.reading { try $0.one("SELECT sql FROM sqlite_schema WHERE name = 'invoice_keep'") { $0.text(0) } }
        try workshop.tamper(
            """
            DROP TRIGGER invoice_keep; UPDATE invoice SET number = 'INV-2026-9999' WHERE number IS NOT NULL;
            UPDATE aux_counter SET value = 9999 WHERE series = 'INV-2026-'; \(try #require(trigger))
            """)
        try workshop.demand("laseros invoice issue DI-0002")
        #expect(try workshop.demand("laseros invoice list --all --codes") == "INV-2026-9999\nINV-2026-10000\n")
    }
}
