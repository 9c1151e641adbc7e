import Values

/// Finds out what makes jobs late, by planning without it.
struct LateReasons {
    private let tasks: PlanTasks
    private let dispatch: Dispatch
    private let ends: [Day?]

    /// Pins are left out one by one up to this number, because each takes a plan of its own.
    private static let mostPins = 16

    init(_ tasks: PlanTasks, _ dispatch: Dispatch, _ ends: [Day?]) {
        (self.tasks, self.dispatch, self.ends) = (tasks, dispatch, ends)
    }

    /// Gives each late job of a plan its reason, and each pin what it makes late.
    func explain(_ plan: inout Plan) {
        let late = plan.jobs.indices.filter { plan.jobs[$0].daysLate > 0 }
        guard !late.isEmpty else { return }
        for job in late { plan.jobs[job].reason = ownReason(job) }
        leaveOutPins(&plan, late)
        proveOthers(&plan, late, .place) { $0.leaveOut(\.place) }
        proveOthers(&plan, late, .priority) { input in
            let differs = input.jobs.contains { $0.priority != input.jobs[0].priority }
            for i in input.jobs.indices { input.jobs[i].priority = .normal }
            return differs
        }
        for job in late where plan.jobs[job].reason == nil { plan.jobs[job].reason = .capacity(longestWait(job)) }
    }

    /// What would make a job late even if all work centres were free; nil if they are too full.
    private func ownReason(_ job: Int) -> LateReason? {
        guard let promised = tasks.input.jobs[job].promised else { return nil }
        if promised < tasks.input.today { return .overdue }
        func end(_ waits: PlanTasks.Waits) -> Day? {
            var alone = JobAlone(tasks, waits: waits)
            return alone.end(ofJob: job).flatMap { $0 > promised ? $0 : nil }
        }
        if let end = end([]) { return .work(end) }
        guard end([.material, .outside, .earliest, .pin]) != nil else { return nil }
        let operations = tasks.ofJob[job].map { tasks.tasks[$0] }.filter { !$0.operation.isStarted }
        if end(.material) != nil, let day = operations.compactMap(\.arrival).max() { return .material(day) }
        if end(.outside) != nil, let day = tasks.ofJob[job].compactMap(back).max() { return .outside(day) }
        if end(.earliest) != nil, let day = operations.compactMap(\.operation.earliest).max() { return .earliest(day) }
        if end(.pin) != nil, let day = operations.compactMap(\.pinnedDay).max() { return .ownPin(day) }
        return .waits
    }

    private func back(_ i: Int) -> Day? { tasks.tasks[i].isOutside ? dispatch.slots[i].map(tasks.endDay) : nil }

    /// Plans without each pin. What is then in time is late because of it.
    private func leaveOutPins(_ plan: inout Plan, _ late: [Int]) {
        let pinned = tasks.tasks.filter { $0.operation.pin != nil && !$0.operation.isStarted && $0.fault == nil }
        for task in pinned.prefix(LateReasons.mostPins) {
            let pin = task.operation, without = ends { $0.leaveOut(\.pin, of: pin.id) }
            var delays: [PinEffect.Delay] = []
            for job in late where job != task.job {
                guard let ends = plan.jobs[job].ends, let before = without?[job], before < ends else { continue }
                delays.append(PinEffect.Delay(job: plan.jobs[job].code, ends: ends, without: before))
                if plan.jobs[job].reason == nil, isInTime(job, without) { plan.jobs[job].reason = .pin(pin.code) }
            }
            if !delays.isEmpty { plan.pinEffects.append(PinEffect(code: pin.code, delays: delays.sorted { $0.job < $1.job })) }
        }
        if pinned.count > 1 { proveOthers(&plan, late, .pin(nil)) { $0.leaveOut(\.pin) } }
    }

    /// Gives a reason to the jobs that would be in time without it.
    /// - Parameter change: leaves it out; false if there is nothing to leave out.
    private func proveOthers(_ plan: inout Plan, _ late: [Int], _ reason: LateReason, without change: (inout PlanInput) -> Bool) {
        let open = late.filter { plan.jobs[$0].reason == nil }
        guard !open.isEmpty, let without = ends(change) else { return }
        for job in open where isInTime(job, without) { plan.jobs[job].reason = reason }
    }

    private func isInTime(_ job: Int, _ ends: [Day?]?) -> Bool {
        guard let promised = tasks.input.jobs[job].promised, let end = ends?[job] else { return false }
        return end <= promised
    }

    /// The ends of all jobs in a plan of a changed input; nil if nothing was changed.
    private func ends(_ change: (inout PlanInput) -> Bool) -> [Day?]? {
        var input = tasks.input
        guard change(&input) else { return nil }
        let changed = PlanTasks(input)
        return changed.ends(Dispatch(changed))
    }

    /// The work centre for which one of a job's operations waits longest, in open time after it could have begun.
    private func longestWait(_ job: Int) -> String {
        var longest = (wait: -1, centre: 0)
        for i in tasks.ofJob[job] {
            guard let slot = dispatch.slots[i], let centre = slot.centre else { continue }
            let wait = slot.position - tasks.hours[centre].position(at: slot.ready)
            if wait > longest.wait { longest = (wait, centre) }
        }
        return tasks.centres[longest.centre].code
    }
}

extension PlanTask {
    fileprivate var arrival: Day? { if case .arrives(let day) = operation.material { day } else { nil } }
}

extension PlanInput {
    /// Leaves out a field of all operations, or of one of them; false if none has it.
    fileprivate mutating func leaveOut<Value>(_ field: WritableKeyPath<PlanOperation, Value?>, of id: Int? = nil) -> Bool {
        var isChanged = false
        for job in jobs.indices {
            for i in jobs[job].operations.indices where id == nil || jobs[job].operations[i].id == id {
                if jobs[job].operations[i][keyPath: field] == nil { continue }
                jobs[job].operations[i][keyPath: field] = nil
                isChanged = true
            }
        }
        return isChanged
    }
}
