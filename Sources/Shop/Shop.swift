import CMigrations
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
    /// Every noun there is, from the table of commands.
    package let nouns: [Noun]
    private var settings: [String: String]?
    private var readZone: Zone?
    private var tables: [String: [String]] = [:]

    /// Says that a file is the data of a shop: `LOS1`.
    package static let applicationID = 0x4C4F_5331
    package static let fileName = "laseros.db"

    /// - Throws: `store` when there is no shop in the folder, or one of another version.
    package init(_ folder: String, _ mode: Database.Mode, clock: Moment, who: String, nouns: [Noun]) throws {
        (self.folder, self.clock, self.who, self.nouns) = (folder, clock, who, nouns)
        clockCell = clock.cell
        data = try Database(folder + "/" + Shop.fileName, mode)
        if mode != .creating { try checkVersion() }
    }

    private func checkVersion() throws {
        let found = try data.one("SELECT application_id, user_version FROM pragma_application_id, pragma_user_version") { ($0.int(0), $0.int(1)) }
        let (application, version) = found ?? (0, 0), newest = Int(laseros_migration_count)
        guard application == Shop.applicationID else { throw Failure(.store, "\(data.path) is not the data file of a shop") }
        guard version <= newest else {
            throw Failure(.store, "\(data.path) is of version \(version); this laseros knows only \(newest)", hint: "install the newer laseros")
        }
        guard version == newest else {
            throw Failure(.store, "\(data.path) is of version \(version); this laseros needs \(newest)", hint: "laseros upgrade")
        }
    }

    /// Makes the tables of a new shop.
    package func found() throws {
        try data.lockForWriting()
        let taken = try data.one("SELECT application_id FROM pragma_application_id") { $0.int(0) } ?? 0
        guard taken == 0 else { throw Failure(.refused, "there is a shop already: \(data.path)") }
        var script = "BEGIN IMMEDIATE;"
        for step in 0..<Int(laseros_migration_count) { script += String(cString: laseros_migration(Int32(step))) }
        script += "PRAGMA application_id = \(Shop.applicationID); PRAGMA user_version = \(laseros_migration_count); COMMIT"
        try data.script(script)
    }

    package func noun(_ name: String) throws -> Noun {
        guard let noun = nouns.first(where: { $0.name == name }) else { throw Failure(.defect, "there is no noun \(name)") }
        return noun
    }

    /// The columns of a table, in their order.
    func columns(of table: String) throws -> [String] {
        if let known = tables[table] { return known }
        let names = try data.all("SELECT name FROM pragma_table_info(\(table))") { $0.text(0) }
        tables[table] = names
        return names
    }

    /// The value that was set, or the one that the setting has by itself.
    package func setting<Value>(_ setting: Setting<Value>) throws -> Value {
        let stored = try storedSettings()[setting.name]
        return stored.flatMap { Value(reading: $0) } ?? setting.initial
    }

    package func storedSettings() throws -> [String: String] {
        if let settings { return settings }
        var found: [String: String] = [:]
        try data.each("SELECT name, value FROM setting") { found[$0.text(0)] = $0.text(1) }
        settings = found
        return found
    }

    func forgetSettings() { (settings, readZone) = (nil, nil) }

    private func zone() throws -> Zone {
        if let readZone { return readZone }
        let zone = try Zone(named: try setting(Settings.timeZone).text)
        readZone = zone
        return zone
    }

    /// Seconds east of UTC at a moment, where the shop stands.
    package func offset(at moment: Moment) throws -> Int { try zone().offset(at: moment) }
    package func today() throws -> Day { clock.day(offset: try offset(at: clock)) }
}
