/// The tasks that are ready for a work centre: the one with the earliest modified due moment is first.
///
/// That is the later of its due moment and the moment at which it would be done if it began now: K. R. Baker and J. J. Kanet, "Job shop
/// scheduling with modified due dates", Journal of Operations Management 4 (1983). So tasks that can still be in time go by their due
/// moments, and of those that cannot the shortest, after which the fewest wait. It is shifted by the days of the task's priority.
struct ReadyQueue {
    struct Entry: Comparable {
        var key: Int
        var task: Int
        static func < (a: Entry, b: Entry) -> Bool { (a.key, a.task) < (b.key, b.task) }
    }

    /// Those in time by their due moments, and again by the last moments to begin.
    private var early = Heap<Entry>()
    private var turning = Heap<Entry>()
    /// Those late by the time they take.
    private var late = Heap<Entry>()

    /// - Parameter again: whether it was taken out by `pop` at the same moment.
    mutating func push(_ i: Int, _ task: PlanTask, at now: Int, again: Bool = false) {
        if task.latest < now { return late.push(Entry(key: task.span + task.shift, task: i)) }
        early.push(Entry(key: task.due + task.shift, task: i))
        if !again { turning.push(Entry(key: task.latest, task: i)) }
    }

    /// The first task; it stays in the queue. Moments must not go back from call to call.
    /// - Parameter isOpen: whether a task has not been placed, perhaps on another centre.
    mutating func first(at now: Int, _ tasks: [PlanTask], isOpen: (Int) -> Bool) -> Int? {
        while let entry = turning.top, entry.key < now {
            _ = turning.pop()
            let task = tasks[entry.task]
            if isOpen(entry.task) { late.push(Entry(key: task.span + task.shift, task: entry.task)) }
        }
        while let entry = early.top, !isOpen(entry.task) || tasks[entry.task].latest < now { _ = early.pop() }
        while let entry = late.top, !isOpen(entry.task) { _ = late.pop() }
        guard let inTime = early.top else { return late.top?.task }
        guard let tooLate = late.top else { return inTime.task }
        return isLateFirst(inTime, tooLate, at: now) ? tooLate.task : inTime.task
    }

    /// Takes out the task that is first.
    mutating func pop(_ first: Int, _ tasks: [PlanTask], at now: Int) {
        if tasks[first].latest < now { _ = late.pop() } else { _ = early.pop() }
    }

    private func isLateFirst(_ inTime: Entry, _ tooLate: Entry, at now: Int) -> Bool {
        Entry(key: now + tooLate.key, task: tooLate.task) < inTime
    }
}
