import Store
import Values

/// How often each of some records of a table was changed, and when last, by the ranges of ids that journal entries have touched.
///
/// Entries are read once, whatever the number of records, and never their changes: of an entry that changed more than two records, but not
/// all between the first and the last, every record between them counts as changed. So a count may be too high, but it never falls, and only
/// a new entry raises it.
struct Revisions {
    private let ids: [Int]
    private var counts: [Int]
    private var last: [Moment?]

    /// - Parameter ids: in ascending order.
    init(_ shop: Shop, of table: String, _ ids: [Int]) throws {
        self.ids = ids
        last = ids.map { _ in nil }
        // The differences between the counts of neighbours, until they are added up.
        counts = [Int](repeating: 0, count: ids.count + 1)
        // For each record, the next one whose last change is not known yet.
        var open = Array(0...ids.count)
        func firstOpen(_ start: Int) -> Int {
            var i = start
            while open[i] != i {
                open[i] = open[open[i]]
                i = open[i]
            }
            return i
        }
        func touch(_ range: Range<Int>, _ at: Moment) {
            guard !range.isEmpty else { return }
            counts[range.lowerBound] += 1
            counts[range.upperBound] -= 1
            var i = firstOpen(range.lowerBound)
            while i < range.upperBound {
                (last[i], open[i]) = (at, i + 1)
                i = firstOpen(i)
            }
        }
        try shop.data.each(
            """
            SELECT lowest, highest, changes, journal.at FROM journal_table CROSS JOIN journal ON journal.id = journal_table.entry
            WHERE journal_table.name = \(table) ORDER BY journal_table.entry DESC
            """
        ) { row in
            let (lowest, highest, changes) = (row.int(0), row.int(1), row.int(2)), at: Moment = try row.get(3)
            guard changes == 2 else { return touch(Self.places(of: lowest, highest, in: ids), at) }
            for id in Set([lowest, highest]) { touch(Self.places(of: id, id, in: ids), at) }
        }
        for i in ids.indices.dropFirst() { counts[i] += counts[i - 1] }
    }

    /// The revisions of a record; the moment is nil if no entry tells it.
    subscript(id: Int) -> (count: Int, last: Moment?) {
        let place = Self.places(of: id, id, in: ids)
        return place.isEmpty ? (0, nil) : (counts[place.lowerBound], last[place.lowerBound])
    }

    /// The places of the ids from `lowest` to `highest`.
    private static func places(of lowest: Int, _ highest: Int, in ids: [Int]) -> Range<Int> {
        func place(_ isBefore: (Int) -> Bool) -> Int {
            var from = 0, to = ids.count
            while from < to {
                let middle = (from + to) / 2
                if isBefore(ids[middle]) { from = middle + 1 } else { to = middle }
            }
            return from
        }
        let start = place { $0 < lowest }
        return start..<max(start, place { $0 <= highest })
    }
}
