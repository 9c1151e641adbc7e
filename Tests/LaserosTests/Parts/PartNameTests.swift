import Testing
import Values

@testable import Shop

/// Real file names with the expected facts.
private let names: [(file: String, title: String, material: String?, mm: String?, quantity: Int?)] = [
    ("0001-Flange-MS-10mm-x4.dxf", "Flange", "MS", "10", 4),
    ("0001-Name-MS-3mm-x2.dxf", "Name", "MS", "3", 2),
    ("rfq/2026/0012-Side plate-SS-1.2mm-x1.DXF", "Side plate", "SS", "1.2", 1),
    ("flange_d300_t12_8x18_on240.dxf", "flange d300 8x18 on240", nil, "12", nil),
    ("CL0001-JB-2025-10-CL0001-001-Part-MS-5mm-x14-v2.dxf", "Part", "MS", "5", 14),
    ("CL0001-JB-2025-10-CL0001-001-Gate_hinge-GALV-1mm.dxf", "Gate hinge", "GALV", "1", nil),
    ("UNKNOWN-NOPROJECT-Bracket-UNK-x3.dxf", "Bracket", nil, nil, 3),
    ("AB12-bracket-MS-3-10.dxf", "AB12 bracket", "MS", "3", 10),
    ("SKU-CON-BRK-A-80x80-6-MS-v1.dxf", "SKU CON BRK A 80x80", "MS", "6", nil),
    ("Bracket Mild Steel 3 mm x 2.dxf", "Bracket", "MS", "3", 2),
    ("Bracket_Stainless-Steel_1,5mm_2off.dxf", "Bracket", "SS", "1.5", 2),
    ("lid.galv.0.53mm.x12.dxf", "lid", "GALV", "0.53", 12),
    ("Roof flashing-Galv-053mm-x6.dxf", "Roof flashing", "GALV", "0.53", 6),
    ("Roof flashing-Galv-047mm-x6.dxf", "Roof flashing", "GALV", "0.47", 6),
    ("0003-Gusset-VAS-4.5mm-x8.dxf", "Gusset", "VAST", "4.5", 8),
    ("0003-Gusset-Vas-4.5m-x8.dxf", "Gusset", "VAST", "4.5", 8),
    ("Gusset Vastrap 6mm 4pcs.dxf", "Gusset", "VAST", "6", 4),
    ("cover_alu_2mm_qty4.dxf", "cover", "AL", "2", 4),
    ("cover qty 4 Al 2mm.dxf", "cover", "AL", "2", 4),
    ("shim-brass-0.9mm-20 off.dxf", "shim", "BR", "0.9", 20),
    ("busbar CU 5mm x10 (2).dxf", "busbar", "CU", "5", 10),
    ("SS304-3mm-plate-x2.dxf", "plate", "SS", "3", 2),
    ("plate SS 316L 2mm.dxf", "plate", "SS", "2", nil),
    ("plate-AL6082-8-x2.dxf", "plate", "AL", "8", 2),
    ("plate MS10mm x3.dxf", "plate", "MS", "10", 3),
    ("plate 3MS x3.dxf", "plate", "MS", "3", 3),
    ("plate_3mm_MS_x3.dxf", "plate", "MS", "3", 3),
    ("plate 300x200 MS 3mm.dxf", "plate 300x200", "MS", "3", nil),
    ("plate 300 x 200 x 3mm.dxf", "plate 300 x 200 x", nil, "3", nil),
    ("plate 200mm x 100mm MS 6mm x2.dxf", "plate 200mm x 100mm", "MS", "6", 2),
    ("2 x Bracket.dxf", "Bracket", nil, nil, 2),
    ("4x-Bracket-MS-3mm.dxf", "Bracket", "MS", "3", 4),
    ("plate 4x-d10.dxf", "plate 4x d10", nil, nil, nil),
    ("plate 8xM10.dxf", "plate 8xM10", nil, nil, nil),
    ("Schmidt-MSX-plate.dxf", "Schmidt MSX plate", nil, nil, nil),
    ("colour-sample-C-2mm.dxf", "colour sample C", nil, "2", nil),
    ("Assembly CS 8mm.dxf", "Assembly", "CS", "8", nil),
    ("other-part-3mm-x2.dxf", "other part", nil, "3", 2),
    ("Zinc plated hook-MS-3mm-x2.dxf", "hook", "MS", "3", 2),
    ("Steel plate-SS-3mm.dxf", "Steel plate", "SS", "3", nil),
    ("bracket 50mm MS 3mm.dxf", "bracket 50mm", "MS", "3", nil),
    ("arm t=8 x6.dxf", "arm", nil, "8", 6),
    ("arm thk 8 x6.dxf", "arm", nil, "8", 6),
    ("arm 8mm thick x6.dxf", "arm", nil, "8", 6),
    ("0042.dxf", "0042", nil, nil, nil),
    ("02.09.2025.dxf", "02.09.2025", nil, nil, nil),
    ("x4.dxf", "x4", nil, nil, 4),
    ("part-x0-MS-3mm.dxf", "part x0", "MS", "3", nil),
    ("Flange-MS-10mm-×4.dxf", "Flange", "MS", "10", 4),
    ("kopplung_für_ständer_ms_2mm.dxf", "kopplung für ständer", "MS", "2", nil),
    ("-", "-", nil, nil, nil),
    ("", "", nil, nil, nil),
]

