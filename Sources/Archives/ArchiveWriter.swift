import CArchive
import Glibc
import Values

/// Writes an archive. The bytes depend only on the entries and the zone, not on the machine or the user.
package final class ArchiveWriter {
    private let archive: OpaquePointer
    private let output: ArchiveOutput
    private let place: EntryPlace
    private let zone: Zone
    private var names = EntryNames()
    private var isFinished = false

    /// Writes what `fill` adds.
    /// - Parameters:
    ///   - name: the name of the archive in messages.
    ///   - zone: the zone of the local times that zip files have besides those in UTC.
    package static func write(
        _ format: ArchiveFormat, named name: String, zone: Zone = .utc, to sink: File.Sink, _ fill: (ArchiveWriter) throws -> Void
    ) throws {
        let old = uselocale(ArchiveHandle.utf8)
        defer { uselocale(old) }
        try withoutActuallyEscaping(sink) { sink in
            let writer = try ArchiveWriter(format, name, zone, ArchiveOutput(sink))
            try fill(writer)
            try writer.finish()
        }
    }

    private init(_ format: ArchiveFormat, _ name: String, _ zone: Zone, _ output: ArchiveOutput) throws {
        guard let archive = archive_write_new() else { throw Failure(.defect, .archive, "libarchive cannot start a writer") }
        (self.archive, self.output, self.zone, place) = (archive, output, zone, EntryPlace(archive: name))
        switch format {
        case .zip:
            try check(archive_write_set_format_zip(archive))
            // Each record is then passed on alone, where `ZipTimes` finds it.
            try check(archive_write_set_bytes_per_block(archive, 0))
            output.times = ZipTimes()
        case .tar, .tarGzip, .tarZstd:
            try check(archive_write_set_format_pax_restricted(archive))
            try check(archive_write_set_bytes_per_block(archive, 1 << 16))
            try check(archive_write_set_bytes_in_last_block(archive, 1))
        }
        if format == .tarGzip {
            try check(archive_write_add_filter_gzip(archive))
            try check(archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
        }
        if format == .tarZstd { try check(archive_write_add_filter_zstd(archive)) }
        let code = archive_write_open(
            archive, Unmanaged.passUnretained(output).toOpaque(), nil,
            { _, client, bytes, count in
                let output = Unmanaged<ArchiveOutput>.fromOpaque(client!).takeUnretainedValue()
                return output.take(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
            }, nil)
        try check(code)
    }

    deinit {
        // Otherwise libarchive would write the end of an archive that failed.
        if !isFinished { archive_write_fail(archive) }
        archive_write_free(archive)
    }

    /// Adds a file with the bytes that `contents` writes.
    /// - Parameters:
    ///   - modified: written in whole seconds.
    ///   - mode: the permissions that other programs unpack it with.
    package func add(_ path: String, size: Int, modified: Moment, mode: UInt32 = 0o644, _ contents: (File.Sink) throws -> Void) throws {
        let place = EntryPlace(archive: self.place.archive, entry: path)
        let checked = try EntryPath(path, in: place, limits: ArchiveLimits())
        guard checked.text == path else { throw place.wrong("is no path for a file") }
        if let fault = names.add(checked, isFolder: false) { throw place.wrong(fault) }
        guard let entry = archive_entry_new() else { throw Failure(.defect, .archive, "libarchive cannot make an entry") }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, path)
        archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG as mode_t))
        archive_entry_set_perm(entry, mode)
        archive_entry_set_size(entry, Int64(size))
        let seconds = (modified.ms - (modified.ms % 1000 + 1000) % 1000) / 1000
        archive_entry_set_mtime(entry, seconds, 0)
        output.times?.add(Moment(ms: seconds * 1000), zone)
        try check(archive_write_header(archive, entry))
        var left = size
        try contents { bytes in
            left -= bytes.count
            guard left >= 0 else { throw place.wrong("has more bytes than were announced") }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = archive_write_data(archive, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard count > 0 else { throw failure() }
                rest = rest.dropFirst(count)
            }
        }
        guard left == 0 else { throw place.wrong("has fewer bytes than were announced") }
        try check(archive_write_finish_entry(archive))
    }

    private func finish() throws {
        output.times?.isInDirectory = true
        try check(archive_write_close(archive))
        isFinished = true
    }

    private func check(_ code: Int32) throws { if code != ARCHIVE_OK { throw failure() } }

    private func failure() -> any Error {
        if let failure = output.failure { return failure }
        return Failure(.outside, .archive, "cannot write \(place.archive): \(ArchiveHandle.reason(archive))")
    }
}

/// Where an archive is written to.
private final class ArchiveOutput {
    private let sink: File.Sink
    private(set) var failure: (any Error)?
    /// Nil for a tar file.
    var times: ZipTimes?

    init(_ sink: @escaping File.Sink) { self.sink = sink }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        do {
            if times == nil { try sink(bytes) } else { try times?.setting(in: bytes, sink) }
            return true
        } catch {
            failure = error
            return false
        }
    }
}
