import Glibc

/// Temporary files. Each has a name that nobody else uses and is locked as long as its process lives; so `sweep` recognises files of killed
/// processes, whatever their process id or container.
extension File {
    /// A file that is renamed into place when it is complete. If it is released before, it is deleted.
    package final class Draft {
        package let temporary: String
        package let descriptor: Int32
        private let path: String
        private let name: String
        private var isInPlace = false

        /// - Parameters:
        ///   - path: the final path.
        ///   - folder: the folder for the temporary file, on the same file system; by default that of `path`.
        ///   - name: the name of the file in messages.
        package init(_ path: String, in folder: String? = nil, as purpose: Purpose, naming name: String) throws {
            (self.path, self.name) = (path, name)
            (temporary, descriptor) = try claimed(in: folder ?? File.folder(of: path), or: ("write", name)) { path in
                open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, purpose.mode)
            }
            // The umask of one member must not exclude the others.
            if purpose == .group, fchmod(descriptor, purpose.mode) != 0 { throw failure("write", name) }
        }

        deinit {
            if !isInPlace { unlink(temporary) }
            close(descriptor)
        }

        package func write(_ bytes: UnsafeRawBufferPointer) throws { try File.write(bytes, to: descriptor, name: name) }

        package func putInPlace() throws { try putInPlace(as: path) }

        /// - Parameter path: the final path, if it was not known before.
        package func putInPlace(as path: String) throws {
            guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw failure("write", name) }
            isInPlace = true
            try sync(folder: File.folder(of: path))
        }
    }

    /// Creates or replaces a file. Passes the path and descriptor of a new file to `body`, then syncs it and renames it into place. On
    /// failure it leaves nothing behind.
    package static func make(
        _ path: String, in folder: String? = nil, as purpose: Purpose, naming name: String,
        _ fill: (_ temporary: String, Int32) throws -> Void
    ) throws {
        let draft = try Draft(path, in: folder, as: purpose, naming: name)
        try fill(draft.temporary, draft.descriptor)
        try draft.putInPlace()
    }

    /// A locked file that tells other processes that the one that created it is still running. `sweep` removes it once that process has
    /// ended.
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

        /// Whether a running process holds a mark.
        package static func isHeld(_ name: String, in folder: String) -> Bool {
            let descriptor = open(File.temporary(in: folder, named: name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
        }
    }

    /// A folder that is removed with its contents when it is released.
    package final class TemporaryFolder: Sendable {
        package let path: String
        private let descriptor: Int32

        package init(in parent: String) throws {
            (path, descriptor) = try claimed(in: parent, or: ("make a folder in", parent)) { path in
                guard mkdir(path, 0o700) == 0 else { return -1 }
                let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                if descriptor < 0 { rmdir(path) }
                return descriptor
            }
            try sync(folder: parent)
        }

        deinit {
            remove(path, in: AT_FDCWD)
            close(descriptor)
        }
    }

    /// Creates a temporary folder, and removes it with its contents after `body`.
    package static func withTemporaryFolder<Value>(in parent: String, _ body: (String) throws -> Value) throws -> Value {
        let folder = try TemporaryFolder(in: parent)
        return try withExtendedLifetime(folder) { try body(folder.path) }
    }

    /// Creates a file or folder with a unique name and locks it. If another process sweeps it before it is locked, creates another.
    /// - Parameter name: the name under which others find it; by default any free name.
    private static func claimed(
        in folder: String, named name: String? = nil, or failing: (doing: String, name: String), _ make: (String) -> Int32
    ) throws -> (path: String, descriptor: Int32) {
        while true {
            let path = temporary(in: folder, named: name), descriptor = make(path)
            guard descriptor >= 0 else { throw failure(failing.doing, failing.name) }
            // On a file system without such locks the file is written without one, and nothing is swept.
            let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
            if isLocked, access(path, F_OK) == 0 || errno != ENOENT { return (path, descriptor) }
            close(descriptor)
        }
    }

    static func temporary(in folder: String, named name: String? = nil) -> String {
        "\(folder)/\(mark)\(name ?? String(UInt64.random(in: 0 ... .max), radix: 36))\(ending)"
    }

    private static let mark = ".laseros-", ending = ".tmp"

    /// Removes the temporary files of killed processes from a folder: those that nobody has locked.
    /// - Parameter ofOthers: whether to remove those of other users, too; false for folders that everybody may write to.
    package static func sweep(_ folder: String, ofOthers: Bool = true) {
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            // A folder may hold many other names, so the prefix is compared before a `String` is made.
            guard withUnsafeBytes(of: &entry.pointee.d_name, { $0.starts(with: mark.utf8) }) else { continue }
            let name = File.name(of: entry)
            guard name.hasSuffix(ending) else { continue }
            let left = openat(dirfd(entries), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard left >= 0 else { continue }
            defer { close(left) }
            var about = stat()
            guard fstat(left, &about) == 0, flock(left, LOCK_EX | LOCK_NB) == 0 else { continue }
            guard ofOthers || about.st_uid == geteuid() else { continue }
            switch about.st_mode & S_IFMT {
            case S_IFREG: unlinkat(dirfd(entries), name, 0)
            case S_IFDIR: remove(name, in: dirfd(entries))
            default: continue
            }
        }
    }

    /// Sweeps the folder that a document is about to be written to. Files of other users stay.
    package static func sweep(beside path: String) { sweep(folder(of: resolved(path)), ofOthers: false) }

    /// Removes a folder with its contents, without following links.
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
