import Store
import Values

/// What differs between two databases of the same version.
package struct BackupDifference {
    /// What changed from the first to the second, field by field, as in `log show`.
    package var changes: Listing
    package var isEmpty: Bool
    /// How the two histories belong together.
    package var history: String
}

extension Shop {
    /// Compares this database, a copy that may be written to, with an older one.
    /// - Parameters:
    ///   - name: the name of the older one in messages.
    ///   - body: receives the difference, which is valid only during the call.
    package func comparing(with old: Shop, named name: String, _ body: (BackupDifference) throws -> Void) throws {
        try allowWriting()
        let session = try Session(data, since: old.data.path)
        // A large changeset is kept in tables of the copy.
        try data.recompute(keeping: false) {
            let changeset = try session.isEmpty ? nil : Changeset(data, seenBy: session)
            let isEmpty = changeset == nil || changeset?.size == 0
            let changes = changeset.map { History(self).changes(in: $0) } ?? Listing(History.headings, [])
            try body(BackupDifference(changes: changes, isEmpty: isEmpty, history: try history(since: old, named: name)))
        }
    }

    private func history(since old: Shop, named name: String) throws -> String {
        guard let last = try old.data.lastEntry() else { return "\(name) has no history" }
        guard let now = try data.lastEntry(), now.id >= last.id, try data.entry(last.id)?.hash == last.hash else {
            return "\(name) ends with entry \(last.id), which is not in the history of the other"
        }
        return "\(name) ends with entry \(last.id); \(counted(now.id - last.id, "entry", "entries")) came since"
    }
}
