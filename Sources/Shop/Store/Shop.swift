import Store
import Values

/// The business: everything that a command can ask for or do.
package final class Shop {
    package let data: Database
    /// The folder that holds `laseros.db` and `files/`.
    package let folder: String
    package let clock: Moment
    /// The clock as it is kept: new rows have it in their thousands.
    let clockCell: Cell
    package let who: String
    package private(set) lazy var nouns = known.all()
    private let known: Nouns
    /// The highest id of each table before a batch began: what is above was made within it.
    private(set) var begun: [String: Int]?
    private var settings: [String: String]?
    private var readZone: Zone?
    private var tables: [String: [String]] = [:]
    private var knownWords: [String: [String: String]] = [:]
    private var rowStatements: [String: RowStatements] = [:]
    /// Within `change`.
    var isChanging = false
    private var newestCodes: [String: [String]] = [:]
    private var kept: Set<String> = []
    /// The files of `files/` that were read and have their hash.
    var proved: [String: Identity] = [:]
    /// What was damaged or lost under `files/` and is whole again.
    private var repairs: [String] = []

    package static let fileName = "laseros.db"

    /// - Parameters:
    ///   - older: a shop of an older version will do: for its upgrade.
    /// - Throws: `store` when there is no shop in the folder, or one of another version, or one to write whose tables are not its own.
    package init(
        _ folder: String, _ mode: Database.Mode, clock: Moment, who: String, nouns: Nouns, older: Bool = false
    ) throws {
        (self.folder, self.clock, self.who, known) = (folder, clock, who, nouns)
        clockCell = clock.cell
        data = try Database(folder + "/" + Shop.fileName, mode)
        data.rules = { Rules.all[$0] }
        guard mode != .creating else { return }
        let version = try checkVersion(older: older)
        if mode == .writing { try prepareWriting(version) }
    }

    /// Lets a shop that was opened for reading be written.
    /// - Throws: `store` when its tables are not its own.
    package func allowWriting() throws {
        guard try data.allowWriting() else { return }
        try prepareWriting(try version())
    }

    private func prepareWriting(_ version: Int) throws {
        if version > 0 { data.journalled = Session.journalled(try OwnSchema(data).check(version: version)) }
        sweep()
    }

    package func noun(_ name: String) throws -> Noun {
        guard let noun = known.named(name) else { throw Failure(.defect, .shop, "there is no noun \(name)") }
        return noun
    }

    /// The statements that write a noun's rows.
    func statements(of noun: Noun) -> RowStatements {
        if let known = rowStatements[noun.name] { return known }
        let new = RowStatements(data, noun)
        rowStatements[noun.name] = new
        return new
    }

    /// The nouns of which rows were added or changed, with the lowest and the highest id of these.
    var written: [(noun: Noun, ids: ClosedRange<Int>)] { rowStatements.values.compactMap { rows in rows.written.map { (rows.noun, $0) } } }

    /// The code that a word of a list stands for, looked up once: lists of prices say the same few words again and again.
    func known(_ noun: Noun, _ word: String, _ find: () throws -> String) throws -> String {
        if let known = knownWords[noun.name]?[word] { return known }
        let found = try find()
        knownWords[noun.name, default: [:]][word] = found
        return found
    }

    /// A word may stand for another thing once one of these was written.
    func forgetWords(of noun: Noun) { knownWords[noun.name] = nil }

    /// The codes of a noun that a slip is looked for among, read once.
    func newestCodes(of noun: Noun, _ read: () throws -> [String]) throws -> [String] {
        if let known = newestCodes[noun.name] { return known }
        let codes = try read()
        newestCodes[noun.name] = codes
        return codes
    }

    /// Whether this run has kept a file's bytes: then they last.
    func hasKept(_ sha256: String) -> Bool { kept.contains(sha256) }
    func noteKept(_ sha256: String) { kept.insert(sha256) }
    func noteRepair(_ text: String) { repairs.append(text) }

    /// What was repaired under `files/` since it was last asked.
    package func takeRepairs() -> [String] {
        defer { repairs = [] }
        return repairs
    }

    /// From here on `last` means first what was made since, though no entry tells of it yet.
    package func beginBatch() throws {
        let rows = try data.all("SELECT name, seq FROM sqlite_sequence") { ($0.text(0), $0.int(1)) }
        begun = Dictionary(rows) { max($0, $1) }
    }

    /// The columns of a table, in their order.
    func columns(of table: String) throws -> [String] {
        if let known = tables[table] { return known }
        let names = try data.columns(of: table)
        tables[table] = names
        return names
    }

    /// The value that was set, or the one that the setting has by itself.
    /// - Throws: `store` where the data file holds what could not have been set.
    package func setting<Value>(_ setting: Setting<Value>) throws -> Value {
        guard let stored = try storedSettings()[setting.name] else { return setting.initial }
        guard let value = Value(reading: stored), setting.allows(value) else {
            throw Failure(
                .store, .shop, "the data file holds \(stored.cell.said) instead of \(setting.wanted) (\(setting.name))",
                hint: "laseros config set \(setting.name) VALUE")
        }
        return value
    }

    package func storedSettings() throws -> [String: String] {
        if let settings { return settings }
        var found: [String: String] = [:]
        try data.each("SELECT name, value FROM setting") { found[$0.text(0)] = $0.text(1) }
        settings = found
        return found
    }

    func forgetSettings() { (settings, readZone) = (nil, nil) }

    /// Ends a change: it may have been rolled back, and others may write before the next.
    func forgetWhatWasRead() {
        forgetSettings()
        (knownWords, newestCodes, rowStatements, begun, isChanging) = ([:], [:], [:], nil, false)
    }

    private func zone() throws -> Zone {
        if let readZone { return readZone }
        let zone = try Zone(named: try setting(Settings.timeZone).text)
        readZone = zone
        return zone
    }

    /// Seconds east of UTC at a moment, in the shop's zone.
    package func offset(at moment: Moment) throws -> Int { try zone().offset(at: moment) }
    package func today() throws -> Day { clock.day(offset: try offset(at: clock)) }
}
