import Values

/// A stretch of work within one shift.
package struct PlanStretch: Hashable, Sendable {
    package var from: Moment
    package var until: Moment
    /// The day on which the shift begins.
    package var day: Day
    package var minutes: Int { (until.ms - from.ms) / 60_000 }
}

/// Where and when an operation is done.
package struct PlanSlot: Hashable, Sendable {
    package var id: Int
    package var code: String
    package var job: String
    /// The id of its centre; nil for outside work.
    package var centre: Int?
    package var from: Moment
    package var until: Moment
    /// The days on which it begins and ends by the calendar.
    package var begins: Day
    package var ends: Day
    /// One for each shift; none for outside work.
    package var stretches: [PlanStretch]
    package var isStarted: Bool
    /// Whether its minutes are a guess, because nobody has said them.
    package var isGuess: Bool
    /// The day of its pin, and whether it begins on it: in a shift that begins on it.
    package var pinned: Day?
    package var isPinKept: Bool
}

/// Why an operation cannot be placed.
package enum PlanFault: Hashable, Sendable {
    /// Nobody knows when its material comes.
    case material
    /// Nobody knows when it is back from outside.
    case outsideUnknown
    /// No work centre of the plan can do it.
    case noCentre
    /// These centres are never open.
    case closed([String])
    /// The operation before it cannot be placed.
    case waits(String)
    /// Operations wait for each other.
    case circle
    /// The centres are full or closed up to the horizon of the plan.
    case horizon
}

/// What makes a job late. Each is proved: without it the job would be in time; for `capacity` nothing else is left.
package enum LateReason: Hashable, Sendable {
    /// Its promised day is over.
    case overdue
    /// With free machines and all there its work ends on this day.
    case work(Day)
    /// The material of an operation arrives on this day.
    case material(Day)
    /// An operation is back from outside on this day.
    case outside(Day)
    /// An operation is not to begin before this day.
    case earliest(Day)
    /// It is pinned itself, to this day.
    case ownPin(Day)
    /// All that it waits for together, where nothing alone makes it late.
    case waits
    /// The pin of this entry; nil for several together.
    case pin(String?)
    /// Places by hand.
    case place
    /// Jobs of higher priority.
    case priority
    /// It waits longest for this work centre.
    case capacity(String)
}

/// A job in a plan.
package struct PlannedJob: Hashable, Sendable {
    package var code: String
    package var promised: Day?
    /// The day on which the last operation ends; nil if one of them cannot be placed.
    package var ends: Day?
    package var reason: LateReason?
    /// How many days after its promise it ends; 0 in time or without a promise.
    package var daysLate: Int { promised.flatMap { promised in ends.map { max(0, $0.number - promised.number) } } ?? 0 }
}

/// An operation that has no place.
package struct Unplaced: Hashable, Sendable {
    package var id: Int
    package var code: String
    package var job: String
    package var fault: PlanFault
}

/// What a pin does to other jobs.
package struct PinEffect: Hashable, Sendable {
    package struct Delay: Hashable, Sendable {
        package var job: String
        package var ends: Day
        /// The day on which it would end without the pin.
        package var without: Day
    }

    package var code: String
    /// The jobs that are late, and later than without it, in the order of their codes.
    package var delays: [Delay]
}

/// A proposal of what is done when and where. The same input gives the same plan.
package struct Plan: Sendable {
    /// By their beginning.
    package var slots: [PlanSlot]
    /// By the days on which they were added.
    package var jobs: [PlannedJob]
    package var unplaced: [Unplaced]
    /// Of each pin that makes others late.
    package var pinEffects: [PinEffect]
    /// How many tasks were looked at to find it.
    package var looks: Int

    package var late: [PlannedJob] { jobs.filter { $0.daysLate > 0 } }
}

extension PlanInput {
    /// Lays the jobs on the hours of the work centres: see `Dispatch`.
    package func plan() -> Plan {
        let tasks = PlanTasks(self), dispatch = Dispatch(tasks)
        var plan = Plan(slots: [], jobs: [], unplaced: [], pinEffects: [], looks: dispatch.looks)
        for (i, task) in tasks.tasks.enumerated() {
            if let slot = dispatch.slots[i] {
                plan.slots.append(tasks.shown(task, slot))
            } else {
                let before = task.before.first { dispatch.slots[$0] == nil }
                let fault = task.fault ?? before.map { .waits(tasks.tasks[$0].operation.code) } ?? .horizon
                let (operation, job) = (task.operation, tasks.input.jobs[task.job].code)
                plan.unplaced.append(Unplaced(id: operation.id, code: operation.code, job: job, fault: fault))
            }
        }
        plan.slots.sort { ($0.from, $0.id) < ($1.from, $1.id) }
        let ends = tasks.ends(dispatch)
        plan.jobs = tasks.input.jobs.indices.map { number in
            PlannedJob(code: tasks.input.jobs[number].code, promised: tasks.input.jobs[number].promised, ends: ends[number])
        }
        LateReasons(tasks, dispatch, ends).explain(&plan)
        return plan
    }
}

extension PlanTasks {
    fileprivate func shown(_ task: PlanTask, _ slot: Dispatch.Slot) -> PlanSlot {
        let (operation, pinned, from, until) = (task.operation, task.pinnedDay, Moment(ms: slot.begin), Moment(ms: slot.end))
        let stretches = slot.centre.map { hours[$0].stretches(from: slot.position, lasting: task.work) } ?? []
        return PlanSlot(
            id: operation.id, code: operation.code, job: input.jobs[task.job].code, centre: slot.centre.map { centres[$0].id }, from: from,
            until: until, begins: input.zone.day(of: from), ends: endDay(slot), stretches: stretches, isStarted: operation.isStarted,
            isGuess: operation.minutes == nil && slot.centre != nil, pinned: pinned,
            isPinKept: pinned != nil && stretches.first?.day == pinned)
    }

    /// The day on which a slot ends: what ends at midnight ends on the day before.
    func endDay(_ slot: Dispatch.Slot) -> Day { input.zone.day(of: Moment(ms: slot.centre == nil ? slot.end : slot.end - 1)) }

    /// The day on which each job ends; nil if one of its operations has no place.
    func ends(_ dispatch: Dispatch) -> [Day?] {
        ofJob.map { tasks in
            let slots = tasks.compactMap { dispatch.slots[$0] }
            return slots.count == tasks.count ? slots.map(endDay).max() : nil
        }
    }
}
