import Security

/// SHA-256 over all immutable fields of an entry. Each field is preceded by its length, so that different entries never hash the same
/// bytes.
struct EntryProof {
    private var bytes: [UInt8] = []

    mutating func add(_ field: UnsafeBufferPointer<UInt8>) {
        bytes += "\(field.count):".utf8
        bytes.append(contentsOf: field)
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func add(_ field: String) {
        var field = field
        field.withUTF8 { add($0) }
    }

    func finish() -> String { bytes.withUnsafeBytes { Digest.of($0) } }

    /// The indexes of these fields in a row of `Entry.columns`: all but `hash` and `undone_by`.
    private static let fields = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]

    /// - Parameter row: a row of `Entry.columns`. Its texts are hashed as stored, whether valid or not.
    static func of(_ row: Row) -> String {
        var proof = EntryProof()
        proof.bytes.reserveCapacity(512)
        for i in fields { proof.add(row.bytes(i)) }
        return proof.finish()
    }
}
