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

    /// - Parameters:
    ///   - quantity: in thousandths; negative for what goes out.
    ///   - cost: of a unit, in millionths of the currency; nil for unknown.
    mutating func move(_ quantity: Int, at cost: Int?) {
        let before = self
        onHand += quantity
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
            value = (before.onHand > 0 ? before.value : 0) + worth
        }
    }
}

extension Shop {
    /// The day of the first movement whose value is not kept, or is kept although it is gone.
    func firstUnvalued(_ account: StockAccount) throws -> Day? {
        try data.one(
            """
            SELECT min(day) FROM (
                SELECT day FROM aux_movement WHERE \(account.condition("aux_movement"))
                    AND NOT EXISTS (SELECT 1 FROM movement WHERE movement.id = aux_movement.id)
                UNION ALL SELECT day FROM movement WHERE \(account.condition("movement"))
                    AND NOT EXISTS (SELECT 1 FROM aux_movement WHERE aux_movement.id = movement.id))
            """
        ) { try $0.get(0) } ?? nil
    }

    /// Brings the value of an account up to date, from the day of its first movement that changed.
    func revalue(_ account: StockAccount, from day: Day) throws {
        let isValueless =
            try data.one(
                "SELECT 1 FROM inv WHERE id = \(account.item) AND client_id IS NOT NULL UNION ALL SELECT 1 FROM lot WHERE id = \(account.lot) AND client_id IS NOT NULL"
            ) { _ in true } ?? false
        try data.run(
            """
            DELETE FROM aux_movement WHERE \(account.condition("aux_movement")) AND day >= \(day)
                AND NOT EXISTS (SELECT 1 FROM movement WHERE movement.id = aux_movement.id)
            """)
        var balance =
            try data.one(
                """
                SELECT on_hand_millis, value_cents FROM aux_movement WHERE \(account.condition("aux_movement")) AND day < \(day)
                ORDER BY day DESC, id DESC LIMIT 1
                """
            ) { StockBalance(onHand: $0.int(0), value: $0.int(1)) } ?? StockBalance()
        let item =
            account.lot == nil ? account.item : try data.one("SELECT inv_id FROM lot WHERE id = \(account.lot)") { try $0.get(0) } ?? nil
        let later = try data.all(
            """
            SELECT id, day, quantity_millis, cost_micros FROM movement WHERE \(account.condition("movement")) AND day >= \(day)
            ORDER BY day, id
            """
        ) { (id: $0.int(0), day: $0.text(1), quantity: $0.int(2), cost: try $0.get(3) as Int?) }
        for movement in later {
            let before = balance.value
            balance.move(movement.quantity, at: isValueless ? 0 : movement.cost)
            try data.run(
                """
                INSERT INTO aux_movement (id, inv_id, lot_id, day, change_cents, on_hand_millis, value_cents) VALUES (
                    \(movement.id), \(item), \(account.lot), \(movement.day), \(balance.value - before), \(balance.onHand),
                    \(balance.value))
                ON CONFLICT (id) DO UPDATE SET day = excluded.day, change_cents = excluded.change_cents,
                    on_hand_millis = excluded.on_hand_millis, value_cents = excluded.value_cents
                """)
        }
    }
}
