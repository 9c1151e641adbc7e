import CSQLite
import Values

/// A row that would not go back to what it was.
package struct Conflict: Sendable {
    package var table: String
    package var id: Int
    /// Why, after the row's name: `was changed since`.
    package var reason: String
}

extension Database {
    /// The last entry of this kind by this person that nothing has taken back.
    package func lastStanding(_ kind: Entry.Kind, by who: String) throws -> Entry? {
        let kinds: SQL = kind == .undo ? "kind = 'undo'" : "kind = 'change'"
        return try one(
            "SELECT \(Entry.columns) FROM journal WHERE who = \(who) AND undone_by IS NULL AND \(kinds) ORDER BY id DESC LIMIT 1"
        ) { try Entry($0).proved() }
    }

    /// The last entry with a change by this person, taken back or not.
    package func lastChange(by who: String) throws -> Entry? {
        try one("SELECT \(Entry.columns) FROM journal WHERE who = \(who) AND kind = 'change' ORDER BY id DESC LIMIT 1") {
            try Entry($0).proved()
        }
    }

    /// Turns an entry's changes round. The caller's session sees them, so that this is an entry like any other.
    /// - Returns: the rows that are in the way, none where it is done, and the lowest and the highest id of the rows that were touched,
    ///   by table. With conflicts the caller rolls back.
    /// - Throws: `store` when the entry or its changes were altered.
    package func revert(_ entry: Entry) throws -> (conflicts: [Conflict], touched: [String: ClosedRange<Int>]) {
        // What is only made to be applied has a number that no entry has.
        let source = try Changeset(self, provedOf: entry), turned = -2 * entry.id, moved = turned - 1
        let clear = { try self.run("DELETE FROM journal_part WHERE entry IN (\(turned), \(moved))") }
        try clear()
        let inverse = Sink(self, entry: turned)
        let code = sqlite3changeset_invert_strm(Changeset.get, source.context, Sink.put, Unmanaged.passUnretained(inverse).toOpaque())
        if let failure = inverse.failure { throw failure }
        guard code == SQLITE_OK else { throw source.damaged() }
        _ = try inverse.finish()
        defer { try? clear() }

        let rows = inverse.tables.reduce(0) { $0 + $1.count }
        let touched = Dictionary(inverse.tables.map { ($0.name, $0.lowest...$0.highest) }) { $1 }
        switch try fit(inverse.tables, of: entry.schema) {
        case .asItIs: return (try apply(turned, rows: rows), touched)
        case .byNames:
            try ChangesetColumns(self, from: entry.schema).rewrite(Changeset(self, of: turned), into: Sink(self, entry: moved))
            return (try apply(moved, rows: rows), touched)
        case .none(let names):
            let words = names.map { $0.split(separator: "_").joined(separator: " ") }
            return (words.map { Conflict(table: "", id: 0, reason: "columns that \($0) had in version \(entry.schema) are gone") }, [:])
        }
    }

    /// Applies a kept changeset: each of its rows, or none.
    private func apply(_ entry: Int, rows: Int) throws -> [Conflict] {
        let input = Changeset(self, of: entry), judge = ConflictCollector(input), tally = Tally()
        sqlite3_update_hook(handle, Tally.count, Unmanaged.passUnretained(tally).toOpaque())
        let applied = sqlite3changeset_apply_v2_strm(
            handle, Changeset.get, input.context, nil, ConflictCollector.conflict, Unmanaged.passUnretained(judge).toOpaque(), nil, nil, 0)
        sqlite3_update_hook(handle, nil, nil)
        if !judge.conflicts.isEmpty { return judge.conflicts }
        guard applied == SQLITE_OK else { throw try input.failure ?? failure(ofApplying: applied) }
        guard tally.rows == rows else {
            return [Conflict(table: "", id: 0, reason: "only \(tally.rows) of \(rows) rows could be undone")]
        }
        return []
    }

    /// SQLite keeps no message of its own for it. A statement that was interrupted, or a disk that failed, has ended the transaction, and what
    /// SQLite says then is that its savepoint is gone.
    private func failure(ofApplying code: Int32) throws -> Failure {
        try Interrupt.check()
        let cause = code & 0xFF == SQLITE_ERROR && sqlite3_get_autocommit(handle) != 0 ? SQLITE_IOERR : code
        return failure(of: cause, "undo")
    }

    /// Marks an entry as undone; an entry that it had undone itself is in effect again.
    package func markUndone(_ entry: Entry, by id: Int) throws {
        try run("UPDATE journal SET undone_by = \(id) WHERE id = \(entry.id)")
        if let first = entry.undoes { try run("UPDATE journal SET undone_by = NULL WHERE id = \(first)") }
    }
}

/// Counts the rows of journalled tables that change; triggers write others.
private final class Tally {
    var rows = 0

    static let count: @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, Int64) -> Void = {
        context, _, _, table, _ in
        guard let context, let table, Session.isJournalled(table) else { return }
        Unmanaged<Tally>.fromOpaque(context).takeUnretainedValue().rows += 1
    }
}

/// Collects every conflict of one undo, so that all can be named at once.
private final class ConflictCollector {
    let input: Changeset
    var conflicts: [Conflict] = []
    init(_ input: Changeset) { self.input = input }

    static let conflict: @convention(c) (UnsafeMutableRawPointer?, Int32, OpaquePointer?) -> Int32 = { context, kind, iterator in
        guard let context else { return SQLITE_CHANGESET_ABORT }
        return Unmanaged<ConflictCollector>.fromOpaque(context).takeUnretainedValue().take(kind, iterator)
    }

    private func take(_ kind: Int32, _ iterator: OpaquePointer?) -> Int32 {
        if kind == SQLITE_CHANGESET_FOREIGN_KEY {
            let rows =
                (try? input.data.all("PRAGMA foreign_key_check") { Conflict(table: $0.text(0), id: $0.int(1), reason: "refers to it") })
                ?? []
            conflicts += rows.isEmpty ? [Conflict(table: "", id: 0, reason: "something else refers to it")] : rows
            return SQLITE_CHANGESET_OMIT
        }
        guard conflicts.count < 1000, let change = try? input.change(iterator) else { return SQLITE_CHANGESET_ABORT }
        let reason =
            switch kind {
            case SQLITE_CHANGESET_DATA: "was changed since"
            case SQLITE_CHANGESET_NOTFOUND: "was removed since"
            case SQLITE_CHANGESET_CONFLICT: "stands again already"
            default: "cannot be undone: " + input.data.failure().message
            }
        conflicts.append(Conflict(table: change.table, id: change.id, reason: reason))
        return SQLITE_CHANGESET_OMIT
    }
}
