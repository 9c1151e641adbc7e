import Store
import Values

extension Shop {
    /// The number of the last entry before a day; 0 if there is none.
    package func lastEntry(before day: Day) throws -> Int {
        let next = try data.one("SELECT min(id) FROM journal WHERE at >= \(try start(of: day))") { try $0.get(0) as Int? } ?? nil
        return try next.map { $0 - 1 } ?? lastEntry(keeping: 0)
    }

    /// The number of the last entry to drop if `count` entries are kept; 0 if there is none.
    package func lastEntry(keeping count: Int) throws -> Int {
        max((try data.one("SELECT coalesce(max(id), 0) FROM journal") { $0.int(0) } ?? 0) - count, 0)
    }

    /// Drops the changes of all entries up to one, within the current transaction.
    /// - Throws: `refused` if the history is invalid, because a checkpoint would then accept wrong data as correct.
    package func dropChanges(through last: Int, _ deed: (Dropped) -> EntryDescription) throws -> Dropped {
        guard try verify(readsFiles: false).faults.isEmpty else {
            throw Failure(.refused, .changePruning, "the history does not hold: nothing was dropped", hint: "laseros log verify")
        }
        return try data.dropChanges(through: last, deed)
    }
}
