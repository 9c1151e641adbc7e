import Glibc
import Values

/// A journal entry: one command that changed something.
package struct Entry: Sendable {
    package enum Kind: String, Choice, Stored, Presentable {
        case change, undo, redo, upgrade
        /// A snapshot of all rows; changes before it may be dropped.
        case checkpoint
        /// The intent to do something outside the database, and its outcome. Neither can be undone.
        case claim, act

        /// Whether an undo can restore the rows.
        package var canBeUndone: Bool { [.change, .undo, .redo].contains(self) }

        /// Whether the entry is written even if no row changed.
        var speaksWithoutChanges: Bool { self == .claim || self == .act }
    }

    package var id: Int
    package var kind: Kind
    package var at: Moment
    package var who: String
    /// The command line without the program's name, quoted for a shell.
    package var words: String
    package var sentence: String
    /// The schema version of its changeset.
    package var schema: Int
    /// The size of its changeset in bytes.
    package var bytes: Int
    /// The SHA-256 of its changeset.
    package var digest: String
    /// The hash of the previous entry; empty for the first.
    package var previous: String
    package var hash: String
    /// The entry that this one undoes.
    package var undoes: Int?
    /// The entry that undid this one.
    package var undoneBy: Int?

    static let columns: SQL = "id, kind, at, who, words, sentence, schema, bytes, digest, previous, hash, undoes, undone_by"

    init(_ row: Row) throws {
        id = try row.get(0)
        kind = try row.get(1)
        at = try row.get(2)
        (who, words, sentence) = (row.text(3), row.text(4), row.text(5))
        (schema, bytes) = (try row.get(6), try row.get(7))
        (digest, previous, hash) = (row.text(8), row.text(9), row.text(10))
        undoes = try row.get(11)
        undoneBy = try row.get(12)
    }

    /// The hash over all immutable fields of the entry: see `EntryProof`.
    var proof: String {
        let fields = [
            "\(id)", kind.rawValue, "\(at)", who, words, sentence, "\(schema)", "\(bytes)", digest, previous, undoes.map { "\($0)" } ?? "",
        ]
        var proof = EntryProof()
        for field in fields { proof.add(field) }
        return proof.finish()
    }

    /// Returns the entry after checking its hash and that it undoes an earlier entry.
    /// - Throws: `store` if it was altered.
    func proved() throws -> Entry {
        guard hash == proof, id > 0, undoes ?? 0 < id else { throw Entry.altered("entry \(id) was altered") }
        return self
    }

    static func altered(_ what: String) -> Failure {
        Failure(.store, .journal, "\(what) outside laseros: it is not used", hint: "laseros log verify")
    }
}

/// What the journal stores about a command.
package struct EntryDescription: Sendable {
    package var kind: Entry.Kind
    package var at: Moment
    package var who: String
    package var words: [String]
    package var sentence: String
    package var undoes: Int?

    package init(_ kind: Entry.Kind, at: Moment, who: String, words: [String], sentence: String, undoes: Int? = nil) {
        (self.kind, self.at, self.who, self.words, self.sentence, self.undoes) = (kind, at, who, words, sentence, undoes)
    }
}

/// The changes that one step of a transaction made.
package struct Recording {
    /// The number of its entry; nil if nothing changed or no entry was written.
    package let entry: Int?
    /// Nil if nothing changed.
    package let changes: Changeset?

    static var nothing: Recording { Recording(entry: nil, changes: nil) }

    fileprivate init(entry: Int?, changes: Changeset?) { (self.entry, self.changes) = (entry, changes) }

    /// The changes of a step that is not stored.
    init(_ data: Database, _ session: Session) throws {
        let seen = try session.isEmpty ? nil : Changeset(data, seenBy: session)
        self.init(entry: nil, changes: seen?.size == 0 ? nil : seen)
    }
}

extension Database {
    /// Stores the session's changeset and its entry.
    func record(_ session: Session, _ deed: EntryDescription) throws -> Recording {
        guard !session.isEmpty || deed.kind.speaksWithoutChanges else { return .nothing }
        let (id, previous) = try next(), search = keepsSearch ? SearchChanges(self) : nil
        let sink = Sink(self, entry: id, search: searchSession == nil ? search : nil)
        if !session.isEmpty { try session.write(to: sink) }
        if let search { try searchSession?.read(into: search) }
        try search?.finish()
        let digest = try sink.finish()
        // Changes that cancel each other leave an empty changeset.
        guard sink.count > 0 || deed.kind.speaksWithoutChanges else { return .nothing }
        try write(id, deed, digest: digest, bytes: sink.count, after: previous)
        try note(sink.tables, of: id)
        return Recording(entry: id, changes: sink.count > 0 ? Changeset(self, of: id, size: sink.count) : nil)
    }

    /// The number of the next entry, and the hash of the previous one.
    func next() throws -> (id: Int, previous: String) {
        let last = try one("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1") { (id: try $0.get(0) as Int, hash: $0.text(1)) }
        return ((last?.id ?? 0) + 1, last?.hash ?? "")
    }

    func write(_ id: Int, _ deed: EntryDescription, digest: String, bytes: Int, after previous: String) throws {
        let schema = try schemaVersion()
        try run(
            """
            INSERT INTO journal (id, kind, at, who, words, sentence, schema, bytes, digest, previous, hash, undoes)
            VALUES (\(id), \(deed.kind), \(deed.at), \(deed.who), \(ShellLine.text(deed.words)), \(deed.sentence), \(schema),
                    \(bytes), \(digest), \(previous), '', \(deed.undoes))
            """)
        guard let entry = try kept(id) else { throw Failure(.defect, .journal, "entry \(id) was not kept") }
        try run("UPDATE journal SET hash = \(entry.proof) WHERE id = \(id)")
    }

    private func kept(_ id: Int) throws -> Entry? { try one("SELECT \(Entry.columns) FROM journal WHERE id = \(id)", Entry.init) }

    /// The last entry; nil if there is none.
    package func lastEntry() throws -> Entry? { try one("SELECT \(Entry.columns) FROM journal ORDER BY id DESC LIMIT 1", Entry.init) }

    /// - Throws: `store` if the entry was altered.
    package func entry(_ id: Int) throws -> Entry? { try kept(id)?.proved() }

    /// Stores which rows an entry touched, as one range of ids per table. That suffices to find the history of a row without an index
    /// record for each.
    func note(_ tables: [TouchedTable], of entry: Int) throws {
        for table in tables {
            try run(
                """
                INSERT INTO journal_table (entry, name, lowest, highest, changes, made)
                VALUES (\(entry), \(table.name), \(table.lowest), \(table.highest), \(table.count), \(table.made))
                """)
        }
    }
}
