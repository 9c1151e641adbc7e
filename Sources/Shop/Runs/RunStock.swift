import Store
import Values

/// Corrects what a run took from the stock, by movements against those that are stored.
extension Shop {
    /// What a run took of an item or a lot for a project, and neither the run nor the project has given back.
    struct RunUse {
        var item: Int?
        var lot: Int?
        var project: Int?
        var millis: Int
        /// Nil if it had no value when it went out.
        var cost: Rate?
        var isRemnant: Bool
    }

    /// The runs that gave back more of an item than they took.
    /// - Parameter condition: for the movements that are looked at, of whole runs.
    static func returnedTooMuch(_ condition: SQL) -> SQL {
        """
        SELECT run.code AS code, inv.code AS item, sum(quantity_millis) AS millis FROM movement JOIN run ON run.id = run_id
        JOIN inv ON inv.id = movement.inv_id WHERE \(condition) GROUP BY run_id, movement.inv_id HAVING sum(quantity_millis) > 0
        """
    }

    /// A sentence for each run that would have given back more than it took, after an undo that has touched these rows.
    func returnedTooMuch(among touched: [String: ClosedRange<Int>]) throws -> [String] {
        guard touched["movement"] != nil else { return [] }
        // The undo may have removed what a run took, so that only what it gave back tells which run it was.
        let runs: SQL = "run_id IN (SELECT run_id FROM movement WHERE run_id IS NOT NULL AND kind = \(MovementKind.return))"
        return try data.all(Shop.returnedTooMuch(runs)) { "run \($0.text(0)) would have given back more of \($0.text(1)) than it took" }
    }

    /// The last first.
    func uses(ofRun run: Int) throws -> [RunUse] {
        try data.all(
            """
            WITH own AS (
                SELECT inv_id, lot_id, project_id, -sum(quantity_millis) AS millis, max(id) AS last FROM movement WHERE run_id = \(run)
                GROUP BY inv_id, lot_id, project_id HAVING sum(quantity_millis) < 0)
            SELECT own.inv_id, own.lot_id, own.project_id, min(own.millis, (
                    SELECT -sum(quantity_millis) FROM movement WHERE movement.project_id IS own.project_id AND movement.inv_id IS own.inv_id
                        AND movement.lot_id IS own.lot_id AND kind IN ('use', 'return'))),
                own.millis, -sum(change_cents), (SELECT kind FROM lot WHERE lot.id = own.lot_id) IS \(LotKind.remnant)
            FROM own JOIN movement ON movement.run_id = \(run) AND movement.inv_id IS own.inv_id AND movement.lot_id IS own.lot_id
                AND movement.project_id IS own.project_id
            JOIN aux_movement ON aux_movement.id = movement.id GROUP BY own.inv_id, own.lot_id, own.project_id ORDER BY own.last DESC
            """
        ) { row in
            let cents = row.int(5)
            return RunUse(
                item: try row.get(0), lot: try row.get(1), project: try row.get(2), millis: max(0, row.int(3)),
                cost: cents > 0 ? Rate(millionths: Decimal.scale(cents, 10_000_000, over: row.int(4))) : nil, isRemnant: row.int(6) != 0)
        }.filter { $0.millis > 0 }
    }

    /// Puts a part of what a run took back at the value at which it went out.
    func giveBack(_ parts: [(use: RunUse, millis: Int)], of run: RecordID, because reason: String) throws -> [String] {
        let movements = try parts.filter { $0.millis > 0 }.map { use, millis in
            var movement = Movement(.return, Quantity(thousandths: millis), of: use.item, lot: use.lot, on: try today())
            (movement.cost, movement.project, movement.run, movement.reason) = (use.cost, use.project, run.id, reason)
            return movement
        }
        guard !movements.isEmpty else { return [] }
        try record(movements)
        var sums: [(code: String, millis: Int)] = []
        for movement in movements {
            let code =
                try (movement.item.map { try self.code(of: .inv, $0) } ?? movement.lot.map { try self.code(of: .lot, $0) } ?? "") ?? ""
            if let i = sums.firstIndex(where: { $0.code == code }) {
                sums[i].millis += movement.quantity.thousandths
            } else {
                sums.append((code, movement.quantity.thousandths))
            }
        }
        return ["came back: " + sums.map { "\(Quantity(thousandths: $0.millis)) of \($0.code)" }.joined(separator: ", ")]
    }

    /// Reserves again what projects still need after a run was corrected. Where nobody knows how much that is, and of remnants and of what is no
    /// sheet, it is what came back of what the run itself took.
    func reserveAgain(_ parts: [(use: RunUse, millis: Int)], of run: KeptRun) throws -> [String] {
        var notes: [String] = []
        for (use, millis) in parts where millis > 0 {
            guard let project = use.project, try isCut(project) else { continue }
            let owner = try named(.project, project)
            if !use.isRemnant, let item = use.item, try isReckoned(item, of: owner) { continue }
            let thing =
                try use.isRemnant || use.item == nil ? stock(.lot, named(.lot, use.lot ?? 0)) : stock(.inv, named(.inv, use.item ?? 0))
            let own: SQL =
                thing.item == nil || use.isRemnant ? "lot_id = \(thing.lot?.id)" : "inv_id = \(thing.item?.id) AND lot_id IS NULL"
            let known =
                try data.one(
                    "SELECT coalesce(sum(quantity_millis), 0) FROM reservation WHERE project_id = \(project) AND \(own)"
                ) { $0.int(0) } ?? 0
            // Corrections give a reason; the end of the run does not.
            let first = try netUse(project, item: thing.item?.id, lot: thing.lot?.id, where: "run_id = \(run.thing.id) AND reason IS NULL")
            let now = try netUse(project, item: thing.item?.id, lot: thing.lot?.id, where: "run_id = \(run.thing.id)")
            let again = max(0, min(millis, first - now))
            if again > 0 { notes += try reserve(thing, Quantity(thousandths: known + again), for: owner) }
        }
        for project in run.projects { notes += try reserveQueued(project) }
        return notes
    }

