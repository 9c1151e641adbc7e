import Store
import Values

extension Shop {
    /// The last entry before the first one of a day or later; 0 where there is none.
    package func lastEntry(before day: Day) throws -> Int {
        let midnight = Moment(ms: day.number * 86_400_000), start = Moment(ms: midnight.ms - (try offset(at: midnight)) * 1000)
        let next = try data.one("SELECT min(id) FROM journal WHERE at >= \(start)") { try $0.get(0) as Int? } ?? nil
        return try next.map { $0 - 1 } ?? lastEntry(keeping: 0)
    }

    /// The last entry but so many; 0 where there is none.
    package func lastEntry(keeping count: Int) throws -> Int {
        max((try data.one("SELECT coalesce(max(id), 0) FROM journal") { $0.int(0) } ?? 0) - count, 0)
    }

    /// Drops the changes of all entries up to one, within the transaction that is open.
    /// - Throws: `refused` where the history does not hold: a checkpoint would make what is wrong the truth.
    package func dropChanges(through last: Int, _ deed: (Dropped) -> EntryDescription) throws -> Dropped {
        guard try verify(readsFiles: false).faults.isEmpty else {
            throw Failure(.refused, .changePruning, "the history does not hold: nothing was dropped", hint: "laseros log verify")
        }
        return try data.dropChanges(through: last, deed)
    }
}
