import Values

/// The columns of the journalled tables in all schema versions. A column is the same one as long as every version has a column of that
/// name. Columns that no longer exist are not compared.
struct SchemaColumns {
    /// The columns of a table in one version, in order.
    struct Layout {
        /// The number of the table; negative if it no longer exists.
        let table: Int
        /// The number of each column; negative if it no longer exists.
        let columns: [Int]
    }

    /// The current tables with their columns; the indexes are the numbers of tables and columns.
    let tables: [(name: String, columns: [String])]
    private var layouts: [Int: [String: Layout]] = [:]

    /// - Parameters:
    ///   - names: the tables.
    ///   - versions: the columns of each table, by version.
    init(_ data: Database, tables names: [String], _ versions: [Int: [String: [String]]]) throws {
        tables = try names.map { name in
            (name, try data.all("SELECT name FROM pragma_table_info(\(name)) ORDER BY cid") { $0.text(0) })
        }
        var later = Dictionary(tables.map { ($0.name, $0.columns) }) { first, _ in first }
        var known = Dictionary(tables.enumerated().map { ($1.name, Layout(table: $0, columns: Array($1.columns.indices))) }) { first, _ in
            first
        }
        for (version, columns) in versions.sorted(by: { $0.key > $1.key }) {
            var layout: [String: Layout] = [:]
            for (name, now) in columns {
                let next = later[name] ?? [], numbers = known[name]
                layout[name] = Layout(
                    table: numbers?.table ?? -1,
                    columns: now.map { column in
                        guard let numbers, let place = next.firstIndex(of: column), place < numbers.columns.count else { return -1 }
                        return numbers.columns[place]
                    })
            }
            layouts[version] = layout
            (later, known) = (columns, layout)
        }
    }

    /// Nil if the version has no such table.
    func layout(of table: String, inVersion version: Int) -> Layout? { layouts[version]?[table] }

    func knows(version: Int) -> Bool { layouts[version] != nil }
}

extension Database {
    /// Returns the columns of the tables by schema version, as stored in the journal.
    package func keptColumns() throws -> [Int: [String: [String]]] {
        var kept: [Int: [String: [String]]] = [:]
        try each(
            """
            SELECT version, journal_schema.name, value
            FROM journal_schema, json_each(CASE WHEN json_valid(columns) THEN columns ELSE '[]' END)
            ORDER BY journal_schema.id, json_each.key
            """
        ) { kept[$0.int(0), default: [:]][$0.text(1), default: []].append($0.text(2)) }
        return kept
    }
}
