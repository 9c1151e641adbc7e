import Store
import Values

/// The work on an entry of the queue on a day.
package struct PlannedDay: Sendable {
    package var day: Day
    package var entry: String
    package var name: String
    package var client: String
    package var clientName: String
    package var status: ProjectStatus
    /// `outside` for the day on which it is back from a supplier.
    package var machine: String
    package var time: Seconds?
    package var due: Day?
    package var isLate: Bool { due.map { day > $0 } ?? false }

    /// Those of `CalendarEntry`.
    package static let columns: [Column<PlannedDay>] = {
        var clientName = Column<PlannedDay>("client_name", \.clientName)
        clientName.heading.audience = .people
        return [
            Column("day", \.day), Column("event") { _ in "work" }, Column("code", \.entry), Column("name", \.name),
            Column("client", wide: true, \.client), clientName, Column("status", wide: true, \.status), Column("machine", \.machine),
            Column("time_s", \.time),
        ]
    }()
}

extension Shop {
    /// The work of a period by days: as the plan was kept last, else as it is proposed now.
    /// - Returns: also notes for the user.
    package func plannedDays(_ period: Period, client: Int?) throws -> (days: [PlannedDay], notes: [String]) {
        if let kept = try keptQueue() {
            let missing =
                try data.one(
                    "SELECT count(*) FROM aux_queue WHERE open AND queue_id NOT IN (SELECT queue_id FROM plan_slot)"
                ) { $0.int(0) } ?? 0
            let entries = "\(counted(missing, "entry", "entries")) \(worded(missing, "is", "are"))"
            return (
                merged(try keptWork(client: client), in: period),
                ["as the plan was kept on \(kept.day)"] + (missing > 0 ? ["\(entries) not in it: laseros queue plan --keep"] : [])
            )
        }
        let plan = try planQueue(), zone = plan.input.zone
        let codes = Dictionary(plan.input.centres.map { ($0.id, $0.code) }) { first, _ in first }
        let clients = try clients(ofOpenEntries: client)
        let work = plan.plan.slots.flatMap { slot -> [PlannedDay] in
            guard let entry = plan.entry(slot.id), let client = clients[slot.id] else { return [] }
            func day(_ day: Day, _ time: Int?) -> PlannedDay {
                PlannedDay(
                    day: day, entry: entry.code, name: entry.projectName, client: client.code, clientName: client.name,
                    status: client.status,
                    machine: slot.centre.map { codes[$0] ?? "" } ?? "outside",
                    time: time.map { Seconds(ms: $0) }, due: entry.due)
            }
            return slot.centre == nil ? [day(slot.ends, nil)] : slot.stretches.map { day(zone.day(of: $0.from), $0.until.ms - $0.from.ms) }
        }
        return (merged(work, in: period), ["no plan is kept: laseros queue plan --keep"])
    }

    /// The clients of open entries and the states of their projects, by the ids of the entries.
    private func clients(ofOpenEntries only: Int?) throws -> [Int: (code: String, name: String, status: ProjectStatus)] {
        let rows = try data.all(
            """
            SELECT queue.id, client.code, client.name, project.status FROM aux_queue JOIN queue ON queue.id = queue_id JOIN project ON project.id = project_id
            JOIN client ON client.id = client_id WHERE open AND (\(only) IS NULL OR client.id = \(only))
            """
        ) { ($0.int(0), (code: $0.text(1), name: $0.text(2), status: try $0.get(3) as ProjectStatus)) }
        return Dictionary(rows) { first, _ in first }
    }

    private func keptWork(client: Int?) throws -> [PlannedDay] {
        let zone = try zone()
        return try data.all(
            """
            SELECT queue.code, project.name, client.code, coalesce(machine.code, 'outside'), starts_at, ends_at, project.due,
                plan_slot.machine_id IS NULL, client.name, project.status
            FROM plan_slot JOIN aux_queue ON aux_queue.queue_id = plan_slot.queue_id AND aux_queue.open JOIN queue ON queue.id = plan_slot.queue_id
            JOIN project ON project.id = project_id JOIN client ON client.id = client_id LEFT JOIN machine ON machine.id = plan_slot.machine_id
            WHERE starts_at IS NOT NULL AND (\(client) IS NULL OR client.id = \(client)) ORDER BY starts_at, plan_slot.id
            """
        ) { row in
            let from: Moment = try row.get(4), until: Moment = try row.get(5), isOutside = row.int(7) != 0
            return PlannedDay(
                day: zone.day(of: isOutside ? until : from), entry: row.text(0), name: row.text(1), client: row.text(2),
                clientName: row.text(8),
                status: try row.get(9), machine: row.text(3),
                time: isOutside ? nil : Seconds(ms: until.ms - from.ms), due: try row.get(6))
        }
    }

    /// The work within a period, with one row for an entry, a machine and a day, by days.
    private func merged(_ work: [PlannedDay], in period: Period) -> [PlannedDay] {
        var days: [PlannedDay] = [], index: [[String]: Int] = [:]
        for one in work where one.day >= period.from && one.day < period.until {
            let key = ["\(one.day)", one.entry, one.machine]
            if let i = index[key] {
                days[i].time = days[i].time.map { Seconds(ms: $0.ms + (one.time?.ms ?? 0)) }
            } else {
                index[key] = days.count
                days.append(one)
            }
        }
        // A sort that keeps the order within a day.
        return days.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }
}
