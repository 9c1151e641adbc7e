import Store
import Values

/// The schedule that was kept last.
package struct KeptQueue {
    package var plan: KeptPlan
    /// The day on which it was kept.
    package var day: Day
}

extension Shop {
    /// Nil if no schedule was kept, or nothing of it is left.
    func keptQueue() throws -> KeptQueue? {
        var entries: [String: KeptPlan.Entry] = [:], last: Moment?
        let zone = try zone()
        try data.each(
            """
            SELECT queue.code, max(ends_at), plan_slot.due, plan_slot.machine_id IS NULL, kept_at FROM plan_slot JOIN queue ON queue.id = queue_id
            GROUP BY queue_id
            """
        ) { row in
            let end: Moment? = try row.get(1), isOutside = row.int(3) != 0, kept: Moment = try row.get(4)
            // What ends at midnight ends on the day before.
            let day = end.map { zone.day(of: isOutside ? $0 : Moment(ms: $0.ms - 1)) }
            entries[row.text(0)] = KeptPlan.Entry(ends: day, promised: try row.get(2))
            last = max(last ?? kept, kept)
        }
        return last.map { KeptQueue(plan: KeptPlan(entries), day: zone.day(of: $0)) }
    }

    /// Stores a plan in place of the one that was kept last: a row for each shift of an entry, and one without times for what has no place.
    package func keep(_ plan: QueuePlan) throws {
        try data.run("DELETE FROM plan_slot")
        func add(_ id: Int, _ place: Int, _ machine: Int?, _ from: Moment?, _ until: Moment?) throws {
            try data.run(
                """
                INSERT INTO plan_slot (queue_id, position, machine_id, starts_at, ends_at, due, kept_at)
                VALUES (\(id), \(place), \(machine), \(from), \(until), \(plan.entry(id)?.due), \(clock))
                """)
        }
        for slot in plan.plan.slots {
            if slot.stretches.isEmpty { try add(slot.id, 1, slot.centre, slot.from, slot.until) }
            for (i, part) in slot.stretches.enumerated() { try add(slot.id, i + 1, slot.centre, part.from, part.until) }
        }
        for unplaced in plan.plan.unplaced { try add(unplaced.id, 1, nil, nil, nil) }
    }
}
