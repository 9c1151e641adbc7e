import Testing
import Values

@testable import Shop
@testable import Commands

/// The price of a line, calculated by hand.
///
/// Four plates of 100 x 50 mm with a square hole of 10 mm, of 4 mm mild steel. A plate has a cut length of 340 mm and two pierces. With a
/// margin of 5 mm it takes 110 x 60 mm of the sheet.
@Suite struct LinePriceTests {
    private static func shop(_ settings: String...) throws -> Workshop {
        let workshop = try Workshop()
        let lines = [
            "material add MS 'Mild Steel' --density 7.85", "machine add F 'Fibre laser' --rate 600",
            "preset add 'MS 4' -m MS -t 4 --speed 1700 --pierce-time 0.9 --gas oxygen --pressure 1 --nozzle '1.5mm Single'",
            "price add material-kg MS 30 --from 2026-01-01", "price add gas oxygen 100 --from 2026-01-01",
            "price add finishing powder 12.50 --from 2026-01-01", "config set price_setup 40", "config set price_handling 2.50",
            "config set price_markup 20", "config set price_material_markup 10", "config set price_minimum 0",
            "config set price_web_gap 5", "client add Karoo",
        ]
        for line in lines + settings { try workshop.demand("laseros \(line)") }
        let outlines = [[(0, 0), (100, 0), (100, 50), (0, 50)], [(20, 20), (30, 20), (30, 30), (20, 30)]]
        try File.write([UInt8](DrawnLines.dxf(outlines).utf8), to: "\(workshop.work)/plate.dxf")
        return workshop
    }

    private static func terms(_ workshop: Workshop) throws -> [String] {
        try workshop.demand("laseros quote add -c CL-0001 plate.dxf -m MS -t 4 --quantity 4 --finish powder")
        let terms = try workshop.demand("laseros quote explain last --csv --no-header --fields term,amount")
        return terms.split(separator: "\n").map(String.init)
    }

    @Test func everyTermIsThatOfTheTrade() throws {
        #expect(
            try Self.terms(Self.shop()) == [
                // 4 x 11 x 6 x 0.4 cm3 x 7.85 g/cm3 = 828.96 g at 30 a kilogram
                "material,24.87",
                // 10 % of 24.87
                "material markup,2.49",
                // 4 x 340 mm at 1700 mm/min take 48 s, at 600 an hour
                "cutting,8.00",
                // 4 x 2 x 0.9 s = 7.2 s
                "piercing,1.20",
                // 0.468 x 1.5 mm x 1.5 mm x (1 + 1) bar = 2.106 Nm3 an hour, for 55.2 s, at 100 each
                "gas,3.23",
                "finish powder,50.00",
                // Once per line.
                "setup,40.00",
                "handling,10.00",
                // 20 % of 139.79
                "markup,27.96",
            ])
    }

    /// A sheet of 1000 x 500 mm costs 500, of which four times 110 x 60 mm are 5.28 %. A price per sheet takes precedence over one per
    /// kilogram.
    @Test func aSheetIsSharedWithTheGapAroundParts() throws {
        let terms = try Self.terms(Self.shop("price add material-sheet MS 500 -t 4 --size 1000x500 --from 2026-01-01"))
        #expect(terms.first == "material,26.40")
    }

    /// 139.79 with its markup is 167.75; a separate term adds what is missing to the minimum.
    @Test func aLineCostsTheMinimum() throws {
        let workshop = try Self.shop("config set price_minimum 200")
        #expect(try Self.terms(workshop).last == "minimum,32.25")
        #expect(try workshop.demand("laseros quote show last --csv --no-header --fields subtotal") == "200.00\n")
        #expect(try Self.terms(Self.shop("config set price_minimum 167.75")).last == "markup,27.96")
    }

    /// A feed belongs to a thickness: sheet within 0.3 mm is cut with the preset, any other is not.
    @Test func aPresetIsForItsThickness() throws {
        let workshop = try Self.shop(), add = "laseros quote add -c CL-0001 plate.dxf -m MS --quantity 4"
        try workshop.demand("\(add) -t 4.3")
        for thickness in ["3.69", "4.31", "6"] {
            let refused = try workshop.run("\(add) -t \(thickness)")
            #expect(refused.code == 3 && refused.said.contains("there is no preset for MS \(thickness) mm"), "\(refused.said)")
        }
    }
}

/// The totals of a document.
@Suite struct TotalsTests {
    /// 15 % of three times 0.11 is 0.0495. Rounded per line it would be three times 0.0165, which is a cent more.
    @Test func theTaxIsRoundedOnce() throws {
        let lines = [Money](repeating: Money(cents: 11), count: 3), totals = try Totals(lines, vat: Percent(hundredths: 1500))
        #expect(totals.subtotal.cents == 33 && totals.vat.cents == 5 && totals.total.cents == 38)
    }

    /// 15 % of 0.10 is a cent and a half.
    @Test(arguments: [(10, 2), (9, 1), (-10, -2), (-9, -1), (30, 5), (-30, -5)])
    func halfACentGoesAwayFromZero(_ sum: Int, _ tax: Int) throws {
        #expect(try Totals([Money(cents: sum)], vat: Percent(hundredths: 1500)).vat.cents == tax)
    }
}
