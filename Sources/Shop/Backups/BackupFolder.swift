import Glibc
import Security
import Store
import Values

/// An archive in a folder, known by its name.
package struct BackupFile: Sendable {
    package var name: BackupName
    package var path: String
    package var bytes: Int
    /// Tells those of the same second apart.
    fileprivate var modified: Moment
}

extension BackupFile {
    init(_ name: BackupName, _ path: String, _ about: stat) {
        let modified = Moment(ms: about.st_mtim.tv_sec * 1000 + about.st_mtim.tv_nsec / 1_000_000)
        self.init(name: name, path: path, bytes: about.st_size, modified: modified)
    }

    /// What the archive says about itself.
    package func manifest(_ opener: BackupOpener?) throws -> BackupManifest {
        try BackupReading(try BackupSource(path, named: name.text), opener).manifest()
    }
}

extension Shop {
    /// The folder for the archives of the shop; it may be missing.
    package func backupFolder() throws -> String {
        let setting = try setting(Settings.backupFolder)
        return setting.isEmpty ? "\(folder)/backups" : setting.hasPrefix("/") ? setting : "\(folder)/\(setting)"
    }
}

/// The archives in a folder.
package enum Backups {
    /// The archives that laseros has named, newest first. Anything else in the folder is left aside.
    /// - Parameter shop: the id of the shop whose archives are wanted; nil for those of all shops.
    package static func list(in folder: String, of shop: String? = nil) throws -> [BackupFile] {
        let found = try File.names(in: folder).compactMap { text -> BackupFile? in
            var about = stat()
            guard let name = BackupName(text), shop == nil || name.shop == shop, lstat("\(folder)/\(text)", &about) == 0,
                about.st_mode & S_IFMT == S_IFREG
            else { return nil }
            return BackupFile(name, "\(folder)/\(text)", about)
        }
        return found.sorted { ($0.name.at, $0.modified, $0.name.digest) > ($1.name.at, $1.modified, $1.name.digest) }
    }

    /// Whether the bytes of an archive are those that it was made of. An encrypted one needs no key for that.
    package static func isWhole(_ file: BackupFile) throws -> Bool {
        let source = try BackupSource(file.path, named: file.name.text), head = try source.peek(BackupOpener.mark.count)
        let mark = file.name.isEncrypted ? BackupOpener.mark : [0x28, 0xB5, 0x2F, 0xFD]
        guard head.starts(with: mark) else { return false }
        while try !source.next().isEmpty {}
        return source.isThat(of: file.name)
    }

    /// Runs `body` while no other process makes or removes archives in the folder, and first removes what killed runs have left there.
    /// - Throws: `store` if another one does for 30 seconds.
    package static func holding<Value>(_ folder: String, _ body: () throws -> Value) throws -> Value {
        let gate = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard gate >= 0 else { throw File.failure("read", folder) }
        defer { close(gate) }
        // On a file system without such locks nobody is kept out.
        guard FileLock.acquire(gate, limit: 30_000) != ETIMEDOUT else {
            throw Failure(.store, .backup, "another backup is at work in \(folder)", hint: "try again when it is done")
        }
        File.sweep(folder, ofOthers: false)
        return try body()
    }
}

/// The bytes of an archive from a file or standard input, with their digest.
package final class BackupSource {
    /// The name in messages.
    package let name: String
    /// The size of the file; 0 if it is not known.
    package let size: Int
    private let descriptor: Int32
    private let input: ((UnsafeMutableRawBufferPointer) throws -> Int)?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
    private var sum = Digest()
    private var peeked: [UInt8] = []
    /// Called with the number of bytes after each read.
    package var progress: (Int) -> Void = { _ in }

    /// - Throws: `outside` if it is not a file that can be read.
    package convenience init(_ path: String, named name: String) throws {
        // A pipe must not block before its kind is known.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw File.failure("read", name) }
        self.init(descriptor, named: name)
        var about = stat()
        guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.outside, .backup, "cannot read \(name): it is not a regular file", hint: "- reads standard input")
        }
    }

    /// Reads a file that is open, from its beginning, and closes it at the end.
    init(_ descriptor: Int32, named name: String) {
        var about = stat()
        size = fstat(descriptor, &about) == 0 ? about.st_size : 0
        (self.name, self.descriptor, input) = (name, descriptor, nil)
    }

    /// - Parameter input: reads into the buffer and returns the number of bytes, 0 at the end.
    package init(reading input: @escaping (UnsafeMutableRawBufferPointer) throws -> Int, named name: String) {
        (self.name, self.input, descriptor, size) = (name, input, -1, 0)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    /// The next bytes, valid until the next call; none at the end.
    package func next() throws -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[..<(try read(into: buffer))])
    }

    /// Reads the next bytes into a buffer.
    /// - Returns: their number, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard peeked.isEmpty else {
            let count = min(peeked.count, buffer.count)
            buffer.copyBytes(from: peeked.prefix(count))
            peeked.removeFirst(count)
            return count
        }
        try Interrupt.check()
        let count = try input.map { try $0(buffer) } ?? File.read(descriptor, into: buffer, name: name)
        sum.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        progress(count)
        return count
    }

    /// The first bytes, which will be read again; fewer if there are no more.
    func peek(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count,
            case let more = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count - bytes.count)])),
            more > 0
        { bytes += buffer[..<more] }
        peeked = bytes
        return bytes
    }

    /// Whether the bytes that were read are those that an archive of this name was made of.
    package func isThat(of name: BackupName) -> Bool { digest().hasPrefix(name.digest) }

    /// The failure for an archive whose bytes are not those of its name.
    package var isAnother: Failure {
        Failure(
            .input, .backup, "\(name) has another SHA-256 than its name says", hint: "it is damaged, or was renamed"
        )
    }

    /// The SHA-256 of the bytes that were read.
    func digest() -> String {
        var sum = sum
        return sum.finish()
    }
}
