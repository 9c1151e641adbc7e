import Store
import Values

/// What is known of sheets that make a lot; nil where the item says it, or nobody.
package struct NewLot: Sendable {
    package var heat: String?
    package var size: Size?
    package var grade: String?
    package var grain: Grain?
    package var location: String?

    package init(heat: String? = nil, size: Size? = nil, grade: String? = nil, grain: Grain? = nil, location: String? = nil) {
        (self.heat, self.size, self.grade, self.grain, self.location) = (heat, size, grade, grain, location)
    }
}

extension Shop {
    /// Receives an item, as a lot of its own if one is given.
    /// - Parameter receipt: the row of `purchase_receipt` that it came with.
    package func receive(_ item: RecordID, _ request: StockRequest, lot new: NewLot? = nil, receipt: Int? = nil) throws -> Stocked {
        try demandAboveZero(request)
        let thing = try stock(.inv, item), day = try stockDay(request.day)
        if let client = thing.client, request.cost != nil {
            throw Failure(
                .refused, .movement, "\(thing.name) belongs to client \(client.code) and has no cost",
                hint: receipt == nil ? "receive it without --cost" : "laseros inv edit \(thing.code) --client ''")
        }
        if let cost = request.cost, cost < Rate(millionths: 0) { throw Failure(.usage, .movement, "a cost is not negative: \(cost)") }
        var notes = [try lateNote(thing, day)].compactMap { $0 }
        let lot = try new.map { try addLot($0, of: item, on: day) }
        let cost = thing.client == nil ? request.cost ?? thing.unitCost : nil
        var movement = Movement(.receipt, request.quantity, of: item.id, lot: lot?.id, on: day)
        (movement.cost, movement.supplier, movement.project) = (cost, request.supplier?.id, request.project?.id)
        (movement.receipt, movement.reason) = (receipt, request.reason)
        let ids = try record([movement])
        if cost == nil, thing.client == nil, lot != nil || thing.loose <= 0 {
            let remedy = "--cost AMOUNT, or laseros inv edit \(thing.code) --unit-cost AMOUNT"
            let text = "\(thing.code) has no cost, so its value is not known: \(remedy)"
            notes.append(StockNote(kind: .costless, code: thing.code, text: text))
        }
        notes += try queueWaiting(for: [item.id]).map { StockNote(kind: .other, code: thing.code, text: $0) }
        let price = cost.map { " at \($0)" } ?? "", place = lot.map { " as lot \($0.code)" } ?? ""
        return Stocked(ids: ids, sentence: try told(thing, "\(request.quantity) received\(place)\(price)"), notes: notes, lot: lot)
    }

    private func addLot(_ new: NewLot, of item: RecordID, on day: Day) throws -> RecordID {
        var record = Record(.lot)
        record["kind"] = LotKind.sheet.cell
        record["inv"] = .integer(item.id)
        record["received_on"] = day.cell
        for (field, value) in [("heat", new.heat), ("grade", new.grade), ("location", new.location)] {
            record[field] = value?.cell
        }
        (record["size"], record["grain"]) = (new.size?.cell, new.grain?.cell)
        let lot = try add(record)
        return RecordID(id: lot.id, code: lot.code)
    }
}
