import Security
import Store
import Values

/// The tables and triggers of a data file. What stands in their place, or besides runs with every write, is not believed: it would
/// change what commands store, in the name of whoever gives them.
struct OwnSchema {
    private typealias Thing = (isTrigger: Bool, name: String, sql: String)

    /// What laseros makes, by version: `digest` of it, so that a write need not make it all to compare. A test does.
    static let digests = [
        "94be793fe287e96b924eb2d316f0298e98dff6bac07c156d81c22234ec98cbfa",
        "1b7f6e25f75490d7442980a7fbbf85a0b5ff0fa4801ab5e7d61a3f38ca93267e",
    ]

    private let data: Database
    init(_ data: Database) { self.data = data }

    /// What is a person's own is left alone: tables whose names begin with `own_`, views, indexes. A table's `rootpage` is 0 where it is a
    /// virtual one.
    private static let things: SQL = """
        SELECT type = 'trigger', name, CASE type WHEN 'trigger' THEN sql ELSE '' END FROM sqlite_schema
        WHERE type = 'trigger' OR type = 'table' AND rootpage > 0 AND name NOT GLOB 'own_*' AND name NOT GLOB 'sqlite_*' ORDER BY type, name
        """

    /// SHA-256 over the names of the tables, and over the names and the SQL of the triggers.
    func digest() throws -> String {
        var digest = Digest()
        try data.each(OwnSchema.things) { row in
            for text in [row.text(1), row.text(2)] { digest.add(text + "\0") }
        }
        return digest.finish()
    }

    /// - Throws: `store` with the first thing that is not as the steps to a version have made it.
    func check(version: Int) throws {
        if OwnSchema.digests.indices.contains(version - 1), try digest() == OwnSchema.digests[version - 1] { return }
        let found = try things(), made = try OwnSchema.made(version).things()
        for thing in found where thing.isTrigger && !made.contains(where: { $0 == thing }) {
            throw Failure(
                .store, .ownSchema, "\(data.path) has a trigger that laseros did not make: \(thing.name)",
                hint: "remove it with sqlite3 if it is yours, or restore a backup")
        }
        for thing in made where !found.contains(where: { $0 == thing }) {
            throw Failure(.store, .ownSchema, "\(data.path) is damaged: \(try missing(thing))", hint: "restore a backup")
        }
    }

    private func things() throws -> [Thing] {
        try data.all(OwnSchema.things) { (isTrigger: $0.int(0) != 0, name: $0.text(1), sql: $0.text(2)) }
    }

    private func missing(_ thing: Thing) throws -> String {
        let kind = thing.isTrigger ? "trigger" : "table"
        let other = try data.one("SELECT type FROM sqlite_schema WHERE name = \(thing.name) COLLATE NOCASE") { $0.text(0) }
        guard let other else { return "the \(kind) \(thing.name) is gone" }
        return "\(other == "table" ? "another kind of table" : "a \(other)") stands in the place of the \(kind) \(thing.name)"
    }

    /// Of a new shop of a version.
    static func made(_ version: Int) throws -> OwnSchema {
        OwnSchema(try Shop.tables(madeBy: try (0..<min(version, Shop.newest)).map(Shop.step)))
    }
}
