import Testing
import Values

@testable import Shop
@testable import Commands

/// A line is the sum of its terms, and its unit price times the quantity gives the same amount, to the cent.
@Suite struct UnitPriceTests {
    @Test(arguments: [
        (81_944, 4, "204.86", 1), (25_000, 3, "83.333", 1), (171_519, 50_000, "34.3038", 1000), (4_000, 9_000, "4.444", 1000),
        (100_000, 12, "83.333", 1), (100_000, 150, "666.667", 100), (1, 9_000, "0.001", 1000), (0, 7, "0.00", 1),
        (-81_945, 4, "-204.863", 1),
        (50_000, 500, "1.00", 1), (50_001, 500, "100.002", 100), (99_999_999, 1, "999999.99", 1), (250_000, 37, "67.5676", 1),
    ])
    func isTheShortest(_ cents: Int, _ quantity: Int, _ price: String, _ per: Int) throws {
        let unit = try UnitPrice(of: Money(cents: cents), Quantity(thousandths: quantity * 1000))
        #expect(unit.price.description == price && unit.per == per)
    }

    @Test func partsOfAPieceHaveAPrice() throws {
        let unit = try UnitPrice(of: Money(cents: 67_500), Quantity(thousandths: 1500))
        #expect(unit.price.description == "450.00" && unit.per == 1)
    }

    @Test func tooManyPiecesAreRefused() {
        #expect(throws: Failure.self) { try UnitPrice(of: Money(cents: 123_456_789), Quantity(thousandths: 999_999_999_000)) }
        #expect(throws: Failure.self) { try UnitPrice(of: Money(cents: 999_999_999_999_999), Quantity(thousandths: 1000)) }
    }

    /// The decimals nearest below and above the exact price. By definition no base has a shorter one.
    private static func decimals(_ total: Int, _ quantity: Int, per: Int) -> Int? {
        for decimals in 2...6 {
            let step = Int128([10_000, 1000, 100, 10, 1][decimals - 2])
            let below = Int128(total) * 10_000 * Int128(per) / (Int128(quantity) * step)
            for steps in [below - 1, below, below + 1] {
                // quantity x price / per in ten-thousandths of a cent, rounded to the nearest cent, half away from zero
                let product = Int128(quantity) * steps * step, unit = Int128(per) * 10_000
                let cents = (product.magnitude * 2 + unit.magnitude) / (unit.magnitude * 2)
                if Int128(cents) * product.signum() == Int128(total) { return decimals }
            }
        }
        return nil
    }

    @Test func tenThousandLinesHold() throws {
        var random = Seeded(13), bases: [Int: Int] = [:]
        for _ in 0..<10_000 {
            let quantity = Int.random(in: 1...[9, 99, 999, 50_000, 10_000_000].randomElement(using: &random)!, using: &random)
            let amounts = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                Money(cents: Int.random(in: 0...[5, 500, 90_000, 99_999_999].randomElement(using: &random)!, using: &random))
            }
            let line = try LinePrice(
                amounts.map { Term(name: "term", basis: "", amount: $0) }, quantity: Quantity(thousandths: quantity * 1000))
            let sum = amounts.reduce(0) { $0 + $1.cents }, unit = line.unitPrice
            try #require(line.total.cents == sum && line.terms.count == amounts.count)
            try #require(unit.total(of: line.quantity) == line.total, "\(quantity) x \(unit) is not \(sum)")
            try #require(UnitPrice.bases.contains(unit.per) && unit.per <= max(quantity, 1))
            try #require(unit.decimals == Self.decimals(sum, quantity, per: unit.per), "\(quantity) for \(sum): \(unit)")
            try #require(unit.per == 1 || (Self.decimals(sum, quantity, per: 1) ?? 7) > 4)
            bases[unit.per, default: 0] += 1
        }
        #expect(UnitPrice.bases.allSatisfy { bases[$0, default: 0] > 100 }, "\(bases)")
    }

    private static func line(_ workshop: Workshop) throws -> String {
        try workshop.demand("laseros quote show last --json --fields lines")
    }

    /// With default settings a few small parts cost the minimum, many cost their calculated price, and nothing is free.
    @Test func noPartIsFree() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros config set price_setup 0")
        try workshop.demand("laseros quote add -c CL-0001 -m MS -t 3 0007-Link-MS-8mm-x12.dxf:3 --override")
        #expect(try workshop.demand("laseros quote explain last --csv --fields term --no-header").hasSuffix("minimum\n"))
        #expect(try Self.line(workshop).contains(#""unit_price": 83.333, "unit_price_per": 1, "total": 250.00"#))
        for line in [
            "config set price_handling 0", "config set price_minimum 0", "config set price_web_gap 0",
            "price add material-kg MS 0.000001 --thickness 5", "price add machine-hour FIBER3 0.01",
        ] { try workshop.demand("laseros \(line)") }
        try workshop.demand("laseros quote add -c CL-0001 0002-Bracket-MS-5mm-x10.dxf:1")
        #expect(try Self.line(workshop).contains(#""unit_price": 0.01, "unit_price_per": 1, "total": 0.01"#))
        try workshop.demand("laseros quote add -c CL-0001 0002-Bracket-MS-5mm-x10.dxf:9000")
        let terms = try workshop.demand("laseros quote explain last --csv --fields amount --no-header").split(separator: "\n")
        let sum = terms.reduce(0) { $0 + (Money(reading: String($1))?.cents ?? 0) }
        #expect(try Self.line(workshop).contains("\"total\": \(Money(cents: sum))"))
        #expect(sum > 0)
        // If all rates are zero, a line costs nothing.
        for line in [
            "price edit --all-matching --search ms --amount 0", "machine edit FIBER3 --rate 0",
            "price edit --all-matching --search fiber --amount 0",
        ] {
            try workshop.demand("laseros \(line)")
        }
        try workshop.demand("laseros quote add -c CL-0001 0002-Bracket-MS-5mm-x10.dxf:1")
        #expect(try Self.line(workshop).contains(#""unit_price": 0.00, "unit_price_per": 1, "total": 0.00"#))
    }

    /// The figures are the same in the quote, the invoice, the history and the PDFs.
    @Test func isTheSameEverywhere() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros quote add -c CL-0001 0002-Bracket-MS-5mm-x10.dxf:12345")
        let line = try Self.line(workshop), price = try #require(line.firstRange(of: "\"unit_price\": ")).upperBound
        let figures = line[price...].prefix { $0 != "}" }
        let shown = try #require(figures.split(separator: ",").first)
        #expect(figures.contains("\"unit_price_per\": 1000"))
        let history = try workshop.demand("laseros log show last --csv --no-header --fields field,after")
        #expect(history.contains("unit_price,\(shown)\nunit_price_per,1000\n"))
        for verb in ["send", "accept"] { try workshop.demand("laseros quote \(verb) last") }
        try workshop.demand("laseros invoice add last")
        let total = try #require(figures.split(separator: "\"total\": ").last?.prefix { $0 != "," })
        let billed = try workshop.demand("laseros invoice show last --json --fields lines")
        #expect(billed.contains("\"unit_price\": \(shown), \"unit_price_per\": 1000, \"total\": \(total)"))
        let grouped = try #require(Rate(reading: String(shown))).grouped
        for noun in ["quote", "invoice"] {
            try workshop.demand("laseros \(noun) pdf last -o \(noun).pdf")
            let text = try Subprocess.run(["pdftotext", "-layout", "\(workshop.work)/\(noun).pdf", "-"], in: "/").out
            #expect(text.contains("R \(grouped) per 1000"), "\(text)")
        }
    }
}
