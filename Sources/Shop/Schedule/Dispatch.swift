import Values

/// Lays tasks on the hours of work centres, moment by moment: whenever a centre is free and open, it takes the first of what is ready.
///
/// What is first: a started operation; then one that is pinned to this day or an earlier one; then places by hand, in their order; then the
/// earlier modified due moment, which tells by when an operation has to be done so that its project is ready on its promised day, and which a
/// priority puts forward or back by some days (see `ReadyQueue` and `Priority`); then what was added first. Projects without a promise come
/// after those with one.
///
/// Nothing waits for an operation that is not ready, however urgent and whatever its place, except for a pin: what would run into its day is
/// not begun before it. Nothing that has begun is interrupted, except by closings. Of two centres that can do an operation the one that
/// finishes it earlier takes it. Promised days change only the order: they never put two operations on a centre at once.
struct Dispatch {
    /// Where a task is placed.
    struct Slot {
        var centre: Int?
        /// When it could have begun.
        var ready: Int
        /// Its position on the hours of the centre; 0 for outside work.
        var position: Int
        var begin: Int
        var end: Int
    }

    let plan: PlanTasks
    private let tasks: [PlanTask]
    private(set) var slots: [Slot?]
    /// How many times a task was looked at, as a measure of the work done.
    private(set) var looks = 0

    private var ready: [Int]
    private var waiting: [Int]
    /// What is ready for each centre: places by hand, and the rest.
    private var queues: [(hand: Heap<ReadyQueue.Entry>, rest: ReadyQueue)]
    /// The work of all that is ready for each centre.
    private var load: [Int]
    /// The position from which each centre is free.
    private var free: [Int]
    private var isIdle: [Bool]
    /// The pinned tasks of each centre that are not placed, in their order.
    private var pins: [[Int]]
    /// Releases of tasks, and behind their indices those of centres that decide.
    private var events = Heap<ReadyQueue.Entry>()
    /// When each centre decides next.
    private var wakes: [Int]
    /// Whether a centre may leave a task to another one.
    private var isLeaving = true

    /// How many tasks a centre looks at that do not fit before a pin.
    private static let lookAhead = 200

    init(_ plan: PlanTasks) {
        (self.plan, tasks) = (plan, plan.tasks)
        slots = tasks.map { _ in nil }
        ready = tasks.map(\.release)
        waiting = tasks.map(\.before.count)
        queues = plan.centres.map { _ in (Heap(), ReadyQueue()) }
        (load, free) = (plan.centres.map { _ in 0 }, plan.centres.map { _ in 0 })
        isIdle = plan.centres.map { _ in true }
        pins = plan.centres.map { _ in [] }
        wakes = plan.centres.map { _ in Int.max }
        for (i, task) in tasks.enumerated() where task.pinnedDay != nil && task.fault == nil && !task.isOutside {
            for centre in task.centres { pins[centre].append(i) }
        }
        for centre in pins.indices { pins[centre].sort { tasks[$0].pinOrder < tasks[$1].pinOrder } }
        run()
    }

    private func hours(_ centre: Int) -> OpenHours { plan.hours[centre] }

    private mutating func run() {
        let sound = tasks.indices.filter { tasks[$0].fault == nil }
        let first = sound.filter { waiting[$0] == 0 && !tasks[$0].operation.isStarted }
        for i in sound where tasks[i].operation.isStarted { settle(i) }
        for i in first { announce(i) }
        let now = handleEvents(from: plan.input.now.ms)
        // Two centres that leave a task to each other, because of pins that have moved meanwhile.
        isLeaving = false
        for centre in isIdle.indices where isIdle[centre] { wake(centre, at: now) }
        _ = handleEvents(from: now)
    }

    private mutating func handleEvents(from start: Int) -> Int {
        var now = start
        while let event = events.pop() {
            now = event.key
            let centre = (event.task - tasks.count) % max(1, plan.centres.count)
            if event.task < tasks.count {
                release(event.task, at: now)
            } else if wakes[centre] == now {
                wakes[centre] = Int.max
                decide(centre, at: now)
            }
        }
        return now
    }

    /// A started operation stays on its centre; outside work has all the time of the world.
    private mutating func settle(_ i: Int) {
        let task = tasks[i]
        if case .outside = task.operation.site {
            let back = plan.back(task, sent: ready[i]), end = max(ready[i], plan.midnight(back))
            finish(i, Slot(centre: nil, ready: ready[i], position: 0, begin: ready[i], end: end), then: max(end, plan.usable(back)))
        } else {
            place(i, on: task.centres[0], at: free[task.centres[0]])
        }
    }

    /// All that a task waits for has its place, so it is known when it is ready.
    private mutating func announce(_ i: Int) {
        if tasks[i].isOutside { settle(i) } else { events.push(ReadyQueue.Entry(key: ready[i], task: i)) }
    }

    private mutating func release(_ i: Int, at now: Int) {
        for centre in tasks[i].centres {
            if tasks[i].pinnedDay == nil {
                push(i, on: centre, at: now)
                load[centre] += tasks[i].work
            }
            if isIdle[centre] { wake(centre, at: now) }
        }
    }

    private mutating func wake(_ centre: Int, at ms: Int) {
        guard ms < wakes[centre] else { return }
        wakes[centre] = ms
        // Those with pins decide after the others: only then it may be known when what is pinned will be ready.
        events.push(ReadyQueue.Entry(key: ms, task: tasks.count + (pins[centre].isEmpty ? 0 : plan.centres.count) + centre))
    }

