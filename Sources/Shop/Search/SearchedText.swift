import Store
import Values

/// A searched text, and the SQL that finds records by it.
struct SearchedText {
    let text: String
    /// Its words, as the index has them.
    let words: [String]
    /// The same by what stands between blanks: `[[cl, 0001], [gate]]`.
    let typed: [[String]]

    init(_ text: String) {
        self.text = text
        typed = text.split { $0.isWhitespace }.map { SearchText.words(of: String($0)) }.filter { !$0.isEmpty }
        words = typed.flatMap { $0 }
    }

    /// Whether a word is found by its beginning. Too many numbers begin with one or two digits.
    static func isExtended(_ word: String) -> Bool { word.utf8.count > 2 || !word.utf8.allSatisfy { (48...57).contains($0) } }

    /// Whether the text's word is found by a searched one.
    static func fits(_ word: String, _ searched: String) -> Bool { isExtended(searched) ? word.hasPrefix(searched) : word == searched }

    /// The query of FTS5 for a word itself, or for words that begin like it.
    static func match(whole word: String) -> String { "\"\(word)\"" }
    static func match(_ word: String) -> String { isExtended(word) ? match(whole: word) + "*" : match(whole: word) }

    /// The ids of a table's rows that a query of FTS5 finds.
    static func rows(of table: SearchedTable, matching query: String) -> SQL {
        """
        SELECT rowid - \(table.base) FROM aux_search WHERE aux_search MATCH \(query)
        AND rowid BETWEEN \(table.base) AND \(table.last)
        """
    }

    /// The condition of a noun's list: each word begins a word of the record, of a row that belongs to it, or of a record that it belongs
    /// to, or the text is the beginning of a code.
    func condition(_ noun: Noun, _ tables: [String: SearchedTable]) -> SQL {
        var found = words.map { word in "SELECT * FROM (\(ids(of: noun, word, tables)))" as SQL }.joined(" INTERSECT ")
        for codes in codes(of: noun) { found = found.text.isEmpty ? codes : "\(found) UNION \(codes)" }
        return found.text.isEmpty ? "0" : "\(name: noun.name).id IN (\(found))"
    }

    private func ids(of noun: Noun, _ word: String, _ tables: [String: SearchedTable]) -> SQL {
        var found: [SQL] = []
        let query = SearchedText.match(word)
        if let table = tables[noun.name] { found.append(SearchedText.rows(of: table, matching: query)) }
        for path in noun.searchedPaths {
            guard let table = tables[path.child.table] else { continue }
            found.append(path.records(having: "\(name: table.name).id IN (\(SearchedText.rows(of: table, matching: query)))"))
        }
        for owner in noun.belongsTo {
            guard let table = tables[owner] else { continue }
            found.append(
                "SELECT id FROM \(name: noun.name) WHERE \(name: owner + "_id") IN (\(SearchedText.rows(of: table, matching: query)))")
        }
        return found.isEmpty ? "SELECT 0 WHERE 0" : found.joined(" UNION ")
    }

    /// Finds records by the code that the text is or begins, or by its number. The index has the codes of other nouns than these.
    func codes(of noun: Noun) -> [SQL] {
        guard case .series(let prefix, let digits) = noun.coding, !text.isEmpty else { return [] }
        let code: SQL = "\(name: noun.code)", from: SQL = "SELECT id FROM \(name: noun.name) WHERE"
        // DEL comes after every letter that a code may have.
        var found: [SQL] = ["\(from) \(code) >= \(text) AND \(code) < \(text + "\u{7F}")"]
        let runs = Shop.runs(text), letters = Shop.runs(prefix)
        if let number = runs.last, number.first?.isNumber == true, number.utf8.count <= Record.longestCode,
            runs.count == 1 || Array(runs.dropLast()) == letters
        {
            found.append("\(from) \(code) = \(prefix + number.padded(to: digits, with: "0"))")
        }
        return found
    }
}

extension ChildPath {
    /// The tables from the child up to that of the noun, and the conditions that a row is current.
    var upward: (from: SQL, standing: [SQL]) {
        var from: SQL = "\(name: child.table)", below = child
        for above in steps.dropLast().reversed() {
            from += " JOIN \(name: above.table) ON \(name: above.table).id = \(name: below.table).\(name: below.parent)"
            below = above
        }
        let standing = steps.compactMap(\.standing)
        if !standing.isEmpty {
            from += " JOIN \(name: noun.name) ON \(name: noun.name).id = \(name: below.table).\(name: below.parent)"
        }
        return (from, standing)
    }

    /// The column with the id of the noun's record, in the upward join.
    var owner: SQL { "\(name: steps[0].table).\(name: steps[0].parent)" }

    /// The ids of the records with rows that fulfil a condition.
    func records(having condition: SQL) -> SQL {
        let (from, standing) = upward
        return "SELECT \(owner) FROM \(from) WHERE \(([condition] + standing).joined(" AND ")) AND \(owner) IS NOT NULL"
    }
}
