import Console
import Shop
import Store
import Values

private let create = Flag("--create", "only add rows; skip those that exist")
private let update = Flag("--update", "only change rows; skip those that do not exist")

/// `NOUN import FILE`: inserts or updates rows by code or by identifying fields, all of them or none.
func importVerb(_ noun: Noun, permission: Permission) -> Command {
    let headings = [Heading("line", .int), Heading("code", .text), Heading("result", .status)]
    return writes(
        "\(noun.name) import", "Add and change \(noun.plural) from CSV or JSON",
        [CommonParameters.input] + ColumnMap.parameters + [create, update] + FileForm.parameters, permission: permission,
        relations: [.excludes(["create", "update"])] + ColumnMap.relations, about: about(noun),
        examples: noun.examples["import"] ?? ["laseros \(noun.name) import \(noun.plural).csv"], answer: headings
    ) { call, shop in
        try ImportedFile(call, noun, shop)
    } run: { call, shop, file in
        let text = file.text, (done, apostrophes) = try take(file, of: noun, in: shop, call)
        // A text with an apostrophe of its own does not come from a spreadsheet.
        if apostrophes > 0, text.isMarked {
            throw Failure(
                .input, .importVerb, "\(text.name) was written by --excel: nothing was written",
                hint: "\(guardedCells(apostrophes)): laseros \(noun.name) import --excel takes it away")
        }
        let sentence = "\(counted(done.outcomes.count, noun)) read from \(text.name): \(done.summary)"
        var notes =
            text.encoding == .windows && call[FileForm.encodingOption] == nil ? ["\(text.name) is read as \(text.encoding.rawValue)"] : []
        if let doubt = file.reader.doubt { notes.append(doubt) }
        if apostrophes > 0 { notes.append("\(guardedCells(apostrophes)): --excel takes it away") }
        if let name = call[ColumnMap.save] {
            let isReplaced = try shop.save(.map, name, of: noun, file.words).isReplaced
            notes.append("saved as @\(name.text)" + (isReplaced ? ", in place of another map" : ""))
        }
        if !done.unkept.isEmpty { notes.append("nothing is kept of: " + done.unkept.joined(separator: ", ")) }
        return Output.done(sentence, all: outcomes(done, noun, shop, headings)).noting(notes)
    }
}

private func about(_ noun: Noun) -> String {
    let names = noun.portableHeadings.map(\.name).joined(separator: ", ")
    return """
        Columns: `\(names)`, in any order; none is required for a change. A row with a known code changes that record, any
        other adds one. An empty cell leaves a field unchanged, `NULL` clears it. With one fault anywhere nothing is
        written, not even a map of `--save-map`, and every fault is listed with its line.\(others(noun))\(lists(noun))

        Separator, decimal mark and encoding are recognised: files of Excel are read as they are, with `;`, with `1 234,50`,
        in UTF-8, UTF-16 or Windows-1252. In a file with semicolons the decimal mark is a comma. A number with two possible
        readings is refused until `--decimal` says which is right, and a date until `--dates` or a day above 12 in its column does.
        """
}

/// What is known from the file alone: its encoding, its format, the keys of JSON, and how its columns map to fields.
private struct ImportedFile {
    let words: [String]
    let pairs: [String: String]
    let text: TextInput
    let reader: RecordReader
    let dates: DateReader

    init(_ call: Call, _ noun: Noun, _ shop: Shop) throws {
        let file = try InputFile(try call[CommonParameters.input], in: call.environment), form = FileForm(call)
        let own = noun.portableHeadings.map(\.name), guarded = call[Standard.excel]
        words = try ColumnMap.words(call) { try shop.saved(.map, $0, of: noun) }
        pairs = try ColumnMap.pairs(words)
        let text = try TextInput(file, form.encoding)
        (self.text, reader) = (text, try RecordReader(text, form, own: own, guarded: guarded))
        dates = DateReader(form.dates, likely: try shop.setting(Settings.dateOrder).order) {
            try RecordReader(try text.again(), form, own: own, guarded: guarded)
        }
    }
}

