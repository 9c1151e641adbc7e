import Store
import Values

/// The schema as the migrations create it. It is compared with that of a shop, because whoever can write the file could also add triggers.
struct MadeSchema {
    private struct Thing: Hashable {
        var type: String
        var name: String
    }

    private let things: [Thing: String]
    /// The journalled tables in order of creation.
    let tables: [String]
    /// Their columns by schema version.
    let columns: [Int: [String: [String]]]

    /// Creates the tables of a version in memory.
    init(version: Int) throws { try self.init(steps: try (0..<min(version, Shop.newest)).map(Shop.step)) }

    /// - Parameter first: the version that the first step creates.
    init(steps: [String], from first: Int = 1) throws {
        let data = try Shop.tables(madeBy: steps, from: first)
        (tables, columns, things) = (try Session.tables(data), try data.keptColumns(), try MadeSchema.things(data))
    }

    /// All schema objects, with their SQL.
    private static func things(_ data: Database) throws -> [Thing: String] {
        let found = try data.all("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'") { row in
            (Thing(type: row.text(0), name: row.text(1)), row.text(2))
        }
        return Dictionary(found) { first, _ in first }
    }

    /// Reports all differences between a shop's schema and the migrations. The user's own objects are ignored: views, and tables and
    /// indexes whose names begin with `own_`.
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
