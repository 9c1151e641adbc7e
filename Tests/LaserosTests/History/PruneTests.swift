import Testing
import Values

@testable import Store
@testable import Commands

/// Changes are dropped after a checkpoint with all rows is written, so that the data can still be verified.
@Suite struct PruneTests {
    private static func pruned(_ words: String = "--keep 3") throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros log prune \(words)")
        return workshop
    }

    @Test func pruningKeepsTheLastEntries() throws {
        let workshop = try ExampleShop.copy(), last = try workshop.lastEntry(), state = try ShopState(workshop)
        let tried = try workshop.run("laseros log prune --keep 3 --dry-run")
        #expect(
            tried.out.hasPrefix("would have dropped the changes of \(last - 3) entries, ") && tried.said == "dry run: nothing was stored\n")
        #expect(try workshop.lastEntry() == last)
        let done = try workshop.demand("laseros log prune --keep 3")
        #expect("would have " + done == tried.out)
        #expect(try ShopState(workshop) == state && workshop.lastEntry() == last + 1 && workshop.faults() == [])
        let entries = try workshop.reading { try $0.all("SELECT DISTINCT entry FROM journal_part ORDER BY entry") { $0.int(0) } }
        #expect(entries == [last - 2, last - 1, last, last + 1])

        for line in ["log show 3", "undo 3", "redo 3"] {
            let answered = try workshop.run("laseros \(line)")
            #expect(answered.code == 4 && answered.said.contains("the changes of entry 3 were dropped by entry \(last + 1)"), "\(answered)")
        }
        #expect(try workshop.run("laseros undo \(last + 1)").said.hasPrefix("error: entry \(last + 1) cannot be undone: dropped "))
        #expect(try workshop.demand("laseros log show \(last + 1)").isEmpty)
        // The remaining changes can be undone, and new ones are verified from the checkpoint on.
        for line in ["client add Karoo", "undo", "redo", "client edit 1 --notes x", "redo \(last)", "undo \(last + 6)"] {
            try workshop.demand("laseros \(line)")
            #expect(try workshop.faults() == [], "\(line)")
        }
    }

    @Test func repeatedPruningKeepsOneCheckpoint() throws {
        let workshop = try Self.pruned()
        for keep in [2, 9, 0, 4] {
            try workshop.demand("laseros client add 'Client \(keep)'")
            try workshop.demand("laseros log prune --keep \(keep == 0 ? 1 : keep)")
            #expect(try workshop.faults() == [])
            // Only one checkpoint is kept.
            let count = try workshop.reading {
                try $0.one(
                    "SELECT count(DISTINCT entry) FROM journal_part WHERE entry IN (SELECT id FROM journal WHERE kind = 'checkpoint')"
                ) { $0.int(0) }
            }
            #expect(count == 1)
        }
        #expect(try workshop.run("laseros log prune --keep 1000").out == "no changes are that old\n")
    }

    @Test func changesArePrunedByDay() throws {
        let workshop = try ExampleShop.copy(), last = try workshop.lastEntry()
        try #require(try workshop.run(["client", "add", "Karoo"], at: "2026-08-24T21:59:00Z").code == 0)
        try #require(try workshop.run(["client", "add", "Brass"], at: "2026-08-24T22:00:00Z").code == 0)
        #expect(try workshop.run("laseros log prune --before 2026-08-23").out == "no changes are that old\n")
        // The day begins at midnight in the shop's time zone.
        #expect(try workshop.demand("laseros log prune --before 2026-08-25 --csv --fields entries").hasSuffix("\n\(last + 1)\n"))
        #expect(try workshop.faults() == [])
        for words in ["", "--keep 3 --before today", "--keep -1", "--before soon"] {
            #expect(try workshop.run("laseros log prune \(words)").code == 2, "\(words)")
        }
    }

    @Test func aTamperedHistoryIsNotPruned() throws {
        let workshop = try ExampleShop.copy(), last = try workshop.lastEntry()
        try workshop.tamper("UPDATE client SET notes = 'x' WHERE id = 1")
        let answered = try workshop.run("laseros log prune --keep 1")
        #expect(answered.code == 4 && answered.said.contains("the history does not hold: nothing was dropped"))
        #expect(try workshop.lastEntry() == last)
    }

    @Test(arguments: [
        ("UPDATE client SET name = 'Karoo' WHERE id = 1", "client CL-0001: name is 'Karoo', the journal says 'Karoo Signs'"),
        ("DELETE FROM quote_term WHERE id = 1", "quote term QT-2026-0001/1/1/1 is missing: entry LAST has it"),
        ("UPDATE aux_counter SET value = 3 WHERE series = 'CL-'", "the counter of CL- stands at 3, but 4 was given"),
        ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'client'", "the ids of client go on behind 1, but 4 was given"),
        ("UPDATE journal_table SET changes = 2 WHERE entry = 3", "journal_table does not tell what entries 1 to FIRST changed"),
        ("DELETE FROM journal_part WHERE entry = LAST - 1", "the changes of entry BEFORE are missing"),
        ("DELETE FROM journal_part WHERE entry = LAST", "the changes of entry LAST are missing"),
        ("DELETE FROM journal WHERE id = 3", "entry 3 is missing"),
        ("UPDATE journal_part SET bytes = zeroblob(length(bytes)) WHERE entry = LAST", "the changes of entry LAST were altered"),
        ("UPDATE journal_part SET bytes = CAST(bytes || 'x' AS BLOB) WHERE entry = LAST", "the changes of entry LAST were altered"),
    ])
    func whatIsAlteredBehindACheckpointIsNamed(_ sql: String, _ fault: String) throws {
        let workshop = try Self.pruned(), last = try workshop.lastEntry()
        func filled(_ text: String) -> String {
            [("LAST", last), ("BEFORE", last - 1), ("FIRST", last - 4)].reduce(text) { text, word in
                text.split(separator: word.0, omittingEmptySubsequences: false).joined(separator: "\(word.1)")
            }
        }
        try workshop.tamper(filled(sql))
        let faults = try workshop.faults()
        #expect(faults.contains(filled(fault)), "\(faults)")
    }

    /// After a checkpoint, a number that was assigned and undone before it still counts.
    @Test func numbersAssignedBeforeACheckpointCount() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client add Karoo")
        try workshop.demand("laseros undo")
        try workshop.demand("laseros log prune --keep 1")
        try workshop.tamper("UPDATE aux_counter SET value = 4 WHERE series = 'CL-'")
        try workshop.tamper("UPDATE sqlite_sequence SET seq = 4 WHERE name = 'client'")
        #expect(
            try workshop.faults() == [
                "the ids of client go on behind 4, but 5 was given", "the counter of CL- stands at 4, but 5 was given",
            ])
    }
}
