import Testing
import Values

@testable import Store
@testable import Commands

/// Changesets are read and written in SQLite's format.
@Suite struct ChangesetCodecTests {
    /// A changeset as text.
    private final class Words: ChangesetSink {
        var words: [String] = []
        func begin(table: String, columns: Int) { words.append("\(table) \(columns)") }
        func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) {
            let before = operation == .insert ? [] : old.map(Self.word), after = operation == .delete ? [] : new.map(Self.word)
            words.append("\(operation) \(before) \(after)")
        }
        private static func word(_ cell: BorrowedCell) -> String { "\(cell.kind) \(cell.owned.cell)" }
    }

    private static let changes = """
        INSERT INTO a VALUES (1, 'x', 1.5, -7, NULL), (2, '', 2, 0, x'00ff'), (3, 'é\u{1F600}', -0.0, 9223372036854775807, NULL);
        UPDATE b SET t = 'other', r = r + 1 WHERE id < 3; UPDATE b SET t = NULL, n = NULL WHERE id = 3; DELETE FROM b WHERE id = 4;
        UPDATE b SET t = printf('%.*c', 300000, 'z') WHERE id = 5
        """

    /// A database after the changes, with their changeset as written by SQLite.
    private static func made() throws -> Database {
        let data = try Database(":memory:", .creating)
        try data.script(
            """
            CREATE TABLE journal_part (id INTEGER PRIMARY KEY, entry INTEGER, part INTEGER, bytes BLOB);
            CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT, r REAL, n INTEGER, b BLOB) STRICT;
            CREATE TABLE b (id INTEGER PRIMARY KEY, t TEXT, r REAL, n INTEGER, b BLOB) STRICT;
            INSERT INTO b SELECT value, 'row ' || value, value * 1.5, value, NULL FROM json_each('[1,2,3,4,5,6]'); BEGIN
            """)
        let session = try Session(data), sink = Sink(data, entry: 1)
        try data.script(changes)
        try session.write(to: sink)
        _ = try sink.finish()
        return data
    }

    private static func bytes(_ data: Database, _ entry: Int) throws -> [UInt8] {
        try data.all("SELECT bytes FROM journal_part WHERE entry = \(entry) ORDER BY part") { $0.bytes(0) { Array($0) } }.flatMap(\.self)
    }

    private static func words(_ bytes: [UInt8], pieces: (Int) -> Int) throws -> [String] {
        let words = Words(), reader = ChangesetReader(words)
        var rest = bytes[...], number = 0
        while !rest.isEmpty {
            let piece = rest.prefix(pieces(number))
            try Array(piece).withUnsafeBytes { try reader.read($0) }
            (rest, number) = (rest.dropFirst(piece.count), number + 1)
        }
        try reader.finish()
        return words.words
    }

    @Test func whatSQLiteWritesIsRead() throws {
        let data = try Self.made(), bytes = try Self.bytes(data, 1), words = try Self.words(bytes) { _ in .max }
        var changes: [Change] = []
        try Changeset(data, of: 1).each { changes.append($0) }
        #expect(words.count == changes.count + 2 && words.contains("a 5") && words.contains("b 5"))
        for change in changes where change.table == "a" {
            #expect(words.contains { $0.hasPrefix("insert [] [\"integer integer(\(change.id))\"") })
        }
        #expect(
            words.contains(
                "update [\"integer integer(3)\", \"text text(\\\"row 3\\\")\", \"absent null\", \"integer integer(3)\", \"absent null\"] [\"absent null\", \"null null\", \"absent null\", \"null null\", \"absent null\"]"
            ))
        // The result does not depend on how the bytes are cut into pieces.
        var random = Seeded(11)
        for size in [1, 2, 3, 7, 100, 65_536] { #expect(try Self.words(bytes) { _ in size } == words) }
        for _ in 0..<20 { #expect(try Self.words(bytes) { _ in Int.random(in: 1...5000, using: &random) } == words) }
    }

    /// SQLite applies a changeset of the writer, and writes the same bytes.
    @Test func whatIsWrittenIsWhatSQLiteWrites() throws {
        final class Copy: ChangesetSink {
            var writer: ChangesetWriter
            init(_ writer: ChangesetWriter) { self.writer = writer }
            func begin(table: String, columns: Int) { writer.begin(table, columns: columns) }
            func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws {
                try writer.write(operation, old: operation == .insert ? [] : old, new: operation == .delete ? [] : new)
            }
        }
        let data = try Self.made(), bytes = try Self.bytes(data, 1), sink = Sink(data, entry: 2), copy = Copy(ChangesetWriter(to: sink))
        try bytes.withUnsafeBytes { try ChangesetReader(copy).read($0) }
        try copy.writer.finish()
        _ = try sink.finish()
        #expect(try Self.bytes(data, 2) == bytes)
    }

    /// Bytes that are not a changeset are refused, and nothing beyond their end is read.
    @Test func damageIsSeen() throws {
        let bytes = try Self.bytes(try Self.made(), 1)
        var random = Seeded(5), refused = 0
        for _ in 0..<2000 {
            var other = Array(bytes.prefix(Int.random(in: 1...600, using: &random)))
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                other[Int.random(in: other.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            do { _ = try Self.words(other) { _ in Int.max } } catch is ChangesetReader.Damage { refused += 1 }
        }
        #expect(refused > 1000)
        for bytes: [UInt8] in [
            [0x54], [0x54, 0], [0x54, 1, 1, 0x61], [9, 0], [0x54, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], [0x54, 1, 1, 0x61, 0, 18, 0, 0],
        ] {
            #expect(throws: ChangesetReader.Damage.self) { try Self.words(bytes) { _ in .max } }
        }
    }

    /// The same rows from two sources have equal sums, in any order; a single bit makes a difference.
    @Test func sumsAreOfRows() {
        let cells: [BorrowedCell] = [.integer(5), .null, .integer(7)]
        var sums = CellSums()
        sums.add(1, 5, cells, [0, 1, 2])
        sums.add(1, 6, [.integer(6), .null, .integer(7)], [0, 1, 2])
        sums.subtract(1, 6, [.integer(7), .integer(6)], [2, 0])
        sums.subtract(1, 5, cells, [0, -1, 2])
        #expect(sums.uneven == [])
        let bucket = CellSums.bucket(1, 5)
        for other: [BorrowedCell] in [
            [.integer(5), .null, .integer(6)], [.integer(5), .integer(7), .null], [.integer(5), .integer(0), .integer(7)],
        ] {
            var sums = sums
            sums.add(1, 5, cells, [0, 1, 2])
            sums.subtract(1, 5, other, [0, 1, 2])
            #expect(sums.uneven == [bucket])
        }
        let hash = KeyedHash(), row = hash.row(1, 5)
        let texts = ["", "a", "1234567", "12345678", "123456789", "\u{0}", "\u{0}\u{0}"].map { Array($0.utf8) }
        let sums128 = Set(texts.map { text in text.withUnsafeBytes { hash.cell(row, 1, BorrowedCell(kind: .text, bytes: $0)) } })
        #expect(sums128.count == texts.count)
    }
}
