import Testing
import Values

@testable import Shop
@testable import Store

/// A write runs only triggers that laseros has created.
@Suite struct OwnSchemaTests {
    /// If this fails a migration was added: add its digest to `OwnSchema.digests`.
    @Test func digestsAreThoseOfTheSteps() throws {
        #expect(OwnSchema.digests == (try (1...Shop.newest).map { try OwnSchema.made($0).digest() }))
    }

    @Test func aShopHasThatOfItsVersion() throws {
        let digest = try Workshop().reading { try OwnSchema($0).digest() }
        #expect(digest == OwnSchema.digests.last)
    }

    @Test(arguments: [
        ("CREATE TRIGGER thief AFTER INSERT ON client BEGIN UPDATE client SET notes = 'x' WHERE id = NEW.id; END", "did not make: thief"),
        (
            "DROP TRIGGER allocation_add; CREATE TRIGGER allocation_add AFTER INSERT ON allocation BEGIN SELECT 1; END",
            "did not make: allocation_add"
        ),
        ("CREATE TABLE own_x (a); CREATE TRIGGER mine AFTER INSERT ON own_x BEGIN SELECT 1; END", "did not make: mine"),
        ("DROP TRIGGER invoice_keep", "the trigger invoice_keep is gone"),
        ("ALTER TABLE filter RENAME TO own_f; CREATE VIEW Filter AS SELECT * FROM own_f", "a view stands in the place of the table filter"),
        ("DROP TABLE filter; CREATE VIRTUAL TABLE filter USING fts5(a)", "another kind of table stands in the place of the table filter"),
        ("DROP TABLE filter", "the table filter is gone"),
    ])
    func isRefusedBeforeAWrite(_ sql: String, _ reason: String) throws {
        let workshop = try Workshop()
        try workshop.tamper(sql)
        let state = try ShopState(workshop), last = try workshop.lastEntry()
        for line in ["laseros client add Karoo", "laseros upgrade", "laseros batch /dev/null", "laseros undo", "laseros files prune"] {
            let answered = try workshop.run(line)
            #expect(answered.code == 6 && answered.said.contains(reason), "\(line): \(answered.said)")
        }
        #expect(try ShopState(workshop) == state && workshop.lastEntry() == last)
        // Commands that only read still work.
        try workshop.demand("laseros client list")
    }

    @Test func whatIsAPersonsOwnIsLeftAlone() throws {
        let workshop = try Workshop()
        try workshop.tamper(
            """
            CREATE TABLE own_note (a); CREATE TABLE note (a); CREATE VIEW late AS SELECT * FROM invoice;
            CREATE INDEX client_notes ON client (notes); ANALYZE
            """)
        try workshop.demand("laseros client add Karoo")
        try workshop.demand("laseros undo")
        let count = try workshop.reading {
            try $0.one("SELECT count(*) FROM sqlite_schema WHERE name IN ('own_note', 'note', 'late')") { $0.int(0) }
        }
        #expect(count == 3)
    }

    /// Checking the schema takes one statement, whatever the size of the shop.
    @Test func aWriteAsksOnce() throws {
        let workshop = try Workshop()
        let asked = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros client add Karoo") }
        #expect(asked.filter { $0.contains("type = 'trigger'") }.count == 1)
        let read = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros client list") }
        #expect(!read.contains { $0.contains("type = 'trigger'") })
    }
}
