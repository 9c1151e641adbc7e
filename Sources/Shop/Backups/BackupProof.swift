import Store
import Values

/// The proof of the database that came out of an archive.
extension Shop {
    /// Compares the rows with the manifest, and finds references that lead nowhere.
    /// - Returns: what is wrong, one sentence each; empty if nothing is.
    func faults(against manifest: BackupManifest) throws -> [String] {
        var faults: [String] = []
        try data.each("PRAGMA integrity_check(20)") { row in
            if row.text(0) != "ok" { faults.append("the database is damaged: \(row.text(0))") }
        }
        guard faults.isEmpty else { return faults }
        let rows = try rowCounts(), last = try data.lastEntry()
        for table in Set(rows.keys).union(manifest.rows.keys).sorted() where rows[table] != manifest.rows[table] {
            let found = rows[table].map { "\($0)" } ?? "no table", expected = manifest.rows[table].map { "\($0)" } ?? "no table"
            faults.append("\(table): \(found) rows, but the manifest says \(expected)")
        }
        let version = try version(), id = try backupID()
        if version != manifest.schema { faults.append("the schema is of version \(version), but the manifest says \(manifest.schema)") }
        if id != manifest.shop { faults.append("it is of the shop \(id), but the manifest says \(manifest.shop)") }
        if last?.id ?? 0 != manifest.entries || last?.hash ?? "" != manifest.head {
            faults.append("the history ends with entry \(last?.id ?? 0), but the manifest says \(manifest.entries), or another hash")
        }
        return faults
    }

    /// Rows whose reference leads nowhere, one sentence a table.
    func referencesAmiss() throws -> [String] {
        var counts: [(table: String, parent: String, rows: Int)] = []
        try data.each("PRAGMA foreign_key_check") { row in
            let (table, parent) = (row.text(0), row.text(2))
            if let i = counts.firstIndex(where: { $0.table == table && $0.parent == parent }) {
                counts[i].rows += 1
            } else {
                counts.append((table, parent, 1))
            }
        }
        return counts.map { "\($0.table): \(counted($0.rows, "row")) \($0.rows == 1 ? "refers" : "refer") to no row of \($0.parent)" }
    }

    /// Whether a row names a file or a drawing.
    func refers(to sha256: String) throws -> Bool {
        let rows: SQL = """
            SELECT 1 FROM file WHERE sha256 = \(sha256) UNION ALL SELECT 1 FROM quote_line WHERE drawing = \(sha256)
            UNION ALL SELECT 1 FROM part WHERE drawing = \(sha256)
            """
        return try data.one(rows) { _ in true } ?? false
    }

    /// Calls `body` with each hash that a row refers to, and a name for it.
    func eachFileReference(_ body: (_ sha256: String, _ name: String) throws -> Void) throws {
        var rows: SQL = "SELECT sha256, name FROM file"
        rows += " UNION ALL SELECT drawing, coalesce(file_name, title) FROM quote_line WHERE drawing IS NOT NULL"
        // Shops of older versions have no parts.
        if try !columns(of: "part").isEmpty { rows += " UNION ALL SELECT drawing, title FROM part WHERE drawing IS NOT NULL" }
        try data.each("SELECT sha256, max(name) FROM (\(rows)) GROUP BY sha256 ORDER BY sha256") { try body($0.text(0), $0.text(1)) }
    }
}
