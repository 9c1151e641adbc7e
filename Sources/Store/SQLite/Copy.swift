import CSQLite
import Glibc
import Values

extension Database {
    /// Copies the database in one step, checks the copy and renames it into place, synced, with mode 0600 or the mode of its folder's
    /// group.
    /// - Parameters:
    ///   - folder: the folder for the temporary file, by default that of the path.
    ///   - isChecked: false for data that may be damaged.
    /// - Throws: `outside` if it cannot be written, `store` if the copy fails the check.
    package func copy(to path: String, in folder: String? = nil, isChecked: Bool = true) throws {
        try File.make(path, in: folder, as: Sharing(of: File.folder(of: path)).purpose, naming: path) { temporary, _ in
            try copyPages(to: temporary, naming: path, isChecked: isChecked)
        }
    }

    /// The same for a copy that is needed only while this process runs: a new file with mode 0600, which is not synced.
    package func copyUnsynced(into path: String) throws {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw File.failure("write", path) }
        close(file)
        try copyPages(to: path, naming: path, isChecked: true)
    }

    private func copyPages(to temporary: String, naming path: String, isChecked: Bool) throws {
        try Database.raw(temporary, SQLITE_OPEN_READWRITE, as: path) { target in
            // No journal and no syncs are needed: a copy that fails is deleted, and a complete one is synced before the rename.
            sqlite3_exec(target, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", nil, nil, nil)
            let backup = sqlite3_backup_init(target, "main", handle, "main")
            let stepped = sqlite3_backup_step(backup, -1), finished = sqlite3_backup_finish(backup)
            guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
                throw Failure(.outside, .copy, "cannot copy \(self.path) to \(path): \(String(cString: sqlite3_errstr(stepped)))")
            }
        }
        guard isChecked else { return }
        try Database.raw(temporary, SQLITE_OPEN_READONLY, as: path) { copy in
            let verdict = Database.verdict(copy)
            guard verdict == "ok" else { throw Failure(.store, .copy, "the copy of \(self.path) does not hold: \(verdict)") }
        }
    }

    /// Opens a temporary file without SQLite's POSIX locks. On NFS `flock` is implemented by the same locks, so SQLite's would conflict
    /// with the one that this process holds on the file.
    static func raw(_ temporary: String, _ flags: Int32, as path: String, _ body: (OpaquePointer) throws -> Void) throws {
        var opened: OpaquePointer?
        defer { sqlite3_close_v2(opened) }
        guard sqlite3_open_v2(temporary, &opened, flags | SQLITE_OPEN_NOMUTEX, "unix-none") == SQLITE_OK, let opened else {
            throw Failure(.outside, .copy, "cannot write \(path)")
        }
        try body(opened)
    }

    /// Returns the result of SQLite's integrity check: `ok`, or what is wrong.
    private static func verdict(_ handle: OpaquePointer) -> String {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        sqlite3_exec(handle, "PRAGMA cell_size_check=ON", nil, nil, nil)
        guard sqlite3_prepare_v2(handle, "PRAGMA integrity_check", -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0)
        else { return String(cString: sqlite3_errmsg(handle)) }
        return String(cString: text)
    }
}
