import Store
import Values

/// What the migrations make: held against what a shop has, because whoever can write the file can also change what runs with each command.
struct MadeSchema {
    private struct Thing: Hashable {
        var type: String
        var name: String
    }

    private let things: [Thing: String]
    /// The tables that are journalled, in the order in which they were made.
    let tables: [String]
    /// Their columns, by the version.
    let columns: [Int: [String: [String]]]

    /// Makes the tables of a version in memory.
    init(version: Int) throws { try self.init(steps: try (0..<min(version, Shop.newest)).map(Shop.step)) }

    /// - Parameter first: the version that the first step makes.
    init(steps: [String], from first: Int = 1) throws {
        let data = try Shop.tables(madeBy: steps, from: first)
        (tables, columns, things) = (try Session.tables(data), try data.keptColumns(), try MadeSchema.things(data))
    }

    /// Everything that a statement has made, with the statement.
    private static func things(_ data: Database) throws -> [Thing: String] {
        let found = try data.all("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'") { row in
            (Thing(type: row.text(0), name: row.text(1)), row.text(2))
        }
        return Dictionary(found) { first, _ in first }
    }

    /// What of a shop is not as it was made. What is a person's own is left alone: views, and tables and indexes whose names begin with `own_`.
    func findFaults(in data: Database, _ faults: Faults) throws {
        let found = try MadeSchema.things(data)
        for (thing, sql) in sorted(things) where found[thing] != sql {
            faults.add(.schema, "the \(thing.type) \(thing.name) \(found[thing] == nil ? "is gone" : "was altered")")
        }
        for (thing, _) in sorted(found) where things[thing] == nil && thing.type != "view" {
            let isOwn = thing.name.hasPrefix("own_") && thing.type != "trigger"
            if !isOwn { faults.add(.schema, "the \(thing.type) \(thing.name) was not made by laseros") }
        }
        let kept = try data.keptColumns()
        for version in Set(kept.keys).union(columns.keys).sorted() {
            let now = kept[version] ?? [:], made = columns[version] ?? [:]
            for table in Set(now.keys).union(made.keys).sorted() where now[table] != made[table] {
                faults.add(.schema, "journal_schema is wrong about the columns of \(table) in version \(version)")
            }
        }
    }

    private func sorted(_ things: [Thing: String]) -> [(key: Thing, value: String)] {
        things.sorted { ($0.key.type, $0.key.name) < ($1.key.type, $1.key.name) }
    }
}
