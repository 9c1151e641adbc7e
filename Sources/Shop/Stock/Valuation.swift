import Store
import Values

/// What is valued by itself: a lot, or what an item has without lots.
struct StockAccount: Hashable, Sendable {
    /// Nil for a lot.
    var item: Int?
    var lot: Int?

    /// An item without its lots.
    init(item: Int) { self.item = item }
    init(lot: Int) { self.lot = lot }

    /// The condition for its rows in a table.
    func condition(_ table: String) -> SQL {
        lot.map { "\(name: table).lot_id = \($0)" } ?? "\(name: table).inv_id = \(item) AND \(name: table).lot_id IS NULL"
    }
}

/// The quantity and the value of an account after a movement.
///
/// What comes in is worth what it cost, or the average of what is there where that is unknown. What goes out takes its share of the value
/// along, so that the rest keeps the moving average: in a lot, whose units all cost the same, the actual cost. What is not there is worth
/// nothing, so what comes in after a shortage is valued with what is left of it.
struct StockBalance: Equatable, Sendable {
    var onHand = 0
    var value = 0

    /// Whether both can be read back after they are stored.
    var isSound: Bool { Decimal.sound.contains(onHand) && Decimal.sound.contains(value) }

    /// - Parameters:
    ///   - quantity: in thousandths; negative for what goes out.
    ///   - cost: of a unit, in millionths of the currency; nil for unknown.
    mutating func move(_ quantity: Int, at cost: Int?) {
        let before = self
        onHand = Int(clamping: Int128(onHand) + Int128(quantity))
        guard onHand > 0 else {
            value = 0
            return
        }
        if quantity < 0 || cost == nil {
            // thousandths x cents / thousandths
            value = before.onHand > 0 ? Decimal.scale(before.value, onHand, over: before.onHand) : 0
        } else if let cost {
            // thousandths x millionths of the currency, in cents
            let worth = Decimal.scale(min(quantity, onHand), cost, over: 10_000_000)
            value = (Money(cents: before.onHand > 0 ? before.value : 0) + Money(cents: worth)).cents
        }
    }
}

/// A movement and what is kept of its value.
struct ValuedMovement {
    var id: Int
    var day: String
    var quantity: Int
    var cost: Int?
    /// The change of the value, then the balance; nil if nothing is kept.
    var kept: (change: Int, balance: StockBalance)?

    /// The columns of a query with `movement` and, joined to it, `kept`.
    static let columns: SQL = """
        movement.id, movement.day, movement.quantity_millis, movement.cost_micros, kept.change_cents, kept.on_hand_millis, kept.value_cents
        """

    /// - Parameter start: the place of the first column.
    init(_ row: Row, from start: Int = 0) throws {
        (id, day, quantity, cost) = (row.int(start), row.text(start + 1), row.int(start + 2), try row.get(start + 3))
        if !row.isNull(start + 4) {
            kept = (row.int(start + 4), StockBalance(onHand: row.int(start + 5), value: row.int(start + 6)))
        }
    }

    /// The balance after it, from that before it. What came in at an unknown cost is worth what a unit of the item costs, unless the average
    /// of what is there is known.
    func balance(after before: StockBalance, of owner: StockOwner) -> (change: Int, balance: StockBalance) {
        var balance = before
        let usual = quantity > 0 && (before.value == 0 || before.onHand <= 0) ? owner.unitCost : nil
        balance.move(quantity, at: owner.isValueless ? 0 : cost ?? usual)
        return (balance.value - before.value, balance)
    }

    func isKept(as right: (change: Int, balance: StockBalance)) -> Bool {
        kept.map { $0.change == right.change && $0.balance == right.balance } ?? false
    }
}

extension Shop {
    /// Brings the value of an account up to date from a day on: what is kept of earlier days is right.
    func revalue(_ account: StockAccount, from day: Day) throws {
        let before = try data.one(
            """
            SELECT on_hand_millis, value_cents FROM aux_movement WHERE \(account.condition("aux_movement")) AND day < \(day)
            ORDER BY day DESC, id DESC LIMIT 1
            """
        ) { StockBalance(onHand: $0.int(0), value: $0.int(1)) }
        try replay(account, from: before ?? StockBalance(), where: " AND movement.day >= \(day)")
    }

