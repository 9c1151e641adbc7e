import Console
import Shop
import Values

/// The verbs of a noun whose records have files: `attach`, `detach`, `files` and `extract`.
/// - Parameter changing: the permission for changes.
func fileVerbs(_ noun: Noun, changing: Permission) -> [Command] {
    noun.hasFiles ? [attachVerb(noun), detachVerb(noun, changing), filesVerb(noun), extractVerb(noun)] : []
}

private let paths = Rest<String>("FILE...", "drawings and documents; a folder stands for what is in and below it", from: .files)
private let kind = Option<FileKind>("--kind KIND", "\(either(FileKind.choices)); default: what the name says")
private let replace = Flag("--replace", "replace files of the same name")
private let part = Option<Count>("--part NUMBER", "the part that they belong to, by its number")
private let folder = Required<String>("--to DIR", "the folder they are written to", from: .files)
private let force = Flag("--force", "replace files that are there")

private func records(_ noun: Noun) -> CodesParameter { CodesParameter(noun.subject, several: false) }
private func names(_ noun: Noun, needed: Bool = false) -> Rest<String> {
    Rest("NAME...", "as `\(noun.name) files` lists them" + (needed ? "" : "; all where none is named"), required: needed)
}
private func example(_ noun: Noun, _ verb: String, _ words: String) -> [String] {
    noun.examples[verb] ?? ["laseros \(noun.command) \(verb) last" + words]
}
private func headings(_ noun: Noun) -> [Heading] { AttachedFile.columns(of: noun).map(\.heading) }

/// Files that were looked at, and notes about what was left out.
private struct Incoming: Sendable {
    var files: [NewFile]
    var notes: [String]
}

private func attachVerb(_ noun: Noun) -> Command {
    let records = records(noun), isProject = noun.name == "project"
    return writes(
        "\(noun.name) attach", "Attach \(isProject ? "drawings and documents" : "files") to \(noun.plural)",
        [records, paths, kind, replace] + (isProject ? [part] : []), permission: .files,
        about: """
            A file is stored in the shop once, however often it is attached. Drawings are measured; one that cannot be cut is attached
            with a warning. The settings `file_types` and `file_size_limit_mb` say what is allowed. Attaching the same file again
            changes nothing; another file of the same name needs `--replace`.

            Of a folder, hidden files, links and types that are not allowed are left out with a note. Two files of one name in it are
            refused, unless they are the same.

            The kind of a document is what a word of its name says: `POP 0815.pdf` is a payment, `Quotation.pdf` a quote.
            """ + (isProject ? "\n\n" + aboutParts : ""),
        examples: example(noun, "attach", " note.txt"), answer: headings(noun),
        prepare: { call, shop in
            let found = try picked(records, call, shop)
            let intake = try FileIntake(shop, shop.drawingHabits(of: noun, found))
            let (sources, notes) = try intake.expanded(call[paths].map { .init(typed: $0, path: call.environment.path($0)) })
            let files = try intake.look(at: sources, kind: call[kind])
            for record in found { try shop.demandFree(files, in: record, of: noun, replacing: call[replace]) }
            return Incoming(files: files, notes: notes)
        }, contents: \.files.contents
    ) { call, shop, incoming in try attach(incoming, to: try picked(records, call, shop), of: noun, call, shop) }
}

private func attach(_ incoming: Incoming, to found: [RecordID], of noun: Noun, _ call: Call, _ shop: Shop) throws -> Output {
    let files = incoming.files, isProject = noun.name == "project", number = isProject ? call[part]?.value : nil
    guard number == nil || found.count == 1 else { throw Failure(.usage, .files, "--part needs one project") }
    for record in found { try shop.demandFree(files, in: record, of: noun, replacing: call[replace]) }
    var all = Attached(), rows: [AttachedFile] = [], notes: [String] = []
    for record in found {
        let done = try shop.attach(files, to: record, of: noun, part: try number.map { try shop.part($0, of: record) })
        (all.added, all.replaced, all.parts) = (all.added + done.added, all.replaced + done.replaced, all.parts + done.parts)
        rows += try shop.files(of: noun, [record], named: files.map(\.name))
        if let told = done.told(of: record.code) { notes.append(told) }
        if isProject { notes += try shop.copies(among: files, in: record).filter { !notes.contains($0) } }
    }
    let made = all.made > 0 ? ", \(counted(all.made, "part")) added" : ""
    return listed(rows, noun, "\(named(found, noun)): " + sentence(rows, all) + made)
        .noting(incoming.notes + files.flatMap(\.problems) + notes)
}

