import CSQLite
import Synchronization
import Values

/// Listens to SQLite itself: which statements run on the data of a shop, whoever gives them. Nothing in the program knows of it.
enum SQLWatch {
    private struct Heard {
        var statements: [String] = []
        var steps = 0
    }

    /// What ran, by the path of the data file; only of those that are watched.
    private static let heard = Mutex<[String: Heard]>([:])

    /// Every connection that is opened from now on is traced.
    private static let listening: Bool = {
        let traced: @convention(c) (OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, OpaquePointer?) -> Int32 = {
            connection, _, _ in
            sqlite3_trace_v2(connection, UInt32(SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE), SQLWatch.hear, nil)
        }
        // The header declares the entry point without its parameters: SQLite passes three.
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

    /// The statements that the body runs on the shop's data, in their order.
    static func statements(of workshop: Workshop, _ body: () throws -> Void) throws -> [String] {
        try listen(to: workshop, body).statements
    }

    /// The steps of SQLite's virtual machine that they take: every row that is looked at takes some, whatever comes of it.
    static func steps(of workshop: Workshop, _ body: () throws -> Void) throws -> Int { try listen(to: workshop, body).steps }

    private static func listen(to workshop: Workshop, _ body: () throws -> Void) throws -> Heard {
        guard listening else { throw Failure(.defect, .file, "SQLite takes no listener") }
        heard.withLock { $0[workshop.data] = Heard() }
        defer { heard.withLock { $0[workshop.data] = nil } }
        try body()
        return heard.withLock { $0[workshop.data] } ?? Heard()
    }
}
