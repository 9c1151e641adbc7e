import Values

/// A table whose rows are documents of the search index.
package struct SearchedTable: Equatable, Sendable {
    /// The number of the table in the numbers of its documents. Documents with higher numbers are found first.
    package var number: Int
    package var name: String
    /// The columns with the text of a document.
    package var columns: [String]

    package init(number: Int, name: String, columns: [String]) { (self.number, self.name, self.columns) = (number, name, columns) }

    /// - Parameter row: has the number as its first and the columns as its third cell.
    fileprivate init(_ row: Row, name: String) throws {
        guard (1..<1 << 20).contains(row.int(0)) else {
            throw Failure(.store, .search, "the search index is damaged", hint: SearchedTable.rebuilding)
        }
        self.init(number: row.int(0), name: name, columns: row.text(2).utf8.split(separator: 32).map { String(Substring($0)) })
    }

    private static let idBits = 40
    /// The command that makes the index anew.
    package static let rebuilding = "laseros upgrade --search-index"

    /// The number of the document of the first row; that of a row follows by its id.
    package var base: Int { number << SearchedTable.idBits }
    package var last: Int { base + 1 << SearchedTable.idBits - 1 }

    /// The number of the document of a row; nil for an id that no row of laseros has.
    func document(_ id: Int) -> Int? { id > 0 && id < 1 << SearchedTable.idBits ? base + id : nil }

    /// The table's number and the row's id of a document.
    package static func row(ofDocument number: Int) -> (table: Int, id: Int) { (number >> idBits, number & (1 << idBits - 1)) }

    /// Its searched cells, after the id.
    var cells: SQL { (["id"] + columns.map { "\(name: $0)" as SQL }).joined(", ") }
}

extension Database {
    /// The searched tables, as the index was made for them.
    package func searchedTables() throws -> [SearchedTable] {
        try all("SELECT id, name, columns FROM aux_searched ORDER BY id") { try SearchedTable($0, name: $0.text(1)) }
    }

    /// The same for one table, with the places of its searched columns; nil if it is not searched.
    func searchedTable(_ name: String) throws -> (table: SearchedTable, places: [Int])? {
        try one("SELECT id, places, columns FROM aux_searched WHERE name = \(name)") { row in
            (try SearchedTable(row, name: name), row.text(1).utf8.split(separator: 32).map { Int(Substring($0)) ?? .max })
        }
    }
}
