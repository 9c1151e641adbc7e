import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Orders to suppliers: what is drafted, what is on order, and what came.
@Suite struct PurchaseTests {
    /// A shop with two suppliers, three items and an outside operation.
    static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "supplier add Steel --lead-days 3", "supplier add Gas",
            "operation add coat coated --outside yes --charge piece",
            "inv add S3 'Sheet 3 mm' --material MS --thickness 3 --level 5 --order 20 --supplier SU-0001",
            "inv add N2 Nitrogen --unit bottles --level 2 --unit-cost 210 --supplier SU-0002",
            "inv add GLOVES Gloves --level 4",
            "supplier article add SU-0001 --item S3 --article CS-3 --price 10.005 --pack 6",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    static func piped(_ workshop: Workshop, _ codes: String..., words: [String] = ["-"]) throws -> Answered {
        try workshop.run(["purchase", "add"] + words, input: Array(codes.joined(separator: "\n").utf8))
    }

    static func lines(_ workshop: Workshop, _ code: String, _ fields: String = "inv,quantity,price,open") throws -> [String] {
        try workshop.demand("laseros purchase line list \(code) --csv --no-header --fields \(fields)").split(separator: "\n").map(
            String.init)
    }

    static func item(_ workshop: Workshop, _ code: String, _ fields: String = "on_hand,on_order,value") throws -> String {
        try workshop.demand("laseros inv show \(code) --csv --no-header --fields \(fields)").split(separator: "\n").joined()
    }

    static func shown(_ workshop: Workshop, _ code: String, _ fields: String) throws -> String {
        try workshop.demand("laseros purchase show \(code) --csv --no-header --fields \(fields)").split(separator: "\n").joined()
    }

    /// One draft for each supplier: the order quantity, or what brings an item above its level, rounded up to the pack.
    /// What is the same of several items is one line.
    @Test func notesOfOneKindAreOneLine() throws {
        let workshop = try Self.shop()
        for line in ["inv add TAPE Tape", "purchase add SU-0002 GLOVES:2 TAPE:3", "purchase place last"] {
            try workshop.demand("laseros \(line)")
        }
        let first = try workshop.run(["purchase", "receive", "last", "1:1", "2:1"]).said
        #expect(first.contains("2 have no cost, so their value is not known: GLOVES, TAPE"), "\(first)")
        let rest = try workshop.run(["purchase", "receive", "last", "--all", "--on", "yesterday"]).said
        #expect(rest.contains("warning: 2 were moved after that day: GLOVES, TAPE"), "\(rest)")
    }

    @Test func whatIsLowIsDraftedBySupplier() throws {
        let workshop = try Self.shop(), first = try Self.piped(workshop, "S3", "GLOVES", "N2", "s3")
        #expect(first.code == 0 && first.out == "2 purchases drafted: PO-2026-0001, PO-2026-0002\n")
        #expect(first.said == "left out, without a supplier: GLOVES\n")
        #expect(try Self.lines(workshop, "PO-2026-0001") == ["S3,24,10.005,0"])
        #expect(try Self.lines(workshop, "PO-2026-0002") == ["N2,3,210.00,0"])
        #expect(try Self.item(workshop, "S3") == "0,0,0.00", "a draft is not on order")
    }

    /// What is in a draft or on order is not ordered twice, but what it lacks beside that is.
    @Test func nothingIsOrderedTwice() throws {
        let workshop = try Self.shop()
        _ = try Self.piped(workshop, "S3", "N2")
        let entry = try workshop.lastEntry()
        for step in ["purchase place PO-2026-0001 PO-2026-0002", "purchase receive PO-2026-0001 1:1"] {
            let again = try Self.piped(workshop, "S3", "N2")
            #expect(again == Answered(out: "nothing to order\n", said: "left out, on order already: S3, N2\n", code: 0))
            try workshop.demand("laseros \(step)")
        }
        #expect(try workshop.lastEntry() == entry + 2)
        // 24 are there or to come: with a level of 30 it lacks 7, and its order quantity is 20.
        try workshop.demand("laseros inv edit S3 --level 30")
        #expect(try Self.piped(workshop, "S3").code == 0)
        #expect(try Self.lines(workshop, "PO-2026-0003") == ["S3,24,10.005,0"])
        // With a level of 100 it lacks more than its order quantity.
        try workshop.demand("laseros inv edit S3 --level 100")
        _ = try Self.piped(workshop, "S3")
        #expect(try Self.lines(workshop, "PO-2026-0004") == ["S3,54,10.005,0"])
        #expect(try Self.piped(workshop, "S3").out == "nothing to order\n")
    }

