import Testing
import Values

@testable import Console
@testable import Store
@testable import Commands

/// Every alteration of the history is found, and the first invalid entry is named.
@Suite struct JournalTests {
    private static func entries(_ workshop: Workshop) throws -> [Entry] {
        try workshop.reading { try $0.all("SELECT \(Entry.columns) FROM journal ORDER BY id", Entry.init) }
    }

    static let columns = [
        "id": "id + 100000", "kind": "CASE kind WHEN 'change' THEN 'upgrade' ELSE 'change' END", "at": "'2026-08-23T08:00:00.001Z'",
        "who": "who || ' '", "words": "words || char(10) || '--force'", "sentence": "'nothing happened'", "schema": "schema + 1",
        "bytes": "bytes + 1", "digest": "upper(digest) || '0'", "previous": "'0' || previous", "hash": "substr(hash, 2)",
        "undoes": "coalesce(undoes + 1, 1)", "undone_by": "coalesce(undone_by + 1, 1)",
    ]

    @Test func everyColumnIsTried() throws {
        let workshop = try Workshop()
        let names = try workshop.reading { try $0.all("SELECT name FROM pragma_table_info('journal')") { $0.text(0) } }
        #expect(Set(names) == Set(Self.columns.keys))
    }

    @Test(arguments: columns)
    func anAlteredColumnIsFound(_ column: String, _ expression: String) throws {
        let original = try ExampleShop.copy(), entries = try Self.entries(original), count = entries.count
        #expect(try original.faults() == [])
        // The first and the last entry, one in the middle, and the last that was undone.
        let undone = try #require(entries.last { $0.undoneBy != nil }?.id)
        for entry in [1, count / 2, undone, count] {
            let workshop = try Workshop(like: original)
            try workshop.tamper("UPDATE journal SET \(column) = \(expression) WHERE id = \(entry)")
            let fault = try #require(try workshop.faults().first, "\(column) of entry \(entry)")
            let names = ["entry \(entry) ", "entries \(entry) to "]
            #expect(names.contains { fault.hasPrefix($0) }, "\(column) of entry \(entry): \(fault)")
        }
    }

    @Test func anAlteredChangeIsFound() throws {
        let original = try ExampleShop.copy(), count = try original.lastEntry()
        var random = Seeded(2026)
        for _ in 0..<40 {
            let workshop = try Workshop(like: original), entry = Int.random(in: 1...count, using: &random)
            let read = try workshop.reading {
                try $0.one("SELECT bytes FROM journal_part WHERE entry = \(entry) AND part = 0") { $0.bytes(0) { Array($0) } }
            }
            var bytes = try #require(read)
            bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            try workshop.tamper("UPDATE journal_part SET bytes = x'\(hex)' WHERE entry = \(entry) AND part = 0")
            #expect(try workshop.faults().first == "the changes of entry \(entry) were altered")
        }
    }

    @Test(arguments: [
        ("DELETE FROM journal WHERE id = 7", "entry 7 is missing"),
        ("DELETE FROM journal WHERE id = 1", "entry 1 is missing"),
        ("DELETE FROM journal_part WHERE entry = 7", "the changes of entry 7 are missing"),
        ("INSERT INTO journal_part (entry, part, bytes) VALUES (7, 1, x'00')", "the changes of entry 7 were altered"),
        (
            "INSERT INTO journal_table (entry, name, lowest, highest, changes) VALUES (7, 'client', 1, 1, 1)",
            "journal_table does not tell what entry 7 changed"
        ),
        ("DELETE FROM journal_table WHERE entry = 7", "journal_table does not tell what entry 7 changed"),
        (
            "UPDATE journal SET id = 0 WHERE id = 7; UPDATE journal SET id = 7 WHERE id = 8; UPDATE journal SET id = 8 WHERE id = 0",
            "entry 7 was altered"
        ),
        ("UPDATE journal SET id = id + 1 WHERE id = (SELECT max(id) FROM journal)", "entry LAST is missing"),
        (
            "INSERT INTO journal SELECT id + 1, kind, at, who, words, sentence, schema, bytes, digest, hash, hash, NULL, NULL "
                + "FROM journal ORDER BY id DESC LIMIT 1", "entry NEXT was altered"
        ),
    ])
    func anAlteredOrderIsFound(_ sql: String, _ fault: String) throws {
        let workshop = try ExampleShop.copy(), last = try workshop.lastEntry()
        try workshop.tamper(sql)
        let words = fault.split(separator: " ").map { $0 == "LAST" ? "\(last)" : $0 == "NEXT" ? "\(last + 1)" : String($0) }
        #expect(try workshop.faults().first == words.joined(separator: " "))
    }

