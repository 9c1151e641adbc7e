import Console
import Shop
import Store
import Values

let importCreate = Flag("--create", "only add rows; skip those that exist")
let importUpdate = Flag("--update", "only change rows; skip those that do not exist")
let importStrict = Flag("--strict", "refuse a row that seems to be there already")
let importRejects = Option<String>(
    "--rejects FILE", "write the rows that cannot be taken to FILE, with the reason, and take the others", from: .files)
let importForce = Flag("--force", "replace the file of --rejects if it is there")

/// `NOUN import FILE`: inserts or updates rows by code or by identifying fields, all of them or none.
/// - Parameter others: columns that only other files than CSV and JSON fill.
func importVerb(_ noun: Noun, permission: Permission, others: [Heading] = []) -> Command {
    let headings = [Heading("line", .int), Heading("code", .text), Heading("result", .status)] + others
    return writes(
        "\(noun.name) import", "Add and change \(noun.plural) from CSV or JSON",
        [CommonParameters.input] + ColumnMap.parameters + [importCreate, importUpdate] + (noun.likeness == nil ? [] : [importStrict]) + [
            importRejects, importForce,
        ]
            + FileForm.parameters, permission: permission,
        relations: [.excludes(["create", "update"]), .needs(importForce.spec.name, importRejects.spec.name)] + ColumnMap.relations,
        about: about(noun),
        examples: noun.examples["import"] ?? ["laseros \(noun.command) import \(noun.plural).csv"], answer: headings
    ) { call, shop in
        try ImportSource(call, noun, shop)
    } run: { call, shop, file in
        let text = file.text, rows = try ImportedRows(file, of: noun, in: shop, call), done = rows.work, apostrophes = rows.apostrophes
        // A text with an apostrophe of its own does not come from a spreadsheet.
        if apostrophes > 0, text.isMarked {
            throw Failure(
                .input, .importVerb, "\(text.name) was written by --excel: nothing was written",
                hint: "\(guardedCells(apostrophes)): laseros \(noun.command) import --excel takes it away")
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
        notes += try noun.likeness?.among(shop, done.before) ?? []
        notes += noun.importNotes?(shop) ?? []
        var output = Output.done(sentence, all: outcomes(done, noun, shop, headings)).noting(notes)
        if let rejected = rows.rejected, rejected.count > 0 {
            let count = counted(rejected.count, "row was", "rows were")
            let place = call[Standard.dryRun] ? "\(rejected.name) would have" : "\(rejected.name) has"
            output.notes.append("warning: \(count) not taken: \(place) \(worded(rejected.count, "it", "them")) with the reasons")
            if !call[Standard.dryRun] { output.drafts = [try rejected.finish()] }
        }
        return output
    }
}

private func about(_ noun: Noun) -> String {
    let names = noun.portableHeadings.map(\.name).joined(separator: ", ")
    return """
        Columns: `\(names)`, in any order; none is required for a change. A row with a known code changes that record, any
        other adds one. An empty cell leaves a field unchanged, `NULL` clears it. With one fault anywhere nothing is
        written, not even a map of `--save-map`, and every fault is listed with its line.\(others(noun))\(lists(noun))

        With `--rejects FILE` the rows without a fault are taken. The others go to FILE, with the reason in the first column: mend them there and
        import that file. It is written only if there are such rows.

        Separator, decimal mark and encoding are recognised: files of Excel are read as they are, with `;`, with `1 234,50`,
        in UTF-8, UTF-16 or Windows-1252. In a file with semicolons the decimal mark is a comma. A number with two possible
        readings is refused until `--decimal` says which is right, and a date until `--dates` or a day above 12 in its column does.
        """
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
    let nothing = [DisplayValue](repeating: .nothing, count: headings.count - 3)
    let data = shop.data, code: SQL = noun.codeSQL ?? "\(name: noun.name).\(name: noun.code)"
    return Listing(headings) { body in
        let find = try data.repeated("SELECT \(code) FROM \(name: noun.name) WHERE id = ?")
        for outcome in done.outcomes {
            var found = done.skippedCodes[outcome.line] ?? ""
            if let id = outcome.id { try find.each([.integer(id)]) { found = $0.text(0) } }
            let isQuiet = outcome.result == .same || outcome.result == .skipped
            let tone: Tone = outcome.result == .rejected ? .bad : isQuiet ? .quiet : .good
            try body([.int(outcome.line), .text(found), .status(outcome.result.rawValue, tone)] + nothing)
        }
    }
}

func guardedCells(_ count: Int) -> String {
    "\(counted(count, "cell has", "cells have")) an apostrophe, as --excel writes it before what a spreadsheet would read otherwise"
}
