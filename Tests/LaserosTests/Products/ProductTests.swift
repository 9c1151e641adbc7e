import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Products, their prices by quantity, and what a quote makes of them.
@Suite struct ProductTests {
    private static func breaks(_ text: String) -> String? { PriceBreaks(reading: text)?.description }

    @Test(arguments: [
        ("12.50", "12.50"), ("12,50", "12.50"), ("R 1 250.00", "1250.00"), ("1 250,00", "1250.00"), ("0.125", "0.125"),
        ("10:12.5,1:15", "1:15.00,10:12.50"), ("1:15,00;10:12,50", "1:15.00,10:12.50"), (" 1 : 15 , 10 : 12 ", "1:15.00,10:12.00"),
        ("5:9", "5:9.00"), ("0", "0.00"),
    ])
    func pricesAreRead(_ text: String, _ price: String) {
        #expect(Self.breaks(text) == price)
        #expect(PriceBreaks(reading: text).flatMap { PriceBreaks(cell: $0.cell) } == PriceBreaks(reading: price))
    }

    @Test(arguments: ["", "x", "-1", "1:15,1:12", "0:15", "1:-15", "1:15,", "1:", "12,5,", "1,500", "1:R 15", "1.5:3", "1,5:12", "1:2:3"])
    func otherTextsAreNoPrice(_ text: String) { #expect(Self.breaks(text) == nil) }

    /// The price is that of the largest quantity not above the one that is asked for.
    @Test func theBreakDecides() throws {
        let prices = try #require(PriceBreaks(reading: "5:15,10:12.50,100:9.90"))
        for (quantity, price) in [(4, nil), (5, 15_000_000), (9, 15_000_000), (10, 12_500_000), (99, 12_500_000), (100, 9_900_000)] {
            #expect(prices.price(for: quantity)?.price.millionths == price, "\(quantity)")
        }
        let workshop = try ExampleShop.copy()
        let shop = try Shop(workshop.shop, .reading, clock: Moment(ms: 0), who: "nobody", nouns: .ofTable)
        #expect(try shop.price(ofProduct: 1, for: 10)?.price.millionths == 12_500_000)
        #expect(try shop.price(ofProduct: 2, for: 10) == nil)
    }

    @Test func whatChangesIsTold() throws {
        let workshop = try ExampleShop.copy()
        func change(_ words: String) throws -> String {
            try workshop.demand("laseros product edit BRK-80 \(words) --dry-run --csv --no-header --fields code,change,field,after")
        }
        #expect(try change("--price 1:15,10:12.50") == "")
        #expect(try change("--price 1:15,10:12") == "BRK-80/10,changed,price,12.00\n")
        #expect(
            try change("--price ''") == "BRK-80/1,removed,product,\nBRK-80/1,removed,quantity,\nBRK-80/1,removed,price,\n"
                + "BRK-80/10,removed,product,\nBRK-80/10,removed,quantity,\nBRK-80/10,removed,price,\n")
        let lower = try workshop.run("laseros product edit BRK-80 --price 1:15,10:15.01 --json")
        #expect(lower.said == "BRK-80: a piece costs more from 10 on (15.01) than before (15.00)\n")
    }

    /// A file that says nothing new runs no statement that writes.
    @Test func anUnchangedFileIsNotWritten() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros product export -o p.csv")
        let statements = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros product import p.csv") }
        let rows = statements.filter { $0.contains("product_price") || $0.contains("product_operation") }
        #expect(rows.allSatisfy { $0.hasPrefix("SELECT") } && rows.count < 4, "\(rows)")
        #expect(try workshop.demand("laseros product import p.csv").hasSuffix("0 added, 0 changed, 3 same\n"))
    }

    @Test func faultsNameTheirColumn() throws {
        let workshop = try ExampleShop.copy(), state = try ShopState(workshop)
        let rows = "sku,name,operations,unit_price\nA,One,cut,1:2\nB,Two,\"cut,nosuch\",3\nC,Three,,\"1:2,1:3\"\nD,Four,,€ 4\n"
        let answered = try workshop.run(["product", "import", "-"], input: Array(rows.utf8))
        #expect(
            answered.said == """
                standard input:3: operations: there is no operation 'nosuch'
                standard input:4: unit_price: '1:2,1:3' is not a price (12.50), or prices by quantity (1:15,10:12.50), each quantity once
                standard input:5: unit_price: '€ 4' is not an amount in R
                error: standard input has 3 faults: nothing was written

                """)
        #expect(try ShopState(workshop) == state)
    }

    @Test func whatIsMadeFromItKeepsIt() throws {
        let workshop = try ExampleShop.copy()
        let refused = try workshop.run("laseros product remove BRK-80")
        #expect(refused.code == 4 && refused.said.contains("1 part of projects is made from it: JB-2026-08-CL0001-002."), "\(refused)")
        try workshop.demand("laseros project repeat letters")
        #expect(try workshop.demand("laseros project part list last --csv --no-header --fields product").contains("BRK-80"))
        #expect(try workshop.run("laseros project part add last --product LINK").code == 4)
    }
}

