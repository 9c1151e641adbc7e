import Console
import Shop
import Store
import Values

private let map = Several<String>(
    "--map THEIRS=OURS,...", "how columns of the file are called here; - leaves one out; @NAME is a map that was kept")
private let saveMap = Option<FilterName>("--save-map NAME", "keep the map under a name")
private let create = Flag("--create", "only add: what is known already is skipped")
private let update = Flag("--update", "only change: what is not known yet is skipped")

/// `NOUN import FILE`: an upsert, by code or by what identifies a row; all of it or nothing.
func importVerb(_ noun: Noun) -> Command {
    let headings = [Heading("line", .int), Heading("code", .text), Heading("result", .status)]
    let names = noun.portable.map(\.name).joined(separator: ", ")
    return writes(
        "\(noun.name) import", "Add and change \(noun.plural) from CSV or JSON",
        [Ask.input, map, saveMap, create, update] + FileForm.parameters,
        relations: [.excludes(["create", "update"]), .needs("save-map", "map")],
        about: """
            Columns: `\(names)`, in any order, as many as wanted. A row with a known code is changed, any other is added. An empty cell leaves
            a field alone, `NULL` clears it. One fault anywhere, and nothing is written, a map of `--save-map` neither: every fault is told with
            its line.\(others(noun))

            Delimiter, decimal mark and encoding are recognised: files of Excel are read as they are, with `;`, with `1 234,50`, in UTF-8,
            UTF-16 or Windows-1252. Where semicolons part fields a comma stands before decimals. A number that could be two is refused until `--decimal` says
            what it is.
            """,
        examples: noun.examples["import"] ?? ["laseros \(noun.name) import \(noun.plural).csv"], answer: headings
    ) { call, _ in
        try InputFile(try call[Ask.input], in: call.world)
    } run: { call, shop, file in
        let words = try mapWords(noun, call, shop)
        if let name = call[saveMap] { _ = try shop.keep(.map, name, of: noun, words) }
        let text = try TextInput(file, call[FileForm.encodingOption])
        let (done, apostrophes) = try take(text, of: noun, called: try pairs(words), in: shop, call)
        let sentence = "\(counted(done.outcomes.count, noun)) read from \(file.name): \(done.summary)"
        var notes =
            text.encoding == .windows && call[FileForm.encodingOption] == nil ? ["\(file.name) is read as \(text.encoding.rawValue)"] : []
        if apostrophes > 0 { notes.append("\(guardedCells(apostrophes)): --excel takes it away") }
        if !done.unkept.isEmpty { notes.append("nothing is kept of: " + done.unkept.joined(separator: ", ")) }
        return Output.done(sentence, all: outcomes(done, noun, shop, headings)).noting(notes)
    }
}

private func others(_ noun: Noun) -> String {
    let names = noun.codeAliases + noun.fields.flatMap(\.aliases).map(\.name)
    return names.isEmpty ? "" : " Known too: `\(names.joined(separator: ", "))`."
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

/// The words of `--map`, each THEIRS=OURS, with kept maps in their places.
private func mapWords(_ noun: Noun, _ call: Call, _ shop: Shop) throws -> [String] {
    try call[map].flatMap(parted).flatMap { word -> [String] in
        guard word.hasPrefix("@") else { return [word] }
        guard let name = FilterName(reading: word) else { throw Failure(.usage, "'\(word)' is no name of a map: --map @NAME") }
        return try shop.kept(.map, name, of: noun)
    }
}

/// `Price, excl.=amount,Key=key`: a comma within a name of theirs parts nothing.
private func parted(_ text: String) -> [String] {
    var words: [String] = [], open = ""
    for part in text.split(separator: ",") {
        open += (open.isEmpty ? "" : ",") + part
        guard open.contains("=") || open.trimmed.hasPrefix("@") else { continue }
        words.append(String(open.trimmed))
        open = ""
    }
    return words + (open.isEmpty ? [] : [String(open.trimmed)])
}

/// Theirs to ours.
private func pairs(_ words: [String]) throws -> [String: String] {
    var pairs: [String: String] = [:]
    for word in words {
        guard let equals = word.lastIndex(of: "="), equals > word.startIndex, word.index(after: equals) < word.endIndex else {
            throw Failure(.usage, "'\(word)' is not THEIRS=OURS: --map THEIRS=OURS")
        }
        let theirs = String(String(word[..<equals]).trimmed)
        guard pairs.updateValue(String(String(word[word.index(after: equals)...]).trimmed), forKey: theirs) == nil else {
            throw Failure(.usage, "'\(theirs)' is called something twice: --map \(word)")
        }
    }
    return pairs
}

/// Reads every row; a fault in one does not hide those behind it.
private func take(_ text: TextInput, of noun: Noun, called: [String: String], in shop: Shop, _ call: Call) throws -> (
    done: Import, apostrophes: Int
) {
    let form = FileForm(call), reader = try RecordReader(text, form, guarded: call[Standard.excel])
    let progress = Progress("reading \(noun.plural)", in: call.world)
    var numerals = reader.numerals(form, likely: call[Standard.excel] ? try shop.setting(Settings.decimal) : nil)
    let only: Import.Only? = call[create] ? .create : call[update] ? .update : nil
    let work = try Import(shop, noun, file: text.name, columns: reader.columns, on: reader.columnLines, called: called, only: only)
    while true {
        do {
            guard try reader.next() else { break }
        } catch let failure as Failure where failure.kind == .input && !failure.faults.isEmpty {
            work.note(failure.faults)
            if reader.dialect == .json { break }
            continue
        }
        progress.step()
        try work.take(line: reader.line) { i in
            if reader.isNull(i) { return .cleared }
            if reader.isAbsent(i) { return .nothing }
            if reader.isNested(i) { return .wrong("holds a list or an object, where one value belongs") }
            guard work.numbers[i], !reader.isEmpty(i) else { return .text(plainLines(reader.text(i))) }
            switch numerals.plain(reader.text(i), line: reader.line) {
            case .text(let text): return .number(text, typed: reader.text(i))
            case .wrong(let message): return .wrong(message)
            }
        }
    }
    progress.finish()
    let apostrophes = call[Standard.excel] ? 0 : reader.apostrophes
    do {
        try work.finish()
    } catch var failure as Failure where failure.kind == .input {
        if apostrophes > 0 { failure.hint = "\(guardedCells(apostrophes)): laseros \(noun.name) import --excel takes it away" }
        if call[saveMap] != nil { failure.hint = failure.hint ?? "the map is kept when the import goes through" }
        throw failure
    }
    return (work, apostrophes)
}

/// Lines of a text end as they do here, whatever wrote the file.
private func plainLines(_ text: String) -> String {
    guard text.utf8.contains(13) else { return text }
    var last: UInt8 = 0
    // The second half of a pair goes.
    let bytes = text.utf8.filter { byte in
        defer { last = byte }
        return !(byte == 10 && last == 13)
    }.map { $0 == 13 ? 10 : $0 }
    return String(decoding: bytes, as: UTF8.self)
}

private func guardedCells(_ count: Int) -> String {
    "\(count) \(count == 1 ? "cell begins" : "cells begin") with an apostrophe, as --excel writes it before what a spreadsheet would read otherwise"
}
