import Testing
import Values

@testable import Shop

/// The rules of a plan one by one, on a few jobs.
@Suite struct PlanRuleTests {
    private let one = [MadeQueue.centre(1)]

    /// The slots of a plan: `J1/10 M-1 11-30 07:00-08:00`, with a stretch for each shift.
    private func lines(_ plan: Plan) -> [String] {
        plan.slots.map { slot in
            let stretches = slot.stretches.map { stretch in
                "\(stretch.from.local(offset: 0).dropFirst(5))-\(stretch.until.local(offset: 0).suffix(5))"
            }
            let place = slot.centre.map { "M-\($0)" } ?? "outside \(slot.begins)..\(slot.ends)"
            return ([slot.code, place] + stretches).joined(separator: " ")
        }
    }

    private func lines(_ jobs: [PlanJob], _ centres: [WorkCentre]? = nil) -> [String] {
        lines(MadeQueue.input(centres ?? one, jobs).plan())
    }

    private func reasons(_ plan: Plan) -> [String] { plan.late.map { "\($0.code) \($0.daysLate) \($0.reason?.description ?? "")" } }

    @Test func aJobIsSplitOverShiftsAndTheWeekend() {
        let fri = MadeQueue.moment("2026-12-04T13:00:00Z")
        let plan = MadeQueue.input(one, [MadeQueue.job(1, [(1, 700)])], now: fri).plan()
        #expect(lines(plan) == ["J1/10 M-1 12-04 13:00-14:30 12-07 07:00-16:00 12-08 07:00-08:10"])
        #expect(plan.jobs[0].ends == MadeQueue.day("2026-12-08"))
    }

