import Console
import Glibc
import Shop
import Values

let projectCommands: [Command] =
    verbs(.project, changing: .jobs) + [attachCommand, detachCommand, filesCommand, extractCommand, zipCommand, partAddCommand]
    + projectMoves(["offer"]) + [popCommand]
    + projectMoves(["approve", "queue", "start", "complete", "request", "cancel", "reinstate", "reopen", "hold", "resume", "notify"])
    + [deliverCommand, expireCommand, repeatCommand, remakeCommand, nextCommand, calendarCommand]

private let project = CommonParameters.code(.project)
private let projects = CodesParameter(Noun.project.subject, several: false)
private let paths = Rest<String>("FILE...", "drawings and documents", from: .files)
private let someNames = Rest<String>("NAME...", "as `project files` lists them")
private let names = Rest<String>("NAME...", "as `project files` lists them; all where none is named", required: false)
private let kind = Option<FileKind>(
    "--kind KIND", "drawing, quote, invoice, payment, delivery, image or other; default: by the ending of the name")
private let replace = Flag("--replace", "replace files of the same name")
private let folder = Required<String>("--to DIR", "the folder they are written to", from: .files)
private let force = Flag("--force", "replace files that are there")

private let attachCommand = writes(
    "project attach", "Attach drawings and documents to projects", [projects, paths, kind, replace], permission: .files,
    about: """
        A file is stored in the shop once, however often it is attached. Drawings are measured; one that cannot be cut is attached with a
        warning. The settings `file_types` and `file_size_limit_mb` say what is allowed. Attaching the same file again changes nothing;
        another file of the same name needs `--replace`.

        Each drawing becomes a part of the project, with the title, material, thickness, quantity and finish that its name says, else those of
        the project. A DXF and the LightBurn file of the same name are one part; a drawing that a part has already makes none. A part
        without a drawing gets the one that is called like it.
        """,
    examples: ["laseros project attach last 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf"], answer: AttachedFile.headings,
    prepare: { call, shop in
        let found = try picked(projects, call, shop)
        let files = try FileIntake(shop).look(at: call[paths].map { .init(typed: $0, path: call.environment.path($0)) }, kind: call[kind])
        for project in found { try shop.demandFree(files, in: project, replacing: call[replace]) }
        return files
    }, contents: \.contents
) { call, shop, files in
    let found = try picked(projects, call, shop)
    for project in found { try shop.demandFree(files, in: project, replacing: call[replace]) }
    var added = 0, replaced = 0, parts = 0, rows: [AttachedFile] = [], copies: [String] = []
    for project in found {
        let done = try shop.attach(files, to: project)
        (added, replaced, parts) = (added + done.added, replaced + done.replaced, parts + done.parts)
        rows += try shop.files(ofProject: project, named: files.map(\.name))
        copies += try shop.copies(among: files, in: project).filter { !copies.contains($0) }
    }
    return listed(rows, "\(named(found)): " + sentence(rows, added, replaced) + (parts > 0 ? ", \(counted(parts, "part")) added" : ""))
        .noting(files.flatMap(\.problems) + copies)
}

/// `JB-2026-08-CL0001-001`, `3 projects`
private func named(_ found: [RecordID]) -> String { found.count == 1 ? found[0].code : counted(found.count, .project) }

/// `plan.pdf attached`, `3 files: 2 attached, 1 replaced`
private func sentence(_ files: [AttachedFile], _ added: Int, _ replaced: Int) -> String {
    let same = files.count - added - replaced
    if added == files.count, added > 1 { return "\(added) files attached" }
    if files.count == 1 { return files[0].name + (added > 0 ? " attached" : replaced > 0 ? " replaced" : " is attached already") }
    let counts = [(added, "attached"), (replaced, "replaced"), (same, "there already")].filter { $0.0 > 0 }
    return "\(files.count) files: " + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
}

/// One file is shown as a record, several as a list.
private func listed(_ files: [AttachedFile], _ sentence: String) -> Output {
    let listing = Listing(files, AttachedFile.columns)
    return files.count == 1 ? .done(sentence, listing) : .done(sentence, all: listing)
}

private let detachCommand = writes(
    "project detach", "Take files from projects", [projects, someNames], permission: .jobs,
    about: "The stored files stay in the shop until `laseros files prune`: `laseros undo` brings the files back.",
    examples: ["laseros project detach last 0001-Flange-MS-10mm-x4.dxf"], answer: AttachedFile.headings
) { call, shop in
    let found = try picked(projects, call, shop)
    let files = try shop.files(ofProjects: found, named: call[someNames])
    let notes = try shop.detach(files)
    return listed(files, "\(named(found)): \(files.count == 1 ? files[0].name : "\(files.count) files") detached").noting(notes)
}

private let filesCommand = reads(
    "project files", "List the files of a project", [project], permission: .view, about: "Drawings are listed with their measurements.",
    examples: ["laseros project files last"], answer: AttachedFile.headings
) { call, shop in
    let found = try shop.find(.project, try call[project].text)
    return .rows(Listing(try shop.files(ofProject: found.id), AttachedFile.columns))
}

private let extractCommand = reads(
    "project extract", "Write files of a project into a folder", [project, names, folder, force], permission: .export,
    about:
        "Each file is checked against its hash and written whole. If a file of that name exists, nothing is written, unless `--force` is given.",
    examples: ["laseros project extract last --to extracted"], answer: AttachedFile.headings
) { call, shop in
    try shop.files(ofProject: shop.find(.project, try call[project].text), named: call[names])
} then: { call, shop, files in
    let said = try call[folder], path = call.environment.path(said)
    try shop.demandRoom(for: files, in: path, named: said, replacing: call[force])
    try shop.demandWhole(files.map(\.kept))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw File.failure("make the folder", said) }
    try File.sync(folder: path + "/..")
    File.sweep(beside: "\(path)/\(files[0].name)")
    for file in files { try File.write(try shop.contents(of: file.kept), to: "\(path)/\(file.name)", as: .document) }
    return listed(files, "\(files.count == 1 ? files[0].name : "\(files.count) files") written to \(said)")
}
