import Store
import Values

/// Finds records of a noun where each term is in the record, in a row that belongs to it, or in a record that it belongs to. If the rarest
/// term leaves few records, their texts are compared with the others. Otherwise the records are read in the order of the list, and each is
/// looked up in the ids that the index returns for every term.
struct SearchedRecords {
    let shop: Shop
    let noun: Noun
    let tables: [String: SearchedTable]
    let terms: [RankedTerm]

    /// A document with terms: the record itself, a row of it, or a record that it belongs to.
    struct Piece {
        /// `name`, `part 3`, `client`
        let field: String
        let text: String
        let terms: Set<Int>
        let isOwners: Bool
    }

    /// How many records are compared by their texts.
    private static let mostCompared = 500

    /// The condition of a list.
    func condition() throws -> SQL {
        if let few = try few() { return "\(name: noun.name).id IN (\(SQL.ids(try compare(few).keys.sorted())))" }
        return terms.isEmpty ? "0" : try sets().joined(" AND ")
    }

    /// The newest records that have one of the terms themselves or in a row. What has all of them in its owners is left to the owners.
    func newest(_ limit: Int) throws -> [Int] {
        if let few = try few() { return Array(try own(few).prefix(limit)) }
        let last = try amongLast(limit)
        guard last.count < limit else { return last }
        let owners = try terms.map { "(\((try self.owners($0) + ["0"]).joined(" OR ")))" as SQL }.joined(" AND ")
        let conditions = try sets() + ["(NOT (\(owners)) OR \(terms.flatMap(self.own).joined(" OR ")))"]
        let statement: SQL =
            "SELECT id FROM \(name: noun.name) WHERE \(conditions.joined(" AND ")) ORDER BY id DESC LIMIT \(limit)"
        return try shop.data.all(statement) { $0.int(0) }
    }

    /// The same among the last records that were added. Many of these have common words, so that no set is read.
    func amongLast(_ limit: Int) throws -> [Int] {
        var found: [Int] = [], compared = 0
        for most in [2 * limit, Self.mostCompared] where found.count < limit && compared < most {
            let next = try shop.data.all(
                "SELECT id FROM \(name: noun.name) ORDER BY id DESC LIMIT \(most - compared) OFFSET \(compared)"
            ) { $0.int(0) }
            found += try own(next)
            compared = most
        }
        return Array(found.prefix(limit))
    }

    /// The records of these that have all terms, not all of them in their owners, the newest first.
    private func own(_ ids: [Int]) throws -> [Int] {
        try compare(ids).filter { !$0.value.allSatisfy(\.isOwners) }.keys.sorted(by: >)
    }

    /// The records with the first of the terms that leaves few; nil if none does.
    private func few() throws -> [Int]? {
        for term in terms where !term.isCommon {
            let some = try first(Self.mostCompared + 1, with: term)
            if some.count <= Self.mostCompared { return some }
        }
        return nil
    }

    /// The records of these whose texts have all terms.
    private func compare(_ ids: [Int]) throws -> [Int: [Piece]] {
        ids.isEmpty ? [:] : try pieces(of: Set(ids)).filter { Set($0.value.flatMap(\.terms)).count == terms.count }
    }

    private func sets() throws -> [SQL] { try terms.map { "(\((own($0) + (try owners($0))).joined(" OR ")))" } }

    /// Some of the records with a term.
    private func first(_ most: Int, with term: RankedTerm) throws -> [Int] {
        let table: SQL = "\(name: noun.name)", id: SQL = "\(table).id"
        var found: [SQL] = []
        if let code = term.term.isCode(of: noun) { found.append("SELECT \(id) FROM \(table) WHERE \(code)") }
        for owner in try ownersOfNoun() {
            let key: SQL = "\(table).\(name: owner.name + "_id")", above: SQL = "\(name: owner.name)"
            if let code = term.term.isCode(of: owner) {
                found.append("SELECT \(id) FROM \(above) CROSS JOIN \(table) WHERE \(key) = \(above).id AND \(code)")
            }
            if let query = term.query, let index = tables[owner.name] {
                let conditions: SQL = "\(key) = aux_search.rowid - \(index.base) AND \(index.matches(query))"
                found.append("SELECT \(id) FROM aux_search CROSS JOIN \(table) WHERE \(conditions)")
            }
        }
        if let query = term.query {
            if let index = tables[noun.name] { found.append(index.rows(query)) }
            for (path, index) in searchedPaths {
                let conditions = ["\(name: path.child.table).id = aux_search.rowid - \(index.base)", index.matches(query)] + path.standing
                found.append("SELECT \(id) FROM aux_search CROSS JOIN \(path.upward) WHERE \(conditions.joined(" AND "))")
            }
        }
        return found.isEmpty ? [] : try shop.data.all("\(found.joined(" UNION ALL ")) LIMIT \(most)") { $0.int(0) }
    }

    private var searchedPaths: [(path: ChildPath, index: SearchedTable)] {
        noun.searchedPaths.compactMap { path in tables[path.child.table].map { (path, $0) } }
    }

    private func ownersOfNoun() throws -> [Noun] { try noun.belongsTo.map { try shop.noun($0) } }

