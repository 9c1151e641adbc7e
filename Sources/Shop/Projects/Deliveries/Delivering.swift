import Store
import Values

/// What is to be delivered of a project, as typed.
package struct DeliveryRequest: Sendable {
    /// Empty for all that is left.
    package var items: [PartCount]
    package var isFinal: Bool
    /// Nil for today.
    package var day: Day?
    package var receivedBy: String?
    package var notes: String?
    package var force: String?

    package init(
        _ items: [PartCount] = [], isFinal: Bool = false, day: Day? = nil, receivedBy: String? = nil, notes: String? = nil,
        force: String? = nil
    ) {
        (self.items, self.isFinal, self.day) = (items, isFinal, day)
        (self.receivedBy, self.notes, self.force) = (receivedBy, notes, force)
    }
}

/// A delivery that was recorded.
package struct Delivered: Sendable {
    package var id: Int
    package var sentence: String
    package var notes: [String]
}

/// What a delivery would hand over, what is left then, and what speaks against it.
private struct DeliveryPlan {
    private(set) var lines: [(part: PartStanding, quantity: Int)] = []
    private(set) var faults: [String] = []
    /// What is left after it.
    private(set) var left: [(part: PartStanding, quantity: Int)] = []
    /// The numbers of parts of which nobody knows how many are ordered.
    private(set) var uncounted: [Int] = []
    let isFinal: Bool
    var isComplete: Bool { isFinal || left.isEmpty && uncounted.isEmpty }

    init(_ parts: [PartStanding], _ request: DeliveryRequest) {
        isFinal = request.isFinal
        if request.items.isEmpty { takeAll(parts) } else { for item in request.items { take(item, parts) } }
        for part in parts {
            let rest = (part.isComponent ? part.spare : part.left) - (lines.first { $0.part.id == part.id }?.quantity ?? 0)
            if part.ordered == nil, !part.isComponent { uncounted.append(part.number) } else if rest > 0 { left.append((part, rest)) }
        }
    }

    private mutating func takeAll(_ parts: [PartStanding]) {
        lines = parts.filter { $0.spare > 0 }.map { ($0, $0.spare) }
        guard !isFinal else { return }
        faults = parts.filter { !$0.isComponent && $0.ordered == nil }.map { "part \($0.number) has no quantity" }
        if lines.isEmpty, faults.isEmpty, !parts.isEmpty { faults = ["nothing is left"] }
    }

    private mutating func take(_ item: PartCount, _ parts: [PartStanding]) {
        guard let part = parts.first(where: { $0.number == item.number }) else { return faults.append("there is no part \(item.number)") }
        guard !lines.contains(where: { $0.part.id == part.id }) else { return faults.append("part \(item.number) is named twice") }
        let quantity = item.count ?? part.left
        lines.append((part, quantity))
        if part.ordered == nil {
            faults.append("part \(item.number) has no quantity")
        } else if part.left == 0 {
            faults.append("nothing of part \(item.number) is left")
        } else if quantity > part.left {
            faults.append("only \(part.left) of part \(item.number) \(worded(part.left, "is", "are")) left, not \(quantity)")
        }
    }

    /// Notes on the parts of which fewer are left than the delivered assemblies contain.
    func short(_ uses: [Int: [PartComponent]], _ parts: [PartStanding]) -> [String] {
        parts.compactMap { part in
            let needed = (uses[part.id] ?? []).reduce(0) { sum, use in
                sum + use.count * (lines.first { $0.part.id == use.assembly }?.quantity ?? 0)
            }
            let rest = part.left - (lines.first { $0.part.id == part.id }?.quantity ?? 0)
            guard part.ordered != nil, needed > max(0, rest) else { return nil }
            return
                "the assemblies contain \(needed) of part \(part.number), of which \(max(0, rest)) \(worded(max(0, rest), "was", "were")) left"
        }
    }

    /// `4 of part 1, 2 of part 3 are left`; nil if nothing is left.
    func remainder(_ word: String) -> String? {
        guard let last = left.last else { return nil }
        let shown =
            left.prefix(5).map { "\($0.quantity) of part \($0.part.number)" } + (left.count > 5 ? ["\(left.count - 5) more parts"] : [])
        return shown.joined(separator: ", ") + " \(left.count == 1 && last.quantity == 1 ? "is" : "are") \(word)"
    }
}

