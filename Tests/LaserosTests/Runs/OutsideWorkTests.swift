import Testing
import Values

@testable import Commands

/// Parts that go to suppliers and come back.
@Suite struct OutsideWorkTests {
    static let gate = "JB-2026-08-CL0001-001"

    /// A gate whose bars are cut and coated, and whose plates are cut and blasted by the square metre.
    static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "client add Karoo --terms account", "supplier add Coaters",
            "operation add coat coated --outside yes", "operation add blast blasted --outside yes --charge m2", "operation add bend bent",
            "project add Gate -c CL-0001 -m MS -t 3", "project part add last Bar --quantity 10 --operations cut,coat",
            "project part add last Plate --quantity 4 --operations cut,blast,bend", "project offer last --force x", "project approve last",
            "queue finish \(gate)/10",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    private static func demand(_ workshop: Workshop, _ lines: String...) throws {
        for line in lines { try workshop.demand("laseros \(line)") }
    }

    static func entries(_ workshop: Workshop) throws -> [String] {
        try workshop.demand("laseros queue list --all --csv --no-header --fields code,status,left,purchase").split(separator: "\n").map {
            String($0.dropFirst(gate.utf8.count))
        }
    }

    private static func line(_ workshop: Workshop, _ purchase: String = "last") throws -> String {
        String(
            try workshop.demand("laseros purchase line list \(purchase) --csv --no-header --fields operation,project,quantity,open").trimmed
        )
    }

