/// Whether bytes are a changeset from the first to the last. SQLite's own readers are given nothing else: those of 3.40 loop without end
/// where the name of a table does not end, and read past the end of a value that is said to be longer than what follows.
///
/// Tables follow each other: `T`, the number of columns, a byte for each that tells keys, the name and a zero; then their changes: an
/// operation, a flag, and the values of the old row, of the new one, or of both, each with its type before it (sqlite3session.c).
struct ChangesetForm {
    private enum Part { case table, columns, keys, name, operation, flag, type, length, value }

    private var part = Part.table
    private var columns = 0
    /// A number that is being read.
    private var number = 0
    /// Bytes of the keys, of the name or of the value that are to come.
    private var bytes = 0
    /// Values of the change that are to come.
    private var values = 0
    private var isUpdate = false
    /// Bytes that are to come in all.
    private var rest: Int
    private var isBroken = false

    private static let mostColumns = 2000
    private static let longestName = 1000

    /// - Parameter size: of the whole changeset.
    init(size: Int) { rest = size }

    /// Whether what was taken ends where a changeset may; nothing at all is an empty one.
    var isWhole: Bool { !isBroken && rest == 0 && (part == .operation || part == .table && columns == 0) }

    mutating func take(_ piece: UnsafeRawBufferPointer) {
        var at = 0
        while at < piece.count, !isBroken {
            if part == .value {
                let skipped = min(bytes, piece.count - at)
                (at, bytes, rest) = (at + skipped, bytes - skipped, rest - skipped)
                if bytes == 0 { endValue() }
            } else {
                rest -= 1
                take(piece[at])
                at += 1
            }
        }
    }

    private mutating func take(_ byte: UInt8) {
        switch part {
        case .table: beginTable(byte)
        case .columns:
            guard add(byte) else { return }
            (columns, bytes, part) = (number, number, .keys)
            isBroken = !(1...Self.mostColumns).contains(number)
        case .keys:
            bytes -= 1
            if bytes == 0 { (bytes, part) = (Self.longestName, .name) }
        case .name:
            bytes -= 1
            if byte == 0 { part = .operation } else { isBroken = bytes == 0 }
        case .operation: beginChange(byte)
        case .flag: part = .type
        case .type: beginValue(byte)
        case .length: if add(byte) { skip(number) }
        case .value: break
        }
    }

    private mutating func beginTable(_ byte: UInt8) {
        isBroken = byte != UInt8(ascii: "T")
        (number, part) = (0, .columns)
    }

    /// SQLITE_INSERT, SQLITE_UPDATE and SQLITE_DELETE are 18, 23 and 9.
    private mutating func beginChange(_ byte: UInt8) {
        guard [18, 23, 9].contains(byte) else { return beginTable(byte) }
        isUpdate = byte == 23
        (values, part) = (isUpdate ? 2 * columns : columns, .flag)
    }

    /// 0 is what an update leaves as it is, 1 a whole number, 2 a real one, 3 a text, 4 a blob, 5 NULL.
    private mutating func beginValue(_ type: UInt8) {
        switch type {
        case 0 where isUpdate, 5: endValue()
        case 1, 2: skip(8)
        case 3, 4: (number, part) = (0, .length)
        default: isBroken = true
        }
    }

    private mutating func skip(_ count: Int) {
        (bytes, part) = (count, .value)
        isBroken = count > rest
        if count == 0 { endValue() }
    }

    private mutating func endValue() {
        values -= 1
        part = values > 0 ? .type : .operation
    }

    /// Takes seven bits of a number.
    /// - Returns: whether they were its last.
    private mutating func add(_ byte: UInt8) -> Bool {
        number = number << 7 | Int(byte & 127)
        isBroken = number > Int(Int32.max)
        return byte & 128 == 0
    }
}
