import CArchive
import Glibc
import Values

/// A file or folder in an archive.
package struct ArchiveEntry: Equatable, Sendable {
    package enum Kind: Sendable { case file, folder }

    /// The path, with slashes between names.
    package var path: String
    package var kind: Kind
    /// Bytes; 0 for a folder.
    package var size: Int
    /// Nil if the archive does not say it.
    package var modified: Moment?
}

/// Reads an archive from beginning to end, whatever it holds: everything but files and folders with plain paths is refused.
package final class ArchiveReader {
    package let format: ArchiveFormat
    private let input: ArchiveInput
    private let limits: ArchiveLimits
    private let handle: ArchiveHandle
    /// Nil for a zip file.
    private let tar: TarInput?
    private var names = EntryNames()
    private var total = 0
    private var current: ArchiveEntry?

    /// - Parameter name: the name of the file in messages.
    /// - Throws: `outside` if the file cannot be read, `input` if it is not an archive, `refused` if it is too large.
    package init(_ path: String, named name: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        let file = try FileInput(path, name: name)
        (input, self.limits) = (file, limits)
        let place = EntryPlace(archive: name), head = try file.bytes(at: 0, count: ArchiveSignature.length)
        let hint = "archives: \(either(ArchiveFormat.choices))"
        let format: ArchiveFormat
        switch head.withUnsafeBytes({ ArchiveSignature($0) }) {
        case .zip:
            try ZipDirectory.check(file, limits: limits)
            (format, tar) = (.zip, nil)
        case .tar: (format, tar) = (.tar, TarInput(file))
        case .gzip: (format, tar) = (.tarGzip, TarInput(try CompressedInput(file, by: .gzip, limits: limits)))
        case .zstd: (format, tar) = (.tarZstd, TarInput(try CompressedInput(file, by: .zstd, limits: limits)))
        case .other(let format): throw Failure(.input, .archive, "\(name) is a \(format) archive, which is not read", hint: hint)
        case .unknown: throw Failure(.input, .archive, file.size == 0 ? "\(name) is empty" : "\(name) is not an archive", hint: hint)
        }
        self.format = format
        handle = try ArchiveHandle(tar ?? file, place) { archive in
            _ = format == .zip ? archive_read_support_format_zip_seekable(archive) : archive_read_support_format_tar(archive)
        }
    }

    /// Reads a tar file compressed by zstd as it arrives.
    package init(from source: @escaping ArchiveSource, named name: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        let tar = TarInput(try CompressedInput(StreamInput(source, name: name), by: .zstd, limits: limits))
        (input, self.limits, self.tar, format) = (tar, limits, tar, .tarZstd)
        handle = try ArchiveHandle(tar, EntryPlace(archive: name)) { _ = archive_read_support_format_tar($0) }
    }

    /// The next file or folder; nil at the end. Contents that were not read are passed over.
    package func next() throws -> ArchiveEntry? {
        while let header = try handle.header() {
            if let entry = try entry(header) {
                current = entry
                return entry
            }
        }
        current = nil
        try tar?.finish(EntryPlace(archive: input.name), taken: Int(archive_filter_bytes(handle.pointer, 0)))
        return nil
    }

    /// Passes the contents of the last entry to `body` in blocks.
    package func read(_ body: File.Sink) throws {
        guard let entry = current, entry.kind == .file else { return }
        let place = EntryPlace(archive: input.name, entry: entry.path)
        var count = 0
        while let (bytes, at) = try handle.block(place) {
            guard at == count else { throw place.wrong("has holes") }
            count += bytes.count
            guard count <= entry.size else { throw place.wrong("is longer than the \(entry.size) bytes that the archive says") }
            try body(bytes)
        }
        guard count == entry.size else { throw place.wrong("ends after \(count) of \(entry.size) bytes") }
    }

    /// - Returns: nil for the folder that the archive was made of.
    private func entry(_ header: OpaquePointer) throws -> ArchiveEntry? {
        let typed = try name(header), place = EntryPlace(archive: input.name, entry: typed)
        let path = try EntryPath(typed, in: place, limits: limits), kind = try kind(header, place)
        if path.names.isEmpty, kind == .folder { return nil }
        guard !path.names.isEmpty, kind == .folder || !path.isFolder else { throw place.wrong("is a file with the name of a folder") }
        if let fault = names.add(path, isFolder: kind == .folder) { throw place.wrong(fault) }
        guard names.count <= limits.entries else {
            throw EntryPlace(archive: input.name).tooMuch("has more than \(limits.entries) files and folders")
        }
        return ArchiveEntry(path: path.text, kind: kind, size: try size(header, kind, place), modified: modified(header))
    }

    private func name(_ header: OpaquePointer) throws -> String {
        guard let start = archive_entry_pathname(header) else { return "" }
        let bytes = UnsafeRawBufferPointer(start: start, count: strlen(start))
        // Windows programs write backslashes between the names.
        if format == .zip { return String(ZipName.text(bytes).map { $0 == "\\" ? "/" : $0 }) }
        guard let name = String(validating: bytes, as: UTF8.self) else {
            throw EntryPlace(archive: input.name, entry: String(decoding: bytes, as: UTF8.self)).wrong("has a name that is not UTF-8")
        }
        return name
    }

    private func kind(_ header: OpaquePointer, _ place: EntryPlace) throws -> ArchiveEntry.Kind {
        guard archive_entry_hardlink(header) == nil else { throw place.wrong("is a link to another file") }
        guard archive_entry_sparse_count(header) == 0 else { throw place.wrong("has holes") }
        switch archive_entry_filetype(header) {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: throw place.wrong("is a symbolic link")
        case S_IFCHR, S_IFBLK: throw place.wrong("is a device")
        case S_IFIFO: throw place.wrong("is a pipe")
        case S_IFSOCK: throw place.wrong("is a socket")
        default: throw place.wrong("is neither a file nor a folder")
        }
    }

    private func size(_ header: OpaquePointer, _ kind: ArchiveEntry.Kind, _ place: EntryPlace) throws -> Int {
        let size = archive_entry_size(header)
        if kind == .folder {
            guard size == 0 else { throw place.wrong("is a folder with contents") }
            return 0
        }
        guard archive_entry_size_is_set(header) != 0, size >= 0 else { throw place.wrong("has no size") }
        guard size <= limits.file else { throw place.tooMuch("has \(size) bytes, more than \(limits.file)") }
        total += Int(size)
        let archive = EntryPlace(archive: input.name)
        guard total <= limits.total else { throw archive.tooMuch("holds files of more than \(limits.total) bytes") }
        guard format != .zip || total <= limits.unpacked(from: input.size) else {
            throw archive.tooMuch("unpacks to more than \(limits.ratio) times its \(input.size) bytes")
        }
        return Int(size)
    }

    private func modified(_ header: OpaquePointer) -> Moment? {
        let seconds = archive_entry_mtime(header), ms = archive_entry_mtime_nsec(header) / 1_000_000
        // The years 1 to 9999; a hostile archive names any number.
        guard archive_entry_mtime_is_set(header) != 0, (-62_135_596_800..<253_402_300_800).contains(seconds) else { return nil }
        return Moment(ms: seconds * 1000 + ms)
    }
}
