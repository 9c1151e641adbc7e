import Security

/// SHA-256 over every field of an entry that never changes, each with its length before it so that no two entries read the same.
struct EntryProof {
    /// The hash of the entry before.
    var previous = ""
    private var bytes: [UInt8] = []
    /// The places of the fields in a row of `Entry.columns`: all but `hash` and `undone_by`.
    private static let fields = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]

    /// - Parameter row: as `Entry.columns` has it; the texts as they stand there, whatever they are.
    mutating func of(_ row: Row) -> String {
        bytes.removeAll(keepingCapacity: true)
        for i in EntryProof.fields {
            let text = row.lent(i).bytes
            bytes += "\(text.count):".utf8
            bytes.append(contentsOf: text)
            bytes.append(10)
        }
        return bytes.withUnsafeBytes { Digest.of($0) }
    }
}