    /// Nothing is drafted of what nobody sells, or of what nobody says how much of.
    @Test func whatIsLeftOutIsNamed() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv add X Xenon --supplier SU-0002")
        let state = try ShopState(workshop), refused = try Self.piped(workshop, "GLOVES", "X")
        #expect(
            refused.code == 4 && refused.said.contains("without a supplier: GLOVES; neither low nor with an order quantity: X"),
            "\(refused)")
        #expect(try Self.piped(workshop).out == "nothing to order\n")
        #expect(try Self.piped(workshop, "S4").code == 3)
        #expect(try Self.piped(workshop, "S3", words: ["-", "N2"]).code == 2)
        #expect(try workshop.run("laseros purchase add SU-0002 X").code == 4)
        #expect(try ShopState(workshop) == state)
        try workshop.demand("laseros supplier article add SU-0002 --item GLOVES --price 12")
        #expect(try Self.piped(workshop, "GLOVES").code == 0, "only one supplier sells it")
        try workshop.demand("laseros supplier article add SU-0001 --item GLOVES")
        try workshop.demand("laseros purchase remove last")
        #expect(try Self.piped(workshop, "GLOVES").code == 4, "two suppliers sell it")
        try workshop.demand("laseros supplier edit SU-0001 --active no")
        #expect(try Self.piped(workshop, "GLOVES").code == 0, "the shop buys from one of them")
        #expect(try workshop.run("laseros purchase add SU-0001 S3:6").code == 4)
    }

    /// With a supplier, the items of standard input are ordered there.
    @Test func itemsOfStandardInputGoToTheNamedSupplier() throws {
        let workshop = try Self.shop()
        _ = try Self.piped(workshop, "S3", "N2", words: ["SU-0002", "GLOVES:2", "-"])
        #expect(try Self.lines(workshop, "last") == ["GLOVES,2,,0", "S3,20,,0", "N2,3,210.00,0"])
    }

    /// The total of a line is rounded once, and VAT once on their sum. Without a price there is no total.
    @Test func totalsAreThoseOfTheLines() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros purchase add SU-0001 S3:3 S3:5 --expected 2026-09-01")
        #expect(try Self.lines(workshop, "last", "quantity,total") == ["3,30.02", "5,50.03"])
        #expect(try Self.shown(workshop, "last", "subtotal,vat,total") == "80.05,12.01,92.06")
        try workshop.demand("laseros purchase line add last --item GLOVES --quantity 2")
        #expect(try Self.shown(workshop, "last", "subtotal,vat,total") == ",,")
        try workshop.demand("laseros purchase line edit last 3 --price 0.005 --quantity 1")
        #expect(try Self.shown(workshop, "last", "subtotal,vat,total") == "80.06,12.01,92.07")
        try workshop.demand("laseros purchase line remove last 1 3")
        #expect(try Self.shown(workshop, "last", "subtotal,vat,total") == "50.03,7.50,57.53")
        #expect(try workshop.run("laseros purchase line add last --item S3 --quantity 7").said.contains("in multiples of 6, not 7"))
        #expect(try workshop.run("laseros purchase line edit last 1 --quantity 99999999999 --price 999999999").code == 4)
    }

    /// A line is of an item or of an operation, and takes its name, code and price from there.
    @Test func aLineIsOfOneThing() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros supplier article add SU-0001 --operation coat --price 7 --article C1")
        try workshop.demand("laseros purchase add SU-0001")
        for wrong in ["--quantity 2", "--item S3 --operation coat --quantity 2", "--item S3 --quantity 0"] {
            #expect(try workshop.run("laseros purchase line add last \(wrong)").code == 4)
        }
        try workshop.demand("laseros purchase line add last --item S3 --quantity 2")
        try workshop.demand("laseros purchase line edit last 1 --item '' --operation coat")
        #expect(try Self.lines(workshop, "last", "inv,operation,title,article_code,price,unit") == [",coat,coated,C1,7.00,pieces"])
        try workshop.demand("laseros purchase line edit last 1 --title Gates --quantity 3")
        #expect(try Self.lines(workshop, "last", "title,price,total") == ["Gates,7.00,21.00"])
    }

    /// The pieces of a project with an operation are ordered.
    @Test func anOperationIsForThePartsOfAProject() throws {
        let workshop = try Self.shop()
        for line in [
            "client add Karoo", "project add Gate --client CL-0001", "project part add last Bar --quantity 4 --operations cut,coat",
            "project part add last Bolt --quantity 9",
        ] { try workshop.demand("laseros \(line)") }
        try workshop.demand("laseros purchase add SU-0002 --operation coat --project gate")
        #expect(try Self.lines(workshop, "last", "operation,project,quantity") == ["coat,JB-2026-08-CL0001-001,4"])
        #expect(try workshop.run("laseros purchase add SU-0002 --operation coat").code == 4)
        try workshop.demand("laseros purchase place last")
        let received = try workshop.run("laseros purchase receive last --all")
        #expect(received.out == "purchase PO-2026-0001 is received: 4 of coated\n" && received.said.isEmpty)
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM movement") { $0.int(0) } } == 0)
    }

    /// Placing sets the expected day, and warns of prices and of what is on order.
    @Test func placingPutsLinesOnOrder() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros purchase add SU-0001 S3:6 GLOVES:2")
        let placed = try workshop.run("laseros purchase place last")
        #expect(placed.said == "warning: purchase PO-2026-0001: line 2 has no price\n")
        #expect(try Self.shown(workshop, "last", "status,placed_on,expected_on") == "placed,2026-08-23,2026-08-26")
        #expect(try Self.item(workshop, "S3", "on_order,low") == "6,false")
        try workshop.demand("laseros purchase add SU-0001 S3:6")
        #expect(try workshop.run("laseros purchase place last").said == "warning: on order already: 6 of S3\n")
        #expect(try workshop.run("laseros purchase add SU-0001").out == "purchase PO-2026-0003 drafted: Steel, 0.00 with VAT\n")
        let empty = try workshop.run("laseros purchase place last")
        #expect(empty.code == 4 && empty.said.contains("has no lines"))
        for line in [
            "line add PO-2026-0001 --item S3 --quantity 1", "line edit PO-2026-0001 1 --price 3", "remove PO-2026-0001",
            "edit PO-2026-0001 --terms x",
        ] {
            #expect(try workshop.run("laseros purchase \(line)").code == 4, "\(line)")
        }
        try workshop.demand("laseros purchase edit PO-2026-0001 --expected +9d --reference 'SO 1' --notes x")
    }

    /// What comes in parts is on order until it is there, and costs what the line says.
    @Test func partsComeAtThePriceOfTheLine() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros purchase add SU-0001 S3:12 N2:2")
        try workshop.demand("laseros purchase place last")
        try workshop.demand("laseros purchase receive last s3:5 --reference DN1 --on yesterday")
        #expect(try Self.lines(workshop, "last", "received,open") == ["5,7", "0,2"])
        #expect(try Self.item(workshop, "S3") == "5,7,50.03" && Self.shown(workshop, "last", "status,received_on") == "placed,")
        let more = try workshop.run("laseros purchase receive last 1:9")
        #expect(more.said == "warning: more came than was ordered: 2 of S3\n")
        #expect(try Self.item(workshop, "S3") == "14,0,140.08" && Self.lines(workshop, "last", "received,open") == ["14,0", "0,2"])
        #expect(try workshop.run("laseros purchase receive last 1").code == 4, "nothing of it is still to come")
        try workshop.demand("laseros purchase receive last --all")
        #expect(try Self.shown(workshop, "last", "status,received_on") == "received,2026-08-23")
        #expect(try Self.item(workshop, "N2") == "2,0,420.00")
        #expect(
            try workshop.reading {
                try $0.one("SELECT count(*) FROM movement WHERE receipt_id IS NOT NULL AND supplier_id = 1") { $0.int(0) }
            } == 3)
    }

    /// All faults are said at once, and nothing is stored.
    @Test func allFaultsAreSaidAtOnce() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros purchase add SU-0001 S3:12 S3:6")
        #expect(try workshop.run("laseros purchase receive last --all").said.contains("hint: laseros purchase place PO-2026-0001"))
        try workshop.demand("laseros purchase place last")
        let state = try ShopState(workshop), refused = try workshop.run("laseros purchase receive last 1:5 1:2 9 S3:2 --on tomorrow")
        #expect(refused.code == 4)
        for fault in ["line 1 is named twice", "there is no line 9", "lines 1, 2 are of S3", "2026-08-24 is still to come"] {
            #expect(refused.said.contains(fault), "\(refused)")
        }
        #expect(try workshop.run("laseros purchase receive last").code == 2 && workshop.run("laseros purchase receive last 1:0").code == 2)
        #expect(try ShopState(workshop) == state)
    }

    /// The rest of what partly came is cancelled, and nothing more is on order.
    @Test func theRestIsCancelled() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros purchase add SU-0001 S3:12")
        try workshop.demand("laseros purchase place last")
        try workshop.demand("laseros purchase receive last 1:5 --on 2026-08-22")
        #expect(
            try workshop.demand("laseros purchase cancel last 'sold out'") == "purchase PO-2026-0001 is received: the rest is cancelled\n")
        #expect(try Self.shown(workshop, "last", "status,received_on") == "received,2026-08-22" && Self.item(workshop, "S3") == "5,0,50.03")
        for place in [true, false] {
            try workshop.demand("laseros purchase add SU-0001 S3:12")
            if place { try workshop.demand("laseros purchase place last") }
            try workshop.demand("laseros purchase cancel last 'sold out'")
            #expect(try Self.shown(workshop, "last", "status") == "cancelled" && Self.item(workshop, "S3", "on_order") == "0")
        }
        #expect(try workshop.run("laseros purchase cancel last again").code == 4)
    }
}
