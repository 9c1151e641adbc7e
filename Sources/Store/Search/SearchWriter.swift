import CSQLite
import Values

/// Writes documents of the search index. Each statement is a single INSERT, because FTS5 writes out its buffer at the savepoint of any
/// other.
final class SearchWriter {
    private let data: Database
    private let adding: Statement, removing: Statement
    private let text = DocumentText()

    init(_ data: Database) throws {
        self.data = data
        adding = try data.prepare("INSERT INTO aux_search (rowid, text) VALUES (?, ?)")
        removing = try data.prepare("INSERT INTO aux_search (aux_search, rowid, text) VALUES ('delete', ?, ?)")
    }

    /// Removes the document with this text.
    func remove(_ document: Int, _ text: UnsafeRawBufferPointer) throws { try run(removing, document, text) }

    /// Adds the document of a row, whose first cell is the id.
    func add(_ row: Row, of table: SearchedTable) throws {
        guard let document = table.document(row.int(0)) else { return }
        text.removeAll()
        row.appendSearched(table.columns.count, to: text)
        try run(adding, document, text.bytes)
    }

    private func run(_ statement: Statement, _ document: Int, _ text: UnsafeRawBufferPointer) throws {
        guard let start = text.baseAddress, text.count > 0 else { return }
        sqlite3_bind_int64(statement.pointer, 1, Int64(document))
        sqlite3_bind_text(statement.pointer, 2, start.assumingMemoryBound(to: CChar.self), Int32(text.count), nil)
        let code = sqlite3_step(statement.pointer)
        let failure = code == SQLITE_DONE ? nil : data.failure("INSERT INTO aux_search (text)")
        sqlite3_reset(statement.pointer)
        // The text belongs to the caller.
        sqlite3_clear_bindings(statement.pointer)
        if let failure { throw failure }
        try Interrupt.check()
    }

    /// Makes the index anew from all rows.
    static func rebuild(_ data: Database, _ tables: [SearchedTable]) throws {
        try data.run("INSERT INTO aux_search (aux_search) VALUES ('delete-all')")
        try data.run("DELETE FROM aux_searched")
        let writer = try SearchWriter(data)
        for table in tables.sorted(by: { $0.number < $1.number }) {
            let names = try data.columns(of: table.name), columns = table.columns.joined(separator: " ")
            let places = table.columns.compactMap { names.firstIndex(of: $0) }.map { "\($0)" }.joined(separator: " ")
            try data.run(
                "INSERT INTO aux_searched (id, name, columns, places) VALUES (\(table.number), \(table.name), \(columns), \(places))")
            let rows = try Cursor(data, "SELECT \(table.cells) FROM \(name: table.name) ORDER BY id")
            while try rows.next() { try writer.add(rows.row, of: table) }
        }
    }
}

extension Row {
    /// Appends the searched cells, which follow the id.
    func appendSearched(_ count: Int, to text: DocumentText) {
        for i in 0..<count { appendSearched(cell: i + 1, to: text) }
    }

    func appendSearched(cell i: Int, to text: DocumentText) {
        let cell = BorrowedCell(self, i)
        if cell.kind == .text { SearchText.append(cell.bytes, to: text) }
    }
}

extension Database {
    /// Makes the search index anew, within the current transaction.
    package func rebuildSearch(_ tables: [SearchedTable]) throws { try SearchWriter.rebuild(self, tables) }
}
