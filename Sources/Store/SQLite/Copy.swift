import CSQLite
import Glibc
import Values

extension Database {
    /// Copies all of it in one step, proves the copy, and puts it in place whole: mode 0600 or its folder's group's, synced, renamed.
    /// - Throws: `outside` when it cannot be written, `store` when the copy does not hold.
    package func copy(to path: String) throws {
        try File.make(path, as: Sharing(of: File.folder(of: path)).purpose, naming: path) { temporary, _ in
            try Database.raw(temporary, SQLITE_OPEN_READWRITE, as: path) { target in
                // What fails is thrown away, and what does not is synced when it is whole.
                sqlite3_exec(target, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", nil, nil, nil)
                let backup = sqlite3_backup_init(target, "main", handle, "main")
                let stepped = sqlite3_backup_step(backup, -1), finished = sqlite3_backup_finish(backup)
                guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
                    throw Failure(.outside, .copy, "cannot copy \(self.path) to \(path): \(String(cString: sqlite3_errstr(stepped)))")
                }
            }
            try Database.raw(temporary, SQLITE_OPEN_READONLY, as: path) { copy in
                let verdict = Database.verdict(copy)
                guard verdict == "ok" else { throw Failure(.store, .copy, "the copy of \(self.path) does not hold: \(verdict)") }
            }
        }
    }

    /// Opens a file that only this process knows of, without the locks that SQLite shares with others: where `flock` is made of the same
    /// kind, as on NFS, that of the file's maker would be in the way.
    private static func raw(_ temporary: String, _ flags: Int32, as path: String, _ body: (OpaquePointer) throws -> Void) throws {
        var opened: OpaquePointer?
        defer { sqlite3_close_v2(opened) }
        guard sqlite3_open_v2(temporary, &opened, flags | SQLITE_OPEN_NOMUTEX, "unix-none") == SQLITE_OK, let opened else {
            throw Failure(.outside, .copy, "cannot write \(path)")
        }
        try body(opened)
    }

    /// What SQLite finds wrong with the data, or `ok`.
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
