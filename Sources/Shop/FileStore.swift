import Glibc
import Security
import Store
import Values

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

    /// Keeps bytes before the transaction that names them. An undo leaves them: `files prune` removes what nothing names.
    /// - Returns: what stood in their place before: `whole` where they were kept already.
    func store(_ bytes: [UInt8], _ sha256: String) throws -> Standing {
        let standing = try standing(of: sha256, size: bytes.count)
        guard standing != .whole else { return standing }
        for folder in ["\(folder)/files", "\(folder)/files/\(sha256.prefix(2))"] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw Failure(.outside, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
            }
        }
        let path = path(ofFile: sha256)
        try File.write(bytes, to: path)
        var about = stat()
        if lstat(path, &about) == 0 { proved[sha256] = Identity(about) }
        return standing
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

    /// Opens what is kept for a hash. Anything may stand there: a link is not followed, a pipe or a device is not waited for.
    private func opened(_ sha256: String, size: Int?, _ body: (Int32, stat) throws -> Standing) throws -> Standing {
        guard Digest.isOne(sha256) else {
            throw Failure(.store, "the data file holds \(sha256.cell.said) where a SHA-256 belongs", hint: "laseros log verify")
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
