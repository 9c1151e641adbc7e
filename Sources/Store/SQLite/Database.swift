import CSQLite
import Glibc
import Values

/// One connection to one file. Not for sharing between threads: a command has one and closes it.
package final class Database {
    package enum Mode: Sendable { case reading, writing, creating }

    let handle: OpaquePointer
    package let path: String
    /// Statements given to SQLite since it was opened; tests hold this against the number of rows.
    package private(set) var steps = 0
    private var statements: [String: Statement] = [:]
    private var lock: Int32 = -1
    /// Milliseconds that are left of a writer's wait.
    private var left = Database.patience
    private let trace: Trace?
    private var isQueryOnly = false
    /// The tables that are journalled, in the order in which they were made, where somebody has looked; nil where not.
    package var journalled: [String]?
    /// The rule of a name in the schema: of a CHECK, or what a trigger raises.
    package var rules: (String) -> Rule? = { _ in nil }

    /// Once a process, before the first connection.
    private static let configured = (laseros_configure(), SafeVFS.registered)

    /// - Throws: `store` when the file cannot be opened, or when it should not be.
    package init(_ path: String, _ mode: Mode) throws {
        self.path = path
        _ = Database.configured
        try DataFile.check(path)
        var opened: OpaquePointer?
        // Reading opens for writing too: only such a connection can roll back the journal of a killed writer.
        var flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE
        if mode == .creating { flags |= SQLITE_OPEN_CREATE }
        var code = sqlite3_open_v2(path, &opened, flags, SafeVFS.name)
        if code != SQLITE_OK, mode == .reading {
            sqlite3_close_v2(opened)
            flags = flags & ~SQLITE_OPEN_READWRITE | SQLITE_OPEN_READONLY
            code = sqlite3_open_v2(path, &opened, flags, SafeVFS.name)
        }
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw Failure(.store, .database, "cannot open \(path): \(String(cString: sqlite3_errstr(code)))")
        }
        handle = opened
        trace = Trace.watch(opened)
        sqlite3_busy_timeout(handle, Int32(Database.patience))
        laseros_harden(handle)
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 << 20)
        do {
            try script("PRAGMA cell_size_check=ON; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-8192")
            if mode == .creating { try script(Database.durably) }
        } catch { throw DataFile.refusal(path) ?? error }
        isQueryOnly = mode == .reading
        if isQueryOnly { try script("PRAGMA query_only=ON") }
    }

    /// Lets a connection that was opened for reading write.
    /// - Returns: whether it could not before.
    package func allowWriting() throws -> Bool {
        guard isQueryOnly else { return false }
        try script("PRAGMA query_only=OFF")
        isQueryOnly = false
        return true
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
        unlock()
    }

    /// Every row, one after the other.
    package func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let statement = try prepare(sql.text)
        statement.inUse = true
        defer {
            sqlite3_reset(statement.pointer)
            sqlite3_clear_bindings(statement.pointer)
            statement.inUse = false
        }
        statement.bind(sql.values)
        steps += 1
        while true {
            switch sqlite3_step(statement.pointer) {
            case SQLITE_ROW: try body(Row(statement: statement.pointer))
            case SQLITE_DONE: return try Interrupt.check()
            default: throw failure(sql.text)
            }
        }
    }

    package func all<Value>(_ sql: SQL, _ make: (Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try each(sql) { values.append(try make($0)) }
        return values
    }

    /// The first row, if there is one.
    package func one<Value>(_ sql: SQL, _ make: (Row) throws -> Value) throws -> Value? {
        var value: Value?
        try each(sql) { if value == nil { value = try make($0) } }
        return value
    }

    package func run(_ sql: SQL) throws { try each(sql) { _ in } }

    /// The id of the row that the last INSERT made.
    package var lastID: Int { Int(sqlite3_last_insert_rowid(handle)) }
    /// Rows that the last statement changed.
    package var changed: Int { Int(sqlite3_changes(handle)) }

    /// A statement to be run many times with other values.
    package func repeated(_ text: SQL) throws -> Repeated { Repeated(self, try prepare(text.text, keeping: false)) }

    /// Several statements without values.
    package func script(_ text: String) throws {
        steps += 1
        guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw failure(text) }
    }

    /// A commit outlives a power failure. What is not kept, and what only reads, has nothing that could be lost.
    static let durably = "PRAGMA synchronous=EXTRA"

    /// Milliseconds that a writer waits for others before it gives up.
    private static let patience = 30_000

    /// Takes the gate that writers queue at: fairer and faster than SQLite's own waiting.
    /// - Throws: `store` when others hold it for 30 seconds.
    package func lockForWriting() throws {
        let start = Clock.milliseconds
        lock = Sharing(of: File.folder(of: path)).openFile(path + ".lock")
        guard lock >= 0 else {
            if errno == ENOSPC || errno == EDQUOT { throw File.failure("write", path + ".lock") }
            throw Failure(.store, .database, "cannot open \(path).lock: \(String(cString: strerror(errno)))")
        }
        let code = FileLock.acquire(lock, limit: Database.patience)
        guard code == 0 else {
            unlock()
            throw code == ETIMEDOUT
                ? Failure.busy(path) : Failure(.store, .database, "cannot lock \(path).lock: \(String(cString: strerror(code)))")
        }
        left = max(Database.patience - (Clock.milliseconds - start), 0)
    }

    /// A program that does not know the gate may hold SQLite's own lock: what is left of the wait is for that.
    func begin() throws {
        sqlite3_busy_timeout(handle, Int32(left))
        defer { sqlite3_busy_timeout(handle, Int32(Database.patience)) }
        try script("BEGIN IMMEDIATE")
    }

    /// Nobody writes while the body runs; outside a transaction.
    package func keepingWritersOut<Value>(_ body: () throws -> Value) throws -> Value {
        try lockForWriting()
        defer { unlock() }
        return try body()
    }

    func unlock() {
        guard lock >= 0 else { return }
        close(lock)
        lock = -1
    }

    /// One snapshot of the data for all that the body reads.
    package func reading<Value>(_ body: () throws -> Value) throws -> Value {
        // What is read within a transaction is part of that.
        guard sqlite3_get_autocommit(handle) != 0 else { return try body() }
        return try Interrupt.guarding(handle) {
            try script("BEGIN")
            defer { try? script("ROLLBACK") }
            return try body()
        }
    }

    func prepare(_ text: String, keeping: Bool = true) throws -> Statement {
        if keeping, let kept = statements[text], !kept.inUse { return kept }
        var pointer: OpaquePointer?
        guard sqlite3_prepare_v2(handle, text, -1, &pointer, nil) == SQLITE_OK, let pointer else { throw failure(text) }
        let statement = Statement(pointer)
        guard keeping else { return statement }
        if statements.count > 200 { statements.removeAll() }
        statements[text] = statement
        return statement
    }

    /// What the last statement failed of.
    func failure(_ sql: String = "") -> Failure {
        Failure(code: sqlite3_extended_errcode(handle), text: String(cString: sqlite3_errmsg(handle)), sql: sql, path: path, rules: rules)
    }

    /// What a function failed of for which SQLite keeps no message.
    func failure(of code: Int32, _ doing: String) -> Failure {
        Failure(code: code, text: String(cString: sqlite3_errstr(code)), sql: doing, path: path, rules: rules)
    }
}
