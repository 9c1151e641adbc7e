import Glibc
import Security
import Store
import Values

/// An archive that is read once. Its database is in a temporary folder as long as this is held.
package final class OpenedBackup {
    package let manifest: BackupManifest
    /// The database in the archive as a shop of its own, without files.
    package let shop: Shop
    private let folder: File.TemporaryFolder
    /// The first digits of the hashes of its files.
    private let files: Set<UInt64>

    /// Reads an archive to its last byte and opens its database.
    /// - Parameter place: the folder for temporary files.
    /// - Throws: `input` if the archive is altered in any way.
    package init(
        _ source: BackupSource, _ opener: BackupOpener?, in place: String, clock: Moment, who: String, nouns: Nouns
    ) throws {
        File.sweep(place, ofOthers: false)
        folder = try File.TemporaryFolder(in: File.resolved(place))
        let receiver = DatabaseReceiver("\(folder.path)/\(Shop.fileName)")
        manifest = try BackupReading(source, opener).read(into: receiver)
        files = receiver.files
        shop = try Shop.opened(folder.path, .reading, of: source.name, clock: clock, who: who, nouns: nouns)
    }

    /// Proves the database: its pages, references and history, that it is the one of the manifest, and that all files it refers to are there.
    /// - Returns: what is wrong, one sentence each; empty if nothing is.
    package func verify() throws -> [String] {
        var faults = try shop.faults(against: manifest)
        guard faults.isEmpty else { return faults }
        faults += try shop.referencesAmiss()
        faults += try shop.verify(readsFiles: false).lines
        try shop.eachFileReference { sha256, name in
            if !files.contains(DatabaseReceiver.start(of: sha256)) {
                faults.append("\(name): its bytes were gone when the backup was made")
            }
        }
        return faults
    }

    /// Brings the database to the version of this laseros, so that it can be compared.
    package func upgrade(words: [String]) throws { try shop.upgradeCopy(words: words) }
}

extension Shop {
    /// Opens a shop that came out of an archive. Its tables must be tables: a view could go on for ever.
    /// - Throws: `input` if it cannot be opened.
    static func opened(
        _ aside: String, _ mode: Database.Mode, of name: String, clock: Moment, who: String, nouns: Nouns
    ) throws -> Shop {
        do {
            let shop = try Shop(aside, mode, clock: clock, who: who, nouns: nouns, older: true), version = try shop.version()
            if version > 0 { try OwnSchema(shop.data).check(version: version) }
            return shop
        } catch let failure as Failure where failure.kind == .store {
            // The path of the temporary folder tells nobody anything.
            let reason = failure.message.hasPrefix(aside + "/") ? String(failure.message.dropFirst(aside.count + 1)) : failure.message
            throw Failure(.input, .backup, "\(name) holds a shop that cannot be opened: \(reason)")
        }
    }

    /// Brings the database of an archive to the version of this laseros.
    /// - Returns: the version that it had; nil if it was of this one.
    @discardableResult
    func upgradeCopy(words: [String]) throws -> Int? {
        let from = try version()
        guard from < Shop.newest else { return nil }
        try allowWriting()
        let copy = try copyBeforeUpgrade()
        try data.rewrite(keeping: true) {
            let sentence = "upgraded from version \(from) to \(Shop.newest)"
            return try upgrade(from: from, copy: copy, EntryDescription(.upgrade, at: clock, who: who, words: words, sentence: sentence))
        }
        return from
    }
}

/// Writes the database of an archive to a file, and notes which files there are.
private final class DatabaseReceiver: BackupReceiver {
    private let path: String
    private var file: Int32 = -1
    private(set) var files: Set<UInt64> = []

    init(_ path: String) { self.path = path }
    deinit { if file >= 0 { close(file) } }

    static func start(of sha256: String) -> UInt64 { UInt64(sha256.prefix(16), radix: 16) ?? 0 }

    func begin(_ manifest: BackupManifest) throws {
        try BackupSpace.demand(manifest.databaseBytes, in: File.folder(of: path))
    }

    func begin(_ name: String, size: Int) throws {
        guard name == Shop.fileName else {
            files.insert(DatabaseReceiver.start(of: String(name.suffix(64))))
            return
        }
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw File.failure("write", path) }
    }

    func take(_ bytes: UnsafeRawBufferPointer) throws { if file >= 0 { try File.write(bytes, to: file, name: path) } }

    func end() throws {
        guard file >= 0 else { return }
        close(file)
        file = -1
    }
}

/// The room on a disk.
enum BackupSpace {
    /// - Throws: `outside` if a folder has less room than that.
    static func demand(_ bytes: Int, in folder: String) throws {
        var about = statvfs()
        guard statvfs(folder, &about) == 0 else { return }
        let free = Int(about.f_bavail) * Int(about.f_frsize)
        guard bytes <= free else {
            throw Failure(.outside, .backup, "\(folder) has room for \(free) bytes, but \(bytes) are needed: nothing was changed")
        }
    }
}
