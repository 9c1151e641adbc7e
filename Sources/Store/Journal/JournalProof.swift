import Values

/// The result of verifying the journal.
package struct JournalProof: Sendable {
    /// The number of valid entries before the first invalid one.
    package var entries = 0
    /// The hash of the last of them.
    package var head = ""
    /// The number of the entry with the requested hash.
    package var known: Int?
    /// Rows that differ from the journal.
    package var rows: [RowFault] = []
    /// A lower bound for the number of further rows that differ.
    package var otherRows = 0

    package init() {}
}

extension Database {
    /// The number of buckets to compare row by row. Each has at least one row that differs.
    private static let looked = 2 * Faults.most

    /// Replays the journal from the last checkpoint and compares the result with the rows. If they differ, a second pass finds the rows.
    /// - Parameters:
    ///   - tables: the journalled tables.
    ///   - made: the columns of each table by schema version.
    ///   - hash: the hash to look for among the valid entries.
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

    /// Returns the first entry whose `undone_by` is wrong. It must be the last entry that undid it, unless that entry was itself undone.
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
