import Store
import Values

/// Finds the entries that changed a record or its child rows.
///
/// For each entry and table the lowest and the highest id of the touched rows are stored, and both were touched. If the range is not
/// conclusive, the changeset is read: ids between may belong to others, and only the changesets know the parents of deleted rows.
struct RecordEntries {
    /// A table with rows of the record: its own table, or that of a child, parents first.
    private struct Level {
        let table: String
        /// The foreign key to the parent table, and its index.
        let parent: (column: String, place: Int, above: String)?
    }

    private let shop: Shop
    private let levels: [Level]
    /// The ids, by table, of the record and of all rows that belong or once belonged to it.
    private var own: [String: Set<Int>]
    /// The numbers of the entries that may have touched it.
    let numbers: [Int]
    /// The entries that certainly have.
    private let sure: Set<Int>

    /// A range with more ids is not searched for deleted rows.
    private static let widest = 1000

    init(_ shop: Shop, of thing: (noun: Noun, id: Int)) throws {
        self.shop = shop
        levels =
            try [Level(table: thing.noun.name, parent: nil)]
            + thing.noun.paths.map { path in
                let child = path.child, place = try shop.columns(of: child.table).firstIndex(of: child.parent) ?? 0
                return Level(table: child.table, parent: (child.parent, place, path.above))
            }
        own = [thing.noun.name: [thing.id]]
        var found: [Int: Bool] = [:]
        try shop.data.each(
            """
            SELECT entry, \(thing.id) IN (lowest, highest) FROM journal_table
            WHERE name = \(thing.noun.name) AND \(thing.id) BETWEEN lowest AND highest
            """
        ) { found[$0.int(0)] = $0.int(1) != 0 }
        for level in levels {
            guard let parent = level.parent else { continue }
            let owners = SQL.ids(own[parent.above] ?? []), table = level.table
            let ids = try shop.data.all("SELECT id FROM \(name: table) WHERE \(name: parent.column) IN (\(owners))") { $0.int(0) }
            let known = Set(ids), sorted = known.sorted()
            own[table] = known
            try shop.data.each(
                """
                SELECT entry, lowest, highest, highest - lowest >= \(Self.widest) OR highest - lowest >=
                    (SELECT count(*) FROM \(name: table) WHERE id BETWEEN lowest AND highest)
                FROM journal_table WHERE name = \(table)
                """
            ) { row in
                let lowest = row.int(1), highest = row.int(2), isSure = known.contains(lowest) || known.contains(highest)
                guard isSure || row.int(3) != 0 || Self.holds(sorted, between: lowest, highest) else { return }
                found[row.int(0)] = isSure || found[row.int(0)] == true
            }
        }
        numbers = Array(found.keys)
        sure = Set(numbers.filter { found[$0] == true })
    }

    /// Whether one of the ids is in the range.
    private static func holds(_ sorted: [Int], between lowest: Int, _ highest: Int) -> Bool {
        var from = 0, to = sorted.count
        while from < to {
            let middle = (from + to) / 2
            if sorted[middle] < lowest { from = middle + 1 } else { to = middle }
        }
        return from < sorted.count && sorted[from] <= highest
    }

    /// Whether an entry touched the record. Entries have to be passed newest first, because the deletion of a row is the last change of it.
    mutating func hasTouched(_ number: Int) throws -> Bool {
        if sure.contains(number) { return true }
        guard let entry = try shop.data.entry(number), try shop.data.checkpoint(dropping: entry) == nil else { return false }
        let changeset = try Changeset(shop.data, provedOf: entry)
        var isTouched = false
        try eachOwn(changeset) { _ in isTouched = true }
        return isTouched
    }

    /// Calls back for each change of the record and of its child rows, parents first.
    mutating func eachOwn(_ changeset: Changeset, _ body: (Change) throws -> Void) throws {
        for level in levels {
            try changeset.each { change in
                guard change.table == level.table else { return }
                if let parent = level.parent, parent.place < change.before.count,
                    case .integer(let owner)? = change.before[parent.place] ?? change.after[parent.place],
                    own[parent.above]?.contains(owner) == true
                {
                    own[level.table, default: []].insert(change.id)
                }
                if own[level.table]?.contains(change.id) == true { try body(change) }
            }
        }
    }
}
