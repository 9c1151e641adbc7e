import Store
import Values

/// What was counted of an item or a lot.
package struct StockCount: Sendable {
    package var thing: StockThing
    package var quantity: Quantity
    package var reason: String?

    package init(_ thing: StockThing, _ quantity: Quantity, reason: String? = nil) {
        (self.thing, self.quantity, self.reason) = (thing, quantity, reason)
    }
}

/// What was counted otherwise than it was kept.
package struct CountDifference: Sendable {
    package var code: String
    package var name: String?
    package var before: Quantity
    package var counted: Quantity
    package var difference: Quantity { Quantity(thousandths: counted.thousandths - before.thousandths) }
    /// What the difference is worth; nil for unknown.
    package var value: Money?
    package var reason: String?

    package static let columns: [Column<CountDifference>] = [
        Column("code") { $0.code }, Column("name") { $0.name }, Column("before") { $0.before }, Column("counted") { $0.counted },
        Column("difference") { $0.difference }, Column("value", sums: true) { $0.value }, Column("reason") { $0.reason },
    ]
    package static let headings = columns.map(\.heading)
}

/// What a stocktake has found.
package struct Stocktake: Sendable {
    package var differences: [CountDifference] = []
    package var notes: [String] = []
    /// What cannot be, by the index of its count; then nothing was stored.
    package var faults: [(index: Int, message: String)] = []
}

extension Shop {
    /// Makes true what was counted on a day. An item is counted with its lots; what they do not account for is in none.
    package func count(_ counts: [StockCount], on day: Day?) throws -> Stocktake {
        let day = try stockDay(day), later = try movedAfter(day)
        var take = Stocktake(), movements: [Movement] = [], inLots: [Int: Int] = [:]
        func add(_ count: StockCount, _ before: Int, _ millis: Int) throws {
            guard millis != 0 else { return }
            var movement = count.thing.movement(.count, millis, on: day)
            movement.reason = count.reason
            if millis > 0 { movement.cost = try costOfFound(count.thing) }
            movements.append(movement)
            take.differences.append(
                CountDifference(
                    code: count.thing.code, name: count.thing.title, before: Quantity(thousandths: before), counted: count.quantity,
                    value: nil, reason: count.reason))
        }
        let order = counts.indices.filter { counts[$0].thing.lot != nil } + counts.indices.filter { counts[$0].thing.lot == nil }
        for i in order {
            let count = counts[i], thing = count.thing
            guard count.quantity.thousandths >= 0 else {
                take.faults.append((i, "a count is not negative: \(count.quantity)"))
                continue
            }
            let own = thing.account.map { later.accounts[$0] ?? 0 } ?? 0
            guard thing.lot == nil, let item = thing.item else {
                let before = thing.onHand - own, millis = count.quantity.thousandths - before
                try add(count, before, millis)
                if let item = thing.item { inLots[item.id, default: 0] += millis }
                continue
            }
            let before = thing.onHand - (later.items[item.id] ?? 0), loose = thing.loose - own
            let lots = before - loose + (inLots[item.id] ?? 0), millis = count.quantity.thousandths - lots - loose
            guard count.quantity.thousandths >= lots else {
                take.faults.append(
                    (i, "\(Quantity(thousandths: lots)) of \(thing.code) are in lots, not \(count.quantity): count the lots, too"))
                continue
            }
            try add(count, lots + loose, millis)
        }
        guard take.faults.isEmpty else {
            take.faults.sort { $0.index < $1.index }
            return take
        }
        if let last = try data.one("SELECT max(day) FROM movement", { try $0.get(0) as Day? }) ?? nil, day < last, !movements.isEmpty {
            let moved = counts.count { $0.thing.account.map { later.accounts[$0] != nil } ?? false }
            let those = counted(moved, "of those counted was", "of those counted were")
            if moved > 0 { take.notes.append("warning: \(those) moved after \(day)") }
        }
        let ids = try record(movements)
        var values: [Int: Money] = [:]
        try data.each("SELECT id, change_cents FROM aux_movement WHERE id IN (\(SQL.ids(ids))) AND change_cents <> 0") {
            values[$0.int(0)] = try $0.get(1)
        }
        for (i, id) in ids.enumerated() { take.differences[i].value = values[id] }
        return take
    }

    /// What moved after a day, in thousandths, by account and by item.
    private func movedAfter(_ day: Day) throws -> (accounts: [StockAccount: Int], items: [Int: Int]) {
        var accounts: [StockAccount: Int] = [:], items: [Int: Int] = [:]
        guard try day < today() else { return (accounts, items) }
        try data.each("SELECT inv_id, lot_id, sum(quantity_millis) FROM movement WHERE day > \(day) GROUP BY inv_id, lot_id") { row in
            let item = try row.get(0) as Int?, lot = try row.get(1) as Int?
            guard let account = lot.map(StockAccount.init(lot:)) ?? item.map(StockAccount.init(item:)) else { return }
            accounts[account] = row.int(2)
            if let item { items[item, default: 0] += row.int(2) }
        }
        return (accounts, items)
    }
}
