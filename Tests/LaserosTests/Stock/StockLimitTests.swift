import Testing

/// What is refused of stock, and whose lots are taken.
@Suite struct StockLimitTests {
    /// What could not be read back is not stored, and nothing overflows.
    @Test(arguments: [
        ["inv receive MS-3 999999999999 --cost 999999999"], ["inv receive MS-3 999999999999", "inv receive MS-3 999999999999"],
        ["inv use MS-3 999999999999", "inv use MS-3 999999999999"],
        ["inv receive MS-3 999999999999 --lot", "inv receive MS-3 999999999999 --lot"],
        ["inv receive MS-3 9000 --cost 999999999 --lot", "inv receive MS-3 9000 --cost 999999999 --lot"],
        ["inv reserve hinges MS-3:999999999999", "inv reserve gates MS-3:999999999999"],
        ["purchase add SU-0001 MS-3:999999999999", "purchase place last", "purchase add SU-0001 MS-3:999999999999", "purchase place last"],
    ])
    func figuresStayReadable(_ lines: [String]) throws {
        let workshop = try StockTests.shop()
        try workshop.demand("laseros project add Gates --client CL-0001")
        for line in lines.dropLast() { try workshop.demand("laseros \(line)") }
        let state = try ShopState(workshop), last = try workshop.run("laseros \(lines[lines.count - 1])")
        #expect(last.code == 4 && last.said.contains("too"), "\(last)")
        #expect(try ShopState(workshop) == state)
        for list in ["inv list", "inv value", "lot list"] { try workshop.demand("laseros \(list)") }
    }

    /// The lot that is reserved by name is the one that is used.
    @Test func aReservedLotIsUsedFirst() throws {
        let workshop = try StockTests.shop()
        for line in [
            "inv receive MS-3 5", "inv receive MS-3 4 --lot", "inv receive MS-3 4 --lot", "inv reserve hinges LOT-0002:3 MS-3:1",
        ] { try workshop.demand("laseros \(line)") }
        #expect(try workshop.run("laseros inv use MS-3 5 --project hinges").said.contains("4 of LOT-0002, 1 without a lot"))
        #expect(try workshop.demand("laseros inv show MS-3 --fields reserved").contains("0"))
        #expect(try workshop.run("laseros inv use MS-3 5").said.contains("4 without a lot, 1 of LOT-0001"))
    }

    /// An undo leaves no lot that held less than nothing on some day, and no remnant twice.
    @Test func anUndoLeavesNoLotShort() throws {
        let workshop = try StockTests.shop()
        for line in [
            "inv receive MS-3 5 --lot --on 2026-08-01", "inv adjust LOT-0001 +5 --on 2026-08-02", "inv use LOT-0001 8 --on 2026-08-03",
            "inv adjust LOT-0001 +5 --on 2026-08-04", "inv remnant add 600x400 --from MS-3", "inv remnant use RE-0001",
            "inv return RE-0001 1",
        ] { try workshop.demand("laseros \(line)") }
        let state = try ShopState(workshop), last = try workshop.lastEntry()
        let short = try workshop.run("laseros undo \(last - 5)"), twice = try workshop.run("laseros undo \(last - 1)")
        #expect(short.code == 4 && short.said.contains("lot LOT-0001 would have held -3 on 2026-08-03"), "\(short)")
        #expect(twice.code == 4 && twice.said.contains("remnant RE-0001 is one piece, not 2"), "\(twice)")
        #expect(try ShopState(workshop) == state)
    }
}
