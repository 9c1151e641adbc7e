import Store
import Values

/// What a user says about a movement.
package struct StockRequest: Sendable {
    package var quantity: Quantity
    /// Nil for today.
    package var day: Day?
    package var project: RecordID?
    package var supplier: RecordID?
    package var reason: String?
    /// What a unit cost.
    package var cost: Rate?

    package init(
        _ quantity: Quantity, on day: Day? = nil, project: RecordID? = nil, supplier: RecordID? = nil, reason: String? = nil,
        cost: Rate? = nil
    ) {
        (self.quantity, self.day, self.project, self.supplier, self.reason, self.cost) = (quantity, day, project, supplier, reason, cost)
    }
}

/// Movements that were recorded.
package struct Stocked: Sendable {
    package var ids: [Int]
    package var sentence: String
    package var notes: [String]
    /// The lot that a receipt has made.
    package var lot: RecordID?
}

/// Moves stock. The sign follows the verb.
extension Shop {
    package func use(_ thing: StockThing, _ request: StockRequest) throws -> Stocked {
        try demandOwner(of: thing, for: request.project)
        try demandNotReserved(thing, for: request.project)
        let done = try takeOut(.use, thing, request, "used" + (request.project.map { " for \($0.code)" } ?? ""))
        if let project = request.project { try useReservation(thing, request.quantity, of: project) }
        return done
    }

    package func waste(_ thing: StockThing, _ request: StockRequest) throws -> Stocked {
        if request.project != nil { try demandOwner(of: thing, for: request.project) }
        return try takeOut(.waste, thing, request, "wasted")
    }

    /// Puts back what a job has not used.
    package func putBack(_ thing: StockThing, _ request: StockRequest) throws -> Stocked {
        try demandAboveZero(request)
        let day = try stockDay(request.day)
        var notes = [try lateNote(thing, day)].compactMap { $0 }, movements: [Movement] = [], left = request.quantity.thousandths
        if let project = request.project {
            for use in try uses(of: thing, by: project) where left > 0 {
                var movement = Movement(.return, Quantity(thousandths: min(left, use.millis)), of: thing.item?.id, lot: use.lot, on: day)
                movement.cost = use.cost
                movements.append(movement)
                left -= movement.quantity.thousandths
            }
            if left > 0 {
                notes.append("warning: \(Quantity(thousandths: left)) more of \(thing.code) came back than \(project.code) has used")
            }
        }
        if left > 0 {
            var movement = thing.movement(.return, left, on: day)
            movement.cost = try costOfFound(thing)
            movements.append(movement)
        }
        for i in movements.indices { (movements[i].project, movements[i].reason) = (request.project?.id, request.reason) }
        let ids = try record(movements)
        notes += try placeNotes(movements, of: thing)
        let from = request.project.map { " from \($0.code)" } ?? ""
        return Stocked(ids: ids, sentence: try told(thing, "\(request.quantity) came back\(from)"), notes: notes)
    }

    /// Sends stock back to a supplier.
    package func sendBack(_ thing: StockThing, _ request: StockRequest) throws -> Stocked {
        if let client = thing.client {
            throw Failure(
                .refused, .movement, "\(thing.name) belongs to client \(client.code): no supplier takes it back",
                hint: "laseros inv adjust \(thing.code) -QTY 'fetched by the client'")
        }
        return try takeOut(.return, thing, request, "sent back to \(request.supplier?.code ?? "")")
    }

    /// Changes what is on hand by a difference.
    package func adjust(_ thing: StockThing, by difference: Quantity, _ request: StockRequest) throws -> Stocked {
        guard difference.thousandths < 0 else {
            var request = request
            request.quantity = difference
            try demandAboveZero(request)
            let day = try stockDay(request.day)
            var movement = thing.movement(.adjust, difference.thousandths, on: day)
            (movement.reason, movement.cost) = (request.reason, try costOfFound(thing))
            let late = try lateNote(thing, day), ids = try record([movement])
            return Stocked(ids: ids, sentence: try told(thing, "\(difference) more"), notes: [late].compactMap { $0 })
        }
        guard request.reason != nil else {
            throw Failure(
                .usage, .movement, "what is lost needs a reason", hint: "laseros inv adjust \(thing.code) \(difference) REASON")
        }
        var request = request
        request.quantity = Quantity(thousandths: -difference.thousandths)
        return try takeOut(.adjust, thing, request, "less")
    }

