import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// The stock and its value after random movements are those of a replay that knows nothing of the program but the rules.
@Suite struct StockReplayTests {
    /// A movement as the rows have it.
    private struct Row {
        var id: Int, item: Int, lot: Int?, day: String, quantity: Int, cost: Int?
        var account: String { lot.map { "lot \($0)" } ?? "item \(item)" }
    }

    /// Half away from zero.
    private static func divided(_ a: Int128, _ b: Int128) -> Int {
        let twice = a * 2, sign: Int128 = (a < 0) == (b < 0) ? 1 : -1
        return Int((twice + sign * b) / (b * 2))
    }

    /// The quantity and value of each account after each day on which it moved.
    private static func replayed(_ rows: [Row], valueless: Set<Int>) -> [String: [(day: String, onHand: Int, value: Int)]] {
        var balances: [String: [(day: String, onHand: Int, value: Int)]] = [:]
        for row in rows.sorted(by: { ($0.day, $0.id) < ($1.day, $1.id) }) {
            var (onHand, value) = balances[row.account]?.last.map { ($0.onHand, $0.value) } ?? (0, 0)
            let there = onHand
            onHand += row.quantity
            if onHand <= 0 {
                value = 0
            } else if row.quantity > 0,
                let cost = valueless.contains(row.item) ? 0 : row.cost ?? (value == 0 || there <= 0 ? unitCost(row.item) : nil)
            {
                value = (there > 0 ? value : 0) + divided(Int128(min(row.quantity, onHand)) * Int128(cost), 10_000_000)
            } else {
                value = there > 0 ? divided(Int128(value) * Int128(onHand), Int128(there)) : 0
            }
            if balances[row.account]?.last?.day == row.day { balances[row.account]?.removeLast() }
            balances[row.account, default: []].append((row.day, onHand, value))
        }
        return balances
    }

    private static let items = 40

    /// What a unit of an item costs in millionths of the currency: every other item has such a cost.
    private static func unitCost(_ item: Int) -> Int? { item < items && item % 2 == 0 ? item * 37_000_000 + 250_000 : nil }
    private static let today = Day(reading: "2026-08-23")!

