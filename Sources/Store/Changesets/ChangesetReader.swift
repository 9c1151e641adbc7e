import Glibc

/// Receives the contents of a changeset in order.
protocol ChangesetSink: AnyObject {
    /// Announces the table of the changes that follow.
    func begin(table: String, columns: Int) throws
    /// Receives the cells of the old row, of the new row, or of both. They are valid only during the call.
    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) throws
}

/// Parses a changeset that arrives in pieces, in SQLite's format (sqlite3session.c, "CHANGESET BLOB FORMAT"). For each table there is `T`,
/// the number of columns, one byte per column, the name and a zero byte, then its changes: an operation, a flag, and the cells of the old
/// row, the new row or both. SQLite's own reader allocates memory for each cell, and is not safe for bytes from an untrusted file.
final class ChangesetReader {
    /// The raw values are SQLITE_DELETE, SQLITE_INSERT and SQLITE_UPDATE.
    enum Operation: UInt8 { case delete = 9, insert = 18, update = 23 }

    /// The bytes are not a changeset.
    struct Damage: Error {}

    private unowned let sink: any ChangesetSink
    private var columns = 0
    private var old: [BorrowedCell] = [], new: [BorrowedCell] = []
    /// The start of a change that continues in the next piece.
    private var rest: [UInt8] = []

    private static let mostColumns = 2000
    private static let longestName = 1000
    /// Room for two rows, each of which SQLite limits to 64 MiB.
    private static let longestChange = 130 << 20

    init(_ sink: any ChangesetSink) { self.sink = sink }

    /// Starts another changeset.
    func reset() {
        columns = 0
        rest.removeAll(keepingCapacity: true)
    }

    func read(_ piece: UnsafeRawBufferPointer) throws {
        if rest.isEmpty {
            let used = try items(piece)
            rest.append(contentsOf: piece[used...])
        } else {
            rest.append(contentsOf: piece)
            let used = try rest.withUnsafeBytes { try items($0) }
            rest.removeFirst(used)
        }
        guard rest.count <= Self.longestChange else { throw Damage() }
    }

    /// - Throws: `Damage` if the changeset ends within a change.
    func finish() throws {
        guard rest.isEmpty else { throw Damage() }
    }

    /// - Returns: the number of bytes that formed whole table headers and changes.
    private func items(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        var at = 0
        while at < bytes.count, let next = try item(bytes, at) { at = next }
        return at
    }

    /// - Returns: the position after a table header or a change; nil if it continues in the next piece.
    private func item(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws -> Int? {
        guard bytes[start] != UInt8(ascii: "T") else { return try head(bytes, start + 1) }
        guard columns > 0, let operation = Operation(rawValue: bytes[start]) else { throw Damage() }
        // The byte after the operation is the indirect flag: a trigger made the change.
        var at = start + 2
        if operation != .insert {
            guard let next = try cells(bytes, at, &old, operation) else { return nil }
            at = next
        }
        if operation != .delete {
            guard let next = try cells(bytes, at, &new, operation) else { return nil }
            at = next
        }
        try sink.take(operation, old: old, new: new)
        return at
    }

    private func head(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws -> Int? {
        guard let (count, keys) = try number(bytes, start) else { return nil }
        guard (1...Self.mostColumns).contains(count) else { throw Damage() }
        let name = keys + count
        guard name < bytes.count else { return nil }
        guard let end = bytes[name...].prefix(Self.longestName).firstIndex(of: 0) else {
            if bytes.count - name >= Self.longestName { throw Damage() }
            return nil
        }
        columns = count
        old = [BorrowedCell](repeating: BorrowedCell(), count: count)
        new = old
        try sink.begin(table: String(decoding: bytes[name..<end], as: UTF8.self), columns: count)
        return end + 1
    }

    private func cells(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ cells: inout [BorrowedCell], _ operation: Operation) throws -> Int?
    {
        var at = start
        for i in 0..<columns {
            guard at < bytes.count else { return nil }
            guard let kind = BorrowedCell.Kind(rawValue: bytes[at]) else { throw Damage() }
            at += 1
            switch kind {
            case .absent where operation != .update: throw Damage()
            case .absent, .null: cells[i] = BorrowedCell(kind: kind)
            case .integer, .real:
                guard at + 8 <= bytes.count else { return nil }
                let bits = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                cells[i] = BorrowedCell(kind: kind, bits: bits)
                at += 8
            case .text, .blob:
                guard let (count, first) = try number(bytes, at) else { return nil }
                guard first + count <= bytes.count else { return nil }
                cells[i] = BorrowedCell(kind: kind, bytes: UnsafeRawBufferPointer(rebasing: bytes[first..<(first + count)]))
                at = first + count
            }
        }
        return at
    }

    /// Reads one of SQLite's variable-length integers, seven bits per byte.
    private func number(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws -> (value: Int, next: Int)? {
        var value = 0, at = start
        while at < bytes.count {
            value = value << 7 | Int(bytes[at] & 127)
            guard value <= Int(Int32.max) else { throw Damage() }
            at += 1
            if bytes[at - 1] & 128 == 0 { return (value, at) }
        }
        return nil
    }
}
