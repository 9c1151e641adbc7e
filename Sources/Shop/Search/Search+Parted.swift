import Store
import Values

/// Finds records where some of the words are in the record, or in a row that belongs to it, and the others in a record that it belongs to:
/// a client's name and the title of a part. The texts of what belongs to the newest owners are compared one by one; so it takes as long
/// whatever else has the words.
extension Search {
    /// The number of words up to which they are parted.
    static let mostParted = 6
    /// How many owners are looked at, and how many rows of theirs in each table, the newest first.
    private static let mostOwners = 20, mostRows = 300

    func findParted() throws {
        let words = wanted.typed
        // A word is taken as the beginning of others only if it is none itself.
        let queries = try Dictionary(
            uniqueKeysWithValues: Set(wanted.words).map { word in
                (word, try isWhole(word) ? SearchedText.match(whole: word) : SearchedText.match(word))
            })
        for owner in Set(nouns.flatMap(\.belongsTo)).sorted() {
            guard let table = tables[owner] else { continue }
            for place in 1..<words.count {
                let first = words[..<place].flatMap { $0 }, second = words[place...].flatMap { $0 }
                for (above, own) in [(first, second), (second, first)] where !isFull {
                    let query = above.compactMap { queries[$0] }.joined(separator: " AND ")
                    let owners = try shop.data.all(
                        "\(SearchedText.rows(of: table, matching: query)) ORDER BY rowid DESC LIMIT \(Search.mostOwners)"
                    ) { $0.int(0) }
                    if !owners.isEmpty { try find(own, below: owner, owners) }
                }
            }
        }
    }

    private func find(_ words: [String], below owner: String, _ owners: [Int]) throws {
        for noun in nouns where noun.belongsTo.contains(owner) && !isFull {
            let key: SQL = "\(name: noun.name).\(name: owner + "_id")"
            if let table = tables[noun.name] {
                try find(words, in: table, from: "\(name: noun.name)", "\(name: noun.name).id", key, owners, []) { row, id, above in
                    Found(noun: noun, id: id, row: nil, owner: (owner, above))
                }
            }
            for path in noun.searchedPaths {
                guard let table = tables[path.child.table] else { continue }
                var (from, standing) = path.upward
                if standing.isEmpty { from += " JOIN \(name: noun.name) ON \(name: noun.name).id = \(path.owner)" }
                try find(words, in: table, from: from, path.owner, key, owners, standing) { row, id, above in
                    Found(noun: noun, id: id, row: (path, row), owner: (owner, above))
                }
            }
        }
    }

    /// Compares the newest rows of a table whose records belong to the owners.
    private func find(
        _ words: [String], in table: SearchedTable, from: SQL, _ record: SQL, _ key: SQL, _ owners: [Int], _ standing: [SQL],
        make: (_ row: Int, _ id: Int, _ owner: Int) -> Found
    ) throws {
        let cells = table.columns.map { "\(name: table.name).\(name: $0)" as SQL }
        let conditions = ["\(key) IN (\(SQL.ids(owners)))"] + standing
        var new: [Found] = []
        try shop.data.each(
            """
            SELECT \(name: table.name).id, \(record), \(key), \(cells.joined(", ")) FROM \(from)
            WHERE \(conditions.joined(" AND ")) ORDER BY \(name: table.name).id DESC LIMIT \(Search.mostRows)
            """
        ) { row in
            let text = (0..<cells.count).map { row.text($0 + 3) }.joined(separator: " ")
            if Search.has(words, SearchText.words(of: text)) { new.append(make(row.int(0), row.int(1), row.int(2))) }
        }
        for found in new { take(found) }
    }

    /// Whether each word finds one of the text.
    private static func has(_ words: [String], _ text: [String]) -> Bool {
        words.allSatisfy { word in text.contains { SearchedText.fits($0, word) } }
    }
}
