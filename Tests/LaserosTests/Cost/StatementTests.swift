import Testing
import Values

@testable import Console
@testable import Commands

/// The number of statements of a reading command does not grow with the shop: there is no query per row.
@Suite(.serialized) struct StatementTests {
    /// Commands that have to read everything, each with the reason.
    static let walks: Set = [
        // Reads the changes of every entry to verify them.
        "log verify", "check", "backup verify",
        // Each project has a paper of its own, and a kept plan a row for each entry; `QueuePlanTests` counts the statements of a plan.
        "project card", "queue plan",
    ]

    private static func shop(_ copies: Int, entries: Int) throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.multiply(by: copies)
        for noun in nouns where noun.hasFiles && noun.name != "project" { try workshop.demand("laseros \(noun.name) attach last note.txt") }
        // Each entry changes one record; for an entry with several, its changeset has to be read.
        for i in 0..<entries { try workshop.demand("laseros client edit CL-0001 --notes 'note \(i)'") }
        return workshop
    }

    private static let small = Result { try shop(9, entries: 10) }
    private static let large = Result { try shop(999, entries: 100) }

    @Test func theLargeShopHasAThousandRecords() throws {
        let counts = try Self.large.get().reading { data in
            try nouns.map { noun in try data.one("SELECT count(*) FROM \(name: noun.name)") { $0.int(0) } ?? 0 }
        }
        #expect(counts.allSatisfy { $0 >= 1000 }, "\(counts)")
    }

    @Test(arguments: Example.reading.filter { !walks.contains($0.command) })
    func asManyAtAnySize(_ example: Example) throws {
        let shops = [try Self.small.get(), try Self.large.get()]
        let heard = try shops.map { shop in
            try SQLWatch.statements(of: shop) {
                let answered = try shop.run(example.words)
                #expect(answered.code == (ExampleShop.sayingNo.contains(example.line) ? 1 : 0), "\(answered.said)")
            }
        }
        let more = heard[1].difference(from: heard[0]).insertions.prefix(1)
        // An export reads child rows with one statement for 500 records.
        let noun = nouns.first { example.command == "\($0.name) export" }
        let rows = try noun.map { noun in
            try shops[1].reading { try $0.one("SELECT count(*) FROM \(name: noun.name)") { $0.int(0) } ?? 0 }
        }
        let pieces = (noun?.portableChildren.count ?? 0) * (rows ?? 0) / 500
        #expect(heard[1].count <= heard[0].count + pieces, "\(more)")
    }
}
