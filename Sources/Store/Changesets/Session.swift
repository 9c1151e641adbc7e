import CSQLite
import Glibc
import Security
import Values

/// Records the changes of the business tables while a command runs, as the command's changeset.
package final class Session {
    private let data: Database
    private var session: OpaquePointer?

    /// - Throws: `defect` if SQLite was built without the session extension.
    package convenience init(_ data: Database) throws { try self.init(data, of: try data.journalled ?? Session.tables(data)) }

    /// Records the changes of these tables only.
    init(_ data: Database, of tables: [String]) throws {
        self.data = data
        guard sqlite3session_create(data.handle, "main", &session) == SQLITE_OK else { throw data.failure("session") }
        for table in tables {
            guard sqlite3session_attach(session, table) == SQLITE_OK else { throw data.failure("session \(table)") }
        }
    }

    /// Records what an older copy of the database lacks: the changes that would make it this one. Not for use within a transaction.
    /// - Parameter other: the path of the copy, which has the same tables.
    package convenience init(_ data: Database, since other: String) throws {
        try data.attach(other)
        let tables = try Session.tables(data)
        try self.init(data, of: tables)
        for table in tables {
            var reason: UnsafeMutablePointer<CChar>?
            defer { sqlite3_free(reason) }
            let code = sqlite3session_diff(session, "other", table, &reason)
            guard code == SQLITE_OK else {
                let said = reason.map { ": " + String(cString: $0) } ?? ""
                throw Failure(.store, .changeset, "\(table) cannot be compared\(said)")
            }
        }
    }

    deinit { sqlite3session_delete(session) }

    /// Returns the journalled tables.
    package static func tables(_ data: Database) throws -> [String] {
        journalled(try data.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid") { $0.text(0) })
    }

    package static func journalled(_ tables: [String]) -> [String] { tables.filter { isJournalled($0) } }

    /// Whether a table is journalled, by the prefix of its name: not the journal itself, nor computed, auxiliary or a user's own tables.
    static func isJournalled(_ name: UnsafePointer<CChar>) -> Bool {
        !others.contains { strncmp(name, UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self), $0.utf8CodeUnitCount) == 0 }
    }

    private static let others: [StaticString] = ["journal", "aux_", "own_", "sqlite_"]

    package var isEmpty: Bool { sqlite3session_isempty(session) != 0 }

    /// Writes the changeset in the pieces that SQLite produces.
    func write(to sink: Sink) throws {
        let code = sqlite3session_changeset_strm(session, Sink.put, Unmanaged.passUnretained(sink).toOpaque())
        if let failure = sink.failure { throw failure }
        guard code == SQLITE_OK else { throw data.failure(of: code, "changeset") }
    }

    /// Reads the changeset without storing it.
    func read(into sink: any ChangesetSink) throws {
        let reading = SessionReading(sink)
        let code = sqlite3session_changeset_strm(session, SessionReading.put, Unmanaged.passUnretained(reading).toOpaque())
        if let failure = reading.failure { throw failure }
        guard code == SQLITE_OK else { throw data.failure(of: code, "changeset") }
    }
}

/// Parses a changeset in the pieces that SQLite produces.
private final class SessionReading {
    private let sink: any ChangesetSink
    private lazy var reader = ChangesetReader(sink)
    private(set) var failure: (any Error)?

    init(_ sink: any ChangesetSink) { self.sink = sink }

    static let put: @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, Int32) -> Int32 = { context, start, count in
        guard let context else { return SQLITE_MISUSE }
        let reading = Unmanaged<SessionReading>.fromOpaque(context).takeUnretainedValue()
        do {
            try reading.reader.read(UnsafeRawBufferPointer(start: start, count: Int(count)))
            return SQLITE_OK
        } catch {
            reading.failure = error
            return SQLITE_ABORT
        }
    }
}

/// Receives a changeset in pieces, stores it as parts of 256 KiB under one journal entry, and records which rows it touches.
final class Sink {
    private let data: Database
    private let entry: Int
    private var part: [UInt8] = []
    private var number = 0
    private var digest = Digest()
    private let touched: TouchedRows
    private lazy var reader = ChangesetReader(touched)
    private(set) var count = 0
    fileprivate(set) var failure: (any Error)?
    static let partSize = 256 << 10

    /// - Parameter search: also receives the changes.
    init(_ data: Database, entry: Int, search: SearchChanges? = nil) {
        (self.data, self.entry, touched) = (data, entry, TouchedRows(search))
        part.reserveCapacity(Sink.partSize)
    }

    static let put: @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, Int32) -> Int32 = { context, start, count in
        guard let context else { return SQLITE_MISUSE }
        let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        do {
            try sink.add(UnsafeRawBufferPointer(start: start, count: Int(count)))
            return SQLITE_OK
        } catch {
            sink.failure = error
            return SQLITE_ABORT
        }
    }

    func add(_ bytes: UnsafeRawBufferPointer) throws {
        // SQLite does not check for interrupts while it writes out a large changeset.
        try Interrupt.check()
        digest.add(bytes)
        try reader.read(bytes)
        count += bytes.count
        var rest = bytes[...]
        while !rest.isEmpty {
            let taken = rest.prefix(Sink.partSize - part.count)
            part += taken
            rest = rest.dropFirst(taken.count)
            if part.count == Sink.partSize { try flush() }
        }
    }

    private func flush() throws {
        try data.keep(part: number, of: entry, part)
        number += 1
        part.removeAll(keepingCapacity: true)
    }

    /// The touched tables in the order of the changeset, which groups its rows by table.
    var tables: [TouchedTable] { touched.tables }

    /// Returns the whole changeset if it fits into one part, which is then not stored; nil otherwise.
    func held() throws -> [UInt8]? {
        if number == 0 { return part }
        if !part.isEmpty { try flush() }
        return nil
    }

    /// Stores the last part.
    /// - Returns: the SHA-256 of the whole changeset.
    func finish() throws -> String {
        if !part.isEmpty { try flush() }
        return digest.finish()
    }
}

extension Database {
    fileprivate func keep(part: Int, of entry: Int, _ bytes: [UInt8]) throws {
        try run("INSERT INTO journal_part (entry, part, bytes) VALUES (\(entry), \(part), zeroblob(\(bytes.count)))")
        var blob: OpaquePointer?
        guard sqlite3_blob_open(handle, "main", "journal_part", "bytes", sqlite3_last_insert_rowid(handle), 1, &blob) == SQLITE_OK
        else { throw failure("journal_part") }
        defer { sqlite3_blob_close(blob) }
        guard sqlite3_blob_write(blob, bytes, Int32(bytes.count), 0) == SQLITE_OK else { throw failure("journal_part") }
    }
}
