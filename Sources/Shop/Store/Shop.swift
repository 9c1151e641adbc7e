import Store
import Values

/// An open shop, with all queries and changes.
package final class Shop {
    package let data: Database
    /// The folder that contains `laseros.db` and `files/`.
    package let folder: String
    package let clock: Moment
    /// The current time as a cell. New rows store it in milliseconds.
    let clockCell: Cell
    package let who: String
    /// All nouns, created on first use, because most commands need only one.
    package private(set) lazy var nouns = known.all()
    private let known: Nouns
    /// The highest id of each table before a batch began. Rows with higher ids were added by the batch.
    private(set) var begun: [String: Int]?
    private var settings: [String: String]?
    private var readZone: Zone?
    private var tables: [String: [String]] = [:]
    private var knownWords: [String: [String: String]] = [:]
    private var rowStatements: [String: RowStatements] = [:]
    /// Whether a change is in progress.
    var isChanging = false
    private var newestCodes: [String: [String]] = [:]
    private var kept: Set<String> = []
    /// The files below `files/` whose hash this run has checked.
    var proved: [String: Identity] = [:]
    /// The codes of operations that came with a price and that no note has named.
    var pricedAlone: Set<String> = []
    /// The records, by noun, of which an imported file says another quantity on hand.
    var countedOtherwise: [String: Set<Int>] = [:]
    /// Messages about repaired files below `files/`.
    private var repairs: [String] = []

    package static let fileName = "laseros.db"

    /// - Parameters:
    ///   - noun: creates a single noun by its name.
    ///   - older: whether to accept a shop of an older version, to upgrade it.
    /// - Throws: `store` if the folder contains no shop, or one of another version, or if it is to be written and its schema was altered.
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

    /// Allows a shop that was opened for reading to be written.
    /// - Throws: `store` if its schema was altered.
    package func allowWriting() throws {
        guard try data.allowWriting() else { return }
        try prepareWriting(try version())
    }

    private func prepareWriting(_ version: Int) throws {
        if version > 0 { data.journalled = Session.journalled(try OwnSchema(data).check(version: version)) }
        data.keepsSearch = version == Shop.newest
        sweep()
    }

    package func noun(_ name: String) throws -> Noun {
        guard let noun = known.named(name) else { throw Failure(.defect, .shop, "there is no noun \(name)") }
        return noun
    }

    /// The prepared statements for a noun's rows.
    func statements(of noun: Noun) -> RowStatements {
        if let known = rowStatements[noun.name] { return known }
        let new = RowStatements(data, noun)
        rowStatements[noun.name] = new
        return new
    }

    /// The nouns whose rows were added or changed, with the lowest and the highest id.
    var written: [(noun: Noun, ids: ClosedRange<Int>)] { rowStatements.values.compactMap { rows in rows.written.map { (rows.noun, $0) } } }

    /// The code for a word of a list, cached because price lists repeat a few words.
    func known(_ noun: Noun, _ word: String, _ find: () throws -> String) throws -> String {
        if let known = knownWords[noun.name]?[word] { return known }
        let found = try find()
        knownWords[noun.name, default: [:]][word] = found
        return found
    }

    /// Clears the cache for a noun after a write, because a word may now mean another record.
    func forgetWords(of noun: Noun) { knownWords[noun.name] = nil }

    /// The codes of a noun to choose suggestions from, read once.
    func newestCodes(of noun: Noun, _ read: () throws -> [String]) throws -> [String] {
        if let known = newestCodes[noun.name] { return known }
        let codes = try read()
        newestCodes[noun.name] = codes
        return codes
    }

    /// Whether this run has stored and synced the contents of a file.
    func hasKept(_ sha256: String) -> Bool { kept.contains(sha256) }
    func noteKept(_ sha256: String) { kept.insert(sha256) }
    func noteRepair(_ text: String) { repairs.append(text) }

    /// Returns the repairs since the last call.
    package func takeRepairs() -> [String] {
        defer { repairs = [] }
        return repairs
    }

    /// From now on, `last` means the last row added in this batch, which is not in the journal yet.
    package func beginBatch() throws {
        let rows = try data.all("SELECT name, seq FROM sqlite_sequence") { ($0.text(0), $0.int(1)) }
        begun = Dictionary(rows) { max($0, $1) }
    }

    /// The columns of a table, in order.
    func columns(of table: String) throws -> [String] {
        if let known = tables[table] { return known }
        let names = try data.columns(of: table)
        tables[table] = names
        return names
    }

    /// The value of a setting, or its default.
    /// - Throws: `store` if the stored value is not valid.
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

    /// Clears the caches at the end of a change: it may be rolled back, and others may write before the next.
    func forgetWhatWasRead() {
        forgetSettings()
        (knownWords, newestCodes, rowStatements, countedOtherwise, begun, isChanging) = ([:], [:], [:], [:], nil, false)
    }

    func zone() throws -> Zone {
        if let readZone { return readZone }
        let zone = try Zone(named: try setting(Settings.timeZone).text)
        readZone = zone
        return zone
    }

    /// The offset of the shop's time zone at a moment, in seconds east of UTC.
    package func offset(at moment: Moment) throws -> Int { try zone().offset(at: moment) }
    package func today() throws -> Day { clock.day(offset: try offset(at: clock)) }

    /// Midnight at the beginning of a day in the shop's time zone.
    func start(of day: Day) throws -> Moment {
        let midnight = Moment(ms: day.number * 86_400_000)
        return Moment(ms: midnight.ms - (try offset(at: midnight)) * 1000)
    }
}
