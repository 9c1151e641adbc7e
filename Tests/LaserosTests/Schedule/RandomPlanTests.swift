import Testing
import Values

@testable import Shop

/// Small queues with everything in them that a plan knows, in all mixtures.
@Suite struct RandomPlanTests {
    private func queue(_ seed: UInt64) throws -> PlanInput {
        var dice = Seeded(seed)
        func one(in count: Int) -> Bool { Int.random(in: 0..<count, using: &dice) == 0 }
        func day() -> Day { MadeQueue.day("2026-11-26") + Int.random(in: 0...14, using: &dice) }
        let hours = [
            "Mon-Fri 07:00-16:00", "Mon-Sun 22:00-06:00", "Tue 08:00-16:00", "none", "Mon-Sun 00:00-24:00",
            "Mon-Fri 06:00-14:00 14:00-22:00",
        ]
        let centres = (1...Int.random(in: 1...3, using: &dice)).map { id in
            let from = Moment(ms: MadeQueue.now.ms + Int.random(in: 0...10_000, using: &dice) * 60_000)
            let repair = Closure(from: from, until: Moment(ms: from.ms + 20_000_000), reason: "repair")
            return MadeQueue.centre(id, hours.randomElement(using: &dice)!, one(in: 3) ? [repair] : [])
        }
        let jobs = (1...Int.random(in: 1...12, using: &dice)).map { number in
            var job = MadeQueue.job(
                number, [], promised: one(in: 2) ? day().description : nil, priority: Priority.allCases.randomElement(using: &dice)!)
            for step in 1...Int.random(in: 1...3, using: &dice) {
                let ids = centres.map(\.id).shuffled(using: &dice)
                let site =
                    one(in: 8)
                    ? PlanOperation.Site.outside(back: one(in: 2) ? day() : nil, days: one(in: 4) ? nil : 2)
                    : .centres(Array(ids.prefix(Int.random(in: 1...3, using: &dice))))
                var operation = PlanOperation(
                    id: number * 100 + step, code: "J\(number)/\(step)", step: one(in: 5) ? 1 : step, site: site,
                    minutes: one(in: 8) ? nil : Int.random(in: 0...900, using: &dice))
                if one(in: 6) { operation.material = one(in: 4) ? .unknown : .arrives(day()) }
                if one(in: 8) { operation.earliest = day() }
                if one(in: 6) { operation.place = Int.random(in: 1...5, using: &dice) }
                if one(in: 12) { operation.after = step > 1 ? [number * 100 + step - 1] : [] }
                if case .centres(let ids) = site, one(in: 6) {
                    operation.pin = PlanOperation.Pin(day: one(in: 5) ? nil : day(), centre: one(in: 4) ? nil : ids[0])
                }
                if case .centres(let ids) = site, step == 1, one(in: 8) {
                    (operation.isStarted, operation.site) = (true, .centres([ids[0]]))
                }
                job.operations.append(operation)
            }
            return job
        }
        var input = PlanInput(now: MadeQueue.now, zone: try Zone(named: "America/New_York"), centres: centres, jobs: jobs)
        input.holidays = Holidays(reading: "2026-12-03")
        return input
    }

    @Test func everyMixtureIsSound() throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            let input = try queue(seed), plan = input.plan()
            try plan.expectSound(for: input)
            #expect(plan.slots.count + plan.unplaced.count == input.jobs.reduce(0) { $0 + $1.operations.count })
            // There is room for all within two years.
            #expect(!plan.unplaced.contains { $0.fault == .horizon }, "seed \(seed)")
            #expect(plan.late.allSatisfy { $0.reason != nil })
            var dice = Seeded(seed), shuffled = input
            shuffled.jobs.shuffle(using: &dice)
            shuffled.centres.shuffle(using: &dice)
            #expect(shuffled.plan().slots == plan.slots, "seed \(seed)")
            let load = input.load(of: plan, through: MadeQueue.day("2028-01-01"))
            #expect(load.allSatisfy { $0.load <= $0.capacity })
            let promise = input.promise(input.jobs[0], behind: plan)
            #expect((promise.likely == nil) == !promise.unplaced.isEmpty)
            #expect((plan.jobs.first { $0.code == input.jobs[0].code }?.ends == nil) == (promise.likely == nil))
        }
    }
}
