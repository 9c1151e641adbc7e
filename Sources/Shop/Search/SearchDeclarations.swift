import Store
import Values

/// The tables and columns that a noun declares for the search index.
extension Noun {
    /// The searched columns of its own table.
    var searchedColumns: [String] {
        if let searched { return searched }
        if case .series = coding { return nameColumns }
        return [code] + nameColumns
    }

    /// The children whose rows are searched.
    var searchedPaths: [ChildPath] { paths.filter { !$0.child.searched.isEmpty } }

    /// The order in which records are found that match equally well. Nouns that are not named come last.
    private static let searchOrder = [
        "client", "contact", "project", "quote", "invoice", "product", "inv", "lot", "supplier", "purchase", "preset", "material",
        "machine",
        "delivery", "operation", "price", "queue", "run", "operator",
    ]

    static func inSearchOrder(_ nouns: [Noun]) -> [Noun] {
        let places = Dictionary(searchOrder.enumerated().map { ($1, $0) }) { first, _ in first }
        return nouns.enumerated().sorted { a, b in
            (places[a.element.name] ?? .max, a.offset) < (places[b.element.name] ?? .max, b.offset)
        }.map(\.element)
    }

    /// The tables of the index that these nouns declare: records before rows that belong to them, in the order of finding.
    static func searchedTables(_ nouns: [Noun]) -> [SearchedTable] {
        let nouns = inSearchOrder(nouns)
        var columns: [(name: String, columns: [String])] = []
        for (name, searched) in nouns.map({ ($0.name, $0.searchedColumns) })
            + nouns.flatMap({ $0.searchedPaths.map { ($0.child.table, $0.child.searched) } }) where !searched.isEmpty
        {
            guard let known = columns.firstIndex(where: { $0.name == name }) else {
                columns.append((name, searched))
                continue
            }
            columns[known].columns += searched.filter { !columns[known].columns.contains($0) }
        }
        return columns.enumerated().map { place, table in
            SearchedTable(number: columns.count - place, name: table.name, columns: table.columns)
        }
    }
}

extension Shop {
    /// Makes the search index anew from all rows, within the current transaction.
    package func rebuildSearch() throws { try data.rebuildSearch(Noun.searchedTables(nouns)) }

    /// The tables of the index by name, with what the current change has done so far.
    /// - Throws: `store` if the index was made for other declarations of a noun.
    func searchTables() throws -> [String: SearchedTable] {
        if isChanging { try data.searchWhatWasChanged() }
        return Dictionary(try data.searchedTables().map { ($0.name, $0) }) { $1 }
    }

    /// Reports tables whose rows differ from the search index.
    func findWrongSearch(_ faults: Faults) throws {
        let declared = Noun.searchedTables(nouns)
        guard try data.searchedTables() == declared.sorted(by: { $0.number < $1.number }) else {
            return faults.add(.search, "the search index was not made for these tables: \(SearchedTable.rebuilding)")
        }
        for table in try data.searchDifferences(declared) {
            let rows = table.isEmpty ? "rows of no table" : "other words than the rows of \(History.words(table))"
            faults.add(.search, "the search index has \(rows): \(SearchedTable.rebuilding)")
        }
    }
}
