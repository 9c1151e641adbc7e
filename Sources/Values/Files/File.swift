import Glibc

/// Reads and replaces whole files. A reader sees the old contents or the new, never a part.
package enum File {
    /// Who a written file is for.
    package enum Purpose: Sendable {
        /// A file of the program itself: mode 0600.
        case own
        /// A file shared by a group: mode 0660, regardless of the umask.
        case group
        /// A document that the user requested by path. The mode follows the umask, links are followed, and a device or pipe is written to,
        /// because replacing `/dev/null` by a file would be a disaster.
        case document

        var mode: mode_t {
            switch self {
            case .own: 0o600
            case .group: 0o660
            case .document: 0o666
            }
        }
    }

    /// Writes the next bytes of a file.
    package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    /// - Throws: `outside`, with the path in the message.
    package static func read(_ path: String) throws -> [UInt8] {
        try opened(path, name: path) { try contents(of: $0, expecting: $1.st_size, name: path) }
    }

    /// Passes the bytes of a file to `body`. The file is read, not mapped, because access to a mapped file that someone truncates kills the
    /// process.
    /// - Throws: `outside`, with `name` in the message.
    package static func withBytes<Result>(
        of path: String, name: String, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        try opened(path, name: name) { descriptor, about in
            // Large files get their own mapping, with huge pages if there are any, because malloc does not return all of such a block.
            guard about.st_mode & S_IFMT == S_IFREG, about.st_size >= 1 << 20,
                let start = mmap(nil, about.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED
            else { return try contents(of: descriptor, expecting: about.st_size, name: name).withUnsafeBytes(body) }
            defer { munmap(start, about.st_size) }
            madvise(start, about.st_size, MADV_HUGEPAGE)
            let bytes = UnsafeMutableRawBufferPointer(start: start, count: about.st_size)
            var count = 0
            while count < bytes.count,
                case let more = try read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]), name: name), more > 0
            { count += more }
            guard count == bytes.count else { throw cutShort(name) }
            return try body(UnsafeRawBufferPointer(bytes))
        }
    }

    private static func cutShort(_ name: String) -> Failure {
        Failure(.outside, .file, "\(name) was cut short while it was read", hint: "try again when nobody writes to it")
    }

    private static func opened<Result>(_ path: String, name: String, _ body: (Int32, stat) throws -> Result) throws -> Result {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", name) }
        defer { close(descriptor) }
        var about = stat()
        guard fstat(descriptor, &about) == 0 else { throw failure("read", name) }
        guard about.st_mode & S_IFMT != S_IFDIR else { throw Failure(.outside, .file, "cannot read \(name): it is a folder") }
        return try body(descriptor, about)
    }

    private static func contents(of descriptor: Int32, expecting size: Int, name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            while case let count = try read(descriptor, into: buffer, name: name), count > 0 { bytes.append(contentsOf: buffer[..<count]) }
        }
        guard bytes.count >= size else { throw cutShort(name) }
        return bytes
    }

    /// The names in a folder, sorted.
    /// - Parameter hidden: whether with those of hidden files.
    package static func names(in folder: String, name: String? = nil, hidden: Bool = false) throws -> [String] {
        guard let stream = opendir(folder) else { throw failure("read", name ?? folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            // readdir(3) returns NULL both at the end and on failure; only errno tells them apart.
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = File.name(of: entry)
            if !name.hasPrefix(".") || hidden && name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw failure("read", name ?? folder) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The file type of a path, of a link itself: `S_IFREG`, `S_IFDIR`, ...; nil if nothing is there.
    package static func kind(of path: String) -> mode_t? {
        var about = stat()
        return lstat(path, &about) == 0 ? about.st_mode & S_IFMT : nil
    }

    /// The size of a file in bytes, following links; 0 if there is none.
    package static func size(of path: String) -> Int {
        var about = stat()
        return stat(path, &about) == 0 ? Int(about.st_size) : 0
    }

    /// Calls read(2) once. Returns the number of bytes, 0 at the end.
    package static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, name: String) throws -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw failure("read", name) }
        }
    }

    /// Reads from a position of a regular file, whatever the position of the descriptor.
    package static func read(_ descriptor: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer, name: String) throws -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, offset)
            if count >= 0 { return count }
            if errno != EINTR { throw failure("read", name) }
        }
    }

    /// Writes all the bytes.
    package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, name: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw failure("write", name)
            }
        }
    }

    /// - Parameter folder: the folder for the temporary file, on the same file system.
    package static func write(_ bytes: [UInt8], to path: String, as purpose: Purpose = .own, madeIn folder: String? = nil) throws {
        try write(to: path, as: purpose, madeIn: folder) { sink in try bytes.withUnsafeBytes { try sink($0) } }
    }

    /// Creates or replaces a file with the bytes that `fill` writes. On failure it leaves nothing behind.
    package static func write(
        to path: String, as purpose: Purpose = .own, madeIn folder: String? = nil, _ fill: (Sink) throws -> Void
    ) throws {
        if purpose != .document || isReplaceable(path) {
            let draft = try draft(of: path, as: purpose, madeIn: folder)
            try fill { try draft.write($0) }
            return try draft.putInPlace()
        }
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("write", path) }
        defer { close(descriptor) }
        try fill { try write($0, to: descriptor, name: path) }
    }

    /// Starts a file that will create or replace the one at `path`.
    package static func draft(of path: String, as purpose: Purpose, madeIn folder: String? = nil) throws -> Draft {
        let isThere = purpose == .document && access(path, F_OK) == 0
        if isThere, isFolder(path) { throw Failure(.outside, .file, "cannot write \(path): it is a folder") }
        return try Draft(isThere ? resolved(path) : path, in: folder, as: purpose, naming: path)
    }

    /// Whether a document replaces the file at `path`. A device or pipe is written to instead.
    package static func isReplaceable(_ path: String) -> Bool {
        var about = stat()
        return stat(path, &about) != 0 || [S_IFREG, S_IFDIR].contains(about.st_mode & S_IFMT)
    }

    private static func isFolder(_ path: String) -> Bool {
        var about = stat()
        return stat(path, &about) == 0 && about.st_mode & S_IFMT == S_IFDIR
    }

    /// Syncs a folder, so that its entries survive a power failure.
    package static func sync(folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // A folder that may be written but not read cannot be opened, so it cannot be synced.
        guard descriptor >= 0 || errno == EACCES else { throw failure("write", folder) }
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder and return EINVAL; nothing better can be done there.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("write", folder) }
    }

    /// Opens an unnamed temporary file, which disappears when its descriptor is closed.
    package static func scratch(in folder: String) throws -> Int32 {
        // O_TMPFILE is a macro that Swift cannot see. Its own bit is the same on every Linux that Swift supports.
        let nameless = open(folder, O_RDWR | 0o20_000_000 | O_DIRECTORY | O_CLOEXEC, 0o600)
        if nameless >= 0 { return nameless }
        let name = temporary(in: folder)
        let named = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard named >= 0 else { throw failure("write a temporary file in", folder) }
        unlink(name)
        return named
    }

    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// The path without links; the path itself if nothing is there.
    package static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// The failure for a path, from `errno`, which stays unchanged.
    package static func failure(_ doing: String, _ path: String) -> Failure {
        let code = errno
        defer { errno = code }
        let reason = String(cString: strerror(code))
        return Failure(.outside, .file, "cannot \(doing) \(path): \(reason.prefix(1).lowercased())\(reason.dropFirst())")
    }
}
