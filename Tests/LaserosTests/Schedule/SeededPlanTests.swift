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
        try plan.expectSound(for: input)
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
}
