import CSQLite
import Values

/// Records what a schema upgrade changed in the rows. Sessions do not see the effect of ALTER TABLE, so the rows are compared with a copy
/// from before the upgrade.
extension Database {
    /// Writes the entry of an upgrade, with its changes.
    /// - Parameter earlier: the data before the upgrade; nil if there was none.
    package func recordUpgrade(_ deed: EntryDescription, from earlier: Database?) throws -> Int {
        let (id, previous) = try next(), sink = Sink(self, entry: id)
        let columns = try SchemaColumns(self, tables: try Session.tables(self), try keptColumns()),
            version = try earlier?.schemaVersion() ?? 0
        try fillRows(columns, since: version)
        try writeDifferences(columns, from: earlier, version, to: sink)
        try write(id, deed, digest: try sink.finish(), bytes: sink.count, after: previous)
        try note(sink.tables, of: id)
        return id
    }

    /// Whether no entry was added since a copy was made.
    package func hasSameEntries(as copy: Database) throws -> Bool { try next() == copy.next() }

    /// Rewrites the rows of tables that got a column with a default. For a row stored before the column existed, sessions of SQLite 3.40
    /// read NULL instead of the default: they would record a change that did not happen, and undo would write that NULL.
    private func fillRows(_ columns: SchemaColumns, since version: Int) throws {
        // The values stay the same, so the triggers that guard issued documents need not run.
        laseros_enable_triggers(handle, 0)
        defer { laseros_enable_triggers(handle, 1) }
        for table in columns.tables {
            let known = columns.layout(of: table.name, inVersion: version)?.columns ?? []
            let defaults = try all("SELECT cid FROM pragma_table_info(\(table.name)) WHERE dflt_value IS NOT NULL") { $0.int(0) }
            guard !known.isEmpty, let added = defaults.first(where: { !known.contains($0) }) else { continue }
            try run("UPDATE \(name: table.name) SET \(name: table.columns[added]) = \(name: table.columns[added])")
        }
    }

    private func writeDifferences(_ columns: SchemaColumns, from earlier: Database?, _ version: Int, to sink: Sink) throws {
        var writer = ChangesetWriter(to: sink)
        for table in columns.tables {
            let new = try Cursor(self, "SELECT * FROM \(name: table.name) ORDER BY \(name: table.columns[0])"), old: Cursor?
            // The old index of each current column; nil for a new column.
            let layout = columns.layout(of: table.name, inVersion: version)
            let places = table.columns.indices.map { number in layout?.columns.firstIndex(of: number) }
            if let earlier, let layout, places.first.flatMap({ $0 }) != nil {
                let names = try earlier.all("SELECT name FROM pragma_table_info(\(table.name)) ORDER BY cid") { $0.text(0) }
                guard names.count == layout.columns.count else {
                    throw Failure(
                        .store, .upgradeRecord, "the columns of \(table.name) are not those of version \(version)",
                        hint: "laseros log verify")
                }
                let cells: [SQL] = places.map { $0.map { "\(name: names[$0])" } ?? "NULL" }
                old = try Cursor(earlier, "SELECT \(cells.joined(", ")) FROM \(name: table.name) ORDER BY 1")
            } else {
                old = nil
            }
            writer.begin(table.name, columns: table.columns.count)
            try Database.writeDifferences(old, new, table.columns.count, &writer)
        }
        try writer.finish()
    }

    /// Both cursors are ordered by id.
    private static func writeDifferences(_ old: Cursor?, _ new: Cursor, _ count: Int, _ writer: inout ChangesetWriter) throws {
        func cells(_ cursor: Cursor?) throws -> [BorrowedCell]? {
            guard let cursor, try cursor.next() else { return nil }
            return (0..<count).map { BorrowedCell(cursor.row, $0) }
        }
        var before = try cells(old), after = try cells(new)
        while before != nil || after != nil {
            let order = (before?[0].id, after?[0].id)
            if let was = before, order.1.map({ was[0].id < $0 }) ?? true {
                try writer.write(.delete, old: was)
                before = try cells(old)
            } else if let now = after, order.0.map({ now[0].id < $0 }) ?? true {
                try writer.write(.insert, new: now)
                after = try cells(new)
            } else if let was = before, let now = after {
                let isSame = zip(was, now).map { $0 == $1 }
                if isSame.contains(false) {
                    try writer.write(
                        .update, old: was.indices.map { $0 == 0 || !isSame[$0] ? was[$0] : BorrowedCell() },
                        new: now.indices.map { isSame[$0] ? BorrowedCell() : now[$0] })
                }
                (before, after) = (try cells(old), try cells(new))
            }
        }
    }
}
