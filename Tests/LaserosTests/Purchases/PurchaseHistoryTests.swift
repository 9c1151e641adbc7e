import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// What becomes of purchases: undo, random steps, lists and papers.
@Suite struct PurchaseHistoryTests {
    /// Each step can be undone and redone, and everything is as it was.
    @Test func everyStepCanBeUndone() throws {
        let workshop = try PurchaseTests.shop(), clean = try ShopState(workshop)
        let steps = [
            "purchase add SU-0001 S3:12 N2:2", "purchase line edit last 1 --quantity 18", "purchase place last",
            "purchase receive last 1:5",
            "purchase edit last --notes x", "purchase receive last 1:20", "purchase cancel last 'no gas'",
        ]
        var states: [[String]] = []
        func state() throws -> [String] {
            [
                try PurchaseTests.item(workshop, "S3"), try PurchaseTests.item(workshop, "N2"),
                try workshop.demand("laseros purchase list --all --csv"),
            ]
        }
        for step in steps {
            states.append(try state())
            try workshop.demand("laseros \(step)")
        }
        let last = try state()
        for wanted in states.reversed() {
            try workshop.demand("laseros undo")
            #expect(try state() == wanted)
            try workshop.demand("laseros log verify")
        }
        #expect(try ShopState(workshop) == clean)
        for _ in steps { try workshop.demand("laseros redo") }
        #expect(try state() == last)
        try workshop.demand("laseros log verify")
    }

    /// A step that another rests on is not undone under it; one that touches something else is.
    @Test func stepsAreUndoneInAnyOrderThatHolds() throws {
        let workshop = try PurchaseTests.shop()
        var entries: [String: Int] = [:]
        for (name, step) in [
            ("add", "add SU-0001 S3:12 N2:2"), ("other", "add SU-0002 N2:4"), ("place", "place PO-2026-0001"),
            ("placeOther", "place PO-2026-0002"),
            ("first", "receive PO-2026-0001 1:5"), ("gas", "receive PO-2026-0002 --all"), ("second", "receive PO-2026-0001 1:7"),
        ] {
            try workshop.demand("laseros purchase \(step)")
            entries[name] = try workshop.lastEntry()
        }
        for name in ["add", "place", "first", "other", "placeOther"] {
            let refused = try workshop.run("laseros undo \(entries[name]!)")
            #expect(refused.code == 4, "\(name): \(refused)")
        }
        try workshop.demand("laseros undo \(entries["gas"]!)")
        #expect(try PurchaseTests.item(workshop, "N2") == "0,6,0.00" && PurchaseTests.item(workshop, "S3") == "12,0,120.07")
        try workshop.demand("laseros undo \(entries["second"]!)")
        #expect(try PurchaseTests.item(workshop, "S3") == "5,7,50.03")
        try workshop.demand("laseros undo \(entries["placeOther"]!)")
        #expect(try PurchaseTests.item(workshop, "N2") == "0,2,0.00")
        try workshop.demand("laseros log verify")
    }

    /// Whatever happens, what is on order is the sum of what the lines still expect, and what is there the sum of the movements.
    @Test func onOrderIsTheSumOfTheLines() throws {
        let workshop = try PurchaseTests.shop()
        var random = Seeded(17)
        for step in 0..<60 {
            let code = "PO-2026-000\(Int.random(in: 1...5, using: &random))", quantity = Int.random(in: 1...9, using: &random)
            let line =
                [
                    "purchase add SU-0001 S3:\(quantity) N2:\(quantity)", "purchase place \(code)",
                    "purchase receive \(code) 1:\(quantity)",
                    "purchase receive \(code) 2:\(quantity)", "purchase receive \(code) --all", "purchase cancel \(code) why", "undo",
                    "redo",
                ].randomElement(using: &random) ?? ""
            let answered = try workshop.run("laseros \(line)").code
            #expect([0, 3, 4].contains(answered), "\(step): \(line)")
            let wrong = try workshop.reading { data in
                try data.all(
                    """
                    SELECT inv_id FROM aux_inv WHERE on_order_millis <> (
                            SELECT coalesce(sum(open_millis), 0) FROM purchase_line WHERE purchase_line.inv_id = aux_inv.inv_id)
                        OR on_order_millis <> (SELECT coalesce(sum(max(0, quantity_millis - (
                            SELECT coalesce(sum(quantity_millis), 0) FROM purchase_receipt WHERE line_id = purchase_line.id))), 0)
                            FROM purchase_line JOIN purchase ON purchase.id = purchase_id
                            WHERE purchase_line.inv_id = aux_inv.inv_id AND status = 'placed')
                        OR on_hand_millis <> (SELECT coalesce(sum(purchase_receipt.quantity_millis), 0) FROM purchase_receipt
                            JOIN purchase_line ON purchase_line.id = line_id WHERE purchase_line.inv_id = aux_inv.inv_id)
                    """
                ) { $0.int(0) }
            }
            #expect(wrong.isEmpty, "\(step): \(line)")
        }
        try workshop.demand("laseros log verify")
    }

