import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// What the transcript does not show of the queue.
@Suite struct QueueTests {
    /// A shop with one laser, sheets, two clients and the operations bend and weld.
    static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material import materials.csv", "machine add LASER1 Laser --rate 850", "client add Karoo --terms account", "client add Brass",
            "inv add MS-3 'Mild steel 3 mm' --material MS --thickness 3 --size 2500x1250 --unit-cost 100", "inv receive MS-3 20",
            "operation add bend bent --setup 10m --each 1m", "operation add weld welded", "operation add coat coated --outside yes",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    /// Adds an approved project of the client on account, which goes into the queue by itself.
    static func queue(_ name: String, _ options: String, parts: [String] = [], of material: String = "MS -t 3", in workshop: Workshop)
        throws
    {
        try workshop.demand("laseros project add \(name) -c CL-0001 -m \(material) \(options)")
        for part in parts { try workshop.demand("laseros project part add \(name) \(part)") }
        try workshop.demand("laseros project offer \(name) --force sketch")
        try workshop.demand("laseros project approve \(name)")
    }

    static func entries(_ workshop: Workshop, _ fields: String = "code,status,left", _ words: String = "--all") throws -> [String] {
        try workshop.demand("laseros queue list \(words) --csv --no-header --fields \(fields)").split(separator: "\n").map {
            $0.split(separator: "JB-2026-08-", omittingEmptySubsequences: false).joined()
        }
    }