    /// A shop with items, one of them a client's, and two projects of clients.
    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "client add Karoo", "client add Brass", "supplier add Steel", "project add A --client CL-0001",
            "project add B --client CL-0002",
        ] { try workshop.demand("laseros \(line)") }
        for i in 1...items {
            let own = i == items ? "--client CL-0002" : i % 2 == 0 ? "--unit-cost \(i * 37).25" : ""
            try workshop.demand("laseros inv add I\(i) 'Item \(i)' \(own)")
        }
        return workshop
    }

    private static func day(_ random: inout Seeded) -> Day? {
        Int.random(in: 0..<10, using: &random) == 0 ? today + -Int.random(in: 1...60, using: &random) : nil
    }

    /// One random change; it may be refused.
    private static func step(_ shop: Shop, _ lots: [String], _ random: inout Seeded) throws {
        let item = Int.random(in: 1...items, using: &random)
        let names = ["I\(item)"] + [lots.randomElement(using: &random)].compactMap { $0 }
        let quantity = Quantity(thousandths: Int.random(in: 1...12_000, using: &random))
        let project = RecordID(id: item == items ? 2 : Int.random(in: 1...2, using: &random), code: "JB")
        var request = StockRequest(quantity, on: day(&random), reason: "test")
        func thing() throws -> StockThing { try shop.stock(names.randomElement(using: &random)!) }
        switch Int.random(in: 0..<14, using: &random) {
        case 0...3:
            let cost = Rate(millionths: Int.random(in: 0...90_000_000, using: &random))
            if item != items, Bool.random(using: &random) { request.cost = cost }
            let lot = Int.random(in: 0..<12, using: &random) == 0 ? NewLot(heat: "H\(lots.count)") : nil
            _ = try shop.receive(RecordID(id: item, code: "I\(item)"), request, lot: lot)
        case 4...6:
            request.project = project
            _ = try shop.use(try thing(), request)
        case 7: _ = try shop.waste(try thing(), request)
        case 8, 9:
            request.project = project
            _ = try shop.putBack(try thing(), request)
        case 10:
            request.supplier = RecordID(id: 1, code: "SU-0001")
            _ = try shop.sendBack(try thing(), request)
        case 11: _ = try shop.count([StockCount(try thing(), quantity)], on: request.day)
        case 12:
            let less = Bool.random(using: &random) ? -1 : 1
            _ = try shop.adjust(try thing(), by: Quantity(thousandths: less * quantity.thousandths), request)
        default: _ = try shop.move(try thing(), to: Line("Bay \(item)"), on: request.day)
        }
    }

    private static func rows(_ shop: Shop) throws -> [Row] {
        try shop.data.all("SELECT id, inv_id, lot_id, day, quantity_millis, cost_micros FROM movement") { row in
            Row(
                id: row.int(0), item: row.int(1), lot: try row.get(2), day: row.text(3), quantity: row.int(4), cost: try row.get(5))
        }
    }

    /// The running sums, and the stock and value of each day, are those of the replay.
    private static func demandRight(_ shop: Shop) throws {
        let rows = try rows(shop), right = replayed(rows, valueless: [items])
        var items: [Int: (Int, Int)] = [:], accounts: [Int: Set<String>] = [:]
        for row in rows { accounts[row.item, default: []].insert(row.account) }
        for (item, names) in accounts {
            items[item] = names.reduce((0, 0)) { sum, name in
                let last = right[name]?.last
                return (sum.0 + (last?.onHand ?? 0), sum.1 + (last?.value ?? 0))
            }
        }
        try shop.data.each("SELECT inv_id, on_hand_millis, value_cents FROM aux_inv") { row in
            let (onHand, value) = items[row.int(0)] ?? (0, 0)
            #expect(row.int(1) == onHand && row.int(2) == value, "item \(row.int(0))")
        }
        try shop.data.each("SELECT lot_id, on_hand_millis, value_cents FROM aux_lot") { row in
            let last = right["lot \(row.int(0))"]?.last
            #expect(row.int(1) == last?.onHand ?? 0 && row.int(2) == last?.value ?? 0, "lot \(row.int(0))")
        }
        for day in stride(from: -61, through: 0, by: 1).map({ today + $0 }) {
            var total = 0, onHand: [String: Int] = [:]
            let until = day.description
            for (item, names) in accounts {
                for name in names {
                    guard let last = right[name]?.last(where: { $0.day <= until }) else { continue }
                    total += last.value
                    onHand["I\(item)", default: 0] += last.onHand
                }
            }
            var found = 0, there: [String: Int] = [:]
            try shop.stockValue(by: .item, asOf: day).each { row in
                if case .money(let money) = row[5] { found += money.cents }
                there[row[0].typed] = Quantity(reading: row[3].typed)?.thousandths
            }
            #expect(found == total, "\(day)")
            for (code, millis) in onHand where millis != 0 { #expect(there[code] == millis, "\(code) on \(day)") }
        }
    }

    /// Ten random changes as one; those that are refused are left out.
    private static func steps(_ shop: Shop, _ random: inout Seeded, _ done: inout Int) throws -> ChangeStep<Void> {
        let lots = try shop.data.all("SELECT code FROM lot") { $0.text(0) }
        for _ in 0..<10 {
            try shop.data.run("SAVEPOINT step")
            do {
                try step(shop, lots, &random)
                done += 1
            } catch let failure as Failure where failure.kind == .refused { try shop.data.run("ROLLBACK TO step") }
            try shop.data.run("RELEASE step")
        }
        return ChangeStep((), "moved")
    }

    @Test(arguments: [1, 2]) func tenThousandMovementsComeToTheirReplay(_ seed: UInt64) throws {
        let workshop = try Self.shop()
        var random = Seeded(seed), done = 0, undone = 0, refused = 0
        try withExtendedLifetime(workshop) {
            let shop = try workshop.opened(.writing), first = try shop.data.one("SELECT max(id) FROM journal") { $0.int(0) } ?? 1
            // Nothing here has to survive a power failure.
            try shop.data.script("PRAGMA synchronous=OFF")
            for i in 0..<640 {
                let last = try shop.data.one("SELECT max(id) FROM journal") { $0.int(0) } ?? 1
                if i % 8 == 7 {
                    let number = max(first + 1, last - Int.random(in: 0...3, using: &random))
                    let change = try? shop.change(ChangeRequest(words: ["test"])) {
                        let entry = try shop.standing(.change, number)
                        try shop.takeBack(entry)
                        return ChangeStep((), "taken back", kind: .undo, undoes: entry)
                    }
                    if change?.entry == nil { refused += 1 } else { undone += 1 }
                } else {
                    _ = try shop.change(ChangeRequest(words: ["test"])) { try Self.steps(shop, &random, &done) }
                }
                if i % 160 == 158 { try Self.demandRight(shop) }
            }
        }
        #expect(done > 5000 && undone > 40, "\(done) changes; \(undone) times taken back, \(refused) times refused")
        let faults = try workshop.faults()
        #expect(faults == [])
    }
}