    /// Lists find what is open, and what is late by its own day or by that of a line.
    @Test func listsFindWhatIsLate() throws {
        let workshop = try PurchaseTests.shop()
        func codes(_ words: String) throws -> [String] {
            try workshop.demand("laseros purchase list \(words) --codes").split(separator: "\n").map { String($0.suffix(1)) }
        }
        for line in [
            "add SU-0001 S3:6 N2:1 --expected 2026-08-22", "add SU-0001 S3:6 --expected 2026-08-23",
            "add SU-0002 N2:1 --expected 2026-09-01",
            "line edit PO-2026-0003 1 --expected 2026-08-01", "add SU-0002 N2:1 --expected 2026-08-01",
            "place PO-2026-0001 PO-2026-0002 PO-2026-0003",
        ] { try workshop.demand("laseros purchase \(line)") }
        #expect(try codes("@late") == ["1", "3"] && codes("@open") == ["1", "2", "3"] && codes("") == ["1", "2", "3", "4"])
        #expect(try codes("--item S3") == ["1", "2"] && codes("--supplier SU-0002") == ["3", "4"] && codes("--status draft") == ["4"])
        #expect(
            try workshop.demand("laseros supplier show SU-0001 --csv --no-header --fields open_purchases,late_purchases")
                == "\"PO-2026-0001, PO-2026-0002\",PO-2026-0001\n")
        try workshop.demand("laseros purchase receive PO-2026-0001 1")
        #expect(try codes("@late") == ["1", "3"])
        try workshop.demand("laseros purchase receive PO-2026-0001 2")
        #expect(try codes("@late") == ["3"] && codes("--all") == ["1", "2", "3", "4"] && codes("--status received") == ["1"])
    }

    /// The paper of a placed purchase keeps what it said when it was placed.
    @Test func thePaperIsKept() throws {
        let workshop = try PurchaseTests.shop()
        func text() throws -> String {
            try workshop.demand("laseros purchase pdf PO-2026-0001 --output order.pdf")
            return try Subprocess.run(["pdftotext", "-layout", "order.pdf", "-"], in: workshop.work).out
        }
        try workshop.demand("laseros supplier edit SU-0001 --account KLW-7 --terms 'Ours apply.' --address '1 Dock Road|Cape Town'")
        try workshop.demand("laseros config set company_delivery_address 'Gate 4|Worcester'")
        try workshop.demand("laseros purchase add SU-0001 S3:6 GLOVES:2 --expected 2026-09-01")
        let draft = try text()
        #expect(draft.contains("Purchase order") && !draft.contains("Total"), "a price is missing")
        try workshop.demand("laseros purchase line edit last 2 --price 4")
        try workshop.demand("laseros purchase place last")
        let placed = try text()
        for words in [
            "1 Dock Road", "KLW-7", "1 September 2026", "CS-3", "6 sheets", "R 10.005", "R 60.03", "R 78.23", "Gate 4", "Ours apply.",
        ] {
            #expect(placed.contains(words), "\(words): \(placed)")
        }
        try workshop.demand("laseros supplier edit SU-0001 --account X --terms Y --address Z")
        try workshop.demand("laseros config set vat_rate 20")
        #expect(try text() == placed)
    }
}
