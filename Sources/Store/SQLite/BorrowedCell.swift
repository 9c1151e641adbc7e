import CSQLite
import Glibc

/// A cell as a row or a changeset holds it. The bytes of a text or a blob are lent for as long as that row or change is looked at.
struct BorrowedCell {
    /// By the codes that SQLite has for them, in its changesets as well.
    enum Kind: UInt8 {
        /// An update that leaves the cell as it is.
        case absent = 0
        case integer, real, text, blob, null
    }

    var kind = Kind.absent
    /// An integer, or the bits of a real.
    var bits: UInt64 = 0
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)

    static var null: BorrowedCell { BorrowedCell(kind: .null) }

    static func integer(_ value: Int) -> BorrowedCell { BorrowedCell(kind: .integer, bits: UInt64(bitPattern: Int64(value))) }

    var id: Int64 { Int64(bitPattern: bits) }

    /// Whether both are the same to the bit.
    static func == (a: BorrowedCell, b: BorrowedCell) -> Bool {
        guard a.kind == b.kind, a.bits == b.bits, a.bytes.count == b.bytes.count else { return false }
        guard let start = a.bytes.baseAddress, let other = b.bytes.baseAddress else { return true }
        return memcmp(start, other, a.bytes.count) == 0
    }
}

extension BorrowedCell {
    init(_ row: Row, _ i: Int) {
        let place = Int32(i)
        kind = Kind(rawValue: UInt8(truncatingIfNeeded: sqlite3_column_type(row.statement, place))) ?? .null
        switch kind {
        case .integer: bits = UInt64(bitPattern: sqlite3_column_int64(row.statement, place))
        case .real: bits = sqlite3_column_double(row.statement, place).bitPattern
        case .text, .blob:
            // A text is UTF-8 as it is; asked for as a blob it is not converted.
            let start = sqlite3_column_blob(row.statement, place)
            bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row.statement, place)))
        case .absent, .null: break
        }
    }

    /// The same, to be kept.
    var owned: OwnedCell { OwnedCell(kind: kind, bits: bits, bytes: Array(bytes)) }
}

/// A cell with its bytes.
struct OwnedCell: Equatable {
    var kind: BorrowedCell.Kind
    var bits: UInt64
    var bytes: [UInt8]

    /// As the program knows it; it keeps no blobs.
    var cell: Cell {
        switch kind {
        case .integer: .integer(Int(Int64(bitPattern: bits)))
        case .real: .real(Double(bitPattern: bits))
        case .text: .text(String(decoding: bytes, as: UTF8.self))
        case .blob: .text("a blob of \(bytes.count) bytes")
        case .absent, .null: .null
        }
    }
}
