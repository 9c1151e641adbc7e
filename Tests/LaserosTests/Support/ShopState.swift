import Glibc
import Values

@testable import Store

/// The business data of a shop, without history, counters and caches.
struct ShopState: Equatable {
    var rows: [String] = []
    /// The names in `files/`, which are the hashes of the contents.
    var files: [String] = []

    init(_ workshop: Workshop) throws {
        try workshop.reading { try read($0) }
        files = Paths.names(in: workshop.shop + "/files")
    }

    /// Tables of counters, measurements and search keys, which an undo does not change.
    private static let lasting: Set = ["aux_counter", "aux_drawing", "aux_name"]

    private mutating func read(_ data: Database) throws {
        // How the search index stands in its tables depends on the order of changes; `log verify` compares it with the rows.
        for table in try data.tables where !ShopState.lasting.contains(table) && !table.hasPrefix("aux_search") {
            let columns = try data.all("SELECT name FROM pragma_table_info(\(table))") { $0.text(0) }
            try data.each("SELECT * FROM \(name: table) ORDER BY 1") { row in
                rows.append("\(table): " + columns.indices.map { "\(columns[$0])=\(row.cell($0))" }.joined(separator: " "))
            }
        }
    }

    /// The rows that only one of the two has.
    func difference(from other: ShopState) -> String {
        let mine = Set(rows), theirs = Set(other.rows)
        let lines = theirs.subtracting(mine).map { "- \($0)" } + mine.subtracting(theirs).map { "+ \($0)" }
        return lines.sorted().joined(separator: "\n")
    }
}

extension Database {
    /// Every table but the history and the counters.
    var tables: [String] {
        get throws {
            let names = try all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid") { $0.text(0) }
            return names.filter { !$0.hasPrefix("journal") && !$0.hasPrefix("sqlite_") && $0 != "aux_counter" }
        }
    }
}

extension Workshop {
    /// Reads the data without the program, and keeps the folder until then.
    func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try withExtendedLifetime(self) { try body(Database(data, .reading)) }
    }

    /// The number of the last journal entry.
    func lastEntry() throws -> Int {
        try reading { try $0.one("SELECT coalesce(max(id), 0) FROM journal") { $0.int(0) } ?? 0 }
    }

    /// Runs SQL on the data directly, as the `sqlite3` shell would.
    func tamper(_ sql: String) throws {
        try Database(data, .writing).script("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; \(sql)")
    }
}
