import Drawings
import Store
import Values

/// What a run takes from the stock. It happens once, when the run is recorded.
extension Shop {
    typealias WorkRows = [(work: WorkedEntry, rows: [NewRunRow])]

    /// Takes what the request says; else, of what is reserved for each project, as much as its pieces took.
    /// - Returns: notes for the user.
    func takeMaterial(_ run: RecordID, _ rows: WorkRows, _ request: FinishRequest) throws -> [String] {
        var taken: [(project: RecordID, thing: StockThing, quantity: Quantity)] = []
        if let used = request.used {
            taken = try used.flatMap { try shares($0, rows) }
        } else {
            for (work, rows) in rows where work.operation == nil { taken += try reservedShare(work, rows) }
        }
        var notes: [StockNote] = [], words: [String] = []
        for each in taken where each.quantity.thousandths > 0 {
            var request = StockRequest(each.quantity, on: request.day, project: each.project)
            request.run = run.id
            let done = try use(try stock(each.thing.lot == nil ? .inv : .lot, each.thing.lot ?? each.thing.item ?? each.project), request)
            notes += done.notes
            words.append("\(each.quantity) of \(each.thing.code)")
        }
        return (words.isEmpty ? [] : ["used \(words.joined(separator: ", "))"]) + notes.lines
            + (try putBackRemnants(run, taken.first?.thing, rows, request))
    }

    /// What a user says was used, divided among the projects in proportion to their time.
    private func shares(_ said: ItemCount, _ rows: WorkRows) throws -> [(project: RecordID, thing: StockThing, quantity: Quantity)] {
        let thing = try stock(said.code)
        guard let quantity = said.quantity ?? (thing.lot == nil ? nil : Quantity(thousandths: thing.onHand)) else {
            throw Failure(.usage, .queue, "how many of \(thing.code) were used?", hint: "--used \(thing.code):QTY")
        }
        var weights: [(project: RecordID, weight: Int)] = []
        for (work, rows) in rows {
            let weight = max(1, rows.reduce(0) { $0 + $1.weight })
            if let i = weights.firstIndex(where: { $0.project.id == work.project.id }) {
                weights[i].weight += weight
            } else {
                weights.append((work.project, weight))
            }
        }
        return zip(weights, Shop.divided(quantity.thousandths, by: weights.map(\.weight))).map { each, share in
            (each.project, thing, Quantity(thousandths: share))
        }
    }

    /// The part of what is reserved for the project, of the material of an entry, that its pieces took: whole sheets, and all of it with the last.
    private func reservedShare(
        _ work: WorkedEntry, _ rows: [NewRunRow]
    ) throws -> [(project: RecordID, thing: StockThing, quantity: Quantity)] {
        let um = work.thickness?.um
        let reserved = try data.all(
            """
            SELECT reservation.inv_id, reservation.lot_id, reservation.quantity_millis FROM reservation
            LEFT JOIN inv ON inv.id = reservation.inv_id LEFT JOIN lot ON lot.id = reservation.lot_id
            WHERE project_id = \(work.project.id) AND (\(work.material) IS NULL OR coalesce(lot.material_id, inv.material_id) IS \(work.material))
                AND (\(um) IS NULL OR abs(coalesce(lot.thickness_um, inv.thickness_um) - \(um)) <= 300)
            ORDER BY reservation.id
            """
        ) { (item: try $0.get(0) as Int?, lot: try $0.get(1) as Int?, millis: $0.int(2)) }
        let made = rows.reduce(0) { $0 + $1.good + $1.scrapped }
        let left = rows.reduce(0) { sum, row in sum + max(row.part.left ?? 0, row.good + row.scrapped) }
        return try reserved.map { each in
            let thing = try each.lot.map { try stock(.lot, named(.lot, $0)) } ?? stock(.inv, named(.inv, each.item ?? 0))
            let share = left > 0 ? (each.millis * made + left * 1000 - 1) / (left * 1000) * 1000 : each.millis
            return (work.project, thing, Quantity(thousandths: min(each.millis, share)))
        }
    }

    /// Keeps what is left of the sheets as remnants.
    private func putBackRemnants(
        _ run: RecordID, _ origin: StockThing?, _ rows: WorkRows, _ request: FinishRequest
    ) throws -> [String] {
        guard !request.remnants.isEmpty, let work = rows.first?.work else { return [] }
        var notes: [String] = [], codes: [String] = []
        for size in request.remnants {
            var new = NewRemnant(FitRegion(size))
            (new.origin, new.project, new.run) = (origin, work.project, run.id)
            if origin == nil { (new.material, new.thickness) = (work.material, work.thickness) }
            let added = try addRemnants(new, count: 1)
            codes += added.added.map { "\($0.code) \(size)" }
            notes += added.notes.filter { !notes.contains($0) }
        }
        return ["kept as \(codes.joined(separator: ", "))"] + notes
    }
}
