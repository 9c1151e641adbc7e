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

    package init(_ items: [ItemCount], day: Day? = nil, reference: String? = nil) {
        (self.items, self.day, self.reference) = (items, day, reference)
    }
}

/// What a receipt takes in, and what speaks against it.
private struct ReceiptPlan {
    private(set) var taken: [(line: PurchaseLine, quantity: Quantity)] = []
    private(set) var faults: [String] = []
    /// What is still to come after it.
    private(set) var left: [(line: PurchaseLine, quantity: Quantity)] = []

    init(_ lines: [PurchaseLine], _ items: [ItemCount]) {
        if items.isEmpty { taken = lines.filter { $0.open.thousandths > 0 }.map { ($0, $0.open) } } else { for item in items { take(item, lines) } }
        for line in lines {
            let came = taken.first { $0.line.id == line.id }?.quantity.thousandths ?? 0
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

    /// `20 sheets of SM-MS-3`, `2 lines`
    var goods: String { taken.count == 1 ? Self.told(taken[0]) : "\(taken.count) lines" }

    /// `; 10 sheets of SM-MS-3 still to come`; empty if nothing is.
    var remainder: String { left.isEmpty ? "" : "; still to come: \(Shop.listed(left.map(Self.told)))" }

    /// Warnings about more than was ordered, and about what has no price.
    var notes: [String] {
        let over = taken.filter { $0.quantity > $0.line.open }.map { line, quantity in
            "\(Quantity(thousandths: quantity.thousandths - line.open.thousandths)) of \(line.item ?? line.title)"
        }
        let unpriced = taken.filter { $0.line.price == nil && $0.line.itemID != nil }.compactMap(\.line.item)
        return [
            over.isEmpty ? nil : "warning: more came than was ordered: \(Shop.listed(over))",
            unpriced.isEmpty ? nil : "warning: no price of \(Shop.listed(unpriced)): what came is valued like what is there",
        ].compactMap { $0 }
    }

    private static func told(_ taken: (line: PurchaseLine, quantity: Quantity)) -> String {
        "\(taken.quantity) \(taken.line.unit) of \(taken.line.item ?? taken.line.title)"
    }
}

extension Shop {
    /// Records what came of a purchase: a receipt of each line, and a movement of each item, which costs what the line says.
    /// - Throws: `refused` with everything that speaks against it.
    package func receive(_ purchase: RecordID, _ request: ReceiptRequest) throws -> (sentence: String, notes: [String]) {
        guard var move = Noun.purchase.lifeCycle?.move("receive") else { throw Failure(.defect, .purchase, "purchases have no move receive") }
        let today = try today(), day = request.day ?? today, plan = ReceiptPlan(try purchaseLines(purchase.id), request.items)
        var faults = plan.faults
        if day > today { faults.append("\(day) is still to come, today is \(today)") }
        let isComplete = plan.left.isEmpty
        move.effect = { [faults] _, _ in
            guard faults.isEmpty else {
                throw Failure(
                    .refused, .purchase, "purchase \(purchase.code) cannot be received: \(faults.joined(separator: "; "))",
                    hint: "laseros purchase line list \(purchase.code)")
            }
            var effect = LifeCycle.Effect(notes: plan.notes)
            if isComplete { effect.values.append(("received_on", "\(day)")) }
            effect.stays = !isComplete
            return effect
        }
        var notes = try self.move(.purchase, purchase, move)
        let head = try data.one("SELECT supplier_id, placed_on FROM purchase WHERE id = \(purchase.id)") { row in
            (supplier: row.int(0), placed: try row.get(1) as Day?)
        }
        if let placed = head?.placed, day < placed { notes.append("purchase \(purchase.code) was placed on \(placed), after that day") }
        try store(plan, request, from: head?.supplier, day)
        let sentence = "purchase \(purchase.code)" + (isComplete ? " is received: " : ": ") + plan.goods + (isComplete ? "" : " received")
        return (sentence + plan.remainder, notes)
    }

    private func store(_ plan: ReceiptPlan, _ request: ReceiptRequest, from supplier: Int?, _ day: Day) throws {
        var movements: [Movement] = []
        for (line, quantity) in plan.taken {
            try data.run(
                """
                INSERT INTO purchase_receipt (line_id, position, day, quantity_millis, reference)
                VALUES (\(line.id), (SELECT coalesce(max(position), 0) + 1 FROM purchase_receipt WHERE line_id = \(line.id)),
                    \(day), \(quantity), \(request.reference))
                """)
            let receipt = data.lastID
            try data.run(
                """
                UPDATE purchase_line SET open_millis = max(0, open_millis - \(quantity)) WHERE id = \(line.id) AND open_millis > 0
                """)
            guard let item = line.itemID else { continue }
            var movement = Movement(.receipt, quantity, of: item, on: day)
            (movement.cost, movement.supplier, movement.receipt) = (line.price, supplier, receipt)
            movements.append(movement)
        }
        try record(movements)
    }
}
