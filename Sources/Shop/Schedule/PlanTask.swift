import Values

/// An operation as the planner sees it: with indices instead of ids, and with what it waits for as moments.
struct PlanTask {
    var job: Int
    var operation: PlanOperation
    /// The centres that can do it, as indices; none for outside work.
    var centres: [Int]
    /// Open milliseconds, whole minutes.
    var work: Int
    var before: [Int] = []
    var after: [Int] = []
    /// When it could begin if all operations before it were done.
    var release: Int
    /// The calendar time that its work takes on the average, with nights and Sundays.
    var span = 0
    /// When it must be done so that the rest of its project can be, in calendar time: see `PlanTasks.setDue`.
    var due = PlanTask.never
    /// Added to its due moment when it is compared with others: the days by which its priority puts it forward or back.
    var shift = 0
    /// Why it cannot be placed.
    var fault: PlanFault?

    /// The due moment of what nobody waits for.
    static let never = Int.max / 4

    /// The order of pins to one centre.
    var pinOrder: (Int, Int, Int) { (pinnedDay?.number ?? 0, operation.place ?? Int.max, due + shift) }
    /// The last moment to begin.
    var latest: Int { due == PlanTask.never ? due : due - span }
    var isOutside: Bool { if case .outside = operation.site { true } else { false } }
    var pinnedDay: Day? { operation.isStarted ? nil : operation.pin?.day }
}

extension Priority {
    /// By how many days it puts a job forward among others: an urgent one goes before what is due up to a week earlier. So a priority decides
    /// between jobs that are due at about the same time, or late, and does not let those be late that could wait no longer for others that can.
    fileprivate var daysForward: Int {
        switch self {
        case .urgent: 7
        case .high: 3
        case .normal: 0
        case .low: -3
        }
    }
}

/// The operations of a plan in an order that does not depend on that of the input: by the day on which their projects were added, then by
/// their ids.
struct PlanTasks {
    let input: PlanInput
    let centres: [WorkCentre]
    let hours: [OpenHours]
    var tasks: [PlanTask] = []
    /// The tasks of each job of the input, each after those that it waits for.
    private(set) var ofJob: [[Int]]

