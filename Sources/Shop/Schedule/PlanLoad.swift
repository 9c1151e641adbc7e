import Values

/// How full a work centre is on a day.
package struct PlanLoad: Hashable, Sendable {
    /// The id of the centre.
    package var centre: Int
    /// The day on which its shifts begin.
    package var day: Day
    /// The minutes of its shifts; of those that have begun what is left.
    package var capacity: Int
    /// The minutes that the plan has laid on them.
    package var load: Int
}

extension PlanInput {
    /// The capacity and the load of each work centre on each day, up to a day; days without both are left out. Ordered by centre and day.
    package func load(of plan: Plan, through last: Day) -> [PlanLoad] {
        var minutes: [Int: [Day: Int]] = [:]
        for slot in plan.slots {
            for stretch in slot.stretches { minutes[slot.centre ?? 0, default: [:]][stretch.day, default: 0] += stretch.minutes }
        }
        return zip(centres, openHours()).sorted { ($0.0.code, $0.0.id) < ($1.0.code, $1.0.id) }.flatMap { centre, hours in
            var capacity: [Day: Int] = [:]
            for stretch in hours.stretches(through: last) {
                capacity[stretch.day, default: 0] += (stretch.until - stretch.from) / 60_000
            }
            return capacity.keys.sorted().map { day in
                PlanLoad(centre: centre.id, day: day, capacity: capacity[day] ?? 0, load: minutes[centre.id]?[day] ?? 0)
            }
        }
    }
}
