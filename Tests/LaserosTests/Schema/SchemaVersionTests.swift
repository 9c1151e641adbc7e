import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// An entry of an older schema is undone by column names, and refused if a column no longer exists. SQLite itself uses the indexes of
/// columns: it would report success and change nothing, or swap values.
@Suite struct SchemaVersionTests {
    /// Entry 1 adds a client, 2 changes it, 3 adds another, 4 removes it, 5 adds a material.
    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "client add 'Karoo Signs' --email anna@karoo.example --phone '021 555 0101' --notes first",
            "client edit CL-0001 --email ben@karoo.example --phone '021 555 0102' --notes second",
            "client add 'Brass & Sons' --contact Carla --vat-number 4230198765", "client remove CL-0002",
            "material add MS 'Mild Steel' --density 7.85",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    private static let columns = """
        id, code, name, contact, email, phone, address, vat_number, notes, created_at, terms, delivery_address, due_days, discount_bp, \
        archived_on, drawing_processes, drawing_unit, file_pattern
        """
    /// The definitions of the columns that were added to the table later.
    private static let later = """
        delivery_address TEXT, due_days INTEGER, discount_bp INTEGER, archived_on TEXT, drawing_processes TEXT, drawing_unit TEXT, \
        file_pattern TEXT
        """

    /// Recreates the table of clients with other columns.
    private static func rebuilt(_ definitions: String, _ columns: String) -> String {
        """
        CREATE TABLE new (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL COLLATE NOCASE UNIQUE, name TEXT NOT NULL, \(definitions)) STRICT;
        INSERT INTO new (\(columns)) SELECT \(columns) FROM client; DROP TABLE client; ALTER TABLE new RENAME TO client;
        """
    }

    private static let dropped = "ALTER TABLE client DROP COLUMN notes;"
    private static let renamed = "ALTER TABLE client RENAME COLUMN phone TO telephone;"

    @Test(arguments: [dropped, renamed])
    func whatDoesNotFitIsRefused(_ step: String) throws {
        let workshop = try Self.shop()
        let told = try (1...5).map { try workshop.demand("laseros log show \($0) --csv") }
        let made = try workshop.migrate(step), state = try ShopState(workshop), last = try workshop.lastEntry()
        for entry in 1...4 {
            let answered = try workshop.run("laseros undo \(entry)")
            #expect(answered.code == 4, "\(answered)")
            let reason = "columns that client had in version \(Shop.newest - 1) are gone"
            #expect(answered.said.contains("entry \(entry) cannot be undone: \(reason)"))
        }
        #expect(try ShopState(workshop) == state)
        #expect(try workshop.lastEntry() == last)
        // Changes of other tables can be undone, and the history uses the column names of its time.
        try workshop.demand("laseros undo 5")
        try workshop.demand("laseros redo")
        #expect(try (1...5).map { try workshop.demand("laseros log show \($0) --csv") } == told)
        #expect(try workshop.faults(against: made) == [])
    }

