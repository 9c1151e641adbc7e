import Console
import Shop
import Store
import Values

/// What is known from the file alone: its encoding, its format, the keys of JSON, and how its columns map to fields.
struct ImportSource {
    let words: [String]
    let pairs: [String: String]
    let text: TextInput
    private(set) var reader: RecordReader
    /// The path of `--rejects`.
    let rejects: String?
    let dates: DateReader
    private let form: FileForm
    private let isGuarded: Bool

    init(_ call: Call, _ noun: Noun, _ shop: Shop) throws {
        let file = try InputFile(try call[CommonParameters.input], in: call.environment)
        words = try ColumnMap.words(call) { try shop.saved(.map, $0, of: noun) }
        pairs = try ColumnMap.pairs(words)
        let text = try TextInput(file, call[FileForm.encodingOption]), form = FileForm(call), isGuarded = call[Standard.excel]
        let own = noun.portableHeadings.map(\.name)
        (self.text, self.form, self.isGuarded) = (text, form, isGuarded)
        rejects = try call[importRejects].map { try ImportSource.newFile($0, call) }
        reader = try RecordReader(text, form, own: own, guarded: isGuarded)
        dates = DateReader(form.dates, likely: try shop.setting(Settings.dateOrder).order) {
            try RecordReader(try text.again(), form, own: own, guarded: isGuarded)
        }
    }

    /// - Throws: `refused` if there is such a file.
    private static func newFile(_ typed: String, _ call: Call) throws -> String {
        guard !call.environment.isBatchLine else {
            throw Failure(.usage, .importVerb, "--rejects is not allowed in a batch, which stores nothing until its end")
        }
        let path = call.environment.path(typed)
        guard path != call.environment.path(try call[CommonParameters.input]) else {
            throw Failure(.refused, .importVerb, "\(typed) is the file that is read: its rows would be lost", hint: "--rejects NAME")
        }
        guard File.kind(of: path) == nil || call[importForce] else {
            throw Failure(.refused, .importVerb, "\(typed) exists: nothing was written", hint: "--force replaces it")
        }
        return path
    }

    /// Goes back to the first row.
    mutating func reread(_ noun: Noun) throws {
        text.rewind()
        reader = try RecordReader(text, form, own: noun.portableHeadings.map(\.name), guarded: isGuarded)
    }
}

/// Reads all rows of a file. A fault in one does not stop the others from being checked.
struct ImportedRows {
    let work: Import
    /// The number of cells with an apostrophe that `--excel` would take away.
    let apostrophes: Int
    /// The rows that were left out.
    let rejected: RejectedRows?

    /// - Throws: `input` with all faults, unless they are rows that may be left out.
    init(_ file: ImportSource, of noun: Noun, in shop: Shop, _ call: Call) throws {
        var file = file, leftOut: [Int: [Failure.Fault]] = [:]
        while true {
            try shop.data.run("SAVEPOINT import_file")
            var pass = try ImportPass(file, of: noun, in: shop, call)
            try pass.readAll(without: leftOut)
            let isRefused = pass.work.isRefused
            do { try pass.work.finish() } catch var failure as Failure where failure.kind == .input {
                // What shows only at the end, as a name that stands twice, costs the file a second pass.
                let known = leftOut.count
                if file.rejects != nil, !isRefused {
                    for fault in failure.faults { leftOut[fault.line ?? 0, default: []].append(fault) }
                    try failure.further?.each { leftOut[$0.line ?? 0, default: []].append($0) }
                }
                guard leftOut.count > known, leftOut[0] == nil else {
                    failure.hint = pass.hint(for: failure)
                    throw failure
                }
                try shop.data.run("ROLLBACK TO import_file")
                try file.reread(noun)
                continue
            }
            try shop.data.run("RELEASE import_file")
            (work, apostrophes, rejected) = (pass.work, pass.apostrophes, pass.rejected)
            return
        }
    }
}

/// One pass over the rows.
private struct ImportPass {
    let work: Import
    private(set) var rejected: RejectedRows?
    private let reader: RecordReader
    private let dates: DateReader
    private var numerals: NumberReader
    private var isTooExact = false
    private let exported: [ExportedCell]
    private let noun: Noun
    private let call: Call

