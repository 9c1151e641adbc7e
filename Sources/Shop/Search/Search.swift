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
/// like them, in the order of `SearchedTable` and the newest first; at last those where the words are parted between a record, its rows and
/// what it belongs to.
final class Search {
    let shop: Shop
    let wanted: SearchedText
    let nouns: [Noun]
    let tables: [String: SearchedTable]
    let limit: Int
    /// The found records in order, and the row that each was found by.
    private(set) var found: [Found] = []
    private var seen: Set<Record> = []
    /// The terms by which records were found.
    private(set) var ranked: [RankedTerm] = []

    private struct Record: Hashable {
        var noun: String
        var id: Int
    }

    struct Found {
        var noun: Noun
        var id: Int
        /// The row of a child; nil for the record itself.
        var row: (path: ChildPath, id: Int)?
        /// Whether the words are parted.
        var isParted = false
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
        // The text itself comes last, and its words may be parted.
        for reading in wanted.readings.reversed() where !isFull && !reading.terms.isEmpty {
            try findDocuments(reading.terms.map(\.whole).joined(separator: " AND "))
            guard !isFull else { return }
            ranked = try shop.ranked(reading)
            if try findLast() { return }
            // With others, a term that begins many words is compared with the texts of records that have these.
            guard ranked.count == 1 || !ranked.contains(where: \.isCommon) else { continue }
            let queries = ranked.compactMap(\.query)
            if queries.count == ranked.count, queries != ranked.map(\.term.whole) { try findDocuments(queries.joined(separator: " AND ")) }
        }
        for noun in nouns where !isFull {
            if ranked.count > 1 {
                let records = SearchedRecords(shop: shop, noun: noun, tables: tables, terms: ranked)
                for id in try records.newest(limit) { take(Found(noun: noun, id: id, isParted: true)) }
            } else if let code = wanted.terms.first?.isCode(of: noun) {
                try take(noun, where: code)
            }
        }
    }

    func take(_ new: Found) {
        guard !isFull, seen.insert(Record(noun: new.noun.name, id: new.id)).inserted else { return }
        found.append(new)
    }

    /// Takes the newest records. A plus keeps SQLite from reading all in their order.
    private func take(_ noun: Noun, where condition: SQL) throws {
        let ids = try shop.data.all("SELECT id FROM \(name: noun.name) WHERE \(condition) ORDER BY +id DESC LIMIT \(limit)") { $0.int(0) }
        for id in ids { take(Found(noun: noun, id: id)) }
    }

    /// Records with this code or this name.
    private func findExact() throws {
        let key = wanted.text.searchKey
        for noun in nouns {
            let code = Shop.code(of: noun)
            try take(noun, where: "\(code) = \(wanted.text) COLLATE NOCASE")
        }
        // Other titles have no index; their words find them.
        for noun in nouns {
            guard let title = noun.title, noun.fields.contains(where: { $0.name == title && $0.sorts }) else { continue }
            try take(noun, where: Shop.isCalled("\(name: noun.name).\(name: title)", key))
        }
    }

    /// Takes the last records of the first noun, if enough of them have terms that begin many words. A query would read all of these.
    private func findLast() throws -> Bool {
        guard let noun = nouns.first, ranked.contains(where: \.isCommon) else { return false }
        let ids = try SearchedRecords(shop: shop, noun: noun, tables: tables, terms: ranked).amongLast(limit)
        guard ids.count == limit else { return false }
        for id in ids { take(Found(noun: noun, id: id, isParted: ranked.count > 1)) }
        return isFull
    }

    /// Records with a document that an FTS5 query matches. Documents are read in pieces, because several may belong to one record.
    private func findDocuments(_ match: String) throws {
        // Without a restriction all tables are read at once: a query for beginnings collects all of its documents first.
        let owned = nouns.flatMap { noun in [noun.name] + noun.searchedPaths.map(\.child.table) }
        let wanted = Set(owned).compactMap { tables[$0] }.sorted { $0.number > $1.number }
        guard let first = wanted.first, let last = wanted.last else { return }
        let ranges = wanted.count == tables.count ? [last.base...first.last] : wanted.map { $0.base...$0.last }
        for range in ranges where !isFull {
            let there = try Cursor(
                shop.data,
                """
                SELECT rowid FROM aux_search WHERE aux_search MATCH \(match)
                AND rowid BETWEEN \(range.lowerBound) AND \(range.upperBound) ORDER BY rowid DESC
                """)
            var documents: [Int] = [], piece = max(limit, Search.leastPiece), isMore = true
            while isMore, !isFull {
                isMore = try there.next()
                if isMore { documents.append(there.row.int(0)) }
                guard !isMore || documents.count == piece else { continue }
                try take(documents: documents)
                documents.removeAll()
                piece *= 2
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
                let conditions = ["\(name: name).id IN (\(SQL.ids(ids)))"] + path.standing
                try shop.data.each("SELECT \(name: name).id, \(path.owner) FROM \(path.upward) WHERE \(conditions.joined(" AND "))") {
                    row in
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
