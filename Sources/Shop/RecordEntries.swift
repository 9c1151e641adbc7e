import Store
import Values

/// The entries that have changed a thing, or a row that belongs to it, the newest first.
///
/// Which rows of which table an entry touched is noted by their lowest and highest id, both of which it did touch. Where that does not tell,
/// its changes do: where rows of others lie between, and where rows are gone, of which only the changes know whose they were.
struct RecordEntries {
    private let shop: Shop
    private let noun: Noun
    private let paths: [ChildPath]
    /// By table the ids of the thing and of what belongs to it or is known to have belonged to it.
    private var own: [String: Set<Int>]
    /// The numbers of the entries that may have touched it.
    let numbers: [Int]
    /// Those that have.
    private let sure: Set<Int>

    /// A range with more ids is not looked through for some that are gone.
    private static let widest = 1000

    init(_ shop: Shop, of thing: (noun: Noun, id: Int)) throws {
        (self.shop, noun, paths) = (shop, thing.noun, thing.noun.paths)
        own = [noun.name: [thing.id]]
        var found: [Int: Bool] = [:]
        try shop.data.each(
            """
            SELECT entry, \(thing.id) IN (lowest, highest) FROM journal_table
            WHERE name = \(noun.name) AND \(thing.id) BETWEEN lowest AND highest
            """
        ) { found[$0.int(0)] = $0.int(1) != 0 }
        for path in paths {
            let child = path.child, above = path.steps.dropLast().last?.table ?? noun.name
            let owners = SQL.ids(own[above] ?? [])
            let ids = try shop.data.all("SELECT id FROM \(name: child.table) WHERE \(name: child.parent) IN (\(owners))") { $0.int(0) }
            let known = Set(ids), sorted = known.sorted()
            own[child.table] = known
            try shop.data.each(
                """
                SELECT entry, lowest, highest, highest - lowest >= \(Self.widest) OR highest - lowest >=
                    (SELECT count(*) FROM \(name: child.table) WHERE id BETWEEN lowest AND highest)
                FROM journal_table WHERE name = \(child.table)
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

    /// One of the ids lies in the range.
    private static func holds(_ sorted: [Int], between lowest: Int, _ highest: Int) -> Bool {
        var from = 0, to = sorted.count
        while from < to {
            let middle = (from + to) / 2
            if sorted[middle] < lowest { from = middle + 1 } else { to = middle }
        }
        return from < sorted.count && sorted[from] <= highest
    }

    /// Whether one of the entries has touched it. They are asked the newest first: a row that is gone was removed after all else that was
    /// done to it.
    mutating func hasTouched(_ number: Int) throws -> Bool {
        if sure.contains(number) { return true }
        guard let entry = try shop.data.entry(number), try shop.data.checkpoint(dropping: entry) == nil else { return false }
        let changeset = try Changeset(shop.data, provedOf: entry)
        var isTouched = false
        for (table, above) in [(noun.name, "")] + paths.map({ ($0.child.table, $0.steps.dropLast().last?.table ?? noun.name) }) {
            let parent = paths.first { $0.child.table == table }?.child.parent
            let column = try parent.flatMap { try shop.columns(of: table).firstIndex(of: $0) }
            try changeset.each { change in
                guard change.table == table else { return }
                var isOwn = own[table]?.contains(change.id) == true
                if !isOwn, let column, column < change.before.count, let cell = change.before[column] ?? change.after[column],
                    case .integer(let owner) = cell, own[above]?.contains(owner) == true
                {
                    isOwn = true
                    own[table, default: []].insert(change.id)
                }
                isTouched = isTouched || isOwn
            }
        }
        return isTouched
    }
}