    /// Brings the value of an account up to date whatever has happened to its movements.
    func revalue(_ account: StockAccount) throws {
        try data.run(
            """
            DELETE FROM aux_movement WHERE \(account.condition("aux_movement")) AND NOT EXISTS (
                SELECT 1 FROM movement WHERE movement.id = aux_movement.id AND \(account.condition("movement")))
            """)
        try replay(account, from: StockBalance(), where: "")
    }

    private func replay(_ account: StockAccount, from start: StockBalance, where condition: SQL) throws {
        let owner = try data.one(
            """
            SELECT inv.id, inv.client_id IS NOT NULL, unit_cost_micros FROM inv WHERE inv.id = \(account.item)
            UNION ALL SELECT lot.inv_id, coalesce(lot.client_id, inv.client_id) IS NOT NULL, unit_cost_micros
            FROM lot LEFT JOIN inv ON inv.id = lot.inv_id WHERE lot.id = \(account.lot)
            """
        ) { (item: try $0.get(0) as Int?, value: StockOwner(isValueless: $0.int(1) != 0, unitCost: try $0.get(2))) }
        guard let owner else { return }
        var balance = start
        try data.each(
            """
            SELECT \(ValuedMovement.columns) FROM movement LEFT JOIN aux_movement kept ON kept.id = movement.id
            WHERE \(account.condition("movement"))\(condition) ORDER BY movement.day, movement.id
            """
        ) { row in
            let movement = try ValuedMovement(row), right = movement.balance(after: balance, of: owner.value)
            balance = right.balance
            guard balance.isSound else {
                throw Failure(.refused, .movement, "the quantity or the value on \(movement.day) would be too large to store")
            }
            guard !movement.isKept(as: right) else { return }
            try data.run(
                """
                INSERT INTO aux_movement (id, inv_id, lot_id, day, change_cents, on_hand_millis, value_cents) VALUES (
                    \(movement.id), \(owner.item), \(account.lot), \(movement.day), \(right.change), \(balance.onHand), \(balance.value))
                ON CONFLICT (id) DO UPDATE SET inv_id = excluded.inv_id, lot_id = excluded.lot_id, day = excluded.day,
                    change_cents = excluded.change_cents, on_hand_millis = excluded.on_hand_millis, value_cents = excluded.value_cents
                """)
        }
    }

    /// Replays all movements, and reports the first of each account whose quantity or value is kept otherwise.
    func findWrongValues(_ faults: Faults) throws {
        let history = History(self)
        var current: StockAccount?, balance = StockBalance(), isTold = false
        try data.each(
            """
            SELECT movement.inv_id, movement.lot_id, coalesce(lot.client_id, inv.client_id) IS NOT NULL, inv.unit_cost_micros,
                \(ValuedMovement.columns)
            FROM movement LEFT JOIN lot ON lot.id = movement.lot_id
            LEFT JOIN inv ON inv.id = iif(movement.lot_id IS NULL, movement.inv_id, lot.inv_id)
            LEFT JOIN aux_movement kept ON kept.id = movement.id AND kept.lot_id IS movement.lot_id AND kept.inv_id IS inv.id
            ORDER BY movement.lot_id, iif(movement.lot_id IS NULL, movement.inv_id, NULL), movement.day, movement.id
            """
        ) { row in
            let account = row.isNull(1) ? StockAccount(item: row.int(0)) : StockAccount(lot: row.int(1))
            if account != current { (current, balance, isTold) = (account, StockBalance(), false) }
            let owner = StockOwner(isValueless: row.int(2) != 0, unitCost: try row.get(3))
            let movement = try ValuedMovement(row, from: 4), right = movement.balance(after: balance, of: owner)
            balance = right.balance
            guard !isTold, !movement.isKept(as: right) else { return }
            isTold = true
            let label = try account.lot.map { "lot \(try history.label("lot", $0, nil))" } ?? history.label("inv", row.int(0), nil)
            let kept = movement.kept.map { Shop.told($0.balance) } ?? "nothing"
            faults.add(
                .sums, "\(label): \(kept) is kept after its movement on \(movement.day), and its movements come to \(Shop.told(balance))")
        }
        let rest =
            try data.one(
                "SELECT count(*) FROM aux_movement WHERE NOT EXISTS (SELECT 1 FROM movement WHERE movement.id = aux_movement.id)"
            ) { $0.int(0) } ?? 0
        if rest > 0 { faults.add(.sums, "values of \(counted(rest, "movement")) are kept that are not there") }
    }

    private static func told(_ balance: StockBalance) -> String {
        "\(Quantity(thousandths: balance.onHand)) worth \(Money(cents: balance.value))"
    }
}