@Suite struct PartNameTests {
    @Test(arguments: names) func factsAreRead(_ expected: (file: String, title: String, material: String?, mm: String?, quantity: Int?)) {
        let name = PartName(expected.file)
        #expect(name.title == expected.title)
        #expect(name.facts.material == expected.material)
        #expect(name.facts.thickness?.description == expected.mm)
        #expect(name.facts.quantity == expected.quantity)
    }

    /// The facts in the names of the list; a name without facts gives none.
    @Test func factsOfListedFileNamesAreRead() throws {
        let list = String(decoding: try File.read(Paths.tests + "/part-names.txt"), as: UTF8.self)
        let rows = list.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(rows.count > 200)
        for row in rows {
            let facts = PartName(row[0]).all
            let told = [facts.material ?? "", facts.thickness?.description ?? "", facts.quantity.map { "\($0)" } ?? ""]
            #expect(told == Array(row[1...]), "\(row[0])")
        }
    }

    @Test func factsFromTheFolderNameAreReported() throws {
        let name = PartName("Steel_10mm/Side plate QTY_2.dxf")
        #expect(name.facts == PartFacts(quantity: 2) && name.folder == PartFacts(material: "MS", thickness: Length(um: 10_000)))
        let workshop = try ExampleShop.copy()
        try Subprocess.demand(["sh", "-c", "cd \(workshop.work); mkdir MS_5mm; cp 0002-Bracket-MS-5mm-x10.dxf MS_5mm/Side.dxf"])
        let quoted = try workshop.run("laseros quote add -c CL-0001 MS_5mm/Side.dxf:2")
        #expect(quoted.said.contains("material MS, thickness 5 mm from the folder's name"), "\(quoted.said)")
        #expect(try workshop.run("laseros dxf check MS_5mm/Side.dxf").said.contains("5 mm thick, from the folder's name"))
        #expect(try workshop.run("laseros dxf info --lines MS_5mm/Side.dxf").said.contains("thickness 5 mm from the folder's name"))
        #expect(try workshop.run("laseros quote add -c CL-0001 MS_5mm/Side.dxf:2 -t 8").code == 4)
    }

    @Test func twoMaterialsAreAsked() throws {
        let workshop = try ExampleShop.copy()
        try Subprocess.demand(["sh", "-c", "cd \(workshop.work); cp 0002-Bracket-MS-5mm-x10.dxf 'Steel MS cover for SS 2mm.dxf'"])
        let asked = try workshop.run(["quote", "add", "-c", "CL-0001", "Steel MS cover for SS 2mm.dxf"])
        #expect(asked.code == 2 && asked.said.contains("the material is not known: the file's name mentions MS and SS"), "\(asked.said)")
    }