/// The price of a product in a quote.
@Suite struct QuotedProductTests {
    private static let flange = "0001-Flange-MS-10mm-x4.dxf"

    /// A project whose part is a product with a drawing.
    private static func shop(_ words: String = "") throws -> Workshop {
        let workshop = try ExampleShop.copy()
        for line in [
            "product import-library .", "product edit MAC-LINK --price 1:95,10:82.505", "preset add 'MS 8' -m MS -t 8 --speed 1000",
            "preset add 'SS 8' -m SS -t 8 --speed 900", "project add Chain -c CL-0001",
            "project part add last --product MAC-LINK --quantity 10 \(words)",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    private static func terms(_ workshop: Workshop, _ words: String = "") throws -> String {
        try workshop.demand("laseros quote add -c CL-0001 -p last \(words)")
        return try workshop.demand("laseros quote explain last --csv --no-header --fields term,basis,amount")
    }

    @Test func itIsThatOfTheQuantity() throws {
        let workshop = try Self.shop()
        #expect(try Self.terms(workshop) == "product,10 x 82.505 (MAC-LINK from 10 on),825.05\n")
        let line = try workshop.demand("laseros quote line list last --csv --no-header --fields title,unit_price,total,part,sources")
        #expect(line.hasPrefix("Link,82.505,825.05,1,") && line.contains("the price of product MAC-LINK from 10 on"), "\(line)")
        try workshop.demand("laseros project part edit last 1 --quantity 9")
        #expect(try Self.terms(workshop) == "product,9 x 95.00 (MAC-LINK from 1 on),855.00\n")
        // 3 x 82.505 are 247.515, and half a cent is rounded away from zero.
        try workshop.demand("laseros product edit MAC-LINK --price 82.505")
        try workshop.demand("laseros project part edit last 1 --quantity 3")
        #expect(try Self.terms(workshop) == "product,3 x 82.505 (MAC-LINK from 1 on),247.52\n")
    }

    /// A part that is not as its product is does not have its price.
    @Test(arguments: [
        ("--material SS", "material differs"), ("--customer-material yes", "material differs"),
        ("--operations cut,powder-coat", "operations differ"),
    ])
    func aDifferentPartIsPricedByItsDrawing(_ words: String, _ reason: String) throws {
        let workshop = try Self.shop(words)
        let terms = try Self.terms(workshop)
        #expect(terms.hasPrefix("material,") && !terms.contains("product,"), "\(terms)")
        let line = try workshop.demand("laseros quote line list last --csv --no-header --fields sources")
        #expect(line.contains("not the price of product MAC-LINK, whose \(reason)"), "\(line)")
    }

    @Test func anotherDrawingOrOperationIsPricedByItself() throws {
        let workshop = try Self.shop()
        #expect(try Self.terms(workshop, "--finish powder-coat").hasPrefix("material,"))
        try workshop.demand("laseros project attach last 0002-Bracket-MS-5mm-x10.dxf --kind other")
        try workshop.demand("laseros project part edit last 1 --drawing 0002-Bracket-MS-5mm-x10.dxf --thickness 8")
        #expect(try Self.terms(workshop).hasPrefix("material,"))
    }

    @Test func tooFewArePricedByTheDrawing() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros product edit MAC-LINK --price 11:80")
        let answered = try workshop.run("laseros quote add -c CL-0001 -p last")
        #expect(answered.said.contains("product MAC-LINK has no price for 10"), "\(answered)")
        #expect(try workshop.demand("laseros quote explain last --csv --no-header --fields term").hasPrefix("material\n"))
    }

    /// The drawing of a product does not take the place of another file of its name.
    @Test func itsDrawingIsAttached() throws {
        let workshop = try ExampleShop.copy(), name = "0007-Link-MS-8mm-x12.dxf"
        try workshop.demand("laseros product import-library .")
        try workshop.demand("laseros product edit MAC-LINK --code MAC/LINK")
        try workshop.demand("laseros project add Chain -c CL-0001 --quantity 2")
        try Subprocess.demand(["cp", "\(workshop.work)/\(Self.flange)", "\(workshop.work)/\(name)"])
        try workshop.demand("laseros project attach last \(name) --kind other")
        try workshop.demand("laseros project part add last --product MAC/LINK")
        let files = "laseros project part list last --csv --no-header --fields title,ordered,file"
        #expect(try workshop.demand(files) == "Link,2,MAC-LINK \(name)\n")
        try workshop.demand("laseros project part add last Other --product MAC/LINK --quantity 5 --drawing \(name)")
        #expect(try workshop.demand(files) == "Link,2,MAC-LINK \(name)\nOther,5,\(name)\n")
        try workshop.demand("laseros undo")
        try workshop.demand("laseros undo")
        #expect(try workshop.demand("laseros project files last --csv --no-header --fields name") == "\(name)\n")
    }
}
