import CSQLite
import Values

/// Stores the columns of each schema version in the journal, because changesets identify columns only by index.
extension Database {
    /// The version of the schema.
    package func schemaVersion() throws -> Int { try one("PRAGMA user_version") { $0.int(0) } ?? 0 }

    /// Returns the columns of a table in order; empty if there is no such table. Runs no statement.
    package func columns(of table: String) throws -> [String] {
        guard sqlite3_table_column_metadata(handle, "main", table, nil, nil, nil, nil, nil, nil) == SQLITE_OK else { return [] }
        return try prepare(("SELECT * FROM \(name: table)" as SQL).text).columns
    }

    /// Stores the current columns of all journalled tables under a schema version.
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

    /// How a changeset of an older schema version fits the current tables.
    enum Fit {
        case asItIs
        /// Its values must be moved to other columns: see `ChangesetColumns`.
        case byNames
        /// These tables have lost columns.
        case none([String])
    }

    /// Decides how to apply a changeset. SQLite itself would skip the rows of a table that lost columns, and would write into the wrong
    /// columns if their order changed.
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
