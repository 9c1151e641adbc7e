import Glibc
import Security
import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// A small shop of each released version, created by `golden/make.sh`: every later version must open it, upgrade it, print its history and
/// undo all of it. `make transcripts` writes the expected answers.
@Suite struct GoldenTests {
    private static let folder = Paths.tests + "/golden"
    static let versions = Paths.names(in: folder).filter { Int($0) != nil }

    /// The shop of a version, upgraded to the current one.
    private static func shop(_ version: String) throws -> Workshop {
        let workshop = try Workshop()
        try Subprocess.demand(["rm", "-r", workshop.shop])
        try Subprocess.demand(["tar", "-C", workshop.root, "-xzf", "\(folder)/\(version)/shop.tgz"])
        mkdir(workshop.shop + "/backups", 0o700)
        try workshop.demand("laseros upgrade")
        return workshop
    }

    private static func compare(_ text: String, _ version: String, _ name: String) throws {
        let path = "\(folder)/\(version)/\(name)"
        if getenv("UPDATE") != nil { try File.write(Array(text.utf8), to: path, as: .document) }
        let kept = String(decoding: try File.read(path), as: UTF8.self)
        #expect(text == kept, "make transcripts\n\(difference(kept, text))")
    }

    /// All existing shops have applied this step, and the tests of later steps start from it, so neither is ever changed.
    @Test(arguments: [
        ("migrations/0001_initial.sql", "9ace2fcd85f6236f64105d4cba54650b7d8becc715c7bf161c37fde1d43b65b6"),
        ("Tests/golden/1/shop.tgz", "88e422df353e91d15d1482dd4e1d6f6c158e08665ecf6e9633060fc36b44d26a"),
    ])
    func isFrozen(_ file: String, _ sha256: String) throws {
        #expect(try File.read(Paths.package + "/" + file).withUnsafeBytes { Digest.of($0) } == sha256, "\(file) is frozen")
    }

    @Test func thereIsOneOfEachVersion() { #expect(Set(Self.versions) == Set((1...Shop.newest).map(String.init))) }

    @Test(arguments: versions)
    func opensAndHolds(_ version: String) throws {
        let workshop = try Self.shop(version)
        #expect(try workshop.findings() == [])
        let faults = try workshop.reading { data in
            try data.all("PRAGMA integrity_check") { $0.text(0) } + data.all("PRAGMA foreign_key_check") { $0.text(0) }
        }
        #expect(faults == ["ok"])
        // Some nouns came later.
        let since = ["delivery": 5, "product": 6, "inv": 7, "lot": 7, "supplier": 7, "purchase": 7, "queue": 8, "run": 8, "operator": 8]
        for noun in nouns where since[noun.name, default: 1] <= Int(version) ?? 0 {
            #expect(try !workshop.demand("laseros \(noun.listCommand) --all --codes").isEmpty, "\(noun.name)")
            for code in try workshop.demand("laseros \(noun.listCommand) --all --codes").split(separator: "\n") {
                try workshop.demand("laseros \(noun.command) show \(ShellLine.text([String(code)])) --json")
            }
        }
        for paper in ["quote pdf QT-2026-0001", "invoice pdf INV-2026-0001"] { try workshop.demand("laseros \(paper) -o paper.pdf") }
    }

    /// The newest shop has rows in every table and every verb in its journal, so that every later migration is tested with data.
    @Test func theNewestHasEverything() throws {
        let workshop = try Self.shop("\(Shop.newest)")
        try workshop.reading { data in
            for table in try data.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'aux_search'", { $0.text(0) }) {
                let count = try data.one("SELECT count(*) FROM \(name: table)") { $0.int(0) }
                #expect(count ?? 0 > 0, "\(table)")
            }
            let journal = try data.all("SELECT words FROM journal") { $0.text(0) }
            // An upgrade writes an entry only if it had something to do, `files prune` never; and the changes that `log prune` would drop
            // are needed here.
            let others = ["upgrade", "files prune", "log prune"]
            for command in program.commands where command.kind == .writes && !others.contains(command.name) {
                #expect(journal.contains { ($0 + " ").hasPrefix(command.name + " ") }, "\(command.name)")
            }
        }
    }

    @Test(arguments: versions)
    func tellsItsHistory(_ version: String) throws {
        let workshop = try Self.shop(version)
        var told = try workshop.demand("laseros log --csv --fields entry,kind,sentence,undone_by,changes")
        for entry in try 1...workshop.lastEntry() {
            told += "\n" + (try workshop.demand("laseros log show \(entry) --csv --no-header"))
        }
        try Self.compare(told, version, "history.txt")
    }

    /// Undoes from the newest entry to the first, and redoes all.
    @Test(arguments: versions)
    func undoesAllOfIt(_ version: String) throws {
        let workshop = try Self.shop(version), state = try ShopState(workshop), last = try workshop.lastEntry()
        var told = ""
        for entry in (1...last).reversed() {
            let answered = try workshop.run("laseros undo \(entry)")
            told += "\(entry): [\(answered.code)] \(answered.out)\(answered.said)"
        }
        try Self.compare(told, version, "undo.txt")
        // An upgrade to version 8 queued what was to be made, which earlier entries know nothing of.
        #expect(try workshop.findings().filter { Int(version) ?? 0 >= 8 || !$0.hasPrefix("queue-project") } == [])
        let undone = try workshop.lastEntry()
        #expect(undone > last + 20)
        for entry in ((last + 1)...undone).reversed() { try workshop.demand("laseros undo \(entry)") }
        let redone = try ShopState(workshop)
        #expect(redone == state, "\(redone.difference(from: state))")
        #expect(try workshop.findings() == [])
    }

    /// SQLite records NULL for a value that a row got from the default of a column that was appended later; so a step appends columns
    /// without a default, or recreates the table.
    @Test(arguments: versions)
    func rowsAreRecordedAsTheyAre(_ version: String) throws {
        let workshop = try Self.shop(version)
        try withExtendedLifetime(workshop) {
            let data = try Database(workshop.data, .writing)
            try data.script("PRAGMA foreign_keys=OFF; BEGIN")
            for trigger in try data.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'", { $0.text(0) }) {
                try data.run("DROP TRIGGER \(name: trigger)")
            }
            let session = try Session(data), tables = try Session.tables(data)
            var rows: [String: [Int: [Cell?]]] = [:]
            for table in tables {
                let count = try data.one("SELECT count(*) FROM pragma_table_info(\(table))") { $0.int(0) } ?? 0
                try data.each("SELECT * FROM \(name: table)") { row in
                    rows[table, default: [:]][row.int(0)] = (0..<count).map { row.cell($0) }
                }
                try data.run("DELETE FROM \(name: table) WHERE id > 0")
            }
            let sink = Sink(data, entry: -1)
            try session.write(to: sink)
            _ = try sink.finish()
            try Changeset(data, of: -1).each { change in
                let row = rows[change.table]?.removeValue(forKey: change.id)
                #expect(change.before == row, "\(change.table) \(change.id)")
            }
            #expect(rows.values.reduce(0) { $0 + $1.count } == 0)
        }
    }
}
