import Store
import Values

/// Names are found whatever their case and accents. SQLite does so for ASCII; what names beyond that are found by is kept beside them, by
/// the name: undo and redo bring back names, and find their keys where these were.
extension Shop {
    /// Whether a column holds this name.
    package static func isCalled(_ column: SQL, _ key: String) -> SQL {
        "(\(column) = \(key) COLLATE NOCASE OR \(column) COLLATE NOCASE IN (SELECT name FROM aux_name WHERE key = \(key)))"
    }

    /// Whether a column holds a name with this text in it.
    static func contains(_ column: SQL, _ key: String) -> SQL {
        let net = "%" + escaped(key) + "%"
        return "(\(column) LIKE \(net) ESCAPE '\\' OR \(column) IN (SELECT name FROM aux_name WHERE key LIKE \(net) ESCAPE '\\'))"
    }

    /// What a column's name is found by.
    static func searchKey(of column: SQL) -> SQL { "coalesce((SELECT key FROM aux_name WHERE name = \(column)), lower(\(column)))" }

    /// Makes all keys anew, as this laseros makes them: for an upgrade.
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
    /// Keeps what a name is found by, where it is not only in ASCII.
    func keepSearchKey(of name: String) throws {
        guard !name.isASCII else { return }
        try run("INSERT INTO aux_name (name, key) VALUES (\(name), \(name.searchKey)) ON CONFLICT (name) DO NOTHING")
    }
}
