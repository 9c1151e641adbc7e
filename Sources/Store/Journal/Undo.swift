import CSQLite
import Values

/// A row that an undo could not restore.
package struct Conflict: Sendable {
    package var table: String
    package var id: Int
    /// The reason, to follow the row's name: `was changed since`.
    package var reason: String
}

extension Database {
    /// Returns the last entry of a kind by this person that is not undone.
    package func lastStanding(_ kind: Entry.Kind, by who: String) throws -> Entry? {
        let kinds: SQL = kind == .undo ? "kind = 'undo'" : "kind = 'change'"
        return try one(
            "SELECT \(Entry.columns) FROM journal WHERE who = \(who) AND undone_by IS NULL AND \(kinds) ORDER BY id DESC LIMIT 1"
        ) { try Entry($0).proved() }
    }

    /// Returns the last change by this person, undone or not.
    package func lastChange(by who: String) throws -> Entry? {
        try one("SELECT \(Entry.columns) FROM journal WHERE who = \(who) AND kind = 'change' ORDER BY id DESC LIMIT 1") {
            try Entry($0).proved()
        }
    }

    /// Applies the inverse of an entry's changes. The caller's session records them, so that the undo is an entry like any other.
    /// - Returns: the conflicting rows, empty on success, and the range of ids of the touched rows by table. If there are conflicts, the
    ///   caller rolls back.
    /// - Throws: `store` if the entry or its changes were altered.
    package func revert(_ entry: Entry) throws -> (conflicts: [Conflict], touched: [String: ClosedRange<Int>]) {
        // Temporary changesets are stored under negative numbers, which no entry has.
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

    /// Applies a stored changeset completely, or returns its conflicts.
    private func apply(_ entry: Int, rows: Int) throws -> [Conflict] {
        let input = Changeset(self, of: entry), judge = ConflictCollector(input), tally = Tally()
        sqlite3_update_hook(handle, Tally.count, Unmanaged.passUnretained(tally).toOpaque())
        let applied = sqlite3changeset_apply_v2_strm(
            handle, Changeset.get, input.context, nil, ConflictCollector.conflict, Unmanaged.passUnretained(judge).toOpaque(), nil, nil, 0)
        sqlite3_update_hook(handle, nil, nil)
        if !judge.conflicts.isEmpty { return judge.conflicts }
        guard applied == SQLITE_OK else { throw try input.failure ?? failure(ofApplying: applied) }
        // A row that a constraint refuses before the others are there is tried again after them, and counted twice.
        guard tally.rows >= rows else {
            return [Conflict(table: "", id: 0, reason: "only \(tally.rows) of \(rows) rows could be undone")]
        }
        return []
    }

    /// Returns the failure of applying a changeset, for which SQLite leaves no message. If an interrupt or a disk error has ended the
    /// transaction, SQLite reports only that the savepoint is missing.
    private func failure(ofApplying code: Int32) throws -> Failure {
        try Interrupt.check()
        let cause = code & 0xFF == SQLITE_ERROR && sqlite3_get_autocommit(handle) != 0 ? SQLITE_IOERR : code
        return failure(of: cause, "undo")
    }

    /// Marks an entry as undone. If the entry was itself an undo, the entry that it undid takes effect again.
    package func markUndone(_ entry: Entry, by id: Int) throws {
        try run("UPDATE journal SET undone_by = \(id) WHERE id = \(entry.id)")
        if let first = entry.undoes { try run("UPDATE journal SET undone_by = NULL WHERE id = \(first)") }
    }
}

/// Counts the changed rows of journalled tables, without those that triggers change elsewhere.
private final class Tally {
    var rows = 0

    static let count: @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, Int64) -> Void = {
        context, _, _, table, _ in
        guard let context, let table, Session.isJournalled(table) else { return }
        Unmanaged<Tally>.fromOpaque(context).takeUnretainedValue().rows += 1
    }
}

/// Collects all conflicts of one undo, so that one message can name them.
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
