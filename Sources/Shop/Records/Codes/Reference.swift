import Store
import Values

/// A record by the id of its row, and the code that people know it by.
package struct RecordID: Sendable {
    package var id: Int
    package var code: String

    package init(id: Int, code: String) { (self.id, self.code) = (id, code) }

    /// - Parameter row: has the id and the code as its first two columns.
    init(_ row: Row) { self.init(id: row.int(0), code: row.text(1)) }
}

/// Finds a record by a typed word.
extension Shop {
    /// How far a word may differ from the code.
    package enum Guess: Sendable {
        /// It must be the code: used for input from a pipe, which nobody reviews.
        case nothing
        /// Or the whole name: used for files, because other programs write names.
        case names
        /// Or any part of code or name that fits only one record: used for typed words, because the user sees the result.
        case parts
    }

    /// Finds a record, ignoring case. For a user `last` is the record that they added last.
    /// - Parameter hinting: whether to search for a suggestion if there is none.
    /// - Throws: `notFound`, with the candidates if there are several.
    package func find(_ noun: Noun, _ typed: String, guessing: Guess = .parts, hinting: Bool = true) throws -> RecordID {
        let fitting = try fitting(noun, typed, guessing)
        guard let first = fitting.first else { throw try missing(noun, typed, hinting: hinting) }
        guard fitting.count > 1 else { return first }
        throw Failure(
            .notFound, noun.area, "'\(typed)' could be any of \(fitting.count) \(noun.plural): \(try candidates(noun, fitting))",
            hint: "type more of the code or the name")
    }

    /// The first of several records for a message: `JB-2026-08-CL0001-001 (Gate hinges, Karoo Signs), JB-2026-08-CL0002-001 (Gate, Brass)`.
    private func candidates(_ noun: Noun, _ fitting: [RecordID]) throws -> String {
        let shown = fitting.prefix(Shop.mostCandidates)
        var query = Query(), said: [Int: String] = [:]
        query.conditions = ["\(name: noun.name).id IN (\(SQL.ids(shown.map(\.id))))"]
        query.sort = ""
        let names = noun.fields.filter { $0.name == noun.title || $0.heading.audience == .people && !$0.heading.wide }
        try data.each(try select(noun, [Field("id", Int.self, sql: "\(name: noun.name).id")] + names, query)) { row in
            let words = names.indices.filter { !row.isNull($0 + 1) }.map { row.text($0 + 1) }
            if !words.isEmpty { said[row.int(0)] = " (\(words.joined(separator: ", ")))" }
        }
        return shown.map { $0.code + (said[$0.id] ?? "") }.joined(separator: ", ") + (fitting.count > shown.count ? ", ..." : "")
    }

    /// How many candidates a message names.
    private static let mostCandidates = 10

    /// The records that a word may refer to: the exact match, or else all the best matches.
    private func fitting(_ noun: Noun, _ typed: String, _ guessing: Guess) throws -> [RecordID] {
        if let reason = noun.builtIn[typed.lowercased()] { throw Failure(.refused, noun.area, "\(typed) is built in: \(reason)") }
        let code = Shop.code(of: noun)
        if let exact = try data.one("SELECT id, \(code) FROM \(name: noun.name) WHERE \(code) = \(typed) COLLATE NOCASE", { RecordID($0) })
        {
            return [exact]
        }
        if let column = noun.formerCode,
            let former = try data.one("SELECT id, \(code) FROM \(name: noun.name) WHERE \(name: column) = \(typed)", { RecordID($0) })
        {
            return [former]
        }
        if let merged = try merged(noun, typed) { return [merged] }
        // No code or name is longer, and SQLite limits the length of a LIKE pattern.
        guard guessing != .nothing, typed.utf8.count <= Shop.longestWord else { return try noun.finds?(self, typed, guessing) ?? [] }
        if guessing == .parts, typed.lowercased() == "last" { return [try last(noun)] }
        if let found = try noun.finds?(self, typed, guessing) { return found }
        var top = try noun.otherNames == nil ? [] : named(noun, typed, code)
        if top.isEmpty, guessing == .parts {
            let ranked = try candidates(noun, typed, code), best = ranked.map(\.rank).min()
            top = ranked.filter { $0.rank == best }.map(\.found)
        }
        if top.isEmpty, noun.otherNames == nil { top = try named(noun, typed, code) }
        return top
    }