    @Test func whatATableThatIsGoneHeldIsRefused() throws {
        let workshop = try Self.shop()
        _ = try workshop.migrate("DROP TABLE client;")
        try withExtendedLifetime(workshop) {
            let data = try Database(workshop.data, .writing)
            try data.script("BEGIN")
            for entry in 1...4 {
                let conflicts = try data.revert(try #require(try data.entry(entry))).conflicts
                #expect(conflicts.map(\.reason) == ["columns that client had in version \(Shop.newest - 1) are gone"])
            }
            #expect(try data.revert(try #require(try data.entry(5))).conflicts.isEmpty)
        }
    }

    private static let appended = "ALTER TABLE client ADD COLUMN grade TEXT; ALTER TABLE client ADD COLUMN level INTEGER;"
    private static let reordered = rebuilt(
        "grade TEXT, contact TEXT, phone TEXT, email TEXT, address TEXT, \(later), vat_number TEXT, terms TEXT, created_at TEXT NOT NULL, notes TEXT, level INTEGER",
        columns)
    private static let inserted = rebuilt(
        """
        contact TEXT, email TEXT, level INTEGER NOT NULL DEFAULT 3, phone TEXT, address TEXT, vat_number TEXT, notes TEXT,
        created_at TEXT NOT NULL, terms TEXT, \(later), grade TEXT DEFAULT 'prepaid'
        """, columns)

    /// Values go to the current places of their columns; newer columns keep their values, or get the defaults.
    @Test(arguments: [(appended, "NULL", "NULL"), (reordered, "NULL", "NULL"), (inserted, "'prepaid'", "3")])
    func undoWorksAcrossAMigration(_ step: String, _ grade: String, _ level: String) throws {
        let workshop = try Self.shop(), plain = try Workshop(like: workshop)
        let made = try workshop.migrate(step)
        for line in ["undo 4", "undo 3", "undo 2", "undo 1", "redo", "redo", "redo", "redo", "undo 2"] {
            for shop in [plain, workshop] { try shop.demand("laseros \(line)") }
            let shops = try [plain, workshop].map { shop in
                try shop.reading {
                    try $0.all("SELECT \(sql: Self.columns) FROM client ORDER BY id") { row in (0..<18).map { row.cell($0) } }
                }
            }
            #expect(shops[0] == shops[1], "\(line)")
            let others = try workshop.reading { data in
                try data.one("SELECT count(*) FROM client WHERE grade IS NOT \(sql: grade) OR level IS NOT \(sql: level)") { $0.int(0) }
            }
            #expect(others == 0, "\(line)")
        }
        #expect(try workshop.faults(against: made) == [])
    }

    /// A row with a value in a newer column counts as changed since.
    @Test(arguments: [appended, reordered, inserted], ["grade = 'account'", "level = 4"])
    func whatWasFilledSinceStays(_ step: String, _ change: String) throws {
        let workshop = try Self.shop()
        _ = try workshop.migrate(step)
        try workshop.demand("laseros undo 2")
        try workshop.tamper("UPDATE client SET \(change)")
        let state = try ShopState(workshop), answered = try workshop.run("laseros undo 1")
        #expect(answered.code == 4 && answered.said.contains("client CL-0001 was changed since"), "\(answered)")
        #expect(try ShopState(workshop) == state)
        // An undo of the change itself does not touch these columns.
        try workshop.demand("laseros redo")
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM client WHERE \(sql: change)") { $0.int(0) } } == 1)
    }

    /// The schema version in the journal is compared with the changeset itself.
    @Test(arguments: [
        "DELETE FROM journal_schema WHERE version = \(Shop.newest - 1)",
        "UPDATE journal_schema SET columns = json_remove(columns, '$[8]') WHERE name = 'client' AND version = \(Shop.newest - 1)",
    ])
    func aLieAboutColumnsIsSeen(_ lie: String) throws {
        let workshop = try Self.shop()
        _ = try workshop.migrate(Self.dropped)
        try workshop.tamper(lie)
        #expect(try workshop.run("laseros undo 2").code == 4)
    }

    /// SQLite may skip a row and report success, so the changed rows are counted.
    @Test func rowsAreCounted() throws {
        let workshop = try Self.shop()
        try workshop.tamper("CREATE TRIGGER deaf BEFORE INSERT ON client BEGIN SELECT RAISE(IGNORE); END")
        try withExtendedLifetime(workshop) {
            let data = try Database(workshop.data, .writing)
            try data.script("BEGIN")
            let conflicts = try data.revert(try #require(try data.entry(4))).conflicts
            #expect(conflicts.map(\.reason) == ["only 0 of 1 rows could be undone"])
        }
    }
}

extension SQL.Parts {
    fileprivate mutating func appendInterpolation(sql text: String) { appendInterpolation(SQL(stringLiteral: text)) }
}
