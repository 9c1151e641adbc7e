/// Checks that bytes have the format of a changeset. SQLite's own readers get only bytes that passed this check: in version 3.40 they loop
/// forever on a table name without an end, and read out of bounds if a value's length exceeds the rest of the bytes.
final class ChangesetForm: ChangesetSink {
    private lazy var reader = ChangesetReader(self)
    private var isBroken = false

    /// Whether the bytes so far end at a boundary between changes. Empty input counts as a changeset.
    var isWhole: Bool { !isBroken && (try? reader.finish()) != nil }

    func take(_ piece: UnsafeRawBufferPointer) {
        guard !isBroken else { return }
        do { try reader.read(piece) } catch { isBroken = true }
    }

    func begin(table: String, columns: Int) {}
    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) {}
}