    /// A draft gets a line of what is left; what comes is received with the line, and the entry is done with the last piece.
    @Test func piecesComeBackWithTheirPurchase() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "purchase add SU-0001")
        let sent = try workshop.run("laseros queue dispatch \(Self.gate)/20 --purchase last")
        #expect(sent.out == "entry \(Self.gate)/20 dispatched: purchase PO-2026-0001, line 1\n")
        #expect(sent.said.contains("PO-2026-0001: line 1 added") && sent.said.contains("is a draft"), "\(sent.said)")
        try Self.demand(workshop, "purchase place last")
        #expect(try Self.line(workshop) == "coat,\(Self.gate),10,10")
        #expect(try Self.entries(workshop)[1] == "/20,outside,10,PO-2026-0001")
        let part = try workshop.run("laseros queue receive \(Self.gate)/20 6 --reference 'DN 4'")
        #expect(
            part.out == "entry \(Self.gate)/20: run RN-0002, 6 good\n" && part.said.contains("4 left of \(Self.gate)/20 outside"), "\(part)"
        )
        #expect(try Self.line(workshop) == "coat,\(Self.gate),10,4")
        let rest = try workshop.run("laseros queue receive \(Self.gate)/20 --on 2026-08-21")
        #expect(
            rest.said == "purchase PO-2026-0001 is received: 4 of coated\npurchase PO-2026-0001 was placed on 2026-08-23, after that day\n",
            "\(rest)")
        #expect(try Self.entries(workshop)[1] == "/20,done,0,PO-2026-0001")
        let run = try workshop.demand("laseros queue run show last --csv --no-header --fields day,machine,good,status").trimmed
        #expect(run == "2026-08-21,,4,done")
        let receipts = try workshop.reading { data in
            try data.all("SELECT quantity_millis, day, reference FROM purchase_receipt ORDER BY id") {
                "\($0.int(0)) \($0.text(1)) \($0.text(2))"
            }
        }
        #expect(receipts == ["6000 2026-08-23 DN 4", "4000 2026-08-21 "])
    }

    /// What is spoiled came, too. Once nothing can be there any more the rest is queued again, and made before it goes out again.
    @Test func whatIsSpoiledIsMadeAgain() throws {
        let workshop = try Self.shop()
        try Self.demand(
            workshop, "purchase add SU-0001 --operation coat:12 --project gate", "purchase place last",
            "queue dispatch \(Self.gate)/20 --purchase last")
        let came = try workshop.run("laseros queue receive \(Self.gate)/20 1:8 --scrapped 1:2 --reason peels")
        #expect(
            came.out.hasSuffix("8 good, 2 scrapped\n") && came.said.contains("2 left of \(Self.gate)/20, which is queued again"), "\(came)")
        #expect(try Self.line(workshop) == "coat,\(Self.gate),12,2")
        #expect(try Self.entries(workshop)[0...1] == ["/10,queued,2,", "/20,queued,2,"])
        try Self.demand(
            workshop, "queue finish \(Self.gate)/10", "queue dispatch \(Self.gate)/20 --purchase last", "queue receive \(Self.gate)/20")
        #expect(try Self.entries(workshop)[1] == "/20,done,0,PO-2026-0001")
        let redone = try workshop.demand("laseros queue run show RN-0003 --json --fields rows")
        #expect(redone.contains("RN-0002: peels"), "\(redone)")
    }

    /// What is charged by another measure is received as a whole, once all is back; and the project goes on.
    @Test func aMeasureIsReceivedOnceAllIsBack() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "purchase add SU-0001")
        let unknown = try workshop.run("laseros queue dispatch \(Self.gate)/30 --purchase last")
        #expect(
            unknown.code == 4 && unknown.said.contains("how much of blast") && unknown.said.contains("purchase line add PO-2026-0001"),
            "\(unknown)")
        try Self.demand(
            workshop, "purchase line add last --operation blast --quantity 2.5 --project gate", "purchase place last",
            "queue dispatch \(Self.gate)/30 --purchase last", "queue receive \(Self.gate)/30 3")
        #expect(try Self.line(workshop) == "blast,\(Self.gate),2.5,2.5")
        try Self.demand(workshop, "queue receive \(Self.gate)/30")
        #expect(try Self.line(workshop) == "blast,\(Self.gate),2.5,0")
        try Self.demand(
            workshop, "queue finish \(Self.gate)/40", "purchase add SU-0001 --operation coat --project gate", "purchase place last",
            "queue dispatch \(Self.gate)/20 --purchase last")
        let last = try workshop.run("laseros queue receive \(Self.gate)/20")
        #expect(last.said.contains("project \(Self.gate) completed"), "\(last)")
    }

    /// A receipt of the line alone brings its entry back where it is clear what came, and says so where it is not.
    @Test func aReceiptBringsTheEntryBack() throws {
        let workshop = try Self.shop()
        try Self.demand(
            workshop, "purchase add SU-0001 --operation coat --operation blast:3 --project gate", "purchase place last",
            "queue dispatch \(Self.gate)/20 --purchase last", "queue dispatch \(Self.gate)/30 --purchase last")
        let part = try workshop.run("laseros purchase receive last 1:4 2:1")
        #expect(part.said.contains("entry \(Self.gate)/20: run RN-0002, 4 good"), "\(part)")
        #expect(part.said.contains("entry \(Self.gate)/30 is still outside: laseros queue receive \(Self.gate)/30 PART:QTY"), "\(part)")
        let rest = try workshop.run("laseros purchase receive last --all --on 2026-08-22")
        #expect(rest.said.contains("/20: run RN-0003, 6 good") && rest.said.contains("/30: run RN-0004, 4 good"), "\(rest)")
        #expect(try Self.entries(workshop)[1...2] == ["/20,done,0,PO-2026-0001", "/30,done,0,PO-2026-0001"])
        #expect(try workshop.demand("laseros queue runs --csv --no-header --fields day").split(separator: "\n").last == "2026-08-22")
    }

    /// A purchase that is cancelled queues what is outside on it again, and a project that is completed takes it back.
    @Test func cancellingQueuesAgain() throws {
        let workshop = try Self.shop()
        try Self.demand(
            workshop, "purchase add SU-0001 --operation coat --project gate", "purchase place last",
            "queue dispatch \(Self.gate)/20 --purchase last")
        let state = try ShopState(workshop), cancelled = try workshop.run("laseros purchase cancel last 'too slow'")
        #expect(cancelled.said == "queued again: \(Self.gate)/20\n")
        #expect(try Self.entries(workshop)[1] == "/20,queued,10,")
        try Self.demand(workshop, "undo")
        #expect(try ShopState(workshop) == state)
        try Self.demand(workshop, "project complete gate")
        #expect(try Self.entries(workshop)[1] == "/20,done,0,PO-2026-0001")
        #expect(try Self.line(workshop) == "coat,\(Self.gate),10,0")
        #expect(try workshop.demand("laseros queue runs --operation coat --csv --no-header --fields good").trimmed == "10")
    }

    /// What is refused, each with the next step.
    @Test func refusalsNameTheNextStep() throws {
        let workshop = try Self.shop(), gate = Self.gate
        try Self.demand(
            workshop, "project add Rail -c CL-0001 -m MS -t 3", "project part add last Bar --quantity 3 --operations cut,coat",
            "project offer last --force x", "project approve last", "purchase add SU-0001 --operation coat --project gate",
            "purchase place last")
        let rail = "JB-2026-08-CL0001-002"
        func refused(_ line: String, _ words: String...) throws {
            let state = try ShopState(workshop), answered = try workshop.run("laseros \(line)")
            #expect(answered.code == 4, "\(line): \(answered)")
            for word in words { #expect(answered.said.contains(word), "\(line): \(answered.said)") }
            #expect(try ShopState(workshop) == state)
        }
        try refused("queue dispatch \(rail)/10 --purchase last", "is cutting, which no purchase is of", "laseros operation add")
        try refused("queue dispatch \(rail)/20 --purchase last", "waits for \(rail)/10", "laseros queue start \(rail)/10")
        try refused(
            "queue receive \(gate)/20", "is queued: only an outside entry can be received",
            "laseros queue dispatch \(gate)/20 --purchase CODE")
        try refused("queue start \(gate)/20", "is done by others", "laseros queue dispatch \(gate)/20 --purchase CODE")
        try Self.demand(workshop, "queue finish \(rail)/10")
        try refused(
            "queue dispatch \(rail)/20 --purchase last", "has no line of coat for project \(rail)",
            "purchase add SU-0001 --operation coat --project \(rail)")
        try Self.demand(workshop, "project hold gate 'no money'")
        try refused("queue dispatch \(gate)/20 --purchase last", "is on hold: no money", "laseros project resume \(gate)")
        try Self.demand(workshop, "project resume gate", "queue dispatch \(gate)/20 --purchase last")
        try refused("queue dispatch \(gate)/20 --purchase last", "is outside already")
        try refused("queue finish \(gate)/20", "it is received, not finished", "laseros queue receive \(gate)/20")
        try refused("queue start \(gate)/20", "laseros queue receive \(gate)/20")
        try refused("queue receive \(gate)/20 11", "only 10 came from the operation before")
        try refused("queue receive \(gate)/20 --on tomorrow", "is still to come")
        #expect(try workshop.run("laseros queue receive \(gate)/20 --scrapped 1:1").code == 2)
        #expect(try workshop.run("laseros queue receive \(gate)/20 3:1").code == 3)
        try Self.demand(workshop, "queue receive \(gate)/20")
        try refused("queue dispatch \(rail)/20 --purchase last", "purchase PO-2026-0001 is received", "purchase add SU-0001")
        try Self.demand(workshop, "purchase add SU-0001", "queue dispatch \(rail)/20 --purchase last")
        try refused("purchase remove last", "entry \(rail)/20 went out on purchase PO-2026-0002", "laseros purchase cancel PO-2026-0002")
        let draft = try workshop.run("laseros queue receive \(rail)/20")
        #expect(draft.code == 0 && draft.said.contains("PO-2026-0002 is a draft, and nothing of it was received"), "\(draft)")
    }

    /// More than is there yet goes out as one, and what follows comes back with it.
    @Test func whatIsMadeLaterMayFollow() throws {
        let workshop = try Self.shop()
        try Self.demand(workshop, "queue run edit RN-0001 --good 1:4", "purchase add SU-0001")
        let sent = try workshop.run("laseros queue dispatch \(Self.gate)/20 --purchase last")
        #expect(sent.said.contains("6 of 10 pieces of \(Self.gate)/20 are not there yet"), "\(sent)")
        try Self.demand(workshop, "purchase place last", "queue finish \(Self.gate)/10", "queue receive \(Self.gate)/20")
        #expect(try Self.entries(workshop)[1] == "/20,done,0,PO-2026-0001")
    }

    /// A line of which all came takes nothing more, although others of its purchase are open.
    @Test func aLineThatCameTakesNothing() throws {
        let workshop = try Self.shop()
        try Self.demand(
            workshop, "purchase add SU-0001 --operation coat --operation blast:3 --project gate", "purchase place last",
            "queue dispatch \(Self.gate)/20 --purchase last", "queue receive \(Self.gate)/20 1:8 --scrapped 1:2 --reason peels",
            "queue finish \(Self.gate)/10")
        let refused = try workshop.run("laseros queue dispatch \(Self.gate)/20 --purchase last")
        #expect(refused.code == 4 && refused.said.contains("nothing of line 1 of purchase PO-2026-0001 is still to come"), "\(refused)")
    }
}