    init(_ file: ImportSource, of noun: Noun, in shop: Shop, _ call: Call) throws {
        (reader, dates, self.noun, self.call) = (file.reader, file.dates, noun, call)
        numerals = reader.numerals(FileForm(call), likely: call[Standard.excel] ? try shop.setting(Settings.decimal) : nil)
        let only: Import.Only? = call[importCreate] ? .create : call[importUpdate] ? .update : nil
        work = try Import(
            shop, noun, file: file.text.name, columns: reader.columns, on: reader.columnLines, called: file.pairs, only: only,
            strict: call[importStrict], temporary: call.environment.temporary)
        exported = reader.columns.map { _ in ExportedCell() }
        guard let path = file.rejects, let typed = call[importRejects] else { return }
        work.setRowsAside()
        // A dry run writes no file, so it needs none in a folder that may not be there.
        let place = call[Standard.dryRun] ? call.environment.temporary + "/rejects" : path
        rejected = try RejectedRows(place, named: typed, of: reader, isMarked: file.text.isMarked || file.text.encoding != .utf8)
    }

    var apostrophes: Int { call[Standard.excel] ? 0 : reader.apostrophes }

    /// - Parameter leftOut: the faults of rows that are known to be faulty, by their lines.
    mutating func readAll(without leftOut: [Int: [Failure.Fault]]) throws {
        let progress = Progress("reading \(noun.plural)", in: call.environment)
        while try reader.next(takeUnreadable) {
            // An empty row needs no query, so SQLite would not notice an interrupt.
            try Interrupt.check()
            guard !reader.isBlank else { continue }
            progress.step()
            if let known = leftOut[reader.line] {
                try work.reject(line: reader.line, known)
                try rejected?.add(known)
            } else {
                try work.take(line: reader.line) { cell($0) }
                if !work.rowFaults.isEmpty { try rejected?.add(work.rowFaults) }
            }
        }
        progress.finish()
    }

    /// Takes the faults of a row whose fields could not be read. One that is not complete here cannot be mended there.
    private func takeUnreadable(_ found: [Failure.Fault]) throws {
        guard let rejected, reader.dialect != .json, reader.isWhole else { return try work.refuse(found) }
        try work.reject(line: found.first?.line ?? reader.line, found)
        try rejected.add(found)
    }

    private mutating func cell(_ i: Int) -> FileCell {
        if work.holdRows[i], !reader.isNull(i), !reader.isAbsent(i) {
            return reader.isEmpty(i) ? .nothing : unread(reader, i, exported[i])
        }
        let cell = reader.cell(i, isNumber: work.numbers[i], &numerals)
        if work.days[i], case .text(let text) = cell { return dates.cell(text, column: i) }
        if reader.isNumber(i), case .number(let plain, _) = cell {
            isTooExact = isTooExact || plain.utf8.drop { $0 != UInt8(ascii: ".") }.count > 7
        }
        return cell
    }

    /// A hint for likely causes: apostrophes of a spreadsheet, numbers with too many decimals, a column map that was not saved.
    func hint(for failure: Failure) -> String? {
        if apostrophes > 0 { return "\(guardedCells(apostrophes)): laseros \(noun.command) import --excel takes it away" }
        if let hint = failure.hint { return hint }
        if isTooExact { return "numbers of JSON have at most six decimals here: jq '.amount |= (. * 1e6 | round / 1e6)'" }
        return call[ColumnMap.save] == nil ? nil : "the map is kept when the import goes through"
    }
}

/// The rows of a child in a cell of the current row.
private func unread(_ reader: RecordReader, _ i: Int, _ exported: ExportedCell) -> FileCell {
    .unread(
        UnreadRows(
            isExport: { try exported.holds($0, reader.bytes(i)) }, read: { rows(in: reader.text(i), reader.columns[i]) }))
}

/// The rows of a child in one cell.
private func rows(in text: String, _ column: String) -> FileCell {
    do {
        let reader = try RecordReader(nested: text, name: column)
        var rows: [[(column: String, said: FileCell)]] = []
        while try reader.next() {
            let there = reader.columns.enumerated().filter { !reader.isAbsent($0.offset) }
            rows.append(there.map { i, name in (column: name, said: said(reader, i, name)) })
        }
        return .rows(rows)
    } catch {
        let failure = error as? Failure
        return .wrong(failure?.faults.first?.message ?? failure?.message ?? "\(error)")
    }
}

private func said(_ reader: RecordReader, _ i: Int, _ name: String) -> FileCell {
    if reader.isNull(i) { return .cleared }
    if reader.isNested(i) { return rows(in: reader.text(i), name) }
    let text = reader.text(i)
    return reader.isNumber(i) ? .number(Decimal.plain(json: text), typed: text) : .text(text.withPlainLines)
}
