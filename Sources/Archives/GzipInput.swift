import CArchive
import Glibc
import Values

/// The unpacked bytes of a gzip file. libarchive does not compare them with the checksum and the length at its end.
final class GzipInput: ArchiveInput {
    private let file: FileInput
    private let handle: ArchiveHandle
    private let place: EntryPlace
    private let limits: ArchiveLimits
    private var checksum: uLong = 0
    private var count = 0
    private var isAtEnd = false
    /// The first block, until it is asked for.
    private var first: UnsafeRawBufferPointer?

    init(_ file: FileInput, limits: ArchiveLimits) throws {
        let place = EntryPlace(archive: file.name)
        let handle = try ArchiveHandle(file, place) { archive in
            archive_read_support_filter_gzip(archive)
            archive_read_support_format_raw(archive)
        }
        guard try handle.header() != nil else { throw place.wrong("is empty") }
        // The first filter is gzip, the last one is none.
        guard archive_filter_count(handle.pointer) == 2 else { throw place.wrong("is compressed more than once") }
        (self.file, self.limits, self.place, self.handle) = (file, limits, place, handle)
        super.init()
        let head = try next()
        guard ArchiveSignature(head) == .tar else { throw place.wrong("is a gzip file, but there is no tar file in it") }
        first = head
    }

    override func next() throws -> UnsafeRawBufferPointer {
        if let first {
            self.first = nil
            return first
        }
        while !isAtEnd {
            guard let (bytes, _) = try handle.block(place) else {
                isAtEnd = true
                try demandWhole()
                break
            }
            guard !bytes.isEmpty else { continue }
            checksum = crc32(checksum, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(bytes.count))
            count += bytes.count
            guard count <= limits.unpacked(from: file.size) else {
                throw place.tooMuch("unpacks to more than \(limits.ratio) times its \(file.size) bytes")
            }
            return bytes
        }
        return UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private func demandWhole() throws {
        let end = try file.bytes(at: max(file.size - 8, 0), count: 8)
        func number(_ start: Int) -> UInt { (0..<4).reduce(0) { $0 | UInt(end[start + $1]) << (8 * $1) } }
        guard end.count == 8, number(0) == checksum, number(4) == UInt(count) & 0xFFFF_FFFF else {
            let hint = "or it is several gzip files in one, which are not read"
            throw place.wrong("is damaged: the checksum at its end is another", hint: hint)
        }
    }
}

/// The bytes of a tar file. At a missing end libarchive stops as at the right one.
final class TarInput: ArchiveInput {
    private let source: ArchiveInput
    private var count = 0, zeros = 0

    init(_ source: ArchiveInput) { self.source = source }

    override func next() throws -> UnsafeRawBufferPointer {
        let bytes = try source.next()
        var start = bytes.count
        while start > 0, bytes[start - 1] == 0 { start -= 1 }
        zeros = start == 0 ? zeros + bytes.count : bytes.count - start
        count += bytes.count
        return bytes
    }

    /// Reads to the end.
    /// - Throws: `input` if there are not the two empty blocks that end a tar file.
    func finish(_ place: EntryPlace) throws {
        while try !next().isEmpty {}
        // The last file is filled up with zeros to whole blocks of 512 bytes.
        let end = (count - zeros + 511) / 512 * 512
        guard count - end >= 1024 else { throw place.wrong("is cut short: the end of the tar file is missing") }
    }
}
