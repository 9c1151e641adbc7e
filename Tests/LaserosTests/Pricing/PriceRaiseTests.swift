import Testing
import Values

@testable import Shop
@testable import Commands

/// Prices are raised exactly, and only from their day on.
@Suite struct PriceRaiseTests {
    @Test(arguments: [
        ("5%", "32.50", nil, "34.13"), ("+5%", "32.50", nil, "34.13"), ("-3%", "32.50", nil, "31.53"), ("5%", "0.0125", nil, "0.013125"),
        ("5%", "0.05", nil, "0.05"), ("12.50", "100.00", nil, "112.50"), ("0.005", "1.00", nil, "1.005"), ("-1", "1.00", nil, "0.00"),
        ("5%", "32.50", "0.05", "34.15"), ("5%", "32.50", "0.10", "34.10"), ("-5%", "32.50", "1", "31.00"), ("1%", "0.50", nil, "0.51"),
        ("33.33%", "0.000003", nil, "0.000004"), ("50%", "0.000001", nil, "0.000002"), ("0.025", "0.10", "0.05", "0.15"),
        ("-1.01", "1.00", nil, nil),
        ("-100.01%", "1.00", nil, nil), ("900%", "999999999.00", nil, nil),
    ])
    func half(_ by: String, _ price: String, _ step: String?, _ after: String?) throws {
        let raise = try #require(Raise(reading: by)), price = try #require(Rate(reading: price))
        #expect(raise.raised(price, to: step.flatMap(Rate.init(reading:)))?.description == after)
    }

    @Test(arguments: ["0%", "0", "x", "5 percent", "%", "1.234%", ""])
    func otherTextsAreNoRaise(_ text: String) { #expect(Raise(reading: text) == nil) }

    private static func raise(_ workshop: Workshop, _ words: String) throws -> [String] {
        let text = try workshop.demand("laseros price raise \(words) --csv --no-header --fields key,before,after,replaces")
        return text.split(separator: "\n").map(String.init)
    }

    /// A quote takes the price of its day.
    @Test func theOldPriceStaysUntilTheDay() throws {
        let workshop = try ExampleShop.copy()
        #expect(try Self.raise(workshop, "--kind material-kg --key MS --by 10% --from tomorrow") == ["MS,32.50,35.75,PR-0001"])
        func material(_ clock: String) throws -> String {
            let words = ["quote", "add", "-c", "CL-0001", "0001-Flange-MS-10mm-x4.dxf"]
            #expect(try workshop.run(words, at: clock).code == 0)
            return try workshop.demand("laseros quote explain last --csv --no-header --fields basis").split(separator: "\n").first.map(
                String.init) ?? ""
        }
        #expect(try material(Workshop.clock).hasSuffix("at 32.50 (PR-0001)"))
        #expect(try material("2026-08-24T08:00:00Z").hasSuffix("at 35.75 (PR-0007)"))
    }

    /// Of several prices for one thing only that of the day is raised, with its supplier.
    @Test func onlyWhatIsValidIsRaised() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros price add material-kg MS 30 --from 2026-05-01 --supplier 'Bay Steel'")
        try workshop.demand("laseros price add material-kg MS 40 --from 2027-01-01")
        let raised = try workshop.run(
            "laseros price raise --kind material-kg --supplier 'bay steel' --by 5% --from 2026-10-01 --csv --no-header --fields code,before,after"
        )
        #expect(raised.out == "PR-0009,30.00,31.50\n" && raised.said == "PR-0008 comes later and is not raised\n", "\(raised)")
        #expect(try workshop.demand("laseros price show PR-0009").contains("Bay Steel"))
        #expect(try Self.raise(workshop, "--kind material-kg --by 5% --from 2027-01-01") == ["SS,78.50,82.43,PR-0002"])
        #expect(try Self.raise(workshop, "--kind material-kg --by 5% --from 2027-01-01") == [])
    }

    @Test func whatWouldBeNegativeRefusesAll() throws {
        let workshop = try ExampleShop.copy(), state = try ShopState(workshop)
        let answered = try workshop.run("laseros price raise --kind material-kg --by=-40 --from tomorrow")
        #expect(answered.code == 4 && answered.said.contains("PR-0001 (32.50)") && !answered.said.contains("PR-0002"), "\(answered)")
        #expect(try workshop.run("laseros price raise --kind finishing --key nosuch --by 5% --from tomorrow").code == 3)
        #expect(try ShopState(workshop) == state)
    }

    /// Besides those that add the prices, and those of the session that reads them back, there are as many statements for any number.
    @Test func asManyStatementsAtAnySize() throws {
        func statements(_ count: Int) throws -> [String] {
            let workshop = try Workshop()
            let rows = (1...count).map { "material-sheet,MS,\($0),2500x1250,1000,2026-01-01\n" }.joined()
            try workshop.demand("laseros material add MS Steel --density 7.85")
            let added = try workshop.run(["price", "import", "-"], input: Array(("kind,key,thickness_mm,size,amount,from\n" + rows).utf8))
            #expect(added.code == 0, "\(added)")
            return try SQLWatch.statements(of: workshop) {
                try workshop.demand("laseros price raise --kind material-sheet --by 5% --from tomorrow")
            }.filter { !$0.hasPrefix("INSERT INTO price") && !$0.contains("FROM \"main\".") && !$0.contains("aux_search") }
        }
        // The search index reads a few rows one by one.
        #expect(try statements(100).count == statements(300).count)
    }

    @Test func productsAreRaisedInPlace() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros product raise --all-matching --category brackets --by 5%")
        #expect(try workshop.demand("laseros product list --codes --category brackets") == "BRK-80\n")
        #expect(try workshop.demand("laseros product price list BRK-80 --csv --no-header") == "1,15.75\n10,13.13\n")
        #expect(try workshop.run("laseros product raise BRK-80 --by=-14").code == 4)
        #expect(try workshop.demand("laseros product price list BRK-80 --csv --no-header") == "1,15.75\n10,13.13\n")
    }
}
