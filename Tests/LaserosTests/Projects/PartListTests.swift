import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Lists of parts that are read from a file.
@Suite struct PartListTests {
    private static let flange = "0001-Flange-MS-10mm-x4.dxf", bracket = "0002-Bracket-MS-5mm-x10.dxf"

    /// A shop with a project of two attached drawings.
    private static func shop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros project add Gate -c CL-0001")
        try workshop.demand("laseros project attach last \(flange) \(bracket)")
        return workshop
    }

    private static func add(_ list: String, _ options: String..., to workshop: Workshop) throws -> Answered {
        try workshop.run(["project", "part", "add", "last", "--lines", "-"] + options, input: Array(list.utf8))
    }

    private static func parts(_ workshop: Workshop) throws -> [String] {
        let fields = "part,title,ordered,material,thickness_mm,operations,file,note"
        let text = try workshop.demand("laseros project part list last --csv --no-header --fields \(fields)")
        return text.split(separator: "\n").map(String.init)
    }

    /// The first row of a file changes the part that it became when it was attached, in one step; a second one adds a part.
    @Test func aRowFillsThePartOfItsDrawing() throws {
        let workshop = try Self.shop(), state = try ShopState(workshop)
        let list = """
            title,file,quantity,material,thickness_mm,operations,note
            Left,in/\(Self.flange),6,AL,3,"cut,tap",deburr
            Right,\(Self.flange),7,,,,
            ,\(Self.bracket),,,,tap,
            Spare,,1,,,,

            """
        let answered = try Self.add(list, to: workshop)
        #expect(answered.out.hasPrefix("project JB-2026-08-CL0001-004: 2 parts changed, 2 added\n"), "\(answered)")
        #expect(
            try Self.parts(workshop) == [
                "1,Left,6,AL,3,\"cut,tap\",\(Self.flange),deburr", "2,Bracket,10,MS,5,tap,\(Self.bracket),",
                "3,Right,7,MS,10,,\(Self.flange),", "4,Spare,1,,,,,",
            ])
        #expect(try Self.add("file,quantity\n\(Self.flange),6\n", to: workshop).out == "project JB-2026-08-CL0001-004: 1 part unchanged\n")
        // Each part of the drawing is filled once, in the order of the parts.
        let both = try Self.add("file,quantity\n\(Self.flange),6\n\(Self.flange),8\n", to: workshop)
        #expect(both.out.hasPrefix("project JB-2026-08-CL0001-004: 1 part changed, 1 unchanged\n"), "\(both)")
        for _ in 0..<2 { try workshop.demand("laseros undo") }
        #expect(try ShopState(workshop) == state)
    }

    /// A part keeps what was delivered of it: each faulty row is named, and nothing is written.
    @Test func faultyRowsAreNamed() throws {
        let workshop = try Self.shop()
        for verb in ["offer", "pop", "start"] { try workshop.demand("laseros project \(verb) last") }
        try workshop.demand("laseros project deliver last 1:3")
        let state = try ShopState(workshop)
        let refused = try Self.add("file,quantity,operations\n\(Self.flange),2,cut\n\(Self.bracket),2,cut;foo\n", to: workshop)
        #expect(refused.code == 8 && refused.said.contains("standard input:2: part JB-2026-08-CL0001-004.1: 3 are delivered"), "\(refused)")
        #expect(refused.said.contains("standard input:3: there is no operation 'cut;foo'"), "\(refused)")
        #expect(try ShopState(workshop) == state)
    }

    @Test(arguments: [
        ("title;quantity;thickness_mm\nA;1 000;1,5\n", []), ("title,quantity,thickness_mm\nA,1000,\"1,5\"\n", ["--decimal", "comma"]),
        ("title,quantity,thickness_mm\nA,\"1,000\",1.5\n", ["--decimal", "point"]), ("title,quantity,thickness_mm\nA,1000,1.5\n", []),
    ])
    func numbersAreThoseOfSpreadsheets(_ list: String, _ options: [String]) throws {
        let workshop = try Self.shop()
        let answered = try workshop.run(["project", "part", "add", "last", "--lines", "-"] + options, input: Array(list.utf8))
        #expect(answered.code == 0, "\(answered)")
        #expect(try Self.parts(workshop).last == "3,A,1000,,1.5,,,")
    }
}
