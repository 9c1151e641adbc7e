import Testing
import Values

@testable import Commands
@testable import Console
@testable import Shop
@testable import Store

/// What the cards of jobs say.
@Suite struct JobCardTests {
    private static func shop() throws -> Workshop {
        let shop = try Workshop()
        for line in [
            "machine add LASER1 'Fibre laser'", "machine add LASER2 'Old laser'", "material add MS 'Mild Steel' --density 7.85",
            "operation add bend bent", "operation add weld welded --each 2m",
            "inv add SM-3 'Sheet 3 mm' --material MS --thickness 3 --size 3000x1500 --unit sheets --location 'Rack 1'",
            "inv receive SM-3 5 --cost 900", "inv remnant add 800x420 --material MS --thickness 3 --location 'Rack 7' --heat H77",
            "client add Karoo --terms account", "project add Hinges --client CL-0001 --material MS --thickness 3 --sheets 1 --cut-time 40m",
            "project part add hinges Leaf --quantity 4 --operations cut,bend", "project part add hinges Pin --quantity 2",
            "project part add hinges Hinge --quantity 2 --of 1:2,2:1 --operations weld",
        ] { try shop.demand("laseros \(line)") }
        return shop
    }

    private static func queued() throws -> Workshop {
        let shop = try shop()
        for line in ["project offer hinges --force x", "project approve hinges"] { try shop.demand("laseros \(line)") }
        return shop
    }

    /// The lines of the card, without blanks at their ends.
    private static func lines(_ shop: Workshop, _ words: String = "hinges") throws -> [String] {
        let made = try shop.run(["project", "card"] + words.split(separator: " ").map(String.init) + ["-o", "card.pdf"])
        #expect(made.code == 0, "\(made.said)")
        return try Subprocess.run(["pdftotext", "-layout", "card.pdf", "-"], in: shop.work).out.split(separator: "\n").map {
            $0.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }
    }

    private static func code(_ step: Int) -> String { "JB-2026-08-CL0001-001/\(step)" }

    @Test func operationsComeInTheirOrder() throws {
        let shop = try Self.queued(), lines = try Self.lines(shop)
        let titles = lines.drop { $0 != "Operations" }.prefix { $0 != "Parts" }.filter { line in
            ["cut ", "bent ", "welded "].contains { line.hasPrefix($0) }
        }
        #expect(titles == ["cut 6 6 40m 0s", "bent 4 4", "welded 2 2 4m 0s"])
        #expect(lines.contains("after \(Self.code(10)), \(Self.code(20))"))
        #expect(lines.contains("of 2 x part 1, 1 x part 2"))
        #expect(lines.contains("/10 cut: 4 left, /20 bent: 4 left"))
    }

    @Test func whatWasMadeIsNotLeft() throws {
        let shop = try Self.queued()
        for line in ["queue finish \(Self.code(10)) 1:4 2:2", "queue start \(Self.code(20)) --machine LASER1"] {
            try shop.demand("laseros \(line)")
        }
        let lines = try Self.lines(shop)
        #expect(lines.contains("cut 6 0 40m 0s") && lines.contains("running, run RN-0002"))
        // The last operation says what is left.
        #expect(lines.contains("1 Leaf 4 4") && lines.contains("2 Pin 2 0"))
        try Subprocess.demand(["pdftoppm", "-r", "150", "-png", "card.pdf", "card"], in: shop.work)
        let read = try shop.run("zbarimg --nodbus -q --raw card-*.png | sort").out
        #expect(read == "JB-2026-08-CL0001-001\n\(Self.code(20))\n\(Self.code(30))\n")
    }

    /// The preset is that of the run, else the one that the start would take.
    @Test func thePresetIsTheOneThatIsUsed() throws {
        let shop = try Self.queued()
        for line in [
            "preset add 'MS 3 near' --material MS --thickness 3.2 --speed 3000 --gas nitrogen --pressure 11.5 --focus 0.5",
            "preset add 'MS 3 other' --material MS --thickness 3 --machine LASER2 --speed 2500",
            "queue edit \(Self.code(10)) --machine LASER1",
        ] { try shop.demand("laseros \(line)") }
        func preset() throws -> String { try Self.lines(shop).drop { !$0.hasPrefix("preset") }.prefix(2).joined(separator: " ") }
        #expect(try preset() == "preset PS-0001 MS 3 near: 3000 mm/min, nitrogen 11.5 bar, focus +0.5 mm")
        try shop.demand("laseros queue edit \(Self.code(10)) --machine LASER2")
        #expect(try preset().hasPrefix("preset PS-0002 MS 3 other: 2500 mm/min"))
        try shop.demand("laseros queue start \(Self.code(10)) --preset PS-0001")
        #expect(try preset().hasPrefix("preset PS-0001"))
    }

