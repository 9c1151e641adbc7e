import Store
import Values

/// What `log verify` has found.
package struct Verification {
    /// The entries up to the first that does not hold.
    package var entries: Int
    /// The hash of the last that does.
    package var head: String
    /// The entry with the hash that was asked for.
    package var known: Int?
    package var faults: Faults

    /// A sentence each; none where everything holds.
    package var lines: [String] {
        let words: [Faults.Topic: String] = [
            .schema: "tables, indexes and triggers", .pages: "damages", .journal: "faults of the history", .rows: "rows",
            .counters: "counters", .sums: "sums", .files: "files",
        ]
        return Faults.Topic.allCases.flatMap { topic in
            let others = faults.others(topic), least = topic == .rows ? "at least " : ""
            return faults.named(topic) + (others > 0 ? ["and \(least)\(others) more \(words[topic] ?? "")"] : [])
        }
    }
}

extension Shop {
    /// Proves the data of the shop: that its tables are as laseros makes them, that the history was not altered and comes to the rows that
    /// there are, that no number can be given twice, and that sums and files are what rows say.
    /// - Parameters:
    ///   - hash: is looked for among the entries that hold.
    ///   - readsFiles: the bytes under `files/` are read as well.
    package func verify(for hash: String? = nil, readsFiles: Bool = true) throws -> Verification {
        try verify(against: MadeSchema(version: version()), for: hash, readsFiles: readsFiles)
    }

    func verify(against made: MadeSchema, for hash: String? = nil, readsFiles: Bool) throws -> Verification {
        let faults = Faults(), numbers = GivenNumbers(self, faults)
        var proof = JournalProof()
        try find(.schema, faults) { try made.findFaults(in: data, faults) }
        // An index that lacks a row hides it from lists.
        try find(.pages, faults) {
            try data.each("PRAGMA integrity_check(20)") { row in
                if row.text(0) != "ok" { faults.add(.pages, "the data file is damaged: \(row.text(0))") }
            }
        }
        try find(.journal, faults) {
            proof = try data.proveJournal(tables: made.tables, made: made.columns, for: hash, numbers, faults)
        }
        numbers.findFaults()
        try find(.rows, faults) {
            let words = try RowWords(self)
            for fault in proof.rows { try faults.add(.rows, try words.sentence(fault)) }
        }
        faults.add(.rows, others: proof.otherRows)
        try find(.sums, faults) { try findWrongSums(faults) }
        if readsFiles { try find(.files, faults) { try findWrongFiles(faults) } }
        return Verification(entries: proof.entries, head: proof.head, known: proof.known, faults: faults)
    }

    /// What keeps a question from being answered is a fault as well: a table that is gone, a page that cannot be read.
    private func find(_ topic: Faults.Topic, _ faults: Faults, _ body: () throws -> Void) throws {
        do { try body() } catch let failure as Failure where failure.kind == .store || failure.kind == .defect {
            faults.add(topic, failure.message)
        }
    }
}
