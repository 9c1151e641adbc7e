import Values

/// Writes rows that could not be imported, in the columns and the dialect of their file, so that they can be mended and imported. The
/// reason is the first column, because a row may have more fields than the header.
package final class RejectedRows {
    /// The name of the column with the reason, which an import ignores.
    package static let reason = "reject_reason"

    package let name: String
    package private(set) var count = 0
    private let draft: File.Draft
    private let reader: RecordReader
    private var bytes: [UInt8] = []
    /// The column of an earlier reason, which the new one replaces.
    private let earlier: Int?

    private static let piece = 1 << 16

    /// - Parameter isMarked: whether the file is to begin with a byte order mark, so that a spreadsheet reads it as UTF-8.
    package init(_ path: String, named name: String, of reader: RecordReader, isMarked: Bool) throws {
        (self.name, self.reader) = (name, reader)
        File.sweep(beside: path)
        draft = try File.draft(of: path, as: .document)
        earlier = reader.columns.firstIndex(of: RejectedRows.reason)
        guard reader.dialect != .json else { return }
        if isMarked { bytes = [0xEF, 0xBB, 0xBF] }
        let columns = reader.columns.indices.filter { $0 != earlier }.map { reader.columns[$0] }
        for (i, column) in ([RejectedRows.reason] + columns).enumerated() {
            if i > 0 { bytes.append(reader.separator) }
            append(Array(column.utf8), isQuoted: false)
        }
        bytes.append(10)
    }

    /// Adds the reader's current row.
    package func add(_ faults: [Failure.Fault]) throws {
        count += 1
        let reasons = faults.map { ($0.column.map { "\($0): " } ?? "") + $0.message }.joined(separator: "; ")
        let reason = "line \(reader.line): \(reasons)"
        if reader.dialect == .json { addObject(reason) } else { addLine(reason) }
        bytes.append(10)
        if bytes.count >= RejectedRows.piece { try write() }
    }

    private func addLine(_ reason: String) {
        append(Array(reason.utf8), isQuoted: false)
        for i in 0..<reader.fieldCount where i != earlier {
            bytes.append(reader.separator)
            if reader.isNull(i) { bytes += "NULL".utf8 } else { append(Array(reader.bytes(i)), isQuoted: reader.isQuoted(i)) }
        }
    }

    private func append(_ text: [UInt8], isQuoted: Bool) {
        if reader.dialect == .tsv {
            // The bare word clears a field.
            if text.elementsEqual("NULL".utf8) { bytes.append(UInt8(ascii: "\\")) }
            return text.withUnsafeBufferPointer { TSVWriter.escaped($0, &bytes) }
        }
        let needsQuotes = isQuoted || text.contains { $0 == reader.separator || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
        guard needsQuotes else { return bytes += text }
        bytes.append(UInt8(ascii: "\""))
        for byte in text { bytes += byte == UInt8(ascii: "\"") ? [byte, byte] : [byte] }
        bytes.append(UInt8(ascii: "\""))
    }

    private func addObject(_ reason: String) {
        bytes += "{".utf8
        bytes.append(jsonText: RejectedRows.reason)
        bytes += ": ".utf8
        bytes.append(jsonText: reason)
        for i in reader.columns.indices where i != earlier && !reader.isAbsent(i) {
            bytes += ", ".utf8
            bytes.append(jsonText: reader.columns[i])
            bytes += ": ".utf8
            if reader.isNull(i) {
                bytes += "null".utf8
            } else if reader.isQuoted(i) {
                bytes.append(jsonText: reader.text(i))
            } else {
                bytes += reader.bytes(i)
            }
        }
        bytes += "}".utf8
    }

    private func write() throws {
        try bytes.withUnsafeBytes { try draft.write($0) }
        bytes.removeAll(keepingCapacity: true)
    }

    /// The complete file, which is not in its place yet.
    package func finish() throws -> File.Draft {
        try write()
        return draft
    }
}

extension RecordReader {
    /// The byte between two fields.
    fileprivate var separator: UInt8 { dialect == .csv ? delimiter : 9 }

    /// The number of fields of the row, which may be another than that of the header.
    fileprivate var fieldCount: Int {
        let count = min(found, columns.count + nameless + RecordReader.mostBeyond, RecordReader.mostColumns)
        // Fields without a column are empty in most files that have such.
        return (columns.count..<max(count, columns.count)).contains { !isEmpty($0) } ? count : min(count, columns.count)
    }

    /// Whether the field stands in quotes.
    fileprivate func isQuoted(_ i: Int) -> Bool { fields[i].kind == .quoted }
}
