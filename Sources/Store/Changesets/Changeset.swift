import CSQLite
import Glibc
import Security
import Values

/// One row that a command added, changed or removed.
package struct Change: Sendable {
    package enum Kind: String, Sendable { case added, changed, removed }

    package var table: String
    package var kind: Kind
    /// The row's primary key.
    package var id: Int
    /// The old cells, by column index; nil where the cell did not change.
    package var before: [Cell?]
    /// The new cells, by column index; nil where the cell did not change.
    package var after: [Cell?]
}

/// The stored changeset of one entry, read in pieces. SQLite's own readers see only changesets that this process has just made or whose
/// digest was checked: see `provedOf`.
package final class Changeset {
    let data: Database
    let entry: Int
    /// The whole changeset, if it was not stored.
    private var held: [UInt8]?
    private var part = 0
    private var bytes: [UInt8] = []
    private var offset = 0
    /// The size in bytes, if the changeset was just made.
    package private(set) var size = 0
    /// The error that ended reading early.
    private(set) var failure: (any Error)?

    /// - Parameter entry: the number of an entry, or a temporary number of a changeset that belongs to none.
    init(_ data: Database, of entry: Int, size: Int = 0) { (self.data, self.entry, self.size) = (data, entry, size) }

    /// The changes that a session has recorded so far. They are not written to the journal.
    package convenience init(_ data: Database, seenBy session: Session) throws {
        self.init(data, of: 0)
        let sink = Sink(data, entry: 0)
        try session.write(to: sink)
        (held, size) = (try sink.held(), sink.count)
    }

    /// The changeset of an entry, checked against the entry's digest.
    /// - Throws: `store` if it was altered.
    package convenience init(_ data: Database, provedOf entry: Entry) throws {
        self.init(data, of: entry.id)
        guard try isThat(of: entry) else { throw Entry.altered("the changes of entry \(entry.id) were altered") }
    }

    static let get: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>?) -> Int32 = {
        context, target, count in
        guard let context, let target, let count else { return SQLITE_MISUSE }
        let changeset = Unmanaged<Changeset>.fromOpaque(context).takeUnretainedValue()
        do {
            count.pointee = try Int32(changeset.read(UnsafeMutableRawBufferPointer(start: target, count: Int(count.pointee))))
            return SQLITE_OK
        } catch {
            changeset.failure = error
            return SQLITE_ABORT
        }
    }

    var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    private func read(_ target: UnsafeMutableRawBufferPointer) throws -> Int {
        try Interrupt.check()
        if offset == bytes.count {
            bytes =
                try held.map { part == 0 ? $0 : [] } ?? data.one(
                    "SELECT bytes FROM journal_part WHERE entry = \(entry) AND part = \(part) AND length(bytes) <= \(Sink.partSize)"
                ) { $0.bytes(0) { Array($0) } } ?? []
            (part, offset) = (part + 1, 0)
        }
        let count = min(target.count, bytes.count - offset)
        bytes[offset..<(offset + count)].withUnsafeBytes { target.copyMemory(from: $0) }
        offset += count
        return count
    }

    /// Calls `body` for each row, in the order of the changeset.
    package func each(_ body: (Change) throws -> Void) throws {
        try eachRaw { iterator, _, _, _, _ in try body(try change(iterator)) }
    }

    /// Calls `body` with SQLite's iterator for each row: the table, its number of columns, the operation, and whether it was indirect (made
    /// by a trigger).
    func eachRaw(_ body: (OpaquePointer?, UnsafePointer<CChar>, Int, Int32, Bool) throws -> Void) throws {
        (part, bytes, offset) = (0, [], 0)
        var iterator: OpaquePointer?
        guard sqlite3changeset_start_strm(&iterator, Changeset.get, context) == SQLITE_OK else { throw damaged() }
        defer { sqlite3changeset_finalize(iterator) }
        var table: UnsafePointer<CChar>?
        var columns: Int32 = 0, operation: Int32 = 0, indirect: Int32 = 0
        while true {
            let code = sqlite3changeset_next(iterator)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW, sqlite3changeset_op(iterator, &table, &columns, &operation, &indirect) == SQLITE_OK, let table
            else { throw damaged() }
            try body(iterator, table, Int(columns), operation, indirect != 0)
        }
    }

    private static func kind(_ operation: Int32) -> Change.Kind {
        operation == SQLITE_INSERT ? .added : operation == SQLITE_DELETE ? .removed : .changed
    }

    /// Whether the stored parts are complete, match the length and the SHA-256 in the entry, and have the format of a changeset.
    func isThat(of entry: Entry) throws -> Bool {
        let form = ChangesetForm()
        var digest = Digest(), count = 0, parts = 0, areInOrder = true
        // A part larger than the ones that `Sink` writes is not read, because it would be loaded into memory whole.
        let sql: SQL = """
            SELECT part, iif(length(bytes) <= \(Sink.partSize), bytes, x'') FROM journal_part WHERE entry = \(self.entry) ORDER BY part
            """
        try data.each(sql) { row in
            areInOrder = areInOrder && row.int(0) == parts
            parts += 1
            row.bytes(1) { piece in
                digest.add(piece)
                form.take(piece)
                count += piece.count
            }
        }
        return areInOrder && count == entry.bytes && form.isWhole && digest.finish() == entry.digest
    }

    func damaged() -> any Error {
        failure ?? Failure(.store, .changeset, "the changes of entry \(entry) cannot be read", hint: "laseros log verify")
    }

    func change(_ iterator: OpaquePointer?) throws -> Change {
        var table: UnsafePointer<CChar>?
        var columns: Int32 = 0, operation: Int32 = 0, indirect: Int32 = 0
        guard sqlite3changeset_op(iterator, &table, &columns, &operation, &indirect) == SQLITE_OK, let table else { throw damaged() }
        var before = [Cell?](repeating: nil, count: Int(columns)), after = before
        for i in 0..<columns {
            var value: OpaquePointer?
            if operation != SQLITE_INSERT, sqlite3changeset_old(iterator, i, &value) == SQLITE_OK {
                before[Int(i)] = value.map(Changeset.cell)
            }
            value = nil
            if operation != SQLITE_DELETE, sqlite3changeset_new(iterator, i, &value) == SQLITE_OK {
                after[Int(i)] = value.map(Changeset.cell)
            }
        }
        // The first column of each journalled table is its id.
        guard case .integer(let id)? = before.first.flatMap({ $0 }) ?? after.first.flatMap({ $0 }) else { throw damaged() }
        return Change(table: String(cString: table), kind: Changeset.kind(operation), id: id, before: before, after: after)
    }

    static func cell(_ value: OpaquePointer) -> Cell {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: return .integer(Int(sqlite3_value_int64(value)))
        case SQLITE_FLOAT: return .real(sqlite3_value_double(value))
        case SQLITE_TEXT:
            guard let start = sqlite3_value_text(value) else { return .null }
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))), as: UTF8.self))
        default: return .null
        }
    }
}
