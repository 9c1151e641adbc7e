import Security
import Values

/// Sees what entries have changed, in their order.
protocol ChangeVisitor: AnyObject {
    /// What comes next is of this entry.
    func begin(entry: Int)
    /// - Parameter layout: nil where the tables of today have nothing of it.
    func begin(table: String, layout: SchemaColumns.Layout?)
    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws
}

/// Reads the changes of one entry after the other, part by part.
final class EntryChanges: ChangesetSink {
    private let columns: SchemaColumns
    private let visitor: any ChangeVisitor
    private let isProving: Bool
    private var parts: EntryRows
    private lazy var reader = ChangesetReader(self)
    private var version = 0
    private var isCheckpoint = false, isReplayed = true

    /// What was read of one entry.
    struct Read {
        var bytes = 0
        /// Of all parts, where that is to be proved.
        var digest = ""
        /// The parts follow each other, and what they hold is a changeset.
        var isWhole = true
        var tables: [NotedTable] = []
        /// A table of which the version had other columns, or which it had not.
        var misfit: String?
    }
    private var found = Read()

    init(_ data: Database, _ columns: SchemaColumns, _ visitor: any ChangeVisitor, isProving: Bool) throws {
        (self.columns, self.visitor, self.isProving) = (columns, visitor, isProving)
        parts = try EntryRows(
            data,
            """
            SELECT entry, part, iif(length(bytes) <= \(Sink.partSize), bytes, x'') FROM journal_part ORDER BY entry, part
            """)
    }

    /// The entry that the next part belongs to.
    var next: Int? { parts.entry }

    func skip(_ entry: Int) throws { try parts.skip(entry) }

    /// - Parameters:
    ///   - version: of the schema.
    ///   - isReplayed: the visitor sees them.
    /// - Returns: nil where there are no changes of it.
    func read(_ entry: Int, version: Int, isCheckpoint: Bool, isReplayed: Bool) throws -> Read? {
        guard parts.entry == entry else { return nil }
        (found, self.version, self.isCheckpoint, self.isReplayed) = (Read(), version, isCheckpoint, isReplayed)
        if isReplayed { visitor.begin(entry: entry) }
        reader.reset()
        var digest = Digest(), part = 0
        while parts.entry == entry {
            if parts.row.int(1) != part { found.isWhole = false }
            try parts.row.bytes(2) { bytes in
                if isProving { digest.add(bytes) }
                found.bytes += bytes.count
                try readable { try reader.read(bytes) }
            }
            part += 1
            try parts.next()
        }
        try readable { try reader.finish() }
        if isProving { found.digest = digest.finish() }
        return found
    }

    private func readable(_ body: () throws -> Void) throws {
        guard found.isWhole else { return }
        do { try body() } catch is ChangesetReader.Damage { found.isWhole = false }
    }

    func begin(table: String, columns count: Int) throws {
        found.tables.append(NotedTable(name: table))
        let isOfCheckpoint = isCheckpoint && Checkpoint.tables.contains(table)
        let layout = isOfCheckpoint ? nil : columns.layout(of: table, inVersion: version)
        let fits = isOfCheckpoint || layout?.columns.count == count
        if !fits { found.misfit = table }
        if isReplayed { visitor.begin(table: table, layout: fits ? layout : nil) }
    }

    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws {
        let key = operation == .insert ? new[0] : old[0]
        if key.kind == .integer {
            found.tables[found.tables.count - 1].add(operation, key.id)
        } else if !isCheckpoint {
            throw ChangesetReader.Damage()
        }
        if isReplayed { try visitor.take(operation, old: old, new: new) }
    }
}

/// Which rows of a table one entry touched, as `journal_table` keeps it.
struct NotedTable: Equatable {
    let name: String
    private(set) var lowest = Int64.max, highest = Int64.min, count = 0
    /// The highest id of a row that was added.
    private(set) var made: Int64?

    init(name: String) { self.name = name }

    mutating func add(_ operation: ChangesetReader.Operation, _ id: Int64) {
        (lowest, highest, count) = (min(lowest, id), max(highest, id), count + 1)
        if operation == .insert { made = max(made ?? id, id) }
    }

    /// Whether a row of `journal_table` tells of it: its columns from `name` on.
    func isTold(by row: Row) -> Bool {
        row.text(1) == name && Int64(row.int(2)) == lowest && Int64(row.int(3)) == highest && row.int(4) == count
            && (row.isNull(5) ? nil : Int64(row.int(5))) == made
    }
}