    @Test func reservedStockHasItsPlace() throws {
        let shop = try Self.queued()
        try shop.demand("laseros inv reserve hinges RE-0001")
        let lines = try Self.lines(shop)
        #expect(lines.contains("SM-3 Rack 1 1") && lines.contains("RE-0001 Rack 7 1"))
        #expect(lines.contains("remnant, Mild Steel 3 mm, 800 x 420 mm, heat H77"))
        #expect(lines.contains("Sheet 3 mm, Mild Steel 3 mm, 3000 x 1500 mm"))
    }

    /// The hours of the plan are those of the shop's clock.
    @Test func theKeptPlanIsOnIt() throws {
        let shop = try Self.queued(), data = try Database(shop.data, .writing)
        try data.script(
            """
            INSERT INTO plan_slot (queue_id, position, machine_id, starts_at, ends_at, kept_at) VALUES
                (1, 1, 2, '2026-08-24T06:00:00.000Z', '2026-08-24T07:30:00.000Z', '2026-08-23T08:00:00.000Z'),
                (1, 2, 2, '2026-08-24T21:00:00.000Z', '2026-08-25T06:15:00.000Z', '2026-08-23T08:00:00.000Z')
            """)
        let text = try Self.lines(shop).joined(separator: " ")
        #expect(
            text.contains(
                "planned: 24 August 2026 08:00 to 09:30 on LASER2; 24 August 2026 23:00 to 25 August 2026 08:15 on LASER2"), "\(text)")
    }

    @Test func aCardIsNeededBeforeTheQueue() throws {
        let shop = try Self.shop(), made = try shop.run("laseros project card hinges -o card.pdf")
        #expect(made.said.contains("has no operations to scan") && made.out == "wrote the job card of JB-2026-08-CL0001-001\n")
        let lines = try Self.lines(shop)
        #expect(!lines.contains("Operations") && lines.contains("cut, bent") && lines.contains("welded"))
    }

    @Test func aDrawingThatIsGoneIsTold() throws {
        let shop = try Self.queued()
        try shop.demand("laseros project attach hinges 0002-Bracket-MS-5mm-x10.dxf --part 2")
        #expect(try Self.lines(shop).contains("Mild Steel 3 mm, 120 x 90 mm"))
        try Subprocess.demand(["sh", "-c", "find '\(shop.shop)/files' -type f -exec rm -f {} +"])
        let made = try shop.run("laseros project card hinges -o card.pdf")
        #expect(made.code == 0 && made.said.contains("0002-Bracket-MS-5mm-x10.dxf is not drawn"), "\(made.said)")
    }

    @Test func morePartsNeedNoMoreStatements() throws {
        let shop = try Self.queued()
        func statements() throws -> Int {
            try SQLWatch.statements(of: shop) { try shop.demand("laseros project card hinges -o card.pdf") }.count
        }
        let few = try statements()
        for i in 0..<9 { try shop.demand("laseros project part add hinges 'Part \(i)' --quantity 2 --operations cut,bend") }
        #expect(try statements() == few)
    }

    @Test func pricesAreNotOnIt() throws {
        let shop = try Self.queued()
        try shop.demand("laseros project edit hinges --quoted-price 4711")
        #expect(try !Self.lines(shop).contains { $0.contains("4711") || $0.contains("900") })
    }

    @Test func moreThanAFileHoldsIsRefused() throws {
        let shop = try Self.shop()
        let rows = (1...501).map { "P\($0),Many,CL-0001\n" }.joined()
        try File.write(Array(("code,name,client\n" + rows).utf8), to: "\(shop.work)/many.csv", as: .document)
        try shop.demand("laseros project import many.csv")
        let made = try shop.run("laseros project card --all-matching --where client=CL-0001 -o card.pdf")
        #expect(made.code == 4 && made.said.contains("502 job cards are more than one file holds: 500"), "\(made.said)")
    }
}
