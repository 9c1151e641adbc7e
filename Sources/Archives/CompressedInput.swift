import CArchive
import Glibc
import Values

/// The unpacked bytes of a file that gzip or zstd has compressed. libarchive does not compare those of gzip with the checksum and the length
/// at its end.
final class CompressedInput: ArchiveInput {
    enum Filter { case gzip, zstd }

    private let packed: ArchiveInput
    private let filter: Filter
    private let handle: ArchiveHandle
    private let place: EntryPlace
    private let limits: ArchiveLimits
    private var checksum: uLong = 0
    private var count = 0
    private var isAtEnd = false
    /// The first block, until it is asked for.
    private var first: UnsafeRawBufferPointer?

    init(_ packed: ArchiveInput, by filter: Filter, limits: ArchiveLimits) throws {
        let place = EntryPlace(archive: packed.name)
        let handle = try ArchiveHandle(packed, place) { archive in
            _ = filter == .gzip ? archive_read_support_filter_gzip(archive) : archive_read_support_filter_zstd(archive)
            archive_read_support_format_raw(archive)
        }
        guard try handle.header() != nil else { throw place.wrong("is empty") }
        // The first filter is the wanted one, the last one is none.
        guard archive_filter_count(handle.pointer) == 2 else { throw place.wrong("is compressed more than once, or not by \(filter)") }
        (self.packed, self.filter, self.limits, self.place, self.handle) = (packed, filter, limits, place, handle)
        super.init(name: packed.name)
        let head = try next()
        guard ArchiveSignature(head) == .tar else { throw place.wrong("is a \(filter) file, but there is no tar file in it") }
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
                if filter == .gzip { try demandWhole() }
                break
            }
            guard !bytes.isEmpty else { continue }
            if filter == .gzip { checksum = crc32(checksum, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(bytes.count)) }
            count += bytes.count
            guard count <= limits.unpacked(from: packed.size) else {
                throw place.tooMuch("unpacks to more than \(limits.ratio) times its \(packed.size) bytes")
            }
            return bytes
        }
        return UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private func demandWhole() throws {
        guard let file = packed as? FileInput else { return }
        let end = try file.bytes(at: max(file.size - 8, 0), count: 8)
        func number(_ start: Int) -> UInt { (0..<4).reduce(0) { $0 | UInt(end[start + $1]) << (8 * $1) } }
        guard end.count == 8, number(0) == checksum, number(4) == UInt(count) & 0xFFFF_FFFF else {
            let hint = "or it is several gzip files in one, which are not read"
            throw place.wrong("is damaged: the checksum at its end is another", hint: hint)
        }
    }
}
