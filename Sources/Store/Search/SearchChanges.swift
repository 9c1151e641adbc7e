import CSQLite
import Values

/// Takes the changes of a changeset into the search index. The rows of each table are written when its last change was read, first what is
/// removed, then what is added: see the overview.
final class SearchChanges: ChangesetSink {
    private let data: Database
    private var current: Current?
    private var writer: SearchWriter?
    private var reading: (table: Int, row: Repeated)?

    /// The changes of one table.
    private struct Current {
        let table: SearchedTable
        /// The index of each searched column.
        let places: [Int]
        var added: [Int] = []
        /// The documents to remove, and the end of the text of each in `texts`.
        var removed: [(document: Int, end: Int)] = []
        let texts = DocumentText()
    }

    /// The size of the removed texts that are held in memory.
    private static let mostTexts = 4 << 20

    init(_ data: Database) { self.data = data }

    func begin(table name: String, columns: Int) throws {
        try write()
        guard let (table, places) = try data.searchedTable(name) else { return }
        guard places.count == table.columns.count, places.allSatisfy({ $0 < columns }) else {
            throw Failure(.store, .search, "the search index knows other columns of \(name)", hint: SearchedTable.rebuilding)
        }
        current = Current(table: table, places: places)
    }

    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws {
        guard current != nil else { return }
        switch operation {
        case .insert: current?.added.append(Int(new[0].id))
        case .delete: try remove(old, isWhole: true)
        case .update:
            guard let places = current?.places, places.contains(where: { old[$0].kind != .absent }) else { return }
            try remove(old, isWhole: false)
            current?.added.append(Int(old[0].id))
        }
    }

    /// Notes the text of the old row. The cells that an update left alone are those of the row as it is now.
    private func remove(_ old: [BorrowedCell], isWhole: Bool) throws {
        guard var rows = current else { return }
        // A copy of the texts would take longer than all the rest.
        current = nil
        defer { current = rows }
        guard let document = rows.table.document(Int(old[0].id)) else { return }
        let texts = rows.texts
        func append(_ now: Row?) {
            for (i, place) in rows.places.enumerated() {
                if old[place].kind == .text { SearchText.append(old[place].bytes, to: texts) }
                if old[place].kind == .absent, let now { now.appendSearched(cell: i + 1, to: texts) }
            }
        }
        if isWhole { append(nil) } else { try row(of: rows.table).each([.integer(Int(old[0].id))]) { append($0) } }
        rows.removed.append((document, texts.count))
        if texts.count >= SearchChanges.mostTexts { try remove(&rows) }
    }

    /// Writes what is left.
    func finish() throws {
        try write()
        // FTS5 writes out its buffer at a savepoint. Left to COMMIT, a write that fails there could leave half a change.
        guard writer != nil else { return }
        try data.script("SAVEPOINT search; RELEASE search")
        try Interrupt.check()
        // After a failed write within FTS5 SQLite has rolled back the transaction, and would store what follows by itself.
        guard sqlite3_get_autocommit(data.handle) == 0 else { throw data.failure(of: SQLITE_IOERR, "aux_search") }
    }

    private func write() throws {
        guard var rows = current else { return }
        current = nil
        try remove(&rows)
        try add(rows)
    }

    private func remove(_ rows: inout Current) throws {
        guard !rows.removed.isEmpty else { return }
        let writer = try makeWriter()
        var start = 0
        let pieces = rows.removed.map { removed in
            defer { start = removed.end }
            return (document: removed.document, text: start..<removed.end)
        }.sorted { $0.document < $1.document }
        for piece in pieces { try writer.remove(piece.document, UnsafeRawBufferPointer(rebasing: rows.texts.bytes[piece.text])) }
        rows.removed.removeAll()
        rows.texts.removeAll()
    }

    private func add(_ rows: Current) throws {
        guard !rows.added.isEmpty else { return }
        let writer = try makeWriter(), ids = rows.added.sorted()
        // Most of the rows between the lowest and the highest id were added if many were: then these are read in one pass.
        guard let lowest = ids.first, let highest = ids.last, ids.count > 64, (highest - lowest) / 4 < ids.count else {
            let row = try row(of: rows.table)
            for id in ids { try row.each([.integer(id)]) { try writer.add($0, of: rows.table) } }
            return
        }
        let there = try Cursor(
            data,
            "SELECT \(rows.table.cells) FROM \(name: rows.table.name) WHERE id BETWEEN \(lowest) AND \(highest) ORDER BY id")
        var next = 0
        while try there.next() {
            let id = there.row.int(0)
            while next < ids.count, ids[next] < id { next += 1 }
            if next < ids.count, ids[next] == id { try writer.add(there.row, of: rows.table) }
        }
    }

    /// Reads a row of the table by its id.
    private func row(of table: SearchedTable) throws -> Repeated {
        if let reading, reading.table == table.number { return reading.row }
        let row = try data.repeated("SELECT \(table.cells) FROM \(name: table.name) WHERE id = ?1")
        reading = (table.number, row)
        return row
    }

    private func makeWriter() throws -> SearchWriter {
        let writer = try writer ?? SearchWriter(data)
        self.writer = writer
        return writer
    }
}

extension Database {
    /// Takes into the search index what the current change has done so far, for a query within it.
    package func searchWhatWasChanged() throws {
        guard let session = searchSession ?? session, !session.isEmpty else { return }
        let changes = SearchChanges(self)
        try session.read(into: changes)
        try changes.finish()
        searchSession = try Session(self, of: try searchedTables().map(\.name))
    }
}