    @Test func whatEndsAtAClosingDoesNotReachIntoTheNextShift() {
        #expect(
            lines([MadeQueue.job(1, [(1, 540)]), MadeQueue.job(2, [(1, 10)])]) == [
                "J1/10 M-1 11-30 07:00-16:00", "J2/10 M-1 12-01 07:00-07:10",
            ])
    }

    @Test func aJobThatEndsAtMidnightEndsOnThatDay() {
        let plan = MadeQueue.input([MadeQueue.centre(1, "Mon 12:00-24:00")], [MadeQueue.job(1, [(1, 720)], promised: "2026-11-30")]).plan()
        #expect(plan.jobs[0].ends == MadeQueue.day("2026-11-30"))
        #expect(plan.late.isEmpty)
    }

    @Test func planningBeginsAtTheNextMinute() {
        let now = MadeQueue.moment("2026-11-30T07:12:00.001Z")
        #expect(
            lines(MadeQueue.input(one, [MadeQueue.job(1, [(1, 10)])], now: now).plan()) == ["J1/10 M-1 11-30 07:13-07:23"])
    }

    /// On the night of 25 October clocks show 02:00 to 03:00 twice, so that six hours from 23:00 on end at 04:00.
    @Test func aNightShiftOverTheChangeOfClocks() throws {
        let berlin = try Zone(named: "Europe/Berlin"), centre = MadeQueue.centre(1, "Sat 23:00-05:00")
        let evening = berlin.moment(on: MadeQueue.day("2026-10-24"), minute: 1380)
        let plan = MadeQueue.input([centre], [MadeQueue.job(1, [(1, 360)])], zone: berlin, now: evening).plan()
        #expect(plan.slots[0].until == berlin.moment(on: MadeQueue.day("2026-10-25"), minute: 240))
        let newYork = try Zone(named: "America/New_York"), night = newYork.moment(on: MadeQueue.day("2026-03-07"), minute: 1380)
        let spring = MadeQueue.input([centre], [MadeQueue.job(1, [(1, 240)])], zone: newYork, now: night).plan()
        #expect(spring.slots[0].until == newYork.moment(on: MadeQueue.day("2026-03-08"), minute: 240))
    }

    @Test func aNightShiftThatBeganYesterday() {
        let night = MadeQueue.moment("2026-12-01T02:00:00Z"), centre = MadeQueue.centre(1, "Mon 22:00-06:00")
        let plan = MadeQueue.input([centre], [MadeQueue.job(1, [(1, 60)])], now: night).plan()
        #expect(lines(plan) == ["J1/10 M-1 12-01 02:00-03:00"])
        #expect(plan.slots[0].stretches[0].day == MadeQueue.day("2026-11-30"))
    }

    /// What comes by night is as ready in the morning as what has been there.
    @Test func aMachineDecidesWhenItOpens() {
        let urgent = MadeQueue.job(2, [(1, 60)], priority: .urgent) { $0.earliest = MadeQueue.day("2026-11-30") }
        let plan = MadeQueue.input(one, [MadeQueue.job(1, [(1, 60)]), urgent], now: MadeQueue.moment("2026-11-28T10:00:00Z")).plan()
        #expect(plan.slots.map(\.job) == ["J2", "J1"])
    }

    @Test func operationsFollowEachOther() {
        let jobs = [MadeQueue.job(1, [(1, 60), (2, 30), (1, 10)]), MadeQueue.job(2, [(1, 100)])]
        #expect(
            lines(jobs, [MadeQueue.centre(1), MadeQueue.centre(2)]) == [
                "J1/10 M-1 11-30 07:00-08:00", "J1/20 M-2 11-30 08:00-08:30", "J2/10 M-1 11-30 08:00-09:40", "J1/30 M-1 11-30 09:40-09:50",
            ])
    }

    /// Equal steps are parallel, and `after` names what alone is waited for.
    @Test func stepsAndNamedOperations() {
        var job = MadeQueue.job(1, [(1, 60), (2, 90), (3, 10), (3, 20)])
        job.operations[1].step = 10
        job.operations[3].after = [110]
        #expect(
            lines([job], [MadeQueue.centre(1), MadeQueue.centre(2), MadeQueue.centre(3)]) == [
                "J1/10 M-1 11-30 07:00-08:00", "J1/20 M-2 11-30 07:00-08:30", "J1/40 M-3 11-30 08:00-08:20", "J1/30 M-3 11-30 08:30-08:40",
            ])
    }

    @Test func operationsThatWaitForEachOther() {
        var job = MadeQueue.job(1, [(1, 60), (1, 60), (1, 60)])
        (job.operations[0].after, job.operations[1].after, job.operations[2].after) = ([120], [110], [])
        let plan = MadeQueue.input(one, [job]).plan()
        #expect(lines(plan) == ["J1/30 M-1 11-30 07:00-08:00"])
        #expect(plan.unplaced.map(\.fault) == [.circle, .circle])
    }

    @Test func theOrderOfWhatIsReady() {
        let jobs = [
            MadeQueue.job(1, [(1, 10)]), MadeQueue.job(2, [(1, 10)], priority: .low), MadeQueue.job(3, [(1, 10)], promised: "2026-12-18"),
            MadeQueue.job(4, [(1, 10)], promised: "2026-12-14"), MadeQueue.job(5, [(1, 10)], promised: "2026-12-20", priority: .urgent),
            MadeQueue.job(6, [(1, 10)], priority: .urgent), MadeQueue.job(7, [(1, 10)], promised: "2026-12-14"),
            MadeQueue.job(8, [(1, 10)], promised: "2026-12-20", priority: .high),
            MadeQueue.job(9, [(1, 10)], promised: "2026-12-16", priority: .low),
            MadeQueue.job(10, [(1, 10)], priority: .low) { $0.place = 2 }, MadeQueue.job(11, [(1, 10)]) { $0.place = 1 },
        ]
        let plan = MadeQueue.input(one, jobs).plan()
        // By hand, urgent without a day, and by the day less a week (5), three days (8), nothing, or with three more (9).
        #expect(plan.slots.map(\.job) == ["J11", "J10", "J6", "J5", "J4", "J7", "J8", "J3", "J9", "J1", "J2"])
    }

    /// Of jobs that are late anyway the shorter goes first; an urgent one before them nevertheless.
    @Test func lateJobs() {
        let jobs = [
            MadeQueue.job(1, [(1, 400)], promised: "2026-11-20"), MadeQueue.job(2, [(1, 60)], promised: "2026-11-26"),
            MadeQueue.job(3, [(1, 500)], promised: "2026-11-27", priority: .urgent), MadeQueue.job(4, [(1, 30)], promised: "2026-12-02"),
        ]
        #expect(MadeQueue.input(one, jobs).plan().slots.map(\.job) == ["J3", "J2", "J1", "J4"])
    }

    /// What has further steps, or days outside, is due sooner.
    @Test func laterStepsMakeAnOperationDueSooner() {
        var coated = MadeQueue.job(2, [(1, 60), (1, 10)], promised: "2026-12-10")
        coated.operations[1].site = .outside(back: nil, days: 5)
        let jobs = [MadeQueue.job(1, [(1, 60)], promised: "2026-12-08"), coated]
        #expect(
            lines(jobs) == ["J2/10 M-1 11-30 07:00-08:00", "J1/10 M-1 11-30 08:00-09:00", "J2/20 outside 2026-11-30..2026-12-05"])
    }

    @Test func nothingWaitsForAPlaceByHand() {
        let jobs = [
            MadeQueue.job(1, [(2, 60), (1, 60)]) { if $0.step == 20 { $0.place = 1 } }, MadeQueue.job(2, [(1, 90)]) { $0.place = 2 },
            MadeQueue.job(3, [(1, 90)]),
        ]
        let plan = MadeQueue.input([MadeQueue.centre(1), MadeQueue.centre(2)], jobs).plan()
        #expect(plan.slots.filter { $0.centre == 1 }.map(\.job) == ["J2", "J1", "J3"])
    }

    @Test func startedWorkStaysOnItsMachine() {
        var started = MadeQueue.job(1, [(1, 60), (2, 30)], priority: .low)
        started.operations[1].isStarted = true
        started.operations[1].site = .centres([2, 1])
        started.operations[1].minutes = -5
        let jobs = [started, MadeQueue.job(2, [(2, 10)], priority: .urgent)]
        #expect(
            lines(jobs, [MadeQueue.centre(1), MadeQueue.centre(2)]) == [
                "J1/10 M-1 11-30 07:00-08:00", "J1/20 M-2 11-30 07:00-07:01", "J2/10 M-2 11-30 07:01-07:11",
            ])
    }

    /// A step that was begun too early does not let those after it be done too early as well.
    @Test func whatFollowsStartedWork() {
        var job = MadeQueue.job(1, [(1, 60), (2, 30), (3, 10)])
        job.operations[1].isStarted = true
        #expect(
            lines([job], [MadeQueue.centre(1), MadeQueue.centre(2), MadeQueue.centre(3)]) == [
                "J1/10 M-1 11-30 07:00-08:00", "J1/20 M-2 11-30 07:00-07:30", "J1/30 M-3 11-30 08:00-08:10",
            ])
    }

    @Test func machinesStandInForEachOther() {
        let centres = [MadeQueue.centre(1, "Mon-Fri 07:00-08:00"), MadeQueue.centre(2)]
        // The first machine would end on Friday, the second today, although it is busy until eight.
        let jobs = [MadeQueue.job(1, [(2, 60)]), MadeQueue.job(2, [(1, 300)]) { $0.site = .centres([1, 2]) }]
        #expect(lines(jobs, centres) == ["J1/10 M-2 11-30 07:00-08:00", "J2/10 M-2 11-30 08:00-13:00"])
        let equal = (1...4).map { number in MadeQueue.job(number, [(1, 60)]) { $0.site = .centres([2, 1]) } }
        #expect(MadeQueue.input([MadeQueue.centre(1), MadeQueue.centre(2)], equal).plan().slots.map(\.centre) == [1, 2, 1, 2])
    }

    @Test func materialIsWaitedFor() {
        let jobs = [
            MadeQueue.job(1, [(1, 60), (1, 5)], promised: "2026-12-02") {
                if $0.step == 10 { $0.material = .arrives(MadeQueue.day("2026-12-03")) }
            },
            MadeQueue.job(2, [(1, 60)]) { $0.material = .arrives(MadeQueue.day("2026-11-20")) },
            MadeQueue.job(3, [(1, 60), (1, 5)], promised: "2026-12-02") { if $0.step == 10 { $0.material = .unknown } },
        ]
        let plan = MadeQueue.input(one, jobs).plan()
        #expect(
            lines(plan) == ["J2/10 M-1 12-01 07:00-08:00", "J1/10 M-1 12-04 07:00-08:00", "J1/20 M-1 12-04 08:00-08:05"])
        #expect(plan.unplaced.map(\.fault) == [.material, .waits("J3/10")])
        #expect(reasons(plan) == ["J1 2 material arrives 2026-12-03"])
        #expect(plan.jobs[2].ends == nil)
    }

    @Test func outsideWorkIsWaitedFor() {
        var jobs = (1...4).map { MadeQueue.job($0, [(1, 60), (1, 5), (1, 5)], promised: "2026-12-02") }
        for i in jobs.indices {
            let day = [nil, nil, "2026-12-08", "2026-11-28"][i].map(MadeQueue.day)
            jobs[i].operations[1].site = .outside(back: day, days: i == 0 ? 6 : nil)
            if i > 1 { jobs[i].operations[0].minutes = 30 }
        }
        let plan = MadeQueue.input(one, jobs).plan()
        let ends = Dictionary(uniqueKeysWithValues: plan.slots.map { ($0.code, $0.ends.description) })
        #expect(ends["J1/20"] == "2026-12-06")
        #expect(ends["J1/30"] == "2026-12-07")
        #expect(ends["J3/30"] == "2026-12-09")
        // What should have been back on Saturday may come today.
        #expect(ends["J4/30"] == "2026-12-01")
        #expect(plan.unplaced.map(\.fault) == [.outsideUnknown, .waits("J2/20")])
        #expect(reasons(plan) == ["J1 5 outside until 2026-12-06", "J3 7 outside until 2026-12-08"])
    }

    @Test func unknownMinutesAreSaid() {
        let plan = MadeQueue.input(one, [MadeQueue.job(1, [(1, nil), (1, 10)])]).plan()
        #expect(lines(plan) == ["J1/10 M-1 11-30 07:00-08:00", "J1/20 M-1 11-30 08:00-08:10"])
        #expect(plan.slots.map(\.isGuess) == [true, false])
    }

    @Test func centresWithoutHoursSaySo() {
        let never = MadeQueue.centre(2, "none"),
            closed = MadeQueue.centre(
                3, "Mon 07:00-08:00",
                [Closure(from: MadeQueue.moment("2026-01-01T00:00:00Z"), until: MadeQueue.moment("2036-01-01T00:00:00Z"), reason: "sold")])
        let jobs = [
            MadeQueue.job(1, [(2, 60)]), MadeQueue.job(2, [(9, 60)]), MadeQueue.job(3, [(3, 60), (1, 5)]),
            MadeQueue.job(4, [(1, 60)]) { $0.site = .centres([2, 1]) }, MadeQueue.job(5, [(1, 2_000_000)]),
            MadeQueue.job(6, [(1, 10)]) { $0.earliest = MadeQueue.day("2031-01-01") }, MadeQueue.job(7, [(1, .max)]),
        ]
        let plan = MadeQueue.input([never, closed] + one, jobs).plan()
        #expect(lines(plan) == ["J4/10 M-1 11-30 07:00-08:00"])
        #expect(
            plan.unplaced.map { "\($0.code) \($0.fault)" } == [
                "J1/10 M-2 is never open", "J2/10 no machine can do it", "J3/10 M-3 is never open",
                "J3/20 waits for J3/10, which has no place",
                "J5/10 no time is left before the end of the plan", "J6/10 no time is left before the end of the plan",
                "J7/10 no time is left before the end of the plan",
            ])
    }

    @Test func closuresAndHolidays() {
        let repair = Closure(
            from: MadeQueue.moment("2026-11-30T08:00:00Z"), until: MadeQueue.moment("2026-11-30T10:00:00Z"), reason: "repair")
        var input = MadeQueue.input(
            [MadeQueue.centre(1, "Mon-Fri 07:00-16:00", [repair])], [MadeQueue.job(1, [(1, 60)]), MadeQueue.job(2, [(1, 400)])])
        input.holidays = Holidays(reading: "12-01")
        #expect(lines(input.plan()) == ["J1/10 M-1 11-30 07:00-08:00", "J2/10 M-1 11-30 10:00-16:00 12-02 07:00-07:40"])
    }

    @Test func reasonsOfLateness() {
        let jobs = [
            MadeQueue.job(1, [(1, 60)], promised: "2026-11-27"), MadeQueue.job(2, [(2, 1200)], promised: "2026-12-01"),
            MadeQueue.job(3, [(3, 60)], promised: "2026-12-01") { $0.earliest = MadeQueue.day("2026-12-03") },
            MadeQueue.job(4, [(4, 500)], promised: "2026-12-01"), MadeQueue.job(5, [(4, 590)], promised: "2026-12-01"),
            MadeQueue.job(6, [(5, 500)], promised: "2026-12-03", priority: .urgent), MadeQueue.job(7, [(5, 100)], promised: "2026-11-30"),
            MadeQueue.job(8, [(6, 500)]) { $0.place = 1 }, MadeQueue.job(9, [(6, 100)], promised: "2026-11-30"),
        ]
        let plan = MadeQueue.input((1...6).map { MadeQueue.centre($0) }, jobs).plan()
        #expect(
            reasons(plan) == [
                "J1 3 the promised day is over", "J2 1 its work alone ends on 2026-12-02", "J3 2 not before 2026-12-03", "J5 1 M-4 is full",
                "J7 1 behind higher priorities", "J9 1 behind places by hand",
            ])
    }
}