    /// The conditions that a term is in the record or in a row of it. A plus keeps SQLite from sorting by the ids.
    private func own(_ term: RankedTerm) -> [SQL] {
        let id: SQL = "\(name: noun.name).id"
        var found = [term.term.isCode(of: noun)].compactMap { $0 }
        guard let query = term.query else { return found + ["0"] }
        if let index = tables[noun.name] { found.append("+\(id) IN (\(index.rows(query)))") }
        for (path, index) in searchedPaths {
            let conditions = ["\(path.owner) = \(id)", "+\(name: path.child.table).id IN (\(index.rows(query)))"] + path.standing
            found.append("EXISTS (SELECT 1 FROM \(path.below) WHERE \(conditions.joined(" AND ")))")
        }
        return found + ["0"]
    }

    /// The conditions that a term is in a record that the record belongs to.
    private func owners(_ term: RankedTerm) throws -> [SQL] {
        try ownersOfNoun().flatMap { owner -> [SQL] in
            let key: SQL = "+\(name: noun.name).\(name: owner.name + "_id")"
            let code = term.term.isCode(of: owner).map { "\(key) IN (SELECT id FROM \(name: owner.name) WHERE \($0))" as SQL }
            guard let query = term.query, let index = tables[owner.name] else { return [code].compactMap { $0 } }
            return ["\(key) IN (\(index.rows(query)))", code].compactMap { $0 }
        }
    }

    /// The documents of records that have terms: own ones, then those of rows, the newest first, then those of owners.
    func pieces(of ids: some Collection<Int>) throws -> [Int: [Piece]] {
        var found: [Int: [Piece]] = [:]
        let table: SQL = "\(name: noun.name)", those: SQL = "\(table).id IN (\(SQL.ids(ids)))"
        try read(noun, from: table, where: those) { own, piece in
            found[own, default: []].append(piece(false))
        }
        for (path, index) in searchedPaths {
            let child: SQL = "\(name: path.child.table)", conditions = ([those] + path.standing).joined(" AND ")
            let naming: SQL = "\(child).\(name: path.child.naming.column)"
            let columns = ["\(table).id", naming] + index.columns.map { "\(child).\(name: $0)" }
            try shop.data.each(
                "SELECT \(columns.joined(", ")) FROM \(path.upward) WHERE \(conditions) ORDER BY \(child).id DESC"
            ) { row in
                let cells = index.columns.indices.map { row.cell($0 + 2) }, has = terms(in: cells, codes: [])
                guard !has.isEmpty else { return }
                let number = if case .integer(let number) = row.cell(1) { " \(number)" } else { "" }
                found[row.int(0), default: []].append(
                    Piece(field: path.child.name + number, text: best(cells)?.text ?? "", terms: has, isOwners: false))
            }
        }
        for owner in try ownersOfNoun() {
            let above: SQL = "\(name: owner.name)"
            try read(owner, from: "\(table) JOIN \(above) ON \(above).id = \(table).\(name: owner.name + "_id")", where: those) {
                own, piece in
                found[own, default: []].append(piece(true))
            }
        }
        return found
    }

    /// Reads the documents of records of this noun or of one that it belongs to.
    private func read(
        _ other: Noun, from: SQL, where condition: SQL, _ take: (_ id: Int, _ piece: (_ isOwners: Bool) -> Piece) -> Void
    ) throws {
        let columns = tables[other.name]?.columns ?? [], codes = terms.map { $0.term.isCode(of: other) ?? "0" }
        let title: SQL = other.title.map { "\(name: other.name).\(name: $0)" } ?? "NULL"
        let all = ["\(name: noun.name).id", Shop.code(of: other), title] + codes + columns.map { "\(name: other.name).\(name: $0)" }
        try shop.data.each("SELECT \(all.joined(", ")) FROM \(from) WHERE \(condition)") { row in
            let cells = columns.indices.map { row.cell($0 + 3 + codes.count) }
            let has = terms(in: cells, codes: codes.indices.filter { row.int($0 + 3) != 0 })
            guard !has.isEmpty else { return }
            take(row.int(0)) { isOwners in
                let best = best(cells), code = row.text(1)
                guard !isOwners else {
                    return Piece(field: other.name, text: row.isNull(2) ? code : row.text(2), terms: has, isOwners: true)
                }
                guard let best, best.text != code else { return Piece(field: "code", text: code, terms: has, isOwners: false) }
                let field = other.fields.first { $0.column == columns[best.place] }?.name ?? columns[best.place]
                return Piece(field: field, text: best.text, terms: has, isOwners: false)
            }
        }
    }

    private func terms(in cells: [Cell], codes: [Int]) -> Set<Int> {
        let words = cells.compactMap { Search.text($0) }.flatMap { SearchText.words(of: $0) }
        return Set(terms.indices.filter { terms[$0].term.isIn(words) }).union(codes)
    }

    /// The first of the cells with the most of the words.
    private func best(_ cells: [Cell]) -> (place: Int, text: String)? { Search.best(cells, terms.flatMap(\.term.words)) }
}

extension ChildPath {
    /// The tables from the child up to the one below that of the noun, and the conditions that a row is current.
    var below: SQL {
        var from: SQL = "\(name: child.table)", below = child
        for above in steps.dropLast().reversed() {
            from += " JOIN \(name: above.table) ON \(name: above.table).id = \(name: below.table).\(name: below.parent)"
            below = above
        }
        return from
    }

    var standing: [SQL] { steps.compactMap(\.standing) }

    /// The column with the id of the noun's record.
    var owner: SQL { "\(name: steps[0].table).\(name: steps[0].parent)" }

    /// The tables up to that of the noun.
    var upward: SQL { "\(below) JOIN \(name: noun.name) ON \(name: noun.name).id = \(owner)" }
}
