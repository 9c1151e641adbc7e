import Store
import Values

/// Writes the rows of a noun by statements that are prepared once for each set of columns: most rows of a file fill the same few.
final class RowStatements {
    private enum Verb { case insert, find, update }

    private struct Key: Hashable {
        var verb: Verb
        /// A bit for each column that has a value.
        var columns: UInt64
    }

    private let data: Database
    let noun: Noun
    /// The lowest and the highest id of the rows that were added or changed.
    private(set) var written: ClosedRange<Int>?
    /// The places of the fields by which a thing is found.
    private let names: [Int]
    /// Those of the fields, then that of the code.
    private let columns: [String]
    let required: [Int]
    private var prepared: [Key: Repeated] = [:]
    /// Files with more sets of columns than this are no tables: their statements are not all kept.
    private static let most = 100

    init(_ data: Database, _ noun: Noun) {
        (self.data, self.noun) = (data, noun)
        columns = noun.fields.map(\.column) + [noun.code]
        required = noun.required
        let named = noun.nameColumns
        names = noun.fields.indices.filter { named.contains(noun.fields[$0].column) }
    }

    /// What a new thing has not been given stays as its table has it by itself.
    /// - Returns: the new row's id; nil where its code is taken.
    func insert(_ record: Record) throws -> Int? {
        try record.checkCode()
        let (set, values) = filled(record, nulls: false)
        let statement = try statement(.insert, set) { names in
            """
            INSERT INTO \(name: noun.name) (\(names.joined(", "))) VALUES (\(names.indices.map(RowStatements.place).joined(", ")))
            ON CONFLICT (\(name: noun.code)) DO NOTHING
            """
        }
        try statement.run(values)
        guard data.changed > 0 else { return nil }
        let id = data.lastID
        try note(record, id)
        return id
    }

    private func note(_ record: Record, _ id: Int) throws {
        written = min(id, written?.lowerBound ?? id)...max(id, written?.upperBound ?? id)
        for i in names { if case .text(let name)? = record.cells[i] { try data.keepSearchKey(of: name) } }
    }

    /// The row with the record's code, however that is written, and whether it has all else that the record says.
    func find(_ record: Record) throws -> (id: Int, isSame: Bool)? {
        let (set, values) = filled(record, nulls: true)
        let statement = try statement(.find, set) { names in
            let same = names.dropLast().enumerated().map { i, name -> SQL in "NOT \(RowStatements.differs(name, i))" }
            return """
                SELECT id, \((same + ["1"]).joined(" AND ")) FROM \(name: noun.name)
                WHERE \(name: noun.code) = \(RowStatements.place(names.count - 1))
                """
        }
        var found: (Int, Bool)?
        try statement.each(values) { found = ($0.int(0), $0.int(1) != 0) }
        return found
    }

    /// Writes what the record says into its row and leaves the rest.
    /// - Returns: whether anything became another.
    func update(_ record: Record, id: Int) throws -> Bool {
        try record.checkCode()
        var (set, values) = filled(record, nulls: true)
        guard set != 0 else { return false }
        values.append(.integer(id))
        let statement = try statement(.update, set) { names in
            let new = names.enumerated().map { i, name -> SQL in "\(name) = \(RowStatements.place(i))" }
            let differs = names.enumerated().map { i, name in RowStatements.differs(name, i) }
            return """
                UPDATE \(name: noun.name) SET \(new.joined(", "))
                WHERE id = \(RowStatements.place(names.count)) AND (\(differs.joined(" OR ")))
                """
        }
        try statement.run(values)
        guard data.changed > 0 else { return false }
        try note(record, id)
        return true
    }

    /// A column whose letters are found in either case may still be written anew in the other.
    private static func differs(_ column: SQL, _ i: Int) -> SQL { "\(column) IS NOT \(place(i)) COLLATE BINARY" }

    /// `?1`: a value that stands in a statement more than once.
    private static func place(_ i: Int) -> SQL { SQL(stringLiteral: "?\(i + 1)") }

    /// The columns that a record fills, and their values in the same order.
    private func filled(_ record: Record, nulls: Bool) -> (set: UInt64, values: [Cell]) {
        var set: UInt64 = 0, values: [Cell] = []
        values.reserveCapacity(columns.count + 1)
        for (i, cell) in record.cells.enumerated() {
            guard let cell, nulls || !cell.isNull else { continue }
            set |= 1 << UInt64(i)
            values.append(cell)
        }
        if let code = record.code {
            set |= 1 << UInt64(record.cells.count)
            values.append(.text(code))
        }
        return (set, values)
    }

    private func statement(_ verb: Verb, _ set: UInt64, _ text: ([SQL]) -> SQL) throws -> Repeated {
        let key = Key(verb: verb, columns: set)
        if let known = prepared[key] { return known }
        let names = columns.enumerated().filter { set >> UInt64($0.offset) & 1 == 1 }.map { _, name -> SQL in "\(name: name)" }
        if prepared.count == RowStatements.most { prepared.removeAll() }
        let new = try data.repeated(text(names))
        prepared[key] = new
        return new
    }
}

extension Record {
    /// What a list prints is what a pipe takes, so a code is one plain word that means nothing else.
    /// - Throws: `refused` for a code that could not be told from JSON, a row of a table, an option, a filter or a header.
    fileprivate func checkCode() throws {
        guard let code else { return }
        guard code.count <= 40 else { throw Failure(.refused, "a code has 1 to 40 characters and no blanks", about: noun.name) }
        guard !Record.isPlain(code) else { return }
        throw Failure(
            .refused,
            "'\(code)' can be no code: it begins with a letter or digit, has no blanks, commas or quotes, and is not \(Record.words)",
            about: noun.name)
    }

    private static let taken: Set = ["last", "code", "number"]
    private static var words: String { taken.sorted().joined(separator: ", ") }

    private static func isPlain(_ code: String) -> Bool {
        guard let first = code.first, first.isLetter || first.isNumber else { return false }
        let isWord = code.unicodeScalars.allSatisfy { scalar in
            scalar.value < 128 ? scalar.value > 32 && !",;|'\"`\\".unicodeScalars.contains(scalar) : !scalar.properties.isWhitespace
        }
        return isWord && !taken.contains(code.lowercased())
    }
}