    init(_ given: PlanInput) {
        var input = given
        input.centres.sort { ($0.code, $0.id) < ($1.code, $1.id) }
        input.jobs.sort { ($0.added, $0.code) < ($1.added, $1.code) }
        (self.input, centres, hours) = (input, input.centres, input.openHours())
        ofJob = input.jobs.map { _ in [] }
        let index = Dictionary(centres.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (number, job) in input.jobs.enumerated() {
            let first = tasks.count
            for operation in job.operations.sorted(by: { ($0.step, $0.id) < ($1.step, $1.id) }) {
                tasks.append(task(of: operation, job: number, index))
            }
            join(first..<tasks.count)
            ofJob[number] = ordered(first..<tasks.count)
            spreadFaults(ofJob[number])
            // Who says that a job is urgent, but not for when, means at once.
            let isPressing = job.priority.daysForward > 0
            setDue(ofJob[number], promised: job.promised ?? (isPressing ? input.zone.day(of: job.added) : nil))
            for i in ofJob[number] { tasks[i].shift = -job.priority.daysForward * PlanTasks.dayLength }
        }
    }

    private func task(of operation: PlanOperation, job: Int, _ index: [Int: Int]) -> PlanTask {
        var centres: [Int] = []
        if case .centres(let ids) = operation.site {
            centres = Set(ids.compactMap { index[$0] }).sorted()
            if operation.isStarted { centres = Array(ids.compactMap { index[$0] }.prefix(1)) }
            if !operation.isStarted, let pinned = operation.pin?.centre { centres = index[pinned].map { [$0] } ?? [] }
        }
        var task = PlanTask(
            job: job, operation: operation, centres: centres, work: work(operation, operation.ratio.likely),
            release: release(operation, waits: .all))
        task.fault = fault(of: task)
        task.centres.removeAll { hours[$0].isEmpty }
        let weekly = task.centres.first.map { self.centres[$0].hours.weeklyMinutes } ?? 0
        if weekly > 0 { task.span = Decimal.scale(task.work, 7 * WorkingHours.minutesOfDay, over: weekly) }
        if case .outside(_, let days?) = operation.site { task.span = PlanTasks.lead(days) * PlanTasks.dayLength }
        return task
    }

    /// The open time that an operation takes, in whole minutes; at least one, so that it has a place.
    func work(_ operation: PlanOperation, _ ratio: Int) -> Int {
        let isEstimate = !operation.isStarted && operation.minutes != nil
        let minutes = Decimal.scale(
            operation.minutes ?? input.unknownMinutes, isEstimate ? ratio : MinutesRatio.one, over: MinutesRatio.one)
        return min(max(1, minutes), PlanTasks.mostMinutes) * 60_000
    }

    /// Ten years of minutes and of days: more than any horizon, and safe to add up.
    private static let mostMinutes = 5_256_000
    private static func lead(_ days: Int) -> Int { min(max(0, days), 3652) }
    static let dayLength = 86_400_000

    private func fault(of task: PlanTask) -> PlanFault? {
        if case .outside(nil, nil) = task.operation.site { return .outsideUnknown }
        if task.operation.material == .unknown, !task.operation.isStarted { return .material }
        if task.isOutside { return nil }
        if task.centres.isEmpty { return .noCentre }
        return task.centres.allSatisfy { hours[$0].isEmpty } ? .closed(task.centres.map { centres[$0].code }) : nil
    }

    /// What a release can wait for: all, or one of them, to find out what makes a job late.
    struct Waits: OptionSet {
        let rawValue: Int
        static let material = Waits(rawValue: 1), outside = Waits(rawValue: 2), earliest = Waits(rawValue: 4), pin = Waits(rawValue: 8)
        static let all: Waits = [.material, .outside, .earliest]
    }

    /// When an operation could begin if all before it were done.
    func release(_ operation: PlanOperation, waits: Waits) -> Int {
        var release = input.now.ms
        if operation.isStarted { return release }
        if waits.contains(.material), case .arrives(let day) = operation.material { release = max(release, usable(day)) }
        if waits.contains(.earliest), let day = operation.earliest { release = max(release, midnight(day)) }
        if waits.contains(.pin), let day = operation.pin?.day { release = max(release, midnight(day)) }
        return release
    }

    func midnight(_ day: Day) -> Int { input.zone.moment(on: day, minute: 0).ms }

    /// When what is expected on a day can be used. What should have come before today may come today.
    func usable(_ day: Day) -> Int { midnight(max(day, input.today) + input.receivingDays) }

    /// The day on which outside work is back that could be sent at a moment.
    func back(_ task: PlanTask, sent ms: Int) -> Day {
        guard case .outside(let back, let days) = task.operation.site else { return input.today }
        let sent = input.zone.day(of: Moment(ms: ms))
        return max(max(back ?? sent, input.today), sent + PlanTasks.lead(days ?? 0))
    }

    /// Says which tasks of a job wait for which, given in the order of their steps.
    private mutating func join(_ range: Range<Int>) {
        let index = Dictionary(range.map { (tasks[$0].operation.id, $0) }, uniquingKeysWith: { first, _ in first })
        // A started operation waits for nothing, so that what follows it has to wait for what should have been done before it.
        let hasStarted = range.contains { tasks[$0].operation.isStarted }
        for i in range where !tasks[i].operation.isStarted {
            let step = tasks[i].operation.step
            if let named = tasks[i].operation.after {
                tasks[i].before = Set(named.compactMap { index[$0] }).sorted()
            } else if hasStarted {
                tasks[i].before = range.filter { tasks[$0].operation.step < step }
            } else if let last = range.last(where: { tasks[$0].operation.step < step }).map({ tasks[$0].operation.step }) {
                tasks[i].before = range.filter { tasks[$0].operation.step == last }
            }
            for j in tasks[i].before { tasks[j].after.append(i) }
        }
    }

    /// The tasks of a job, each after those that it waits for. Those that wait for each other are at the end, with a fault.
    private mutating func ordered(_ range: Range<Int>) -> [Int] {
        var left = Dictionary(uniqueKeysWithValues: range.map { ($0, tasks[$0].before.count) })
        var order = range.filter { tasks[$0].before.isEmpty }, next = 0
        while next < order.count {
            for i in tasks[order[next]].after {
                left[i, default: 0] -= 1
                if left[i] == 0 { order.append(i) }
            }
            next += 1
        }
        let placed = Set(order), others = range.filter { !placed.contains($0) }
        for i in others { tasks[i].fault = .circle }
        return order + others
    }

    /// What follows an operation that cannot be placed cannot be placed either.
    private mutating func spreadFaults(_ order: [Int]) {
        for i in order where tasks[i].fault == nil {
            if let first = tasks[i].before.first(where: { tasks[$0].fault != nil }) {
                tasks[i].fault = .waits(tasks[first].operation.code)
            }
        }
    }

    /// The due moments of a job's tasks, from the end of its promised day back over the average time of what follows; and from the day of a
    /// pin, so that what comes before it is there.
    private mutating func setDue(_ order: [Int], promised: Day?) {
        let end = promised.map { midnight($0 + 1) } ?? PlanTask.never
        for i in order.reversed() where tasks[i].fault != .circle {
            tasks[i].due = tasks[i].after.reduce(end) { due, next in
                min(due, tasks[next].latest, tasks[next].pinnedDay.map(midnight) ?? PlanTask.never)
            }
        }
    }
}
