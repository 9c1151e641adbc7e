import Testing
import Values

@testable import Shop

@Suite struct PinTests {
    private let one = [MadeQueue.centre(1)]

    private func pin(_ day: String, _ centre: Int = 1) -> (inout PlanOperation) -> Void {
        { $0.pin = PlanOperation.Pin(day: MadeQueue.day(day), centre: centre) }
    }

    private func begins(_ plan: Plan) -> [String] { plan.slots.map { "\($0.job) \($0.from.local(offset: 0).dropFirst(5))" } }

    @Test func aPinIsKeptAndNothingRunsIntoIt() {
        let jobs = [
            MadeQueue.job(1, [(1, 60)], change: pin("2026-12-01")), MadeQueue.job(2, [(1, 500)]), MadeQueue.job(3, [(1, 100)]),
            MadeQueue.job(4, [(1, 40)]),
        ]
        let plan = MadeQueue.input(one, jobs).plan()
        // The third would not be done before the pin, the fourth is.
        #expect(begins(plan) == ["J2 11-30 07:00", "J4 11-30 15:20", "J1 12-01 07:00", "J3 12-01 08:00"])
        #expect(plan.slots[2].isPinKept)
        #expect(plan.pinEffects.isEmpty)
    }

    @Test func aPinTellsWhatItMakesLate() {
        let jobs = [
            MadeQueue.job(1, [(1, 500)], change: pin("2026-12-01")), MadeQueue.job(2, [(1, 400)], promised: "2026-12-01"),
            MadeQueue.job(3, [(1, 400)], promised: "2026-12-01"), MadeQueue.job(4, [(1, 10)], promised: "2026-11-29"),
        ]
        let plan = MadeQueue.input(one, jobs).plan()
        let effect = PinEffect(
            code: "J1/10",
            delays: [PinEffect.Delay(job: "J3", ends: MadeQueue.day("2026-12-02"), without: MadeQueue.day("2026-12-01"))])
        #expect(plan.pinEffects == [effect])
        #expect(plan.late.map(\.reason) == [.pin("J1/10"), .overdue])
    }

    /// Both machines would be in time, were it not for a pin to one of them.
    @Test func aPinToAMachineTellsWhatItMakesLate() {
        let jobs = [
            MadeQueue.job(1, [(1, 500)], priority: .urgent) {
                ($0.site, $0.pin) = (.centres([1, 2]), PlanOperation.Pin(day: nil, centre: 1))
            },
            MadeQueue.job(2, [(1, 500)], promised: "2026-11-30"),
        ]
        let plan = MadeQueue.input([MadeQueue.centre(1), MadeQueue.centre(2)], jobs).plan()
        #expect(plan.late.map(\.reason) == [.pin("J1/10")])
        #expect(plan.pinEffects.map(\.code) == ["J1/10"])
    }

    /// Each of two pins leaves too little time.
    @Test func pinsThatMakeLateTogether() {
        let jobs = [
            MadeQueue.job(1, [(1, 500)], change: pin("2026-11-30")), MadeQueue.job(2, [(1, 500)], change: pin("2026-12-01")),
            MadeQueue.job(3, [(1, 600)], promised: "2026-12-01"),
        ]
        let plan = MadeQueue.input(one, jobs).plan()
        #expect(plan.late.map(\.reason) == [.pin(nil)])
        #expect(plan.jobs[1].ends == MadeQueue.day("2026-12-01"))
    }

    @Test func aPinMovesAJobToItsMachine() {
        let jobs = [
            MadeQueue.job(1, [(1, 60)]) { ($0.site, $0.pin) = (.centres([1, 2]), PlanOperation.Pin(day: nil, centre: 2)) },
            MadeQueue.job(2, [(1, 60)]) {
                ($0.site, $0.pin) = (.centres([1, 2]), PlanOperation.Pin(day: MadeQueue.day("2026-12-01"), centre: 2))
            },
        ]
        let plan = MadeQueue.input([MadeQueue.centre(1), MadeQueue.centre(2)], jobs).plan()
        #expect(plan.slots.map(\.centre) == [2, 2])
        #expect(begins(plan) == ["J1 11-30 07:00", "J2 12-01 07:00"])
    }

