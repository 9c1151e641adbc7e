import Values

/// A format of archives that is read and written.
package enum ArchiveFormat: String, Choice {
    case zip, tar
    case tarGzip = "tar.gz"
    case tarZstd = "tar.zst"

    /// The format by the ending of a file name: `.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.zst` or `.tzst`.
    package init?(ofName name: String) {
        switch File.ending(of: name) {
        case "zip": self = .zip
        case "tar": self = .tar
        case "tgz": self = .tarGzip
        case "tzst": self = .tarZstd
        case "gz" where File.ending(of: String(name.dropLast(3))) == "tar": self = .tarGzip
        case "zst" where File.ending(of: String(name.dropLast(4))) == "tar": self = .tarZstd
        default: return nil
        }
    }
}

/// The format of a file by its first bytes. Names say nothing about what a client has sent.
enum ArchiveSignature: Equatable {
    case zip, tar, gzip, zstd
    /// A known format that is not read.
    case other(String)
    case unknown

    /// How many bytes are needed: an ISO image has its mark behind 16 empty sectors.
    static let length = 1 << 16

    private static let others: [(name: String, at: Int, bytes: [UInt8])] = [
        ("rar", 0, Array("Rar!".utf8) + [0x1A, 0x07]), ("7z", 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), ("xar", 0, Array("xar!".utf8)),
        ("cpio", 0, Array("070701".utf8)), ("cpio", 0, Array("070702".utf8)), ("cpio", 0, Array("070707".utf8)),
        ("cpio", 0, [0xC7, 0x71]), ("cpio", 0, [0x71, 0xC7]), ("iso", 32_769, Array("CD001".utf8)),
        ("xz", 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]), ("bzip2", 0, Array("BZh".utf8)),
        ("lz4", 0, [0x04, 0x22, 0x4D, 0x18]), ("compress", 0, [0x1F, 0x9D]), ("cab", 0, Array("MSCF".utf8)), ("lha", 2, Array("-lh".utf8)),
        ("arj", 0, [0x60, 0xEA]), ("ar", 0, Array("!<arch>\n".utf8)), ("split zip", 0, [0x50, 0x4B, 0x07, 0x08]),
    ]

    init(_ head: UnsafeRawBufferPointer) {
        func has(_ bytes: [UInt8], at place: Int) -> Bool {
            head.count >= place + bytes.count && head[place..<place + bytes.count].elementsEqual(bytes)
        }
        if has([0x50, 0x4B, 0x03, 0x04], at: 0) || has([0x50, 0x4B, 0x05, 0x06], at: 0) {
            self = .zip
        } else if has([0x1F, 0x8B], at: 0) {
            self = .gzip
        } else if has([0x28, 0xB5, 0x2F, 0xFD], at: 0) {
            self = .zstd
        } else if ArchiveSignature.isTarHeader(head) {
            // A tar file begins with the name of a file, which may be the magic number of another format.
            self = .tar
        } else if let other = ArchiveSignature.others.first(where: { has($0.bytes, at: $0.at) }) {
            self = .other(other.name)
        } else {
            // A tar file without entries begins with its end.
            self = head.count >= 1024 && head.prefix(1024).allSatisfy { $0 == 0 } ? .tar : .unknown
        }
    }

    /// Whether the sum of the bytes is the one in the header, where the field for the sum counts as spaces.
    private static func isTarHeader(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count >= 512 else { return false }
        let field = 148..<156
        let digits = head[field].drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        guard !digits.isEmpty else { return false }
        let said = digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
        return (0..<512).reduce(0) { $0 + (field.contains($1) ? 0x20 : Int(head[$1])) } == said
    }
}
