import Testing
import Values

@testable import Shop
@testable import Commands

/// The terms of a price.
@Suite struct PricingTests {
    private static let add = "laseros quote add --client CL-0001 0002-Bracket-MS-5mm-x10.dxf"

    private static func lines(_ workshop: Workshop) throws -> String {
        try workshop.demand(add)
        return try workshop.demand("laseros quote explain last --csv --fields term,basis,amount")
    }

    @Test func anotherMachinesPresetIsNoRate() throws {
        let workshop = try ExampleShop.copy(), before = try Self.lines(workshop)
        let time = try workshop.demand("laseros dxf time 0002-Bracket-MS-5mm-x10.dxf")
        try workshop.demand("laseros machine add CO2 'CO2 laser' --rate 320")
        try workshop.demand("laseros config set price_machine FIBER3")
        try workshop.demand("laseros preset add 'A slow CO2 preset' -m MS -t 5 --machine CO2 --speed 200")
        #expect(try Self.lines(workshop) == before)
        #expect(try workshop.demand("laseros dxf time 0002-Bracket-MS-5mm-x10.dxf") == time)
        #expect(try workshop.run("laseros dxf check 0002-Bracket-MS-5mm-x10.dxf --material MS --thickness 5").code == 0)
    }

    /// A preset for the machine takes precedence over one for any machine.
    @Test func theMachinesOwnPresetGoesFirst() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros preset add 'ZZ own' -m MS -t 5 --machine FIBER3 --speed 1700")
        #expect(try Self.lines(workshop).contains(" at 1700 mm/min "))
    }

    /// When a code changes, its prices follow, so that quotes can still be priced.
    @Test func aMachineKeepsItsRateUnderAnotherCode() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros config set price_machine fiber")
        let before = try Self.lines(workshop)
        try workshop.demand("laseros machine edit FIBER3 --code F3")
        #expect(try Self.lines(workshop) == before)
        #expect(try workshop.demand("laseros config get price_machine") == "F3\n")
    }

    /// A quote uses the material price of its day: a price is valid until a later one for the same thing begins.
    @Test(arguments: [("2026-01-31", "32.50\n"), ("2026-02-01", "34.00\n"), ("2025-12-31", "")])
    func aPriceHoldsUntilTheNext(_ day: String, _ amount: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros price add material-kg MS 34 --from 2026-02-01")
        let list = try workshop.demand("laseros price list --on \(day) --kind material-kg --key MS --csv --no-header --fields amount")
        #expect(list == amount)
        let answered = try workshop.run(["quote", "add", "-c", "CL-0001", "0002-Bracket-MS-5mm-x10.dxf"], at: day + "T10:00:00Z")
        #expect(answered.code == (amount.isEmpty ? 4 : 0), "\(answered.said)")
        guard !amount.isEmpty else { return }
        #expect(try workshop.demand("laseros quote explain last --csv --fields basis").contains(" kg at \(amount.trimmed) ("))
    }

    /// A cached word is looked up again after a write, in a batch and in a file.
    @Test func aWordIsNotRememberedTooLong() throws {
        let workshop = try ExampleShop.copy()
        let batch = """
            price add material-kg GALV 40 --from 2026-03-01
            material edit GALV --code GALVX
            material add GALV 'Another one' --density 7.85
            price add material-kg GALV 50 --from 2026-03-01
            """
        let answered = try workshop.run(["batch", "-"], input: Array(batch.utf8))
        #expect(answered.code == 0, "\(answered.said)")
        let keys = try workshop.demand("laseros price list --search galv --csv --no-header --fields key,amount")
        #expect(keys == "GALVX,40.00\nGALV,50.00\n")
    }

    /// A price beyond the range of amounts is refused, whichever term is too large.
    @Test(arguments: [
        "price add material-sheet MS 100 --thickness 5 --size 0.001x0.001", "price add material-kg MS 999999999 --thickness 5",
        "config set price_handling 999999", "price add machine-hour FIBER3 999999999", "config set price_setup 999999",
        "preset edit 'MS 5 O2' --pierce-time 9999999h", "preset edit 'MS 5 O2' --speed 0.001", "config set price_web_gap 1000",
        "price add finishing gold 999999999",
    ])
    func aPriceTooLargeIsRefused(_ change: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros \(change)")
        for factor in [1_000, 1_000_000, 1_000_000_000] {
            let finish = change.contains("finishing") ? " --finish gold" : ""
            let answered = try workshop.run("laseros quote add --client CL-0001 -m MS -t 5 0002-Bracket-MS-5mm-x10.dxf:\(factor)\(finish)")
            #expect(answered.code == 0 || answered.code == 4 && answered.said.contains("too large"), "\(answered.said)")
        }
    }

    @Test func totalsAreBounded() throws {
        let most = Money(cents: 999_999_999_999_999)
        #expect(throws: Failure.self) { try Totals([most, most], vat: Percent(hundredths: 0)) }
        #expect(throws: Failure.self) { try Totals([Money](repeating: Money(cents: .max), count: 9), vat: Percent(hundredths: 0)) }
        #expect(throws: Failure.self) { try Totals([most], vat: Percent(hundredths: 1500)) }
        #expect(try Totals([most], vat: Percent(hundredths: 0)).total == most)
    }
}