    /// A pin pulls what comes before it: the first job is promised later, but its second operation is pinned.
    @Test func whatComesBeforeAPinIsDueBeforeIt() {
        var first = MadeQueue.job(1, [(1, 500), (2, 60)], promised: "2027-01-20")
        pin("2026-12-01", 2)(&first.operations[1])
        let plan = MadeQueue.input(
            [MadeQueue.centre(1), MadeQueue.centre(2)], [first, MadeQueue.job(2, [(1, 500)], promised: "2026-12-10")]
        )
        .plan()
        #expect(begins(plan) == ["J1 11-30 07:00", "J2 11-30 15:20", "J1 12-01 07:00"])
    }

    /// While what comes before a pinned operation is not done, its machine does other work; on the day of the pin it waits for it.
    @Test(arguments: [
        (60, 300, "J1 11-30 07:00, J1 11-30 08:00, J2 11-30 09:00, J3 11-30 14:00", true),
        (301, 300, "J1 11-30 07:00, J2 11-30 07:00, J1 11-30 12:01, J3 11-30 13:01", true),
        (301, 302, "J1 11-30 07:00, J1 11-30 12:01, J2 11-30 13:01, J3 12-01 09:03", true),
        (600, 300, "J1 11-30 07:00, J2 11-30 07:00, J3 11-30 12:00, J1 12-01 08:00", false),
        (600, 400, "J1 11-30 07:00, J2 11-30 07:00, J3 11-30 13:40, J1 12-01 11:20", false),
    ])
    func aPinWhoseFirstStepTakesLong(_ before: Int, _ others: Int, _ order: String, _ isKept: Bool) {
        var first = MadeQueue.job(1, [(2, before), (1, 60)])
        pin("2026-11-30")(&first.operations[1])
        let plan = MadeQueue.input(
            [MadeQueue.centre(1), MadeQueue.centre(2)], [first, MadeQueue.job(2, [(1, others)]), MadeQueue.job(3, [(1, others)])]
        ).plan()
        #expect(begins(plan).joined(separator: ", ") == order)
        #expect(plan.slots.filter { $0.pinned != nil }.map(\.isPinKept) == [isKept])
    }

    @Test func aPinOnAClosedDayIsDoneOnTheNext() {
        let plan = MadeQueue.input(one, [MadeQueue.job(1, [(1, 60)], promised: "2026-12-05", change: pin("2026-12-05"))]).plan()
        #expect(begins(plan) == ["J1 12-07 07:00"])
        #expect(plan.slots[0].isPinKept == false)
        #expect(plan.late.map(\.reason) == [.ownPin(MadeQueue.day("2026-12-05"))])
        #expect(plan.pinEffects.isEmpty)
    }

    @Test func pinsBeyondTheHorizonOrWithoutMaterialHoldNothing() {
        let jobs = [
            MadeQueue.job(1, [(1, 60)], change: pin("2030-01-01")),
            MadeQueue.job(2, [(1, 60)]) {
                ($0.material, $0.pin) = (.unknown, PlanOperation.Pin(day: MadeQueue.day("2026-11-30"), centre: 1))
            },
            MadeQueue.job(3, [(1, 60)]),
        ]
        let plan = MadeQueue.input(one, jobs).plan()
        #expect(begins(plan) == ["J3 11-30 07:00"])
        #expect(plan.unplaced.map(\.fault) == [.horizon, .material])
    }

    /// With pins here and there the rules of all plans hold, and the same plan comes out.
    @Test func pinsOfASeededQueue() throws {
        var input = try MadeQueue.simulation(seed: 11, jobs: 200), dice = Seeded(11)
        for i in input.jobs.indices where i % 10 == 0 {
            guard case .centres(let ids) = input.jobs[i].operations[0].site else { continue }
            let day = MadeQueue.day("2026-12-02") + Int.random(in: 0..<20, using: &dice)
            input.jobs[i].operations[0].pin = PlanOperation.Pin(day: day, centre: ids[0])
        }
        let plan = input.plan()
        #expect(plan.unplaced.isEmpty)
        #expect(plan.slots.allSatisfy { $0.pinned == nil || $0.begins >= $0.pinned! })
        #expect(plan.slots.count(where: \.isPinKept) >= 12)
        let stretches = Dictionary(grouping: plan.slots.filter { $0.centre != nil }, by: \.centre).mapValues { $0.flatMap(\.stretches) }
        for own in stretches.values.map({ $0.sorted { $0.from < $1.from } }) {
            #expect(zip(own, own.dropFirst()).allSatisfy { $0.until <= $1.from })
        }
        input.jobs.reverse()
        #expect(input.plan().slots == plan.slots)
    }
}
