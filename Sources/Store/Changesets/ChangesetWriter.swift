import Values

/// Writes changes of rows as SQLite's session extension would have, for what no session sees: what tables look like behind a migration.
struct ChangesetWriter {
    private let sink: Sink
    private var bytes: [UInt8] = []
    /// The table that is written, and the one whose head was.
    private var table: (name: String, columns: Int)?
    private var hasHead = false

    init(to sink: Sink) { self.sink = sink }

    /// The changes that follow are of this table.
    mutating func begin(_ name: String, columns: Int) { (table, hasHead) = ((name, columns), false) }

    mutating func write(_ operation: ChangesetReader.Operation, old: [BorrowedCell] = [], new: [BorrowedCell] = []) throws {
        if !hasHead { writeHead() }
        bytes += [operation.rawValue, 0]
        for cell in old { write(cell) }
        for cell in new { write(cell) }
        if bytes.count >= 1 << 16 { try finish() }
    }

    /// Hands over what is left.
    mutating func finish() throws {
        try bytes.withUnsafeBytes { try sink.add($0) }
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func writeHead() {
        guard let table else { return }
        bytes.append(UInt8(ascii: "T"))
        write(table.columns)
        // The first column is the key.
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

    /// Seven bits a byte, the highest first; all but the last have their eighth set.
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
