import CSQLite
import Glibc
import Values

/// SQLite's own way to files, kept from what a planted file would have it do. A rollback journal can name another file as its
/// super-journal: SQLite reads that file and deletes it, whatever it is. A shop never has one, since nothing is ever attached to it; so
/// none is opened here, nor a write-ahead log, and nothing is deleted but the journal of a database that this process has opened.
enum SafeVFS {
    static let name = "laseros"

    private typealias Open =
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, UnsafeMutablePointer<sqlite3_file>?, Int32,
            UnsafeMutablePointer<Int32>?
        ) -> Int32
    private typealias Delete = @convention(c) (UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, Int32) -> Int32

    /// SQLite's own. It initialises SQLite: what configures the library comes before.
    nonisolated(unsafe) private static let system = sqlite3_vfs_find(nil)

    /// Registers it once a process. Without it no connection is opened: SQLite knows no such name.
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
        // The path is whole and without links: SQLite has made it so, and names the journal after it. Temporary files have none.
        if flags & SQLITE_OPEN_MAIN_DB != 0, let path { journals.add(Journals.bytes(path) + Array("-journal".utf8)) }
        return system.pointee.xOpen(own, path, file, flags, given)
    }

    private static let delete: Delete = { _, path, syncs in
        // SQLITE_IOERR_DELETE, a macro that Swift does not see. SQLite gives up at once, where it would try a busy file again.
        guard let system, let path, journals.contains(Journals.bytes(path)) else { return SQLITE_IOERR | 10 << 8 }
        return system.pointee.xDelete(system, path, syncs)
    }

    private static let journals = Journals()
}

/// The paths that may be deleted, by their bytes: two texts that Swift holds equal can name two files.
private final class Journals: @unchecked Sendable {
    private var paths: Set<[UInt8]> = []
    private let lock = Lock()

    func add(_ path: [UInt8]) { lock.holding { _ = paths.insert(path) } }
    func contains(_ path: [UInt8]) -> Bool { lock.holding { paths.contains(path) } }

    static func bytes(_ path: UnsafePointer<CChar>) -> [UInt8] { Array(UnsafeRawBufferPointer(start: path, count: strlen(path))) }
}
