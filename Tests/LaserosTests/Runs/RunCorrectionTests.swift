import Testing
import Values

@testable import Commands
@testable import Shop

/// Corrections of runs, and what they do to the stock, the queue and the project.
@Suite struct RunCorrectionTests {
    static let gate = "JB-2026-08-CL0001-001"

    /// A gate of two parts, cut from 3 mm and bent, with four sheets reserved.
    static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "machine add L1 Laser", "operator add Thandi", "operator add Sipho",
            "preset add MS3 -m MS -t 3 --speed 3000", "inv add S3 'Sheet 3 mm' --material MS --thickness 3 --size 3000x1500",
            "inv add S5 'Sheet 5 mm' --material MS --thickness 5 --size 3000x1500", "inv receive S3 10 --cost 1800.33",
            "inv receive S5 10 --cost 3000",
            "client add Karoo --terms account", "operation add bend bent", "project add Gate -c CL-0001 -m MS -t 3 --sheets 4",
            "project part add last Bar --quantity 10 --operations cut,bend", "project part add last Plate --quantity 4 --operations cut",
            "project offer last --force x", "project approve last", "queue edit \(gate)/10 --time 70m",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    static func demand(_ workshop: Workshop, _ lines: String...) throws {
        for line in lines { try workshop.demand("laseros \(line)") }
    }

    static func item(_ workshop: Workshop, _ code: String = "S3") throws -> String {
        String(try workshop.demand("laseros inv show \(code) --csv --no-header --fields on_hand,value,reserved").trimmed)
    }

    static func movements(_ workshop: Workshop) throws -> [String] {
        try workshop.reading { data in
            try data.all("SELECT kind, quantity_millis, run_id, project_id FROM movement WHERE run_id IS NOT NULL ORDER BY id") {
                "\($0.text(0)) \($0.int(1)) \($0.int(2)) \($0.int(3))"
            }
        }
    }

    static func run(_ workshop: Workshop, _ code: String, _ fields: String) throws -> String {
        String(try workshop.demand("laseros queue run show \(code) --csv --no-header --fields \(fields)").trimmed)
    }

    private static func rows(_ workshop: Workshop, _ run: Int) throws -> [String] {
        try workshop.reading { data in
            try data.all("SELECT good, scrapped, reason, duration_ms FROM run_row WHERE run_id = \(run) ORDER BY position") {
                "\($0.int(0)) \($0.int(1)) \($0.text(2)) \($0.int(3))"
            }
        }
    }