    @Test(
        arguments: [
            ("", "b"), ("a", "b"), ("a", "a!"), ("a", "ab"), ("a", "a "), ("a", nil), ("", nil), ("3 2026", "3 2026 5"), ("3~~", nil),
            ("3 9", "4"),
        ] as [(String, String?)])
    func aTextLiesBetween(_ lower: String, _ upper: String?) {
        guard upper != "a " else { return }
        let text = Shop.text(between: lower, and: upper)
        #expect(lower.utf8.lexicographicallyPrecedes(text.utf8))
        if let upper { #expect(text.utf8.lexicographicallyPrecedes(upper.utf8)) }
    }

    /// However often one is put between the same two.
    @Test func thereIsAlwaysRoomBetween() {
        var upper = "3 2026-08-23 x", lower = "3 2026-08-23 w"
        for i in 0..<300 {
            let text = Shop.text(between: lower, and: upper)
            #expect(lower.utf8.lexicographicallyPrecedes(text.utf8) && text.utf8.lexicographicallyPrecedes(upper.utf8))
            if i.isMultiple(of: 3) { lower = text } else { upper = text }
        }
        #expect(upper.utf8.count < 200)
    }

    @Test func operationsWaitInTheirOrder() throws {
        let workshop = try Self.shop()
        try Self.queue(
            "Frame", "--quantity 2",
            parts: ["Bar --quantity 8 --operations cut,bend", "Foot --quantity 4", "Frame --quantity 2 --of 1:4,2:2 --operations weld"],
            in: workshop)
        #expect(
            try Self.entries(workshop, "code,operation,ordered,left") == [
                "CL0001-001/10,cut,12,12", "CL0001-001/20,bend,8,8", "CL0001-001/30,weld,2,2",
            ])
        #expect(try workshop.demand("laseros queue show frame/30 --csv --no-header --fields waits_for").contains("/10, JB"))
        #expect(try workshop.run("laseros queue start frame/30").said.contains("waits for JB-2026-08-CL0001-001/10"))
        // Welding can begin with what is there for one frame.
        try workshop.demand("laseros queue finish frame/10 1:5 2:4")
        try workshop.demand("laseros queue finish frame/20 1:5")
        let tooMany = try workshop.run("laseros queue finish frame/30 3:2")
        #expect(tooMany.code == 4 && tooMany.said.contains("only 1 came"))
        #expect(try workshop.demand("laseros queue finish frame/30").contains("1 good"))
        // A frame that is spoiled needs its parts again.
        try workshop.demand("laseros queue scrap frame/30 1 --reason 'burnt through'")
        #expect(
            try Self.entries(workshop, "code,status,left") == [
                "CL0001-001/10,queued,9", "CL0001-001/20,queued,7", "CL0001-001/30,queued,2",
            ])
        #expect(try workshop.faults() == [])
    }

    @Test func whatIsUsedIsTakenOnce() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 9 --sheets 3", in: workshop)
        func stock() throws -> String {
            String(try workshop.demand("laseros inv show MS-3 --csv --no-header --fields on_hand,reserved").trimmed)
        }
        #expect(try stock() == "20,3")
        // Whole sheets, in proportion.
        try workshop.demand("laseros queue finish gate 2")
        #expect(try stock() == "19,2")
        try workshop.demand("laseros queue finish gate 4")
        #expect(try stock() == "18,1")
        try workshop.demand("laseros queue finish gate")
        #expect(try stock() == "17,0")
        #expect(try workshop.run("laseros queue finish gate").code == 3)
        #expect(try workshop.run("laseros project complete gate").code == 4)
        for _ in 0..<3 { try workshop.demand("laseros undo") }
        #expect(try stock() == "20,3")
        try workshop.demand("laseros redo")
        #expect(try stock() == "19,2")
        #expect(try workshop.faults() == [])
    }

    /// A use that was recorded before is no longer reserved.
    @Test func aRecordedUseIsNotTakenAgain() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 9 --sheets 3", in: workshop)
        try workshop.demand("laseros inv use MS-3 3 --project gate")
        try workshop.demand("laseros project start gate")
        try workshop.demand("laseros project complete gate")
        #expect(try workshop.demand("laseros inv show MS-3 --csv --no-header --fields on_hand,reserved").trimmed == "17,0")
    }

    /// A shortage refuses nothing.
    @Test func stockGoesBelowZero() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 2 --sheets 3", in: workshop)
        try workshop.demand("laseros inv adjust MS-3 -19 'miscounted'")
        let done = try workshop.run("laseros queue finish gate")
        #expect(done.code == 0 && done.said.contains("MS-3 is 2 below 0"))
    }

    /// An undo of a run that is not the last leaves the other one, and the entry is queued again.
    @Test func anUndoneRunIsDueAgain() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 10", in: workshop)
        try workshop.demand("laseros queue finish gate 4")
        let entry = try workshop.demand("laseros log --limit 1 --csv --no-header --fields entry").trimmed
        try workshop.demand("laseros queue finish gate 1 --used-nothing")
        try workshop.demand("laseros queue finish gate 5 --used-nothing")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,done,0"])
        let undone = try workshop.run("laseros undo \(entry)")
        #expect(undone.code == 0, "\(undone.said)")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,queued,4"])
        try workshop.demand("laseros redo")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,done,0"])
        #expect(try workshop.faults() == [])
    }

    @Test func aBatchSharesTimeAndSheets() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 10 --cut-time 60m", in: workshop)
        try Self.queue("Sign", "--quantity 10 --cut-time 20m", in: workshop)
        try workshop.demand("laseros queue start gate sign")
        try workshop.demand("laseros queue finish gate --time 40m --used MS-3:2")
        #expect(
            try workshop.reading { data in
                try data.all("SELECT good, duration_ms FROM run_row ORDER BY id") { "\($0.int(0)) \($0.int(1))" }
            } == ["10 1800000", "10 600000"])
        #expect(
            try workshop.reading { data in
                try data.all("SELECT quantity_millis, project_id FROM movement WHERE run_id IS NOT NULL ORDER BY id") {
                    "\($0.int(0)) \($0.int(1))"
                }
            } == ["-1500 1", "-500 2"])
        #expect(try Self.entries(workshop) == ["CL0001-001/10,done,0", "CL0001-002/10,done,0"])
    }

    @Test func differentMaterialIsNoBatch() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 10", in: workshop)
        try Self.queue("Sign", "--quantity 10", of: "SS -t 3", in: workshop)
        #expect(try workshop.run("laseros queue start gate sign").said.contains("not of one operation, material and thickness"))
    }

    /// The parts of a queued project may change.
    @Test func theQueueFollowsTheParts() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 1", parts: ["Leaf --quantity 4", "Pin --quantity 6"], in: workshop)
        try workshop.demand("laseros project part edit gate 1 --operations cut,bend --quantity 5")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,queued,11", "CL0001-001/20,queued,5"])
        try workshop.demand("laseros project part edit gate 2 -t 5")
        #expect(try Self.entries(workshop, "code,thickness_mm,left") == ["CL0001-001/10,3,5", "CL0001-001/20,3,5", "CL0001-001/30,5,6"])
        try workshop.demand("laseros project part remove gate 2")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,queued,5", "CL0001-001/20,queued,5", "CL0001-001/30,removed,"])
        try workshop.demand("laseros queue finish gate/10 2")
        let refused = try workshop.run("laseros project part remove gate 1")
        #expect(refused.code == 4 && refused.said.contains("was made in run RN-0001"))
        #expect(try workshop.run("laseros project remove gate").code == 4)
        #expect(try workshop.faults() == [])
    }

    @Test func anUnworkedProjectIsRemovedWithItsEntries() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 1", in: workshop)
        try workshop.demand("laseros project remove gate")
        #expect(try Self.entries(workshop) == [])
        try workshop.demand("laseros undo")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,queued,1"])
        #expect(try workshop.faults() == [])
    }

    @Test(arguments: [
        // Nobody knows how many.
        ("", [], "approved", "MS -t 3"), ("--quantity 3", [], "queued", "MS -t 3"), ("", ["Leaf --quantity 3"], "queued", "MS -t 3"),
        ("", ["Leaf --quantity 3", "Pin"], "approved", "MS -t 3"),
        // More sheets than are there; the setting; a hold; material that the customer brings.
        ("--quantity 3 --sheets 21", [], "approved", "MS -t 3"), ("", ["Leaf --quantity 3 --customer-material yes"], "approved", "MS -t 3"),
        // What the shop keeps no stock of is not missed.
        ("--quantity 3 --sheets 21", [], "queued", "MS -t 5"),
    ])
    func onlyWhatIsCompleteQueuesItself(_ options: String, _ parts: [String], _ status: String, _ material: String) throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", options, parts: parts, of: material, in: workshop)
        #expect(try workshop.demand("laseros project show gate --csv --no-header --fields status").trimmed == status)
    }

    @Test func theSettingTurnsItOff() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros config set auto_queue no")
        try Self.queue("Gate", "--quantity 3", in: workshop)
        #expect(try Self.entries(workshop) == [])
        try workshop.demand("laseros queue add gate")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,queued,3"])
        #expect(try workshop.run("laseros queue add gate").said.contains("is in the queue already"))
    }

    /// What was taken off by hand does not come back by itself.
    @Test func aReceiptQueuesOnlyWhatWaited() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 3 --sheets 25", in: workshop)
        try Self.queue("Sign", "--quantity 3", in: workshop)
        try workshop.demand("laseros queue remove sign")
        let received = try workshop.run("laseros inv receive MS-3 5")
        #expect(received.said.contains("project JB-2026-08-CL0001-001 queued"))
        #expect(try Self.entries(workshop, "code,status") == ["CL0001-001/10,queued", "CL0001-002/10,removed"])
    }

    @Test func theCustomersMaterialQueuesWhatWaited() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 3", parts: ["Leaf --quantity 3 --customer-material yes"], in: workshop)
        #expect(try Self.entries(workshop) == [])
        try workshop.demand("laseros project part edit gate 1 --material-received today")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,queued,3"])
    }

    /// What is made again names the scrap, first the oldest.
    @Test func whatIsMadeAgainNamesTheFault() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 1", parts: ["Leaf --quantity 9 --operations cut,bend"], in: workshop)
        func redone() throws -> [String] {
            try workshop.reading { data in
                try data.all("SELECT id, coalesce(redoes_id, 0) FROM run_row ORDER BY id") { "\($0.int(0))>\($0.int(1))" }
            }
        }
        // Without a number, what is not scrapped is good.
        #expect(try workshop.demand("laseros queue finish gate/10 --scrapped 2 --reason burnt").contains("7 good, 2 scrapped"))
        try workshop.demand("laseros queue finish gate/20 6 --scrapped 1 --reason bent")
        try workshop.demand("laseros queue finish gate/10 2")
        try workshop.demand("laseros queue finish gate/10 1")
        #expect(try redone() == ["1>0", "2>0", "3>1", "4>2"])
    }

    /// An entry that was taken off by hand stays off when parts change.
    @Test func whatWasRemovedStaysRemoved() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 1", parts: ["Leaf --quantity 4 --operations cut,bend"], in: workshop)
        try workshop.demand("laseros queue remove gate/20")
        try workshop.demand("laseros project part edit gate 1 --quantity 6")
        #expect(try Self.entries(workshop, "code,status,ordered") == ["CL0001-001/10,queued,6", "CL0001-001/20,removed,6"])
        try workshop.demand("laseros queue add gate")
        #expect(try Self.entries(workshop) == ["CL0001-001/10,queued,6", "CL0001-001/20,queued,6"])
    }

    /// The time of an entry is that of its parts by the preset, or what the project or the user says.
    @Test func timesAreEstimated() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros preset add 'MS 10' -m MS -t 10 --speed 1000 --pierce-time 1")
        try workshop.demand("laseros project add Pump -c CL-0001 -m MS -t 10")
        try workshop.demand("laseros project attach pump 0001-Flange-MS-10mm-x4.dxf")
        try workshop.demand("laseros project part add pump Foot --quantity 3 --operations bend")
        for verb in ["offer", "approve"] { try workshop.demand("laseros project \(verb) pump") }
        // 4 x (1363.451 mm at 1000 mm/min + 10 pierces of 1 s); 10 min + 3 x 1 min.
        #expect(try Self.entries(workshop, "code,time_s") == ["CL0001-001/10,367.228", "CL0001-001/20,780"])
        try workshop.demand("laseros project part edit pump 1 --quantity 8")
        #expect(try Self.entries(workshop, "time_s")[0] == "734.456")
        try workshop.demand("laseros queue edit pump/10 --time 5m")
        #expect(try Self.entries(workshop, "time_s")[0] == "300")
    }

    /// A project at work that is cancelled leaves nothing at work.
    @Test func cancellingStopsTheRun() throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 3 --sheets 2", in: workshop)
        try workshop.demand("laseros queue start gate")
        try workshop.demand("laseros project cancel gate 'bought elsewhere'")
        #expect(try Self.entries(workshop, "code,status,run") == ["CL0001-001/10,removed,"])
        #expect(
            try workshop.demand("laseros queue runs --all --csv --no-header --fields code,status,remove_reason").trimmed
                == "RN-0001,removed,bought elsewhere")
        #expect(try workshop.demand("laseros inv show MS-3 --csv --no-header --fields on_hand,reserved").trimmed == "20,0")
    }

    @Test(arguments: [
        ("queue finish gate/10 5:1", 3, "has no part 5"), ("queue finish gate/10 3", 2, "of which part?"),
        ("queue start gate/30", 3, "no entry"),
        ("queue finish gate 1:-1", 2, "PART:QTY"), ("queue scrap gate/10 1:1 --reason x", 0, ""),
        ("queue scrap gate/20 1:1 --reason x", 4, "only 0 pieces"),
        ("queue move gate/10 --before gate/10", 2, "next to itself"), ("queue add nothing", 3, "there is no project"),
        ("queue start gate", 3, "could be any of 2 entries"), ("queue finish gate/10 1:1 --on 2026-08-24", 4, "still to come"),
        ("queue move gate/10 --pin", 2, "--on"), ("queue remove gate/10", 0, ""),
    ])
    func whatDoesNotFitIsSaid(_ line: String, _ code: Int, _ words: String) throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 1", parts: ["Leaf --quantity 4 --operations cut,bend", "Pin --quantity 6"], in: workshop)
        let answered = try workshop.run("laseros \(line)")
        #expect(Int(answered.code) == code && answered.said.contains(words), "\(answered.said)")
    }

    /// A wrong rank is a fault that `log verify` finds.
    @Test(arguments: ["UPDATE aux_queue SET rank = 'x'", "UPDATE aux_queue SET open = 0", "DELETE FROM aux_queue"])
    func aWrongRankIsFound(_ change: String) throws {
        let workshop = try Self.shop()
        try Self.queue("Gate", "--quantity 1", in: workshop)
        #expect(try workshop.faults() == [])
        try Subprocess.demand(["sqlite3", workshop.data, change])
        #expect(try workshop.faults().contains { $0.contains("another place in the queue") })
    }
}
