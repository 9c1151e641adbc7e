import Console
import Shop
import Values

/// The options of the rule: `--keep-last`, `--keep-hourly` and so on.
private let keeping: [(period: Retention.Period, option: Option<KeptCount>)] = Retention.Period.allCases.map { period in
    let help = period == .last ? "the last NUMBER archives" : "the last archive of each \(period.noun), for NUMBER of them"
    return (period, Option<KeptCount>("--keep-\(period.rawValue) NUMBER", "keep \(help)"))
}

extension Retention.Period {
    fileprivate var noun: String {
        switch self {
        case .last: "archive"
        case .hourly: "hour"
        case .daily: "day"
        case .weekly: "week"
        case .monthly: "month"
        case .yearly: "year"
        }
    }
}

private let headings = [
    Heading("archive", .text), Heading("at", .moment), Heading("bytes", .int, sums: true), Heading("action", .status),
    Heading("reasons", .text),
    Heading("damaged", .bool, wide: true), Heading("path", .text, wide: true),
]

let backupPruneCommand = Command(
    "backup prune", "Remove old backups by a rule", kind: .reads, permission: .upkeep,
    [BackupParameters.from] + keeping.map(\.option) + [Standard.dryRun], relations: [.oneOf(keeping.map(\.option.spec.name))],
    about: """
        The rule is that of `restic forget`: an archive stays if one of the options keeps it. `--keep-daily 7` keeps the last archive of each \
        of the seven latest days that have one, by the clocks of the shop; weeks begin on Monday. NUMBER may be `unlimited`. With all at 0 \
        nothing is removed.

        Only archives of this shop with the names that `backup create` gives are counted and removed. They are read from the newest down to one \
        that is whole: that one always stays. Damaged ones before it take the place of no other, are named, and make the exit code 1; \
        if none is whole, all stay. `--dry-run` lists what would stay and why. Nothing is printed when all is well and nobody looks on, as in cron.
        """,
    examples: ["laseros backup prune --keep-last 30 --dry-run", "laseros backup prune --keep-daily 14 --keep-monthly unlimited"],
    answer: headings, makesFiles: true
) { call, answer in
    let dry = call[Standard.dryRun], folder = try BackupParameters.folder(call[BackupParameters.from]?.text, call)
    let counts = keeping.compactMap { period, option in call[option].map { (period, $0.value) } }
    let rule = Retention(Dictionary(uniqueKeysWithValues: counts)), shop = try openShop(call, .reading)
    guard !rule.isEmpty else {
        throw Failure(
            .usage, .backup, "a rule that keeps nothing is not followed: nothing was removed", hint: "--keep-last 30 keeps thirty")
    }
    if File.kind(of: folder.path) == nil {
        guard call[BackupParameters.from] == nil else { throw Failure(.outside, .backup, "there is no folder \(folder.said)") }
        return try answer.put(.done("there is no backup of this shop in \(folder.said)", all: Listing(headings, [])))
    }
    let path = try realFolder(folder.path)
    let pruning = try dry ? shop.judgeBackups(in: path, by: rule) : shop.pruneBackups(in: path, by: rule)
    let removed = pruning.removed, bytes = removed.reduce(0) { $0 + $1.file.bytes }, kept = pruning.archives.count - removed.count
    let summary = "\(counted(removed.count, "archive")), \(bytes) bytes; \(kept) kept"
    let listing = Listing(headings, try pruning.archives.map { try row($0, shop) })
    var output = dry ? Output.rows(listing) : call.isUnwatched ? Output(.text("")) : .done("removed \(summary)", all: listing)
    if dry { output = output.noting(["dry run: nothing was removed (it would remove \(summary))"]) }
    if !pruning.damaged.isEmpty { output.code = 1 }
    if !dry, !removed.isEmpty { answer.stored = "removed \(summary)" }
    try answer.put(output.noting(backupWarnings(pruning.damaged.map { "\($0.file.name.text) is damaged" })))
}

private func row(_ archive: JudgedBackup, _ shop: Shop) throws -> [DisplayValue] {
    let at = archive.file.name.at, reasons = archive.reasons.map(\.rawValue) + (archive.isDamaged ? ["damaged"] : [])
    return [
        .text(archive.file.name.text), .moment(at, offset: try shop.offset(at: at)), .int(archive.file.bytes),
        .status(archive.isKept ? "keep" : "remove", archive.isDamaged ? .bad : archive.isKept ? .good : .quiet),
        .text(reasons.joined(separator: ", ")), .yes(archive.isDamaged), .text(archive.file.path),
    ]
}
