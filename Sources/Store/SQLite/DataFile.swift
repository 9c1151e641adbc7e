import Glibc
import Values

/// Checks the files at and next to a database path before SQLite opens them.
enum DataFile {
    /// The last eight bytes of a rollback journal that names a super-journal.
    private static let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

    /// - Throws: `store` for a symbolic link, a special file, a WAL file, or a rollback journal that would make SQLite delete another file.
    static func check(_ path: String) throws {
        switch File.kind(of: path) {
        case nil, S_IFREG?: break
        case S_IFLNK?:
            throw Failure(
                .store, .dataFile, "\(path) is a symbolic link: only the file itself is opened",
                hint: "name the folder that it leads to: --shop DIR")
        default: throw Failure(.store, .dataFile, "\(path) is not a regular file")
        }
        try checkJournal(path + "-journal")
        if File.kind(of: path + "-wal") != nil {
            throw inWALMode(path, "\(path)-wal is there: another program has put the data in WAL mode")
        }
    }

    private static func checkJournal(_ path: String) throws {
        guard let kind = File.kind(of: path) else { return }
        guard kind == S_IFREG else {
            throw Failure(.store, .dataFile, "\(path) is not a regular file: laseros has not made it", hint: "find out who has")
        }
        guard bytes(of: path, magic.count, at: { $0 - magic.count }) != magic else {
            throw Failure(
                .store, .dataFile, "\(path) tells SQLite to delete another file: laseros makes no such journal",
                hint: "find out who made it, and restore the shop from a backup")
        }
    }

    /// Returns the failure to report if another program has put the database in WAL mode; nil otherwise.
    static func refusal(_ path: String) -> Failure? {
        // Bytes 18 and 19 of the file are the format versions for writing and reading; 2 means WAL.
        bytes(of: path, 2, at: { _ in 18 }) == [2, 2] ? inWALMode(path, "\(path) is in WAL mode: another program has put it there") : nil
    }

    private static func inWALMode(_ path: String, _ message: String) -> Failure {
        Failure(
            .store, .dataFile, message,
            hint: "back again, if that program was yours: sqlite3 \(ShellLine.quoted(path)) 'PRAGMA journal_mode=DELETE'")
    }

    /// Returns some bytes of a file; nil if it is too short or cannot be read.
    private static func bytes(of path: String, _ count: Int, at place: (Int) -> Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var about = stat(), bytes = [UInt8](repeating: 0, count: count)
        guard fstat(descriptor, &about) == 0, pread(descriptor, &bytes, count, off_t(place(Int(about.st_size)))) == count else {
            return nil
        }
        return bytes
    }
}
