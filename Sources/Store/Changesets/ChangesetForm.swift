/// Whether bytes are a changeset from the first to the last. SQLite's own readers are given nothing else: those of 3.40 loop without end
/// where the name of a table does not end, and read past the end of a value that is said to be longer than what follows.
final class ChangesetForm: ChangesetSink {
    private lazy var reader = ChangesetReader(self)
    private var isBroken = false

    /// Whether what was taken ends where a changeset may; nothing at all is an empty one.
    var isWhole: Bool { !isBroken && (try? reader.finish()) != nil }

    func take(_ piece: UnsafeRawBufferPointer) {
        guard !isBroken else { return }
        do { try reader.read(piece) } catch { isBroken = true }
    }

    func begin(table: String, columns: Int) {}
    func take(_ operation: ChangesetReader.Operation, old: [BorrowedCell], new: [BorrowedCell]) {}
}
