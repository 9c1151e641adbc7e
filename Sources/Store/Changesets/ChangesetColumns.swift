import CSQLite
import Values

/// Rewrites a changeset for the current order of columns. SQLite applies a changeset by column index, and fills columns that the changeset
/// lacks with NULL.
final class ChangesetColumns {
    private struct Table {
        var flags: [UInt8]
        /// The old index of each column; nil if the column is newer than the changeset.
        var places: [Int?]
        /// The default value of each column.
        var initial: [Cell]
    }

    private let data: Database
    private let version: Int
    private var tables: [String: Table] = [:]

    /// - Parameter version: the schema version of the changeset.
    init(_ data: Database, from version: Int) { (self.data, self.version) = (data, version) }

    /// - Parameter sink: receives the rewritten changeset.
    func rewrite(_ changeset: Changeset, into sink: Sink) throws {
        var last = "", out: [UInt8] = []
        try changeset.eachRaw { iterator, name, _, operation, isIndirect in
            let name = String(cString: name), table = try table(name)
            if name != last {
                out.append(UInt8(ascii: "T"))
                append(length: table.places.count, to: &out)
                out += table.flags + Array(name.utf8) + [0]
                last = name
            }
            out += [UInt8(operation), isIndirect ? 1 : 0]
            // An inserted or deleted row has all columns, an updated row only those that changed.
            if operation != SQLITE_INSERT { append(sqlite3changeset_old, iterator, table, isWhole: operation == SQLITE_DELETE, to: &out) }
            if operation != SQLITE_DELETE { append(sqlite3changeset_new, iterator, table, isWhole: operation == SQLITE_INSERT, to: &out) }
            try out.withUnsafeBytes { try sink.add($0) }
            out.removeAll(keepingCapacity: true)
        }
        _ = try sink.finish()
    }

    private func table(_ name: String) throws -> Table {
        if let known = tables[name] { return known }
        let then = try data.columns(of: name, inVersion: version)
        var table = Table(flags: [], places: [], initial: []), defaults: [String?] = []
        try data.each("SELECT name, pk, dflt_value FROM pragma_table_info(\(name)) ORDER BY cid") { row in
            table.places.append(then.firstIndex(of: row.text(0)))
            table.flags.append(UInt8(clamping: row.int(1)))
            defaults.append(row.isNull(2) ? nil : row.text(2))
        }
        table.initial = try defaults.map { text in
            try text.flatMap { try data.one("SELECT \(SQL(stringLiteral: $0))") { $0.cell(0) } } ?? .null
        }
        tables[name] = table
        return table
    }

    private typealias Reading = (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Int32

    private func append(_ read: Reading, _ iterator: OpaquePointer?, _ table: Table, isWhole: Bool, to out: inout [UInt8]) {
        for (place, initial) in zip(table.places, table.initial) {
            guard let place else {
                if isWhole { append(initial, to: &out) } else { out.append(0) }
                continue
            }
            var value: OpaquePointer?
            guard read(iterator, Int32(place), &value) == SQLITE_OK, let value else {
                out.append(0)
                continue
            }
            if sqlite3_value_type(value) == SQLITE_BLOB {
                out.append(4)
                let count = Int(sqlite3_value_bytes(value))
                append(length: count, to: &out)
                out += UnsafeRawBufferPointer(start: sqlite3_value_blob(value), count: count)
            } else {
                append(Changeset.cell(value), to: &out)
            }
        }
    }

    /// Appends a value: the type code, then eight bytes, or the length and the bytes.
    private func append(_ cell: Cell, to out: inout [UInt8]) {
        switch cell {
        case .integer(let n): append(1, UInt64(bitPattern: Int64(n)), to: &out)
        case .real(let x): append(2, x.bitPattern, to: &out)
        case .text(let text):
            out.append(3)
            append(length: text.utf8.count, to: &out)
            out += text.utf8
        case .null: out.append(5)
        }
    }

    private func append(_ type: UInt8, _ word: UInt64, to out: inout [UInt8]) {
        out.append(type)
        withUnsafeBytes(of: word.bigEndian) { out += $0 }
    }

    /// Appends a variable-length integer: seven bits per byte, highest first; the top bit marks all bytes but the last.
    private func append(length: Int, to out: inout [UInt8]) {
        var bytes = [UInt8(length & 0x7F)], rest = length >> 7
        while rest > 0 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        out += bytes.reversed()
    }
}
