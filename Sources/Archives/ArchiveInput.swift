import CArchive
import Glibc
import Values

/// Bytes that libarchive asks for, block by block.
class ArchiveInput {
    /// The name of the archive in messages.
    let name: String
    /// The error of the last call, which libarchive itself does not pass on.
    fileprivate(set) var failure: (any Error)?

    init(name: String) { self.name = name }

    /// Bytes of the archive: of all of it if it is a file, or of what has been read.
    var size: Int { 0 }

    /// The next block, valid until the next call; empty at the end.
    func next() throws -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

    /// Moves to a position. Returns the new position; nil if the input cannot do that.
    func seek(_ offset: Int, _ whence: Int32) -> Int? { nil }
}

/// An archive file.
final class FileInput: ArchiveInput {
    override var size: Int { fileSize }
    private let fileSize: Int
    private let descriptor: Int32
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init(_ path: String, name: String) throws {
        // A pipe must not block before its kind is known.
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        var about = stat()
        guard descriptor >= 0, fstat(descriptor, &about) == 0 else {
            fileSize = 0
            super.init(name: name)
            throw File.failure("read", name)
        }
        fileSize = about.st_size
        super.init(name: name)
        guard about.st_mode & S_IFMT == S_IFREG else { throw Failure(.outside, .archive, "cannot read \(name): it is not a regular file") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    override func next() throws -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[..<(try File.read(descriptor, into: buffer, name: name))])
    }

    override func seek(_ offset: Int, _ whence: Int32) -> Int? {
        let place = lseek(descriptor, offset, whence)
        return place < 0 ? nil : place
    }

    /// The bytes at a position; fewer at the end of the file. The position of `next` stays.
    func bytes(at place: Int, count: Int) throws -> [UInt8] {
        let old = lseek(descriptor, 0, SEEK_CUR)
        defer { lseek(descriptor, old, SEEK_SET) }
        guard lseek(descriptor, place, SEEK_SET) == place else { throw File.failure("read", name) }
        return try [UInt8](unsafeUninitializedCapacity: count) { bytes, done in
            let bytes = UnsafeMutableRawBufferPointer(bytes)
            while done < count {
                let more = try File.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: bytes[done...]), name: name)
                if more == 0 { break }
                done += more
            }
        }
    }
}

/// An archive that arrives in pieces.
final class StreamInput: ArchiveInput {
    private let source: ArchiveSource
    private var taken = 0
    override var size: Int { taken }

    init(_ source: @escaping ArchiveSource, name: String) {
        self.source = source
        super.init(name: name)
    }

    override func next() throws -> UnsafeRawBufferPointer {
        let bytes = try source()
        taken += bytes.count
        return bytes
    }
}

/// Returns the next bytes of an archive, valid until the next call; none at the end.
package typealias ArchiveSource = () throws -> UnsafeRawBufferPointer

/// A reader of libarchive.
final class ArchiveHandle {
    let pointer: OpaquePointer
    private let input: ArchiveInput
    private let place: EntryPlace

    /// Names are converted to the character set of the locale, and nobody calls setlocale(3).
    nonisolated(unsafe) static let utf8 = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

    /// - Parameter formats: enables the formats and filters.
    init(_ input: ArchiveInput, _ place: EntryPlace, _ formats: (OpaquePointer) -> Void) throws {
        guard let pointer = archive_read_new() else { throw Failure(.defect, .archive, "libarchive cannot start a reader") }
        (self.pointer, self.input, self.place) = (pointer, input, place)
        formats(pointer)
        // With this function, libarchive also skips by it, which only a file can do.
        if input is FileInput {
            archive_read_set_seek_callback(pointer) { _, client, offset, whence in
                Int64(ArchiveHandle.input(client).seek(Int(offset), whence) ?? Int(ARCHIVE_FATAL))
            }
        }
        let client = Unmanaged.passUnretained(input).toOpaque()
        let code = archive_read_open2(
            pointer, client, nil,
            { _, client, block in
                let input = ArchiveHandle.input(client)
                do {
                    let bytes = try input.next()
                    block?.pointee = bytes.baseAddress
                    return bytes.count
                } catch {
                    input.failure = error
                    return -1
                }
            }, nil, nil)
        try check(code)
    }

    deinit { archive_read_free(pointer) }

    private static func input(_ client: UnsafeMutableRawPointer?) -> ArchiveInput {
        Unmanaged<ArchiveInput>.fromOpaque(client!).takeUnretainedValue()
    }

    /// The next entry; nil at the end.
    func header() throws -> OpaquePointer? {
        let old = uselocale(ArchiveHandle.utf8)
        defer { uselocale(old) }
        var entry: OpaquePointer?
        let code = archive_read_next_header(pointer, &entry)
        if code == ARCHIVE_EOF { return nil }
        try check(code)
        return entry
    }

    /// The next bytes of the entry and their place in it; nil at its end.
    func block(_ entry: EntryPlace? = nil) throws -> (bytes: UnsafeRawBufferPointer, at: Int)? {
        var start: UnsafeRawPointer?, count = 0, at: Int64 = 0
        let code = archive_read_data_block(pointer, &start, &count, &at)
        if code == ARCHIVE_EOF { return nil }
        try check(code, entry)
        return (UnsafeRawBufferPointer(start: start, count: count), Int(at))
    }

    /// Warnings are failures, too: they stand for entries that other programs read differently.
    private func check(_ code: Int32, _ entry: EntryPlace? = nil) throws {
        guard code != ARCHIVE_OK else { return }
        if let failure = input.failure { throw failure }
        throw (entry ?? place).wrong("cannot be read: \(ArchiveHandle.reason(pointer))")
    }

    /// What libarchive says about its last failure, as the end of a message.
    static func reason(_ archive: OpaquePointer) -> String {
        guard let said = archive_error_string(archive) else { return "no reason is given" }
        let reason = String(String(cString: said).trimmed)
        let isName = reason.dropFirst().first?.isUppercase == true
        return isName ? reason : reason.prefix(1).lowercased() + reason.dropFirst()
    }
}
