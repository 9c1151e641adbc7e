import Console
import Glibc
import Shop
import Store
import Values

private let to = Option<Line>("--to DIR", "the folder of the shop to restore; default: the shop that is found", from: .files)

private let headings = [
    Heading("folder", .text), Heading("at", .moment), Heading("entries", .int), Heading("files", .int), Heading("kept", .text),
    Heading("upgraded_from", .int),
]

let backupRestoreCommand = Command(
    "backup restore", "Put a shop back as it was when a backup was made", kind: .free, permission: .upkeep,
    [BackupParameters.archive, to, Standard.dryRun] + BackupKeys.opening, relations: BackupKeys.openingRelations,
    about: """
        The whole archive is read and proved beside the shop before anything of it is touched: an altered, shortened or hostile archive is \
        refused. Then the database is overwritten in one transaction; a run that is killed leaves the old shop or the new one. The data before \
        stays in the folder as `laseros.db.before-restore-MOMENT`, and all files stay. Who writes meanwhile waits, and writes to the restored shop.

        It needs no shop: with `--to` it makes the folder. An archive of an older version is upgraded, and so it is read by this laseros. With - \
        the archive comes from standard input, for example from `ssh HOST cat FILE`. `--dry-run` only proves that it could be restored.
        """,
    examples: ["laseros backup restore last --dry-run", "laseros backup restore last --to restored-shop"], answer: headings,
    makesFiles: true
) { call, answer in
    let source = try BackupParameters.source(call, try call[BackupParameters.archive].text), opener = try BackupKeys.opener(call)
    var request = RestoreRequest(
        clock: call.environment.clock, who: call.environment.user, words: call.words, nouns: .ofTable, dryRun: call[Standard.dryRun])
    source.progress = call.byteProgress("restoring", of: source.size)
    request.demand = { if let name = BackupName(File.lastName(of: source.name)), !source.isThat(of: name) { throw source.isAnother } }
    let said = try call[to]?.text ?? place(call)
    var restored: RestoredShop?
    try demandFolder(said, call)
    let sharing = Sharing(of: call.environment.path(said))
    _ = try makeShopFolder(said, sharing, in: call.environment, isNew: false, keeps: !request.dryRun) { folder in
        try demandShopOrEmpty(folder, said)
        restored = try Shop.restore(source, opener, to: folder, request)
    }
    guard let restored else { throw Failure(.defect, .backup, "nothing was restored") }
    let output = output(restored, said, call)
    if !request.dryRun { answer.stored = output.sentence }
    try answer.put(output)
}

private func place(_ call: Call) throws -> String {
    do {
        let place = try shopPlace(call.shopName, in: call.environment)
        if let refusal = place.refusal(in: call.environment) { throw refusal }
        return place.folder
    } catch var failure as Failure where failure.hint?.hasPrefix("laseros init") == true {
        failure.hint = "name the folder to restore to: --to DIR"
        throw failure
    }
}

/// Refuses what is no folder, before anybody is told to change its mode.
private func demandFolder(_ said: String, _ call: Call) throws {
    var about = stat()
    let path = call.environment.path(said)
    guard lstat(path, &about) == 0 else { return }
    guard stat(path, &about) == 0, about.st_mode & S_IFMT == S_IFDIR else {
        throw Failure(.refused, .backup, "\(said) is no folder: nothing was restored", hint: "name a new folder: --to DIR")
    }
    guard File.kind(of: "\(path)/\(Shop.fileName)") != nil || about.st_mode & 0o002 == 0 else {
        throw Failure(
            .refused, .backup, "everybody may write in \(said): nothing was restored", hint: "name a folder in it: --to \(said)/shop")
    }
}

/// Refuses to put a shop among other files.
private func demandShopOrEmpty(_ folder: String, _ said: String) throws {
    guard File.kind(of: "\(folder)/\(Shop.fileName)") == nil else { return }
    let others = try File.names(in: folder).filter { !["files", "backups", "lost+found"].contains($0) && !$0.hasPrefix(Shop.fileName) }
    guard let first = others.first else { return }
    throw Failure(
        .refused, .backup, "\(said) holds other files and no shop, \(first) first: nothing was restored",
        hint: "name a new folder: --to DIR")
}

private func output(_ restored: RestoredShop, _ said: String, _ call: Call) -> Output {
    let manifest = restored.manifest, kept = restored.kept.map { File.lastName(of: $0) }
    let row: [DisplayValue] = [
        .text(said), .moment(manifest.at, offset: restored.offset), .int(manifest.entries), .int(manifest.files), kept.shown,
        restored.upgradedFrom.shown,
    ]
    let end = manifest.entries > 0 ? "its history ends with entry \(manifest.entries)" : "it has no history"
    var sentence =
        "\(call[Standard.dryRun] ? "could restore" : "restored") \(said) as of \(manifest.at.local(offset: restored.offset)); \(end)"
    if let kept { sentence += "; the data before is \(kept)" }
    if let version = restored.upgradedFrom { sentence += "; upgraded from version \(version) to \(Shop.newest)" }
    let notes = (call[Standard.dryRun] ? ["dry run: nothing was changed"] : []) + backupWarnings(restored.lacking)
    return Output.done(sentence, Listing(headings, [row])).noting(notes)
}
