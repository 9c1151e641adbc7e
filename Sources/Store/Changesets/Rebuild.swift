import Values

/// How a row differs from the journal.
package struct RowFault: Sendable {
    package enum Kind: Sendable {
        /// A cell, and its value according to the journal.
        case other(column: String, is: Cell, said: Cell)
        /// The row that an entry added is missing.
        case missing(addedBy: Int)
        /// The row exists, but no entry added it.
        case unknown
        /// The row exists, but an entry removed it.
        case removed(by: Int)
        /// The old row in the changes of an entry differs from what the entries before left, or does not exist.
        case contradiction(entry: Int)
    }

    package var table: String
    package var id: Int
    package var kind: Kind
    /// The cells of the row according to the journal, by column.
    package var said: [String: Cell]
}

extension Change {
    /// The insertion of a row with these cells, in the order of the columns.
    package init(adding cells: [Cell?], to table: String, id: Int) {
        self.init(table: table, kind: .added, id: id, before: cells.map { _ in nil }, after: cells)
    }
}

/// Rebuilds the rows of some buckets from the journal, cell by cell, and compares them with the tables.
final class Rebuild: ChangeVisitor {
    private struct Key: Hashable {
        var table: Int
        var id: Int64
    }

    private struct Made {
        var cells: [OwnedCell]
        /// The entry that added the row, or removed it.
        var entry: Int
        var isThere = true
        var contradiction: Int?
    }

    private let columns: SchemaColumns
    private var isWanted = [Bool](repeating: false, count: CellSums.buckets)
    private var made: [Key: Made] = [:]
    private var entry = 0
    private var layout: SchemaColumns.Layout?

    init(_ columns: SchemaColumns, buckets: some Sequence<Int>) {
        self.columns = columns
        for bucket in buckets { isWanted[bucket] = true }
    }

    func begin(entry: Int) { self.entry = entry }
    func begin(table: String, layout: SchemaColumns.Layout?) { self.layout = layout.flatMap { $0.table < 0 ? nil : $0 } }

    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws {
        guard let layout else { return }
        let key = Key(table: layout.table, id: operation == .insert ? new[0].id : old[0].id)
        guard isWanted[CellSums.bucket(key.table, key.id)] else { return }
        let nothing = [OwnedCell](repeating: BorrowedCell.null.owned, count: columns.tables[layout.table].columns.count)
        var row = made[key] ?? Made(cells: nothing, entry: entry, isThere: false)
        if row.isThere == (operation == .insert) { row.contradiction = row.contradiction ?? entry }
        for (i, column) in layout.columns.enumerated() where column >= 0 {
            if operation != .insert, old[i].kind != .absent {
                if old[i].owned != row.cells[column] { row.contradiction = row.contradiction ?? entry }
            }
            if operation != .delete, new[i].kind != .absent { row.cells[column] = new[i].owned }
        }
        if operation == .delete { row.cells = nothing }
        if operation != .update { (row.entry, row.isThere) = (entry, operation == .insert) }
        made[key] = row
    }

    /// Returns every row that differs from the journal, in the order of the tables.
    func faults(in data: Database) throws -> [RowFault] {
        var faults: [RowFault] = []
        for (number, table) in columns.tables.enumerated() {
            let cursor = try Cursor(data, "SELECT * FROM \(name: table.name)")
            var found: [Int64: [OwnedCell]] = [:]
            while try cursor.next() {
                let id = BorrowedCell(cursor.row, 0).id
                guard isWanted[CellSums.bucket(number, id)] else { continue }
                found[id] = table.columns.indices.map { BorrowedCell(cursor.row, $0).owned }
            }
            let ids = Set(found.keys).union(made.keys.lazy.filter { $0.table == number }.map(\.id))
            for id in ids.sorted() { faults += Rebuild.faults(table.name, table.columns, id, made[Key(table: number, id: id)], found[id]) }
        }
        return faults
    }

    private static func faults(_ table: String, _ columns: [String], _ id: Int64, _ made: Made?, _ found: [OwnedCell]?) -> [RowFault] {
        let said = made.map { Dictionary(zip(columns, $0.cells.map(\.cell))) { first, _ in first } } ?? [:]
        func fault(_ kind: RowFault.Kind) -> RowFault { RowFault(table: table, id: Int(id), kind: kind, said: said) }
        var faults = made?.contradiction.map { [fault(.contradiction(entry: $0))] } ?? []
        switch (made, found) {
        case (nil, .some): faults.append(fault(.unknown))
        case (let made?, nil) where made.isThere: faults.append(fault(.missing(addedBy: made.entry)))
        case (let made?, .some) where !made.isThere: faults.append(fault(.removed(by: made.entry)))
        case (let made?, let found?):
            for (i, column) in columns.enumerated() where made.cells[i] != found[i] {
                faults.append(fault(.other(column: column, is: found[i].cell, said: made.cells[i].cell)))
            }
        default: break
        }
        return faults
    }
}
