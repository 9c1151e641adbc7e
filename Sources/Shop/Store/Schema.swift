import CMigrations
import Glibc
import Store
import Values

/// The schema version of a shop: the number of applied steps in migrations/.
extension Shop {
    /// The application id of a shop's data file: `LOS1`.
    package static let applicationID = 0x4C4F_5331
    /// The version that this program uses.
    package static var newest: Int { Int(laseros_migration_count()) }

    /// - Returns: the version.
    /// - Throws: `store` if the file is not a shop, or has a version that this program does not support.
    func checkVersion(older: Bool) throws -> Int {
        let found = try data.one("PRAGMA application_id") { $0.int(0) }
        guard found == Shop.applicationID else {
            if try data.isEmpty {
                throw Failure(.store, .schema, "\(data.path) is empty: its shop was never made", hint: "laseros init \(folder)")
            }
            throw Failure(.store, .schema, "\(data.path) is not the data file of a shop")
        }
        let version = try version()
        guard version >= 0 else {
            throw Failure(.store, .schema, "\(data.path) is of version \(version), which no laseros has made", hint: "restore a backup")
        }
        guard version <= Shop.newest else {
            throw Failure(
                .store, .schema, "\(data.path) is of version \(version); this laseros knows only \(Shop.newest)",
                hint: "install the newer laseros")
        }
        guard version == Shop.newest || older else {
            throw Failure(
                .store, .schema, "\(data.path) is of version \(version); this laseros needs \(Shop.newest)", hint: "laseros upgrade")
        }
        return version
    }

    package func version() throws -> Int { try data.schemaVersion() }

    /// Creates the tables of a new shop, in a data file that no other process uses.
    func makeTables() throws {
        try data.script("BEGIN IMMEDIATE; PRAGMA application_id = \(Shop.applicationID)")
        try takeSteps(from: 0)
        try data.script("COMMIT")
    }

    /// Removes an empty data file, which a killed run of an earlier version may have left, to make room for a new shop.
    /// - Throws: `refused` if there is a shop or another database.
    static func demandNone(in folder: String) throws {
        let path = folder + "/" + fileName
        if File.kind(of: path) != nil {
            // Opening the database rolls back its hot journal, if there is one.
            let data = try Database(path, .writing)
            let found = try data.one("PRAGMA application_id") { $0.int(0) }
            guard found != applicationID else { throw Failure(.refused, .schema, "there is a shop already: \(path)") }
            guard try data.isEmpty else {
                throw Failure(.refused, .schema, "there is another database already: \(path)", hint: "name another folder")
            }
            guard unlink(path) == 0 else { throw File.failure("remove", path) }
        }
        for journal in [path + "-journal", path + "-wal"] where File.kind(of: journal) != nil {
            // SQLite would roll this journal back into the new shop.
            throw Failure(.refused, .schema, "\(journal) belongs to another database, which is gone", hint: "move it out of the way")
        }
    }

    /// Applies the steps after a version, within the current transaction.
    package func takeSteps(from version: Int) throws {
        data.journalled = nil
        for step in version..<Shop.newest {
            try data.script(try Shop.step(step))
            try data.keepColumns(ofVersion: step + 1)
        }
        try data.script("PRAGMA user_version = \(Shop.newest)")
        if version > 0 { try remakeSearchKeys() }
        try rebuildSearch()
    }

    /// The SQL of a step, counted from 0.
    static func step(_ step: Int) throws -> String {
        guard let text = laseros_migration(Int32(step)) else { throw Failure(.defect, .schema, "there is no migration \(step + 1)") }
        return String(cString: text)
    }

    /// Applies steps to a database in memory.
    /// - Parameter first: the version that the first step creates.
    static func tables(madeBy steps: [String], from first: Int = 1) throws -> Database {
        let data = try Database(":memory:", .creating)
        for (i, step) in steps.enumerated() {
            try data.script(step)
            try data.keepColumns(ofVersion: first + i)
        }
        return data
    }

    /// Applies the steps after a version and stores the changes of rows, within the current transaction.
    /// - Parameter copy: the path of the copy from before; nil in a dry run.
    /// - Returns: the journal entry.
    package func upgrade(from version: Int, copy: String?, _ deed: EntryDescription) throws -> Int {
        let earlier = try copy.map { try Database($0, .reading) }
        // Version 0 had no journal.
        if let earlier, version > 0, try !data.hasSameEntries(as: earlier) {
            throw Failure(.store, .schema, "somebody else wrote to the shop at the same moment", hint: "laseros upgrade")
        }
        try takeSteps(from: version)
        return try data.recordUpgrade(deed, from: earlier)
    }

    /// Copies the database to the backups folder and checks the copy.
    /// - Returns: the path of the copy.
    package func copyBeforeUpgrade() throws -> String {
        let digits = clock.description.filter { $0.isNumber }.prefix(14)
        let backups = "\(folder)/backups", path = "\(backups)/before-upgrade-\(digits).db"
        if mkdir(backups, 0o700) == 0 { try File.sync(folder: folder) }
        try data.copy(to: path)
        return path
    }
}

extension Database {
    /// Whether the database has no schema objects.
    fileprivate var isEmpty: Bool {
        get throws {
            try one("PRAGMA application_id") { $0.int(0) } == 0 && one("SELECT count(*) FROM sqlite_schema") { $0.int(0) } == 0
        }
    }
}
