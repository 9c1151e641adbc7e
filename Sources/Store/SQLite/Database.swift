import CSQLite
import Glibc
import Values

/// One connection to one database file, used by one thread. A command opens one and closes it.
package final class Database {
    package enum Mode: Sendable { case reading, writing, creating }

    let handle: OpaquePointer
    package let path: String
    /// The number of statements run since the database was opened. Tests compare it with the number of rows.
    package private(set) var steps = 0
    private var statements: [String: Statement] = [:]
    private var lock: Int32 = -1
    /// Milliseconds that a writer may still wait for locks.
    private var left = Database.patience
    private let trace: Trace?
    private var isQueryOnly = false
    /// The journalled tables in order of creation; nil until they have been looked up.
    package var journalled: [String]?
    /// Whether changes update the search index, which shops of older versions do not have.
    package var keepsSearch = false
    /// The session of the current change, and the one that has recorded it for the search index since a query in between.
    var session: Session?, searchSession: Session?
    /// Returns the rule for the name of a CHECK or of a trigger's error.
    package var rules: (String) -> Rule? = { _ in nil }

    /// Runs once per process, before the first connection is opened.
    private static let configured = (laseros_configure(), SafeVFS.registered)

    /// - Throws: `store` if the file cannot be opened, or is not safe to open.
    package init(_ path: String, _ mode: Mode) throws {
        self.path = path
        _ = Database.configured
        try DataFile.check(path)
        var opened: OpaquePointer?
        // Even a reader opens the file for writing, because it may have to roll back the journal of a killed writer.
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

    /// Allows a connection that was opened for reading to write.
    /// - Returns: whether it was read-only before.
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

    /// Calls `body` for each row.
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

    /// Returns the first row, or nil.
    package func one<Value>(_ sql: SQL, _ make: (Row) throws -> Value) throws -> Value? {
        var value: Value?
        try each(sql) { if value == nil { value = try make($0) } }
        return value
    }

    package func run(_ sql: SQL) throws { try each(sql) { _ in } }

    /// The id of the row that the last INSERT added.
    package var lastID: Int { Int(sqlite3_last_insert_rowid(handle)) }
    /// The number of rows that the last statement changed.
    package var changed: Int { Int(sqlite3_changes(handle)) }

    /// Prepares a statement that is run many times with different values.
    package func repeated(_ text: SQL) throws -> Repeated { Repeated(self, try prepare(text.text, keeping: false)) }

    /// Runs several statements without parameters.
    package func script(_ text: String) throws {
        steps += 1
        guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw failure(text) }
    }

    /// With EXTRA, a commit survives a power failure. Readers and dry runs, which have nothing to lose, go without it.
    static let durably = "PRAGMA synchronous=EXTRA"

    /// Milliseconds that a writer waits for other writers before it fails.
    private static let patience = 30_000

    /// Takes the `flock` that writers wait for, which is fairer and faster than SQLite's busy handler.
    /// - Throws: `store` if others hold it for 30 seconds, or if a restore has replaced the file.
    package func lockForWriting() throws {
        let start = Clock.milliseconds
        lock = try Database.writeLock(of: path)
        guard !hasMoved else {
            unlock()
            throw Failure(
                .store, .database, "\(path) was replaced since it was opened, as a restore does: nothing was changed",
                hint: "run the command again")
        }
        left = max(Database.patience - (Clock.milliseconds - start), 0)
    }

    /// The descriptor that holds the lock until it is closed.
    static func writeLock(of path: String) throws -> Int32 {
        let lock = Sharing(of: File.folder(of: path)).openFile(path + ".lock")
        guard lock >= 0 else {
            if errno == ENOSPC || errno == EDQUOT { throw File.failure("write", path + ".lock") }
            throw Failure(.store, .database, "cannot open \(path).lock: \(String(cString: strerror(errno)))")
        }
        let code = FileLock.acquire(lock, limit: Database.patience)
        guard code == 0 else {
            close(lock)
            throw code == ETIMEDOUT
                ? Failure.busy(path) : Failure(.store, .database, "cannot lock \(path).lock: \(String(cString: strerror(code)))")
        }
        return lock
    }

    /// Begins a transaction. SQLite waits for its own lock for the rest of the waiting time, because a program that does not take the
    /// `flock` may hold it.
    func begin() throws {
        sqlite3_busy_timeout(handle, Int32(left))
        defer { sqlite3_busy_timeout(handle, Int32(Database.patience)) }
        try script("BEGIN IMMEDIATE")
    }

    /// Runs `body` while no other process can write. Not for use within a transaction.
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

    /// Runs `body` in a read transaction, so that all its statements see the same snapshot.
    package func reading<Value>(_ body: () throws -> Value) throws -> Value {
        // Within a transaction there is a snapshot already.
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

    /// Returns the failure of the last statement.
    func failure(_ sql: String = "") -> Failure {
        Failure(code: sqlite3_extended_errcode(handle), text: String(cString: sqlite3_errmsg(handle)), sql: sql, path: path, rules: rules)
    }

    /// Returns the failure of an SQLite function that leaves no error message.
    func failure(of code: Int32, _ doing: String) -> Failure {
        Failure(code: code, text: String(cString: sqlite3_errstr(code)), sql: doing, path: path, rules: rules)
    }
}
