import CSQLite
import Values

/// The current row of a statement. Valid only inside the closure that receives it.
package struct Row {
    let statement: OpaquePointer

    /// The number of columns.
    package var count: Int { Int(sqlite3_column_count(statement)) }
    package func isNull(_ i: Int) -> Bool { sqlite3_column_type(statement, Int32(i)) == SQLITE_NULL }
    package func int(_ i: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(i))) }
    package func real(_ i: Int) -> Double { sqlite3_column_double(statement, Int32(i)) }

    package func text(_ i: Int) -> String {
        guard let start = sqlite3_column_text(statement, Int32(i)) else { return "" }
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(i)))), as: UTF8.self)
    }

    /// Returns the bytes of a text, valid until the statement is stepped; nil for NULL.
    /// - Throws: `store` if the cell holds a blob.
    package func lent(_ i: Int) throws -> BorrowedText? {
        switch sqlite3_column_type(statement, Int32(i)) {
        case SQLITE_NULL: return nil
        case SQLITE_BLOB: throw holding("a blob", String.wanted, i)
        default: return BorrowedText(bytes(i))
        }
    }

    /// Returns the bytes of a cell of any type, converted to text by SQLite; valid until the statement is stepped.
    func bytes(_ i: Int) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_text(statement, Int32(i))
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(i))))
    }

    package func cell(_ i: Int) -> Cell {
        switch sqlite3_column_type(statement, Int32(i)) {
        case SQLITE_INTEGER: .integer(int(i))
        case SQLITE_FLOAT: .real(real(i))
        case SQLITE_TEXT: .text(text(i))
        default: .null
        }
    }

    /// Passes the bytes of a blob to `body`.
    package func bytes<Result>(_ i: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let start = sqlite3_column_blob(statement, Int32(i))
        return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(i)))))
    }

    /// - Throws: `store` if the cell holds a value of another type.
    package func get<Value: Stored>(_ i: Int) throws -> Value {
        let cell = cell(i), isBlob = cell.isNull && !isNull(i)
        guard !isBlob, let value = Value(cell: cell) else { throw holding(isBlob ? "a blob" : cell.said, Value.wanted, i) }
        return value
    }

    private func holding(_ said: String, _ wanted: String, _ i: Int) -> Failure {
        let name = String(cString: sqlite3_column_name(statement, Int32(i)))
        return Failure(.store, .row, "the data file holds \(said) instead of \(wanted) (\(name))", hint: "laseros log verify")
    }
}