private let aboutParts = """
    Each drawing becomes a part of the project, with the title, material, thickness, quantity and finish that its name says, else those of
    the project. A DXF and the LightBurn file of the same name are one part; a drawing that a part has already makes none. A part
    without a drawing gets the one that is called like it. With `--part` files belong to that part, are removed with it, and make none; its
    drawing is the first of them, if it has none.
    """

/// `JB-2026-08-CL0001-001`, `3 projects`
private func named(_ found: [RecordID], _ noun: Noun) -> String { found.count == 1 ? found[0].code : counted(found.count, noun) }

/// `plan.pdf attached`, `3 files: 2 attached, 1 replaced`, `3 files attached (2 drawings, 1 quote)`
private func sentence(_ files: [AttachedFile], _ done: Attached) -> String {
    let same = files.count - done.added - done.replaced, kinds = kinds(files)
    if done.added == files.count, files.count > 1 { return "\(files.count) files attached" + kinds }
    if files.count == 1 {
        return files[0].name + (done.added > 0 ? " attached" : done.replaced > 0 ? " replaced" : " is attached already") + kinds
    }
    let counts = [(done.added, "attached"), (done.replaced, "replaced"), (same, "there already")].filter { $0.0 > 0 }
    return "\(files.count) files: " + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + kinds
}

/// What files were taken for; empty if that shows, because all are drawings and other files.
private func kinds(_ files: [AttachedFile]) -> String {
    let counts = FileKind.allCases.compactMap { kind in
        let count = files.count { $0.kind == kind }
        return count == 0 ? nil : (kind, count)
    }
    guard counts.contains(where: { $0.0 != .drawing && $0.0 != .other }) else { return "" }
    let words = counts.map { kind, count in files.count == 1 ? kind.rawValue : counted(count, kind.rawValue, kind.plural) }
    return " (\(words.joined(separator: ", ")))"
}

/// One file is shown as a record, several as a list.
private func listed(_ files: [AttachedFile], _ noun: Noun, _ sentence: String) -> Output {
    let listing = Listing(files, AttachedFile.columns(of: noun))
    return files.count == 1 ? .done(sentence, listing) : .done(sentence, all: listing)
}

private func detachVerb(_ noun: Noun, _ permission: Permission) -> Command {
    let records = records(noun), names = names(noun, needed: true)
    return writes(
        "\(noun.name) detach", "Take files from \(noun.plural)", [records, names], permission: permission,
        about: "The stored files stay in the shop until `laseros files prune`: `laseros undo` brings the files back.",
        examples: example(noun, "detach", " note.txt"), answer: headings(noun)
    ) { call, shop in
        let found = try picked(records, call, shop)
        let files = try shop.files(of: noun, found, named: call[names])
        let notes = try shop.detach(files)
        return listed(files, noun, "\(named(found, noun)): \(files.count == 1 ? files[0].name : "\(files.count) files") detached")
            .noting(notes)
    }
}

private func filesVerb(_ noun: Noun) -> Command {
    let code = CommonParameters.code(noun)
    return reads(
        "\(noun.name) files", "List the files of \(article(noun.word))", [code], permission: .view,
        about: "Drawings are listed with their measurements.", examples: example(noun, "files", ""), answer: headings(noun)
    ) { call, shop in
        let found = try shop.find(noun, try call[code].text)
        return .rows(Listing(try shop.files(of: noun, found.id), AttachedFile.columns(of: noun)))
    }
}

private func extractVerb(_ noun: Noun) -> Command {
    let records = records(noun), names = names(noun), isQuote = noun.name == "quote"
    return reads(
        "\(noun.name) extract", "Write files of \(noun.plural) into a folder", [records, names, folder, force], permission: .export,
        about: """
            Each file is checked against its hash and written whole. If a file of that name exists, nothing is written, unless `--force` is
            given. The files of several \(noun.plural) are in a folder for each, named by its code.
            """ + (isQuote ? " The drawings from which a quote was priced are among its files." : ""),
        examples: example(noun, "extract", " --to \(noun.name)-files"), answer: headings(noun)
    ) { call, shop in
        try shop.archived(try picked(records, call, shop), of: noun, named: call[names])
    } then: { call, shop, files in
        let said = try call[folder], path = call.environment.path(said)
        try shop.demandRoom(for: files, in: path, named: said, replacing: call[force])
        try shop.extract(files, to: path, named: said)
        return listed(files.map(\.file), noun, "\(files.count == 1 ? files[0].file.name : "\(files.count) files") written to \(said)")
    }
}
