import Testing
import Values

@testable import Commands
@testable import Console

/// Remnants: what they cost, who may use them, and which one a quote takes.
@Suite struct RemnantTests {
    private static let flange = "0001-Flange-MS-10mm-x4.dxf"

    /// A shop with the example's materials and prices, without its remnants.
    private func workshop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros inv remnant scrap RE-0001 gone")
        try workshop.demand("laseros inv remnant scrap RE-0002 gone")
        return workshop
    }

    private func codes(_ workshop: Workshop, _ words: String) throws -> [String] {
        try workshop.demand("laseros inv remnant match \(words) --codes").split(separator: "\n").map(String.init)
    }

    private func fields(_ workshop: Workshop, _ code: String, _ names: String) throws -> String {
        let rows = try workshop.demand("laseros lot list --kind remnant --all --fields code,\(names) --csv").split(separator: "\n")
        return rows.first { $0.hasPrefix(code + ",") }.map { String($0.dropFirst(code.count + 1)) } ?? ""
    }

    /// A sheet is used whole; what is left of it comes back from the project that used it.
    @Test func aProjectIsCreditedWithWhatItLeft() throws {
        let workshop = try workshop()
        try workshop.demand(
            "laseros inv use LOT-0001 1 --project hinges && laseros inv remnant add 600x400 --from LOT-0001 --project hinges")
        let moved = try workshop.demand(
            "laseros inv movements --project hinges --limit 2 --csv --no-header --fields code,kind,value,project")
        #expect(
            moved.split(separator: "\n").map(String.init) == [
                "RE-0003,return,145.96,JB-2026-08-CL0001-001", "LOT-0001,use,-1900.50,JB-2026-08-CL0001-001",
            ])
        try workshop.demand("laseros log verify")
    }

    @Test func costIsTheShareOfTheArea() throws {
        let workshop = try workshop()
        // A sheet of 2500 x 1250 mm in LOT-0001 cost 1900.50; 600 x 400 is 0.0768 of it.
        try workshop.demand("laseros inv remnant add 600x400 --from LOT-0001")
        #expect(try fields(workshop, "RE-0003", "material,thickness_mm,grade,heat,value") == "MS,3,S355,H4711,145.96")
        // Half of the remnant, of what that cost.
        try workshop.demand("laseros inv remnant add 600x200 --from RE-0003")
        #expect(try fields(workshop, "RE-0004", "heat,value") == "H4711,72.98")
        // A window is no area.
        try workshop.demand("laseros inv remnant add 600x200 --window 10,10,300x100 --from RE-0003 --grade S235")
        #expect(try fields(workshop, "RE-0005", "grade,area_mm2,value") == "S235,90000,54.73")
        try workshop.demand("laseros inv remnant add 600x200 --from RE-0003 --cost 5")
        #expect(try fields(workshop, "RE-0006", "value") == "5.00")
        // The item's average.
        try workshop.demand("laseros inv remnant add 1250x1250 --from SM-MS-3")
        #expect(try fields(workshop, "RE-0007", "heat,value").hasPrefix(",9"))
        // What a client brought has no cost.
        try workshop.demand("laseros inv remnant add 100x100 --from BR-2")
        #expect(try fields(workshop, "RE-0008", "client,value") == "CL-0002,")
        #expect(try workshop.run("laseros inv remnant add 100x100 --from BR-2 --cost 5").code == 4)
    }

    @Test func leastWasteComesFirst() throws {
        let workshop = try workshop()
        for size in ["600x400", "300x250", "211x210", "209x300", "210x210"] {
            try workshop.demand("laseros inv remnant add \(size) --material MS --thickness 10")
        }
        try workshop.demand("laseros inv remnant add 230x230 --material MS --thickness 8")
        try workshop.demand("laseros inv remnant add 230x230 --material SS --thickness 10")
        let one = "\(Self.flange):1"
        #expect(try codes(workshop, one) == ["RE-0007", "RE-0005", "RE-0004", "RE-0003"])
        #expect(try codes(workshop, "\(one) --limit 1") == ["RE-0007"])
        #expect(try codes(workshop, "\(one) --margin 5.5") == ["RE-0004", "RE-0003"])
        #expect(try codes(workshop, "\(one) --margin 4.5").first == "RE-0007")
        #expect(try codes(workshop, "\(Self.flange):2") == ["RE-0003"])
        #expect(try codes(workshop, "\(Self.flange):2 --gap 191") == [])
        let row = try workshop.demand("laseros inv remnant match \(one) --limit 1 --csv --fields angle_deg,x_mm,y_mm,waste_mm2,proof")
        #expect(row.hasSuffix("\n0,5,5,12684.07346,exact\n"), "\(row)")
    }

    @Test func othersRemnantsAreLeftOut() throws {
        let workshop = try workshop()
        try workshop.demand("laseros inv remnant add 300x250 --material MS --thickness 10")
        try workshop.demand("laseros inv remnant add 300x260 --material MS --thickness 10 --client CL-0002")
        try workshop.demand("laseros inv reserve hinges RE-0003")
        let none = try workshop.run("laseros inv remnant match \(Self.flange):1")
        let leftOut = "left out: 1 remnant reserved for other projects, 1 remnant of other clients' material"
        #expect(none.code == 0 && none.said.contains(leftOut), "\(none.said)")
        #expect(try codes(workshop, "\(Self.flange):1 --client CL-0002") == ["RE-0004"])
        #expect(try codes(workshop, "\(Self.flange):1 --project hinges") == ["RE-0003"])
        #expect(try workshop.run("laseros inv remnant use RE-0003").code == 4)
        #expect(try workshop.run("laseros inv remnant use RE-0003 --project letters").code == 4)
        #expect(try workshop.run("laseros inv remnant use RE-0004 --project hinges").code == 4)
        try workshop.demand("laseros inv remnant use RE-0004 --project counter")
        try workshop.demand("laseros inv remnant use RE-0003 --project hinges")
        #expect(try fields(workshop, "RE-0003", "on_hand,reserved") == "0,0")
        #expect(try workshop.run("laseros inv remnant use RE-0003 --project hinges").code == 4)
    }

    @Test func quoteTakesARemnantByTheSetting() throws {
        let workshop = try workshop(), add = "laseros quote add --client CL-0004 \(Self.flange):1"
        try workshop.demand("laseros inv remnant add 600x400 --material MS --thickness 10 --cost 96")
        func remnants(_ words: String = add) throws -> [String] {
            try workshop.demand(words)
            let lines = try workshop.demand("laseros quote line list last --fields remnant --csv --no-header")
            return lines.split(separator: "\n").map { $0 == "\"\"" ? "" : String($0) }
        }
        func material() throws -> String {
            let terms = try workshop.demand("laseros quote explain last --fields term,basis,amount --csv")
            return terms.split(separator: "\n").first { $0.hasPrefix("material,") }.map(String.init) ?? ""
        }
        // The box of 200 x 200 mm fills a sixth of it.
        #expect(try remnants() == [""])
        try workshop.demand("laseros config set remnants always")
        #expect(try remnants() == ["RE-0003"])
        #expect(try material() == "material,remnant RE-0003 (600x400),96.00")
        // No two lines take the same one.
        #expect(try remnants("\(add) \(Self.flange):1") == ["RE-0003", ""])
        try workshop.demand("laseros config set remnants less-waste")
        try workshop.demand("laseros inv remnant add 240x230 --material MS --thickness 10 --cost 40")
        #expect(try remnants("\(add) \(Self.flange):1") == ["RE-0004", ""])
        #expect(try material() == "material,remnant RE-0004 (240x230),40.00")
        try workshop.demand("laseros config set remnants never")
        #expect(try remnants() == [""])
        try workshop.demand("laseros config set remnants less-waste")
        // All pieces of a line come from one remnant.
        #expect(try remnants("laseros quote add --client CL-0004 \(Self.flange):2") == [""])
        // The cost is not known.
        try workshop.demand("laseros inv remnant add 210x210 --material MS --thickness 10")
        #expect(try remnants() == ["RE-0005"])
        #expect(try material().contains("as a new sheet: the cost of remnant RE-0005 (210x210) is not known"))
        // That of another client is not taken, that of the client is for nothing.
        try workshop.demand("laseros inv remnant scrap RE-0005 gone")
        try workshop.demand("laseros inv remnant add 210x210 --material MS --thickness 10 --client CL-0004")
        #expect(try remnants() == ["RE-0006"])
        #expect(try material() == "material,remnant RE-0006 (210x210),0.00")
        #expect(try remnants("laseros quote add --client CL-0001 \(Self.flange):1") == ["RE-0004"])
    }

    @Test func acceptingReservesTheRemnant() throws {
        let workshop = try workshop()
        try workshop.demand("laseros inv remnant add 240x230 --material MS --thickness 10 --cost 40")
        for client in ["CL-0004", "CL-0003"] {
            let added = try workshop.run("laseros quote add --client \(client) \(Self.flange):1")
            #expect(added.said.contains("cut from remnant RE-0003 (240x230)"), "\(added.said)")
            try workshop.demand("laseros quote send last")
        }
        #expect(try fields(workshop, "RE-0003", "reserved") == "0")
        // The last quote is that of CL-0003.
        #expect(try workshop.run("laseros quote accept last").said.contains("remnant RE-0003 reserved"))
        #expect(try fields(workshop, "RE-0003", "reserved") == "1")
        let quote = try workshop.demand("laseros quote list --client CL-0004 --codes").split(separator: "\n")[0]
        let late = try workshop.run("laseros quote accept \(quote)")
        #expect(late.code == 0 && late.said.contains("warning: a line was priced from remnant RE-0003, which is reserved for project"))
        #expect(try fields(workshop, "RE-0003", "reserved") == "1")
        // The remnant is offered to nobody else.
        try workshop.demand("laseros quote add --client CL-0004 \(Self.flange):1")
        #expect(try !workshop.demand("laseros quote explain last").contains("RE-0003"))
    }

    @Test func outlineSurvivesExportAndImport() throws {
        let workshop = try workshop()
        try workshop.demand("laseros inv remnant add \(Self.flange) --material MS --thickness 10")
        try workshop.demand("laseros inv remnant add 800x500 --corner 300x200 --window 50,50,100x80 --material MS --thickness 10")
        try workshop.demand("laseros lot export --output lots.csv")
        let again = try workshop.run("laseros lot import lots.csv")
        #expect(again.code == 0 && (again.out + again.said).contains(" 0 added, 0 changed"), "\(again)")
        #expect(
            try fields(workshop, "RE-0004", "size,area_mm2,outline")
                == "800x500,332000,\"0,0 800,0 800,300 500,300 500,500 0,500; 50,50 150,50 150,130 50,130\"")
        // Size and area follow the outline, and an outline that is none is refused.
        let other = "code,outline\nRE-0004,\"0,0 400,0 400,100 0,100; 10,10 20,10 20,20 10,20\"\n"
        try File.write([UInt8](other.utf8), to: "\(workshop.work)/other.csv")
        try workshop.demand("laseros lot import other.csv")
        #expect(try fields(workshop, "RE-0004", "size,area_mm2") == "400x100,39900")
        #expect(try workshop.run("laseros lot edit RE-0004 --size 500x100").code == 4)
        try File.write([UInt8]("code,outline\nRE-0004,a square\n".utf8), to: "\(workshop.work)/other.csv")
        #expect(try workshop.run("laseros lot import other.csv").code == 8)
        try workshop.demand("laseros inv remnant add 300x200 --material MS --thickness 10")
        try workshop.demand("laseros lot edit RE-0005 --size 300x100")
        #expect(try fields(workshop, "RE-0005", "area_mm2") == "30000")
    }

    @Test func drawingsOfSeveralPartsAreRefused() throws {
        let workshop = try workshop()
        let two = DrawnLines.dxf([[(0, 0), (50, 0), (50, 50), (0, 50)], [(60, 0), (90, 0), (90, 50), (60, 50)]])
        try File.write([UInt8](two.utf8), to: "\(workshop.work)/two-MS-10mm.dxf")
        let added = try workshop.run("laseros inv remnant add two-MS-10mm.dxf --material MS --thickness 10")
        #expect(added.code == 4 && added.said.contains("2 outlines"), "\(added.said)")
        #expect(try workshop.run("laseros inv remnant match two-MS-10mm.dxf").code == 4)
        // A quote of it is priced as ever.
        try workshop.demand("laseros inv remnant add 120x60 --material MS --thickness 10")
        try workshop.demand("laseros quote add --client CL-0004 two-MS-10mm.dxf:1")
        #expect(try !workshop.demand("laseros quote explain last").contains("RE-0003"))
    }

    /// A remnant is there or is not.
    @Test(arguments: ["inv count RE-0003 2", "inv adjust RE-0003 +1", "inv use RE-0003 0.5", "inv return RE-0003 1 --project hinges"])
    func aRemnantIsOnePiece(_ line: String) throws {
        let workshop = try workshop()
        try workshop.demand("laseros inv remnant add 600x400 --material MS --thickness 3 --cost 20")
        let state = try ShopState(workshop), refused = try workshop.run("laseros \(line)")
        #expect(refused.code == 4 && refused.said.contains("remnant RE-0003 is one piece"), "\(refused)")
        #expect(try ShopState(workshop) == state)
    }

    @Test(arguments: ["inv use RE-0003 1", "inv use RE-0003 1 --project letters", "inv remnant use RE-0003 --project letters"])
    func aReservedRemnantIsForItsProject(_ line: String) throws {
        let workshop = try workshop()
        try workshop.demand("laseros inv remnant add 600x400 --material MS --thickness 3 --cost 20")
        try workshop.demand("laseros inv reserve hinges RE-0003")
        let refused = try workshop.run("laseros \(line)")
        #expect(refused.code == 4 && refused.said.contains("remnant RE-0003 is reserved for project"), "\(refused)")
        try workshop.demand("laseros inv use RE-0003 1 --project hinges")
    }

    /// Files and options may say anything.
    @Test(arguments: [
        ":", "0,0 1e200,0 1e200,1e200", "0,0 1e300,0 1e300,1e-290", "0,0 600,0:1e100 600,400", "0,0 600,0:nan 600,400", "0,0 inf,0 600,400",
    ])
    func anOutlineThatIsNone(_ outline: String) throws {
        let workshop = try workshop()
        let refused = try workshop.run(
            ["lot", "import", "-"], input: Array("code,material,thickness_mm,outline,on_hand\nRE-0009,MS,3,\"\(outline)\",1\n".utf8))
        #expect(refused.code == 8 && refused.said.contains("is not an outline"), "\(refused)")
    }

    @Test func aRemnantIsNotEndless() throws {
        let workshop = try workshop()
        #expect(try workshop.run("laseros inv remnant add 10000000x10000000 --material MS --thickness 3").code == 0)
        #expect(try workshop.run("laseros inv remnant add 10000001x9 --material MS --thickness 3").code == 4)
        #expect(try workshop.run("laseros lot edit RE-0001 --size 10000001x9").code == 4)
        try workshop.demand("laseros inv remnant list")
    }
}
