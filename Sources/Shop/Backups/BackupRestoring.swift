import Glibc
import Store
import Values

/// What restoring needs besides the archive.
package struct RestoreRequest {
    package var clock: Moment
    package var who: String
    package var words: [String]
    package var nouns: Nouns
    /// Whether only to find out whether it would work.
    package var dryRun: Bool
    /// Called when the archive was read to its end; throws if it is not to be restored.
    package var demand: () throws -> Void = {}

    package init(clock: Moment, who: String, words: [String], nouns: Nouns, dryRun: Bool) {
        (self.clock, self.who, self.words, self.nouns, self.dryRun) = (clock, who, words, nouns, dryRun)
    }
}

/// A shop that was restored.
package struct RestoredShop {
    package var manifest: BackupManifest
    /// The offset of the shop's time zone when it was made, in seconds.
    package var offset: Int
    /// The name under which the data before is kept in the folder of the shop; nil if there was none.
    package var kept: String?
    /// The version that the archive had, if it was upgraded.
    package var upgradedFrom: Int?
    /// Sentences about what the archive lacked.
    package var lacking: [String]
}

/// Restores in a temporary folder below `files/`. When everything is proved, the files move into place, where their names are their hashes,
/// and then the database in one transaction. A run that is killed before that commit has changed nothing; after it, everything is done.
extension Shop {
    /// - Parameter folder: already contains `files/` and `backups/`.
    /// - Throws: `input` if the archive is altered, `store` if another process is at work.
    package static func restore(
        _ source: BackupSource, _ opener: BackupOpener?, to folder: String, _ request: RestoreRequest
    ) throws -> RestoredShop {
        let sharing = Sharing(of: folder), replaces = File.kind(of: "\(folder)/\(fileName)") != nil
        return try settingAside(in: folder) { aside in
            if !replaces { try demandNone(in: folder) }
            let receiver = try ShopReceiver(aside, sharing)
            let manifest = try BackupReading(source, opener).read(into: receiver)
            try request.demand()
            if replaces { try demandSameShop(folder, manifest, source.name, request) }
            var restored = try prove(aside, manifest, source.name, request)
            guard !request.dryRun else { return restored }
            let path = "\(folder)/\(fileName)", new = "\(aside)/\(fileName)"
            if replaces {
                restored.kept = try Database.replace(path, by: new, keeping: "before-restore-\(BackupName.stamp(request.clock))") { kept in
                    "restored \(path); the data before is \(kept)"
                } prepare: {
                    // Under the lock, so that `files prune` does not remove one that the old data does not name.
                    try moveFiles(of: aside, to: folder, sharing)
                    try touchFiles(in: folder)
                }
            } else {
                try Interrupt.holding {
                    try put(aside, in: folder, sharing)
                    return "restored \(path)"
                }
            }
            return restored
        }
    }

    /// Proves the database and the files of a shop that came out of an archive, and upgrades it.
    private static func prove(_ aside: String, _ manifest: BackupManifest, _ name: String, _ request: RestoreRequest) throws -> RestoredShop
    {
        let shop = try Shop.opened(aside, .writing, of: name, clock: request.clock, who: request.who, nouns: request.nouns)
        let faults = try shop.faults(against: manifest)
        if let first = faults.first {
            let others = faults.count > 1 ? " (and \(faults.count - 1) more)" : ""
            throw Failure(
                .input, .backup, "\(name) does not hold: \(first)\(others)", hint: "laseros backup verify \(ShellLine.quoted(name))")
        }
        var restored = RestoredShop(manifest: manifest, offset: try shop.offset(at: manifest.at), lacking: try shop.referencesAmiss())
        restored.lacking += try shop.verify(readsFiles: false).lines
        restored.upgradedFrom = try shop.upgradeCopy(words: request.words)
        try shop.eachFileReference { sha256, name in
            if shop.size(ofFile: sha256) == nil { restored.lacking.append("\(name): its bytes were gone when the backup was made") }
        }
        return restored
    }

    /// - Throws: `refused` if the folder holds another shop than the archive.
    private static func demandSameShop(_ folder: String, _ manifest: BackupManifest, _ name: String, _ request: RestoreRequest) throws {
        // A shop that cannot be read is to be restored just because of that.
        guard let shop = try? Shop(folder, .reading, clock: request.clock, who: request.who, nouns: request.nouns, older: true),
            let id = try? shop.backupID(), id != manifest.shop, id != unnamedBackupID
        else { return }
        throw Failure(
            .refused, .backup, "\(name) is of another shop than the one in \(folder): nothing was changed",
            hint: "name a new folder: --to DIR")
    }

    /// Makes all files new for `files prune`: those that only the data before names are kept as long as if they had been detached now.
    private static func touchFiles(in folder: String) throws {
        try StoredFiles(folder + "/files").each { file in
            utimensat(AT_FDCWD, file.path, nil, AT_SYMLINK_NOFOLLOW)
        }
    }

    /// Moves the files of a shop to those of another. A file that is there already has the same bytes, or is damaged.
    private static func moveFiles(of aside: String, to folder: String, _ sharing: Sharing) throws {
        for part in try File.names(in: aside + "/files") {
            let from = "\(aside)/files/\(part)", to = "\(folder)/files/\(part)"
            guard sharing.makeFolder(to) else { throw File.failure("make the folder", to) }
            for name in try File.names(in: from) {
                guard rename("\(from)/\(name)", "\(to)/\(name)") == 0 else { throw File.failure("write", "\(to)/\(name)") }
            }
            try File.sync(folder: to)
        }
        try File.sync(folder: folder + "/files")
    }
}

/// Writes the members of an archive into a folder, each file synced.
private final class ShopReceiver: BackupReceiver {
    private let folder: String
    private let sharing: Sharing
    private var file: Int32 = -1
    private var path = ""

    init(_ folder: String, _ sharing: Sharing) throws {
        (self.folder, self.sharing) = (folder, sharing)
        for name in ["", "/files", "/backups"] {
            guard sharing.makeFolder(folder + name) else { throw File.failure("make the folder", folder + name) }
        }
    }

    deinit { if file >= 0 { close(file) } }

    func begin(_ manifest: BackupManifest) throws {
        try BackupSpace.demand(manifest.databaseBytes + manifest.fileBytes, in: folder)
    }

    func begin(_ name: String, size: Int) throws {
        path = "\(folder)/\(name)"
        let place = File.folder(of: path)
        guard place == folder || sharing.makeFolder(place) else { throw File.failure("make the folder", place) }
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, sharing.fileMode)
        // The umask of one member must not exclude the others.
        guard file >= 0, sharing == .owner || fchmod(file, sharing.fileMode) == 0 else { throw File.failure("write", path) }
    }

    func take(_ bytes: UnsafeRawBufferPointer) throws { try File.write(bytes, to: file, name: path) }

    func end() throws {
        guard fsync(file) == 0 else { throw File.failure("write", path) }
        close(file)
        file = -1
    }
}
