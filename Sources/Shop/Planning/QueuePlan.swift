import Store
import Values

/// A plan of the queue, and what it is compared with.
package struct QueuePlan {
    package let plan: Plan
    let input: PlanInput
    let reading: PlanReading
    /// The schedule that was kept last; nil if none was.
    package let kept: KeptQueue?
    private let entries: [Int: PlanEntry]

    init(_ input: PlanInput, _ reading: PlanReading, kept: KeptQueue?) {
        (self.input, self.reading, self.kept) = (input, reading, kept)
        plan = input.plan()
        entries = Dictionary(reading.entries.map { ($0.id, $0) }) { first, _ in first }
    }

    func entry(_ id: Int) -> PlanEntry? { entries[id] }
}

/// An entry in a plan.
package struct PlanRow: Sendable {
    package var entry: String
    package var project: String
    package var name: String
    package var operation: String
    /// Where it is done; `outside` at a supplier, and nil without a place.
    package var machine: String?
    package var starts: DisplayValue
    package var ends: DisplayValue
    package var time: Seconds?
    package var due: Day?
    package var daysLate: Int?
    /// Why its project is late, or why it has no place.
    package var reason: String?

    package static let columns: [Column<PlanRow>] = {
        var name = Column<PlanRow>("project_name", \.name), project = Column<PlanRow>("project", wide: true, \.project)
        name.heading.audience = .people
        var late = Column<PlanRow>("late_days", \.daysLate), reason = Column<PlanRow>("reason", \.reason)
        (late.heading.isOptional, reason.heading.isOptional) = (true, true)
        return [
            Column("entry", \.entry), project, name, Column("operation", wide: true, \.operation), Column("machine", \.machine),
            Column("starts_at", .moment, \.starts), Column("ends_at", .moment, \.ends), Column("time_s", \.time), Column("due", \.due),
            late, reason,
        ]
    }()
    package static let headings = columns.map(\.heading)
}

extension Shop {
    /// Lays the queue on the hours of the machines. It stores nothing.
    /// - Parameter first: the day on which it begins; nil for now.
    package func planQueue(from first: Day? = nil) throws -> QueuePlan {
        let reading = try readQueue(), input = try planInput(reading.jobs(), from: first)
        return QueuePlan(input, reading, kept: try keptQueue())
    }

    /// - Throws: `refused` for a day that is over.
    func planInput(_ jobs: [PlanJob], from first: Day?) throws -> PlanInput {
        let today = try today(), day = first ?? today
        guard day >= today else {
            throw Failure(.refused, .queue, "\(day) is over: a plan begins today or later", hint: "laseros queue plan --from \(today)")
        }
        let now = day == today ? clock : try zone().moment(on: day, minute: 0)
        var input = PlanInput(now: now, zone: try zone(), centres: [], holidays: try setting(Settings.holidays), jobs: jobs)
        // A night shift may have begun the day before.
        input.centres = try workCentres(from: day + -1, through: day + input.horizonDays)
        return input
    }
}

extension QueuePlan {
    /// The entries in the order of their beginnings, and then those without a place.
    /// - Parameter machine: only what is done there.
    package func rows(on machine: Int? = nil) -> [PlanRow] {
        let jobs = Dictionary(plan.jobs.map { ($0.code, $0) }) { first, _ in first }
        let codes = Dictionary(input.centres.map { ($0.id, $0.code) }) { first, _ in first }
        func row(_ entry: PlanEntry) -> PlanRow {
            PlanRow(
                entry: entry.code, project: entry.project.code, name: entry.projectName, operation: entry.operationCode, machine: nil,
                starts: .nothing, ends: .nothing, due: entry.due)
        }
        let placed = plan.slots.filter { machine == nil || $0.centre == machine }.compactMap { slot in
            entry(slot.id).map { entry in
                var row = row(entry)
                row.machine = slot.centre.map { codes[$0] ?? "" } ?? "outside"
                (row.starts, row.ends) = (shown(slot.from), shown(slot.until))
                if slot.centre != nil { row.time = Seconds(ms: slot.stretches.reduce(0) { $0 + $1.until.ms - $1.from.ms }) }
                if let job = jobs[slot.job], job.daysLate > 0 { (row.daysLate, row.reason) = (job.daysLate, job.reason?.description) }
                return row
            }
        }
        let faults = Dictionary(plan.unplaced.map { ($0.id, $0.fault) }) { first, _ in first }
        let others = reading.entries.filter { machine == nil || reading.centres($0) == [machine] }.compactMap { entry -> PlanRow? in
            var row = row(entry)
            row.reason = entry.hold.map { $0.isEmpty ? "on hold" : "on hold: \($0)" } ?? faults[entry.id]?.description
            return row.reason == nil ? nil : row
        }
        return placed + others
    }

    private func shown(_ moment: Moment) -> DisplayValue { .moment(moment, offset: input.zone.offset(at: moment)) }
}
