import Values

/// Writes changes of rows in the format of SQLite's session extension. A migration needs it, because no session can record changes of a
/// table whose columns change.
struct ChangesetWriter {
    private let sink: Sink
    private var bytes: [UInt8] = []
    /// The current table, and whether its header has been written.
    private var table: (name: String, columns: Int)?
    private var hasHead = false

    init(to sink: Sink) { self.sink = sink }

    /// Sets the table of the changes that follow.
    mutating func begin(_ name: String, columns: Int) { (table, hasHead) = ((name, columns), false) }

    mutating func write(_ operation: ChangesetReader.Operation, old: [BorrowedCell] = [], new: [BorrowedCell] = []) throws {
        if !hasHead { writeHead() }
        bytes += [operation.rawValue, 0]
        for cell in old { write(cell) }
        for cell in new { write(cell) }
        if bytes.count >= 1 << 16 { try finish() }
    }

    /// Passes the remaining bytes to the sink.
    mutating func finish() throws {
        try bytes.withUnsafeBytes { try sink.add($0) }
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func writeHead() {
        guard let table else { return }
        bytes.append(UInt8(ascii: "T"))
        write(table.columns)
        // The first column is the primary key.
        bytes.append(1)
        bytes.append(contentsOf: repeatElement(0, count: table.columns - 1))
        bytes += table.name.utf8
        bytes.append(0)
        hasHead = true
    }

    private mutating func write(_ cell: BorrowedCell) {
        bytes.append(cell.kind.rawValue)
        switch cell.kind {
        case .integer, .real: withUnsafeBytes(of: cell.bits.bigEndian) { bytes.append(contentsOf: $0) }
        case .text, .blob:
            write(cell.bytes.count)
            bytes.append(contentsOf: cell.bytes)
        case .absent, .null: break
        }
    }

    /// Writes a variable-length integer: seven bits per byte, highest first; the top bit marks all bytes but the last.
    private mutating func write(_ number: Int) {
        var shift = 28
        while shift > 0, number >> shift == 0 { shift -= 7 }
        while shift > 0 {
            bytes.append(UInt8(number >> shift & 127 | 128))
            shift -= 7
        }
        bytes.append(UInt8(number & 127))
    }
}
