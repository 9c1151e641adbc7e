import Values

@testable import Store

extension Workshop {
    /// Copies every row of every table this many times, with codes and parents of their own, to make a shop with many years of data. The
    /// history is unchanged.
    func multiply(by copies: Int) throws {
        try withExtendedLifetime(self) {
            let data = try Database(self.data, .writing)
            let triggers = try data.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'") { ($0.text(0), $0.text(1)) }
            try data.script("BEGIN IMMEDIATE; PRAGMA defer_foreign_keys=ON; " + triggers.map { "DROP TRIGGER \($0.0);" }.joined())
            for table in try data.tables where !table.hasPrefix("aux_search") { try copy(table, copies, data) }
            try data.rebuildSearch(data.searchedTables())
            try data.script(triggers.map { $0.1 + ";" }.joined() + "COMMIT")
        }
    }

    /// Copy k of a row with the id n has the id n + k * stride, and so have the references to it.
    private static let stride = 1_000_000

    private func copy(_ table: String, _ copies: Int, _ data: Database) throws {
        let columns = try data.all("SELECT name FROM pragma_table_info(\(table))") { $0.text(0) }
        var moved = Set(try data.all("SELECT \"from\" FROM pragma_foreign_key_list(\(table))") { $0.text(0) })
        moved.insert(columns[0])
        // One text column of each unique index gets another value; the CHECKs decide which.
        var indexes = try data.all("SELECT name FROM pragma_index_list(\(table)) WHERE \"unique\"") { $0.text(0) }
        indexes = indexes.filter { !$0.isEmpty }
        let texts = Set(try data.all("SELECT name FROM pragma_table_info(\(table)) WHERE type = 'TEXT'") { $0.text(0) })
        var choices: [Set<String>] = [[]]
        for index in indexes {
            let names = try data.all("SELECT name FROM pragma_index_info(\(index))") { $0.text(0) }.filter { texts.contains($0) }
            if !names.isEmpty { choices = choices.flatMap { chosen in names.map { chosen.union([$0]) } } }
        }
        for (i, renamed) in choices.enumerated() {
            do { return try data.run(Self.insertion(table, columns, moved, renamed, copies)) } catch {
                if i == choices.count - 1 { throw error }
            }
        }
    }

    private static func insertion(_ table: String, _ columns: [String], _ moved: Set<String>, _ renamed: Set<String>, _ copies: Int) -> SQL
    {
        let values = columns.map { column -> SQL in
            if moved.contains(column) { return "\(name: column) + k * \(stride)" }
            return renamed.contains(column) ? "\(name: column) || '-' || k" : "\(name: column)"
        }
        return """
            WITH RECURSIVE copies (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < \(copies))
            INSERT INTO \(name: table) (\(columns.map { "\(name: $0)" }.joined(", "))) SELECT \(values.joined(", ")) FROM \(name: table), copies
            """
    }
}
