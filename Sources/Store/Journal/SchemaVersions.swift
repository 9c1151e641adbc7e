import CSQLite
import Values

/// Changesets know the columns of a table by their places only: the journal keeps what stood there in each version of the schema.
extension Database {
    /// The version of the schema.
    package func schemaVersion() throws -> Int { try one("PRAGMA user_version") { $0.int(0) } ?? 0 }

    /// The columns of a table, in their order; none where there is no such table. No statement runs.
    package func columns(of table: String) throws -> [String] {
        guard sqlite3_table_column_metadata(handle, "main", table, nil, nil, nil, nil, nil, nil) == SQLITE_OK else { return [] }
        return try prepare(("SELECT * FROM \(name: table)" as SQL).text).columns
    }

    /// Keeps the columns of all journalled tables, as they are now, as those of a version.
    package func keepColumns(ofVersion version: Int) throws {
        for table in try Session.tables(self) {
            try run(
                """
                INSERT INTO journal_schema (version, name, columns)
                SELECT \(version), \(table), json_group_array(name) FROM (SELECT name FROM pragma_table_info(\(table)) ORDER BY cid)
                """)
        }
    }

    /// The columns of a table in a version of the schema, in order; empty if that version has no such table.
    package func columns(of table: String, inVersion version: Int) throws -> [String] {
        try all(
            """
            SELECT value FROM journal_schema, json_each(columns) WHERE version = \(version) AND journal_schema.name = \(table)
            ORDER BY json_each.key
            """
        ) { $0.text(0) }
    }

    /// How a changeset of a version fits the tables as they are.
    enum Fit {
        case asItIs
        /// Its values are at other places.
        case byNames
        /// Columns of these tables are gone.
        case none([String])
    }

    /// SQLite itself would leave out the rows of a table that lost columns, and write into others where the columns changed places.
    func fit(_ tables: [TouchedTable], of version: Int) throws -> Fit {
        var moved = false, misfits: [String] = []
        for table in tables {
            let now = try all("SELECT name FROM pragma_table_info(\(table.name)) ORDER BY cid") { $0.text(0) }
            let then = try version == schemaVersion() ? now : columns(of: table.name, inVersion: version)
            if table.columns != then.count || then.isEmpty || !Set(then).isSubset(of: now) { misfits.append(table.name) }
            moved = moved || then != now
        }
        return misfits.isEmpty ? moved ? .byNames : .asItIs : .none(misfits)
    }
}