    /// The thickness of a gauge depends on the material, wherever that is given.
    @Test func gaugesDependOnTheMaterial() {
        #expect(PartName("Bracket 16ga.dxf").facts.thickness == Length(um: 1519))
        #expect(PartName("Bracket 16ga.dxf", of: "SS").facts.thickness == Length(um: 1588))
        #expect(PartName("Bracket 16ga.dxf", of: "Aluminium").facts.thickness == Length(um: 1290))
        #expect(PartName("Bracket 99ga.dxf").facts.thickness == nil)
    }

    @Test func finish() {
        #expect(PartName("Lid-MS-2mm-powder coated-x2.dxf").facts.finish == "powder coated")
        #expect(PartName("Lid-MS-2mm-Powder-Coated-x2.dxf").title == "Lid")
        #expect(PartName("Lid-SS-2mm-brushed.dxf").facts.finish == "brushed")
        #expect(PartName("Lid-SS-2mm.dxf").facts.finish == nil)
    }

    @Test func materialsOfTheShop() {
        func material(_ code: String, _ name: String, _ aliases: [String] = []) -> Material {
            Material(id: 1, code: code, name: name, aliases: aliases, density: Quantity(thousandths: 7850), kerf: Length(um: 150))
        }
        let words = MaterialWords([
            material("MILD", "Mild Steel", ["S235"]), material("INOX4", "Stainless 304", ["304"]), material("STEEL-X", "Special"),
        ])
        #expect(PartName("a-MS-3mm.dxf", words).facts.material == "MILD")
        #expect(PartName("a-s235-3mm.dxf", words).facts.material == "MILD")
        #expect(PartName("a-304-3mm.dxf", words).facts.material == "INOX4")
        #expect(PartName("a-304x200-3mm.dxf", words).facts.material == nil)
        #expect(PartName("a-Steel X-3mm.dxf", words).facts.material == "STEEL-X")
        #expect(PartName("a-Brass-3mm.dxf", words).facts.material == "BR")
    }

    @Test func textsInDrawings() {
        #expect(PartFacts(texts: ["TITLE", "MS 3mm", "QTY: 4"]) == PartFacts(material: "MS", thickness: Length(um: 3000), quantity: 4))
        #expect(PartFacts(texts: ["t=1.5mm", "4 pcs"]) == PartFacts(thickness: Length(um: 1500), quantity: 4))
        #expect(PartFacts(texts: ["Thickness: 3", "Material: Stainless Steel"]) == PartFacts(material: "SS", thickness: Length(um: 3000)))
        #expect(PartFacts(texts: ["bend at 12 mm from the edge", "25"]) == PartFacts())
        #expect(PartFacts(texts: ["{\\fComic Sans MS|b0|i0;Part}", "X 90%%D", "(2) 1/2\"x10\" A-B", "T2", "8x18"]) == PartFacts())
        #expect(PartFacts(texts: ["{\\fArial|b1;MS}\\P3 mm"]) == PartFacts(material: "MS", thickness: Length(um: 3000)))
        #expect(PartFacts(texts: ["Flange MS 3mm x4"]) == PartFacts(material: "MS", thickness: Length(um: 3000), quantity: 4))
        #expect(PartFacts(texts: ["x 4"]).quantity == 4)
        #expect(PartFacts(texts: ["3 mm"]).thickness == Length(um: 3000))
    }

    /// Any bytes are accepted, and dimensions are never read as quantities.
    @Test func survivesAnything() {
        var state: UInt64 = 7
        let alphabet = Array("xX4 8mM-_.t=0123MSs,(×é")
        for _ in 0..<3000 {
            let text = String(
                (0..<12).map { _ -> Character in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return alphabet[Int(state >> 33) % alphabet.count]
                })
            let facts = PartName(text).facts
            #expect(facts.quantity ?? 1 > 0)
            #expect(facts.thickness?.um ?? 1 > 0)
        }
    }
}
