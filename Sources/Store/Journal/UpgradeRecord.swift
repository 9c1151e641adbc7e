import CSQLite
import Values

/// What the steps to a newer schema have done to rows. Statements that change tables are seen by no session: the rows behind them are held
/// against a copy from before them.
extension Database {
    /// The entry of an upgrade, with its changes.
    /// - Parameter earlier: the data as it was; nil where there was none.
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

    /// Whether nothing was stored since a copy was made.
    package func hasSameEntries(as copy: Database) throws -> Bool { try next() == copy.next() }

    /// Stores the rows of tables that got columns with a default again. Where a row was stored without a column, sessions of SQLite 3.40 take
    /// it for NULL whatever the default is: they would tell of a change that there was not, and undo would bring back what never was.
    private func fillRows(_ columns: SchemaColumns, since version: Int) throws {
        // Nothing that a customer has seen changes: the triggers that guard it need not know.
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
            // What a column of today held before: nothing, where it is a new one.
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

    /// Both in the order of their ids.
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