private func others(_ noun: Noun) -> String {
    let names = noun.codeAliases + noun.fields.flatMap(\.aliases).map(\.name)
    return names.isEmpty ? "" : " Also known: `\(names.joined(separator: ", "))`."
}

private func lists(_ noun: Noun) -> String {
    let names = noun.portableChildren.map(\.child.plural)
    let columns = names.map { "`\($0)`" }.joined(separator: ", ")
    return names.isEmpty ? "" : " A list of JSON in \(columns), within CSV too, takes the place of the rows that there are."
}

private func outcomes(_ done: Import, _ noun: Noun, _ shop: Shop, _ headings: [Heading]) -> Listing {
    let data = shop.data, code: SQL = noun.codeSQL ?? "\(name: noun.name).\(name: noun.code)"
    return Listing(headings) { body in
        let find = try data.repeated("SELECT \(code) FROM \(name: noun.name) WHERE id = ?")
        for outcome in done.outcomes {
            var found = done.skippedCodes[outcome.line] ?? ""
            if let id = outcome.id { try find.each([.integer(id)]) { found = $0.text(0) } }
            let isQuiet = outcome.result == .same || outcome.result == .skipped
            try body([.int(outcome.line), .text(found), .status(outcome.result.rawValue, isQuiet ? .quiet : .good)])
        }
    }
}

/// Reads all rows. A fault in one does not stop the others from being checked.
private func take(_ file: ImportedFile, of noun: Noun, in shop: Shop, _ call: Call) throws -> (done: Import, apostrophes: Int) {
    let reader = file.reader
    let progress = Progress("reading \(noun.plural)", in: call.environment)
    var numerals = reader.numerals(FileForm(call), likely: call[Standard.excel] ? try shop.setting(Settings.decimal) : nil)
    var isTooExact = false
    let only: Import.Only? = call[create] ? .create : call[update] ? .update : nil
    let work = try Import(
        shop, noun, file: file.text.name, columns: reader.columns, on: reader.columnLines, called: file.pairs, only: only,
        temporary: call.environment.temporary)
    let exported = reader.columns.map { _ in ExportedCell() }
    while try reader.next(work.note) {
        // An empty row needs no query, so SQLite would not notice an interrupt.
        try Interrupt.check()
        guard !reader.isBlank else { continue }
        progress.step()
        try work.take(line: reader.line) { i in
            if work.holdRows[i], !reader.isNull(i), !reader.isAbsent(i) {
                return reader.isEmpty(i) ? .nothing : unread(reader, i, exported[i])
            }
            let cell = reader.cell(i, isNumber: work.numbers[i], &numerals)
            if work.days[i], case .text(let text) = cell { return file.dates.cell(text, column: i) }
            if reader.isNumber(i), case .number(let plain, _) = cell {
                isTooExact = isTooExact || plain.utf8.drop { $0 != UInt8(ascii: ".") }.count > 7
            }
            return cell
        }
    }
    progress.finish()
    let apostrophes = call[Standard.excel] ? 0 : reader.apostrophes
    do { try work.finish() } catch var failure as Failure where failure.kind == .input {
        failure.hint = hint(for: failure, apostrophes, isTooExact: isTooExact, noun, call)
        throw failure
    }
    return (work, apostrophes)
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

/// A hint for likely causes: apostrophes of a spreadsheet, numbers with too many decimals, a column map that was not saved.
private func hint(for failure: Failure, _ apostrophes: Int, isTooExact: Bool, _ noun: Noun, _ call: Call) -> String? {
    if apostrophes > 0 { return "\(guardedCells(apostrophes)): laseros \(noun.name) import --excel takes it away" }
    if let hint = failure.hint { return hint }
    if isTooExact { return "numbers of JSON have at most six decimals here: jq '.amount |= (. * 1e6 | round / 1e6)'" }
    return call[ColumnMap.save] == nil ? nil : "the map is kept when the import goes through"
}

private func guardedCells(_ count: Int) -> String {
    "\(counted(count, "cell has", "cells have")) an apostrophe, as --excel writes it before what a spreadsheet would read otherwise"
}
