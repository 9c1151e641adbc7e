import Glibc

/// Files in the making. Each has a name that nobody looks for until it is whole, and is locked for as long as its maker lives: by that
/// `sweep` knows what killed processes have left, whatever process number they had, in whatever container.
extension File {
    /// A file that is being written, and is put in place when it is whole. One that is let go of before leaves nothing behind.
    package final class Draft {
        package let temporary: String
        package let descriptor: Int32
        private let path: String
        private let name: String
        private var isInPlace = false

        /// - Parameters:
        ///   - path: what it is to be.
        ///   - folder: where it is made, on the same file system; its own folder where nothing is said.
        ///   - name: what messages call it.
        package init(_ path: String, in folder: String? = nil, as purpose: Purpose, naming name: String) throws {
            (self.path, self.name) = (path, name)
            (temporary, descriptor) = try claimed(in: folder ?? File.folder(of: path), or: ("write", name)) { path in
                open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, purpose.mode)
            }
            // The umask of one member must not lock the others out.
            if purpose == .group, fchmod(descriptor, purpose.mode) != 0 { throw failure("write", name) }
        }

        deinit {
            if !isInPlace { unlink(temporary) }
            close(descriptor)
        }

        package func write(_ bytes: UnsafeRawBufferPointer) throws { try File.write(bytes, to: descriptor, name: name) }

        package func putInPlace() throws {
            guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw failure("write", name) }
            isInPlace = true
            try sync(folder: File.folder(of: path))
        }
    }

    /// Makes or replaces a file: hands over the path and the descriptor of a new one, which is then synced and put in place. Nothing is left
    /// behind when that fails.
    package static func make(
        _ path: String, in folder: String? = nil, as purpose: Purpose, naming name: String,
        _ fill: (_ temporary: String, Int32) throws -> Void
    ) throws {
        let draft = try Draft(path, in: folder, as: purpose, naming: name)
        try fill(draft.temporary, draft.descriptor)
        try draft.putInPlace()
    }

    /// A locked file that tells other processes that the one that made it is still running. `sweep` removes it once that process has ended.
    package final class Mark {
        private let path: String
        private let descriptor: Int32

        package init(_ name: String, in folder: String, as purpose: Purpose) throws {
            (path, descriptor) = try claimed(in: folder, named: name, or: ("write", "a mark in \(folder)")) { path in
                open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, purpose.mode)
            }
            if purpose == .group { fchmod(descriptor, purpose.mode) }
        }

        deinit {
            unlink(path)
            close(descriptor)
        }

        /// Whether a process has a mark.
        package static func isHeld(_ name: String, in folder: String) -> Bool {
            let descriptor = open(File.temporary(in: folder, named: name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
        }
    }

    /// Hands over a new folder, which goes with all that is in it when the body is done.
    package static func withTemporaryFolder(in parent: String, _ body: (String) throws -> Void) throws {
        let (path, descriptor) = try claimed(in: parent, or: ("make a folder in", parent)) { path in
            guard mkdir(path, 0o700) == 0 else { return -1 }
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if descriptor < 0 { rmdir(path) }
            return descriptor
        }
        defer { close(descriptor) }
        defer { remove(path, in: AT_FDCWD) }
        try sync(folder: parent)
        try body(path)
    }

    /// A new file or folder of a name of its own, locked. Whoever sweeps may have come between: then another is made.
    /// - Parameter name: where it is to be found by others; any other that is free where nothing is said.
    private static func claimed(
        in folder: String, named name: String? = nil, or failing: (doing: String, name: String), _ make: (String) -> Int32
    ) throws -> (path: String, descriptor: Int32) {
        while true {
            let path = temporary(in: folder, named: name), descriptor = make(path)
            guard descriptor >= 0 else { throw failure(failing.doing, failing.name) }
            // A file system without such locks is written to all the same: nothing is swept there.
            let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
            if isLocked, access(path, F_OK) == 0 || errno != ENOENT { return (path, descriptor) }
            close(descriptor)
        }
    }

    static func temporary(in folder: String, named name: String? = nil) -> String {
        "\(folder)/\(mark)\(name ?? String(UInt64.random(in: 0 ... .max), radix: 36))\(ending)"
    }

    private static let mark = ".laseros-", ending = ".tmp"

    /// Removes what killed processes have left in a folder: what nobody holds.
    /// - Parameter ofOthers: also what others have made there, and folders; not where everybody may put such a thing.
    package static func sweep(_ folder: String, ofOthers: Bool = true) {
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            // Most names are another's, and a folder may hold many: they are not made texts.
            guard withUnsafeBytes(of: &entry.pointee.d_name, { $0.starts(with: mark.utf8) }) else { continue }
            let name = File.name(of: entry)
            guard name.hasSuffix(ending) else { continue }
            let left = openat(dirfd(entries), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard left >= 0 else { continue }
            defer { close(left) }
            var about = stat()
            guard fstat(left, &about) == 0, flock(left, LOCK_EX | LOCK_NB) == 0 else { continue }
            switch about.st_mode & S_IFMT {
            case S_IFREG: if ofOthers || about.st_uid == geteuid() { unlinkat(dirfd(entries), name, 0) }
            case S_IFDIR: if ofOthers { remove(name, in: dirfd(entries)) }
            default: continue
            }
        }
    }

    /// The same where a document is about to be written: next to what others have there.
    package static func sweep(beside path: String) { sweep(folder(of: resolved(path)), ofOthers: false) }

    /// Removes a folder with all that is in it; links are not followed.
    private static func remove(_ name: String, in parent: Int32) {
        let folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return }
        guard let entries = fdopendir(folder) else {
            close(folder)
            return
        }
        while let entry = readdir(entries) {
            let inner = File.name(of: entry)
            if inner != ".", inner != "..", unlinkat(folder, inner, 0) != 0 { remove(inner, in: folder) }
        }
        closedir(entries)
        unlinkat(parent, name, AT_REMOVEDIR)
    }

    static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
