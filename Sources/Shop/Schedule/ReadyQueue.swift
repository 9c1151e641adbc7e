/// The tasks that are ready for a work centre, those of one priority: the one with the earliest modified due moment is first.
///
/// That is the later of its due moment and the moment at which it would be done if it began now: K. R. Baker and J. J. Kanet, "Job shop
/// scheduling with modified due dates", Journal of Operations Management 4 (1983). So tasks that can still be in time go by their due
/// moments, and of those that cannot the shortest, after which the fewest wait.
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
        if task.latest < now {
            late.push(Entry(key: task.span, task: i))
        } else {
            early.push(Entry(key: task.due, task: i))
            if !again, task.latest != Int.max { turning.push(Entry(key: task.latest, task: i)) }
        }
    }

    /// The first task; it stays in the queue. Moments must not go back from call to call.
    /// - Parameter isOpen: whether a task has not been placed, perhaps on another centre.
    mutating func first(at now: Int, _ tasks: [PlanTask], isOpen: (Int) -> Bool) -> Int? {
        while let entry = turning.top, entry.key < now {
            _ = turning.pop()
            if isOpen(entry.task) { late.push(Entry(key: tasks[entry.task].span, task: entry.task)) }
        }
        while let entry = early.top, !isOpen(entry.task) || tasks[entry.task].latest < now { _ = early.pop() }
        while let entry = late.top, !isOpen(entry.task) { _ = late.pop() }
        guard let inTime = early.top else { return late.top?.task }
        guard let tooLate = late.top else { return inTime.task }
        return isLateFirst(inTime, tooLate, at: now) ? tooLate.task : inTime.task
    }

    mutating func pop(at now: Int, _ tasks: [PlanTask], isOpen: (Int) -> Bool) -> Int? {
        guard let first = first(at: now, tasks, isOpen: isOpen) else { return nil }
        if early.top?.task == first, tasks[first].latest >= now { _ = early.pop() } else { _ = late.pop() }
        return first
    }

    private func isLateFirst(_ inTime: Entry, _ tooLate: Entry, at now: Int) -> Bool {
        Entry(key: now + tooLate.key, task: tooLate.task) < inTime
    }
}
