import Testing
import Values

@testable import Commands
@testable import Shop

/// What runs take of the sheets that are reserved, and what stays reserved.
@Suite struct SheetUseTests {
    private static let job = "JB-2026-08-CL0001-001"

    private static func shop(_ options: String, parts: [String] = [], items: [String]) throws -> Workshop {
        let workshop = try Workshop()
        var lines = ["material add MS 'Mild Steel' --density 7.85", "machine add L1 Laser", "client add Karoo --terms account"]
        for item in items {
            lines += ["inv add \(item) --material MS --size 3000x1500", "inv receive \(item.prefix { $0 != " " }) 20 --cost 1500"]
        }
        lines.append("project add Job -c CL-0001 -m MS \(options)")
        lines += parts.map { "project part add last \($0)" } + ["project offer last --force x", "project approve last"]
        for line in lines { try workshop.demand("laseros \(line)") }
        return workshop
    }

    private static func item(_ workshop: Workshop, _ code: String) throws -> String {
        String(try workshop.demand("laseros inv show \(code) --csv --no-header --fields on_hand,reserved").trimmed)
    }

    @Test func smallFinishesTakeTheirShareOnly() throws {
        let workshop = try Self.shop("-t 3 --quantity 400 --sheets 8", items: ["S3 Sheet --thickness 3"])
        for _ in 1...8 { try workshop.demand("laseros queue finish \(Self.job)/10 1") }
        #expect(try Self.item(workshop, "S3") == "19,7")
        try workshop.demand("laseros queue finish \(Self.job)/10 93")
        #expect(try Self.item(workshop, "S3") == "17,5")
        try workshop.demand("laseros project hold job waiting")
        #expect(try Self.item(workshop, "S3") == "17,0")
        try workshop.demand("laseros project resume job")
        #expect(try Self.item(workshop, "S3") == "17,5")
        try workshop.demand("laseros queue finish \(Self.job)/10")
        #expect(try Self.item(workshop, "S3") == "12,0")
        let scrap = try workshop.run("laseros queue scrap \(Self.job)/10 1 --reason rust")
        let again = try workshop.run("laseros queue finish \(Self.job)/10")
        #expect(again.said.contains("nothing is reserved for what is made again of \(Self.job)/10: --used S3:QTY"), "\(scrap) \(again)")
        #expect(try workshop.faults() == [])
    }

    @Test func correctionsLeaveTheReservationRight() throws {
        let workshop = try Self.shop("-t 8 --quantity 12 --sheets 1", items: ["S8 Sheet --thickness 8"])
        try workshop.demand("laseros queue finish \(Self.job)/10 6")
        try workshop.demand("laseros queue run edit last --used S8:3")
        try workshop.demand("laseros queue run edit last --used S8:1")
        #expect(try Self.item(workshop, "S8") == "19,0")
        try workshop.demand("laseros queue finish \(Self.job)/10")
        #expect(try Self.item(workshop, "S8") == "19,0")
    }

    @Test func entriesTakeTheirOwnItem() throws {
        let parts = ["A --quantity 1 --thickness 1", "B --quantity 1 --thickness 1.2"]
        let workshop = try Self.shop("-t 1 --sheets 2", parts: parts, items: ["S1 Sheet --thickness 1", "S12 Sheet --thickness 1.2"])
        try workshop.demand("laseros inv reserve job S12:3")
        try workshop.demand("laseros queue finish \(Self.job)/10")
        #expect(try Self.item(workshop, "S1") == "18,0")
        #expect(try Self.item(workshop, "S12") == "20,3")
    }
}
