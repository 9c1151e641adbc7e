import Values

@testable import Shop

/// Short ways to make plans for tests.
enum MadeQueue {
    static func day(_ text: String) -> Day { Day(reading: text)! }
    static func moment(_ text: String) -> Moment { Moment(reading: text)! }
    static func hours(_ text: String) -> WorkingHours { WorkingHours(reading: text)! }
    /// Monday.
    static let now = moment("2026-11-30T07:00:00Z")

    static func centre(_ id: Int, _ hours: String = "Mon-Thu 07:00-16:00, Fri 07:00-14:30", _ closures: [Closure] = []) -> WorkCentre {
        WorkCentre(id: id, code: "M-\(id)", hours: MadeQueue.hours(hours), closures: closures)
    }

    /// A job with an operation of so many minutes on each of some centres, one after the other. Its number is the code, and its operations
    /// are number x 100 + 10, 20, ...
    static func job(
        _ number: Int, _ steps: [(centre: Int, minutes: Int?)], promised: String? = nil, priority: Priority = .normal,
        change: (inout PlanOperation) -> Void = { _ in }
    ) -> PlanJob {
        let operations = steps.enumerated().map { index, step in
            let at = (index + 1) * 10
            var operation = PlanOperation(
                id: number * 100 + at, code: "J\(number)/\(at)", step: at, site: .centres([step.centre]), minutes: step.minutes)
            change(&operation)
            return operation
        }
        return PlanJob(
            code: "J\(number)", priority: priority, promised: promised.map(day), added: Moment(ms: now.ms - 86_400_000 + number),
            operations: operations)
    }

    static func input(_ centres: [WorkCentre], _ jobs: [PlanJob], zone: Zone = .utc, now: Moment = now) -> PlanInput {
        PlanInput(now: now, zone: zone, centres: centres, jobs: jobs)
    }

    /// A shop with two lasers that can stand in for each other, a press brake, a tapping and a welding place, in two shifts, by night and by
    /// day, with a repair and holidays; and so many jobs, promised for a day on which an idle shop could do them, and up to `slack` days.
    static func simulation(seed: UInt64, jobs count: Int, slack: Int = 40, arriving: Bool = false) throws -> PlanInput {
        var dice = Seeded(seed)
        let zone = try Zone(named: "Europe/Berlin"), today = zone.day(of: now)
        let repair = Closure(from: today + 9, through: today + 10, in: zone, reason: "repair")
        let centres = [
            centre(1, "Mon-Fri 06:00-14:00 14:00-22:00"), centre(2, "Mon-Fri 06:00-14:00 14:00-22:00", [repair]),
            centre(3), centre(4, "Mon-Fri 07:00-12:00 12:30-16:00, Sat 08:00-12:00"), centre(5, "Sun-Thu 22:00-06:00"),
        ]
        let jobs = (1...count).map { number in
            var job = MadeQueue.job(number, [], priority: [.low, .normal, .normal, .normal, .high, .urgent].randomElement(using: &dice)!)
            let arrives = arriving ? Int.random(in: 0...40, using: &dice) : 0
            var days = arrives + Int.random(in: 1...slack, using: &dice)
            for step in 1...Int.random(in: 1...4, using: &dice) {
                let site = step == 1 ? [[1, 2], [1, 2], [1], [2]].randomElement(using: &dice)! : [Int.random(in: 3...5, using: &dice)]
                let minutes = [5, 10, 20, 30, 45, 60, 90, 120, 240].randomElement(using: &dice)!
                let isOutside = step > 1 && Int.random(in: 0..<12, using: &dice) == 0, lead = Int.random(in: 2...7, using: &dice)
                var operation = PlanOperation(
                    id: number * 100 + step * 10, code: "J\(number)/\(step * 10)", step: step * 10,
                    site: isOutside ? .outside(back: nil, days: lead) : .centres(site), minutes: minutes)
                if isOutside { days += lead + 2 }
                if step == 1, arriving { operation.earliest = today + arrives }
                if step == 1, Int.random(in: 0..<10, using: &dice) == 0 {
                    let arrival = Int.random(in: 1...6, using: &dice)
                    operation.material = .arrives(today + arrives + arrival)
                    days += arrival
                }
                job.operations.append(operation)
            }
            (job.promised, job.added) = (
                today + days, Moment(ms: now.ms + arrives * 86_400_000 - Int.random(in: 0...1_000_000, using: &dice))
            )
            return job
        }
        var input = PlanInput(now: now, zone: zone, centres: centres, jobs: jobs)
        input.holidays = Holidays(reading: "2026-12-16, 12-25, 12-26, 01-01")
        return input
    }

    /// The same input as first in, first out has it: neither promises nor priorities.
    static func asAdded(_ input: PlanInput) -> PlanInput {
        var input = input
        for i in input.jobs.indices { (input.jobs[i].promised, input.jobs[i].priority) = (nil, .normal) }
        return input
    }

    /// The days that all jobs of a plan end after the promises of an input.
    static func lateness(_ plan: Plan, _ input: PlanInput) -> Int {
        let promised = Dictionary(uniqueKeysWithValues: input.jobs.map { ($0.code, $0.promised) })
        return plan.jobs.reduce(0) { sum, job in
            guard let ends = job.ends, let promised = promised[job.code] ?? nil else { return sum }
            return sum + max(0, ends.number - promised.number)
        }
    }
}

extension PlanInput {
    /// A promise for so many minutes on one of some work centres.
    func promise(minutes: Int, on centres: [Int], ratio: MinutesRatio = .none, behind plan: Plan) -> Promise {
        var operation = PlanOperation(id: 0, code: "", step: 10, site: .centres(centres), minutes: minutes)
        operation.ratio = ratio
        return promise(PlanJob(code: "", added: now, operations: [operation]), behind: plan)
    }
}

extension Plan {
    /// What a shop would keep of it.
    var kept: KeptPlan {
        let promised = Dictionary(jobs.map { ($0.code, $0.promised) }, uniquingKeysWith: { first, _ in first })
        let placed = slots.map { ($0.code, KeptPlan.Entry(ends: $0.ends, promised: promised[$0.job] ?? nil)) }
        let others = unplaced.map { ($0.code, KeptPlan.Entry(ends: nil, promised: promised[$0.job] ?? nil)) }
        return KeptPlan(Dictionary(placed + others) { first, _ in first })
    }
}