    /// The record that one with this code was merged into.
    func merged(_ noun: Noun, _ code: String) throws -> RecordID? {
        guard let merged = noun.mergedCodes else { return nil }
        let table: SQL = "\(name: merged.table)"
        return try data.one(
            """
            SELECT \(name: noun.name).id, \(Shop.code(of: noun)) FROM \(table)
            JOIN \(name: noun.name) ON \(name: noun.name).id = \(table).\(name: merged.column) WHERE \(table).code = \(code)
            """, { RecordID($0) })
    }

    fileprivate static let longestWord = 1000

    /// The records with this name, or with it among their other names.
    private func named(_ noun: Noun, _ typed: String, _ code: SQL) throws -> [RecordID] {
        let key = typed.searchKey
        var conditions = noun.title.map { [Shop.isCalled("\(name: noun.name).\(name: $0)", key)] } ?? []
        if let names = noun.otherNames {
            let column: SQL = "\(name: noun.name).\(name: names)", all: SQL = "replace(\(Shop.searchKey(of: column)), ', ', ',')"
            conditions.append("instr(',' || \(all) || ',', \("," + key + ","))")
        }
        guard !conditions.isEmpty else { return [] }
        let title: SQL = noun.title.map { "\(name: noun.name).\(name: $0)" } ?? "''"
        let rows = try data.all(
            "SELECT id, \(code), \(title) FROM \(name: noun.name) WHERE \(conditions.joined(" OR ")) ORDER BY id"
        ) { (found: RecordID($0), name: $0.text(2)) }
        // An exact name takes precedence over one that differs in accents.
        let isTyped = { (name: String) in name.lowercased() == typed.lowercased() }
        guard rows.contains(where: { isTyped($0.name) }) else { return rows.map(\.found) }
        return rows.filter { isTyped($0.name) || $0.name.searchKey != key }.map(\.found)
    }

    /// Finds a record of any noun: by its whole code, or by a part that only one record has.
    package func findAny(_ typed: String) throws -> (noun: Noun, found: RecordID) {
        var fits: [(noun: Noun, found: [RecordID])] = []
        for noun in nouns {
            let fitting: [RecordID]
            do { fitting = try self.fitting(noun, typed, .parts) } catch let failure as Failure where failure.kind == .notFound { continue }
            guard let found = fitting.first else { continue }
            if fitting.count == 1, found.code.lowercased() == typed.lowercased() { return (noun, found) }
            fits.append((noun, fitting))
        }
        guard let first = fits.first else {
            throw Failure(.notFound, .reference, "there is nothing with the code '\(typed)'", hint: "laseros log")
        }
        guard fits.count == 1, first.found.count == 1 else {
            let named = try fits.map { "\($0.found.count == 1 ? $0.noun.name : $0.noun.plural) \(try candidates($0.noun, $0.found))" }
            throw Failure(
                .notFound, .reference, "'\(typed)' could be any of " + named.joined(separator: "; "),
                hint: "type more of the code or the name")
        }
        return (noun: first.noun, found: first.found[0])
    }

    /// The current code of a record.
    package func code(of noun: Noun, _ id: Int) throws -> String? {
        try data.one("SELECT \(Shop.code(of: noun)) FROM \(name: noun.name) WHERE id = \(id)") { $0.text(0) }
    }

    static func code(of noun: Noun) -> SQL { noun.codeSQL ?? "\(name: noun.name).\(name: noun.code)" }

    /// The matches with their rank: 0 for the end of a code, 1 for any part of it, 2 for the whole name, 3 for the whole name without
    /// accents, 4 for a part of the name, 5 for a part of it without accents.
    private func candidates(_ noun: Noun, _ typed: String, _ code: SQL) throws -> [(found: RecordID, rank: Int)] {
        let wanted = Shop.runs(typed)
        guard !wanted.isEmpty else { return [] }
        // The LIKE pattern is a coarse filter; the exact comparison is done below.
        let net = "%" + wanted.map(Shop.escaped).joined(separator: "%") + "%", lower = typed.lowercased(), key = typed.searchKey
        let title: SQL = noun.title.map { "\(name: noun.name).\(name: $0)" } ?? "''"
        var ranked: [(RecordID, Int)] = []
        try data.each(
            """
            SELECT id, \(code), \(title) FROM \(name: noun.name)
            WHERE \(code) LIKE \(net) ESCAPE '\\' OR \(Shop.contains(title, key)) ORDER BY id
            """
        ) { row in
            let found = RecordID(row), name = row.text(2).lowercased()
            if let rank = Shop.rank(wanted, in: Shop.runs(found.code)) {
                ranked.append((found, rank))
            } else if name == lower {
                ranked.append((found, 2))
            } else if name.searchKey == key {
                ranked.append((found, 3))
            } else if name.contains(lower) {
                ranked.append((found, 4))
            } else if name.searchKey.contains(key) {
                ranked.append((found, 5))
            }
        }
        return ranked.map { (found: $0.0, rank: $0.1) }
    }

