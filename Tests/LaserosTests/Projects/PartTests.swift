import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// The parts of projects: their numbers, where they come from, and their figures.
@Suite struct PartTests {
    private static let flange = "0001-Flange-MS-10mm-x4.dxf", plate = "0006-Nameplate-Brass-1.5mm-x50"

    /// A shop with a project without parts.
    private static func shop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros project add Gate -c CL-0001 -m MS -t 3 --quantity 4")
        return workshop
    }

    private static func parts(_ workshop: Workshop, _ fields: String, _ project: String = "last") throws -> [String] {
        let text = try workshop.demand("laseros project part list \(project) --csv --no-header --fields \(fields)")
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// A number is not given again: not after a removal, not after an undo, and not after an import that brought it.
    @Test func numbersAreGivenOnce() throws {
        let workshop = try Self.shop()
        for title in ["A", "B", "C"] { try workshop.demand("laseros project part add last \(title)") }
        try workshop.demand("laseros project part remove last 3")
        try workshop.demand("laseros project part add last D")
        try workshop.demand("laseros undo")
        try workshop.demand("laseros project part add last E --at 1")
        #expect(try Self.parts(workshop, "part,title") == ["5,E", "1,A", "2,B"])
        let code = try workshop.demand("laseros project show last --csv --no-header --fields code").dropLast()
        let rows = #"{"code": "\#(code)", "parts": [{"title": "F"}, {"part": 9, "title": "G"}, {"part": 1, "title": "A2"}]}"#
        #expect(try workshop.run(["project", "import", "-"], input: Array(rows.utf8)).code == 0)
        #expect(try Self.parts(workshop, "part,title") == ["10,F", "9,G", "1,A2"])
        try workshop.demand("laseros project part add last H")
        #expect(try Self.parts(workshop, "part,title").last == "11,H")
        let twice = #"{"code": "\#(code)", "parts": [{"part": 2, "title": "F"}, {"part": 2, "title": "G"}, {"part": 0, "title": "H"}]}"#
        let refused = try workshop.run(["project", "import", "-"], input: Array(twice.utf8))
        #expect(refused.code == 8 && refused.said.contains("parts[3].part: '0' is not a whole number from 1 up"), "\(refused)")
    }

    @Test(arguments: [
        ("UPDATE aux_counter SET value = 1 WHERE series = 'part 5'", "the counter of part 5 stands at 1, but 4 was given"),
        ("DELETE FROM aux_counter WHERE series = 'part 5'", "the counter of part 5 is gone, but 4 was given"),
    ])
    func aLowCounterIsReported(_ sql: String, _ fault: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper(sql)
        #expect(try workshop.faults() == [fault])
        // It gives no number twice all the same.
        try workshop.demand("laseros project part add JB-2026-08-CL0002-002 A")
        #expect(try Self.parts(workshop, "part", "JB-2026-08-CL0002-002") == ["1", "2", "3", "4", "5"])
    }

    @Test func theLogNamesPartsByTheirNumbers() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part add last A")
        try workshop.demand("laseros project part add last B --operations cut,tap")
        try workshop.demand("laseros project part move last 2 --to 1")
        let told = try workshop.demand("laseros log show last --csv --no-header")
        #expect(told.contains("-004.2,changed,position,2,1\n") && told.contains("-004.1,changed,position,1,2\n"), "\(told)")
        let code = try workshop.demand("laseros project show last --csv --no-header --fields code").dropLast()
        #expect(try workshop.demand("laseros log \(code) --csv --no-header").split(separator: "\n").count == 4)
    }

    /// Undoes and redoes each kind of write, and each dry run leaves the shop as it is.
    @Test(arguments: [
        "project part add last Hinge --operations cut,tap", "project part edit last 4 --of 1 --note x",
        "project part edit last 3 --operations tap",
        "project part move last 4 --to 1", "project part remove last 4", "project attach last 0002-Bracket-MS-5mm-x10.dxf",
        "project remove last", "project part add last Assembly --of 4:3",
    ])
    func writesAreUndone(_ line: String) throws {
        let workshop = try ExampleShop.copy(), before = try ShopState(workshop)
        try workshop.demand("laseros \(line) --dry-run")
        #expect(try ShopState(workshop) == before)
        try workshop.demand("laseros \(line)")
        let after = try ShopState(workshop)
        #expect(after != before)
        try workshop.demand("laseros undo")
        #expect(try ShopState(workshop) == before)
        try workshop.demand("laseros redo")
        #expect(try ShopState(workshop) == after)
        #expect(try workshop.run("laseros log verify").code == 0)
    }

    @Test func drawingsBecomeParts() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project attach last \(Self.plate).lbrn2 --kind other")
        #expect(try Self.parts(workshop, "part") == [])
        try workshop.demand("laseros project detach last \(Self.plate).lbrn2")
        #expect(
            try workshop.demand("laseros project attach last \(Self.plate).lbrn2 clients.csv").hasSuffix("2 files attached, 1 part added\n")
        )
        // The DXF takes the place of its twin, and the same drawing under another name is the same part.
        #expect(try workshop.demand("laseros project attach last \(Self.plate).dxf").hasSuffix("\(Self.plate).dxf attached\n"))
        try Subprocess.demand(["cp", "\(workshop.work)/\(Self.plate).dxf", "\(workshop.work)/copy.dxf"])
        try workshop.demand("laseros project attach last copy.dxf")
        #expect(try Self.parts(workshop, "part,title,ordered,material,thickness_mm,file") == ["1,Nameplate,50,BR,1.5,\(Self.plate).dxf"])
        // Both together are one part, and a new revision stays with its part.
        try workshop.demand("laseros project add Other -c CL-0001")
        try workshop.demand("laseros project attach last \(Self.plate).dxf \(Self.plate).lbrn2")
        try Subprocess.demand(["cp", "\(workshop.work)/\(Self.flange)", "\(workshop.work)/\(Self.plate).dxf"])
        try workshop.demand("laseros project attach last \(Self.plate).dxf --replace")
        #expect(try Self.parts(workshop, "part,title,file") == ["1,Nameplate,\(Self.plate).dxf"])
    }

    /// What the name of a drawing says comes before the project, and an option before both.
    @Test func aPartHasWhatItsSourcesSay() throws {
        let workshop = try Self.shop()
        try Subprocess.demand(["cp", "\(workshop.work)/\(Self.flange)", "\(workshop.work)/Lid-SS-deburred.dxf"])
        try workshop.demand("laseros operation edit deburr --name brushed")
        try Subprocess.demand(["cp", "\(workshop.work)/0002-Bracket-MS-5mm-x10.dxf", "\(workshop.work)/Lid-SS-brushed.dxf"])
        try workshop.demand("laseros project attach last Lid-SS-brushed.dxf")
        try workshop.demand("laseros project part add last Plain")
        try workshop.demand("laseros project part add last --drawing Lid-SS-brushed.dxf -m AL --operations tap --quantity 9")
        try workshop.demand("laseros project part add last Assembly --of 1")
        #expect(
            try Self.parts(workshop, "title,ordered,material,thickness_mm,operations") == [
                "Lid,4,SS,3,\"cut,deburr\"", "Plain,4,MS,3,", "Lid,9,AL,3,tap", "Assembly,4,,,",
            ])
    }

    @Test func operationsAreInTheirOrder() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part add last A --operations 'tap, CUT,Powder Coated'")
        #expect(try Self.parts(workshop, "operations") == ["\"tap,cut,powder-coat\""])
        try workshop.demand("laseros operation edit tap --code thread")
        #expect(try Self.parts(workshop, "operations") == ["\"thread,cut,powder-coat\""])
        let refused = try workshop.run("laseros operation remove thread")
        #expect(refused.code == 4 && refused.said.contains("part operation"), "\(refused)")
        #expect(try workshop.demand("laseros project part edit last 1 --operations thread,cut,powder-coat").hasSuffix("is unchanged\n"))
        // Cutting alone is the same as nothing said.
        try workshop.demand("laseros project part edit last 1 --operations cut")
        #expect(try Self.parts(workshop, "part,operations") == ["1,"])
        let rows = try workshop.reading { data in
            try data.one("SELECT count(*) FROM part_operation JOIN part ON part.id = part_id WHERE title = 'A'") { $0.int(0) }
        }
        #expect(rows == 0)
    }

    @Test func anAssemblyHasNoCircle() throws {
        let workshop = try Self.shop()
        for words in ["A", "B --of 1:2", "C --of 2,1:3"] { try workshop.demand("laseros project part add last \(words)") }
        for (part, list, said) in [
            (1, "3", "cannot contain itself"), (2, "2", "cannot contain itself"), (1, "7", "has no part 7"), (1, "2:0", "how many"),
            (1, "2:1:1", "how many"),
        ] {
            let state = try ShopState(workshop), refused = try workshop.run("laseros project part edit last \(part) --of \(list)")
            #expect(refused.code != 0 && refused.said.contains(said), "\(refused)")
            #expect(try ShopState(workshop) == state)
        }
        #expect(try Self.parts(workshop, "part,components") == ["1,", "2,1:2", "3,\"2:1,1:3\""])
        let used = try workshop.run("laseros project part remove last 1")
        #expect(used.code == 4 && used.said.contains("named by 2 part components"), "\(used)")
        try workshop.demand("laseros project part remove last 1 2 3")
    }

    @Test func aQuoteNamesAndOrdersParts() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project attach last \(Self.flange)")
        try workshop.demand("laseros project part edit last 1 --quantity 6 --operations cut,powder-coat")
        try workshop.demand("laseros quote add -c CL-0001 -p last")
        #expect(
            try workshop.demand("laseros quote line list last --csv --no-header --fields title,finish,quantity,part")
                == "Flange,powder coated,6,1\n")
        #expect(try Self.parts(workshop, "quoted,ordered,invoiced") == ["6,6,0"])
        try workshop.demand("laseros project part edit last 1 --quantity 1")
        // A line that is not for a drawing is no part.
        try workshop.tamper(
            """
            INSERT INTO quote_line (version_id, position, title, quantity_millis, unit_price_micros, unit_price_per, total_cents)
            SELECT max(id), 2, 'Delivery', 1000, 0, 1, 0 FROM quote_version
            """)
        try workshop.demand("laseros quote send last")
        let accepted = try workshop.run("laseros quote accept last")
        #expect(accepted.said.contains(": 1 part ordered\n"), "\(accepted)")
        #expect(try Self.parts(workshop, "title,quoted,ordered,left") == ["Flange,6,6,6"])
        try workshop.demand("laseros invoice add last")
        #expect(try Self.parts(workshop, "invoiced") == ["0"])
        try workshop.demand("laseros invoice issue last")
        #expect(try Self.parts(workshop, "invoiced") == ["6"])
        let named = try workshop.run("laseros project part remove last 1")
        #expect(named.code == 4 && named.said.contains("named by 1 quote line"), "\(named)")
    }

    /// A drawing that is no part of the project becomes one with all that was priced; a rejected quote counts for nothing.
    @Test func acceptingMakesParts() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros quote add -c CL-0001 -p last \(Self.flange):3 \(Self.flange):5 --finish powder-coat")
        try workshop.demand("laseros quote send last")
        let accepted = try workshop.run("laseros quote accept last")
        #expect(accepted.said.contains(": 2 parts ordered\n"), "\(accepted)")
        #expect(
            try Self.parts(workshop, "part,title,quoted,ordered,material,thickness_mm,operations") == [
                "1,Flange,3,3,MS,10,\"cut,powder-coat\"", "2,Flange,5,5,MS,10,\"cut,powder-coat\"",
            ])
        #expect(try workshop.demand("laseros quote line list last --csv --no-header --fields part") == "1\n2\n")
        try workshop.demand("laseros undo")
        #expect(try Self.parts(workshop, "part") == [])
        // A quote that is rejected offers nothing.
        try workshop.demand("laseros project part add last A")
        try workshop.demand("laseros quote reject last")
        try workshop.tamper("UPDATE quote_line SET part_id = (SELECT max(id) FROM part) WHERE id = (SELECT max(id) FROM quote_line)")
        #expect(try Self.parts(workshop, "quoted") == ["0"])
    }

    @Test func figuresFollowTheProject() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project edit last --quantity ''")
        try workshop.demand("laseros project part add last A --quantity 5")
        try workshop.demand("laseros project part add last B")
        #expect(try Self.parts(workshop, "ordered,made,scrapped,delivered,left") == ["5,0,0,0,5", ",0,0,0,"])
        try workshop.tamper("UPDATE project SET status = 'completed' WHERE name = 'Gate'")
        #expect(try Self.parts(workshop, "ordered,made,left") == ["5,5,5", ",0,"])
    }

    /// A part whose drawing is detached takes its LightBurn twin; without one it has no drawing any more, and the answer says so.
    @Test func aDetachedDrawingLeavesItsPart() throws {
        let workshop = try Self.shop(), name = "0006-Nameplate-Brass-1.5mm-x50"
        try workshop.demand("laseros project attach last \(name).lbrn2 \(name).dxf")
        #expect(try Self.parts(workshop, "part,file") == ["1,\(name).dxf"])
        let first = try workshop.run("laseros project detach last \(name).dxf")
        #expect(first.code == 0 && !first.said.contains("no drawing"), "\(first)")
        #expect(try Self.parts(workshop, "part,file") == ["1,\(name).lbrn2"])
        let second = try workshop.run("laseros project detach last \(name).lbrn2")
        #expect(second.said.hasSuffix(".1 has no drawing any more\n"), "\(second)")
        #expect(try Self.parts(workshop, "part,drawing") == ["1,"])
        try workshop.demand("laseros undo")
        #expect(try Self.parts(workshop, "part,file") == ["1,\(name).lbrn2"])
    }

    /// An accepted quote without a project gets one, with its drawings; those of two files with one name are told apart.
    @Test func acceptingMakesAProject() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros quote add -c CL-0002 \(Self.flange):3 0002-Bracket-MS-5mm-x10.dxf")
        try workshop.demand("laseros quote send last")
        let accepted = try workshop.run("laseros quote accept last")
        #expect(accepted.said.contains("project JB-2026-08-CL0002-003 added\n"), "\(accepted)")
        #expect(
            try workshop.demand("laseros project show last --csv --no-header --fields name,client,status")
                == "Flange and 1 more,CL-0002,quote\n")
        #expect(
            try Self.parts(workshop, "part,title,ordered,file") == [
                "1,Flange,3,\(Self.flange)", "2,Bracket,10,0002-Bracket-MS-5mm-x10.dxf",
            ])
        #expect(try workshop.demand("laseros quote show last --csv --no-header --fields project") == "JB-2026-08-CL0002-003\n")
        // The name is that of another file of the project.
        try workshop.demand("laseros project add Other -c CL-0002")
        try workshop.demand("laseros project attach last \(Self.flange) --kind other")
        try File.write(Array(File.read(workshop.work + "/0002-Bracket-MS-5mm-x10.dxf")), to: workshop.work + "/\(Self.flange)")
        try workshop.demand("laseros quote add -c CL-0002 -p last \(Self.flange)")
        try workshop.demand("laseros quote send last")
        try workshop.demand("laseros quote accept last")
        let code = String(try workshop.demand("laseros quote list --codes").split(separator: "\n").last ?? "")
        #expect(try Self.parts(workshop, "file") == ["\(code) \(Self.flange)"])
    }

    @Test func partsComeWithTheirProject() throws {
        let old = try ExampleShop.copy(), new = try Workshop()
        for noun in ["client", "material", "machine", "operation", "product", "project"] {
            try old.demand("laseros \(noun) export --format json --output \(new.work)/\(noun).json")
            try new.demand("laseros \(noun) import \(noun).json")
        }
        let fields = "part,title,product,ordered,material,thickness_mm,operations,customer_material,drawing,components,note"
        for code in try old.demand("laseros project list --all --codes").split(separator: "\n") {
            #expect(try Self.parts(new, fields, String(code)) == Self.parts(old, fields, String(code)))
        }
        #expect(try new.demand("laseros project export") == old.demand("laseros project export"))
        let again = try new.demand("laseros project import project.json")
        #expect(again.contains("0 added, 0 changed"), "\(again)")
    }
}