    /// The same job is never deducted twice, whatever is done, undone and done again; and a removed run leaves the value as it was.
    @Test func nothingIsDeductedTwice() throws {
        let workshop = try Self.shop(), before = try Self.item(workshop)
        #expect(before == "10,18003.30,4")
        try Self.demand(workshop, "queue finish \(Self.gate)/10")
        let used = try Self.item(workshop)
        #expect(used == "6,10801.98,0")
        for _ in 1...2 {
            let removed = try workshop.run("laseros queue run remove last --reason 'recorded twice'")
            #expect(removed.said.contains("came back: 4 of S3") && removed.said.contains("4 of S3 reserved"), "\(removed)")
            #expect(try Self.item(workshop) == before)
            try Self.demand(workshop, "undo")
            #expect(try Self.item(workshop) == used)
            try Self.demand(workshop, "redo")
            #expect(try Self.item(workshop) == before)
            try Self.demand(workshop, "queue finish \(Self.gate)/10")
            #expect(try Self.item(workshop) == used)
        }
        #expect(try workshop.demand("laseros queue runs --csv --no-header --fields code,sheets") == "RN-0003,4\n")
        #expect(
            try workshop.demand("laseros queue runs --status removed --csv --no-header --fields code,sheets") == "RN-0001,0\nRN-0002,0\n")
        #expect(try workshop.faults() == [])
    }

    /// Too much comes back at the value at which it went out, although the price has changed; too little is used; twice the same is nothing.
    @Test func materialIsBroughtToWhatIsSaid() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue finish \(Self.gate)/10 --used S3:3", "inv receive S3 7 --cost 2500")
        #expect(try Self.item(workshop) == "14,30102.31,1")
        try Self.demand(workshop, "queue run edit RN-0001 --used S3:2")
        #expect(try Self.item(workshop) == "15,31902.64,0", "the sheet is worth 1800.33, not the average")
        let state = try ShopState(workshop), again = try workshop.run("laseros queue run edit RN-0001 --used S3:2")
        #expect(again == Answered(out: "run RN-0001 is unchanged\n", said: "", code: 0))
        #expect(try ShopState(workshop) == state)
        try Self.demand(workshop, "queue run edit RN-0001 --used S5:1.5")
        #expect(try Self.item(workshop).hasPrefix("17,") && Self.item(workshop, "S5").hasPrefix("8.5,"))
        #expect(try Self.run(workshop, "RN-0001", "used,sheets") == "1.5 of S5,1.5")
        try Self.demand(workshop, "queue run edit RN-0001 --used-nothing")
        #expect(try Self.item(workshop, "S5") == "10,30000.00,0")
        #expect(
            try Self.movements(workshop) == [
                "use -3000 1 1", "return 1000 1 1", "return 2000 1 1", "use -1500 1 1", "return 1500 1 1",
            ])
        let missing = try workshop.run("laseros queue run edit RN-0001 --used S3")
        #expect(missing.code == 2 && missing.said.contains("how many of S3 were used?"))
    }

    /// Lots are corrected by their names, and the rest of their item without them.
    @Test func lotsAreCorrectedByName() throws {
        let workshop = try Self.shop()
        try Self.demand(
            workshop, "inv receive S3 2 --cost 1900 --lot", "inv receive S3 3 --cost 2000 --lot",
            "queue finish \(Self.gate)/10 --used S3:2 --used LOT-0001:1 --used LOT-0002:2")
        try Self.demand(workshop, "queue run edit last --used S3:1 --used LOT-0001:2")
        #expect(
            try Self.movements(workshop).dropFirst(3).sorted() == ["return 1500 1 1", "return 1500 1 1", "use -1000 1 1"])
        #expect(try workshop.demand("laseros lot list --csv --no-header --fields code,on_hand --all") == "LOT-0001,0\nLOT-0002,2.5\n")
        #expect(try Self.item(workshop).hasPrefix("12,"))
    }

    /// What the project has given back by hand does not come back again.
    @Test func whatCameBackByHandDoesNotComeTwice() throws {
        let workshop = try Self.shop()
        try Self.demand(
            workshop, "queue finish \(Self.gate)/10 --used S3:3", "inv return S3 2 --project gate", "queue run remove last --reason x")
        #expect(try Self.item(workshop).hasPrefix("10,18003.30"))
    }

    /// Pieces are counted anew: the shares of the time, the estimate, the queue and the project follow.
    @Test func piecesAreCountedAnew() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue finish \(Self.gate)/10 --time 28m", "queue finish \(Self.gate)/20")
        #expect(try Self.rows(workshop, 1) == ["10 0  1200000", "4 0  480000"])
        #expect(try workshop.demand("laseros project show gate --fields status --csv --no-header").trimmed == "completed")
        let edited = try workshop.run("laseros queue run edit RN-0001 --good 2:1 --scrapped 2:1 --reason burnt")
        #expect(edited.said.contains("\(Self.gate)/10 is queued again: 3 left") && edited.said.contains("reopened"), "\(edited)")
        #expect(try Self.rows(workshop, 1) == ["10 0  1400000", "1 1 burnt 280000"])
        #expect(try Self.run(workshop, "RN-0001", "good,scrapped,estimate_s,time_s") == "11,1,3600,1680")
        try Self.demand(workshop, "queue run edit RN-0001 --time 60m --reason rust")
        #expect(try Self.rows(workshop, 1) == ["10 0  3000000", "1 1 rust 600000"])
        try Self.demand(workshop, "queue run edit RN-0001 --good 2:4 --scrapped 2:0 --time ''")
        #expect(try Self.rows(workshop, 1) == ["10 0  0", "4 0  0"])
        #expect(try workshop.demand("laseros project show gate --fields status --csv --no-header").trimmed == "completed")
    }

    /// Who, where, with what and when.
    @Test func factsAreCorrected() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue finish \(Self.gate)/10 --operator OP-0001")
        try Self.demand(workshop, "queue run edit last --operator Sipho --machine '' --preset '' --notes 'night shift' --on 2026-08-20")
        #expect(try Self.run(workshop, "last", "day,operator,machine,preset,notes") == "2026-08-20,OP-0002,,,night shift")
        #expect(try workshop.run("laseros queue run edit last --on 2026-08-20 --operator OP-0002").out == "run RN-0001 is unchanged\n")
        #expect(try workshop.run("laseros queue run edit last --on tomorrow").code == 4)
        #expect(try workshop.run("laseros queue run edit last").code == 2)
    }

    /// Remnants that a run put back are taken out with it, unless they are used or reserved.
    @Test func remnantsGoWithTheirRun() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue finish \(Self.gate)/10 --remnant 1200x800 --remnant 600x400", "inv reserve gate RE-0002")
        let reserved = try workshop.run("laseros queue run remove last --reason x")
        #expect(reserved.code == 4 && reserved.said.contains("remnant RE-0002 is reserved for project \(Self.gate)"), "\(reserved)")
        try Self.demand(workshop, "inv release gate")
        let removed = try workshop.run("laseros queue run remove last --reason x")
        #expect(removed.said.contains("taken out again: RE-0001, RE-0002"), "\(removed)")
        #expect(try workshop.demand("laseros inv remnant list --codes") == "")
        try Self.demand(workshop, "undo", "inv remnant scrap RE-0001 rust")
        let gone = try workshop.run("laseros queue run remove last --reason x")
        #expect(gone.code == 4 && gone.said.contains("RE-0001, which run RN-0001 put back, is not there any more"), "\(gone)")
        #expect(try workshop.faults() == [])
    }

    /// Pieces that others used or handed out stay made.
    @Test func whatWasBuiltOnStays() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue finish \(Self.gate)/10", "queue finish \(Self.gate)/20 8")
        func refused(_ line: String, _ words: String...) throws {
            let state = try ShopState(workshop), answered = try workshop.run("laseros queue run \(line)")
            #expect(answered.code == 4, "\(line): \(answered)")
            for word in words { #expect(answered.said.contains(word), "\(line): \(answered.said)") }
            #expect(try ShopState(workshop) == state)
        }
        try refused("remove RN-0001 --reason x", "RN-0002 has used the pieces", "laseros queue run remove RN-0002")
        try refused("edit RN-0001 --good 1:7", "RN-0002 has used the pieces")
        try Self.demand(workshop, "queue run edit RN-0001 --good 1:8")
        try refused("edit RN-0002 --good 9", "run RN-0002 cannot make so many of part 1: the operation before has made fewer")
        try Self.demand(workshop, "queue scrap \(Self.gate)/20 8 --reason dropped")
        try refused("remove RN-0002 --reason x", "RN-0003 has used the pieces")
        let spoiled = try workshop.run("laseros queue scrap \(Self.gate)/10 1:1 --reason rust")
        #expect(spoiled.code == 0, "one of the pieces that are left is spoiled: \(spoiled)")
        try Self.demand(workshop, "queue run remove RN-0003 --reason 'they are fine'", "queue run remove RN-0002 --reason x")
        try Self.demand(workshop, "queue run remove RN-0001 --reason x")
        try refused("remove RN-0001 --reason x", "run RN-0001 was removed on 2026-08-23: x", "laseros queue finish \(Self.gate)/10")
        try refused("edit RN-0001 --time 4m", "was removed")
    }

    /// Good pieces that the next operation has used cannot be scrapped before it.
    @Test func usedPiecesAreScrappedWhereTheyAre() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue finish \(Self.gate)/10", "queue finish \(Self.gate)/20 8")
        let refused = try workshop.run("laseros queue scrap \(Self.gate)/10 1:3 --reason rust")
        #expect(refused.code == 4 && refused.said.contains("are in \(Self.gate)/20 already"), "\(refused)")
        #expect(refused.said.contains("laseros queue scrap \(Self.gate)/20 PART:QTY"))
        try Self.demand(workshop, "queue scrap \(Self.gate)/10 1:2 --reason rust")
    }

    /// What was delivered was made.
    @Test func deliveredPiecesStayMade() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "project start gate", "project complete gate", "project deliver gate 2:4")
        let refused = try workshop.run("laseros queue run edit RN-0001 --good 2:3")
        #expect(refused.code == 4 && refused.said.contains("delivery DN-2026-0001 handed them out"), "\(refused)")
        try Self.demand(workshop, "queue run edit RN-0002 --good 1:9")
    }

    /// Of a run of several projects the parts are named with their entry, and what comes back is divided among them.
    @Test func severalProjectsShareARun() throws {
        let workshop = try Self.shop(), rail = "JB-2026-08-CL0001-002"
        try Self.demand(
            workshop, "project add Rail -c CL-0001 -m MS -t 3 --sheets 2", "project part add last Rod --quantity 14",
            "project offer last --force x", "project approve last", "queue edit \(rail)/10 --time 70m",
            "queue start \(Self.gate)/10 \(rail)/10",
            "queue finish \(rail)/10 --used S3:4")
        #expect(
            try Self.movements(workshop) == ["use -2000 1 2", "use -2000 1 1"]
                || Self.movements(workshop) == ["use -2000 1 1", "use -2000 1 2"])
        try Self.demand(workshop, "queue run edit last --used S3:3")
        let returned = try Self.movements(workshop).dropFirst(2)
        #expect(returned.sorted() == ["return 500 1 1", "return 500 1 2"])
        let unclear = try workshop.run("laseros queue run edit last --good 1:3")
        #expect(unclear.code == 2 && unclear.said.contains("of which?") && unclear.said.contains("--entry"), "\(unclear)")
        try Self.demand(workshop, "queue run edit last --good 1:3 --entry \(rail)/10")
        #expect(try Self.run(workshop, "last", "good") == "17")
        for (line, code) in [("--good 9:1", 3), ("--good 2:1 --entry \(rail)/10", 3), ("--good 1", 2), ("--reason rust", 2)] {
            #expect(try workshop.run("laseros queue run edit last \(line)").code == code, "\(line)")
        }
        let scrap = try workshop.run("laseros queue run edit last --scrapped 2:1")
        #expect(scrap.code == 2 && scrap.said.contains("scrap needs a reason"))
    }

    /// A run that is not finished has nothing to correct but facts, and ends without a result when it is removed.
    @Test func aRunningRunIsStopped() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue start \(Self.gate)/10", "queue run edit last --operator OP-0002")
        let early = try workshop.run("laseros queue run edit last --good 1:3")
        #expect(
            early.code == 4 && early.said.contains("is running: it has made nothing yet")
                && early.said.contains("queue finish \(Self.gate)/10"))
        let removed = try workshop.run("laseros queue run remove last --reason 'the wrong job'")
        #expect(removed.said == "queued again: \(Self.gate)/10\n")
        #expect(try Self.run(workshop, "RN-0001", "status,operator,remove_reason") == "removed,OP-0002,the wrong job")
        try Self.demand(workshop, "queue start \(Self.gate)/10")
    }
}
