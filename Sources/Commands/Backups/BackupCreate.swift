import Console
import Glibc
import Shop
import Store
import Values

private let to = Option<Line>(
    "--to DIR", "the folder for the archive, or - for standard output; default: the setting backup_folder, or else backups/ of the shop",
    from: .files)
private let note = Option<Line>("--note TEXT", "a note in the manifest")

private let headings = [
    Heading("archive", .text), Heading("at", .moment), Heading("bytes", .int), Heading("encrypted", .bool), Heading("entries", .int),
    Heading("head", .text), Heading("files", .int),
]

let backupCreateCommand = Command(
    "backup create", "Make a backup: one archive of the database and all files", kind: .reads, permission: .upkeep,
    [to, note] + BackupKeys.sealing, relations: BackupKeys.sealingRelations,
    about: """
        The archive is a tar file compressed by zstd: `manifest.json`, `laseros.db`, `files/` and `SHA256SUMS`. The database is a copy made in \
        one step while others may write, and is checked. The archive is read back from the disk and compared byte by byte; only then it gets \
        its name, of the moment, the shop's id and the first digits of its own SHA-256. Without encryption `bsdtar`, `sha256sum -c` and \
        `sqlite3` are all that is needed to open it.

        Nothing is printed when all is well and nobody looks on, as in cron. A file of the shop that is missing or damaged is a warning, and \
        the exit code is then 1; a damaged database makes no archive. Nothing is deleted: `laseros backup prune` does that.

        `--to -` writes the archive to standard output, for `ssh` or another program; then nobody has read it back.

        \(BackupKeys.sealingAbout)
        """,
    examples: ["laseros backup create", "laseros backup create --note 'before the stocktake'"], answer: headings, makesFiles: true
) { call, answer in
    let shop = try openShop(call, .reading), seal = try BackupKeys.seal(call, shop)
    var request = BackupRequest(
        laseros: program.version, note: call[note]?.text, temporary: call.environment.temporary, nouns: .ofTable)
    let progress = Progress("backing up", of: 100, in: call.environment)
    var shown = 0
    request.progress = { done, total in
        let percent = total > 0 ? min(100, done * 100 / total) : 0
        progress.step(by: percent - shown)
        shown = percent
    }
    let made = try call[to]?.text == "-" ? stream(call, shop, seal, request) : keep(call, shop, seal, request)
    progress.finish()
    for line in backupWarnings(made.lacking) { answer.note(line) }
    if seal == nil, try !shop.setting(Settings.backupRecipients).isEmpty {
        answer.note("warning: the backup is not encrypted, although backup_recipients is set: --encrypt")
    }
    guard let file = made.file else { return try answer.put(Output(.text(""), code: made.lacking.isEmpty ? 0 : 1)) }
    let row: [DisplayValue] = [
        .text(file.name.text), .moment(made.manifest.at, offset: try shop.offset(at: made.manifest.at)), .int(file.bytes),
        .yes(file.name.isEncrypted), .int(made.manifest.entries), .text(made.manifest.head), .int(made.manifest.files),
    ]
    answer.stored = "made \(file.name.text)"
    let sentence = "made \(file.path), \(file.bytes) bytes" + (made.lacking.isEmpty ? "" : ", without what is missing")
    var output = call.isUnwatched ? Output(.text("")) : Output.done(sentence, Listing(headings, [row]))
    output.code = made.lacking.isEmpty ? 0 : 1
    try answer.put(output)
}

/// Makes an archive in a folder.
private func keep(_ call: Call, _ shop: Shop, _ seal: BackupSeal?, _ request: BackupRequest) throws -> MadeBackup {
    let folder = try BackupParameters.folder(call[to]?.text, call)
    if File.kind(of: folder.path) == nil {
        // A folder that was set may be on a disk that is not mounted.
        let isOwn = try call[to] == nil && shop.setting(Settings.backupFolder).isEmpty
        guard isOwn, Sharing(of: shop.folder).makeFolder(folder.path) else {
            throw Failure(.outside, .backup, "there is no folder \(folder.said)", hint: "mkdir \(ShellLine.quoted(folder.said))")
        }
    }
    return try shop.backUp(to: try realFolder(folder.path), seal, request)
}

/// Writes an archive to standard output while it is made.
private func stream(_ call: Call, _ shop: Shop, _ seal: BackupSeal?, _ request: BackupRequest) throws -> MadeBackup {
    guard call.environment.width == nil else {
        throw Failure(
            .usage, .backup, "an archive is not written to a terminal", hint: "laseros backup create --to - | ssh HOST 'cat >FILE'")
    }
    guard call[Standard.output] == nil else {
        throw Failure(.usage, .backup, "--to - writes to standard output, so there is nothing for --output")
    }
    guard let send = call.environment.send else {
        throw Failure(.refused, .backup, "an archive can be written to standard output only by a command of its own")
    }
    return try shop.backUp(
        to: { bytes in
            do { try send(bytes) } catch var failure as Failure where errno == EPIPE {
                failure.ending = 141
                throw failure
            }
        }, seal, request)
}
