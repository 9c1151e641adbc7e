import Glibc
import Security
import Store
import Values

/// File contents to store, identified by their hash.
package struct FileContent: Sendable {
    /// The name in messages.
    package var name: String
    package var sha256: String
    package var size: Int
    /// Reads the bytes, if they are not stored yet.
    package var read: @Sendable () throws -> [UInt8]

    package init(_ name: String, _ sha256: String, size: Int, _ read: @escaping @Sendable () throws -> [UInt8]) {
        (self.name, self.sha256, self.size, self.read) = (name, sha256, size, read)
    }
}

/// A stored file, as a row refers to it.
package struct KeptFile: Sendable {
    /// The name in messages.
    package var name: String
    package var sha256: String
    /// Nil if the row does not contain the size.
    package var size: Int?
}

/// The contents of files and drawings. Each is stored once below `files/`, named by its SHA-256, in a subfolder named by the first two
/// digits.
extension Shop {
    /// The path of stored contents, for this file and messages. To read them, use `contents`.
    func path(ofFile sha256: String) -> String { "\(folder)/files/\(sha256.prefix(2))/\(sha256)" }

    /// The size of the stored contents for a hash; nil if they are missing.
    func size(ofFile sha256: String) -> Int? {
        var about = stat()
        return lstat(path(ofFile: sha256), &about) == 0 ? about.st_size : nil
    }

    /// The folder in which temporary files are created, so that those of killed runs are all in one place.
    var filesFolder: String { "\(folder)/files" }

    /// Stores contents that are missing or damaged. An undo does not remove them; `files prune` removes what no row refers to.
    func keep(_ contents: [FileContent]) throws {
        for content in contents { try keep(content) }
    }

    private func keep(_ content: FileContent) throws {
        let sha256 = content.sha256, standing = try standing(of: sha256, size: content.size)
        guard standing != .whole || !hasKept(sha256) else { return }
        let place = "\(filesFolder)/\(sha256.prefix(2))", sharing = Sharing(of: folder)
        try makeFilesFolder()
        try make(place, sharing)
        // If the process that created the folder or the file was killed, their names may not have been synced.
        try File.sync(folder: filesFolder)
        if standing == .whole {
            // As if it were written now: `files prune` leaves it alone until the change that refers to it is stored.
            let path = path(ofFile: sha256)
            var about = stat()
            if utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) == 0, lstat(path, &about) == 0 { proved[sha256] = Identity(about) }
            try File.sync(folder: place)
        } else {
            let path = path(ofFile: sha256)
            try File.write(try content.read(), to: path, as: sharing.purpose, madeIn: filesFolder)
            var about = stat()
            if lstat(path, &about) == 0 { proved[sha256] = Identity(about) }
            if let repair = try repair(sha256, before: standing) { noteRepair("\(content.name): \(repair)") }
        }
        noteKept(sha256)
    }

    func makeFilesFolder() throws {
        guard File.kind(of: filesFolder) == nil else { return }
        try make(filesFolder, Sharing(of: folder))
        try File.sync(folder: folder)
    }

    /// The message about a repair; nil if the contents are new.
    private func repair(_ sha256: String, before standing: Standing) throws -> String? {
        switch standing {
        case .whole: return nil
        case .damaged: return "its bytes in the shop's files were damaged, and are whole again"
        case .gone:
            let isNamed = try data.one("SELECT 1 FROM file WHERE sha256 = \(sha256)") { _ in true } ?? false
            return isNamed ? "its bytes were gone from the shop's files, and are there again" : nil
        }
    }

    private func make(_ folder: String, _ sharing: Sharing) throws {
        guard sharing.makeFolder(folder) else {
            throw Failure(.outside, .fileStore, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
        }
    }

    /// Removes temporary files of killed runs. All temporary files of a shop are created in these two folders.
    func sweep() {
        for folder in [filesFolder, "\(folder)/backups"] { File.sweep(folder) }
    }

    /// The state of the stored contents for a hash.
    enum Standing { case whole, damaged, gone }

    /// The stat fields of a file, by which a later change is noticed.
    struct Identity: Equatable {
        private let numbers: [Int]

        init(_ about: stat) {
            numbers = [
                Int(about.st_dev), Int(bitPattern: about.st_ino), about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec,
                about.st_ctim.tv_sec, about.st_ctim.tv_nsec,
            ]
        }
    }

    /// Checks the stored contents for a hash. They are read to the end, unless this run has checked them and they have not changed since.
    func standing(of sha256: String, size: Int?) throws -> Standing {
        try opened(sha256, size: size) { file, about in
            let identity = Identity(about)
            guard proved[sha256] != identity else { return .whole }
            guard try digest(of: file, about, taking: { _ in }) == sha256 else { return .damaged }
            proved[sha256] = identity
            return .whole
        }
    }

    /// Returns the bytes for a hash if they are undamaged.
    func read(_ sha256: String, size: Int?) throws -> (standing: Standing, bytes: [UInt8]) {
        var bytes: [UInt8] = []
        let standing = try opened(sha256, size: size) { file, about in
            // If no row contains the size, a large file is hashed before memory is allocated for it.
            if size == nil, about.st_size > Shop.readAtOnce, try digest(of: file, about, taking: { _ in }) != sha256 { return .damaged }
            bytes.reserveCapacity(about.st_size)
            return try digest(of: file, about) { bytes.append(contentsOf: $0) } == sha256 ? .whole : .damaged
        }
        return (standing, standing == .whole ? bytes : [])
    }

    private static var readAtOnce: Int { 64 << 20 }

    /// Opens the stored contents for a hash. The path may be anything, so links are not followed and pipes and devices do not block.
    private func opened(_ sha256: String, size: Int?, _ body: (Int32, stat) throws -> Standing) throws -> Standing {
        guard Digest.isOne(sha256) else {
            throw Failure(.store, .fileStore, "the data file holds \(sha256.cell.said) instead of a SHA-256", hint: "laseros log verify")
        }
        let path = path(ofFile: sha256), file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: return .gone
            case ELOOP, ENXIO: return .damaged
            default: throw File.failure("read", path)
            }
        }
        defer { close(file) }
        var about = stat()
        guard fstat(file, &about) == 0 else { throw File.failure("read", path) }
        guard about.st_mode & S_IFMT == S_IFREG, size == nil || about.st_size == size else { return .damaged }
        return try body(file, about)
    }

    /// The digest of a file from the first byte to the size in `about`, so that a file that grows meanwhile is not read forever.
    private func digest(of file: Int32, _ about: stat, taking take: (UnsafeRawBufferPointer) -> Void) throws -> String {
        guard lseek(file, 0, SEEK_SET) == 0 else { throw File.failure("read", "\(folder)/files") }
        var digest = Digest(), left = about.st_size
        try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            while left > 0, case let count = try File.read(file, into: buffer, name: "\(folder)/files"), count > 0 {
                try Interrupt.check()
                let piece = UnsafeRawBufferPointer(rebasing: buffer.prefix(min(count, left)))
                digest.add(piece)
                take(piece)
                left -= count
            }
        }
        return digest.finish()
    }
}
