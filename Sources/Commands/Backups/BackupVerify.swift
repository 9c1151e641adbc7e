import Console
import Glibc
import Shop
import Store
import Values

private let archives = Rest<Line>("ARCHIVE...", "files, names in the folder of the backups, `last`, or - for standard input", from: .files)

private let verified = [
    Heading("archive", .text), Heading("shop", .text, wide: true), Heading("at", .moment), Heading("entries", .int),
    Heading("head", .text, wide: true), Heading("files", .int), Heading("rows", .int), Heading("fault", .text),
]

let backupVerifyCommand = Command.free(
    "backup verify", "Prove that backups are whole and can be restored", [archives] + BackupKeys.opening, permission: .upkeep,
    relations: BackupKeys.openingRelations,
    about: """
        Reads each archive to its last byte and compares every member with its SHA-256, and the archive with the digest in its name. Then it \
        opens the database from the archive and checks its pages, its references, its numbers of rows, its history as `log verify` does, and \
        that every file it names is there. Exit 1, and every fault is named. It needs no shop.
        """,
    examples: ["laseros backup verify last"], answer: verified
) { call in
    var rows: [[DisplayValue]] = [], faults: [String] = [], hints: [String] = []
    for typed in call[archives] {
        let found = try verify(typed.text, call)
        rows += found.rows
        faults += found.faults
        if let hint = found.hint, !hints.contains("hint: \(hint)") { hints.append("hint: \(hint)") }
    }
    let listing = Listing(verified, rows)
    guard faults.isEmpty else {
        return Output(.done("not verified:\n" + faults.joined(separator: "\n"), listing, single: false), code: 1, notes: hints)
    }
    let names = call[archives].map(\.text)
    let sentence = names.count == 1 ? "\(names[0]) is whole" : "\(names.count) backups are whole"
    return .done(names.count == 1 ? try "\(sentence): \(summary(rows[0]))" : sentence, all: listing)
}

private func summary(_ row: [DisplayValue]) throws -> String {
    guard case .int(let entries) = row[3], case .int(let files) = row[5], case .int(let rows) = row[6] else { return "" }
    return "\(counted(entries, "entry", "entries")), \(counted(rows, "row")), \(counted(files, "file"))"
}

private func verify(_ typed: String, _ call: Call) throws -> (rows: [[DisplayValue]], faults: [String], hint: String?) {
    let source = try BackupParameters.source(call, typed), opened: OpenedBackup
    do { opened = try openBackup(source, call) } catch let failure as Failure where failure.kind == .input || failure.kind == .refused {
        let row: [DisplayValue] = [.text(typed), .nothing, .nothing, .nothing, .nothing, .nothing, .nothing, .text(failure.message)]
        return ([row], [failure.message], failure.hint)
    }
    var faults = try opened.verify()
    if let name = BackupName(File.lastName(of: source.name)), !source.isThat(of: name) {
        faults.append("its bytes have another SHA-256 than its name says")
    }
    let manifest = opened.manifest, offset = try opened.shop.offset(at: manifest.at)
    let count = manifest.rows.values.reduce(0, +)
    let rows = (faults.isEmpty ? [.nothing] : faults.map { DisplayValue.text($0) }).map { fault in
        [
            DisplayValue.text(typed), .text(manifest.shop), .moment(manifest.at, offset: offset), .int(manifest.entries),
            .text(manifest.head),
            .int(manifest.files), .int(count), fault,
        ]
    }
    return (rows, faults.map { "\(typed): \($0)" }, nil)
}

/// Reads an archive and opens its database.
func openBackup(_ source: BackupSource, _ call: Call) throws -> OpenedBackup {
    let progress = call.byteProgress("reading \(source.name)", of: source.size)
    source.progress = progress
    return try OpenedBackup(
        source, try BackupKeys.opener(call), in: call.environment.temporary, clock: call.environment.clock, who: call.environment.user,
        nouns: .ofTable)
}

private let other = Maybe<Line>("OTHER", "a later archive to compare with; default: the shop as it is", from: .files)

let backupDiffCommand = Command.free(
    "backup diff", "Show what changed since a backup, field by field", [BackupParameters.archive, other] + BackupKeys.opening,
    permission: .upkeep, relations: BackupKeys.openingRelations,
    about: """
        Compares the records in the archive with the shop, or with those in another archive, and shows what differs as `log show` does. \
        Archives of older versions are upgraded in a temporary copy first. The exit code is 1 if anything differs.
        """,
    examples: ["laseros backup diff last"], answer: History.headings
) { call in
    let old = try openBackup(try BackupParameters.source(call, try call[BackupParameters.archive].text), call)
    try old.upgrade(words: call.words)
    var output = Output.rows(Listing(History.headings, []))
    func compare(_ shop: Shop) throws {
        try shop.comparing(with: old.shop, named: "the backup") { found in
            output = Output(.rows(try found.changes.kept()), code: found.isEmpty ? 0 : 1, notes: [found.history])
        }
    }
    if let other = call[other] {
        let new = try openBackup(try BackupParameters.source(call, other.text), call)
        try new.upgrade(words: call.words)
        try compare(new.shop)
    } else {
        let copy = try BackupSnapshot(of: openShop(call, .reading), or: call.environment.temporary, nouns: .ofTable)
        try withExtendedLifetime(copy) { try compare(copy.shop) }
    }
    return output
}
