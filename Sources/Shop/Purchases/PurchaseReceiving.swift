import Store
import Values

/// What came of a purchase, as typed.
package struct ReceiptRequest: Sendable {
    /// The numbers of lines or the codes of their items, and how much; empty for all that is still to come.
    package var items: [ItemCount]
    /// Nil for today.
    package var day: Day?
    /// The number of the delivery note.
    package var reference: String?
    /// What a unit of the one line that came cost, where that is not its price.
    package var cost: Rate?
    /// What is known of the sheets of the one line that came, if they make a lot.
    package var lot: NewLot?

    package init(_ items: [ItemCount], day: Day? = nil, reference: String? = nil, cost: Rate? = nil, lot: NewLot? = nil) {
        (self.items, self.day, self.reference, self.cost, self.lot) = (items, day, reference, cost, lot)
    }
}

/// A receipt that was recorded.
package struct Received: Sendable {
    package var sentence: String
    package var notes: [String]
    /// The lot that it has made.
    package var lot: RecordID?
}

/// What a receipt takes in, and what speaks against it.
private struct ReceiptPlan {
    private(set) var taken: [(line: PurchaseLine, quantity: Quantity)] = []
    private(set) var faults: [String] = []
    /// What is still to come after it.
    private(set) var left: [(line: PurchaseLine, quantity: Quantity)] = []

    init(_ lines: [PurchaseLine], _ items: [ItemCount]) {
        if items.isEmpty {
            taken = lines.filter { $0.open.thousandths > 0 }.map { ($0, $0.open) }
        } else {
            for item in items { take(item, lines) }
        }
        let quantities = Dictionary(taken.map { ($0.line.id, $0.quantity.thousandths) }) { first, _ in first }
        for line in lines {
            let came = quantities[line.id] ?? 0
            if line.open.thousandths > came { left.append((line, Quantity(thousandths: line.open.thousandths - came))) }
        }
    }

    private mutating func take(_ item: ItemCount, _ lines: [PurchaseLine]) {
        let called = lines.filter { "\($0.position)" == item.code }
        let found = called.isEmpty ? lines.filter { $0.item?.lowercased() == item.code.lowercased() } : called
        guard let line = found.first else { return faults.append("there is no line \(item.code)") }
        guard found.count == 1 else {
            return faults.append("lines \(found.map { "\($0.position)" }.joined(separator: ", ")) are of \(item.code)")
        }
        guard !taken.contains(where: { $0.line.id == line.id }) else { return faults.append("line \(line.position) is named twice") }
        guard let quantity = item.quantity ?? (line.open.thousandths > 0 ? line.open : nil) else {
            return faults.append("nothing of line \(line.position) is still to come")
        }
        taken.append((line, quantity))
    }

    /// `20 of SM-MS-3`, `2 lines`
    var goods: String { taken.count == 1 ? Self.told(taken[0]) : "\(taken.count) lines" }

    /// `; still to come: 10 of SM-MS-3`; empty if nothing is.
    var remainder: String { left.isEmpty ? "" : "; still to come: \(Shop.listed(left.map(Self.told)))" }

    /// A warning about more than was ordered.
    var excess: String? {
        let over = taken.filter { $0.quantity > $0.line.open }.map { line, quantity in
            Self.told((line, Quantity(thousandths: quantity.thousandths - line.open.thousandths)))
        }
        return over.isEmpty ? nil : "warning: more came than was ordered: \(Shop.listed(over))"
    }

    private static func told(_ taken: (line: PurchaseLine, quantity: Quantity)) -> String {
        "\(taken.quantity) of \(taken.line.item ?? taken.line.title)"
    }
}

extension Shop {
    /// Records what came of a purchase: a receipt of each line, and a movement of each item, which costs what the line says.
    /// - Throws: `refused` with everything that speaks against it.
    /// - Parameter settling: whether what is outside on its lines comes back with it.
    package func receive(_ purchase: RecordID, _ request: ReceiptRequest, settling: Bool = true) throws -> Received {
        guard var move = Noun.purchase.lifeCycle?.move("receive") else {
            throw Failure(.defect, .purchase, "purchases have no move receive")
        }
        let today = try today(), day = request.day ?? today, plan = ReceiptPlan(try purchaseLines(purchase.id), request.items)
        var faults = plan.faults
        if day > today { faults.append("\(day) is still to come, today is \(today)") }
        if request.lot != nil || request.cost != nil, plan.taken.count != 1 || plan.taken[0].line.itemID == nil {
            faults.append("a lot or a cost is of one line with an item")
        }
        let isComplete = plan.left.isEmpty
        move.effect = { [faults] _, _ in
            guard faults.isEmpty else {
                throw Failure(
                    .refused, .purchase, "purchase \(purchase.code) cannot be received: \(faults.joined(separator: "; "))",
                    hint: "laseros purchase line list \(purchase.code)")
            }
            var effect = LifeCycle.Effect(notes: [plan.excess].compactMap { $0 })
            if isComplete { effect.values.append(("received_on", "\(day)")) }
            effect.stays = !isComplete
            return effect
        }
        var done = Received(sentence: "purchase \(purchase.code)", notes: try self.move(.purchase, purchase, move))
        let head = try data.one(
            "SELECT supplier.id, supplier.code, placed_on FROM purchase JOIN supplier ON supplier.id = supplier_id WHERE purchase.id = \(purchase.id)"
        ) { row in (supplier: RecordID(row), placed: try row.get(2) as Day?) }
        if let placed = head?.placed, day < placed {
            done.notes.append("purchase \(purchase.code) was placed on \(placed), after that day")
        }
        var notes: [StockNote] = []
        for (line, quantity) in plan.taken {
            guard let stocked = try take(quantity, of: line, request, from: head?.supplier, day) else {
                if settling {
                    done.notes += try settleOutside(
                        line.id, quantity, isComplete: quantity >= line.open, on: day, reference: request.reference)
                }
                continue
            }
            notes += stocked.notes
            done.lot = stocked.lot
        }
        done.notes += notes.lines
        done.sentence += (isComplete ? " is received: " : ": ") + plan.goods + (isComplete ? "" : " received")
        if let lot = done.lot { done.sentence += " as lot \(lot.code)" }
        done.sentence += plan.remainder
        return done
    }

    /// Stores the receipt of a line and receives its item; nil for an operation.
    private func take(
        _ quantity: Quantity, of line: PurchaseLine, _ request: ReceiptRequest, from supplier: RecordID?, _ day: Day
    ) throws -> Stocked? {
        try data.run(
            """
            INSERT INTO purchase_receipt (line_id, position, day, quantity_millis, reference)
            VALUES (\(line.id), (SELECT coalesce(max(position), 0) + 1 FROM purchase_receipt WHERE line_id = \(line.id)),
                \(day), \(quantity), \(request.reference))
            """)
        let receipt = data.lastID
        try data.run("UPDATE purchase_line SET open_millis = max(0, open_millis - \(quantity)) WHERE id = \(line.id) AND open_millis > 0")
        guard let id = line.itemID else { return nil }
        let item = RecordID(id: id, code: line.item ?? "")
        let came = StockRequest(quantity, on: day, supplier: supplier, reason: request.reference, cost: request.cost ?? line.price)
        return try receive(item, came, lot: request.lot, receipt: receipt)
    }
}
