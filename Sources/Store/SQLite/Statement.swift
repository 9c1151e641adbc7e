import CSQLite
import Values

/// A prepared statement. Its database caches it; a statement that is in use is prepared a second time.
final class Statement {
    let pointer: OpaquePointer
    var inUse = false

    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { sqlite3_finalize(pointer) }

    /// The names of the result columns.
    var columns: [String] {
        (0..<sqlite3_column_count(pointer)).map { i in sqlite3_column_name(pointer, i).map { String(cString: $0) } ?? "" }
    }

    func bind(_ values: [Cell]) {
        for (i, value) in values.enumerated() { bind(value, Int32(i + 1)) }
    }

    /// - Parameter i: the index of the parameter, from 1.
    func bind(_ value: Cell, _ i: Int32) {
        switch value {
        case .null: sqlite3_bind_null(pointer, i)
        case .integer(let n): sqlite3_bind_int64(pointer, i, Int64(n))
        case .real(let x): sqlite3_bind_double(pointer, i, x)
        case .text(var s):
            s.withUTF8 { bytes in
                // The base address of an empty buffer is nil, for which SQLite would bind NULL.
                let start = bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
                _ =
                    start.map { sqlite3_bind_text(pointer, i, $0, Int32(bytes.count), transient) }
                    ?? sqlite3_bind_text(pointer, i, "", 0, transient)
            }
        }
    }
}

/// A statement that an import runs for each row, without looking it up in the cache.
package final class Repeated {
    private let data: Database
    private let statement: Statement
    /// The texts of a row, one after the other. SQLite reads them from here instead of copying each.
    private var texts = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    private var size = 4096

    init(_ data: Database, _ statement: Statement) { (self.data, self.statement) = (data, statement) }
    deinit { texts.deallocate() }

    package func run(_ values: [Cell]) throws { try each(values) { _ in } }

    package func each(_ values: [Cell], _ body: (Row) throws -> Void) throws {
        bind(values)
        defer { sqlite3_reset(statement.pointer) }
        while true {
            switch sqlite3_step(statement.pointer) {
            case SQLITE_ROW: try body(Row(statement: statement.pointer))
            case SQLITE_DONE: return try Interrupt.check()
            default: throw data.failure(String(cString: sqlite3_sql(statement.pointer)))
            }
        }
    }

    private func bind(_ values: [Cell]) {
        let needed = values.reduce(0) { if case .text(let text) = $1 { $0 + text.utf8.count } else { $0 } }
        if needed > size {
            texts.deallocate()
            (texts, size) = (UnsafeMutablePointer<UInt8>.allocate(capacity: needed * 2), needed * 2)
        }
        var at = texts
        for (i, value) in values.enumerated() {
            guard case .text(var text) = value else {
                statement.bind(value, Int32(i + 1))
                continue
            }
            text.withUTF8 { bytes in
                if let start = bytes.baseAddress { at.update(from: start, count: bytes.count) }
                let lent = UnsafeRawPointer(at).assumingMemoryBound(to: CChar.self)
                sqlite3_bind_text(statement.pointer, Int32(i + 1), lent, Int32(bytes.count), nil)
                at += bytes.count
            }
        }
    }
}

/// Tells SQLite to copy a bound value.
let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
