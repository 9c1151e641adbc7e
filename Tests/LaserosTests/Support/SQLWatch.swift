import CSQLite
import Synchronization
import Values

/// Records the statements that SQLite runs on the data of a shop, without any hook in the program.
enum SQLWatch {
    private struct Heard {
        var statements: [String] = []
        var steps = 0
    }

    /// The recorded statements, by path of the data file; only for watched files.
    private static let heard = Mutex<[String: Heard]>([:])

    /// Traces every connection that is opened from now on.
    private static let listening: Bool = {
        let traced: @convention(c) (OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, OpaquePointer?) -> Int32 = {
            connection, _, _ in
            sqlite3_trace_v2(connection, UInt32(SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE), SQLWatch.hear, nil)
        }
        // The header declares the entry point without parameters, but SQLite passes three.
        return sqlite3_auto_extension(unsafeBitCast(traced, to: (@convention(c) () -> Void).self)) == SQLITE_OK
    }()

    private static let hear:
        @convention(c) (UInt32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Int32 = {
            event, _, statement, _ in
            let statement = OpaquePointer(statement)
            guard let path = sqlite3_db_filename(sqlite3_db_handle(statement), "main"), let sql = sqlite3_sql(statement) else { return 0 }
            let name = String(cString: path), text = String(cString: sql)
            guard event == UInt32(SQLITE_TRACE_PROFILE) else {
                heard.withLock { $0[name]?.statements.append(text) }
                return 0
            }
            let steps = Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1))
            heard.withLock { $0[name]?.steps += steps }
            return 0
        }

    /// The statements that the body runs on the shop's data, in order.
    static func statements(of workshop: Workshop, _ body: () throws -> Void) throws -> [String] {
        try listen(to: workshop, body).statements
    }

    /// The number of virtual machine steps that the body takes. Every row that SQLite reads takes some.
    static func steps(of workshop: Workshop, _ body: () throws -> Void) throws -> Int { try listen(to: workshop, body).steps }

    private static func listen(to workshop: Workshop, _ body: () throws -> Void) throws -> Heard {
        guard listening else { throw Failure(.defect, .file, "SQLite takes no listener") }
        heard.withLock { $0[workshop.data] = Heard() }
        defer { heard.withLock { $0[workshop.data] = nil } }
        try body()
        return heard.withLock { $0[workshop.data] } ?? Heard()
    }
}
