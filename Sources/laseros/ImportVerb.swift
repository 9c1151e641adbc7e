import Console
import Shop
import Store
import Values

/// `NOUN import FILE`: an upsert, by code or by what identifies a row; all of it or nothing.
func importVerb(_ noun: Noun) -> Command {
    let headings = [Heading("line", .int), Heading("code", .text), Heading("result", .status)]
    let names = noun.portable.map(\.name).joined(separator: ", ")
    return writes(
        "\(noun.name) import", "Add and change \(noun.plural) from CSV or JSON", [Ask.input],
        about: """
            Columns: `\(names)`, in any order, as many as wanted. A row with a known code is changed, any other is added. An empty cell leaves
            a field alone, `NULL` clears it. One fault anywhere, and nothing is written: every fault is told with its line.
            """,
        examples: noun.examples["import"] ?? ["laseros \(noun.name) import \(noun.plural).csv"], answer: headings
    ) { call, _ in
        try InputFile(try call[Ask.input], in: call.world)
    } run: { call, shop, file in
        let done = try take(file, of: noun, in: shop, call)
        let data = shop.data, code: SQL = noun.codeSQL ?? "\(name: noun.name).\(name: noun.code)"
        let rows = Listing(headings) { body in
            let find = try data.repeated("SELECT \(code) FROM \(name: noun.name) WHERE id = ?")
            for outcome in done.outcomes {
                var found = ""
                try find.each([.integer(outcome.id)]) { found = $0.text(0) }
                try body([.int(outcome.line), .text(found), .status(outcome.result.rawValue, outcome.result == .same ? .quiet : .good)])
            }
        }
        return .done("\(counted(done.outcomes.count, noun)) read from \(file.name): \(done.summary)", all: rows)
    }
}

/// Reads every row; a fault in one does not hide those behind it.
private func take(_ file: InputFile, of noun: Noun, in shop: Shop, _ call: Call) throws -> Import {
    let reader = try RecordReader(file, guarded: call[Standard.excel]), progress = Progress("reading \(noun.plural)", in: call.world)
    let work = try Import(shop, noun, file: file.name, columns: reader.columns)
    while true {
        do {
            guard try reader.next() else { break }
        } catch let failure as Failure where failure.kind == .input && !failure.faults.isEmpty {
            work.note(failure.faults)
            if reader.dialect == .json { break }
            continue
        }
        progress.step()
        try work.take(line: reader.line) {
            reader.isNull($0) ? .cleared : reader.isAbsent($0) ? .nothing : .text(reader.text($0))
        }
    }
    progress.finish()
    try work.finish()
    return work
}
