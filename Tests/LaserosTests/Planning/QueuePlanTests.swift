import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// What a plan takes from the shop. How it is laid is tested with made queues.
@Suite struct QueuePlanTests {
    /// The shop of the tests of the queue, on the Sunday before Monday, 24 August; with a press brake for bending.
    private static func shop() throws -> Workshop {
        let workshop = try QueueTests.shop()
        try workshop.demand("laseros machine add BRAKE1 Brake --kind press-brake")
        try workshop.demand("laseros operation edit bend --machine BRAKE1")
        return workshop
    }

    /// `001/10 LASER1 2026-08-24T05:00 60m`, or why an entry has no place.
    private static func plan(_ workshop: Workshop, _ options: String = "") throws -> [String] {
        try workshop.demand("laseros queue plan \(options) --csv --no-header --fields entry,machine,starts_at,time_s,reason").split(
            separator: "\n"
        )
        .map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let words = [String(cells[0].dropFirst("JB-2026-08-CL0001-".count)), String(cells[1]), String(cells[2].prefix(16))]
            return (words + [String(cells[3]), cells[4...].joined(separator: ",").filter { $0 != "\"" }]).filter { !$0.isEmpty }.joined(
                separator: " ")
        }
    }

    @Test func materialComesAsItIsOnOrder() throws {
        let workshop = try Self.shop()
        for (name, sheets) in [("A", 15), ("B", 5), ("C", 4), ("D", 3)] {
            try QueueTests.queue(name, "--quantity 1 --sheets \(sheets) --cut-time 1h", in: workshop)
            _ = try workshop.run("laseros project queue \(name) --force x")
        }
        for line in [
            "supplier add Steel", "purchase add SU-0001 MS-3:2 --expected 2026-08-26", "purchase place last",
            "purchase add SU-0001 MS-3:4 --expected 2026-09-02 --project D", "purchase place last",
            "purchase add SU-0001 MS-3:2 --expected 2026-08-28",
            "purchase place last", "purchase add SU-0001 MS-3:50 --expected 2026-08-24",
        ] { try workshop.demand("laseros \(line)") }
        // What is there goes to the first in the queue, and what was bought for a project to nobody else; a draft is not on order.
        #expect(
            try Self.plan(workshop) == [
                "001/10 LASER1 2026-08-24T05:00 3600", "002/10 LASER1 2026-08-24T06:00 3600", "003/10 LASER1 2026-08-31T05:00 3600",
                "004/10 LASER1 2026-09-03T05:00 3600",
            ])
        try workshop.demand("laseros queue move D --first")
        #expect(
            try Self.plan(workshop) == [
                "004/10 LASER1 2026-08-24T05:00 3600", "001/10 LASER1 2026-08-24T06:00 3600", "002/10 LASER1 2026-08-31T05:00 3600",
                "003/10 nobody knows when its material arrives",
            ])
        // What a customer has still to bring is not expected on any day.
        try QueueTests.queue("E", "--quantity 1 --cut-time 1h", parts: ["Leaf --quantity 1 --customer-material yes"], in: workshop)
        try workshop.demand("laseros project queue E --force x")
        #expect(try Self.plan(workshop).last == "005/10 nobody knows when its material arrives")
    }

    @Test func outsideWorkTakesAsLongAsItsSuppliers() throws {
        let workshop = try Self.shop()
        try QueueTests.queue("A", "--sheets 1 --cut-time 1h", parts: ["Leaf --quantity 1 --operations cut,coat,bend"], in: workshop)
        #expect(
            try Self.plan(workshop) == [
                "001/10 LASER1 2026-08-24T05:00 3600", "001/20 nobody knows when it is back from outside",
                "001/30 waits for JB-2026-08-CL0001-001/20, which has no place",
            ])
        for line in [
            "supplier add Slow --lead-days 7", "supplier article add SU-0001 --operation coat", "supplier add Fast --lead-days 2",
            "supplier article add SU-0002 --operation coat",
        ] { try workshop.demand("laseros \(line)") }
        // Sent on Monday, back on Monday, and bent on the day after.
        #expect(try Self.plan(workshop)[1...] == ["001/20 outside 2026-08-24T06:00", "001/30 BRAKE1 2026-09-01T05:00 660"])
        // What is ordered has its day, but is not back before it was sent and worked on.
        try workshop.demand("laseros purchase add SU-0002 --operation coat:1 --project A --expected 2026-09-03")
        try workshop.demand("laseros purchase place last")
        #expect(try Self.plan(workshop)[2] == "001/30 BRAKE1 2026-09-04T05:00 660")
    }

    @Test func anOperationNeedsAPlace() throws {
        let workshop = try Self.shop()
        try QueueTests.queue("A", "--sheets 1 --cut-time 1h", parts: ["Leaf --quantity 1 --operations cut,weld"], in: workshop)
        let answer = try workshop.run("laseros queue plan")
        #expect(answer.said.contains("no machine can do it; laseros operation edit weld --machine CODE"))
        try workshop.demand("laseros machine edit LASER1 --active no")
        // The entry names a machine that is not at work.
        #expect(try workshop.run("laseros queue plan").said.contains("laseros queue move JB-2026-08-CL0001-001/10 --machine CODE"))
    }

    @Test func whatRunsHasTheTimeThatIsLeft() throws {
        let workshop = try Self.shop()
        for name in ["A", "B"] { try QueueTests.queue(name, "--quantity 4 --sheets 1 --cut-time 2h", in: workshop) }
        func run(_ words: String, _ clock: String) throws {
            #expect(try workshop.run(words.split(separator: " ").map(String.init), at: clock).code == 0)
        }
        try run("queue start B", "2026-08-24T06:00:00Z")
        func planned(_ clock: String) throws -> [String] {
            let words = "queue plan --csv --no-header --fields entry,starts_at,time_s".split(separator: " ").map(String.init)
            return try workshop.run(words, at: clock).out.split(separator: "\n").map { String($0.dropFirst("JB-2026-08-CL0001-00".count)) }
        }
        #expect(try planned("2026-08-24T06:45:00Z") == ["2/10,2026-08-24T06:45:00.000Z,4500", "1/10,2026-08-24T08:00:00.000Z,7200"])
        // It takes longer than was estimated.
        #expect(try planned("2026-08-24T09:00:00Z")[0] == "2/10,2026-08-24T09:00:00.000Z,60")
        // What pauses goes on after what is more urgent.
        try run("queue pause B", "2026-08-24T07:00:00Z")
        #expect(try planned("2026-08-24T09:00:00Z") == ["1/10,2026-08-24T09:00:00.000Z,7200", "2/10,2026-08-24T11:00:00.000Z,3600"])
        // Of what is finished only the rest is planned.
        try run("queue finish A 1", "2026-08-24T09:00:00Z")
        #expect(try planned("2026-08-24T09:00:00Z")[0] == "1/10,2026-08-24T09:00:00.000Z,5400")
    }

    /// A place by hand is one among those at the same machine, not before all of them.
    @Test func aPlaceByHandIsKept() throws {
        let workshop = try Self.shop()
        for name in ["A", "B", "C", "D"] {
            try QueueTests.queue(name, "--quantity 4 --sheets 1 --cut-time 1h --due 2026-09-1\(name == "D" ? 0 : 1)", in: workshop)
        }
        func order() throws -> [String] { try Self.plan(workshop).map { String($0.prefix(3)) } }
        #expect(try order() == ["004", "001", "002", "003"])
        try workshop.demand("laseros queue move D --after B")
        #expect(try order() == ["001", "002", "004", "003"])
        try workshop.demand("laseros queue move C --first")
        #expect(try order() == ["003", "001", "002", "004"])
    }

    @Test func timesAreAsRunsReallyTook() throws {
        let workshop = try Self.shop()
        try QueueTests.queue("A", "--quantity 4 --sheets 1 --cut-time 100m", parts: [], in: workshop)
        func measure(_ count: Int) throws {
            try workshop.tamper(
                """
                INSERT INTO run (code, day, material_id, thickness_um, ended_at, duration_ms, estimate_ms, at)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
                SELECT 'T' || (i + (SELECT count(*) FROM run)), '2026-08-01', (SELECT id FROM material WHERE code = 'MS'), 3000,
                    '2026-08-01T08:00:00.000Z', iif(i % 2, 120, 130) * 60000, 6000000, '2026-08-01T08:00:00.000Z' FROM n
                """)
        }
        try measure(29)
        #expect(try Self.plan(workshop) == ["001/10 LASER1 2026-08-24T05:00 6000"])
        try measure(1)
        // 16 runs of 120 and 14 of 130 minutes: 124 2/3 for each, and plans are in whole minutes.
        #expect(try Self.plan(workshop) == ["001/10 LASER1 2026-08-24T05:00 7500"])
        let promise = try workshop.demand(
            "laseros queue promise --minutes 100 --material MS --csv --no-header --fields ratio,safe_ratio,runs")
        #expect(promise.trimmed == "1.25,1.3,30")
        // Another material has runs of its own.
        #expect(
            try workshop.demand("laseros queue promise --minutes 100 --material SS --csv --no-header --fields ratio,runs").trimmed == ",")
    }

    @Test func whatIsKeptCanBeUndone() throws {
        let workshop = try Self.shop()
        try QueueTests.queue(
            "A", "--sheets 1 --cut-time 12h --due 2026-08-25", parts: ["Leaf --quantity 1 --operations cut,weld"], in: workshop)
        try QueueTests.queue("B", "--quantity 1 --sheets 1 --cut-time 6h --due 2026-08-26", in: workshop)
        func ends() throws -> [String] { try QueueTests.entries(workshop, "planned_end", "").map { $0 == "\"\"" ? "" : $0 } }
        #expect(try ends().allSatisfy { $0.isEmpty })
        try workshop.demand("laseros queue plan --keep")
        let first = try ends()
        #expect(first.filter { !$0.isEmpty } == ["2026-08-25T08:00:00.000Z", "2026-08-25T14:00:00.000Z"])
        // What had no place when it was kept is not late since then.
        #expect(try !workshop.run("laseros queue plan").said.contains("late since"))
        try workshop.demand("laseros queue move B --on 2026-08-31")
        #expect(
            try workshop.run("laseros queue plan").said.contains(
                "late since the plan of 2026-08-23: JB-2026-08-CL0001-002 (then 2026-08-25, now 2026-08-31)"))
        try workshop.demand("laseros queue plan --keep")
        #expect(try ends() != first)
        #expect(try !workshop.run("laseros queue plan").said.contains("late since"))
        #expect(try workshop.faults() == [])
        try workshop.demand("laseros undo")
        #expect(try ends() == first)
    }

    @Test func aProposalStoresNothing() throws {
        let workshop = try Self.shop()
        try QueueTests.queue("A", "--quantity 1 --sheets 1 --cut-time 1h", in: workshop)
        let before = try workshop.demand("laseros log --csv")
        for line in [
            "queue plan", "queue plan --keep --dry-run", "queue load", "queue promise A", "project calendar --queue --month 2026-08",
        ] {
            try workshop.demand("laseros \(line)")
        }
        #expect(try workshop.demand("laseros log --csv") == before)
        #expect(try workshop.run("laseros project calendar --queue --format ics").code == 2)
    }

    @Test func aPromiseIsRefusedForWhatIsFinished() throws {
        let workshop = try Self.shop()
        try QueueTests.queue("A", "--quantity 1 --sheets 1 --cut-time 1h", in: workshop)
        try workshop.demand("laseros project hold A why")
        #expect(try workshop.run("laseros queue promise A").said.contains("is on hold: why"))
        try workshop.demand("laseros project resume A")
        try workshop.demand("laseros queue finish A")
        let answer = try workshop.run("laseros queue promise A")
        #expect(answer.code == 4 && answer.said.contains("is completed: there is nothing to promise"))
    }

    /// A promise waits for material as a project in the queue would, and else for as long as the supplier takes.
    @Test func aPromiseWaitsForMaterial() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project add A -c CL-0001 -m MS -t 3 --quantity 1 --sheets 25 --cut-time 1h")
        func likely() throws -> String {
            String(try workshop.demand("laseros queue promise A --csv --no-header --fields likely,project").trimmed.prefix { $0 != "," })
        }
        #expect(try likely() == "")
        try workshop.demand("laseros supplier add Steel --lead-days 9")
        try workshop.demand("laseros supplier article add SU-0001 --item MS-3")
        #expect(try likely() == "2026-09-02")
        try workshop.demand("laseros purchase add SU-0001 MS-3:5 --expected 2026-08-26")
        try workshop.demand("laseros purchase place last")
        #expect(try likely() == "2026-08-27")
    }

    // Cost

    /// A shop with so many copies of a project with a cut and a bend.
    private static func many(_ count: Int) throws -> Workshop {
        let workshop = try shop()
        try QueueTests.queue("A", "--cut-time 10m", parts: ["Leaf --quantity 1 --operations cut,bend"], in: workshop)
        try workshop.tamper(
            """
            CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count - 1)) SELECT i FROM n;
            INSERT INTO project (id, code, client_id, name, status, priority, due, created_at)
                SELECT 1000 + i, 'P' || i, client_id, 'P' || i, status, priority, date('2026-08-24', '+' || (i % 200) || ' days'), created_at
                FROM n, project WHERE project.id = 1;
            INSERT INTO part (id, project_id, number, position, title, quantity)
                SELECT 1000 + i, 1000 + i, 1, 1, title, quantity FROM n, part WHERE part.id = 1;
            INSERT INTO queue (code, project_id, step, level, operation_id, material_id, thickness_um, machine_id, status, estimate_ms, added_at)
                SELECT 'P' || i || '/' || step, 1000 + i, step, level, operation_id, material_id, thickness_um, machine_id, status, estimate_ms, added_at
                FROM n, queue WHERE project_id = 1;
            INSERT INTO queue_part (queue_id, position, part_id, quantity) SELECT queue.id, 1, project_id, 1 FROM queue WHERE project_id > 1000;
            """)
        return workshop
    }

    @Test func statementsDoNotGrowWithTheQueue() throws {
        let few = try Self.many(2), more = try Self.many(60)
        for line in ["queue plan", "queue load", "queue promise A", "project calendar --queue"] {
            func count(_ workshop: Workshop) throws -> Int {
                try SQLWatch.statements(of: workshop) { try workshop.demand("laseros \(line)") }.count
            }
            #expect(try count(few) == count(more), "\(line)")
        }
    }

    /// 5,000 entries are planned while somebody waits.
    @Test func aLongQueueIsPlannedAtOnce() throws {
        let workshop = try Self.many(2500)
        var out = ""
        let steps = try SQLWatch.steps(of: workshop) { out = try workshop.demand("laseros queue plan --csv") }
        #expect(out.split(separator: "\n").count == 5001)
        // About two hundred steps of SQLite's virtual machine for each entry.
        #expect(steps < 5000 * 400, "\(steps) steps")
    }
}
