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
    /// The run that takes it.
    package var run: Int?

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
    package var notes: [StockNote]
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
                notes.append(
                    StockNote(
                        kind: .other, code: thing.code,
                        text: "warning: \(Quantity(thousandths: left)) more of \(thing.code) came back than \(project.code) has used"))
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
}
