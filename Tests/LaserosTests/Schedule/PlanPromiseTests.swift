import Testing
import Values

@testable import Shop

@Suite struct PlanPromiseTests {
    private let one = [MadeQueue.centre(1)]

    private func runs(_ count: Int, bias: Int, seed: UInt64, noise: Int) -> [MinutesRatio.Run] {
        var dice = Seeded(seed)
        return (0..<count).map { _ in
            let estimated = Int.random(in: 300_000...7_200_000, using: &dice)
            let real = estimated / 1000 * (1000 + bias * 10 + Int.random(in: -noise...noise, using: &dice))
            return MinutesRatio.Run(estimated: estimated, real: real)
        }
    }

    @Test(arguments: [7, 15, -10], [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func aHiddenBiasIsFound(_ bias: Int, _ seed: UInt64) throws {
        for (count, noise) in [(30, 60), (60, 100), (500, 300)] {
            let ratio = MinutesRatio(runs(count, bias: bias, seed: seed, noise: noise))
            #expect(abs(try #require(ratio.bias).hundredths - bias * 100) <= 200)
            #expect(ratio.safe >= ratio.likely)
            #expect(ratio.runs == count)
        }
    }

    @Test func fewRunsChangeNothing() {
        let ratio = MinutesRatio(runs(29, bias: 15, seed: 1, noise: 50))
        #expect(ratio.bias == nil)
        #expect((ratio.likely, ratio.safe) == (1_000_000, 1_000_000))
        #expect(ratio.corrected(Quantity(thousandths: 3_000_000)) == nil)
        #expect(ratio.measured > 1_100_000)
    }

    @Test func runsThatCannotBeAreLeftOut() {
        let forgotten = [(0, 5), (5, 0), (-5, 5), (600_000, 90_000_000), (600_000, 1_000)].map { MinutesRatio.Run(estimated: $0, real: $1) }
        let sound = runs(30, bias: 7, seed: 3, noise: 50), ratio = MinutesRatio(sound + forgotten)
        #expect(ratio.leftOut == 5)
        #expect(ratio.measured == MinutesRatio(sound).measured)
        #expect(MinutesRatio(Array(forgotten.prefix(3))).leftOut == 3)
        #expect(MinutesRatio([]) == .none)
    }

    @Test func theSafeRatioIsThatOfFourInFive() {
        let ratio = MinutesRatio((1...40).map { MinutesRatio.Run(estimated: 100, real: 80 + $0) })
        #expect((ratio.measured, ratio.measuredSafe) == (1_005_000, 1_120_000))
    }

    @Test func theCorrectedFeed() {
        let slow = MinutesRatio([MinutesRatio.Run](repeating: MinutesRatio.Run(estimated: 1000, real: 1100), count: 30))
        let feed = Quantity(thousandths: 3_300_000)
        #expect(slow.corrected(feed) == Quantity(thousandths: 3_000_000))
        // If the beam cuts in half of the time, all of the tenth comes from that half.
        #expect(slow.corrected(feed, cutting: 500_000) == Quantity(thousandths: 2_750_000))
        let fast = MinutesRatio([MinutesRatio.Run](repeating: MinutesRatio.Run(estimated: 1000, real: 600), count: 30))
        #expect(fast.corrected(feed, cutting: 400_000) == nil)
    }

    @Test func aPromiseFindsTheFirstGapAndMovesNothing() {
        let jobs = [
            MadeQueue.job(1, [(1, 500)]), MadeQueue.job(2, [(1, 300)]) { $0.material = .arrives(MadeQueue.day("2026-12-01")) },
        ]
        let input = MadeQueue.input(one, jobs), plan = input.plan()
        func day(_ minutes: Int) -> String? { input.promise(minutes: minutes, on: [1], behind: plan).likely?.description }
        // Until Wednesday's job there are 40 and 540 minutes.
        #expect(day(40) == "2026-11-30")
        #expect(day(580) == "2026-12-01")
        #expect(day(581) == "2026-12-03")
        #expect(input.promise(minutes: 10, on: [7], behind: plan).unplaced.map(\.fault) == [.noCentre])
        #expect(input.promise(minutes: 1_000_000, on: [1], behind: plan).unplaced.map(\.fault) == [.horizon])
    }

    @Test func aPromiseForAProject() {
        let centres = [MadeQueue.centre(1), MadeQueue.centre(2)]
        let input = MadeQueue.input(centres, [MadeQueue.job(1, [(1, 500)]), MadeQueue.job(2, [(1, 500), (2, 60)])]), plan = input.plan()
        var new = MadeQueue.job(3, [(1, 60), (2, 60), (2, 60), (2, 30)])
        new.operations[2].site = .outside(back: nil, days: 3)
        let promise = input.promise(new, behind: plan)
        #expect(promise.likely == MadeQueue.day("2026-12-07"))
        #expect(promise.runs == nil)
        // Its own place in the plan is free for it.
        #expect(input.promise(input.jobs[1], behind: plan).likely == plan.jobs[1].ends)
        // Two steps at once on one machine.
        var both = MadeQueue.job(4, [(1, 540), (1, 40)])
        both.operations[1].step = 10
        #expect(input.promise(both, behind: MadeQueue.input(centres, []).plan()).likely == MadeQueue.day("2026-12-01"))
        new.operations[0].material = .unknown
        #expect(input.promise(new, behind: plan).unplaced.count == 4)
        #expect(input.promise(new, behind: plan).likely == nil)
    }

    @Test func aPromiseGoesByTheRealTime() {
        let input = MadeQueue.input(one, []), plan = input.plan()
        let ratio = MinutesRatio((1...40).map { MinutesRatio.Run(estimated: 100, real: 95 + $0) })
        #expect((ratio.likely, ratio.safe) == (1_155_000, 1_270_000))
        let promise = input.promise(minutes: 460, on: [1], ratio: ratio, behind: plan)
        #expect(promise == Promise(likely: MadeQueue.day("2026-11-30"), safe: MadeQueue.day("2026-12-01"), runs: 40, unplaced: []))
        // The plan goes by it too, but what is left of a started operation is no estimate.
        let jobs = [
            MadeQueue.job(1, [(1, 100)]) { $0.ratio = ratio }, MadeQueue.job(2, [(1, 100)]) { ($0.ratio, $0.isStarted) = (ratio, true) },
        ]
        #expect(MadeQueue.input(one, jobs).plan().slots.map { $0.stretches[0].minutes } == [100, 116])
    }

    /// Nothing that is placed behind a plan touches it.
    @Test func promisesOfASeededQueue() throws {
        let input = try MadeQueue.simulation(seed: 3, jobs: 150), plan = input.plan()
        var last: Day?
        for minutes in stride(from: 10, through: 2000, by: 199) {
            let likely = input.promise(minutes: minutes, on: [1, 2], behind: plan).likely
            #expect(try #require(likely) >= last ?? input.today)
            last = likely
        }
    }

    @Test func loadOfEachDay() {
        let input = MadeQueue.input(
            [MadeQueue.centre(2, "Mon 22:00-06:00"), MadeQueue.centre(1)], [MadeQueue.job(1, [(1, 600)]), MadeQueue.job(2, [(2, 400)])],
            now: MadeQueue.moment("2026-11-30T08:00:00Z"))
        let load = input.load(of: input.plan(), through: MadeQueue.day("2026-12-02"))
        #expect(
            load.map { "\($0.centre) \($0.day) \($0.load)/\($0.capacity)" } == [
                "1 2026-11-30 480/480", "1 2026-12-01 120/540", "1 2026-12-02 0/540", "2 2026-11-30 400/480",
            ])
    }

    @Test func theLoadIsTheWork() throws {
        let input = try MadeQueue.simulation(seed: 2, jobs: 100), plan = input.plan()
        let load = input.load(of: plan, through: MadeQueue.day("2027-06-01"))
        #expect(load.allSatisfy { $0.load <= $0.capacity })
        let minutes = input.jobs.flatMap(\.operations).reduce(0) { sum, operation in
            if case .centres = operation.site { sum + (operation.minutes ?? 0) } else { sum }
        }
        #expect(load.reduce(0) { $0 + $1.load } == minutes)
    }

    @Test func whatBecameLateSinceAKeptPlan() {
        let jobs = (1...3).map { MadeQueue.job($0, [(1, 300)], promised: $0 == 2 ? "2026-12-01" : nil) }
        var input = MadeQueue.input(one, jobs)
        let kept = input.plan().kept
        #expect(kept.entries["J2/10"] == KeptPlan.Entry(ends: MadeQueue.day("2026-11-30"), promised: MadeQueue.day("2026-12-01")))
        #expect(input.plan().changes(since: kept).isEmpty)
        input.jobs[1].operations[0].minutes = 1300
        input.jobs.append(MadeQueue.job(4, [(1, 10)]))
        input.jobs[2].operations[0].material = .unknown
        let changes = input.plan().changes(since: kept)
        #expect(
            changes == [
                PlanChange(
                    job: "J1", was: MadeQueue.day("2026-12-01"), ends: MadeQueue.day("2026-12-02"), promised: nil, isNewlyLate: false),
                PlanChange(
                    job: "J2", was: MadeQueue.day("2026-11-30"), ends: MadeQueue.day("2026-12-02"), promised: MadeQueue.day("2026-12-01"),
                    isNewlyLate: true),
                PlanChange(job: "J3", was: MadeQueue.day("2026-12-01"), ends: nil, promised: nil, isNewlyLate: false),
                PlanChange(job: "J4", was: nil, ends: MadeQueue.day("2026-12-02"), promised: nil, isNewlyLate: false),
            ])
        // Late before, and no later than it was.
        input.jobs = [jobs[1]]
        input.jobs[0].operations[0].minutes = 1300
        let late = KeptPlan(["J2/10": KeptPlan.Entry(ends: MadeQueue.day("2026-12-04"))])
        #expect(input.plan().changes(since: late).map(\.isNewlyLate) == [false])
        // A promise that was brought forward makes a job late on the same day.
        input.jobs = [jobs[1]]
        input.jobs[0].promised = MadeQueue.day("2026-11-29")
        let promised = KeptPlan(["J2/10": KeptPlan.Entry(ends: MadeQueue.day("2026-11-30"), promised: MadeQueue.day("2026-12-01"))])
        #expect(input.plan().changes(since: promised).map(\.isNewlyLate) == [true])
    }
}
