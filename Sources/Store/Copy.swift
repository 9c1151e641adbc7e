import CSQLite
import Glibc
import Values

extension Database {
    /// Copies all of it in one step, proves the copy, and puts it in place whole: mode 0600 or its folder's group's, synced, renamed.
    /// - Throws: `outside` when it cannot be written, `store` when the copy does not hold.
    package func copy(to path: String) throws {
        let partial = path + ".part"
        unlink(partial)
        defer { unlink(partial) }
        let mask = umask(0o077)
        defer { umask(mask) }
        let made = Sharing(of: File.folder(of: path)).openFile(partial)
        guard made >= 0 else { throw Failure(.outside, "cannot write \(path): \(String(cString: strerror(errno)))") }
        close(made)
        var target: OpaquePointer?
        guard sqlite3_open_v2(partial, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, SafeVFS.name) == SQLITE_OK
        else {
            sqlite3_close_v2(target)
            throw Failure(.outside, "cannot write \(path)")
        }
        let backup = sqlite3_backup_init(target, "main", handle, "main")
        let stepped = sqlite3_backup_step(backup, -1), finished = sqlite3_backup_finish(backup)
        sqlite3_close_v2(target)
        guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
            throw Failure(.outside, "cannot copy \(self.path) to \(path): \(String(cString: sqlite3_errstr(stepped)))")
        }
        let copy = try Database(partial, .reading)
        let verdict = try copy.one("PRAGMA integrity_check") { $0.text(0) }
        guard verdict == "ok" else { throw Failure(.store, "the copy of \(self.path) does not hold: \(verdict ?? "")") }
        guard rename(partial, path) == 0 else { throw Failure(.outside, "cannot write \(path): \(String(cString: strerror(errno)))") }
        try File.sync(folder: File.folder(of: path))
    }
}
