import Values

/// The earliest days on which a new job can be done without moving anything that is planned.
package struct Promise: Hashable, Sendable {
    /// By the likely time of its operations; nil if one of them has no place.
    package var likely: Day?
    /// By the time that four of five such runs stay below.
    package var safe: Day?
    /// The fewest runs that a ratio of its operations is from, where it is used; nil if an operation goes by its estimate.
    package var runs: Int?
    package var unplaced: [Unplaced]
}

extension PlanInput {
    /// Finds the earliest end of a job in the gaps that a plan of this input leaves. What the plan has of the same job counts as free.
    package func promise(_ job: PlanJob, behind plan: Plan) -> Promise {
        var input = self
        input.jobs = [job]
        let tasks = PlanTasks(input), index = Dictionary(tasks.centres.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { a, _ in a })
        var busy: [[Range<Int>]] = tasks.centres.map { _ in [] }
        for slot in plan.slots where slot.job != job.code {
            guard let id = slot.centre, let centre = index[id], let first = slot.stretches.first else { continue }
            let from = tasks.hours[centre].position(at: first.from.ms)
            busy[centre].append(from..<(from + slot.stretches.reduce(0) { $0 + $1.until.ms - $1.from.ms }))
        }
        for centre in busy.indices { busy[centre].sort { $0.lowerBound < $1.lowerBound } }
        var likely = JobAlone(tasks, busy: busy, waits: [.material, .outside, .earliest, .pin]), safe = likely
        safe.isSafe = true
        let timed = tasks.tasks.filter { !$0.isOutside && !$0.operation.isStarted }.map(\.operation)
        let isMeasured = !timed.isEmpty && timed.allSatisfy { $0.ratio.isUsed && $0.minutes != nil }
        let days = (likely: likely.end(ofJob: 0), safe: safe.end(ofJob: 0))
        return Promise(
            likely: days.likely, safe: days.safe, runs: isMeasured ? timed.map(\.ratio.runs).min() : nil,
            unplaced: likely.failed.map { i in
                let task = tasks.tasks[i]
                return Unplaced(id: task.operation.id, code: task.operation.code, job: job.code, fault: task.fault ?? .horizon)
            })
    }
}
