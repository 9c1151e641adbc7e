import CSQLite
import Values

/// A statement that the caller steps, so that several can be read in parallel.
package final class Cursor {
    private let data: Database
    private let text: String
    private let statement: Statement

    package init(_ data: Database, _ sql: SQL) throws {
        (self.data, text) = (data, sql.text)
        var pointer: OpaquePointer?
        guard sqlite3_prepare_v2(data.handle, sql.text, -1, &pointer, nil) == SQLITE_OK, let pointer else { throw data.failure(sql.text) }
        statement = Statement(pointer)
        statement.bind(sql.values)
    }

    /// - Returns: whether there is another row.
    package func next() throws -> Bool {
        switch sqlite3_step(statement.pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            try Interrupt.check()
            return false
        default: throw data.failure(text)
        }
    }

    /// The current row.
    package var row: Row { Row(statement: statement.pointer) }

    /// The names of its columns.
    var columns: [String] {
        (0..<sqlite3_column_count(statement.pointer)).map { String(cString: sqlite3_column_name(statement.pointer, $0)) }
    }
}

/// A cursor over rows of journal entries, ordered by entry; the first column is the number of the entry.
struct EntryRows {
    private let cursor: Cursor
    /// The entry of the current row; nil after the last row.
    private(set) var entry: Int?

    init(_ data: Database, _ sql: SQL) throws {
        cursor = try Cursor(data, sql)
        try next()
    }

    var row: Row { cursor.row }

    mutating func next() throws { entry = try cursor.next() ? cursor.row.int(0) : nil }

    mutating func skip(_ entry: Int) throws {
        while self.entry == entry { try next() }
    }
}