    /// Whether the needs of a project say how much of an item of sheets is reserved.
    private func isReckoned(_ item: Int, of project: RecordID) throws -> Bool {
        if let own = try sheetItems(sheetNeeds(of: project)).items.first(where: { $0.thing.item?.id == item }) { return own.sheets != nil }
        return try data.one("SELECT 1 FROM inv WHERE id = \(item) AND material_id IS NOT NULL AND thickness_um IS NOT NULL") { _ in true }
            ?? false
    }

    private func isCut(_ project: Int) throws -> Bool {
        try data.one(
            """
            SELECT 1 FROM queue JOIN project ON project.id = project_id WHERE project_id = \(project) AND operation_id IS NULL AND held_on IS NULL
                AND queue.status IN ('queued', 'running', 'paused') AND project.status IN ('queued', 'in-progress')
            """
        ) { _ in true } ?? false
    }

    /// Takes the remnants out again that a run has put back.
    /// - Throws: `refused` if one of them is used, scrapped or reserved since.
    func takeRemnantsOut(_ run: RecordID, because reason: String) throws -> [String] {
        let remnants = try data.all(
            """
            SELECT lot.id, lot.code, on_hand_millis, max(movement.project_id) FROM movement JOIN lot ON lot.id = movement.lot_id
            JOIN aux_lot ON aux_lot.lot_id = lot.id WHERE movement.run_id = \(run.id) AND lot.kind = \(LotKind.remnant)
            GROUP BY lot.id HAVING sum(quantity_millis) > 0 ORDER BY lot.id
            """
        ) { (lot: RecordID($0), onHand: $0.int(2), project: try $0.get(3) as Int?) }
        let movements = try remnants.map { remnant in
            guard remnant.onHand > 0 else {
                throw Failure(
                    .refused, .run, "remnant \(remnant.lot.code), which run \(run.code) put back, is not there any more",
                    hint: "laseros inv movements \(remnant.lot.code) says why")
            }
            try demandNotReserved(stock(.lot, remnant.lot), for: nil)
            var movement = Movement(.return, Quantity(thousandths: -1000), of: nil, lot: remnant.lot.id, on: try today())
            (movement.project, movement.run, movement.reason) = (remnant.project, run.id, reason)
            return movement
        }
        guard !movements.isEmpty else { return [] }
        try record(movements)
        return ["taken out again: \(Shop.listed(remnants.map(\.lot.code)))"]
    }

    /// Brings what a run took to what a user says: what is too much comes back, what is too little is used.
    /// - Returns: what came back, to be reserved again, and notes for the user.
    func correctMaterial(_ run: KeptRun, _ said: [ItemCount]) throws -> (back: [(use: RunUse, millis: Int)], notes: [String]) {
        var wanted: [(thing: StockThing, millis: Int)] = []
        for count in said {
            let thing = try stock(count.code)
            guard let quantity = count.quantity ?? (thing.item == nil ? Shop.one : nil) else {
                throw Failure(.usage, .run, "how many of \(thing.code) were used?", hint: "--used \(thing.code):QTY")
            }
            if let i = wanted.firstIndex(where: { $0.thing.code == thing.code }) {
                wanted[i].millis += quantity.thousandths
            } else {
                wanted.append((thing, quantity.thousandths))
            }
        }
        let uses = try uses(ofRun: run.thing.id), lots = Set(wanted.compactMap(\.thing.lot?.id))
        var back: [(use: RunUse, millis: Int)] = [], more: [(thing: StockThing, millis: Int)] = [], left = Array(uses.indices)
        for (thing, millis) in wanted {
            let own = left.filter { i in
                thing.lot.map { uses[i].lot == $0.id } ?? (uses[i].item == thing.item?.id && !(uses[i].lot.map(lots.contains) ?? false))
            }
            left.removeAll(where: own.contains)
            let excess = own.reduce(0) { $0 + uses[$1].millis } - millis
            if excess < 0 { more.append((thing, -excess)) }
            if excess > 0 { back += zip(own, Shop.divided(excess, by: own.map { uses[$0].millis })).map { (uses[$0], $1) } }
        }
        back += left.map { (uses[$0], uses[$0].millis) }
        let reason = "run \(run.thing.code) was corrected"
        return try (back, giveBack(back, of: run.thing, because: reason) + useMore(more, run, because: reason))
    }

    private func useMore(_ more: [(thing: StockThing, millis: Int)], _ run: KeptRun, because reason: String) throws -> [String] {
        var notes: [StockNote] = [], words: [String] = []
        let projects = run.projects
        let weights = projects.map { project in run.rows.reduce(0) { $0 + ($1.project.id == project.id ? $1.weight : 0) } }
        for (thing, millis) in more {
            for (project, share) in zip(projects, Shop.divided(millis, by: weights)) where share > 0 {
                var request = StockRequest(Quantity(thousandths: share), project: project, reason: reason)
                request.run = run.thing.id
                notes += try use(thing.lot == nil ? stock(.inv, thing.item ?? project) : stock(.lot, thing.lot ?? project), request).notes
            }
            words.append("\(Quantity(thousandths: millis)) of \(thing.code)")
        }
        return (words.isEmpty ? [] : ["used \(words.joined(separator: ", "))"]) + notes.lines
    }
}
