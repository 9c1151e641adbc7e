import Values

/// Observes the numbers that entries have assigned.
package protocol NumberWatch: AnyObject {
    /// Returns a function that receives the texts stored in a column, whose bytes are valid only during the call; nil if the column holds
    /// no numbers of a series.
    func watch(_ table: String, _ column: String) -> ((UnsafeRawBufferPointer) throws -> Void)?
    /// Reports the value of a counter at a checkpoint.
    func see(_ series: String, _ number: Int) throws
}

/// Adds the cells of all changes in the journal, subtracts those of the tables, and records the highest ids.
final class Replay: ChangeVisitor {
    private let data: Database
    private let columns: SchemaColumns
    private let numbers: any NumberWatch
    private var sums = CellSums()
    /// The highest id of each table, by the table's number.
    private var highest: [Int64]
    private var table = Table()

    private struct Table {
        var number = -1
        var columns: [Int] = []
        var watches: [(place: Int, see: (UnsafeRawBufferPointer) throws -> Void)] = []
        /// The table of counters or ids whose rows a checkpoint currently passes in; nil for other tables.
        var floor: Checkpoint.Floor?
    }
    private var tables: [String: (layout: SchemaColumns.Layout, table: Table)] = [:]

    init(_ data: Database, _ columns: SchemaColumns, _ numbers: any NumberWatch) {
        (self.data, self.columns, self.numbers) = (data, columns, numbers)
        highest = [Int64](repeating: 0, count: columns.tables.count)
    }

    func begin(entry: Int) {}

    func begin(table name: String, layout: SchemaColumns.Layout?) {
        guard let layout, layout.table >= 0 else { return table = Table(floor: Checkpoint.Floor(rawValue: name)) }
        // Consecutive entries mostly have the same version and tables, so the lookup is cached.
        if let known = tables[name], known.layout.columns == layout.columns { return table = known.table }
        let names = columns.tables[layout.table].columns
        let watches = layout.columns.enumerated().compactMap { place, number in
            number < 0 ? nil : numbers.watch(name, names[number]).map { (place: place, see: $0) }
        }
        table = Table(number: layout.table, columns: layout.columns, watches: watches)
        tables[name] = (layout, table)
    }

    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws {
        guard table.number >= 0 else { return try takeFloor(new) }
        switch operation {
        case .insert:
            sums.add(table.number, new[0].id, new, table.columns)
            highest[table.number] = max(highest[table.number], new[0].id)
        case .delete: sums.subtract(table.number, old[0].id, old, table.columns)
        case .update:
            // Only the old row contains the key.
            sums.add(table.number, old[0].id, new, table.columns)
            sums.subtract(table.number, old[0].id, old, table.columns, from: 1)
        }
        guard operation != .delete else { return }
        for (place, see) in table.watches where new[place].kind == .text { try see(new[place].bytes) }
    }

    private func takeFloor(_ cells: [BorrowedCell]) throws {
        guard let floor = table.floor, cells.count == 2, cells[0].kind == .text, cells[1].kind == .integer else { return }
        let name = String(decoding: cells[0].bytes, as: UTF8.self), least = Int(cells[1].id)
        switch floor {
        case .counters: try numbers.see(name, least)
        case .sequences:
            if let number = columns.tables.firstIndex(where: { $0.name == name }) { highest[number] = max(highest[number], Int64(least)) }
        }
    }

    /// Subtracts the rows of the tables.
    /// - Returns: the buckets whose sum is not zero.
    func takeRows() throws -> [Int] {
        for (number, table) in columns.tables.enumerated() {
            let cursor = try Cursor(data, "SELECT * FROM \(name: table.name)")
            var cells = [BorrowedCell](repeating: BorrowedCell(), count: table.columns.count)
            let places = Array(cells.indices)
            while try cursor.next() {
                let row = cursor.row
                for i in places { cells[i] = BorrowedCell(row, i) }
                sums.subtract(number, cells[0].id, cells, places)
            }
        }
        return sums.uneven
    }

    /// Reports tables whose `sqlite_sequence` is too low: with a reused id, an undo would change another row.
    func demandSequences(_ faults: Faults) throws {
        var next: [String: Int] = [:]
        try data.each("SELECT name, seq FROM sqlite_sequence") { next[$0.text(0)] = max(next[$0.text(0)] ?? 0, $0.int(1)) }
        for (table, highest) in zip(columns.tables, highest) where next[table.name] ?? 0 < Int(highest) {
            faults.add(.counters, "the ids of \(table.name) go on behind \(next[table.name] ?? 0), but \(highest) was given")
        }
    }
}