    /// Another program calculates the same hash of an entry: SHA-256 over its fields in the order of the columns, each preceded by its
    /// length.
    @Test func hashesAreThoseOfSHA256() throws {
        let workshop = try ExampleShop.copy(), entries = try Self.entries(workshop)
        #expect(entries.last?.undoes != nil && entries.count > 40)
        for entry in [entries[0], entries[1], entries[entries.count - 1]] {
            let undoes = entry.undoes.map { "\($0)" } ?? ""
            let fields: [String] = [
                "\(entry.id)", entry.kind.rawValue, "\(entry.at)", entry.who, entry.words, entry.sentence, "\(entry.schema)",
                "\(entry.bytes)", entry.digest, entry.id == 1 ? "" : entries[entry.id - 2].hash, undoes,
            ]
            let text = fields.map { "\($0.utf8.count):\($0)\n" }.joined()
            let sum = try Subprocess.run(["sh", "-c", "printf %s \"$1\" | sha256sum", "sh", text], in: "/").out
            #expect(sum.prefix(64) == entry.hash, "entry \(entry.id)")
        }
    }

    /// An altered entry with a recalculated hash is valid by itself; the next entry reveals it.
    @Test func aBrokenLinkIsFound() throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("UPDATE journal SET who = 'another' WHERE id = 5")
        let forged = try Self.entries(workshop)[4].proof
        try workshop.tamper("UPDATE journal SET hash = '\(forged)' WHERE id = 5")
        #expect(try workshop.faults() == ["entry 6 was altered"])
    }

    /// A counter below an assigned number would assign that number again.
    @Test(arguments: [("CL-", 3, 4), ("QT-2026-", 1, 4), ("DI-", 0, 2)])
    func aLoweredCounterIsFound(_ series: String, _ value: Int, _ given: Int) throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("UPDATE aux_counter SET value = \(value) WHERE series = '\(series)'")
        #expect(try workshop.faults() == ["the counter of \(series) stands at \(value), but \(given) was given"])
    }

    /// A history without its last entries and their rows is valid; only the hash noted elsewhere reveals it.
    @Test func aCutEndChangesTheHead() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client edit 1 --notes x")
        let head = try workshop.demand("laseros log verify --json --fields head"), last = try workshop.lastEntry()
        try workshop.tamper("DELETE FROM journal WHERE id = \(last)")
        #expect(
            try workshop.faults() == [
                "there are changes of entry \(last), but there is no such entry",
                "journal_table tells of entry \(last), but there is no such entry",
                "client CL-0001: notes is 'x', the journal says nothing",
            ])
        try workshop.tamper(
            "DELETE FROM journal_part WHERE entry = \(last); DELETE FROM journal_table WHERE entry = \(last); UPDATE client SET notes = NULL WHERE id = 1"
        )
        #expect(try workshop.faults() == [])
        #expect(try workshop.demand("laseros log verify --json --fields head") != head)
    }

    /// A hash that was noted is found, whichever entry it belongs to.
    @Test func aKnownHeadIsFound() throws {
        let workshop = try ExampleShop.copy(), entries = try Self.entries(workshop), last = entries.count
        for entry in [1, last / 2, last] {
            let line = "laseros log verify --head \(entries[entry - 1].hash.uppercased()) --csv --no-header --fields fault,since"
            #expect(try workshop.demand(line) == ",\(last - entry)\n")
            #expect(try workshop.demand("laseros log --fields entry,hash --csv").contains("\(entry),\(entries[entry - 1].hash)\n"))
        }
        // The whole chain is recalculated, so that it is valid by itself.
        try workshop.tamper("UPDATE journal SET who = 'another' WHERE id = \(last)")
        let forged = try #require(try Self.entries(workshop).last?.proof)
        try workshop.tamper("UPDATE journal SET hash = '\(forged)' WHERE id = \(last)")
        #expect(try workshop.faults() == [])
        for (entry, code) in [(last - 1, 0), (last, 1)] as [(Int, Int32)] {
            let answered = try workshop.run("laseros log verify --head \(entries[entry - 1].hash)")
            #expect(answered.code == code, "\(answered.out)")
        }
        for wrong in ["", "abc", String(repeating: "g", count: 64)] {
            #expect(try workshop.run(["log", "verify", "--head", wrong]).code == 2)
        }
    }

    /// Values that the program never stores do not stop the verification.
    @Test(arguments: ["at = '9999-99-99'", "kind = 'x'", "bytes = -9223372036854775807 - 1", "schema = 9223372036854775807", "undoes = 7"])
    func extremeColumnsAreFound(_ change: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("UPDATE journal SET \(change) WHERE id = 7")
        #expect(try workshop.faults().first == "entry 7 was altered")
    }
}

/// A random number generator with a fixed seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
