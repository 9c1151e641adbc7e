import Values

/// What the journal proves.
package struct JournalProof: Sendable {
    /// The entries up to the first that does not hold.
    package var entries = 0
    /// The hash of the last that does.
    package var head = ""
    /// The entry with the hash that was asked for.
    package var known: Int?
    /// Rows that are not what the entries say.
    package var rows: [RowFault] = []
    /// At least so many rows more are not.
    package var otherRows = 0

    package init() {}
}

extension Database {
    /// Buckets of rows that are looked at row by row: each has at least one that does not hold.
    private static let looked = 2 * Faults.most

    /// Replays the journal, from the last checkpoint, against the rows: in one walk through both, and where they differ a second one that
    /// names the rows.
    /// - Parameters:
    ///   - tables: those that are journalled.
    ///   - made: the columns of each, by the version.
    ///   - hash: is looked for among the entries that hold.
    package func proveJournal(
        tables: [String], made: [Int: [String: [String]]], for hash: String?, _ numbers: any NumberWatch, _ faults: Faults
    ) throws -> JournalProof {
        let there = Set(try Session.tables(self)), columns = try SchemaColumns(self, tables: tables.filter(there.contains), made)
        let replay = Replay(self, columns, numbers), walk = try JournalWalk(self, columns, replay, for: hash, faults: faults)
        try walk.run()
        if let wrong = try wronglyUndone() { faults.add(.journal, "entry \(wrong) was altered: what undid it does not agree") }
        try replay.demandSequences(faults)
        var proof = JournalProof()
        (proof.entries, proof.head, proof.known) = (walk.count, walk.head, walk.known)
        let uneven = try replay.takeRows()
        guard !uneven.isEmpty else { return proof }
        let rebuild = Rebuild(columns, buckets: uneven.prefix(Database.looked))
        try JournalWalk(self, columns, rebuild, faults: nil).run()
        (proof.rows, proof.otherRows) = (try rebuild.faults(in: self), max(uneven.count - Database.looked, 0))
        return proof
    }

    /// The first entry of which `undone_by` is not what later entries have made of it: the last one that took it back, unless that was
    /// taken back itself.
    private func wronglyUndone() throws -> Int? {
        try one(
            """
            SELECT journal.id FROM journal LEFT JOIN (
                SELECT target, by, max(at) FROM (
                    SELECT undoes AS target, id AS at, id AS by FROM journal WHERE undoes IS NOT NULL
                    UNION ALL
                    SELECT first.undoes, later.id, NULL FROM journal later JOIN journal first ON first.id = later.undoes
                    WHERE first.undoes IS NOT NULL
                ) GROUP BY target
            ) last ON last.target = journal.id
            WHERE journal.undone_by IS NOT last.by ORDER BY journal.id LIMIT 1
            """
        ) { $0.int(0) }
    }
}
