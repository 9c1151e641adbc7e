import Store
import Values

/// Describes what was found.
extension Search {
    /// The hits in the order of finding, with one statement for the records of a noun and one for the rows of a table.
    func hits() throws -> [SearchHit] {
        var records: [String: [Int: [Cell]]] = [:], parted: [String: [Int: [SearchedRecords.Piece]]] = [:]
        var rows: [String: [Int: (label: String, cells: [Cell])]] = [:]
        for noun in nouns {
            let ids = found.filter { $0.noun.name == noun.name }.map(\.id)
            if !ids.isEmpty { records[noun.name] = try cells(of: noun, ids) }
            let some = found.filter { $0.isParted && $0.noun.name == noun.name }.map(\.id)
            let known = SearchedRecords(shop: shop, noun: noun, tables: tables, terms: ranked)
            if !some.isEmpty { parted[noun.name] = try known.pieces(of: some) }
        }
        for (table, some) in Dictionary(grouping: found.compactMap(\.row), by: \.path.child.table) {
            if let path = some.first?.path { rows[table] = try cells(of: path, some.map(\.id)) }
        }
        return found.map { hit in
            let cells = records[hit.noun.name]?[hit.id] ?? []
            let code = Search.text(cells.first) ?? ""
            var (field, text) = matched(hit, code, Array(cells.dropFirst(3)))
            if let row = hit.row, let known = rows[row.path.child.table]?[row.id] {
                (field, text) = (known.label, Search.best(known.cells, wanted.allWords)?.text ?? "")
            }
            if let pieces = parted[hit.noun.name]?[hit.id] { (field, text) = Search.joined(pieces) }
            return SearchHit(
                noun: hit.noun.name, code: code, name: cells.count > 1 ? Search.text(cells[1]) : nil,
                client: cells.count > 2 ? Search.text(cells[2]) : nil, field: field,
                text: text.split(separator: "\n").joined(separator: ", "))
        }
    }

    /// The code, the name and the client's name of records, then their searched cells.
    private func cells(of noun: Noun, _ ids: [Int]) throws -> [Int: [Cell]] {
        let table: SQL = "\(name: noun.name)", title: SQL = noun.title.map { "\(table).\(name: $0)" } ?? "NULL"
        let client: SQL = noun.belongsTo.contains("client") ? "(SELECT name FROM client WHERE client.id = \(table).client_id)" : "NULL"
        let others = columns(of: noun).map { "\(table).\(name: $0)" as SQL }
        var cells: [Int: [Cell]] = [:]
        try shop.data.each(
            """
            SELECT \(table).id, \(([Shop.code(of: noun), title, client] + others).joined(", ")) FROM \(table)
            WHERE \(table).id IN (\(SQL.ids(ids)))
            """
        ) { row in cells[row.int(0)] = (0..<3 + others.count).map { row.cell($0 + 1) } }
        return cells
    }

    private func columns(of noun: Noun) -> [String] { tables[noun.name]?.columns ?? [] }

    /// The searched cells of rows, and their names: `part 3`.
    private func cells(of path: ChildPath, _ ids: [Int]) throws -> [Int: (label: String, cells: [Cell])] {
        let child = path.child, table: SQL = "\(name: child.table)", columns = tables[child.table]?.columns ?? []
        var rows: [Int: (String, [Cell])] = [:]
        try shop.data.each(
            """
            SELECT \(table).id, \(table).\(name: child.naming.column), \(columns.map { "\(table).\(name: $0)" as SQL }.joined(", "))
            FROM \(table) WHERE \(table).id IN (\(SQL.ids(ids)))
            """
        ) { row in
            let number = if case .integer(let number) = row.cell(1) { " \(number)" } else { "" }
            rows[row.int(0)] = (child.name + number, columns.indices.map { row.cell($0 + 2) })
        }
        return rows
    }

    /// The first of the pieces that have all terms.
    private static func joined(_ pieces: [SearchedRecords.Piece]) -> (field: String, text: String) {
        var seen: Set<Int> = []
        let some = pieces.filter { piece in
            defer { seen.formUnion(piece.terms) }
            return !piece.terms.isSubset(of: seen)
        }
        return (some.map(\.field).joined(separator: " and "), some.map(\.text).joined(separator: "; "))
    }

    /// The field of a record that has most of the words.
    private func matched(_ hit: Found, _ code: String, _ cells: [Cell]) -> (field: String, text: String) {
        let columns = columns(of: hit.noun)
        guard let (place, text) = Search.best(cells, wanted.allWords), text != code else { return ("code", code) }
        return (hit.noun.fields.first { $0.column == columns[place] }?.name ?? columns[place], text)
    }

    /// The first of the texts with the most of the words; nil if none has any.
    static func best(_ cells: [Cell], _ words: [String]) -> (place: Int, text: String)? {
        var best: (place: Int, text: String)?, most = 0
        for (place, cell) in cells.enumerated() {
            guard let text = text(cell) else { continue }
            let own = SearchText.words(of: text), count = words.count { word in own.contains { SearchedText.fits($0, word) } }
            if count > most { (best, most) = ((place, text), count) }
        }
        return best
    }

    static func text(_ cell: Cell?) -> String? { if case .text(let text)? = cell { text } else { nil } }
}
