import Store
import Values

/// Imports rows: adds new records and updates changed ones. All faults are collected; if there are any, the caller rolls back.
package final class Import {
    package enum Result: String, Sendable { case added, changed, same, skipped, rejected }

    /// A restriction of the import: it only adds, or only updates.
    package enum Only: Sendable { case create, update }

    /// The result for one row.
    package struct Outcome: Sendable {
        package var line: Int
        /// Nil for a rejected row, and for a skipped one whose code does not exist.
        package var id: Int?
        package var result: Result
    }

    let shop: Shop
    let noun: Noun
    let file: String
    private let only: Only?
    /// Whether a row that repeats a record in what should be unique is a fault.
    private let isStrict: Bool
    let targets: [ImportColumns.Target]
    /// Known columns that are ignored.
    package let unkept: [String]
    /// Whether each column contains numbers.
    package let numbers: [Bool]
    /// Whether each column contains days.
    package let days: [Bool]
    let columns: [String]
    /// Whether each column contains child rows.
    package let holdRows: [Bool]
    /// The columns that make up one field, by the first of them.
    let joins: [Int: [Int]]
    /// Whether a plain number in the column of the code is the postcode of an address.
    let doubtsCodes: Bool
    let children: [ChildPath]
    /// The fields of the noun, followed by those of its children.
    let fields: [Field]
    /// The index of the first field of each child, by its table.
    let firstFields: [String: Int]
    /// The properties of each field that are needed for every row. They are separate because copying a `Field` costs more than reading a
    /// cell.
    let readers: [@Sendable (String, () throws -> Day) throws -> Cell?]
    let references: [String?]
    let types: [ShownType]
    let areFreeText: [Bool]
    let wordsOfNothing: [Set<String>]
    let areAmounts: [Bool]
    let required: [Int]
    let empty: Record
    let statements: RowStatements
    var meanings = ImportReferences()
    /// Made when the first row of a record that exists has child rows.
    var childReaders: [Int: ChildReader] = [:]
    var forward: [ForwardReference: (typed: String, column: String)] = [:]
    private var given: ImportCodes
    private(set) var seen = Bits()
    /// The highest id of the noun before the import.
    package let before: Int
    /// The line of each row, collected from the first duplicate on, because most files have none.
    private var firstLines: [Int: Int]?
    /// Whether the last row with a code was new. The next one usually is the same.
    private var expectsNew = true
    /// Kept small, because there may be a million.
    package internal(set) var outcomes: [Outcome] = []
    /// The codes of skipped rows that do not exist, by line.
    package private(set) var skippedCodes: [Int: String] = [:]
    var faults: ImportFaults
    /// Created for the first faulty row.
    var rules: FieldRules?

    /// - Parameters:
    ///   - lines: the line where each column first appears.
    ///   - called: the renamed columns, from their names to ours.
    ///   - strict: whether to refuse what seems to be there already.
    ///   - temporary: the folder for the faults that do not fit into memory.
    /// - Throws: `input` if a header is not a field of the noun.
    package init(
        _ shop: Shop, _ noun: Noun, file: String, columns: [String], on lines: [Int], called: [String: String] = [:], only: Only? = nil,
        strict: Bool = false, temporary: String
    ) throws {
        (self.shop, self.noun, self.file, self.columns, self.only, isStrict) = (shop, noun, file, columns, only, strict)
        before = try shop.data.one("SELECT coalesce(max(id), 0) FROM \(name: noun.name)") { $0.int(0) } ?? 0
        faults = ImportFaults(file: file, temporary: temporary)
        children = noun.portableChildren
        var fields = noun.fields, firstFields: [String: Int] = [:]
        for child in children.isEmpty ? [] : noun.paths.map(\.child) {
            firstFields[child.table] = fields.count
            fields += child.fields
        }
        (self.fields, self.firstFields) = (fields, firstFields)
        readers = fields.map(\.read)
        references = fields.map(\.reference)
        types = fields.map(\.heading.type)
        areFreeText = fields.map(\.isFreeText)
        wordsOfNothing = fields.map(\.wordsOfNothing)
        areAmounts = fields.map(\.isAmount)
        required = noun.required
        empty = Record(noun)
        statements = shop.statements(of: noun)
        given = ImportCodes(shop, noun)
        let maps = try shop.names(.map, of: noun)
        let known = try ImportColumns(noun, file: file, columns, on: lines, called: called, maps: maps)
        (targets, unkept, joins, doubtsCodes) = (known.targets, known.unkept, known.joins, known.doubtsCodes)
        holdRows = targets.map { target in if case .rows = target { true } else { false } }
        let types = targets.map { target in if case .field(let i, _) = target { noun.fields[i].heading.type } else { ShownType.text } }
        (numbers, days) = (types.map(\.isNumber), types.map { $0 == .day })
    }

    /// Imports one row.
    package func take(line: Int, _ said: (Int) -> FileCell) throws {
        // A faulty row runs no statement, so SQLite would not notice an interrupt.
        try Interrupt.check()
        faults.beginRow()
        guard faults.setsAside else { return try takeRow(line, said) }
        let count = outcomes.count
        try shop.data.run("SAVEPOINT import_row")
        try takeRow(line, said)
        if faults.hasRowFault {
            try shop.data.run("ROLLBACK TO import_row")
            for id in outcomes[count...].compactMap(\.id) {
                seen[id] = false
                firstLines?.removeValue(forKey: id)
                given.forget(id)
            }
            outcomes.replaceSubrange(count..., with: [Outcome(line: line, result: .rejected)])
        }
        try shop.data.run("RELEASE import_row")
    }

    /// Leaves out a row for faults that were found without reading its cells.
    package func reject(line: Int, _ found: [Failure.Fault]) throws {
        faults.beginRow()
        try note(found)
        outcomes.append(Outcome(line: line, result: .rejected))
    }

    private func takeRow(_ line: Int, _ said: (Int) -> FileCell) throws {
        var row = try read(line, said)
        if !faults.hasRowFault {
            do {
                try write(&row.record, line) { try self.read(line, said).record }
                return row.children.isEmpty ? () : try write(row.children, line)
            } catch let failure as Failure where [.refused, .usage, .notFound, .input].contains(failure.kind) {
                let broken = try tellBroken(read(line, said).record, line, said)
                if case .rule(let name)? = failure.reason, broken.contains(name) { return }
                try fault(line, column(of: failure), failure.message)
            }
        } else {
            try check(row.children, line)
            _ = try tellBroken(row.record, line, said)
            try tellLacking(row.record, line)
        }
    }

    /// - Parameter typed: reads the row again.
    private func write(_ record: inout Record, _ line: Int, typed: () throws -> Record) throws {
        // If the row is expected to be new, insert it without looking it up; if its code exists, the insert fails.
        if expectsNew, record.code != nil, only != .update, !isStrict, record.codeFault == nil,
            required.allSatisfy({ record.cells[$0]?.isNull == false })
        {
            try noun.check(shop, &record)
            if let id = try addUnlessBroken(&record) { return note(id, .added, line) }
            record = try typed()
        }
        if let (id, isSame) = try known(record), try record.code == nil || !given.makeWay(id) {
            expectsNew = false
            guard only != .create || seen[id] else { return note(id, .skipped, line) }
            return try change(&record, id, isSame: isSame, line)
        }
        expectsNew = true
        guard only != .update else {
            skippedCodes[line] = record.code
            return outcomes.append(Outcome(line: line, result: .skipped))
        }
        try noun.check(shop, &record)
        try record.demandAll()
        try demandNew(record)
        guard let id = try add(&record) else {
            throw Failure(.refused, .importing, "there is already \(article(noun.word)) with this code")
        }
        note(id, .added, line)
    }

    private func change(_ record: inout Record, _ id: Int, isSame: Bool, _ line: Int) throws {
        guard !seen[id] else {
            throw Failure(.input, .importing, "\(record.code ?? "this row") stands twice: first on line \(firstLine(of: id))")
        }
        let said = record.cells
        record.id = id
        // The record was found by its code, so another spelling of the code is not a change.
        record.code = nil
        try noun.check(shop, &record)
        let isChanged = try (!isSame || record.cells != said) && shop.write(record, id)
        note(id, isChanged ? .changed : .same, line)
    }

    /// - Throws: `refused` if the import is strict and the record repeats another.
    private func demandNew(_ record: Record) throws {
        guard isStrict, let likeness = noun.likeness else { return }
        if let alike = try likeness.of(shop, record, []).first { throw Failure(.refused, .importing, alike.sentence) }
    }

    private func firstLine(of id: Int) -> Int {
        if firstLines == nil {
            firstLines = Dictionary(outcomes.lazy.compactMap { row in row.id.map { ($0, row.line) } }, uniquingKeysWith: min)
        }
        return firstLines?[id] ?? 0
    }

    private func note(_ id: Int, _ result: Result, _ line: Int) {
        seen[id] = true
        firstLines?[id] = line
        outcomes.append(Outcome(line: line, id: id, result: result))
    }

    /// - Returns: the new row's id; nil if the code exists.
    private func add(_ record: inout Record) throws -> Int? {
        let isGiven = record.code == nil
        record.code = try given.code(for: record)
        guard let id = try statements.insert(record) else { return nil }
        if isGiven { given.gave(to: id) }
        _ = try shop.writeRows(record, id, statements)
        try noun.afterWriting?(shop, id)
        return id
    }

    /// Adds a record if it breaks no constraint. What its row leaves out, a record that exists may have.
    private func addUnlessBroken(_ record: inout Record) throws -> Int? {
        do {
            return try add(&record)
        } catch let failure as Failure {
            guard case .rule? = failure.reason else { throw failure }
            return nil
        }
    }

    /// Ends the import.
    /// - Throws: `input` with all faults, if there are any.
    package func finish() throws {
        faults.setsAside = false
        try given.reserve()
        if faults.isEmpty { try writeForwardReferences() }
        if faults.isEmpty {
            for rule in noun.distinct where rule.table == noun.name {
                let column = rule.columns.count == 1 ? rule.columns.first : nil
                for twins in try statements.written.map({ try shop.twins(rule, among: $0) }) ?? [] {
                    let line = [twins.id, twins.other].filter { seen[$0] }.map(firstLine).max() ?? 0
                    let other = [twins.other, twins.id].first { !seen[$0] }
                    try fault(line, column, other.map { try shop.sentence(rule, noun, $0) } ?? rule.sentence)
                }
            }
        }
        try failWithFaults()
        // Child rows may have changed where the row itself has not.
        let changed = outcomes.lazy.filter { [.added, .changed].contains($0.result) }.compactMap(\.id)
        if let lowest = changed.min(), let highest = changed.max() { try shop.keepMoves(noun, "import", among: lowest...highest) }
    }

    /// `3 added, 1 changed, 2 same`, and the numbers of skipped and rejected rows if there are any.
    package var summary: String {
        var counts: [Result: Int] = [:]
        for outcome in outcomes { counts[outcome.result, default: 0] += 1 }
        let shown: [Result] = [.added, .changed, .same] + [.skipped, .rejected].filter { counts[$0] != nil }
        return shown.map { "\(counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
    }
}
