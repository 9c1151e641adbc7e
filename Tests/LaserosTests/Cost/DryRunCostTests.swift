import Testing
import Values

@testable import Commands

/// A dry run makes only the queries that its answer needs.
@Suite struct DryRunCostTests {
    private static let code = "JB-2026-08-CL0002-001"

    private static func statements(_ line: String) throws -> [String] {
        let workshop = try ExampleShop.copy()
        return try SQLWatch.statements(of: workshop) { try workshop.demand("laseros \(line)") }
    }

    /// The count includes six statements to open the shop and nine of SQLite itself to read the changes.
    @Test func anEditTakesFewStatements() throws {
        let statements = try Self.statements("project edit \(Self.code) --notes 'call first' --dry-run")
        #expect(statements.count <= 18, "\(statements.count): \(statements.joined(separator: "\n"))")
        #expect(!statements.contains { $0.contains("journal") || $0.contains(" file ") || $0.contains("JOIN client") })
    }

    /// The record is read only if it is printed.
    @Test func aSentenceNeedsNoRecord() throws {
        for (line, isRead) in [("--notes x", false), ("--notes x --json", true)] {
            let statements = try Self.statements("project edit \(Self.code) \(line)")
            #expect(statements.contains { $0.contains("JOIN client") } == isRead, "\(line)")
        }
    }

    /// Changes that are too large for memory are kept in the database until they are printed.
    @Test func manyChangesAreShownWhole() throws {
        let workshop = try Workshop(), text = String(repeating: "x", count: 1000)
        let rows = "name,notes\n" + (1...600).map { "Client \($0),\(text)\n" }.joined()
        let shown = try workshop.run(["client", "import", "-", "--dry-run", "--csv"], input: Array(rows.utf8))
        #expect(shown.code == 0 && shown.out.split(separator: "\n").count { $0.hasSuffix(",\(text)") } == 600)
        #expect(try workshop.lastEntry() == 0)
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM journal_part") { $0.int(0) } } == 0)
    }
}
