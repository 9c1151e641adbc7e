import CSQLite
import Glibc
import Values

/// SQLite's default VFS, restricted so that a planted file can do no harm. A rollback journal can name a super-journal, which SQLite reads
/// and deletes, whatever file it is. A shop has none, because the program attaches no databases; so this VFS opens no super-journal and no
/// write-ahead log, and deletes only the rollback journals of databases that this process has opened.
enum SafeVFS {
    static let name = "laseros"

    private typealias Open =
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, UnsafeMutablePointer<sqlite3_file>?, Int32,
            UnsafeMutablePointer<Int32>?
        ) -> Int32
    private typealias Delete = @convention(c) (UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, Int32) -> Int32

    /// SQLite's default VFS. Finding it initialises SQLite, so the library must be configured before.
    nonisolated(unsafe) private static let system = sqlite3_vfs_find(nil)

    /// Registers the VFS, once per process. If that fails, no connection opens, because SQLite does not know the VFS's name.
    static let registered: Int32 = {
        guard let system else { return SQLITE_ERROR }
        let own = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        own.initialize(to: system.pointee)
        own.pointee.zName = UnsafePointer(strdup(name))
        own.pointee.pNext = nil
        own.pointee.xOpen = open
        own.pointee.xDelete = delete
        return sqlite3_vfs_register(own, 0)
    }()

    private static let open: Open = { own, path, file, flags, given in
        guard let system, flags & (SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL) == 0 else {
            file?.pointee.pMethods = nil
            return SQLITE_CANTOPEN
        }
        // SQLite passes the absolute path without links, and derives the journal's name from it. Temporary files have no path.
        if flags & SQLITE_OPEN_MAIN_DB != 0, let path { journals.add(Journals.bytes(path) + Array("-journal".utf8)) }
        return system.pointee.xOpen(own, path, file, flags, given)
    }

    private static let delete: Delete = { _, path, syncs in
        // SQLITE_IOERR_DELETE, a macro that Swift cannot see. With it SQLite gives up at once; on SQLITE_BUSY it would retry.
        guard let system, let path, journals.contains(Journals.bytes(path)) else { return SQLITE_IOERR | 10 << 8 }
        return system.pointee.xDelete(system, path, syncs)
    }

    private static let journals = Journals()
}

/// The paths that may be deleted, as bytes: two strings that Swift considers equal can name two files.
private final class Journals: @unchecked Sendable {
    private var paths: Set<[UInt8]> = []
    private let lock = Lock()

    func add(_ path: [UInt8]) { lock.holding { _ = paths.insert(path) } }
    func contains(_ path: [UInt8]) -> Bool { lock.holding { paths.contains(path) } }

    static func bytes(_ path: UnsafePointer<CChar>) -> [UInt8] { Array(UnsafeRawBufferPointer(start: path, count: strlen(path))) }
}
