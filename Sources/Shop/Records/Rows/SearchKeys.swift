import Store
import Values

/// Searches names without regard to case and accents. SQLite ignores case only in ASCII, so keys of other names are stored in a table. They
/// are stored by the name, not by the row, so that names restored by undo or redo still have their keys.
extension Shop {
    /// The condition that a column's name equals the key.
    package static func isCalled(_ column: SQL, _ key: String) -> SQL {
        "(\(column) = \(key) COLLATE NOCASE OR \(column) COLLATE NOCASE IN (SELECT name FROM aux_name WHERE key = \(key)))"
    }

    /// The condition that a column's name contains the key.
    static func contains(_ column: SQL, _ key: String) -> SQL {
        let net = "%" + escaped(key) + "%"
        return "(\(column) LIKE \(net) ESCAPE '\\' OR \(column) IN (SELECT name FROM aux_name WHERE key LIKE \(net) ESCAPE '\\'))"
    }

    /// The search key of a column's name.
    static func searchKey(of column: SQL) -> SQL { "coalesce((SELECT key FROM aux_name WHERE name = \(column)), lower(\(column)))" }

    /// Recalculates all keys, for an upgrade.
    func remakeSearchKeys() throws {
        let columns = nouns.flatMap { noun in noun.nameColumns.map { "SELECT \(name: $0) FROM \(name: noun.name)" as SQL } }
        let names = try data.all(
            """
            SELECT name FROM (SELECT name FROM aux_name UNION \(columns.joined(" UNION ")))
            WHERE name GLOB '*[^' || char(1) || '-' || char(127) || ']*'
            """
        ) { $0.text(0) }
        try data.run("DELETE FROM aux_name")
        for name in names { try data.keepSearchKey(of: name) }
    }
}

extension Database {
    /// Stores the key of a name that is not all ASCII.
    func keepSearchKey(of name: String) throws {
        guard !name.isASCII else { return }
        try run("INSERT INTO aux_name (name, key) VALUES (\(name), \(name.searchKey)) ON CONFLICT (name) DO NOTHING")
    }
}
