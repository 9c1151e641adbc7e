import Console
import Glibc
import Shop
import Store
import Values

private let all = Flag("-a, --all", "those of other shops, too")
private let maxAge = Option<Seconds>("--max-age TIME", "exit 1 if the newest is older than this: 26h")

private let listed = [
    Heading("archive", .text), Heading("at", .moment), Heading("bytes", .int, sums: true), Heading("encrypted", .bool),
    Heading("entries", .int), Heading("files", .int), Heading("note", .text), Heading("shop", .text, wide: true),
    Heading("version", .int, wide: true), Heading("head", .text, wide: true), Heading("path", .text, wide: true),
]

let backupListCommand = Command.free(
    "backup list", "List the backups in a folder, newest first", [BackupParameters.from, all, CommonParameters.limit] + BackupKeys.opening,
    permission: .upkeep, relations: BackupKeys.openingRelations,
    about: """
        Those of this shop, by their names; with `--all`, or without a shop, all that laseros has made. What an encrypted one holds is shown \
        with `--identity` only.
        """,
    examples: ["laseros backup list", "laseros backup list --all --wide"], answer: listed
) { call in
    let folder = try BackupParameters.folder(call[BackupParameters.from]?.text, call)
    if call[BackupParameters.from] != nil, File.kind(of: folder.path) == nil {
        throw Failure(.outside, .backup, "there is no folder \(folder.said)")
    }
    let id = call[all] ? nil : (try? withShop(call) { try $0.backupID() }) ?? nil
    let files = try BackupParameters.files(in: folder.path, of: id).prefix(call[CommonParameters.limit]?.value ?? .max)
    let opener = try BackupKeys.opener(call, asks: false)
    var damaged = 0
    let rows = try files.map { file -> [DisplayValue] in
        var manifest: BackupManifest?
        if !file.name.isEncrypted || opener != nil {
            do { manifest = try file.manifest(opener) } catch let failure as Failure where failure.ending == nil { damaged += 1 }
        }
        let at = file.name.at, offset = (try? withShop(call) { try $0.offset(at: at) }) ?? 0
        return [
            .text(file.name.text), .moment(at, offset: offset), .int(file.bytes), .yes(file.name.isEncrypted),
            manifest?.entries.shown ?? .nothing,
            manifest?.files.shown ?? .nothing, manifest?.note.shown ?? .nothing, .text(file.name.shop), manifest?.schema.shown ?? .nothing,
            manifest?.head.shown ?? .nothing, .text(file.path),
        ]
    }
    let notes = damaged > 0 ? ["warning: \(counted(damaged, "archive")) cannot be read: laseros backup verify ARCHIVE says why"] : []
    return .rows(Listing(listed, rows)).noting(notes)
}

private let statusHeadings = [
    Heading("archive", .text), Heading("at", .moment), Heading("age_s", .seconds), Heading("bytes", .int), Heading("whole", .bool),
    Heading("backups", .int), Heading("entries_since", .int),
]

let backupStatusCommand = Command(
    "backup status", "Tell how old the newest whole backup is", kind: .reads, permission: .upkeep, [BackupParameters.from, maxAge],
    about: """
        Reads the newest archive of the shop to its last byte, and goes back to the one before if it is damaged. For monitoring: the exit code \
        is 1 if there is none, or with `--max-age` if it is older than that, or if a newer one is damaged.
        """,
    examples: ["laseros backup status", "laseros backup status --max-age 26h"], answer: statusHeadings
) { call, answer in
    // Outside of a transaction: to read an archive takes long, and nobody should wait for it.
    try answer.put(try status(call, try openShop(call, .reading)))
}

private func status(_ call: Call, _ shop: Shop) throws -> Output {
    let folder = try BackupParameters.folder(call[BackupParameters.from]?.text, call)
    let files = try BackupParameters.files(in: folder.path, of: shop.backupID())
    var damaged: [String] = []
    for file in files {
        guard file.name.at.ms <= shop.clock.ms + 3_600_000 else {
            damaged.append("warning: \(file.name.text) is from the future: the clock was wrong then, or is now")
            continue
        }
        guard try Backups.isWhole(file) else {
            damaged.append("warning: \(file.name.text) is damaged")
            continue
        }
        let age = max(0, shop.clock.ms - file.name.at.ms), isOld = call[maxAge].map { age > $0.ms } ?? false
        let since = try shop.entries(since: file)
        let row: [DisplayValue] = [
            .text(file.name.text), .moment(file.name.at, offset: try shop.offset(at: file.name.at)), .seconds(Seconds(ms: age)),
            .int(file.bytes), .yes(true), .int(files.count), .int(since),
        ]
        let old = isOld ? ["the newest whole backup is \(Seconds(ms: age).spoken) old: laseros backup create"] : []
        return Output(.record(Listing(statusHeadings, [row])), code: isOld || !damaged.isEmpty ? 1 : 0, notes: damaged + old)
    }
    return Output(
        .done(
            "there is no \(files.isEmpty ? "" : "whole ")backup of this shop in \(folder.said)", Listing(statusHeadings, []), single: false),
        code: 1,
        notes: damaged + ["hint: laseros backup create" + (call[BackupParameters.from].map { " --to \(ShellLine.quoted($0.text))" } ?? "")])
}
