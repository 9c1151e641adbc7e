import Values

/// Lays one job on the hours of the work centres, around what is there already, without moving it.
struct JobAlone {
    let plan: PlanTasks
    /// What each centre is busy with, as ranges of positions in their order.
    var busy: [[Range<Int>]]
    var waits: PlanTasks.Waits
    /// Whether the work takes the safe time instead of the likely.
    var isSafe = false
    /// The tasks that have no place.
    private(set) var failed: [Int] = []

    init(_ plan: PlanTasks, busy: [[Range<Int>]]? = nil, waits: PlanTasks.Waits) {
        (self.plan, self.busy, self.waits) = (plan, busy ?? plan.centres.map { _ in [] }, waits)
    }

    /// The day on which a job would end at the earliest; nil if an operation has no place.
    mutating func end(ofJob job: Int) -> Day? {
        var usable: [Int: Int] = [:], last: Day?
        failed = plan.ofJob[job].filter { plan.tasks[$0].fault != nil }
        for i in failed.isEmpty ? plan.ofJob[job] : [] {
            let task = plan.tasks[i], isFree = task.before.allSatisfy { usable[$0] != nil }
            let ready = task.before.reduce(plan.release(task.operation, waits: waits)) { max($0, usable[$1] ?? $0) }
            guard isFree, let (slot, free) = task.isOutside ? outside(task, ready) : place(task, ready) else {
                failed.append(i)
                continue
            }
            usable[i] = free
            last = max(last ?? plan.endDay(slot), plan.endDay(slot))
        }
        return failed.isEmpty ? last : nil
    }

    private func outside(_ task: PlanTask, _ ready: Int) -> (Dispatch.Slot, usable: Int) {
        let back = waits.contains(.outside) ? plan.back(task, sent: ready) : plan.input.zone.day(of: Moment(ms: ready))
        let end = max(ready, plan.midnight(back)), usable = waits.contains(.outside) ? max(end, plan.usable(back)) : end
        return (Dispatch.Slot(centre: nil, ready: ready, position: 0, begin: ready, end: end), usable)
    }

    /// Takes the centre on which the work ends first.
    private mutating func place(_ task: PlanTask, _ ready: Int) -> (Dispatch.Slot, usable: Int)? {
        let work = isSafe ? plan.work(task.operation, task.operation.ratio.safe) : task.work
        var best: Dispatch.Slot?
        for centre in task.centres {
            let position = gap(on: centre, from: plan.hours[centre].position(at: ready), for: work)
            guard let begin = plan.hours[centre].beginning(at: position), let end = plan.hours[centre].ending(at: position + work),
                end < best?.end ?? Int.max
            else { continue }
            best = Dispatch.Slot(centre: centre, ready: ready, position: position, begin: begin, end: end)
        }
        guard let best, let centre = best.centre else { return nil }
        let range = best.position..<(best.position + work)
        busy[centre].insert(range, at: busy[centre].firstIndex { $0.lowerBound >= range.upperBound } ?? busy[centre].count)
        return (best, best.end)
    }

    private func gap(on centre: Int, from position: Int, for work: Int) -> Int {
        var at = position
        for range in busy[centre] where range.upperBound > at {
            if at + work <= range.lowerBound { break }
            at = range.upperBound
        }
        return at
    }
}
