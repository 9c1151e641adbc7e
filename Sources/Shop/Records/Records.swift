import Store
import Values

/// Writes a single record of any noun.
extension Shop {
    /// - Returns: the new row's id and code.
    package func add(_ record: Record) throws -> (id: Int, code: String) {
        var record = record
        try record.noun.complete(self, &record)
        try record.noun.check(self, &record)
        try record.demandAll()
        let code = try code(for: record), noun = record.noun
        record.code = code
        let statements = statements(of: noun)
        guard let id = try statements.insert(record) else {
            throw Failure(
                .refused, .records, "there is already \(article(noun.word)) \(code)", hint: "laseros \(noun.command) edit \(code)")
        }
        _ = try writeRows(record, id, statements)
        try noun.afterWriting?(self, id)
        return (id, code)
    }

    private func code(for record: Record) throws -> String {
        if let code = record.code {
            switch record.noun.coding {
            case .series(let prefix, _): if let number = Shop.number(of: code, prefix: prefix) { try reserve(prefix, through: number) }
            case .made(let prefix, _): if let (name, number) = Shop.series(of: code, prefix: prefix) { try reserve(name, through: number) }
            case .typed: break
            }
            return code
        }
        switch record.noun.coding {
        case .typed: throw Failure(.usage, record.noun.area, "\(article(record.noun.word)) needs a code")
        case .series(let prefix, let digits): return try nextCode(prefix, digits: digits, in: record.noun.name)
        case .made(_, let make): return try make(self, record)
        }
    }

    /// Warnings for the user about records that a command has added or changed.
    /// - Parameter ids: empty if nothing changed.
    package func advice(on change: Record, _ ids: [Int]) throws -> [String] {
        guard !ids.isEmpty else { return [] }
        let noun = change.noun
        let past = try zip(noun.fields, change.cells).compactMap { field, cell in
            field.liesAhead ? try pastDay(field.name, cell.flatMap { Day(cell: $0) }) : nil
        }
        return past + (try noun.advise(self, change, ids))
    }

    /// A warning about a day that should lie ahead: `due 2025-12-15 is in the past`.
    package func pastDay(_ name: String, _ day: Day?) throws -> String? {
        guard let day, try day < today() else { return nil }
        return "\(name) \(day) is in the past"
    }

    /// Writes the given fields and leaves the others.
    /// - Returns: whether anything changed.
    package func edit(_ record: Record) throws -> Bool {
        guard let id = record.id else { throw Failure(.defect, .records, "a record without an id cannot be changed") }
        var record = record
        try record.noun.check(self, &record)
        return try write(record, id)
    }

    /// The same for a record that was already checked.
    func write(_ record: Record, _ id: Int) throws -> Bool {
        let statements = statements(of: record.noun)
        for i in statements.required where record.cells[i] == .null { throw record.lacking(record.noun.fields[i]) }
        let isRowChanged = try statements.update(record, id: id)
        guard try writeRows(record, id, statements) || isRowChanged else { return false }
        try record.noun.afterWriting?(self, id)
        return true
    }

    /// Writes the fields that are kept in rows of other tables.
    /// - Returns: whether anything changed.
    func writeRows(_ record: Record, _ id: Int, _ statements: RowStatements) throws -> Bool {
        var isChanged = false
        for (i, write) in statements.rowWriters {
            guard let cell = record.cells[i] else { continue }
            try Failure.naming(field: record.noun.fields[i].name) { if try write(self, id, id, cell) { isChanged = true } }
        }
        return isChanged
    }

    /// Removes a record with its child rows. Foreign keys refuse it if other records refer to it.
    package func remove(_ noun: Noun, _ id: Int, code: String) throws {
        try noun.beforeRemoval(self, id)
        do {
            try removeRows(noun.children, of: "\(id)")
            for part in noun.parts { try data.run("DELETE FROM \(name: part.table) WHERE \(name: part.column) = \(id)") }
            try data.run("DELETE FROM \(name: noun.name) WHERE id = \(id)")
        } catch let failure as Failure where failure.reason == .isReferredTo {
            throw Failure(
                .refused, noun.area, "\(code) cannot be removed: it still has \(try users(of: noun, id).joined(separator: ", "))",
                hint: noun.insteadOfRemoval.map { typed(noun, $0, code) })
        }
    }

    /// What refers to a row besides its own child rows: `3 projects`, `1 quote`.
    private func users(of noun: Noun, _ id: Int) throws -> [String] {
        let keys = try data.all(
            """
            SELECT t.name, k."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
            WHERE t.type = 'table' AND k."table" = \(noun.name) ORDER BY t.rowid
            """
        ) { ($0.text(0), $0.text(1)) }
        let own = Set(noun.paths.map(\.child.table) + noun.parts.map(\.table))
        return try keys.filter { !own.contains($0.0) }.compactMap { table, column in
            let count = try data.one("SELECT count(*) FROM \(name: table) WHERE \(name: column) = \(id)") { $0.int(0) } ?? 0
            guard count > 0 else { return nil }
            return nouns.first { $0.name == table }.map { counted(count, $0) } ?? counted(count, History.words(table))
        }
    }
}

extension Record {
    /// - Throws: `usage` if a required field of a new record is missing.
    func demandAll() throws {
        for i in noun.required where cells[i]?.isNull ?? true { throw lacking(noun.fields[i]) }
    }

    func lacking(_ field: Field) -> Failure {
        Failure(.usage, noun.area, "\(article(noun.word)) needs \(article(field.name))")
    }
}

/// The noun with its article: `a client`, `an invoice`.
package func article(_ noun: String) -> String {
    let words = noun.split(separator: "_").joined(separator: " ")
    return ("aeiou".contains(words.first ?? "x") ? "an " : "a ") + words
}

/// `1 client`, `3 clients`.
package func counted(_ count: Int, _ noun: Noun) -> String { counted(count, noun.word, noun.plural) }
