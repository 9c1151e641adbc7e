import CMigrations
import Store
import Values

/// The version of a shop's data: the number of steps under migrations/ that it has taken.
extension Shop {
    /// Says that a file is the data of a shop: `LOS1`.
    package static let applicationID = 0x4C4F_5331
    /// The version that this laseros works with.
    package static var newest: Int { Int(laseros_migration_count()) }

    /// - Throws: `store` when the file is no shop's, or of a version that this laseros does not work with.
    func checkVersion(older: Bool) throws {
        let found = try data.one("PRAGMA application_id") { $0.int(0) }
        guard found == Shop.applicationID else { throw Failure(.store, "\(data.path) is not the data file of a shop") }
        let version = try version()
        guard version <= Shop.newest else {
            throw Failure(
                .store, "\(data.path) is of version \(version); this laseros knows only \(Shop.newest)", hint: "install the newer laseros")
        }
        guard version == Shop.newest || older else {
            throw Failure(.store, "\(data.path) is of version \(version); this laseros needs \(Shop.newest)", hint: "laseros upgrade")
        }
    }

    package func version() throws -> Int { try data.one("PRAGMA user_version") { $0.int(0) } ?? 0 }

    /// Makes the tables of a new shop.
    package func found() throws {
        try data.lockForWriting()
        let taken = try data.one("PRAGMA application_id") { $0.int(0) } ?? 0
        guard taken == 0 else { throw Failure(.refused, "there is a shop already: \(data.path)") }
        try data.script("BEGIN IMMEDIATE; PRAGMA application_id = \(Shop.applicationID)")
        try takeSteps(from: 0)
        try data.script("COMMIT")
    }

    /// Takes the steps behind a version, within the transaction that is open.
    package func takeSteps(from version: Int) throws {
        for step in version..<Shop.newest {
            try data.script(try Shop.step(step))
            try data.keepColumns(ofVersion: step + 1)
        }
        try data.script("PRAGMA user_version = \(Shop.newest)")
    }

    /// The SQL of a step, counted from 0.
    static func step(_ step: Int) throws -> String {
        guard let text = laseros_migration(Int32(step)) else { throw Failure(.defect, "there is no migration \(step + 1)") }
        return String(cString: text)
    }

    /// Takes the steps behind a version and keeps what they have done to rows, within the transaction that is open.
    /// - Parameter copy: the path of the copy from before; in a dry run there is none.
    /// - Returns: the entry.
    package func upgrade(from version: Int, copy: String?, _ deed: Deed) throws -> Int {
        let earlier = try copy.map { try Database($0, .reading) }
        if let earlier, try !data.hasSameEntries(as: earlier) {
            throw Failure(.store, "somebody else wrote to the shop at the same moment", hint: "laseros upgrade")
        }
        try takeSteps(from: version)
        return try data.recordUpgrade(deed, from: earlier)
    }

    /// Copies the database beside itself and proves the copy.
    /// - Returns: the copy's path.
    package func copyBeforeUpgrade() throws -> String {
        let digits = clock.description.filter { $0.isNumber }.prefix(14)
        let path = "\(folder)/backups/before-upgrade-\(digits).db"
        try data.copy(to: path)
        return path
    }
}
