import Store
import Values

/// A record that a search has found.
package struct SearchHit: Sendable {
    package var noun: String
    package var code: String
    package var name: String?
    package var client: String?
    /// What the words were found in: `phone`, `part 3`.
    package var field: String
    package var text: String

    package static let columns: [Column<SearchHit>] = [
        Column("noun", \.noun), Column("code", \.code), Column("name", \.name), Column("client", \.client), Column("field", \.field),
        Column("text", \.text),
    ]
}

/// One search over all nouns: first records with just this code or name, then those with all the words, then those with words that begin
/// like them, in the order of `SearchedTable` and the newest first; at last those where the words are parted between a record and one that
/// it belongs to.
final class Search {
    let shop: Shop
    let wanted: SearchedText
    let nouns: [Noun]
    let tables: [String: SearchedTable]
    let limit: Int
    /// The found records in order, and the row that each was found by.
    private(set) var found: [Found] = []
    private var seen: Set<Record> = []

    private struct Record: Hashable {
        var noun: String
        var id: Int
    }

    struct Found {
        var noun: Noun
        var id: Int
        /// The row of a child; nil for the record itself.
        var row: (path: ChildPath, id: Int)?
        /// The owner that some of the words were found in.
        var owner: (noun: String, id: Int)?
    }

    /// - Parameter names: the nouns to look for; empty for all.
    init(_ shop: Shop, _ text: String, nouns names: [String], limit: Int) throws {
        (self.shop, self.limit, wanted) = (shop, limit, SearchedText(text))
        nouns = Noun.inSearchOrder(shop.nouns).filter { names.isEmpty || names.contains($0.name) }
        tables = try shop.searchTables()
    }

    var isFull: Bool { found.count >= limit }

    func run() throws {
        try findExact()
        // A code as it stands, of several words, means its record and not what begins like it.
        let isCode = !found.isEmpty && wanted.typed.count == 1 && wanted.words.count > 1
        if !wanted.words.isEmpty {
            let whole = wanted.words.map { SearchedText.match(whole: $0) }
            try findDocuments(whole.joined(separator: " AND "))
            if !isFull, !isCode, let extended = try extended(wanted.words), extended != whole {
                try findDocuments(extended.joined(separator: " AND "))
            }
        }
        for noun in nouns where !isFull {
            for codes in wanted.codes(of: noun) { try take(noun, "\(codes) ORDER BY id DESC LIMIT \(limit)") }
        }
        if !isFull, (2...Search.mostParted).contains(wanted.typed.count) { try findParted() }
    }

    func take(_ new: Found) {
        guard !isFull, seen.insert(Record(noun: new.noun.name, id: new.id)).inserted else { return }
        found.append(new)
    }

    private func take(_ noun: Noun, _ ids: SQL) throws {
        for id in try shop.data.all(ids, { $0.int(0) }) { take(Found(noun: noun, id: id)) }
    }

    /// The queries of FTS5 for words that begin like these; nil if there are none for one of them. FTS5 itself collects all documents of a
    /// beginning before it returns the first; so a few words are named instead.
    private func extended(_ words: [String]) throws -> [String]? {
        var queries: [String] = []
        for word in words {
            var query = SearchedText.match(word)
            if SearchedText.isExtended(word) {
                let terms = try shop.data.all(
                    """
                    SELECT term FROM aux_search_word WHERE term >= \(word) AND term < \(word + Search.last) LIMIT \(Search.mostTerms + 1)
                    """
                ) { SearchedText.match(whole: $0.text(0)) }
                guard !terms.isEmpty else { return nil }
                if terms.count <= Search.mostTerms { query = terms.count == 1 ? terms[0] : "(\(terms.joined(separator: " OR ")))" }
            }
            queries.append(query)
        }
        return queries
    }

    /// Whether the index has a word itself.
    func isWhole(_ word: String) throws -> Bool {
        let query = SearchedText.match(whole: word)
        return try shop.data.one("SELECT 1 FROM aux_search WHERE aux_search MATCH \(query) LIMIT 1") { _ in true } ?? false
    }

