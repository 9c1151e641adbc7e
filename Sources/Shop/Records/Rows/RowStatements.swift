import Store
import Values

/// Writes the rows of a noun with statements that are prepared once for each set of columns; most rows of a file fill the same few sets.
final class RowStatements {
    private enum Verb { case insert, find, update }

    private struct Key: Hashable {
        var verb: Verb
        /// The columns with a value.
        var columns: ColumnSet
    }

    private let data: Database
    let noun: Noun
    /// The lowest and the highest id of the added or changed rows.
    private(set) var written: ClosedRange<Int>?
    /// The indexes of the fields by which a record can be found.
    private let names: [Int]
    /// The columns of the fields, then that of the code.
    private let columns: [String]
    let required: [Int]
    /// The fields that are kept in rows of other tables, by their indexes, with the SQL that reads them.
    private let rows: [Int: SQL]
    let rowWriters: [(Int, @Sendable (Shop, Int, Int, Cell) throws -> Bool)]
    private var prepared: [Key: Repeated] = [:]
    /// The maximum number of prepared statements. A file with more sets of columns is not a table.
    private static let most = 100

    init(_ data: Database, _ noun: Noun) {
        (self.data, self.noun) = (data, noun)
        columns = noun.fields.map(\.column) + [noun.code]
        required = noun.required
        let inRows = noun.fields.indices.filter { noun.fields[$0].writesRows != nil }
        rows = Dictionary(uniqueKeysWithValues: inRows.map { ($0, noun.fields[$0].sql) })
        rowWriters = inRows.compactMap { i in noun.fields[i].writesRows.map { (i, $0) } }
        let named = noun.nameColumns
        names = noun.fields.indices.filter { named.contains(noun.fields[$0].column) }
    }

