import Glibc
import Store
import Values

/// An archive under a rule of `backup prune`.
package struct JudgedBackup: Sendable {
    package var file: BackupFile
    package var isKept: Bool
    /// The periods of which it is the last archive, as far as the rule keeps those.
    package var reasons: [Retention.Period]
    package var isDamaged: Bool
}

/// What becomes of the archives of a shop in a folder, newest first.
package struct BackupPruning {
    package var archives: [JudgedBackup] = []

    package var removed: [JudgedBackup] { archives.filter { !$0.isKept } }
    package var damaged: [JudgedBackup] { archives.filter(\.isDamaged) }
}

/// Archives are read from the newest down to one that is whole. The rule counts that one and those before it, so that it always keeps that
/// one, and a newer, damaged one takes nobody's place.
extension Shop {
    /// Tells what a rule keeps and removes of the archives of this shop.
    /// - Throws: `answer` if none of them is whole.
    package func judgeBackups(in folder: String, by rule: Retention) throws -> BackupPruning {
        guard !rule.isEmpty else { throw Failure(.usage, .backup, "a rule that keeps nothing is not followed: nothing was removed") }
        let files = try Backups.list(in: folder, of: try backupID()), zone = try zone()
        guard let first = files.first else { return BackupPruning() }
        guard let newest = try files.firstIndex(where: { try Backups.isWhole($0) }) else {
            let which = files.count == 1 ? "\(first.name.text) is damaged" : "all \(files.count) archives in \(folder) are damaged"
            throw Failure(.answer, .backup, "\(which): nothing was removed", hint: "laseros backup create")
        }
        func reasons(_ files: some Collection<BackupFile>) -> [[Retention.Period]] { rule.reasons(for: files.map(\.name.at), in: zone) }
        // A damaged one goes when it would go if it were whole.
        let damaged = zip(files[..<newest], reasons(files)).map { file, reasons in
            JudgedBackup(file: file, isKept: !reasons.isEmpty, reasons: reasons, isDamaged: true)
        }
        let others = zip(files[newest...], reasons(files[newest...])).map { file, reasons in
            JudgedBackup(file: file, isKept: !reasons.isEmpty, reasons: reasons, isDamaged: false)
        }
        return BackupPruning(archives: damaged + others)
    }

    /// Removes what a rule does not keep, the oldest first, so that a run that is killed has removed fewer.
    /// - Throws: `store` if another process makes or removes archives there.
    package func pruneBackups(in folder: String, by rule: Retention) throws -> BackupPruning {
        try Backups.holding(folder) {
            let pruning = try judgeBackups(in: folder, by: rule)
            for archive in pruning.removed.reversed() {
                try Interrupt.check()
                guard unlink(archive.file.path) == 0 || errno == ENOENT else { throw File.failure("remove", archive.file.path) }
            }
            if !pruning.removed.isEmpty { try File.sync(folder: folder) }
            return pruning
        }
    }
}
