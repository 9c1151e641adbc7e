import Security
import Values

/// Receives the changes of entries in order.
protocol ChangeVisitor: AnyObject {
    /// Announces the entry of the changes that follow.
    func begin(entry: Int)
    /// - Parameter layout: nil if no current table has any of these columns.
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

    /// The result of reading one entry.
    struct Read {
        var bytes = 0
        /// SHA-256 over all parts; empty if the digest is not checked.
        var digest = ""
        /// Whether the parts are numbered without gaps and form a changeset.
        var isWhole = true
        var tables: [NotedTable] = []
        /// The first table whose columns differ from those recorded for the version, or that the version did not have.
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

    /// The entry of the next part.
    var next: Int? { parts.entry }

    func skip(_ entry: Int) throws { try parts.skip(entry) }

    /// - Parameters:
    ///   - version: the schema version.
    ///   - isReplayed: whether to pass the changes to the visitor.
    /// - Returns: nil if there are no changes of this entry.
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

/// The rows of one table that an entry touched, in the form of `journal_table`.
struct NotedTable: Equatable {
    let name: String
    private(set) var lowest = Int64.max, highest = Int64.min, count = 0
    /// The highest id of an added row.
    private(set) var made: Int64?

    init(name: String) { self.name = name }

    mutating func add(_ operation: ChangesetReader.Operation, _ id: Int64) {
        (lowest, highest, count) = (min(lowest, id), max(highest, id), count + 1)
        if operation == .insert { made = max(made ?? id, id) }
    }

    /// Whether a row of `journal_table`, read from the column `name` on, says the same.
    func isTold(by row: Row) -> Bool {
        row.text(1) == name && Int64(row.int(2)) == lowest && Int64(row.int(3)) == highest && row.int(4) == count
            && (row.isNull(5) ? nil : Int64(row.int(5))) == made
    }
}
