import Security
import Values

/// A journal entry that holds all rows as they were, so that earlier changes can be dropped: a replay of the journal starts from it.
///
/// Its changeset inserts every journalled row. Before them it stores, in the form of rows, what would be lost with the dropped changes: a
/// digest of their rows in `journal_table`, the counters, and the highest id that each table has assigned.
struct Checkpoint {
    let entry: Int
    /// The last entry whose changes were dropped; if the checkpoint cannot be read, the entry before it.
    let through: Int
    /// SHA-256 over the rows of `journal_table` for the dropped entries; nil if it cannot be read.
    let notes: String?

    /// Tables of names and numbers that a checkpoint stores; the numbers may only grow.
    enum Floor: String, CaseIterable { case counters = "aux_counter", sequences = "sqlite_sequence" }

    /// The tables in a checkpoint besides the journalled ones.
    static let tables = ["journal_table"] + Floor.allCases.map(\.rawValue)

    /// Reads the last checkpoint; nil if there is none.
    init?(last data: Database) throws {
        guard let entry = try data.lastCheckpoint() else { return nil }
        let first = FirstRow()
        try data.each("SELECT bytes FROM journal_part WHERE entry = \(entry) AND part = 0") { row in
            row.bytes(0) { bytes in try? ChangesetReader(first).read(bytes) }
        }
        self.entry = entry
        if first.table == Checkpoint.tables[0], first.cells.count == 2, case .integer(let through) = first.cells[0],
            case .text(let notes) = first.cells[1]
        {
            (self.through, self.notes) = (through, notes)
        } else {
            (through, notes) = (entry - 1, nil)
        }
    }

    /// Writes the changeset of a checkpoint.
    static func write(through: Int, of data: Database, to sink: Sink) throws {
        var writer = ChangesetWriter(to: sink)
        let notes = try data.notesDigest(through: through)
        writer.begin(tables[0], columns: 2)
        try Array(notes.utf8).withUnsafeBytes { try writer.write(.insert, new: [.integer(through), BorrowedCell(kind: .text, bytes: $0)]) }
        for table in tables.dropFirst() + (try Session.tables(data)) {
            let cursor = try Cursor(data, "SELECT * FROM \(name: table)"), count = cursor.columns.count
            writer.begin(table, columns: count)
            while try cursor.next() { try writer.write(.insert, new: (0..<count).map { BorrowedCell(cursor.row, $0) }) }
        }
        try writer.finish()
    }

    /// Keeps the first row of a changeset and ignores the others.
    private final class FirstRow: ChangesetSink {
        var table = ""
        var cells: [Cell] = []

        func begin(table: String, columns: Int) { if cells.isEmpty { self.table = table } }
        func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws {
            if cells.isEmpty { cells = new.map(\.owned.cell) }
            throw ChangesetReader.Damage()
        }
    }
}

/// The result of dropping changes.
package struct Dropped: Sendable {
    /// The number of the checkpoint's entry.
    package var entry: Int
    package var entries: Int
    package var bytes: Int
    /// The size of the checkpoint in bytes.
    package var kept: Int
}

extension Database {
    /// Returns the entry of the last checkpoint.
    package func lastCheckpoint() throws -> Int? {
        try one("SELECT max(id) FROM journal WHERE kind = 'checkpoint'") { try $0.get(0) as Int? } ?? nil
    }

    /// Writes a checkpoint, then drops the changes of all entries up to `last` and of earlier checkpoints.
    /// - Parameter deed: describes the entry, given what is dropped.
    package func dropChanges(through last: Int, _ deed: (Dropped) -> EntryDescription) throws -> Dropped {
        let (id, previous) = try next()
        let counted = try one(
            """
            SELECT count(DISTINCT entry), coalesce(sum(length(bytes)), 0) FROM journal_part
            WHERE entry <= \(last) OR entry IN (SELECT id FROM journal WHERE kind = 'checkpoint')
            """
        ) { ($0.int(0), $0.int(1)) }
        let sink = Sink(self, entry: id), earlier = try Checkpoint(last: self)?.through ?? 0
        try Checkpoint.write(through: max(last, earlier), of: self, to: sink)
        let digest = try sink.finish()
        try run(
            "DELETE FROM journal_part WHERE entry <= \(last) OR entry IN (SELECT id FROM journal WHERE kind = 'checkpoint')")
        let dropped = Dropped(entry: id, entries: counted?.0 ?? 0, bytes: counted?.1 ?? 0, kept: sink.count)
        try write(id, deed(dropped), digest: digest, bytes: sink.count, after: previous)
        return dropped
    }

    /// Whether any entry up to `last` still has changes.
    package func hasChanges(through last: Int) throws -> Bool {
        try one("SELECT 1 FROM journal_part WHERE entry <= \(last) LIMIT 1") { _ in true } ?? false
    }

    /// Returns the checkpoint that dropped the changes of an entry; nil if they were not dropped.
    package func checkpoint(dropping entry: Entry) throws -> Int? {
        guard entry.bytes > 0, try one("SELECT 1 FROM journal_part WHERE entry = \(entry.id) LIMIT 1", { _ in true }) == nil,
            let checkpoint = try lastCheckpoint(), checkpoint > entry.id
        else { return nil }
        return checkpoint
    }

    /// - Throws: `refused` if the changes of the entry were dropped.
    package func demandChanges(of entry: Entry) throws {
        guard let checkpoint = try checkpoint(dropping: entry) else { return }
        throw Failure(
            .refused, .checkpoint, "the changes of entry \(entry.id) were dropped by entry \(checkpoint)", hint: "laseros log --wide")
    }

    func notesDigest(through last: Int) throws -> String {
        var digest = Digest()
        try each("SELECT entry, name, lowest, highest, changes, made FROM journal_table WHERE entry <= \(last) ORDER BY entry, id") { row in
            for i in 0..<6 { digest.add("\(row.text(i).utf8.count):\(row.text(i))\n") }
        }
        return digest.finish()
    }
}
