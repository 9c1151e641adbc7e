import Security
import Values

/// An entry that holds all rows as they stood, so that the changes before it can be dropped: the journal is replayed from it.
///
/// Its changes add every journalled row. Before them it keeps, as if they were rows too, what else dropped changes would have told: a digest
/// of what `journal_table` says of them, the counters, and the highest id that each table has given.
struct Checkpoint {
    let entry: Int
    /// The last entry whose changes were dropped; the one before the checkpoint where that cannot be read any more.
    let through: Int
    /// SHA-256 over the rows of `journal_table` of these; nil where it cannot be read.
    let notes: String?

    /// Tables of names and numbers of which a checkpoint keeps the rows: what is there may only grow.
    enum Floor: String, CaseIterable { case counters = "aux_counter", sequences = "sqlite_sequence" }

    /// What it keeps of others than the journalled tables.
    static let tables = ["journal_table"] + Floor.allCases.map(\.rawValue)

    /// The last one; nil where there is none.
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

    /// Writes what a checkpoint holds.
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

    /// Sees the first row of a changeset, and no other.
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

/// What dropping changes comes to.
package struct Dropped: Sendable {
    /// The checkpoint.
    package var entry: Int
    package var entries: Int
    package var bytes: Int
    /// Of the checkpoint.
    package var kept: Int
}

extension Database {
    /// The last checkpoint's entry.
    package func lastCheckpoint() throws -> Int? {
        try one("SELECT max(id) FROM journal WHERE kind = 'checkpoint'") { try $0.get(0) as Int? } ?? nil
    }

    /// Drops the changes of all entries up to one, and of checkpoints before, behind a new checkpoint.
    /// - Parameter deed: makes the entry, once it is known what is dropped.
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

    /// Whether there are changes of entries up to one.
    package func hasChanges(through last: Int) throws -> Bool {
        try one("SELECT 1 FROM journal_part WHERE entry <= \(last) LIMIT 1") { _ in true } ?? false
    }

    /// The checkpoint behind which the changes of an entry were dropped; nil where they were not.
    package func checkpoint(dropping entry: Entry) throws -> Int? {
        guard entry.bytes > 0, try one("SELECT 1 FROM journal_part WHERE entry = \(entry.id) LIMIT 1", { _ in true }) == nil,
            let checkpoint = try lastCheckpoint(), checkpoint > entry.id
        else { return nil }
        return checkpoint
    }

    /// - Throws: `refused` where the changes of an entry were dropped.
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
