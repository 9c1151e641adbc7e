import CSQLite
import Glibc

/// One cell of a row or a changeset. The bytes of a text or a blob belong to SQLite and are valid only while it is at that row or change.
struct BorrowedCell {
    /// The raw values are SQLite's type codes, which changesets use too.
    enum Kind: UInt8 {
        /// In an update: the cell does not change.
        case absent = 0
        case integer, real, text, blob, null
    }

    var kind = Kind.absent
    /// The integer, or the bit pattern of a real.
    var bits: UInt64 = 0
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)

    static var null: BorrowedCell { BorrowedCell(kind: .null) }

    static func integer(_ value: Int) -> BorrowedCell { BorrowedCell(kind: .integer, bits: UInt64(bitPattern: Int64(value))) }

    var id: Int64 { Int64(bitPattern: bits) }

    /// Compares reals by their bits.
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
            // SQLite returns a UTF-8 text unchanged when it is read as a blob.
            let start = sqlite3_column_blob(row.statement, place)
            bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row.statement, place)))
        case .absent, .null: break
        }
    }

    /// A copy that outlives the row.
    var owned: OwnedCell { OwnedCell(kind: kind, bits: bits, bytes: Array(bytes)) }
}

/// A cell that owns its bytes.
struct OwnedCell: Equatable {
    var kind: BorrowedCell.Kind
    var bits: UInt64
    var bytes: [UInt8]

    /// Converts to a `Cell`. The program stores no blobs.
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
