import CSQLite
import Glibc
import Values

/// Puts another database in the place of one that others may have open. Its pages are overwritten in one transaction, because a process that
/// still had a renamed file open would take the journal of the new one for its own. Only a file that SQLite cannot read is renamed.
extension Database {
    /// - Parameters:
    ///   - new: a closed database on the same file system.
    ///   - suffix: the old data is kept as `laseros.db.SUFFIX`, or with a number behind it.
    ///   - said: the sentence for a process that a signal ends afterwards; receives the name of the old file.
    ///   - prepare: runs under the lock, before anything is changed.
    /// - Returns: the name of the file with the old data. A run that is killed may leave it beside the old data.
    package static func replace(
        _ path: String, by new: String, keeping suffix: String, said: (String) -> String, prepare: () throws -> Void
    ) throws -> String {
        let lock = try writeLock(of: path), kept = freeName("\(path).\(suffix)")
        defer { close(lock) }
        let old = try openedIfReadable(path)
        try prepare()
        if let old = try openedIfReadable(path) {
            try old.copy(to: kept, in: File.folder(of: new), isChecked: false)
            try old.overwrite(with: new) { said(kept) }
        } else {
            try Interrupt.holding {
                try rename(path, keeping: kept, and: new)
                return said(kept)
            }
        }
        return kept
    }

    private static func freeName(_ path: String) -> String {
        var name = path, number = 1
        while File.kind(of: name) != nil {
            number += 1
            name = "\(path)-\(number)"
        }
        return name
    }

    /// Opens a database, which rolls back what a killed process has left; nil if SQLite cannot read it.
    /// - Throws: `store` if it cannot be opened for another reason.
    private static func openedIfReadable(_ path: String) throws -> Database? {
        do {
            let data = try Database(path, .writing)
            _ = try data.one("SELECT count(*) FROM sqlite_schema") { $0.int(0) }
            return data
        } catch let failure as Failure where failure.tellsOfDamage { return nil }
    }

    /// The number of pages between two looks for a signal.
    private static let pages: Int32 = 1024

    /// Overwrites all pages with those of another database, or none.
    private func overwrite(with new: String, said: () -> String) throws {
        try script(Database.durably)
        try Database.raw(new, SQLITE_OPEN_READONLY, as: new) { source in
            try Interrupt.guarding(handle) {
                let backup = sqlite3_backup_init(handle, "main", source, "main")
                guard let backup else { throw failure() }
                var isOpen = true
                // Without its last step it rolls back.
                defer { if isOpen { sqlite3_backup_finish(backup) } }
                // The first step only tells how many pages there are. The last one commits.
                var code = sqlite3_backup_step(backup, 1)
                while code == SQLITE_OK, sqlite3_backup_remaining(backup) > Database.pages {
                    try Interrupt.check()
                    code = sqlite3_backup_step(backup, Database.pages)
                }
                guard code == SQLITE_OK else { throw failure(of: code, "restore") }
                try Interrupt.holding {
                    let last = sqlite3_backup_step(backup, -1), finished = sqlite3_backup_finish(backup)
                    isOpen = false
                    guard last == SQLITE_DONE, finished == SQLITE_OK else {
                        throw failure(of: last == SQLITE_DONE ? finished : last, "restore")
                    }
                    return said()
                }
            }
        }
    }

    private static func rename(_ path: String, keeping kept: String, and new: String) throws {
        guard link(path, kept) == 0 else { throw File.failure("keep the old data as", kept) }
        // The journal would be rolled back into the new file.
        let journal = path + "-journal"
        do {
            if File.kind(of: journal) != nil, Glibc.rename(journal, kept + "-journal") != 0 { throw File.failure("move", journal) }
            try File.sync(folder: File.folder(of: path))
            guard Glibc.rename(new, path) == 0 else { throw File.failure("write", path) }
        } catch {
            if File.kind(of: kept + "-journal") != nil { _ = Glibc.rename(kept + "-journal", journal) }
            unlink(kept)
            throw error
        }
        try File.sync(folder: File.folder(of: path))
    }

    /// Whether another file has taken the place of this one since it was opened.
    var hasMoved: Bool {
        var moved: Int32 = 0
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
        return moved != 0
    }

    /// Lets queries name another database as `other`. Not for use within a transaction.
    func attach(_ path: String) throws {
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1)
        try run("ATTACH \(path) AS other")
    }
}
