import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Operations, their prices, and what became of the finishes of earlier shops.
@Suite struct OperationTests {
    private static let quote = "quote add -c CL-0001 -m MS -t 4 --quantity 4"

    /// A plate of 100 x 50 mm with a hole, 340 mm to cut, and two bend lines.
    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "machine add F 'Fibre laser' --rate 600",
            "preset add 'MS 4' -m MS -t 4 --speed 1700", "price add material-kg MS 30 --from 2026-01-01", "client add Karoo",
            "operation add coat 'powder coated' --outside yes --charge m2", "price add operation coat 150 --from 2026-01-01",
        ] { try workshop.demand("laseros \(line)") }
        let outlines = [[(0, 0), (100, 0), (100, 50), (0, 50)], [(20, 20), (30, 20), (30, 30), (20, 30)]]
        let plate = DrawnLines.dxf(outlines)
        try File.write([UInt8](plate.utf8), to: "\(workshop.work)/plate.dxf")
        let bend = { (x: Int) in "0\nLINE\n8\nBEND\n10\n\(x)\n20\n0\n11\n\(x)\n21\n50\n" }
        let end = "0\nENDSEC\n0\nEOF\n", bent = plate.dropLast(end.count) + bend(60) + bend(80) + end
        try File.write([UInt8](bent.utf8), to: "\(workshop.work)/bent.dxf")
        return workshop
    }

    private static func finish(_ workshop: Workshop, _ words: String) throws -> String {
        try workshop.demand("laseros \(quote) \(words)")
        let terms = try workshop.demand("laseros quote explain last --csv --no-header --fields term,basis,amount")
        return terms.split(separator: "\n").first { $0.hasPrefix("finish ") }.map(String.init) ?? terms
    }

    /// A price for an operation that the shop has not adds it, and says so once.
    @Test func aPriceSaysThatItAddsAnOperation() throws {
        let workshop = try Self.shop()
        func added(_ words: String) throws -> [String] {
            try workshop.run("laseros price \(words)").said.split(separator: "\n").map(String.init)
        }
        #expect(try added("add finishing nosuch 10") == ["operation nosuch added"])
        #expect(try added("add finishing nosuch 12 --from tomorrow") == [])
        #expect(try added("add finishing 'powder coated' 12") == [])
        #expect(try added("edit last --key 'Matt, wet'") == ["operation matt-wet added"])
        let rows = Array("price add finishing one 1\nprice add finishing two 2\nprice add finishing one 3 --from tomorrow\n".utf8)
        #expect(try workshop.run(["batch", "-"], input: rows).said == "operation one added\noperation two added\n")
    }

    /// 4 x 0.005 m2 at 150 are 3.00; 4 x 0.34 m are 204.00; 4 pieces are 600.00; 4 x 2 bends are 1200.00.
    @Test(arguments: [
        ("m2", "(100 x 50 mm) at ", "3.00"), ("metre", "340 mm at ", "204.00"), ("piece", "", "600.00"), ("bend", "2 bends at ", "1200.00"),
    ])
    func chargesByItsUnit(_ unit: String, _ count: String, _ amount: String) throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros operation edit coat --charge \(unit)")
        let term = try Self.finish(workshop, "--finish coat bent.dxf")
        #expect(term == "finish powder coated,4 x \(count)150.00 (PR-0002),\(amount)")
    }

    @Test func bendsMustBeKnown() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros operation edit coat --charge bend")
        let refused = try workshop.run("laseros \(Self.quote) --finish coat plate.dxf")
        #expect(refused.code == 4 && refused.said.contains("is charged by the bend, and the drawing has no bend lines"), "\(refused)")
    }

    /// The word in a file's name, the code and the name mean the same operation, and paper has the name.
    @Test(arguments: ["coat", "COAT", "'Powder Coated'"])
    func aFinishIsAnOperation(_ word: String) throws {
        let workshop = try Self.shop()
        try Subprocess.demand(["mv", "\(workshop.work)/plate.dxf", "\(workshop.work)/plate-powder coated.dxf"])
        #expect(try Self.finish(workshop, "--finish \(word) 'plate-powder coated.dxf'").hasPrefix("finish powder coated,"))
        #expect(try workshop.demand("laseros quote line list last --csv --no-header --fields finish") == "powder coated\n")
    }

    /// A new code goes to its prices, one with prices stays, and an undo takes both back.
    @Test func pricesFollowTheirOperation() throws {
        let workshop = try Self.shop(), state = try ShopState(workshop)
        try workshop.demand("laseros operation edit coat --code powder")
        #expect(try workshop.demand("laseros price show PR-0002 --csv --no-header --fields kind,key") == "finishing,powder\n")
        let refused = try workshop.run("laseros operation remove powder")
        #expect(refused.code == 4 && refused.said.contains("it still has 1 price: PR-0002"), "\(refused)")
        try workshop.demand("laseros undo")
        #expect(try ShopState(workshop) == state)
        try workshop.demand("laseros price remove PR-0002")
        try workshop.demand("laseros operation remove coat")
    }

    @Test(arguments: ["show", "remove", "edit --notes x", "edit --code c"])
    func cuttingIsBuiltIn(_ verb: String) throws {
        let workshop = try Self.shop(), words = verb.split(separator: " ").map(String.init)
        // No guess takes its place.
        try workshop.demand("laseros operation add lc 'laser cut'")
        let answered = try workshop.run(["operation", words[0], "cut"] + words.dropFirst())
        #expect(answered.code == 4 && answered.said.contains("cut is built in"), "\(answered)")
        for line in ["operation add cut x", "operation edit coat --code CUT", "price add operation cut 5"] {
            #expect(try workshop.run("laseros \(line)").code == 4)
        }
    }

    /// A price for an unknown word adds its operation within the same change; a word without a letter of ASCII is refused.
    @Test func aPriceAddsItsOperation() throws {
        let workshop = try Self.shop(), state = try ShopState(workshop)
        try workshop.demand("laseros price add finishing 'Über zug (matt)' 12.50")
        #expect(
            try workshop.demand("laseros operation show last --csv --no-header --fields code,name,charge")
                == "uber-zug-matt,Über zug (matt),piece\n")
        try workshop.demand("laseros undo")
        #expect(try ShopState(workshop) == state)
        #expect(try workshop.run("laseros price add operation Полировка 5").code == 4)
    }

    /// The finishes of a shop of version 2, with dates, odd names and a spelling in another case.
    @Test func finishesBecomeOperations() throws {
        let data = try Shop.tables(madeBy: [Shop.step(0), Shop.step(1)])
        let rows = [
            ("powder", "2026-01-01", 5), ("POWDER", "2026-07-01", 6), ("matt & grün", "2026-02-01", 7), ("cut", "2026-02-01", 8),
            ("last", "2026-02-01", 9),
        ]
        for (i, (key, from, amount)) in rows.enumerated() {
            try data.run(
                """
                INSERT INTO price (code, kind, key, amount_micros, valid_from)
                VALUES (\("PR-\(i)"), 'finishing', \(key), \(amount), \(from))
                """)
        }
        try data.run("INSERT INTO price (code, kind, key, amount_micros, valid_from) VALUES ('PR-9', 'gas', 'air', 1, '2026-01-01')")
        try data.script(Shop.step(2))
        let operations = try data.all("SELECT code, name, charge FROM operation ORDER BY id") {
            "\($0.text(0)),\($0.text(1)),\($0.text(2))"
        }
        #expect(operations == ["powder,powder,piece", "finish-3,matt & grün,piece", "finish-4,cut,piece", "finish-5,last,piece"])
        let prices = try data.all("SELECT kind, key, valid_from, amount_micros FROM price ORDER BY id") {
            "\($0.text(0)),\($0.text(1)),\($0.text(2)),\($0.int(3))"
        }
        #expect(
            prices == [
                "finishing,powder,2026-01-01,5", "finishing,POWDER,2026-07-01,6", "finishing,finish-3,2026-02-01,7",
                "finishing,finish-4,2026-02-01,8", "finishing,finish-5,2026-02-01,9", "gas,air,2026-01-01,1",
            ])
    }
}
