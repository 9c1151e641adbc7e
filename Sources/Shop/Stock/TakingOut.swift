import Store
import Values

/// Takes out of an item what it has without lots, and then its lots.
extension Shop {
    /// Takes something out: of an item first what is not in lots, then the oldest lots.
    func takeOut(_ kind: MovementKind, _ thing: StockThing, _ request: StockRequest, _ done: String) throws -> Stocked {
        try demandAboveZero(request)
        let day = try stockDay(request.day), late = try lateNote(thing, day)
        var movements = try parted(thing, request.quantity.thousandths, on: day, for: request.project).map { part in
            Movement(kind, Quantity(thousandths: -part.millis), of: thing.item?.id, lot: part.lot, on: day)
        }
        for i in movements.indices {
            (movements[i].project, movements[i].supplier) = (request.project?.id, request.supplier?.id)
            (movements[i].reason, movements[i].run) = (request.reason, request.run)
        }
        let ids = try record(movements)
        var notes = [late].compactMap { $0 } + (try placeNotes(movements, of: thing))
        let left = try onHand(thing)
        if let note = try reservedNote(thing, left, for: request.project) { notes.append(note) }
        if left.thousandths < 0 {
            let below = Quantity(thousandths: -left.thousandths)
            let text = "warning: \(thing.code) is \(below) below 0: laseros inv count \(thing.code) QTY"
            notes.append(StockNote(kind: .below, code: thing.code, text: text))
        }
        return Stocked(ids: ids, sentence: try told(thing, "\(request.quantity) \(done)"), notes: notes)
    }

    /// A warning that less is left than is reserved for other projects.
    private func reservedNote(_ thing: StockThing, _ left: Quantity, for project: RecordID?) throws -> StockNote? {
        let own: SQL = thing.lot.map { "lot_id = \($0.id)" } ?? "inv_id = \(thing.item?.id)"
        let others = try data.one(
            """
            SELECT coalesce(sum(quantity_millis), 0), count(DISTINCT project_id), min(project.code)
            FROM reservation JOIN project ON project.id = project_id WHERE \(own) AND project_id IS NOT \(project?.id)
            """
        ) { (reserved: try $0.get(0) as Quantity, count: $0.int(1), first: $0.text(2)) }
        guard let others, others.reserved > max(left, Quantity(thousandths: 0)) else { return nil }
        let projects = others.count == 1 ? others.first : counted(others.count, "project")
        let are = others.reserved.thousandths == 1000 ? "is" : "are"
        return StockNote(
            kind: .reserved, code: thing.code,
            text: "warning: \(others.reserved) of \(thing.code) \(are) reserved for \(projects), and \(left) left")
    }

    /// `item SM-MS-3: 3 used, 9 on hand`
    func told(_ thing: StockThing, _ done: String) throws -> String { "\(thing.name): \(done), \(try onHand(thing)) on hand" }

    /// Which lots the movements of an item are of: `4 of LOT-0001, 2 without a lot`; empty if none is of a lot.
    func placeNotes(_ movements: [Movement], of thing: StockThing) throws -> [StockNote] {
        guard thing.lot == nil, movements.contains(where: { $0.lot != nil }) else { return [] }
        let parts = try movements.map { movement in
            let place = try movement.lot.map { "of \(try code(of: .lot, $0) ?? "")" } ?? "without a lot"
            return "\(Quantity(thousandths: Int(movement.quantity.thousandths.magnitude))) \(place)"
        }
        return [StockNote(kind: .place, code: thing.code, text: parts.joined(separator: ", "))]
    }

    /// Which part of a quantity is taken of which lot; nil for what is in none. The rest of a shortage is in none.
    private func parted(_ thing: StockThing, _ millis: Int, on day: Day, for project: RecordID?) throws -> [(lot: Int?, millis: Int)] {
        guard thing.lot == nil, let item = thing.item, thing.loose < thing.onHand else { return [(thing.lot?.id, millis)] }
        var parts: [(lot: Int?, millis: Int)] = [], left = millis
        func take(_ lot: Int?, _ there: Int) {
            let taken = min(left, there)
            guard taken > 0 else { return }
            parts.append((lot, taken))
            left -= taken
        }
        // The lots that are reserved for the project come first, those for others last, and what came later than that day not at all.
        let own: SQL = "EXISTS (SELECT 1 FROM reservation WHERE lot_id = lot.id AND project_id = \(project?.id))"
        let lots = try data.all(
            """
            SELECT lot.id, \(own), min(aux_lot.on_hand_millis, coalesce((SELECT on_hand_millis FROM aux_movement WHERE lot_id = lot.id
                    AND day <= \(day) ORDER BY day DESC, id DESC LIMIT 1), 0),
                coalesce((SELECT min(on_hand_millis) FROM aux_movement WHERE lot_id = lot.id AND day > \(day)), aux_lot.on_hand_millis))
            FROM lot JOIN aux_lot ON aux_lot.lot_id = lot.id WHERE lot.inv_id = \(item.id) AND aux_lot.on_hand_millis > 0
            ORDER BY EXISTS (SELECT 1 FROM reservation WHERE lot_id = lot.id AND project_id IS NOT \(project?.id)), received_on, lot.id
            """
        ) { (id: $0.int(0), isOwn: $0.int(1) != 0, there: $0.int(2)) }
        for lot in lots where lot.isOwn { take(lot.id, lot.there) }
        take(nil, thing.loose)
        for lot in lots where !lot.isOwn { take(lot.id, lot.there) }
        if left > 0 {
            if let loose = parts.firstIndex(where: { $0.lot == nil }) { parts[loose].millis += left } else { parts.append((nil, left)) }
        }
        return parts
    }

    /// What a project has used of an item or a lot and not put back, by lot, the last first, with what a unit was worth.
    func uses(of thing: StockThing, by project: RecordID) throws -> [(lot: Int?, millis: Int, cost: Rate?)] {
        let own: SQL = thing.lot.map { "movement.lot_id = \($0.id)" } ?? "movement.inv_id = \(thing.item?.id)"
        return try data.all(
            """
            SELECT movement.lot_id, -sum(quantity_millis), -sum(change_cents) FROM movement JOIN aux_movement ON aux_movement.id = movement.id
            WHERE movement.project_id = \(project.id) AND \(own) AND kind IN ('use', 'return')
            GROUP BY movement.lot_id HAVING sum(quantity_millis) < 0 ORDER BY max(movement.id) DESC
            """
        ) { row in
            let millis = row.int(1), cents = row.int(2)
            let cost = cents > 0 ? Rate(millionths: Decimal.scale(cents, 10_000_000, over: millis)) : nil
            return (lot: try row.get(0), millis: millis, cost: cost)
        }
    }
}
