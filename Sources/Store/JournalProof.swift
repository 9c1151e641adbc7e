import Values

/// What `verifyJournal` found.
package struct JournalProof: Sendable {
    /// The entries up to the first that does not hold.
    package var entries = 0
    /// The hash of the last that holds.
    package var head = ""
    /// The first that does not hold, and why.
    package var fault: String?
    /// The entry with the hash that was asked for.
    package var known: Int?
}

extension Database {
    /// Walks the chain from the first entry, one entry in memory.
    /// - Parameter hash: is looked for among the entries that hold.
    package func verifyJournal(for hash: String? = nil) throws -> JournalProof {
        var proof = JournalProof()
        try each("SELECT \(Entry.columns) FROM journal ORDER BY id") { row in
            guard proof.fault == nil else { return }
            proof.entries += 1
            let id = proof.entries
            guard row.int(0) == id else { return proof.fault = "entry \(id) is missing" }
            guard let entry = try? Entry(row).proved(), entry.previous == proof.head else { return proof.fault = "entry \(id) was altered" }
            guard try Changeset(self, of: id).isThat(of: entry) else { return proof.fault = "the changes of entry \(id) were altered" }
            proof.head = entry.hash
            if entry.hash == hash { proof.known = id }
        }
        if proof.fault == nil, let wrong = try wronglyUndone() { proof.fault = "entry \(wrong) was altered: what undid it does not agree" }
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
