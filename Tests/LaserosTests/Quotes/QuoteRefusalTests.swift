import Testing
import Values

@testable import Console

/// Parts that cannot be made are priced only with an explicit option, and an option does not silently override a file name.
@Suite struct QuoteRefusalTests {
    private static let add = "laseros quote add -c CL-0001"

    private static func drawing(_ corners: [(Int, Int)], closed: Bool = true) -> String { DrawnLines.dxf([corners], closed: closed) }

    private static let square = drawing([(0, 0), (100, 0), (100, 100), (0, 100)])

    @Test(arguments: [
        ("open", drawing([(0, 0), (100, 0), (100, 100), (0, 60)], closed: false), "open-contour"),
        ("crossed", drawing([(0, 0), (100, 100), (100, 0), (0, 100)]), "self-crossing"),
        ("long", drawing([(0, 0), (9000, 0), (9000, 100), (0, 100)]), "too-large"),
    ])
    func whatCannotBeMadeIsRefused(_ name: String, _ drawing: String, _ fault: String) throws {
        let workshop = try ExampleShop.copy()
        try File.write([UInt8](drawing.utf8), to: "\(workshop.work)/\(name)-MS-5mm.dxf")
        let refused = try workshop.run("\(Self.add) \(name)-MS-5mm.dxf")
        #expect(refused.code == 4 && refused.said.contains("\(fault): ") && refused.said.contains("--despite-faults"), "\(refused.said)")
        let among = try workshop.run("\(Self.add) 0002-Bracket-MS-5mm-x10.dxf \(name)-MS-5mm.dxf")
        #expect(among.code == 4 && among.said.contains("1 of 2 lines"), "\(among.said)")
        let priced = try workshop.run("\(Self.add) \(name)-MS-5mm.dxf --despite-faults")
        #expect(priced.code == 0, "\(priced.said)")
    }

    /// Texts are not a defect that prevents a part from being made.
    @Test func textsAreNoFault() throws {
        let workshop = try ExampleShop.copy(), text = "0\nTEXT\n8\n0\n10\n10\n20\n10\n40\n5\n1\nA\n0\nENDSEC"
        let drawing = Self.square.split(separator: "0\nENDSEC").joined(separator: text)
        try File.write([UInt8](drawing.utf8), to: "\(workshop.work)/text-MS-5mm.dxf")
        #expect(try workshop.run("\(Self.add) text-MS-5mm.dxf").code == 0)
    }

    @Test func anothersProjectIsRefused() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros project add Gate -c CL-0002")
        for more in ["", " --override --despite-faults"] {
            let refused = try workshop.run("\(Self.add) -p Gate 0002-Bracket-MS-5mm-x10.dxf\(more)")
            #expect(refused.code == 4 && refused.said.contains("is a job of client CL-0002"), "\(refused.said)")
        }
        #expect(try workshop.run("laseros quote add -c CL-0002 -p Gate 0002-Bracket-MS-5mm-x10.dxf").code == 0)
    }

    @Test(
        arguments: [
            ("0002-Bracket-MS-5mm-x10.dxf -m SS", "the file's name says material MS, the option material SS"),
            ("0002-Bracket-MS-5mm-x10.dxf -t 8", "the file's name says thickness 5 mm, the option thickness 8 mm"),
            ("0002-Bracket-MS-5mm-x10.dxf --quantity 3", "the file's name says quantity 10, the option quantity 3"),
            ("--lines list.csv -m SS", "list.csv says material MS, the option material SS"),
            ("--lines list.csv --quantity 3", "list.csv says quantity 4, the option quantity 3"),
            ("0002-Bracket-MS-5mm-x10.dxf -m 'mild steel' -t 5.0 --quantity 10", nil), ("0002-Bracket-MS-5mm-x10.dxf:3 --quantity 10", nil),
            ("Lid.dxf -m MS -t 5 --quantity 3", nil), ("--lines list.csv -t 3", nil),
        ] as [(String, String?)])
    func optionsFillGaps(_ words: String, _ refusal: String?) throws {
        let workshop = try ExampleShop.copy()
        try File.write([UInt8](Self.square.utf8), to: "\(workshop.work)/Lid.dxf")
        try File.write([UInt8]("file,quantity,material,thickness_mm\nLid.dxf,4,MS,3\n".utf8), to: "\(workshop.work)/list.csv")
        let answered = try workshop.run("\(Self.add) \(words)")
        guard let refusal else {
            #expect(answered.code == 0, "\(answered.said)")
            return
        }
        #expect(answered.code == 4 && answered.said.contains(refusal) && answered.said.contains("hint: --override"), "\(answered.said)")
        let overruled = try workshop.run("\(Self.add) \(words) --override")
        #expect(!overruled.said.contains("--override"), "\(overruled.said)")
        guard words.contains("--quantity") else { return }
        #expect(try workshop.demand("laseros quote show last --json --fields lines").contains(#""quantity": 3,"#), "\(overruled.said)")
    }
}