    private func missing(_ noun: Noun, _ typed: String, hinting: Bool) throws -> Failure {
        let shown = typed.count > 60 ? typed.prefix(60) + "…" : typed[...]
        var failure = Failure(.notFound, noun.area, "there is no \(noun.word) '\(shown)'")
        if hinting { (failure.hint, failure.reason) = try hint(noun, typed) }
        return failure
    }

    private func hint(_ noun: Noun, _ typed: String) throws -> (String, Failure.Reason?) {
        let codes = try newestCodes(of: noun) {
            try data.all("SELECT \(Shop.code(of: noun)) FROM \(name: noun.name) ORDER BY id DESC LIMIT 2000") { $0.text(0) }
        }
        // A code with another number is another record, not a typing error.
        let letters = { (text: String) in Shop.runs(text).filter { $0.first?.isNumber == false } }
        let near = nearest(typed, codes) { letters($0) != letters(typed) }
        if let near { return ("did you mean \(near)?", nil) }
        return codes.isEmpty ? ("there are no \(noun.plural) yet", nil) : ("laseros \(noun.listing)", .nothingLike)
    }

    /// The newest record that this user added and that was not undone.
    private func last(_ noun: Noun) throws -> RecordID {
        let code = Shop.code(of: noun)
        if let begun {
            let made = try data.one(
                "SELECT id, \(code) FROM \(name: noun.name) WHERE id > \(begun[noun.name] ?? 0) ORDER BY id DESC LIMIT 1", { RecordID($0) })
            if let made { return made }
        }
        let found = try data.one(
            """
            SELECT \(name: noun.name).id, \(code) FROM journal_table JOIN journal ON journal.id = journal_table.entry
            JOIN \(name: noun.name) ON \(name: noun.name).id = journal_table.made
            WHERE journal_table.name = \(noun.name) AND journal.who = \(who) ORDER BY journal_table.entry DESC LIMIT 1
            """, { RecordID($0) })
        guard let found else {
            throw Failure(.notFound, noun.area, "\(who) has made no \(noun.word) yet", hint: "laseros \(noun.listing)")
        }
        return found
    }
}

extension Noun {
    /// All filters that are not fields: those of the noun, and the common one that searches words.
    package var allFilters: [Filter] {
        filters + [Filter("--search TEXT", Line.self, "only \(plural) with words that begin like these", containing)]
    }

    @Sendable private func containing(_ text: Cell, _ shop: Shop) throws -> SQL {
        guard let text = Line(cell: text), text.text.utf8.count <= Shop.longestWord else { return "0" }
        let tables = try shop.searchTables()
        let found = try SearchedText(text.text).readings.map { reading -> SQL in
            let terms = try shop.ranked(reading)
            return "(\(try SearchedRecords(shop: shop, noun: self, tables: tables, terms: terms).condition()))"
        }
        return "(\(found.joined(" OR ")))"
    }
}

extension Shop {
    /// The codes of a noun with their names and the names of what they belong to, for completion: `Gate hinges, Karoo Signs`.
    package func codes(of noun: Noun) throws -> [(code: String, name: String)] {
        let table: SQL = "\(name: noun.name)", title: SQL = noun.title.map { "\(table).\(name: $0)" } ?? "NULL"
        let owner: SQL =
            try noun.belongsTo.first.map { owner in
                let title: SQL = "\(name: try self.noun(owner).title ?? "code")"
                return "(SELECT \(title) FROM \(name: owner) owner WHERE owner.id = \(table).\(name: owner + "_id"))"
            } ?? "NULL"
        return try data.all("SELECT \(Shop.code(of: noun)), \(title), \(owner) FROM \(table) ORDER BY id DESC LIMIT 1000") { row in
            (code: row.text(0), name: [1, 2].filter { !row.isNull($0) }.map { row.text($0) }.joined(separator: ", "))
        }
    }
}
