import Security
import Values

/// Reads the journal once from the first entry to the last. Three cursors advance together over the entries, their changes and
/// `journal_table`, so that no query runs per entry and only one entry is in memory.
final class JournalWalk {
    private let data: Database
    private let entries: Cursor
    private let changes: EntryChanges
    private var notes: EntryRows
    private let columns: SchemaColumns
    /// Nil in the second pass, which reads only the changes.
    private let faults: Faults?
    /// The hash of the previous entry.
    private var previous = ""
    private var version = 0

    /// The number of valid entries before the first invalid one, and the hash of the last of them.
    private(set) var count = 0
    private(set) var head = ""
    private var isBroken = false
    private let wanted: String?
    /// The number of the entry with the requested hash.
    private(set) var known: Int?
    /// The checkpoint that the replay starts from.
    private let checkpoint: Checkpoint?

    /// - Parameter hash: the hash to look for among the valid entries.
    init(_ data: Database, _ columns: SchemaColumns, _ visitor: any ChangeVisitor, for hash: String? = nil, faults: Faults?) throws {
        wanted = hash
        (self.data, self.columns, self.faults) = (data, columns, faults)
        checkpoint = try Checkpoint(last: data)
        entries = try Cursor(
            data, "SELECT id, kind, at, who, words, sentence, schema, bytes, digest, previous, hash, undoes FROM journal ORDER BY id")
        notes = try EntryRows(data, "SELECT entry, name, lowest, highest, changes, made FROM journal_table ORDER BY entry, id")
        changes = try EntryChanges(data, columns, visitor, isProving: faults != nil)
    }

    func run() throws {
        var last = 0
        while try entries.next() {
            let row = entries.row, id = row.int(0)
            try strays(upTo: 0)
            if id > last + 1 { try missing(last + 1...id - 1) }
            try entry(row, id, isNext: id == last + 1)
            last = max(last, id)
        }
        try strays(upTo: .max)
        guard let faults, let checkpoint, let notes = checkpoint.notes, try data.notesDigest(through: checkpoint.through) != notes
        else { return }
        faults.add(.journal, "journal_table does not tell what entries 1 to \(checkpoint.through) changed")
    }

    /// Reports changes and rows of `journal_table` that belong to no entry.
    private func strays(upTo last: Int) throws {
        while let id = changes.next, id <= last {
            faults?.add(.journal, "there are changes of entry \(id), but there is no such entry")
            try changes.skip(id)
        }
        while let id = notes.entry, id <= last {
            faults?.add(.journal, "journal_table tells of entry \(id), but there is no such entry")
            try notes.skip(id)
        }
    }

    private func missing(_ ids: ClosedRange<Int>) throws {
        fault(
            ids.lowerBound,
            ids.count == 1 ? "entry \(ids.lowerBound) is missing" : "entries \(ids.lowerBound) to \(ids.upperBound) are missing")
        // Reads the changes of invalid entries, too, because they may still be complete.
        while let id = changes.next, id <= ids.upperBound { _ = try read(id) }
        while let id = notes.entry, id <= ids.upperBound { try notes.next() }
    }

    /// Reports a fault. The first one ends the count of valid entries.
    private func fault(_ entry: Int, _ text: @autoclosure () -> String) {
        faults?.add(.journal, text())
        if !isBroken { count = entry }
        isBroken = true
    }

    private func read(_ id: Int, isCheckpoint: Bool = false) throws -> EntryChanges.Read? {
        try changes.read(id, version: version, isCheckpoint: isCheckpoint, isReplayed: id >= checkpoint?.entry ?? 0)
    }

    private func entry(_ row: Row, _ id: Int, isNext: Bool) throws {
        let schema = row.int(6), size = row.int(7), isCheckpoint = row.text(1) == Entry.Kind.checkpoint.rawValue
        if columns.knows(version: schema) { version = schema }
        let read = try read(id, isCheckpoint: isCheckpoint)
        guard faults != nil else { return }
        let hash = row.text(10), takesBackItself = !row.isNull(11) && row.int(11) >= id
        if EntryProof.of(row) != hash || isNext && row.text(9) != previous || takesBackItself {
            fault(id, "entry \(id) was altered")
        } else if !columns.knows(version: schema) {
            fault(id, "entry \(id) is of version \(schema), which this laseros does not know")
        }
        previous = hash
        if let read {
            try demand(read, id, size, row.text(8), isCheckpoint)
        } else if size > 0 {
            if !isDropped(id, isCheckpoint) { fault(id, "the changes of entry \(id) are missing") }
            try notes.skip(id)
        } else {
            try demandNotes([], of: id)
        }
        guard !isBroken else { return }
        (count, head) = (id, hash)
        if hash == wanted { known = id }
    }

    /// Whether the changes of an entry may have been dropped.
    private func isDropped(_ id: Int, _ isCheckpoint: Bool) -> Bool {
        guard let checkpoint else { return false }
        return id <= checkpoint.through || isCheckpoint && id < checkpoint.entry
    }

    private func demand(_ read: EntryChanges.Read, _ id: Int, _ size: Int, _ digest: String, _ isCheckpoint: Bool) throws {
        guard read.isWhole, read.bytes == size, read.digest == digest else {
            fault(id, "the changes of entry \(id) were altered")
            return try notes.skip(id)
        }
        if let table = read.misfit { fault(id, "the changes of entry \(id) do not fit the columns of \(table) in version \(version)") }
        try demandNotes(isCheckpoint ? [] : read.tables, of: id)
    }

    /// Compares the rows of `journal_table` for an entry with its changes.
    private func demandNotes(_ tables: [NotedTable], of id: Int) throws {
        var isTold = true
        for table in tables {
            guard notes.entry == id else {
                isTold = false
                break
            }
            if !table.isTold(by: notes.row) { isTold = false }
            try notes.next()
        }
        if notes.entry == id { isTold = false }
        try notes.skip(id)
        if !isTold { faults?.add(.journal, "journal_table does not tell what entry \(id) changed") }
    }
}
