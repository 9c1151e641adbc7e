import Testing
import Values

@testable import Security
@testable import Store
@testable import Commands

/// A stored changeset is checked before it is read. If an attacker recalculates the hashes, SQLite still gets only well-formed changesets.
@Suite struct ChangesetTests {
    private static func bytes(_ workshop: Workshop, of entry: Int) throws -> [UInt8] {
        try workshop.reading { data in
            var bytes: [UInt8] = []
            try data.each("SELECT bytes FROM journal_part WHERE entry = \(entry) ORDER BY part") { $0.bytes(0) { bytes += $0 } }
            return bytes
        }
    }

    private static func isWhole(_ bytes: some Collection<UInt8>, inPiecesOf size: Int = .max) -> Bool {
        let form = ChangesetForm()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            rest.prefix(size).withUnsafeBytes { form.take($0) }
            rest = rest.dropFirst(size)
        }
        return form.isWhole
    }

    @Test func honestOnesAreWhole() throws {
        let workshop = try ExampleShop.copy()
        for entry in 1...(try workshop.lastEntry()) {
            let bytes = try Self.bytes(workshop, of: entry)
            #expect(Self.isWhole(bytes) && Self.isWhole(bytes, inPiecesOf: 1) && Self.isWhole(bytes, inPiecesOf: 7), "entry \(entry)")
        }
        #expect(Self.isWhole([]))
    }

    /// A truncated changeset is accepted only if it ends between changes.
    @Test func partsAreNotWhole() throws {
        let workshop = try ExampleShop.copy(), bytes = try Self.bytes(workshop, of: 3)
        let whole = bytes.indices.count { Self.isWhole(bytes[..<$0]) }
        #expect(whole < 5 && bytes.count > 50)
        #expect(!Self.isWhole(bytes + [0]) && !Self.isWhole(bytes.dropFirst()))
    }

    /// Replaces a changeset and recalculates the hashes.
    private static func forge(_ workshop: Workshop, _ entry: Int, _ bytes: [UInt8]) throws {
        let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let digest = bytes.withUnsafeBytes { Digest.of($0) }
        try workshop.tamper(
            """
            DELETE FROM journal_part WHERE entry = \(entry); INSERT INTO journal_part (entry, part, bytes) VALUES (\(entry), 0, x'\(hex)');
            UPDATE journal SET bytes = \(bytes.count), digest = '\(digest)' WHERE id = \(entry)
            """)
        let data = try Database(workshop.data, .writing)
        let altered = try #require(try data.one("SELECT \(Entry.columns) FROM journal WHERE id = \(entry)", Entry.init))
        try data.run("UPDATE journal SET hash = \(altered.proof) WHERE id = \(entry)")
    }

    /// Random changesets with a valid format are read to the end. An endless loop would exceed the time limit.
    @Test func forgedOnesEnd() throws {
        let workshop = try ExampleShop.copy(), last = try workshop.lastEntry(), original = try Self.bytes(workshop, of: last - 2)
        var random = Seeded(10), taken = 0
        #expect(original.count > 100)
        for _ in 0..<100 {
            var bytes = original
            for _ in 0...Int.random(in: 0...2, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = [0, 1, 5, 9, 18, 23, 84, 127, 255].randomElement(using: &random)!
            }
            try Self.forge(workshop, last - 2, bytes)
            taken += Self.isWhole(bytes) ? 1 : 0
            let shown = try workshop.run("laseros log show \(last - 2)"), undone = try workshop.run("laseros undo \(last - 2) --dry-run")
            #expect([0, 6].contains(shown.code) && [0, 4, 6].contains(undone.code), "\(bytes): \(shown.said)\(undone.said)")
        }
        #expect(taken > 5 && taken < 95)
    }

    /// SQLite 3.40 loops forever on a table name without an end.
    @Test(
        arguments: [
            [84, 2, 1, 0] + Array("client".utf8), [84], [84, 0], [84, 2, 1, 0, 99, 0, 18],
            [84, 1, 1, 99, 0, 18, 0, 3, 0x8F, 0xFF, 0xFF, 0x7F],
            [80, 1, 1, 99, 0], [84, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [84, 1, 1, 99, 0, 18, 0, 0], [84, 1, 1, 99, 0, 18, 0, 9],
        ] as [[UInt8]])
    func brokenOnesAreRefused(_ bytes: [UInt8]) throws {
        #expect(!Self.isWhole(bytes))
        let workshop = try Workshop()
        try workshop.demand("laseros client add 'Karoo Signs'")
        try Self.forge(workshop, 1, bytes)
        for line in ["log show 1", "undo", "undo 1 --dry-run", "log show last"] {
            let answered = try workshop.run("laseros " + line)
            let isNamed = answered.said.contains("entry 1 ") && answered.said.contains("laseros log verify")
            #expect(answered.code == 6 && isNamed, "\(answered.said)")
        }
        #expect(try workshop.run("laseros log verify").code == 1)
    }

    /// Each damaged entry is named by its number, and nothing is undone.
    @Test(arguments: [
        "UPDATE journal_part SET bytes = zeroblob(length(bytes)) WHERE entry = 2", "DELETE FROM journal_part WHERE entry = 2",
        "UPDATE journal_part SET part = 1 WHERE entry = 2", "UPDATE journal_part SET bytes = zeroblob(300000) WHERE entry = 2",
        "INSERT INTO journal_part (entry, part, bytes) VALUES (2, 1, x'00')", "UPDATE journal SET sentence = 'another' WHERE id = 2",
        "INSERT INTO journal_part (entry, part, bytes) VALUES (2, -9223372036854775807 - 1, x'')",
    ])
    func alteredOnesAreRefused(_ sql: String) throws {
        let workshop = try Workshop()
        for line in ["client add 'Karoo Signs'", "client add Brass", "client add Farm", "client edit 1 3 --notes x"] {
            try workshop.demand("laseros " + line)
        }
        // The changeset has to be read to find out whether the entry touched the second client.
        #expect(try workshop.demand("laseros log CL-0002 --codes") == "2\n")
        try workshop.tamper(sql)
        let before = try ShopState(workshop)
        for line in ["undo 2", "undo 2 --dry-run", "log show 2"] {
            let answered = try workshop.run("laseros " + line)
            #expect(answered.code == 6 && answered.said.contains("entry 2 "), "\(line): \(answered.said)")
        }
        #expect(try ShopState(workshop) == before)
        try workshop.tamper("UPDATE journal_part SET bytes = x'54' WHERE entry = 4")
        #expect(try workshop.run("laseros log CL-0002").code == 6)
    }

    /// An entry that undoes itself has no original change.
    @Test func undoingInCirclesEnds() throws {
        let workshop = try Workshop()
        for line in ["client add 'Karoo Signs'", "undo", "redo"] { try workshop.demand("laseros " + line) }
        for (entry, undoes) in [(3, 3), (2, 3), (3, Int.min), (2, Int.max)] {
            try workshop.tamper("UPDATE journal SET undoes = \(undoes), undone_by = NULL WHERE id = \(entry)")
            let data = try Database(workshop.data, .writing)
            if let altered = try data.one("SELECT \(Entry.columns) FROM journal WHERE id = \(entry)", { try? Entry($0) }) ?? nil {
                try data.run("UPDATE journal SET hash = \(altered.proof) WHERE id = \(entry)")
            }
            #expect(try workshop.run("laseros undo \(entry)").code == 6)
            #expect(try workshop.run("laseros log verify").code == 1)
        }
    }
}