    private mutating func finish(_ i: Int, _ slot: Slot, then usable: Int) {
        slots[i] = slot
        for next in tasks[i].after where tasks[next].fault == nil {
            ready[next] = max(ready[next], usable)
            waiting[next] -= 1
            if waiting[next] == 0, slots[next] == nil { announce(next) }
        }
    }

    private mutating func place(_ i: Int, on centre: Int, at position: Int) {
        let end = position + tasks[i].work
        if tasks[i].pinnedDay != nil { pins[centre].removeAll { $0 == i } }
        // Beyond the horizon it has no place.
        guard let begin = hours(centre).beginning(at: position), let ending = hours(centre).ending(at: end) else { return }
        free[centre] = end
        if tasks[i].pinnedDay == nil, !tasks[i].operation.isStarted {
            for centre in tasks[i].centres { load[centre] -= tasks[i].work }
        }
        finish(i, Slot(centre: centre, ready: ready[i], position: position, begin: begin, end: ending), then: ending)
    }
}

// What a centre takes next.
extension Dispatch {
    private mutating func decide(_ centre: Int, at now: Int) {
        let position = max(free[centre], hours(centre).position(at: now))
        guard let opening = hours(centre).beginning(at: position) else { return }
        // It decides when it opens, so that it knows what has come meanwhile.
        guard opening <= now else {
            isIdle[centre] = false
            return wake(centre, at: opening)
        }
        let limit = pins[centre].compactMap { pinned($0, on: centre, from: position) }.filter { $0 > position }.min()
        guard let next = next(centre, at: now, position, limit: limit ?? Int.max) else {
            isIdle[centre] = true
            if let limit, let opening = hours(centre).beginning(at: limit) { wake(centre, at: opening) }
            return
        }
        isIdle[centre] = false
        place(next, on: centre, at: position)
        if let opening = hours(centre).beginning(at: free[centre]) { wake(centre, at: opening) }
        // What another centre left to this one may now be done there.
        for other in isIdle.indices where isIdle[other] && other != centre { wake(other, at: now) }
    }

    /// The position that a centre keeps for a pinned task, in a shift of its day; after that one from which it goes first. Nil if its day has
    /// come and it is not known when the task will be ready, or not on that day: no machine stands still for a pin that is broken.
    private func pinned(_ i: Int, on centre: Int, from position: Int) -> Int? {
        guard let day = tasks[i].pinnedDay, slots[i] == nil else { return nil }
        let wanted = hours(centre).position(at: plan.midnight(day))
        guard waiting[i] == 0 else { return wanted > position ? wanted : nil }
        let begin = max(wanted, hours(centre).position(at: ready[i]))
        return begin <= position || hours(centre).day(at: begin) == hours(centre).day(at: wanted) ? begin : nil
    }

    private mutating func next(_ centre: Int, at now: Int, _ position: Int, limit: Int) -> Int? {
        let pin = pins[centre].first { pinned($0, on: centre, from: position).map { $0 <= position } ?? false }
        if let pin { return pin }
        var aside: [Int] = [], chosen: Int?
        while chosen == nil, aside.count < Dispatch.lookAhead, let i = pop(centre, at: now) {
            looks += 1
            if position + tasks[i].work <= limit, !isLeft(i, by: centre, at: now, position) { chosen = i } else { aside.append(i) }
        }
        for i in aside { push(i, on: centre, at: now, again: true) }
        return chosen
    }

    private mutating func push(_ i: Int, on centre: Int, at now: Int, again: Bool = false) {
        if let place = tasks[i].operation.place {
            queues[centre].hand.push(ReadyQueue.Entry(key: place, task: i))
        } else {
            queues[centre].rest.push(i, tasks[i], at: now, again: again)
        }
    }

    /// The first task that is ready for a centre; it stays in its queue.
    private mutating func first(_ centre: Int, at now: Int) -> Int? {
        while let entry = queues[centre].hand.top, slots[entry.task] != nil { _ = queues[centre].hand.pop() }
        let slots = slots
        return queues[centre].hand.top?.task ?? queues[centre].rest.first(at: now, tasks) { slots[$0] == nil }
    }

    private mutating func pop(_ centre: Int, at now: Int) -> Int? {
        guard let first = first(centre, at: now) else { return nil }
        if tasks[first].operation.place != nil { return queues[centre].hand.pop()?.task }
        queues[centre].rest.pop(first, tasks, at: now)
        return first
    }

    /// Whether a centre leaves a task to another one that finishes it earlier: because it does it next, or even after all that it has to do.
    /// Of two that finish it at the same time the one with less to do does it.
    private mutating func isLeft(_ i: Int, by centre: Int, at now: Int, _ position: Int) -> Bool {
        guard isLeaving, tasks[i].centres.count > 1 else { return false }
        let end = hours(centre).ending(at: position + tasks[i].work) ?? Int.max
        for other in tasks[i].centres where other != centre {
            let free = max(free[other], hours(other).position(at: now)), next = gap(on: other, from: free, for: tasks[i].work)
            guard let earliest = hours(other).ending(at: next + tasks[i].work),
                earliest < end || earliest == end && load[other] < load[centre]
            else { continue }
            if first(other, at: now) == i { return true }
            let all = gap(on: other, from: free, for: load[other]) + load[other]
            if let latest = hours(other).ending(at: all), latest < end { return true }
        }
        return false
    }

    /// The first position from which so much work fits between the pins of a centre.
    private func gap(on centre: Int, from position: Int, for work: Int) -> Int {
        let kept = pins[centre].compactMap { i in pinned(i, on: centre, from: position).map { ($0, tasks[i].work) } }.sorted { $0 < $1 }
        return kept.reduce(position) { at, pin in at + work > pin.0 ? max(at, pin.0 + pin.1) : at }
    }
}
