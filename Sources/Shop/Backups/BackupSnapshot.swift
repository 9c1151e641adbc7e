import Glibc
import Security
import Store
import Values

/// A consistent copy of a shop's database, which is removed when it is released.
package final class BackupSnapshot {
    private let folder: File.TemporaryFolder
    /// The copy, opened as a shop of its own.
    package let shop: Shop
    /// The file of the copy.
    let path: String
    let bytes: Int
    let digest: String

    /// Copies the database of a shop in one step while others may write, and checks the copy.
    /// - Parameter place: the folder for the copy if that of the backups cannot be written.
    /// - Throws: `store` if the database is damaged: a backup of it would take the place of a good one.
    package init(of shop: Shop, or place: String, nouns: Nouns) throws {
        let backups = "\(shop.folder)/backups", isOpen = access(backups, W_OK | X_OK) == 0
        File.sweep(isOpen ? backups : place, ofOthers: isOpen)
        // SQLite follows no links.
        folder = try File.TemporaryFolder(in: File.resolved(isOpen ? backups : place))
        path = "\(folder.path)/\(Shop.fileName)"
        try shop.data.copyUnsynced(into: path)
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw File.failure("read", path) }
        let source = BackupSource(file, named: path)
        while try !source.next().isEmpty {}
        (bytes, digest) = (source.size, source.digest())
        self.shop = try Shop(folder.path, .reading, clock: shop.clock, who: shop.who, nouns: nouns)
    }

    /// The size of the directory `files/`, which may grow meanwhile.
    func manifest(_ files: StoredFiles, by laseros: String, note: String?) throws -> BackupManifest {
        let last = try shop.data.lastEntry()
        let sizes = try files.reduce(into: (count: 0, bytes: 0)) { sum, file in
            sum.count += 1
            sum.bytes += file.bytes
        }
        return BackupManifest(
            laseros: laseros, shop: try shop.backupID(), at: shop.clock, note: note, schema: try shop.version(), entries: last?.id ?? 0,
            head: last?.hash ?? "", databaseBytes: bytes, databaseDigest: digest, files: sizes.count, fileBytes: sizes.bytes,
            rows: try shop.rowCounts())
    }
}

extension Shop {
    static let unnamedBackupID = String(repeating: "0", count: BackupName.shopDigits)

    /// The first digits of the hash of the first journal entry, which stays the same for ever; zeros for a shop without one.
    package func backupID() throws -> String {
        let hash = try data.one("SELECT hash FROM journal WHERE id = 1") { $0.text(0) } ?? ""
        return hash.isEmpty ? Shop.unnamedBackupID : String(hash.prefix(BackupName.shopDigits))
    }

    /// The number of journal entries that an archive does not have.
    package func entries(since file: BackupFile) throws -> Int {
        if let manifest = try? file.manifest(nil) {
            return try data.one("SELECT count(*) FROM journal WHERE id > \(manifest.entries)") { $0.int(0) } ?? 0
        }
        // The name has whole seconds.
        return try data.one("SELECT count(*) FROM journal WHERE at > \(Moment(ms: file.name.at.ms + 999))") { $0.int(0) } ?? 0
    }

    /// The number of rows of each table that laseros has made.
    func rowCounts() throws -> [String: Int] {
        let tables = try data.all(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT GLOB 'own_*' ORDER BY name"
        ) { $0.text(0) }
        var counts: [String: Int] = [:]
        for table in tables { counts[table] = try data.one("SELECT count(*) FROM \(name: table)") { $0.int(0) } ?? 0 }
        return counts
    }
}

/// The files below `files/`, in the order of their hashes. Only the names of one subfolder are in memory.
struct StoredFiles {
    struct Stored {
        var sha256: String
        var path: String
        var bytes: Int
        var written: Moment
    }

    let folder: String
    private let parts: [String]

    init(_ folder: String) throws {
        self.folder = folder
        parts = File.kind(of: folder) == nil ? [] : try File.names(in: folder).filter { $0.utf8.count == 2 }
    }

    func each(_ body: (Stored) throws -> Void) throws {
        for part in parts where File.kind(of: "\(folder)/\(part)") == S_IFDIR {
            for name in try File.names(in: "\(folder)/\(part)") where Digest.isOne(name) && name.hasPrefix(part) {
                var about = stat()
                let path = "\(folder)/\(part)/\(name)"
                guard lstat(path, &about) == 0, about.st_mode & S_IFMT == S_IFREG else { continue }
                let written = Moment(ms: about.st_mtim.tv_sec * 1000 + about.st_mtim.tv_nsec / 1_000_000)
                try body(Stored(sha256: name, path: path, bytes: about.st_size, written: written))
            }
        }
    }

    func reduce<Sum>(into sum: Sum, _ add: (inout Sum, Stored) -> Void) throws -> Sum {
        var sum = sum
        try each { add(&sum, $0) }
        return sum
    }
}
