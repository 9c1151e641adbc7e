import Archives
import Glibc
import Security
import Store
import Values

/// Takes the members of an archive while it is read.
protocol BackupReceiver {
    /// Called first.
    func begin(_ manifest: BackupManifest) throws
    /// - Parameter name: `laseros.db` or `files/ab/abcd...`.
    func begin(_ name: String, size: Int) throws
    func take(_ bytes: UnsafeRawBufferPointer) throws
    /// Called after the digest of the member was compared.
    func end() throws
}

/// Passes once through an archive and demands that it is exactly what laseros writes: the members in their order, each with its digest, and
/// nothing after them.
final class BackupReading {
    private let source: BackupSource
    private let opener: BackupOpener?
    private let name: String
    /// Over the lines that `SHA256SUMS` must have.
    private var sums = Digest()

    static let sumsName = "SHA256SUMS"

    /// Limits for own archives, which may be large, but never leave the form. What fits onto the disk is checked before.
    private static let limits: ArchiveLimits = {
        var limits = ArchiveLimits()
        (limits.entries, limits.file, limits.total, limits.ratio, limits.depth) = (20_000_000, 1 << 44, 1 << 45, 20_000, 2)
        return limits
    }()

    /// - Parameter opener: what opens an encrypted archive.
    init(_ source: BackupSource, _ opener: BackupOpener?) { (self.source, self.opener, name) = (source, opener, source.name) }

    /// Only the manifest.
    func manifest() throws -> BackupManifest { try manifest(try archive()) }

    private func archive() throws -> ArchiveReader {
        try ArchiveReader(from: try BackupOpener.plain(source, opener), named: name, limits: BackupReading.limits)
    }

    private func manifest(_ archive: ArchiveReader) throws -> BackupManifest {
        let entry = try archive.next()
        guard let entry, entry.path == BackupManifest.name, entry.kind == .file, entry.size <= BackupManifest.most else {
            throw wrong("does not begin with a manifest", hint: "is it a backup of laseros?")
        }
        var bytes: [UInt8] = []
        try archive.read { bytes.append(contentsOf: $0) }
        add(BackupManifest.name, bytes.withUnsafeBytes { Digest.of($0) })
        return try BackupManifest(json: bytes, in: name)
    }

    /// Reads everything to the last byte.
    /// - Parameters:
    ///   - receiver: nil where the members are only compared.
    ///   - progress: called with the number of unpacked bytes.
    /// - Throws: `input` if anything is missing, altered or too much.
    func read(into receiver: (any BackupReceiver)?, progress: (Int) -> Void = { _ in }) throws -> BackupManifest {
        let archive = try archive(), manifest = try manifest(archive)
        try receiver?.begin(manifest)
        var last = ""
        while let entry = try archive.next() {
            if entry.path == BackupReading.sumsName {
                try demandSums(archive)
                guard try archive.next() == nil, try source.next().isEmpty else { throw wrong("goes on after its end") }
                return manifest
            }
            let expected = try digest(of: entry, after: last, manifest)
            last = entry.path
            try receiver?.begin(entry.path, size: entry.size)
            var digest = Digest()
            try archive.read { bytes in
                try Interrupt.check()
                digest.add(bytes)
                try receiver?.take(bytes)
                progress(bytes.count)
            }
            guard digest.finish() == expected else { throw wrong("is damaged: \(entry.path) has another SHA-256") }
            try receiver?.end()
            add(entry.path, expected)
        }
        throw wrong("is cut short: \(BackupReading.sumsName) is missing")
    }

    /// The digest that a member must have.
    private func digest(of entry: ArchiveEntry, after last: String, _ manifest: BackupManifest) throws -> String {
        guard !last.isEmpty else {
            guard entry.path == Shop.fileName, entry.kind == .file, entry.size == manifest.databaseBytes else {
                throw wrong("does not hold \(Shop.fileName) of \(manifest.databaseBytes) bytes behind its manifest")
            }
            return manifest.databaseDigest
        }
        let sha256 = String(entry.path.suffix(64))
        guard entry.kind == .file, Digest.isOne(sha256), entry.path == "files/\(sha256.prefix(2))/\(sha256)" else {
            throw wrong("holds '\(entry.path.prefix(100))', which does not belong into a backup")
        }
        guard last == Shop.fileName || entry.path > last else { throw wrong("holds \(entry.path) in the wrong place") }
        return sha256
    }

    private func demandSums(_ archive: ArchiveReader) throws {
        var found = Digest()
        try archive.read { found.add($0) }
        guard found.finish() == sums.finish() else { throw wrong("is damaged: \(BackupReading.sumsName) names other files") }
    }

    private func add(_ path: String, _ sha256: String) { sums.add("\(sha256)  \(path)\n") }

    private func wrong(_ what: String, hint: String? = nil) -> Failure { Failure(.input, .backup, "\(name) \(what)", hint: hint) }
}
