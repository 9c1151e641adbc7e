import Testing

/// What is low, and what of it is ordered.
@Suite struct LowStockTests {
    /// What the list says is what the command orders.
    @Test func theListSaysWhatIsOrdered() throws {
        let workshop = try PurchaseTests.shop()
        func toOrder() throws -> String { try workshop.demand("laseros inv low --fields code,to_order,supplier --csv --no-header") }
        // At its level, above its order quantity, and sold in packs; then enough of it in a draft.
        for (level, order, wanted) in [("3", "''", "6"), ("100", "20", "102")] {
            try workshop.demand("laseros inv edit S3 --level \(level) --order \(order)")
            try workshop.demand("laseros inv count S3 3")
            #expect(try toOrder().contains("S3,\(wanted),SU-0001"))
            _ = try PurchaseTests.piped(workshop, "S3")
            #expect(try workshop.demand("laseros purchase line list last --fields quantity --csv --no-header").contains(wanted))
            #expect(try toOrder().contains("S3,,SU-0001"))
            try workshop.demand("laseros purchase remove last")
        }
    }

    /// An item that has become a client's is the shop's again before it comes at a price.
    @Test func whatAClientBringsIsNotBought() throws {
        let workshop = try PurchaseTests.shop()
        for line in ["client add Karoo", "purchase add SU-0001 S3:6", "purchase place last", "inv edit S3 --client CL-0001"] {
            try workshop.demand("laseros \(line)")
        }
        let refused = try workshop.run("laseros purchase receive last --all")
        #expect(refused.code == 4 && refused.said.contains("hint: laseros inv edit S3 --client ''"), "\(refused)")
        try workshop.demand("laseros inv edit S3 --client ''")
        try workshop.demand("laseros purchase receive last --all")
    }
}
