import Values

/// Sees what numbers entries have given.
package protocol NumberWatch: AnyObject {
    /// What sees the texts that are put into a column; their bytes are good only during the call. Nil where none of them has a number.
    func watch(_ table: String, _ column: String) -> ((UnsafeRawBufferPointer) throws -> Void)?
    /// A counter stood at a number when a checkpoint was made.
    func see(_ series: String, _ number: Int) throws
}

/// Adds up what the journal says of all rows, takes away what the tables hold, and notes the highest ids that were given.
final class Replay: ChangeVisitor {
    private let data: Database
    private let columns: SchemaColumns
    private let numbers: any NumberWatch
    private var sums = CellSums()
    /// By the number of the table.
    private var highest: [Int64]
    private var table = Table()

    private struct Table {
        var number = -1
        var columns: [Int] = []
        var watches: [(place: Int, see: (UnsafeRawBufferPointer) throws -> Void)] = []
        /// Counters and ids that a checkpoint keeps.
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
        // Entries of one version follow each other: the same few tables come again and again.
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
            // The key is only in the old row.
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

    /// Takes the rows of the tables away.
    /// - Returns: the buckets of the sums that are not even then.
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

    /// Ids that are used again let an undo change another row.
    func demandSequences(_ faults: Faults) throws {
        var next: [String: Int] = [:]
        try data.each("SELECT name, seq FROM sqlite_sequence") { next[$0.text(0)] = max(next[$0.text(0)] ?? 0, $0.int(1)) }
        for (table, highest) in zip(columns.tables, highest) where next[table.name] ?? 0 < Int(highest) {
            faults.add(.counters, "the ids of \(table.name) go on behind \(next[table.name] ?? 0), but \(highest) was given")
        }
    }
}