    /// Moves an item or a lot to another place.
    package func move(_ thing: StockThing, to place: Line, on day: Day?) throws -> Stocked {
        let day = try stockDay(day), table: SQL = thing.lot == nil ? "inv" : "lot"
        guard thing.location != place.text else {
            return Stocked(ids: [], sentence: "\(thing.name) is at \(place.text) already", notes: [])
        }
        var movement = thing.movement(.move, 0, on: day)
        movement.location = place.text
        movement.reason = thing.location.map { "from \($0)" }
        try data.run("UPDATE \(table) SET location = \(place) WHERE id = \((thing.lot ?? thing.item)?.id)")
        return Stocked(ids: try record([movement]), sentence: "\(thing.name) is at \(place.text) now", notes: [])
    }

    func demandAboveZero(_ request: StockRequest) throws {
        guard request.quantity.thousandths > 0 else {
            throw Failure(
                .usage, .movement, "a quantity is above 0, not \(request.quantity)", hint: "the verb says whether it comes or goes")
        }
    }

    /// - Throws: `refused` for material of a client that is to be used for nobody or somebody else.
    func demandOwner(of thing: StockThing, for project: RecordID?) throws {
        guard let client = thing.client else { return }
        guard let project else {
            throw Failure(
                .refused, .movement, "\(thing.name) belongs to client \(client.code), and is used for their projects only",
                hint: "--project CODE names one")
        }
        guard try data.one("SELECT client_id FROM project WHERE id = \(project.id)", { $0.int(0) }) == client.id else {
            throw Failure(
                .refused, .movement, "\(thing.name) belongs to client \(client.code), and project \(project.code) to another",
                hint: "laseros project list --client \(client.code)")
        }
    }

    /// Takes something out: of an item first what is not in lots, then the oldest lots.
    private func takeOut(_ kind: MovementKind, _ thing: StockThing, _ request: StockRequest, _ done: String) throws -> Stocked {
        try demandAboveZero(request)
        let day = try stockDay(request.day), late = try lateNote(thing, day)
        var movements = try parted(thing, request.quantity.thousandths, on: day, for: request.project).map { part in
            Movement(kind, Quantity(thousandths: -part.millis), of: thing.item?.id, lot: part.lot, on: day)
        }
        for i in movements.indices {
            (movements[i].project, movements[i].supplier) = (request.project?.id, request.supplier?.id)
            movements[i].reason = request.reason
        }
        let ids = try record(movements)
        var notes = [late].compactMap { $0 } + (try placeNotes(movements, of: thing))
        let left = try onHand(thing)
        if let note = try reservedNote(thing, left, for: request.project) { notes.append(note) }
        if left.thousandths < 0 {
            let below = Quantity(thousandths: -left.thousandths)
            notes.append("warning: \(thing.code) is \(below) below 0: laseros inv count \(thing.code) QTY")
        }
        return Stocked(ids: ids, sentence: try told(thing, "\(request.quantity) \(done)"), notes: notes)
    }

    /// A warning that less is left than is reserved for other projects.
    private func reservedNote(_ thing: StockThing, _ left: Quantity, for project: RecordID?) throws -> String? {
        let own: SQL = thing.lot.map { "lot_id = \($0.id)" } ?? "inv_id = \(thing.item?.id)"
        let others = try data.one(
            """
            SELECT coalesce(sum(quantity_millis), 0), count(DISTINCT project_id), min(project.code)
            FROM reservation JOIN project ON project.id = project_id WHERE \(own) AND project_id IS NOT \(project?.id)
            """
        ) { (reserved: try $0.get(0) as Quantity, count: $0.int(1), first: $0.text(2)) }
        guard let others, others.reserved > max(left, Quantity(thousandths: 0)) else { return nil }
        let projects = others.count == 1 ? others.first : counted(others.count, "project")
        return
            "warning: \(others.reserved) of \(thing.code) \(others.reserved.thousandths == 1000 ? "is" : "are") reserved for \(projects), and \(left) left"
    }

    /// `item SM-MS-3: 3 used, 9 on hand`
    func told(_ thing: StockThing, _ done: String) throws -> String { "\(thing.name): \(done), \(try onHand(thing)) on hand" }

    /// Which lots the movements of an item are of: `4 of LOT-0001, 2 without a lot`; empty if none is of a lot.
    private func placeNotes(_ movements: [Movement], of thing: StockThing) throws -> [String] {
        guard thing.lot == nil, movements.contains(where: { $0.lot != nil }) else { return [] }
        let parts = try movements.map { movement in
            let place = try movement.lot.map { "of \(try code(of: .lot, $0) ?? "")" } ?? "without a lot"
            return "\(Quantity(thousandths: Int(movement.quantity.thousandths.magnitude))) \(place)"
        }
        return [parts.joined(separator: ", ")]
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
    private func uses(of thing: StockThing, by project: RecordID) throws -> [(lot: Int?, millis: Int, cost: Rate?)] {
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