    /// Inserts a row. Columns without a given value get the default of the table.
    /// - Returns: the new row's id; nil if its code exists.
    func insert(_ record: Record) throws -> Int? {
        try record.checkCode()
        try demandUnmerged(record.code)
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

    /// Whether any record was merged into another; nil until it was looked up.
    private var hasMerged: Bool?

    func forgetMerged() { hasMerged = nil }

    /// - Throws: `refused` for the code of a record that was merged into another.
    private func demandUnmerged(_ code: String?) throws {
        guard let code, let merged = noun.mergedCodes else { return }
        let hasMerged = try hasMerged ?? data.one("SELECT 1 FROM \(name: merged.table) LIMIT 1", { _ in true }) ?? false
        self.hasMerged = hasMerged
        guard hasMerged else { return }
        let into = try data.one(
            """
            SELECT \(name: noun.name).\(name: noun.code) FROM \(name: merged.table) former
            JOIN \(name: noun.name) ON \(name: noun.name).id = former.\(name: merged.column) WHERE former.code = \(code)
            """
        ) { $0.text(0) }
        guard let into else { return }
        throw Failure(
            .refused, noun.area, "\(noun.word) \(code) was merged into \(into), and its code is never given again",
            hint: "laseros \(noun.command) edit \(into)", reason: .field("code"))
    }

    private func note(_ record: Record, _ id: Int) throws {
        written = min(id, written?.lowerBound ?? id)...max(id, written?.upperBound ?? id)
        for i in names { if case .text(let name)? = record.cells[i] { try data.keepSearchKey(of: name) } }
    }

    /// Finds the row with the record's code, ignoring case, and says whether it already has all the record's values.
    func find(_ record: Record) throws -> (id: Int, isSame: Bool)? {
        let (set, values) = filled(record, nulls: true, rows: true)
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

    /// Writes the given fields and leaves the others.
    /// - Returns: whether anything changed.
    func update(_ record: Record, id: Int) throws -> Bool {
        // An existing code that breaks the current rules may stay.
        if let code = record.code, record.codeFault != nil, try !hasCode(code, id) { try record.checkCode() }
        try demandUnmerged(record.code)
        var (set, values) = filled(record, nulls: true)
        guard !set.isEmpty else { return false }
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

    private func hasCode(_ code: String, _ id: Int) throws -> Bool {
        let known: SQL = "SELECT 1 FROM \(name: noun.name) WHERE id = \(id) AND \(name: noun.code) = \(code) COLLATE BINARY"
        return try data.one(known) { _ in true } ?? false
    }

    /// The condition that a value changes, including its case in a column with the collation NOCASE.
    private static func differs(_ column: SQL, _ i: Int) -> SQL { "\(column) IS NOT \(place(i)) COLLATE BINARY" }

    /// A numbered parameter such as `?1`, for a value that appears twice in a statement.
    private static func place(_ i: Int) -> SQL { SQL(stringLiteral: "?\(i + 1)") }

    /// The columns that a record fills, and their values in the same order.
    /// - Parameter rows: whether with the fields that are kept in rows of other tables.
    private func filled(_ record: Record, nulls: Bool, rows isWithRows: Bool = false) -> (set: ColumnSet, values: [Cell]) {
        var set = ColumnSet(), values: [Cell] = []
        values.reserveCapacity(columns.count + 1)
        for (i, cell) in record.cells.enumerated() {
            guard let cell, nulls || !cell.isNull, isWithRows || rows.isEmpty || rows[i] == nil else { continue }
            set.insert(i)
            values.append(cell)
        }
        if let code = record.code {
            set.insert(record.cells.count)
            values.append(.text(code))
        }
        return (set, values)
    }

    private func statement(_ verb: Verb, _ set: ColumnSet, _ text: ([SQL]) -> SQL) throws -> Repeated {
        let key = Key(verb: verb, columns: set)
        if let known = prepared[key] { return known }
        let names = columns.enumerated().filter { set.contains($0.offset) }.map { i, name in rows[i] ?? "\(name: name)" }
        if prepared.count == RowStatements.most { prepared.removeAll() }
        let new = try data.repeated(text(names))
        prepared[key] = new
        return new
    }
}

/// A set of column indexes. Up to 64 need no allocation, because a file has a set for each of its rows.
struct ColumnSet: Hashable {
    private var first: UInt64 = 0
    private var others: Set<Int> = []

    var isEmpty: Bool { first == 0 && others.isEmpty }

    mutating func insert(_ place: Int) {
        if place < 64 { first |= 1 << UInt64(place) } else { others.insert(place) }
    }

    func contains(_ place: Int) -> Bool { place < 64 ? first >> UInt64(place) & 1 == 1 : others.contains(place) }
}

extension Record {
    /// A new code must be one plain word that means nothing else, because lists print it, pipes pass it on and shells complete it.
    /// - Throws: `refused` for a code that could be confused with JSON, a table row, an option, a filter, a header or a shell command.
    fileprivate func checkCode() throws {
        guard let code, let wrong = codeFault else { return }
        let shown = code.count > 60 ? code.prefix(60) + "…" : code[...]
        throw Failure(.refused, noun.area, "'\(shown)' cannot be a code: \(wrong)", reason: .field("code"))
    }

    /// The reason why the code is not valid for a new record; nil if it is.
    var codeFault: String? {
        guard var code else { return nil }
        guard code.withUTF8({ $0.allSatisfy(Record.isCodeByte) }) else {
            let wrong = code.unicodeScalars.first { !$0.isASCII || !Record.isCodeByte(UInt8($0.value)) }
            return "it holds \(wrong.map(Record.named) ?? ""), and codes hold ASCII letters, digits and - _ . / : + & only"
        }
        guard let first = code.utf8.first else { return "it is empty" }
        if Record.isMark(first) { return "it begins with '\(code.prefix(1))', and codes begin with a letter or digit" }
        if code.utf8.count > Record.longestCode {
            return "it has \(code.utf8.count) characters, and codes have at most \(Record.longestCode)"
        }
        if !noun.builtIn.isEmpty, noun.builtIn[code.lowercased()] != nil { return "it is built in" }
        return code.utf8.count <= 6 && Record.taken.contains(code.lowercased()) ? "the word means something else" : nil
    }

    /// Reserved words, of at most six letters.
    private static let taken: Set = ["last", "code", "number"]
    static let longestCode = 40

    /// Whether a code may contain the byte.
    static func isCodeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: isMark(byte)
        }
    }

    /// The characters besides letters and digits that a code may contain, but not begin with: `- _ . / : + &`.
    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-")...UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "&"): true
        default: false
        }
    }

    /// A character in a message; an invisible one by its number.
    private static func named(_ scalar: Unicode.Scalar) -> String {
        if scalar == " " { return "a blank" }
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate, .nonspacingMark,
            .enclosingMark, .spacingMark:
            return "U+" + String(scalar.value, radix: 16, uppercase: true).padded(to: 4, with: "0")
        default: return "'\(scalar)'"
        }
    }
}
