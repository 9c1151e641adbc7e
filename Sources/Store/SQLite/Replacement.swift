import CSQLite
import Glibc
import Values

extension Database {
    /// Puts another database file in the place of the one at `path`, in one step and while no other process writes. Processes that have the
    /// old one open see that it has moved, and do not write to it.
    /// - Parameters:
    ///   - new: a closed and synced file on the same file system.
    ///   - suffix: the old file is kept as `laseros.db.SUFFIX`, or with a number behind it.
    ///   - said: the sentence for a process that a signal ends afterwards; receives the name of the old file.
    /// - Returns: the name of the old file.
    package static func replace(
        _ path: String, by new: String, keeping suffix: String, said: (String) -> String
    ) throws -> String {
        let lock = try writeLock(of: path)
        defer { close(lock) }
        let old = try openedIfSound(path)
        // It keeps out programs that do not take the lock.
        defer { try? old?.script("ROLLBACK") }
        var kept = ""
        try Interrupt.holding {
            kept = try link(path, suffix)
            do {
                // The journal of a damaged database would be rolled back into the new one.
                let journal = path + "-journal"
                if File.kind(of: journal) != nil, rename(journal, kept + "-journal") != 0 { throw File.failure("move", journal) }
                try File.sync(folder: File.folder(of: path))
                guard rename(new, path) == 0 else { throw File.failure("write", path) }
            } catch {
                unlink(kept)
                throw error
            }
            try File.sync(folder: File.folder(of: path))
            return said(kept)
        }
        return kept
    }

    /// Opens a database and begins to write, which rolls back what a killed process has left; nil for one that is damaged.
    /// - Throws: `store` if it cannot be opened for another reason.
    private static func openedIfSound(_ path: String) throws -> Database? {
        let data: Database
        do { data = try Database(path, .writing) } catch let failure as Failure where failure.area == .constraint { return nil }
        do { try data.script("BEGIN IMMEDIATE") } catch {
            guard ![SQLITE_BUSY, SQLITE_LOCKED].contains(sqlite3_errcode(data.handle)) else { throw error }
            return nil
        }
        return data
    }

    /// Gives a file a second name that nobody uses.
    private static func link(_ path: String, _ suffix: String) throws -> String {
        var kept = "\(path).\(suffix)", number = 1
        while Glibc.link(path, kept) != 0 {
            guard errno == EEXIST else { throw File.failure("keep the old data as", kept) }
            number += 1
            kept = "\(path).\(suffix)-\(number)"
        }
        return kept
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
