import Testing
import Values

@testable import Shop

/// What holds for every plan, on seeded queues.
@Suite struct SeededPlanTests {
    /// Shops whose machines are full for some weeks, and shops to which jobs come day by day.
    static let shops: [(seed: UInt64, slack: Int, arriving: Bool)] =
        (1...4).flatMap { [($0, 40, false), ($0, 20, false), ($0, 30, true), ($0, 15, true)] }

    @Test(arguments: shops)
    func plansHold(_ seed: UInt64, _ slack: Int, _ arriving: Bool) throws {
        let input = try MadeQueue.simulation(seed: seed, jobs: 500, slack: slack, arriving: arriving), plan = input.plan()
        #expect(plan.unplaced.isEmpty)
        #expect(plan.slots.count == input.jobs.reduce(0) { $0 + $1.operations.count })
        try expectSound(plan, input)
    }

    @Test(arguments: shops)
    func plansSaveLateness(_ seed: UInt64, _ slack: Int, _ arriving: Bool) throws {
        let input = try MadeQueue.simulation(seed: seed, jobs: 500, slack: slack, arriving: arriving)
        let first = MadeQueue.lateness(MadeQueue.asAdded(input).plan(), input), ours = MadeQueue.lateness(input.plan(), input)
        #expect(first > 0)
        #expect(ours * 100 <= first * 80, "\(ours) days late instead of \(first)")
    }

    @Test func theSameInputGivesTheSamePlan() throws {
        let input = try MadeQueue.simulation(seed: 7, jobs: 300), plan = input.plan()
        var dice = Seeded(1)
        for _ in 0..<3 {
            var shuffled = input
            shuffled.centres.shuffle(using: &dice)
            shuffled.jobs.shuffle(using: &dice)
            for i in shuffled.jobs.indices { shuffled.jobs[i].operations.shuffle(using: &dice) }
            let again = shuffled.plan()
            #expect(again.slots == plan.slots)
            #expect(again.jobs == plan.jobs)
        }
    }

    /// Work is counted, because times differ from machine to machine: each entry is looked at about once, however many wait.
    @Test func workGrowsWithTheQueue() throws {
        let input = try MadeQueue.simulation(seed: 5, jobs: 2000), entries = input.jobs.reduce(0) { $0 + $1.operations.count }
        let clock = ContinuousClock()
        var plan: Plan?
        let time = clock.measure { plan = input.plan() }
        #expect(entries > 4500)
        #expect(try #require(plan).looks < 2 * entries)
        // In a release build this takes 30 ms.
        #expect(time < .seconds(20))
    }

    /// The rules, checked from the slots alone.
    private func expectSound(_ plan: Plan, _ input: PlanInput) throws {
        let operations = Dictionary(uniqueKeysWithValues: input.jobs.flatMap(\.operations).map { ($0.id, $0) })
        let slots = Dictionary(uniqueKeysWithValues: plan.slots.map { ($0.id, $0) })
        for centre in input.centres {
            let own = plan.slots.filter { $0.centre == centre.id }, stretches = own.flatMap(\.stretches).sorted { $0.from < $1.from }
            #expect(zip(stretches, stretches.dropFirst()).allSatisfy { $0.until <= $1.from }, "\(centre.code) is booked twice")
            // A job keeps its centre: nothing comes between its stretches.
            let runs = own.sorted { $0.from < $1.from }
            #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.until <= $1.from })
            for stretch in stretches { #expect(isOpen(stretch, centre, input), "\(centre.code) is closed at \(stretch.from)") }
        }
        for slot in plan.slots {
            let operation = try #require(operations[slot.id])
            if case .centres(let ids) = operation.site {
                #expect(ids.contains(slot.centre ?? 0))
                #expect(slot.stretches.reduce(0) { $0 + $1.minutes } == operation.minutes)
                #expect((slot.from, slot.until) == (slot.stretches[0].from, slot.stretches[slot.stretches.count - 1].until))
            }
            if case .arrives(let day) = operation.material { #expect(slot.begins > day) }
            if let day = operation.earliest { #expect(slot.begins >= day) }
        }
        for job in input.jobs {
            let own = job.operations.sorted { $0.step < $1.step }.compactMap { slots[$0.id] }
            for (a, b) in zip(own, own.dropFirst()) { #expect(a.centre == nil ? a.ends < b.begins : a.until <= b.from) }
        }
    }

    /// Whether a stretch lies within one shift of a centre, read from the clock on its wall.
    private func isOpen(_ stretch: PlanStretch, _ centre: WorkCentre, _ input: PlanInput) -> Bool {
        let isShift = centre.hours.week[stretch.day.weekday].contains { shift in
            input.zone.moment(on: stretch.day, minute: shift.from) <= stretch.from
                && stretch.until <= input.zone.moment(on: stretch.day, minute: shift.until)
        }
        return isShift && stretch.from >= input.now && input.holidays?.contains(stretch.day) != true
            && centre.closures.allSatisfy { stretch.until <= $0.from || $0.until <= stretch.from }
    }
}
