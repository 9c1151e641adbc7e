import Store
import Values

/// A searched text, and the queries of FTS5 for it.
struct SearchedText {
    let text: String
    /// What stands between blanks.
    let terms: [SearchTerm]

    init(_ text: String) {
        self.text = text
        terms = text.split { $0.isWhitespace }.map { SearchTerm(String($0)) }.filter { !$0.words.isEmpty }
    }

    var words: [String] { terms.flatMap(\.words) }

    /// The text itself and, if it is a telephone number, its digits: `082 123 4567` is `0821234567`.
    var readings: [SearchedText] { [self] + (SearchText.phone(text).map { [SearchedText($0)] } ?? []) }

    /// The words of all readings.
    var allWords: [String] { readings.flatMap(\.words) }

    /// Whether a word is found by its beginning. Too many numbers begin with one or two digits.
    static func isExtended(_ word: String) -> Bool { word.utf8.count > 2 || !word.utf8.allSatisfy { (48...57).contains($0) } }

    /// Whether the text's word is found by a searched one.
    static func fits(_ word: String, _ searched: String) -> Bool { isExtended(searched) ? word.hasPrefix(searched) : word == searched }

    /// The query of FTS5 for a word itself, or for words that begin like it.
    static func match(whole word: String) -> String { "\"\(word)\"" }
    static func match(_ word: String) -> String { isExtended(word) ? match(whole: word) + "*" : match(whole: word) }
}

/// One of the words of a searched text as it is typed, `CL-0001`: a document has it if it has all of its words.
struct SearchTerm {
    let text: String
    /// Its words, as the index has them.
    let words: [String]

    init(_ text: String) {
        self.text = text
        // The digits of a telephone number are another reading.
        words = Array(SearchText.words(of: text).dropLast(SearchText.phone(text) == nil ? 0 : 1))
    }

    /// The query of FTS5 for its words themselves.
    var whole: String { words.map { SearchedText.match(whole: $0) }.joined(separator: " AND ") }

    func isIn(_ words: [String]) -> Bool {
        self.words.allSatisfy { word in words.contains { SearchedText.fits($0, word) } }
    }

    /// The condition that the term is or begins a record's code, or is its number; nil if the index has the codes of the noun.
    func isCode(of noun: Noun) -> SQL? {
        guard case .series(let prefix, let digits) = noun.coding else { return nil }
        let code: SQL = "\(name: noun.name).\(name: noun.code)"
        let runs = Shop.runs(text), letters = Shop.runs(prefix)
        // DEL comes after every letter that a code may have.
        let begins: SQL = "\(code) >= \(text) AND \(code) < \(text + "\u{7F}")"
        guard let number = runs.last, number.first?.isNumber == true, number.utf8.count <= Record.longestCode,
            runs.count == 1 || Array(runs.dropLast()) == letters
        else { return "(\(begins))" }
        return "(\(begins) OR \(code) = \(prefix + number.padded(to: digits, with: "0")))"
    }
}

/// A term, and what the index has of it.
struct RankedTerm {
    let term: SearchTerm
    /// The query of FTS5; nil if the index has no such word.
    let query: String?
    /// The number of documents with the rarest of its words.
    let count: Int

    /// Whether all of its words begin many words of the index, so that a query reads all of these.
    var isCommon: Bool { count == .max }
}

extension Shop {
    /// The terms of a text, the rarest first.
    func ranked(_ text: SearchedText) throws -> [RankedTerm] {
        try text.terms.map { term in
            // A code as it stands, of several words, means its record and not what begins like it.
            if term.words.count > 1, try isCode(term.text) { return RankedTerm(term: term, query: term.whole, count: 0) }
            let known = try query(term.words)
            return RankedTerm(term: term, query: known?.match, count: known?.count ?? 0)
        }.sorted { $0.count < $1.count }
    }

    private func isCode(_ text: String) throws -> Bool {
        let those = nouns.map { "EXISTS (SELECT 1 FROM \(name: $0.name) WHERE \(Shop.code(of: $0)) = \(text) COLLATE NOCASE)" as SQL }
        return try data.one("SELECT \(those.joined(" OR "))") { $0.int(0) != 0 } ?? false
    }

    private static let mostWords = 100
    /// Comes after every letter.
    static let lastLetter = "\u{10FFFF}"

    /// The query of FTS5 for documents with words that begin like these, and the number of documents with the rarest of them; nil if one
    /// of the words begins none. FTS5 itself collects all documents of a beginning before it returns the first; so a few words are named
    /// instead.
    func query(_ words: [String]) throws -> (match: String, count: Int)? {
        var queries: [String] = [], least = Int.max
        for word in words {
            let upper = SearchedText.isExtended(word) ? word + Shop.lastLetter : word + "\u{1}"
            let known = try data.all(
                "SELECT term, doc FROM aux_search_word WHERE term >= \(word) AND term < \(upper) LIMIT \(Shop.mostWords + 1)"
            ) { (query: SearchedText.match(whole: $0.text(0)), count: $0.int(1)) }
            guard !known.isEmpty else { return nil }
            // What begins many words is read last, because all of it is collected each time.
            if known.count <= Shop.mostWords { least = min(least, known.reduce(0) { $0 + $1.count }) }
            let all = known.map(\.query).joined(separator: " OR ")
            queries.append(known.count > Shop.mostWords ? SearchedText.match(word) : known.count == 1 ? all : "(\(all))")
        }
        return (queries.joined(separator: " AND "), least)
    }
}

extension SearchedTable {
    /// The condition of documents of its rows that a query of FTS5 finds.
    func matches(_ query: String) -> SQL { "aux_search MATCH \(query) AND aux_search.rowid BETWEEN \(base) AND \(last)" }

    /// The ids of its rows that the query finds.
    func rows(_ query: String) -> SQL { "SELECT rowid - \(base) FROM aux_search WHERE \(matches(query))" }
}