extension Shop {
    /// Records a delivery.
    /// - Throws: `refused` with everything that speaks against it.
    package func deliver(_ project: RecordID, _ request: DeliveryRequest) throws -> Delivered {
        guard var move = LifeCycle.project.move("deliver") else { throw Failure(.defect, .project, "projects have no move deliver") }
        let parts = try standings(project.id), plan = DeliveryPlan(parts, request)
        let today = try today(), day = request.day ?? today, facts = try facts(ofProject: project)
        var faults = plan.faults
        if let delivered = facts.deliveredOn { faults = ["it was delivered on \(delivered), and nothing is left"] }
        if day > today { faults.append("\(day) is still to come, today is \(today)") }
        move.lacks = { [faults] shop, step in
            let isEarly = plan.isComplete && step.state != ProjectStatus.completed.rawValue
            let lacks = facts.lacksOfHold + (isEarly ? [LifeCycle.Lack("not completed", "complete CODE")] : [])
            guard !faults.isEmpty else { return lacks }
            throw Failure(
                .refused, .delivery,
                "project \(project.code) cannot be delivered: " + (faults + lacks.map(\.what)).joined(separator: "; "),
                hint: facts.deliveredOn == nil
                    ? "laseros project part list \(project.code)" : "laseros delivery list --project \(project.code)")
        }
        var notes = try self.move(.project, project, move, LifeCycle.Request(force: request.force))
        let (id, code) = try store(plan, request, of: project, day)
        try settle(project.id)
        if plan.isFinal, let rest = plan.remainder("not delivered") { notes.append("\(project.code): \(rest)") }
        notes += try plan.short(uses(project.id), parts) + unmade(project.id, plan.lines.map(\.part.id))
        let first = facts.addedAt.day(offset: try offset(at: facts.addedAt))
        if day < first { notes.append("project \(project.code) was added on \(first), after that day") }
        return Delivered(id: id, sentence: sentence(plan, code, project), notes: notes)
    }

    /// Warnings about delivered parts of which runs have made fewer.
    private func unmade(_ project: Int, _ parts: [Int]) throws -> [String] {
        try data.all(
            """
            SELECT number, delivered, made FROM (
                SELECT part.number, \(PartFigures.delivered) AS delivered, \(PartFigures.finished) AS made FROM part
                WHERE part.project_id = \(project) AND part.id IN (\(SQL.ids(parts))) ORDER BY part.position)
            WHERE delivered > made
            """
        ) { "warning: \($0.int(1)) of part \($0.int(0)) are delivered, and runs have made \($0.int(2))" }
    }

    private func store(_ plan: DeliveryPlan, _ request: DeliveryRequest, of project: RecordID, _ day: Day) throws -> (id: Int, code: String)
    {
        var record = Record(.delivery)
        record["project"] = .integer(project.id)
        record["day"] = day.cell
        record["final"] = request.isFinal.cell
        record["received_by"] = request.receivedBy?.cell
        record["notes"] = request.notes?.cell
        let new = try add(record)
        for (i, line) in plan.lines.enumerated() {
            try data.run(
                """
                INSERT INTO delivery_line (delivery_id, position, part_id, quantity)
                VALUES (\(new.id), \(i + 1), \(line.part.id), \(line.quantity))
                """)
        }
        return new
    }

    /// `project JB-2026-08-CL0001-001: DN-2026-0001 delivers 6 pieces of 2 parts; 4 of part 1 are left`
    private func sentence(_ plan: DeliveryPlan, _ code: String, _ project: RecordID) -> String {
        let pieces = plan.lines.reduce(0) { $0 + $1.quantity }
        let goods =
            plan.lines.count == 1 ? "\(pieces) of part \(plan.lines[0].part.number)" : "\(pieces) pieces of \(plan.lines.count) parts"
        let deed = plan.lines.isEmpty ? code : "\(code) delivers \(goods)"
        if plan.isComplete { return "project \(project.code) is delivered: \(deed)" }
        let rest = [deed] + [plan.remainder("left")].compactMap { $0 } + plan.uncounted.map { "part \($0) has no quantity" }
        return "project \(project.code): " + rest.joined(separator: "; ")
    }
}
