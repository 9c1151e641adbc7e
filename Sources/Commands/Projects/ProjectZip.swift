import Archives
import Console
import Glibc
import Shop
import Values

private let projects = CodesParameter(Noun.project.subject, several: false)
private let names = Rest<String>("NAME...", "as `project files` lists them; all where none is named", required: false)
private let type = Option<ArchiveFormat>("--type TYPE", "zip, tar, tar.gz or tar.zst; default: the ending of the -o file")
private let force = Flag("--force", "replace an archive that is there")

let zipCommand = reads(
    "project zip", "Write files of projects into a zip or tar archive", [projects, names, type, force], permission: .export,
    about: """
        `-o FILE.zip`, `.tar`, `.tar.gz`, `.tgz` or `.tar.zst` says where to and in which format. Each file is checked against its hash, and the archive
        is there whole or not at all. The files of several projects are in a folder for each, named by its code. A file is dated by when it
        was attached; the same files make the same archive.
        """,
    examples: ["laseros project zip last -o job.zip", "laseros project zip --all-matching --client CL-0001 -o karoo.tar.gz"],
    answer: ArchivedFile.headings, makesFiles: false
) { call, shop in
    let format = try archiveFormat(call)
    try demandRoom(call)
    do {
        return (format, try shop.archived(try picked(projects, call, shop), of: .project, named: call[names]))
    } catch let nothing as NothingFound {
        // Otherwise the sentence would be what is written to the file.
        throw Failure(.notFound, .fileExtraction, nothing.sentence)
    }
} then: { call, shop, found in
    let (format, files) = found, said = call[Standard.output] ?? "-", listing = Listing(files, ArchivedFile.columns)
    let document = Document { try shop.write(files, as: format, named: said, to: $0) }
    let sentence = "\(files.count == 1 ? files[0].file.name : "\(files.count) files") written to \(said)"
    return Output(.document(document, sentence, listing, single: files.count == 1))
}

private func archiveFormat(_ call: Call) throws -> ArchiveFormat {
    if let format = call[type] ?? call[Standard.output].flatMap({ ArchiveFormat(ofName: $0) }) { return format }
    let hint = "-o FILE.zip, .tar, .tar.gz or .tar.zst; or --type \(ArchiveFormat.word)"
    throw Failure(.usage, .fileExtraction, "the format of the archive is not known", hint: hint)
}

private func demandRoom(_ call: Call) throws {
    guard let said = call[Standard.output], said != "-", !call[force] else { return }
    let path = call.environment.path(said)
    guard access(path, F_OK) != 0 || !File.isReplaceable(path) else {
        throw Failure(.refused, .fileExtraction, "\(said) is there already: nothing was written", hint: "--force replaces what is there")
    }
}
