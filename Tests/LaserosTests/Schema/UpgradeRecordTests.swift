import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// The entry of an upgrade contains all changes of rows, so that the journal continues from one version to the next.
@Suite struct UpgradeRecordTests {
    @Test(arguments: [
        // DDL that changes no row has no changes in the entry.
        ("CREATE TABLE later (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT) STRICT; ALTER TABLE client ADD COLUMN grade TEXT", []),
        ("ALTER TABLE client ADD COLUMN level INTEGER NOT NULL DEFAULT 3", ["client 1 changed"]),
        ("ALTER TABLE client RENAME COLUMN notes TO remarks", ["client 3 changed"]),
        ("ALTER TABLE client DROP COLUMN notes", []),
        ("UPDATE client SET name = upper(name) WHERE id = 2; DELETE FROM contact WHERE id = 1", ["client 2 changed", "contact 1 removed"]),
        ("INSERT INTO client (code, name, created_at) VALUES ('NEW', 'x', '2026-08-23T08:00:00.000Z')", ["client 5 added"]),
        (
            "CREATE TABLE later (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT) STRICT; INSERT INTO later (name) SELECT name FROM client WHERE id < 2",
            ["later 1 added"]
        ),
        (
            """
            CREATE TABLE new (id INTEGER PRIMARY KEY AUTOINCREMENT, phone TEXT, code TEXT, name TEXT, level INTEGER NOT NULL DEFAULT 3) STRICT;
            INSERT INTO new (id, code, name, phone) SELECT id, code, name, phone FROM contact;
            DROP TABLE contact; ALTER TABLE new RENAME TO contact
            """, ["contact 1 changed"]
        ),
    ])
    func everyStepIsProved(_ step: String, _ changes: [String]) throws {
        let workshop = try ExampleShop.copy(), made = try workshop.migrate(step), last = try workshop.lastEntry()
        #expect(try workshop.faults(against: made) == [])
        let found = try workshop.reading { data in
            var found: [String] = []
            try Changeset(data, of: last).each { found.append("\($0.table) \($0.id) \($0.kind.rawValue)") }
            return found
        }
        #expect(Set(changes).isSubset(of: found) && found.isEmpty == changes.isEmpty, "\(found)")
        let undo = try workshop.run("laseros undo \(last)")
        #expect(undo.code == 4 && undo.said.contains("entry \(last) cannot be undone: upgraded"))

        // The changes of a migration, and the values before it, are verified like any others.
        let table = step.contains("contact") ? "contact" : "client"
        try workshop.tamper("UPDATE \(table) SET name = name || '!' WHERE id = 2")
        let faults = try workshop.faults(against: made)
        #expect(faults.count == 1 && faults[0].contains(": name is '") && faults[0].hasPrefix(table), "\(faults)")
    }

    /// Rows that were altered before an upgrade are still reported after it.
    @Test func anUpgradeDoesNotCoverUp() throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("UPDATE client SET name = 'x' WHERE id = 2; DELETE FROM contact WHERE id = 3")
        let made = try workshop.migrate("ALTER TABLE client ADD COLUMN level INTEGER NOT NULL DEFAULT 3")
        #expect(
            try workshop.faults(against: made) == [
                "client CL-0002: name is 'x', the journal says 'Brass & Sons'", "contact CT-0003 is missing: entry 9 added it",
            ])
    }

    /// A row that was stored before a column existed can be changed, undone and changed again like any other.
    @Test func rowsFromBeforeAreTurnedBack() throws {
        let workshop = try ExampleShop.copy()
        let made = try workshop.migrate(
            "ALTER TABLE client ADD COLUMN level INTEGER NOT NULL DEFAULT 3; ALTER TABLE invoice ADD COLUMN level INTEGER NOT NULL DEFAULT 3"
        )
        for line in ["client edit 1 --notes x", "undo", "redo", "client remove CL-0004", "undo", "redo"] {
            try workshop.demand("laseros \(line)")
            #expect(try workshop.faults(against: made) == [], "\(line)")
        }
    }

    /// A write between the copy and the lock would be recorded as part of the migration.
    @Test func aWriteBetweenCopyAndUpgradeIsRefused() throws {
        let workshop = try ExampleShop.copy(), copy = workshop.shop + "/before.db", last = try workshop.lastEntry()
        func upgrade() throws {
            try withExtendedLifetime(workshop) {
                let shop = try workshop.opened(.writing),
                    deed = EntryDescription(.upgrade, at: shop.clock, who: shop.who, words: ["upgrade"], sentence: "x")
                try shop.data.rewrite(keeping: true) { try shop.upgrade(from: Shop.newest, copy: copy, deed) }
            }
        }
        try Database(workshop.data, .reading).copy(to: copy)
        try upgrade()
        #expect(try workshop.lastEntry() == last + 1 && workshop.faults() == [])
        #expect(throws: Failure.self) { try upgrade() }
        #expect(try workshop.lastEntry() == last + 1)
    }

    @Test func anUpgradeAfterACheckpointIsProved() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros log prune --keep 2")
        try workshop.demand("laseros client edit 1 --notes x")
        let made = try workshop.migrate("ALTER TABLE client ADD COLUMN level INTEGER NOT NULL DEFAULT 3; UPDATE contact SET notes = 'y'")
        #expect(try workshop.faults(against: made) == [])
    }
}
