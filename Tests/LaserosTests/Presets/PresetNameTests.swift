import Testing
import Values

@testable import Shop

/// What names of `.fsm` files say. Most are those of a shop.
@Suite struct PresetNameTests {
    private static func material(_ id: Int, _ code: String, _ name: String, _ aliases: String...) -> Material {
        Material(id: id, code: code, name: name, aliases: aliases, density: Quantity(thousandths: 7850), kerf: Length(um: 0))
    }

    private static let words = PresetWords([
        material(1, "MS", "Mild Steel"), material(2, "SS", "Stainless Steel"), material(3, "AL", "Aluminium"),
        material(4, "KS", "Carbon Steel"), material(5, "VT", "Vastrap"),
    ])

    struct Said: Sendable {
        var name: String
        var material: String?
        var mm: Int?
        var gas: Gas?
        var nozzle: String?
        var remark: String?
    }

    private static let named: [Said] = [
        Said(
            name: "0.5mm C Air CS Used 1.5sn - coloursmpl.fsm", material: "KS", mm: 500, gas: .air, nozzle: "1.5mm Single",
            remark: "coloursmpl"),
        Said(name: "0.5mm C Air Used 1.5sn.fsm", material: "KS", mm: 500, gas: .air, nozzle: "1.5mm Single"),
        Said(
            name: "0.5mm MS Air Cut 1.5sn - Correct FN.fsm", material: "MS", mm: 500, gas: .air, nozzle: "1.5mm Single",
            remark: "Correct FN"),
        Said(name: "1.2mm Al air cut 1.5sn.fsm", material: "AL", mm: 1200, gas: .air, nozzle: "1.5mm Single"),
        Said(name: "1.6mm ms air cut 1.5sn + Engrave.fsm", material: "MS", mm: 1600, gas: .air, nozzle: "1.5mm Single", remark: "Engrave"),
        Said(name: "10mm O2 MS Cut 1.2D.fsm", material: "MS", mm: 10_000, gas: .oxygen, nozzle: "1.2mm Double"),
        Said(name: "16mm 02 MS 1.4D S355.fsm", material: "MS", mm: 16_000, gas: .oxygen, nozzle: "1.4mm Double"),
        Said(name: "16mm O2 S355 1.4D.fsm", material: "MS", mm: 16_000, gas: .oxygen, nozzle: "1.4mm Double"),
        Said(name: "16mm O2 MS D1.4E - New.fsm", material: "MS", mm: 16_000, gas: .oxygen, nozzle: "1.4mm Enhanced", remark: "New"),
        Said(name: "12mm O2 MS D1.2.fsm", material: "MS", mm: 12_000, gas: .oxygen, nozzle: "1.2mm Double"),
        Said(name: "1mm Air SS 1.5sn - New.fsm", material: "SS", mm: 1000, gas: .air, nozzle: "1.5mm Single", remark: "New"),
        Said(name: "1mm ss nitro cut 1.5sn.fsm", material: "SS", mm: 1000, gas: .nitrogen, nozzle: "1.5mm Single"),
        Said(name: "3mm MS Air 2sn - Test.fsm", material: "MS", mm: 3000, gas: .air, nozzle: "2.0mm Single", remark: "Test"),
        Said(name: "6-7.7mm VASTRAP Air Cut 1.5sn.fsm", material: "VT", mm: 6000, gas: .air, nozzle: "1.5mm Single"),
        Said(name: "8mm MS O2 1.2DN - MEH.fsm", material: "MS", mm: 8000, gas: .oxygen, nozzle: "1.2mm Double", remark: "MEH"),
        Said(name: "8mm ms oxy cut 1.5sn.fsm", material: "MS", mm: 8000, gas: .oxygen, nozzle: "1.5mm Single"),
        Said(name: "10mm. N2.fsm", mm: 10_000, gas: .nitrogen),
        Said(name: "25mm. O2 (2).fsm", mm: 25_000, gas: .oxygen),
        Said(name: "3mm亮面SS N2.fsm", material: "SS", mm: 3000, gas: .nitrogen, remark: "bright surface"),
        Said(name: "SS亮 3mm.FSM", material: "SS", mm: 3000, remark: "bright surface"),
        Said(name: "Colour swatch SS.fsm", material: "SS"),
        Said(name: "MS - 3mm - O2.fsm", material: "MS", mm: 3000, gas: .oxygen, remark: "3mm - O2"),
        Said(name: "Nozzle 2.5mm single 4mm MS.fsm", material: "MS", mm: 4000, nozzle: "2.5mm Single"),
        Said(name: "5mm SS 0.8 s.fsm", material: "SS", mm: 5000),
        Said(name: "100mm MS.fsm", material: "MS"),
    ]

    @Test(arguments: named)
    func says(_ said: Said) {
        let name = PresetName(said.name, Self.words), facts = name.facts
        #expect(facts.material == (said.material.map { .known($0) } ?? .none))
        #expect(facts.thickness?.um == said.mm && facts.gas == said.gas && facts.nozzle == said.nozzle && name.remark == said.remark)
    }

    @Test func fsmIsNoPartOfTheName() {
        for name in ["8mm MS O2.fsm", "8mm MS O2.fsm.FSM", "fsm/8mm  MS O2 fsm.fsm", "8mm MS fsm O2.fsm"] {
            #expect(PresetName(name, Self.words).title == "8mm MS O2")
        }
        #expect(PresetName("8mm MS O2.fsm (2).fsm", Self.words).title == "8mm MS O2 (2)")
        #expect(PresetName("fsm.fsm", Self.words).title == "fsm.fsm")
    }

    @Test func materialsMustBeClear() {
        #expect(PresetName("3mm MS SS O2", Self.words).facts.material == .several(["MS", "SS"]))
        #expect(PresetName("3mm Brass N2", Self.words).facts.material == .unknown("BR"))
        // A remark tells what the preset is not for.
        #expect(PresetName("3mm MS O2 - not for SS", Self.words).facts.material == .known("MS"))
        let graded = PresetWords([Self.material(1, "MS", "Mild Steel"), Self.material(2, "S355", "S355")])
        #expect(PresetName("16mm O2 MS S355", graded).facts.material == .known("S355"))
        #expect(PresetName("16mm O2 MS S275", graded).facts.material == .known("MS"))
    }
}

/// The gas and the pressure to try.
@Suite struct GasSuggestionTests {
    @Test(arguments: [
        ("MS", 5999, "air, 6 bar"), ("MS", 6000, "oxygen, 1.5 bar"), ("AL", 2999, "nitrogen, 8 bar"), ("AL", 3000, "nitrogen, 12 bar"),
        ("ZN", 5999, "nitrogen, 12 bar"), ("AL", 6000, "oxygen, 1.5 bar"), ("SS", 2999, "air, 4 bar"), ("MS", 9999, "oxygen, 1.5 bar"),
        ("MS", 10_000, "oxygen, 2 bar"), ("MS", 20_000, "oxygen, 2 bar"),
    ])
    func isThatOfTheTrade(_ family: String, _ um: Int, _ words: String) {
        #expect(GasSuggestion(family, Length(um: um)).words == words)
    }

    @Test(arguments: [
        (Gas.oxygen, 2999, "0.5 bar"), (.oxygen, 3000, "1 bar"), (.nitrogen, 6000, "15 bar"), (.air, 2999, "4 bar"),
        (.air, 12_000, "6 bar"),
    ])
    func hasThePressureOfTheGas(_ gas: Gas, _ um: Int, _ bar: String) {
        #expect(GasSuggestion("MS", Length(um: um), gas: gas).bar == bar)
    }
}
