/// The rows of one table that a changeset touches.
struct TouchedTable {
    let name: String
    /// The number of columns that the table had.
    let columns: Int
    private(set) var lowest = Int.max, highest = Int.min, count = 0
    /// The highest id of an added row.
    private(set) var made: Int?

    init(name: String, columns: Int) { (self.name, self.columns) = (name, columns) }

    mutating func add(_ operation: ChangesetReader.Operation, _ id: Int) {
        (lowest, highest, count) = (min(lowest, id), max(highest, id), count + 1)
        if operation == .insert { made = max(made ?? id, id) }
    }
}

/// Records which rows a changeset touches, by table, and passes them on to the search index.
final class TouchedRows: ChangesetSink {
    private(set) var tables: [TouchedTable] = []
    private let search: SearchChanges?

    init(_ search: SearchChanges? = nil) { self.search = search }

    func begin(table: String, columns: Int) throws {
        tables.append(TouchedTable(name: table, columns: columns))
        try search?.begin(table: table, columns: columns)
    }

    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws {
        try search?.take(operation, old: old, new: new)
        // The first column of each journalled table is its id.
        guard let id = (operation == .insert ? new : old).first?.id else { return }
        tables[tables.count - 1].add(operation, Int(id))
    }
}
