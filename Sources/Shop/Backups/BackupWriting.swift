import Archives
import Glibc
import Security
import Store
import Values

/// What a backup needs besides the shop.
package struct BackupRequest {
    /// The version of laseros, for the manifest.
    package var laseros: String
    package var note: String?
    /// The folder for the copy of the database if the shop's own cannot be written.
    package var temporary: String
    package var nouns: Nouns
    /// Called with the number of bytes that were written or read back, of the total.
    package var progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }

    package init(laseros: String, note: String?, temporary: String, nouns: Nouns) {
        (self.laseros, self.note, self.temporary, self.nouns) = (laseros, note, temporary, nouns)
    }
}

/// An archive that was made.
package struct MadeBackup {
    /// Nil if it was written to standard output.
    package var file: BackupFile?
    package var manifest: BackupManifest
    /// Sentences about files of the shop that are missing or damaged, so that the archive has them not.
    package var lacking: [String]
}

extension Shop {
    /// Makes an archive of the shop in a folder. It is read back from the disk and compared before it gets its name.
    /// - Throws: `store` if the database is damaged or another process makes a backup there, `outside` if the disk fails.
    package func backUp(to folder: String, _ seal: BackupSeal?, _ request: BackupRequest) throws -> MadeBackup {
        let sharing = Sharing(of: folder)
        return try Backups.holding(folder) {
            let writing = try BackupWriting(self, request)
            let draft = try File.Draft("\(folder)/laseros.tar.zst", as: sharing.purpose, naming: "a backup in \(folder)")
            var sum = Digest()
            let key = try writing.write(sealedBy: seal, named: draft.temporary) { bytes in
                sum.add(bytes)
                try draft.write(bytes)
            }
            let digest = sum.finish()
            let name = BackupName(at: clock, shop: writing.manifest.shop, digest: digest, isEncrypted: seal != nil)
            try writing.check(draft, key, digest, naming: name.text)
            let path = "\(folder)/\(name.text)"
            var about = stat()
            guard fstat(draft.descriptor, &about) == 0 else { throw File.failure("write", path) }
            try Interrupt.holding {
                try draft.putInPlace(as: path)
                return "made \(name.text)"
            }
            return MadeBackup(file: BackupFile(name, path, about), manifest: writing.manifest, lacking: writing.lacking)
        }
    }

    /// Writes an archive to a pipe. Only who reads it there can check it.
    package func backUp(to sink: File.Sink, _ seal: BackupSeal?, _ request: BackupRequest) throws -> MadeBackup {
        let writing = try BackupWriting(self, request)
        _ = try writing.write(sealedBy: seal, named: "standard output", to: sink)
        return MadeBackup(manifest: writing.manifest, lacking: writing.lacking)
    }
}

/// One archive while it is made.
private final class BackupWriting {
    private let shop: Shop
    private let snapshot: BackupSnapshot
    private let files: StoredFiles
    private let request: BackupRequest
    let manifest: BackupManifest
    private(set) var lacking: [String] = []
    /// The lines of `SHA256SUMS`, in an unnamed file, because a shop may have many files.
    private let sums: Int32
    private var done = 0

    init(_ shop: Shop, _ request: BackupRequest) throws {
        (self.shop, self.request) = (shop, request)
        snapshot = try BackupSnapshot(of: shop, or: request.temporary, nouns: request.nouns)
        files = try StoredFiles(shop.filesFolder)
        manifest = try snapshot.manifest(files, by: request.laseros, note: request.note)
        sums = try File.scratch(in: request.temporary)
        lacking =
            try snapshot.shop.referencesAmiss()
            + (try shop.missingFiles(namedIn: snapshot.shop)).map { "\($0): its bytes are gone from the shop's files" }
    }

    deinit { close(sums) }

    /// - Returns: the key of an encrypted archive, with which it can be read back.
    func write(sealedBy seal: BackupSeal?, named name: String, to sink: File.Sink) throws -> BackupKey? {
        guard let seal else {
            try write(named: name, to: sink)
            return nil
        }
        return try seal.sealing(sink) { try write(named: name, to: $0) }
    }

    private func write(named name: String, to sink: File.Sink) throws {
        try ArchiveWriter.write(.tarZstd, named: name, to: sink) { archive in
            let json = Array(try manifest.json().utf8)
            try add(archive, BackupManifest.name, json)
            try add(archive, Shop.fileName, snapshot.path, snapshot.bytes, snapshot.digest)
            try files.each { try add(archive, $0) }
            try addSums(archive)
        }
    }

