import Drawings
import Store
import Values

/// What a run takes from the stock. It happens once, when the run is recorded.
extension Shop {
    typealias WorkRows = [(work: WorkedEntry, rows: [NewRunRow])]

    /// Takes what the request says; else, of what is reserved for each project, as much as its pieces took.
    /// - Returns: notes for the user.
    func takeMaterial(_ run: RecordID, _ rows: WorkRows, _ request: FinishRequest) throws -> [String] {
        var taken: [(project: RecordID, thing: StockThing, quantity: Quantity)] = [], unreserved: [String] = []
        if let used = request.used {
            taken = try used.flatMap { try shares($0, rows) }
        } else {
            let ended = Set(rows.map(\.work.thing.id))
            for (work, _) in rows where work.operation == nil {
                let share = try reservedShare(work, ended: ended)
                // What several entries are cut of is counted with the first of them.
                taken += share.taken.filter { new in !taken.contains { $0.project.id == new.project.id && $0.thing.code == new.thing.code }
                }
                unreserved += share.notes
            }
        }
        var notes: [StockNote] = [], words: [String] = []
        for each in taken where each.quantity.thousandths > 0 {
            var request = StockRequest(each.quantity, on: request.day, project: each.project)
            request.run = run.id
            let done = try use(try stock(each.thing.lot == nil ? .inv : .lot, each.thing.lot ?? each.thing.item ?? each.project), request)
            notes += done.notes
            words.append("\(each.quantity) of \(each.thing.code)")
        }
        var told = (words.isEmpty ? [] : ["used \(words.joined(separator: ", "))"]) + notes.lines + unreserved
        told += try putBackRemnants(run, taken.first?.thing, rows, request)
        // What was spoiled is made again, and may need more than was reserved.
        var seen: Set<Int> = []
        for (work, rows) in rows where rows.contains(where: { $0.scrapped > 0 }) && seen.insert(work.project.id).inserted {
            told += try reserveForCutting(work.project, raising: true)
        }
        return told
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

    /// What is missing of the sheets for all that was cut so far: whole sheets of what is reserved for an entry, and all of it with the last piece.
    /// - Parameter ended: the entries that the run ends.
    private func reservedShare(
        _ work: WorkedEntry, ended: Set<Int>
    ) throws -> (taken: [(project: RecordID, thing: StockThing, quantity: Quantity)], notes: [String]) {
        let needs = try sheetNeeds(of: work.project), items = try sheetItems(needs).items
        let entries = try cutEntries(of: work.project.id), own = SheetKind(material: work.material, thickness: work.thickness)
        var groups: [(kinds: [SheetKind], kept: [KeptReservation])] = []
        for kept in try keptReservations(of: work.project.id) {
            let kinds = kept.kinds(items, needs)
            guard kinds.isEmpty ? own.fits(kept.kind) : kinds.contains(own) || own.material == nil || own.thickness == nil else { continue }
            if let item = kept.item, let i = groups.firstIndex(where: { $0.kept[0].item == item }) {
                groups[i].kept.append(kept)
            } else {
                groups.append((kinds, [kept]))
            }
        }
        var taken: [(project: RecordID, thing: StockThing, quantity: Quantity)] = []
        for (kinds, kept) in groups {
            let pieces = Shop.pieces(entries.filter { $0.kind == own || kinds.contains($0.kind) }, ended: ended)
            let reserved = kept.reduce(Int128(0)) { $0 + Int128($1.millis) }, all = (pieces.made + pieces.left) * 1000
            let used = Int128(try netUse(work.project.id, item: kept[0].item, lot: kept[0].lot, where: "run_id IS NOT NULL"))
            let due = pieces.left > 0 ? ((reserved + used) * pieces.made + all - 1) / all * 1000 - used : reserved
            var left = Int(max(0, min(due, reserved)))
            for each in kept where left > 0 {
                let thing = try each.lot.map { try stock(.lot, named(.lot, $0)) } ?? stock(.inv, named(.inv, each.item ?? 0))
                let quantity = min(left, each.millis)
                taken.append((work.project, thing, Quantity(thousandths: quantity)))
                left -= quantity
            }
        }
        guard groups.isEmpty, let entry = entries.first(where: { $0.id == work.thing.id }) else { return (taken, []) }
        let isMadeAgain = zip(entry.ordered, entry.made).contains { ordered, made in ordered.map { made > $0 } ?? false }
        guard isMadeAgain, let item = items.first(where: { $0.needs.contains { $0.kind == own } }) else { return (taken, []) }
        return (taken, ["nothing is reserved for what is made again of \(work.thing.code): --used \(item.thing.code):QTY"])
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