    private static let mostTerms = 100
    /// Comes after every letter.
    static let last = "\u{10FFFF}"

    /// Records with this code or this name.
    private func findExact() throws {
        let key = wanted.text.searchKey
        for noun in nouns {
            let code = Shop.code(of: noun)
            try take(noun, "SELECT id FROM \(name: noun.name) WHERE \(code) = \(wanted.text) COLLATE NOCASE LIMIT 1")
        }
        // Other titles have no index; their words find them.
        for noun in nouns {
            guard let title = noun.title, noun.fields.contains(where: { $0.name == title && $0.sorts }) else { continue }
            let called = Shop.isCalled("\(name: noun.name).\(name: title)", key)
            try take(noun, "SELECT id FROM \(name: noun.name) WHERE \(called) ORDER BY id DESC LIMIT \(limit)")
        }
    }

    /// Records with a document that an FTS5 query matches. Documents are read in pieces, because several may belong to one record.
    private func findDocuments(_ match: String) throws {
        // Without a restriction all tables are read at once: a query for beginnings collects all of its documents first.
        let owned = nouns.flatMap { noun in [noun.name] + noun.searchedPaths.map(\.child.table) }
        let wanted = Set(owned).compactMap { tables[$0] }.sorted { $0.number > $1.number }
        guard let first = wanted.first, let last = wanted.last else { return }
        let ranges = wanted.count == tables.count ? [last.base...first.last] : wanted.map { $0.base...$0.last }
        for range in ranges {
            var upper = range.upperBound
            let piece = max(limit, Search.leastPiece)
            while !isFull, upper >= range.lowerBound {
                let documents = try shop.data.all(
                    """
                    SELECT rowid FROM aux_search WHERE aux_search MATCH \(match) AND rowid BETWEEN \(range.lowerBound) AND \(upper)
                    ORDER BY rowid DESC LIMIT \(piece)
                    """
                ) { $0.int(0) }
                try take(documents: documents)
                guard documents.count == piece, let lowest = documents.last else { break }
                upper = lowest - 1
            }
        }
    }

    private static let leastPiece = 200

    /// Takes the records of documents, which are grouped by table.
    private func take(documents: [Int]) throws {
        let names = Dictionary(tables.values.map { ($0.number, $0.name) }) { first, _ in first }
        var rest = documents[...]
        while let first = rest.first, !isFull {
            let number = SearchedTable.row(ofDocument: first).table
            let ids = rest.prefix { SearchedTable.row(ofDocument: $0).table == number }.map { SearchedTable.row(ofDocument: $0).id }
            rest = rest.dropFirst(ids.count)
            guard let name = names[number] else { continue }
            if let noun = nouns.first(where: { $0.name == name }) {
                for id in ids { take(Found(noun: noun, id: id)) }
                continue
            }
            var owners: [Int: Found] = [:]
            for path in nouns.flatMap(\.searchedPaths) where path.child.table == name {
                let (from, standing) = path.upward
                let conditions = ["\(name: name).id IN (\(SQL.ids(ids)))"] + standing + ["\(path.owner) IS NOT NULL"]
                try shop.data.each("SELECT \(name: name).id, \(path.owner) FROM \(from) WHERE \(conditions.joined(" AND "))") { row in
                    owners[row.int(0)] = Found(noun: path.noun, id: row.int(1), row: (path, row.int(0)))
                }
            }
            for id in ids { if let owner = owners[id] { take(owner) } }
        }
    }
}

extension Shop {
    /// Finds records of all nouns, or of the named ones, by words.
    /// - Returns: the hits in order, and a sentence about what else might be meant if there are none.
    package func search(_ text: String, nouns names: [String], limit: Int) throws -> (hits: [SearchHit], hint: String?) {
        let search = try Search(self, text, nouns: names, limit: limit)
        try search.run()
        return (try search.hits(), search.found.isEmpty ? try search.nearest() : nil)
    }
}
