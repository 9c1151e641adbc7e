import Store
import Values

/// Takes rows from a file, one after the other: adds what is new, changes what differs, leaves the rest.
/// Every fault is kept; whoever runs it rolls back when there is one.
package final class Import {
    package enum Result: String, Sendable { case added, changed, same }

    /// What became of one row.
    package struct Outcome: Sendable {
        package var line: Int
        package var id: Int
        package var result: Result
    }

    private enum Target { case code, field(Int), ignored }

    private let shop: Shop
    private let noun: Noun
    private let file: String
    private let targets: [Target]
    private let columns: [String]
    /// What is asked of each field for every row, taken out of the fields once: to copy a field costs more than to read a cell.
    private let readers: [@Sendable (String, () throws -> Day) throws -> Cell?]
    private let references: [String?]
    private let required: [Int]
    private let empty: Record
    private var codes: [Int: [String: Cell]] = [:]
    private var seen = Bits()
    private var nextNumber: Int?
    private var highest = 0
    private var insert: Repeated?
    private var inserted: [Bool] = []
    private var lookup: Repeated?
    package private(set) var outcomes: [Outcome] = []
    package private(set) var faults: [Failure.Fault] = []
    /// Faults past this many are only counted.
    private static let most = 1000
    package private(set) var unlisted = 0

    /// - Throws: `input` when a header is not a field of the noun.
    package init(_ shop: Shop, _ noun: Noun, file: String, columns: [String]) throws {
        (self.shop, self.noun, self.file, self.columns) = (shop, noun, file, columns)
        readers = noun.fields.map(\.read)
        references = noun.fields.map(\.reference)
        required = noun.fields.indices.filter { noun.fields[$0].required }
        empty = Record(noun)
        var faults: [Failure.Fault] = []
        targets = columns.map { column in
            if column == "code" { return .code }
            guard let i = noun.index(of: column) else {
                let known = ["code"] + noun.fields.filter(\.isSettable).map(\.name)
                let hint = nearest(column, known).map { ", did you mean \($0)?" } ?? "; there are " + known.joined(separator: ", ")
                faults.append(Failure.Fault(file: file, line: 1, column: column, "\(noun.plural) have no such column\(hint)"))
                return .ignored
            }
            return noun.fields[i].isSettable ? .field(i) : .ignored
        }
        guard faults.isEmpty else { throw Failure(.input, "\(file) cannot be imported: nothing was written", faults: faults) }
    }

    /// What a row says of a column: nothing, that the field is to be cleared, or its text.
    package enum Said { case nothing, cleared, text(String) }

    /// One row, by its columns.
    package func take(line: Int, _ said: (Int) -> Said) throws {
        let before = faults.count + unlisted
        var record = empty
        for (i, target) in targets.enumerated() {
            switch (target, said(i)) {
            case (.field, .text("")), (.code, .text("")): continue
            case (.code, .text(let typed)): record.code = typed
            case (.field(let f), .text(let typed)): record.cells[f] = try read(typed, f, line, columns[i])
            case (.field(let f), .cleared): record.cells[f] = .null
            default: continue
            }
        }
        guard faults.count + unlisted == before else { return }
        do {
            try write(&record, line)
        } catch let failure as Failure where [.refused, .usage, .notFound, .input].contains(failure.kind) {
            fault(line, nil, failure.message)
        }
    }

    private func read(_ typed: String, _ f: Int, _ line: Int, _ column: String) throws -> Cell? {
        if let reference = references[f] { return try referred(typed, reference, f, line, column) }
        if let cell = try readers[f](typed, shop.today) { return cell }
        fault(line, column, "'\(typed)' is not \(noun.fields[f].expected)")
        return nil
    }

    private func referred(_ typed: String, _ reference: String, _ f: Int, _ line: Int, _ column: String) throws -> Cell? {
        if let known = codes[f]?[typed] { return known }
        do {
            let cell = Cell.integer(try shop.find(try shop.noun(reference), typed).id)
            if codes[f]?.count ?? 0 > 100_000 { codes[f] = [:] }
            codes[f, default: [:]][typed] = cell
            return cell
        } catch let failure as Failure where failure.kind == .notFound {
            fault(line, column, failure.message)
            return nil
        }
    }

    /// Faults that were found before a row could be read.
    package func note(_ found: [Failure.Fault]) { for fault in found { self.fault(fault.line ?? 0, fault.column, fault.message) } }

    private func fault(_ line: Int, _ column: String?, _ message: String) {
        if faults.count < Import.most {
            faults.append(Failure.Fault(file: file, line: line, column: column, message))
        } else {
            unlisted += 1
        }
    }

    private func write(_ record: inout Record, _ line: Int) throws {
        // A row that has all that a new thing needs is most often a new one: then one statement does, and a known code shows itself.
        let complete = required.allSatisfy { record.cells[$0]?.isNull == false }
        if record.code != nil, complete {
            let said = record.cells
            try noun.check(shop, &record)
            if let id = try add(record) { return note(id, .added, line) }
            record.cells = said
        }
        if let id = try known(record) { return try change(&record, id, line) }
        try noun.check(shop, &record)
        try record.demandAll()
        guard let id = try add(record) else { throw Failure(.refused, "there is already \(article(noun.name)) with this code") }
        note(id, .added, line)
    }

    private func change(_ record: inout Record, _ id: Int, _ line: Int) throws {
        record.id = id
        guard !seen[id] else {
            let first = outcomes.first { $0.id == id }?.line ?? 0
            throw Failure(.input, "\(record.code ?? "this row") stands twice: first on line \(first)")
        }
        note(id, try shop.edit(record) ? .changed : .same, line)
    }

    private func note(_ id: Int, _ result: Result, _ line: Int) {
        seen[id] = true
        outcomes.append(Outcome(line: line, id: id, result: result))
    }

    /// The row that is meant: by its code, else by the fields that identify it.
    private func known(_ record: Record) throws -> Int? {
        if let code = record.code {
            if lookup == nil { lookup = try shop.data.repeated("SELECT id FROM \(name: noun.name) WHERE \(name: noun.code) = ?") }
            var id: Int?
            try lookup?.each([.text(code)]) { id = $0.int(0) }
            return id
        }
        if let recognise = noun.recognise { return try recognise(shop, record) }
        guard !noun.identity.isEmpty else { return nil }
        let conditions = noun.identity.compactMap { name -> SQL? in
            guard let i = noun.index(of: name) else { return nil }
            return "\(name: noun.fields[i].column) IS \(record.cells[i] ?? .null)"
        }
        return try shop.data.one("SELECT id FROM \(name: noun.name) WHERE \(conditions.joined(" AND "))") { $0.int(0) }
    }

    /// Most rows of a file fill the same fields: their statement is kept.
    /// - Returns: the new row's id; nil where the code is taken.
    private func add(_ record: Record) throws -> Int? {
        let code = try code(for: record)
        if insert == nil || !zip(record.cells.indices, inserted).allSatisfy({ (record.cells[$0]?.isNull == false) == $1 }) {
            inserted = record.cells.map { $0?.isNull == false }
            let names = [noun.code] + noun.fields.indices.filter { inserted[$0] }.map { noun.fields[$0].column }
            let columns = names.map { name -> SQL in "\(name: name)" }.joined(", ")
            insert = try shop.data.repeated(
                """
                INSERT INTO \(name: noun.name) (\(columns)) VALUES (\(names.map { _ -> SQL in "?" }.joined(", ")))
                ON CONFLICT (\(name: noun.code)) DO NOTHING
                """)
        }
        var values: [Cell] = [.text(code)]
        values.reserveCapacity(record.cells.count + 1)
        for case let cell? in record.cells where !cell.isNull { values.append(cell) }
        try insert?.run(values)
        return shop.data.changed > 0 ? shop.data.lastID : nil
    }

    private func code(for record: Record) throws -> String {
        switch noun.coding {
        case .series(let prefix, let digits):
            if let code = record.code {
                if let number = Shop.number(of: code, prefix: prefix) { highest = max(highest, number) }
                return code
            }
            if nextNumber == nil { nextNumber = try shop.next(prefix) - 1 }
            nextNumber = max(nextNumber ?? 0, highest) + 1
            highest = max(highest, nextNumber ?? 0)
            return prefix + "\(highest)".padded(to: digits, with: "0")
        case .typed:
            guard let code = record.code else { throw Failure(.input, "\(article(noun.name)) needs a code") }
            return code
        case .made(let make): return try record.code ?? make(shop, record)
        }
    }

    /// Ends the import.
    /// - Throws: `input` with every fault, where there was one.
    package func finish() throws {
        if case .series(let prefix, _) = noun.coding, highest > 0 { try shop.reserve(prefix, through: highest) }
        guard !faults.isEmpty else { return }
        let count = faults.count + unlisted
        throw Failure(.input, "\(file) has \(count) \(count == 1 ? "fault" : "faults"): nothing was written", faults: faults)
    }

    /// `3 added, 1 changed, 2 same`
    package var summary: String {
        var counts: [Result: Int] = [:]
        for outcome in outcomes { counts[outcome.result, default: 0] += 1 }
        return [Result.added, .changed, .same].map { "\(counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
    }
}

/// A set of row ids, a bit each.
private struct Bits {
    private var words: [UInt64] = []

    subscript(i: Int) -> Bool {
        get { i >= 0 && i >> 6 < words.count && words[i >> 6] >> UInt64(i & 63) & 1 == 1 }
        set {
            guard i >= 0, newValue else { return }
            if i >> 6 >= words.count { words += [UInt64](repeating: 0, count: max(i >> 6 + 1 - words.count, words.count)) }
            words[i >> 6] |= 1 << UInt64(i & 63)
        }
    }
}
