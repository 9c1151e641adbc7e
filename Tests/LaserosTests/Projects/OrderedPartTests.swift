import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Which parts a quote is for, and what its acceptance orders.
@Suite struct OrderedPartTests {
    private static let flange = "0001-Flange-MS-10mm-x4.dxf"
    private let workshop: Workshop

    init() throws {
        workshop = try ExampleShop.copy()
        try workshop.demand("laseros preset import presets.csv")
        try workshop.demand("laseros project add Gate -c CL-0001 --quantity 4")
        try workshop.demand("laseros project attach last \(Self.flange)")
    }

    private func parts(_ fields: String) throws -> [String] {
        let text = try workshop.demand("laseros project part list Gate --csv --no-header --fields \(fields)")
        return text.split(separator: "\n").map(String.init)
    }

    private func accept(_ words: String) throws {
        for line in ["add -c CL-0001 -p Gate \(words)", "send last", "accept last"] { try workshop.demand("laseros quote \(line)") }
    }

    /// The same drawing of another material, thickness or finish is another part.
    @Test func whatWasPricedIsOrdered() throws {
        let rows = [("SS", "3", "", 7), ("MS", "10", "powder-coat", 2), ("MS", "5", "", 3), ("MS", "10", "", 4)]
        let text = rows.map { "\(Self.flange),\($0.3),\($0.0),\($0.1),\($0.2)\n" }.joined()
        try File.write(Array("file,quantity,material,thickness_mm,finish\n\(text)".utf8), to: workshop.work + "/l.csv", as: .document)
        try accept("--lines l.csv")
        let expected = ["1,4,MS,10,", "2,7,SS,3,", "3,2,MS,10,\"cut,powder-coat\"", "4,3,MS,5,"]
        #expect(try parts("part,ordered,material,thickness_mm,operations") == expected)
        #expect(try workshop.demand("laseros quote line list last --csv --no-header --fields part") == "2\n3\n4\n1\n")
        // They are there now, whatever the order of the lines.
        try accept("--lines l.csv")
        #expect(try parts("part,ordered,material,thickness_mm,operations") == expected)
    }

    /// Each line has a part of its own, and first the one that says most.
    @Test func noPartIsOrderedForTwoLines() throws {
        try workshop.demand("laseros project part add Gate Any --drawing \(Self.flange) --at 1 --quantity 1")
        try workshop.demand("laseros project part edit Gate 2 -m '' -t ''")
        try accept("\(Self.flange):5 \(Self.flange):6 \(Self.flange):7")
        #expect(
            try parts("part,title,ordered,material,thickness_mm") == ["2,Any,6,MS,10", "1,Flange,5,MS,10", "3,Flange,7,MS,10"])
    }

    /// A part that was priced as what it is not is not ordered as what it is.
    @Test func anotherMaterialIsAnotherPart() throws {
        try accept("-m SS -t 3 --override")
        #expect(try parts("part,ordered,material,thickness_mm") == ["1,4,MS,10", "2,4,SS,3"])
        // What the part does not say, the option may.
        try accept("--finish powder-coat")
        let ordered = try parts("part,ordered,material,operations")
        #expect(ordered.contains("1,4,MS,\"cut,powder-coat\""), "\(ordered)")
    }

    @Test(arguments: [
        ("--quantity 20", "part 1 says quantity 4, the option quantity 20", "quantity", "20"),
        ("-m SS -t 3", "part 1 says material MS, the option material SS", "material", "SS"),
    ])
    func anOptionDoesNotOverruleAPart(_ option: String, _ said: String, _ field: String, _ value: String) throws {
        let state = try ShopState(workshop), refused = try workshop.run("laseros quote add -c CL-0001 -p Gate \(option)")
        #expect(refused.code == 4 && refused.said.contains(said) && refused.said.contains("hint: --override"), "\(refused)")
        #expect(try ShopState(workshop) == state)
        let overruled = try workshop.run("laseros quote add -c CL-0001 -p Gate \(option) --override")
        #expect(overruled.said.contains("from the option"), "\(overruled)")
        #expect(try workshop.demand("laseros quote line list last --csv --no-header --fields \(field)") == "\(value)\n")
        #expect(try workshop.run("laseros quote add -c CL-0001 -p Gate -m MS -t 10 --quantity 4").code == 0)
    }
}
