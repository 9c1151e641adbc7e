import Glibc
import Security
import Store
import Values

/// Bytes that are to be kept, by their hash.
package struct FileContent: Sendable {
    /// For messages.
    package var name: String
    package var sha256: String
    package var size: Int
    /// Reads them, where they are not kept yet.
    package var read: @Sendable () throws -> [UInt8]

    package init(_ name: String, _ sha256: String, size: Int, _ read: @escaping @Sendable () throws -> [UInt8]) {
        (self.name, self.sha256, self.size, self.read) = (name, sha256, size, read)
    }
}

/// The bytes of a file or drawing of the shop, as a row names them.
package struct KeptFile: Sendable {
    /// For messages.
    package var name: String
    package var sha256: String
    /// Nil where the row does not tell it.
    package var size: Int?
}

/// The bytes of files and drawings, each kept once under `files/` by its SHA-256, in folders by its first two digits.
extension Shop {
    /// For this file, and for messages: whoever reads asks for `contents`.
    func path(ofFile sha256: String) -> String { "\(folder)/files/\(sha256.prefix(2))/\(sha256)" }

    /// The folder that everything below it is made in before it is put in place: what killed runs have left is in one folder.
    var filesFolder: String { "\(folder)/files" }

    /// Keeps what is not kept yet, and what is damaged. An undo leaves it: `files prune` removes what nothing names.
    func keep(_ contents: [FileContent]) throws {
        for content in contents { try keep(content) }
    }

    private func keep(_ content: FileContent) throws {
        let sha256 = content.sha256, standing = try standing(of: sha256, size: content.size)
        guard standing != .whole || !hasKept(sha256) else { return }
        let place = "\(filesFolder)/\(sha256.prefix(2))", sharing = Sharing(of: folder)
        try makeFilesFolder()
        try make(place, sharing)
        // Whoever made the folder, or put the bytes there, may have been killed before their names were sure to last.
        try File.sync(folder: filesFolder)
        if standing == .whole {
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

    /// What keeping bytes has repaired; nil where they were not kept before.
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

    /// Removes what killed runs have left half made. Only two folders are looked through: no file of a shop is made anywhere else.
    func sweep() {
        for folder in [filesFolder, "\(folder)/backups"] { File.sweep(folder) }
    }

    /// What is under `files/` for a hash.
    enum Standing { case whole, damaged, gone }

    /// A file as it was when it was read: written to since, it is another.
    struct Identity: Equatable {
        private let numbers: [Int]

        init(_ about: stat) {
            numbers = [
                Int(about.st_dev), Int(bitPattern: about.st_ino), about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec,
                about.st_ctim.tv_sec, about.st_ctim.tv_nsec,
            ]
        }
    }

    /// What is kept for a hash: read to its end, unless this run has proved it already and it was not touched since.
    func standing(of sha256: String, size: Int?) throws -> Standing {
        try opened(sha256, size: size) { file, about in
            let identity = Identity(about)
            guard proved[sha256] != identity else { return .whole }
            guard try digest(of: file, about, taking: { _ in }) == sha256 else { return .damaged }
            proved[sha256] = identity
            return .whole
        }
    }

    /// The bytes for a hash, where they are whole.
    func read(_ sha256: String, size: Int?) throws -> (standing: Standing, bytes: [UInt8]) {
        var bytes: [UInt8] = []
        let standing = try opened(sha256, size: size) { file, about in
            // Where no row says how large it is memory is taken for it only when it is the right one.
            if size == nil, about.st_size > Shop.readAtOnce, try digest(of: file, about, taking: { _ in }) != sha256 { return .damaged }
            bytes.reserveCapacity(about.st_size)
            return try digest(of: file, about) { bytes.append(contentsOf: $0) } == sha256 ? .whole : .damaged
        }
        return (standing, standing == .whole ? bytes : [])
    }

    private static var readAtOnce: Int { 64 << 20 }

    /// Opens what is kept for a hash. Anything may be there: a link is not followed, a pipe or a device is not waited for.
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

    /// The digest of a file from its first byte on. What is written to it meanwhile is not read on and on.
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
