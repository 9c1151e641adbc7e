import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// A quote of a project prices its parts.
@Suite struct QuotedPartsTests {
    private static let flange = "0001-Flange-MS-10mm-x4.dxf", bracket = "0002-Bracket-MS-5mm-x10.dxf"
    private static let add = "laseros quote add -c CL-0001 -p last"

    /// A shop with a project of one part, whose drawing is attached under two names.
    private static func shop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros project add Gate -c CL-0001 -m MS -t 3 --quantity 4")
        try Subprocess.demand(["cp", "\(workshop.work)/\(flange)", "\(workshop.work)/copy.dxf"])
        let attached = try workshop.run("laseros project attach last \(flange) copy.dxf")
        #expect(attached.out.hasSuffix(": 2 files attached, 1 part added\n"))
        #expect(attached.said.hasSuffix("copy.dxf is the same drawing as \(flange) and makes no part of its own\n"), "\(attached)")
        return workshop
    }

    private static func lines(_ workshop: Workshop, _ fields: String) throws -> [String] {
        let text = try workshop.demand("laseros quote line list last --csv --no-header --fields \(fields)")
        return text.split(separator: "\n").map(String.init)
    }

    @Test func aPartIsALine() throws {
        let workshop = try Self.shop()
        try workshop.demand(Self.add)
        #expect(try Self.lines(workshop, "title,file,quantity,part") == ["Flange,\(Self.flange),4,1"])
        try workshop.demand("laseros quote send last")
        try workshop.demand("laseros quote accept last")
        #expect(try workshop.demand("laseros project part list last --csv --no-header --fields part,ordered") == "1,4\n")
    }

    /// The order is that of the parts, and a part that was removed is not quoted.
    @Test func partsArePricedInTheirOrder() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project attach last \(Self.bracket) 0007-Link-MS-8mm-x12.dxf")
        try workshop.demand("laseros project part move last 2 --to 1")
        try workshop.demand("laseros project part add last 'Hinge left' --drawing copy.dxf --quantity 2 --at 2")
        try workshop.demand("laseros project part remove last 3")
        try workshop.demand("laseros project part edit last 1 --title 'Hinge right'")
        try workshop.demand(Self.add)
        #expect(try Self.lines(workshop, "title,quantity,part") == ["Bracket,10,2", "Hinge left,2,4", "Hinge right,4,1"])
        try workshop.demand("laseros quote send last")
        try workshop.demand("laseros quote accept last")
        #expect(try workshop.demand("laseros project part list last --csv --no-header --fields part,ordered") == "2,10\n4,2\n1,4\n")
    }

    /// Projects from before parts have files only.
    @Test func filesArePricedWhereThereAreNoParts() throws {
        let workshop = try Self.shop()
        try workshop.tamper("DELETE FROM part WHERE project_id = (SELECT max(id) FROM project)")
        try workshop.demand(Self.add)
        #expect(try Self.lines(workshop, "file,part") == ["\(Self.flange),", "copy.dxf,"])
    }

    @Test(
        arguments: [
            ([], nil), (["Plain"], "part 2 has no drawing and is not priced"),
            (["A", "B", "Assembly --of 1:2", "Gate --of 4", "Wing --of 2,1"], "parts 2, 3 and 6 have no drawing and are not priced"),
            (
                (1...12).map { "P\($0)" }, "parts 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more have no drawing and are not priced"
            ),
        ] as [([String], String?)])
    func partsWithoutADrawingAreNamed(_ parts: [String], _ note: String?) throws {
        let workshop = try Self.shop()
        for part in parts { try workshop.demand("laseros project part add last \(part)") }
        let quoted = try workshop.run(Self.add)
        #expect(quoted.code == 0 && quoted.out.contains(": 1 line,"), "\(quoted)")
        let notes = quoted.said.split(separator: "\n").filter { $0.contains("not priced") }
        #expect(notes.map(String.init) == note.map { ["JB-2026-08-CL0001-004: \($0)"] } ?? [])
        // A named drawing is all that is asked for.
        #expect(try workshop.run("\(Self.add) \(Self.bracket)").said.contains("not priced") == false)
    }

    @Test func aProjectWithoutDrawingsHasNothingToPrice() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project detach last copy.dxf \(Self.flange)")
        try workshop.demand("laseros project attach last clients.csv")
        try workshop.demand("laseros project part add last Plan --drawing clients.csv")
        let refused = try workshop.run(Self.add)
        #expect(
            refused.code == 2
                && refused.said.hasPrefix("error: there is nothing to price: JB-2026-08-CL0001-004: parts 1 and 2 have no drawing"),
            "\(refused)")
    }

    /// Material that the customer brings needs no price and costs nothing, nor does its markup; the terms are the total.
    @Test(arguments: ["", Self.flange])
    func theCustomersMaterialIsNotCharged(_ drawing: String) throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros config set price_material_markup 10")
        func terms() throws -> [String] {
            try workshop.demand("\(Self.add) \(drawing)")
            let terms = try workshop.demand("laseros quote explain last --csv --no-header --fields term,basis,amount")
            return terms.split(separator: "\n").map(String.init)
        }
        let before = try terms()
        #expect(before[1].hasPrefix("material markup,"))
        try workshop.demand("laseros project part edit last 1 --customer-material yes")
        try workshop.tamper("DELETE FROM price WHERE kind IN ('material-kg', 'material-sheet')")
        let after = try terms()
        #expect(after.first == "material,the customer's material,0.00")
        #expect(Array(after[1..<5]) == Array(before[2..<6]))
        #expect(try Self.lines(workshop, "sources")[0].contains("; customer's material"))
        let cents = after.compactMap { $0.split(separator: ",").last.flatMap { Money(reading: String($0))?.cents } }.reduce(0, +)
        #expect(try Self.lines(workshop, "total") == [Money(cents: cents).description])
    }

    /// A line with the drawing of a part is that part's, whatever its file is called.
    @Test func aLineHasTheTitleOfItsPart() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit last 1 --title 'Hinge left'")
        try workshop.demand("\(Self.add) \(Self.flange):9 \(Self.bracket)")
        #expect(try Self.lines(workshop, "title,quantity,part") == ["Hinge left,9,1", "Bracket,10,"])
    }
}
