import Values

/// Changesets know the columns of a table by their places only: the journal keeps what stood there in each version of the schema.
extension Database {
    /// The version of the schema.
    package func schemaVersion() throws -> Int { try one("PRAGMA user_version") { $0.int(0) } ?? 0 }

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
}
