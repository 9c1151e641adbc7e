import Security
import Store
import Values

/// The tables and triggers of a data file. Altered or additional ones are refused before each write, because a trigger would change what
/// commands store, on behalf of the user who runs them.
struct OwnSchema {
    private struct Thing: Equatable {
        var isTrigger: Bool
        var name: String
        var sql: String
    }

    /// The `digest` of each version's schema, so that a write need not create the schema to compare it. A test keeps the list correct.
    static let digests = [
        "94be793fe287e96b924eb2d316f0298e98dff6bac07c156d81c22234ec98cbfa",
        "1b7f6e25f75490d7442980a7fbbf85a0b5ff0fa4801ab5e7d61a3f38ca93267e",
        "44288c6ca7b01084d1bc6a73370825c00e425d6e11820371ea9f751a841f6a4b",
        "3d80afc9b715f310bd2d4384929a649b459f9b10b2ba2f2ccac3616e95e04787",
        "1b17dc9560d073d90d8d89cfc0d3972fe248c4431a5eecb9f0e1a49a8f513982",
        "ef433885909fa68bc1bc6e1a091acd55a786afcf58c465e6238a5144eeceab23",
        "a34bc36d47d4f77af5a526f9b2a3a0d83d0c461b165f29224548df650624f897",
        "a34bc36d47d4f77af5a526f9b2a3a0d83d0c461b165f29224548df650624f897",
    ]

    private let data: Database
    init(_ data: Database) { self.data = data }

    /// Leaves out the user's own objects: tables whose names begin with `own_`, views and indexes. The `rootpage` of a virtual table is 0;
    /// those of laseros are compared with their SQL, which is what they do.
    private static let things: SQL = """
        SELECT type = 'trigger', name, CASE WHEN type = 'trigger' OR rootpage = 0 THEN sql ELSE '' END, rowid FROM sqlite_schema
        WHERE type = 'trigger' OR type = 'table' AND (rootpage > 0 OR name GLOB 'aux_*') AND name NOT GLOB 'own_*' AND name NOT GLOB 'sqlite_*'
        ORDER BY type, name
        """

    /// SHA-256 over the names of the tables, and the names and SQL of the triggers.
    func digest() throws -> String { OwnSchema.digest(try things().things) }

    private static func digest(_ things: [Thing]) -> String {
        var digest = Digest()
        for thing in things { for text in [thing.name, thing.sql] { digest.add(text + "\0") } }
        return digest.finish()
    }

    /// - Returns: the names of the tables, in order of creation.
    /// - Throws: `store` with the first object that differs from the migrations.
    @discardableResult
    func check(version: Int) throws -> [String] {
        let (found, tables) = try things()
        if OwnSchema.digests.indices.contains(version - 1), OwnSchema.digest(found) == OwnSchema.digests[version - 1] { return tables }
        let made = try OwnSchema.made(version).things().things
        for thing in found where thing.isTrigger && !made.contains(thing) {
            throw Failure(
                .store, .ownSchema, "\(data.path) has a trigger that laseros did not make: \(thing.name)",
                hint: "remove it with sqlite3 if it is yours, or restore a backup")
        }
        for thing in made where !found.contains(thing) {
            throw Failure(.store, .ownSchema, "\(data.path) is damaged: \(try missing(thing))", hint: "restore a backup")
        }
        return tables
    }

    /// The objects sorted by name, and the tables in order of creation.
    private func things() throws -> (things: [Thing], tables: [String]) {
        let found = try data.all(OwnSchema.things) { row in
            (thing: Thing(isTrigger: row.int(0) != 0, name: row.text(1), sql: row.text(2)), place: row.int(3))
        }
        let tables = found.filter { !$0.thing.isTrigger }.sorted { $0.place < $1.place }
        return (found.map(\.thing), tables.map(\.thing.name))
    }

    private func missing(_ thing: Thing) throws -> String {
        let kind = thing.isTrigger ? "trigger" : "table"
        let other = try data.one("SELECT type FROM sqlite_schema WHERE name = \(thing.name) COLLATE NOCASE") { $0.text(0) }
        guard let other else { return "the \(kind) \(thing.name) is gone" }
        return "\(other == "table" ? "another kind of table" : "a \(other)") stands in the place of the \(kind) \(thing.name)"
    }

    /// The schema of a new shop of a version.
    static func made(_ version: Int) throws -> OwnSchema {
        OwnSchema(try Shop.tables(madeBy: try (0..<min(version, Shop.newest)).map(Shop.step)))
    }
}