    /// Adds a stored file. One that is damaged is left out, and one that `files prune` has just removed, too.
    private func add(_ archive: ArchiveWriter, _ file: StoredFiles.Stored) throws {
        let path = "files/\(file.sha256.prefix(2))/\(file.sha256)"
        if file.bytes <= 8 << 20 {
            let (standing, bytes) = try shop.read(file.sha256, size: nil)
            if standing == .whole { return try add(archive, path, bytes) }
            try note(standing, file.sha256, path)
        } else {
            let standing = try shop.standing(of: file.sha256, size: nil)
            shop.proved[file.sha256] = nil
            if standing == .whole { return try add(archive, path, shop.path(ofFile: file.sha256), file.bytes, file.sha256) }
            try note(standing, file.sha256, path)
        }
    }

    /// Notes a file that the archive will lack.
    private func note(_ standing: Shop.Standing, _ sha256: String, _ path: String) throws {
        switch standing {
        case .whole: break
        case .damaged: lacking.append("\(path): its bytes are not what they were")
        case .gone: if try snapshot.shop.refers(to: sha256) { lacking.append("\(path): its bytes are gone from the shop's files") }
        }
    }

    private func add(_ archive: ArchiveWriter, _ name: String, _ bytes: [UInt8]) throws {
        try archive.add(name, size: bytes.count, modified: manifest.at, mode: 0o600) { sink in try bytes.withUnsafeBytes { try sink($0) } }
        try note(name, bytes.count, bytes.withUnsafeBytes { Digest.of($0) })
    }

    private func add(_ archive: ArchiveWriter, _ name: String, _ path: String, _ size: Int, _ sha256: String) throws {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw File.failure("read", path) }
        let source = BackupSource(file, named: path)
        try archive.add(name, size: size, modified: manifest.at, mode: 0o600) { sink in
            while case let bytes = try source.next(), !bytes.isEmpty {
                try sink(bytes)
                advance(by: bytes.count)
            }
        }
        guard source.digest() == sha256 else { throw Failure(.outside, .backup, "\(path) changed while it was read", hint: "try again") }
        try note(name, 0, sha256)
    }

    private func note(_ name: String, _ count: Int, _ sha256: String) throws {
        try Interrupt.check()
        advance(by: count)
        let line = "\(sha256)  \(name)\n"
        try Array(line.utf8).withUnsafeBytes { try File.write($0, to: sums, name: "a temporary file in \(request.temporary)") }
    }

    private func addSums(_ archive: ArchiveWriter) throws {
        let size = lseek(sums, 0, SEEK_CUR), copy = dup(sums)
        guard copy >= 0, lseek(copy, 0, SEEK_SET) == 0 else { throw File.failure("read", "a temporary file in \(request.temporary)") }
        let source = BackupSource(copy, named: "a temporary file in \(request.temporary)")
        try archive.add(BackupReading.sumsName, size: size, modified: manifest.at, mode: 0o600) { sink in
            while case let bytes = try source.next(), !bytes.isEmpty { try sink(bytes) }
        }
    }

    /// Reads the archive back, from the disk and not from memory, and compares every byte.
    func check(_ draft: File.Draft, _ key: BackupKey?, _ digest: String, naming name: String) throws {
        guard fsync(draft.descriptor) == 0 else { throw File.failure("write", name) }
        posix_fadvise(draft.descriptor, 0, 0, POSIX_FADV_DONTNEED)
        let copy = dup(draft.descriptor)
        guard copy >= 0, lseek(copy, 0, SEEK_SET) == 0 else { throw File.failure("read", name) }
        let source = BackupSource(copy, named: name)
        let reading = BackupReading(source, key.map { .key($0) })
        let found: BackupManifest
        do { found = try reading.read(into: nil) { self.advance(by: $0) } } catch let failure as Failure where failure.kind == .input {
            throw Failure(.outside, .backup, "the disk does not hold what was written to it: \(failure.message)", hint: "check the disk")
        }
        guard found == manifest, source.digest() == digest else {
            throw Failure(.outside, .backup, "the disk does not hold what was written to it: \(name)", hint: "check the disk")
        }
    }

    private func advance(by count: Int) {
        done += count
        request.progress(done, 2 * (manifest.databaseBytes + manifest.fileBytes))
    }
}

extension Shop {
    /// The names of files whose bytes are gone, of those that the rows of a copy refer to.
    fileprivate func missingFiles(namedIn copy: Shop) throws -> [String] {
        var missing: [String] = []
        try copy.eachFileReference { sha256, name in if size(ofFile: sha256) == nil { missing.append(name) } }
        return missing
    }
}
