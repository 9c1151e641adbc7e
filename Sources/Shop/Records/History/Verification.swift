import Store
import Values

/// The result of `log verify`.
package struct Verification {
    /// The number of valid entries before the first invalid one.
    package var entries: Int
    /// The hash of the last of them.
    package var head: String
    /// The number of the entry with the requested hash.
    package var known: Int?
    package var faults: Faults

    /// One sentence per fault; empty if everything is valid.
    package var lines: [String] {
        let words: [Faults.Topic: String] = [
            .schema: "tables, indexes and triggers", .pages: "damages", .journal: "faults of the history", .rows: "rows",
            .counters: "counters", .sums: "sums", .search: "differences of the search index", .files: "files",
        ]
        return Faults.Topic.allCases.flatMap { topic in
            let others = faults.others(topic), least = topic == .rows ? "at least " : ""
            return faults.named(topic) + (others > 0 ? ["and \(least)\(others) more \(words[topic] ?? "")"] : [])
        }
    }
}

extension Shop {
    /// Verifies the data of the shop: the tables match the schema, the journal is unaltered and matches the rows, no number can be assigned
    /// twice, and stored sums and files match the rows.
    /// - Parameters:
    ///   - hash: the hash to look for among the valid entries.
    ///   - readsFiles: whether to read the files below `files/`, too.
    package func verify(for hash: String? = nil, readsFiles: Bool = true) throws -> Verification {
        try verify(Set(Faults.Topic.allCases).subtracting(readsFiles ? [] : [.files]), for: hash)
    }

    /// Verifies some of it. The history proves its rows and numbers with it.
    func verify(_ topics: Set<Faults.Topic>, for hash: String? = nil) throws -> Verification {
        let found = try verify(topics, against: MadeSchema(version: version()), for: hash)
        // The index is right for the rows as laseros left them.
        if topics.contains(.search), found.faults.named(.rows).isEmpty {
            try find(.search, found.faults) { try findWrongSearch(found.faults) }
        }
        return found
    }

    func verify(_ topics: Set<Faults.Topic>, against made: MadeSchema, for hash: String? = nil) throws -> Verification {
        let faults = Faults(), numbers = GivenNumbers(self, faults)
        var proof = JournalProof()
        if topics.contains(.schema) { try find(.schema, faults) { try made.findFaults(in: data, faults) } }
        // A row that is missing from an index is missing from lists.
        if topics.contains(.pages) {
            try find(.pages, faults) {
                try data.each("PRAGMA integrity_check(20)") { row in
                    if row.text(0) != "ok" { faults.add(.pages, "the data file is damaged: \(row.text(0))") }
                }
            }
        }
        if !topics.isDisjoint(with: [.journal, .rows, .counters]) {
            try find(.journal, faults) {
                proof = try data.proveJournal(tables: made.tables, made: made.columns, for: hash, numbers, faults)
            }
            numbers.findFaults()
            try find(.counters, faults) { try findLowCounters(faults) }
            try find(.rows, faults) {
                let words = try RowWords(self)
                for fault in proof.rows { try faults.add(.rows, try words.sentence(fault)) }
            }
            faults.add(.rows, others: proof.otherRows)
        }
        if topics.contains(.sums) { try find(.sums, faults) { try findWrongSums(faults) } }
        if topics.contains(.files) { try find(.files, faults) { try findWrongFiles(faults) } }
        return Verification(entries: proof.entries, head: proof.head, known: proof.known, faults: faults)
    }

    /// Reports counters of numbered child rows that are below a number which a row has.
    private func findLowCounters(_ faults: Faults) throws {
        for path in nouns.flatMap(\.paths) where path.child.isNumbered {
            let child = path.child, owner: SQL = "\(name: child.parent)", number: SQL = "\(name: child.naming.column)"
            try data.each(
                """
                SELECT \(owner), max(\(number)), value FROM \(name: child.table)
                LEFT JOIN aux_counter ON series = \(child.table + " ") || \(owner)
                GROUP BY \(owner) HAVING max(\(number)) > coalesce(value, 0)
                """
            ) { row in
                let stands = row.isNull(2) ? "is gone" : "stands at \(row.int(2))"
                faults.add(.counters, "the counter of \(child.series(row.int(0))) \(stands), but \(row.int(1)) was given")
            }
        }
    }

    /// Reports an error of a check as a fault, such as a missing table or an unreadable page.
    private func find(_ topic: Faults.Topic, _ faults: Faults, _ body: () throws -> Void) throws {
        do { try body() } catch let failure as Failure where failure.kind == .store || failure.kind == .defect {
            faults.add(topic, failure.message)
        }
    }
}
