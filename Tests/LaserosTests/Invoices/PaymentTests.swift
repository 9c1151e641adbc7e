import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// A payment belongs to a client, and an allocation assigns it to an invoice; they are added and removed together.
@Suite struct PaymentTests {
    private static func rows(_ workshop: Workshop) throws -> [String] {
        try workshop.reading { data in
            try data.all("SELECT client_id, day, amount_cents FROM payment ORDER BY id") {
                "payment \($0.int(0)) \($0.text(1)) \($0.int(2))"
            }
                + data.all("SELECT payment_id, invoice_id, day, amount_cents FROM allocation ORDER BY id") { row in
                    "allocation \(row.int(0)) \(row.int(1)) \(row.text(2)) \(row.int(3))"
                }
                + data.all("SELECT invoice_id, paid_cents, open FROM aux_invoice ORDER BY 1") {
                    "paid \($0.int(0)) \($0.int(1)) \($0.int(2))"
                }
        }
    }

    @Test func aPaymentIsAllocated() throws {
        let workshop = try ExampleShop.copy(), before = try Self.rows(workshop)
        #expect(before == ["paid 1 0 1"])
        try workshop.demand("laseros invoice pay INV-2026-0001 --amount 100.05 --on 2026-08-20")
        #expect(try Self.rows(workshop) == ["payment 1 2026-08-20 10005", "allocation 1 1 2026-08-20 10005", "paid 1 10005 1"])
        try workshop.demand("laseros undo")
        #expect(try Self.rows(workshop) == before)
        try workshop.demand("laseros redo")
        #expect(try Self.rows(workshop) == ["payment 1 2026-08-20 10005", "allocation 1 1 2026-08-20 10005", "paid 1 10005 1"])
        try workshop.demand("laseros invoice pay INV-2026-0001 --in-full")
        #expect(try Self.rows(workshop).last?.hasSuffix(" 0") == true)
    }

    /// The schema enforces the rules against writes by other programs, too.
    @Test(arguments: [
        (
            "INSERT INTO allocation (payment_id, invoice_id, day, amount_cents) VALUES (1, 2, '2026-08-20', 1)",
            "only an issued invoice can be paid"
        ),
        ("INSERT INTO allocation (payment_id, invoice_id, day, amount_cents) VALUES (1, 1, '2026-08-20', 0)", "an allocation is not 0"),
        ("UPDATE allocation SET amount_cents = 99999999", "more is paid than the invoice asks for"),
        ("UPDATE payment SET amount_cents = 0", "a payment is above 0"),
        ("UPDATE invoice SET notes = 'x' WHERE id = 1", "an issued invoice cannot be changed"),
        ("UPDATE quote_line SET quantity_millis = 0", "a quantity is above 0"),
        ("UPDATE quote_line SET unit_price_per = 0", "a unit price is for"),
    ])
    func theSchemaHolds(_ sql: String, _ sentence: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros invoice pay INV-2026-0001 --amount 1")
        try withExtendedLifetime(workshop) {
            let shop = try Shop(workshop.shop, .writing, clock: Moment(ms: 0), who: "x", nouns: .ofTable)
            let failure = #expect(throws: Failure.self) { try shop.data.run(SQL(stringLiteral: sql)) }
            #expect(failure?.kind == .refused && failure?.message.hasPrefix(sentence) == true, "\(failure?.message ?? "")")
        }
    }
}

/// Uniqueness is checked at the end of a command, so that values can be swapped and the swap undone.
@Suite struct DistinctTests {
    private static func prices(_ workshop: Workshop) throws -> String {
        try workshop.demand("laseros price list --all --csv --fields code,amount,from")
    }

    @Test func pricesSwapTheirDays() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros price add material-kg MS 34 --from 2026-02-01")
        let before = try Self.prices(workshop)
        let swap = "price edit PR-0001 --from 2026-02-01\nprice edit PR-0007 --from 2026-01-01\n"
        let answered = try workshop.run(["batch", "-"], input: Array(swap.utf8))
        #expect(answered.code == 0, "\(answered.said)")
        let after = try Self.prices(workshop)
        #expect(after != before)
        try workshop.demand("laseros undo")
        #expect(try Self.prices(workshop) == before)
        try workshop.demand("laseros redo")
        #expect(try Self.prices(workshop) == after)
    }

    @Test func aPriceIsThereOnce() throws {
        let workshop = try ExampleShop.copy(), before = try Self.prices(workshop)
        for line in [
            "price add material-kg ms 1 --from 2026-01-01",
            "price add material-sheet MS 1 --thickness 3 --size 2500x1250 --from 2026-01-01",
            "price edit PR-0002 --key MS",
        ] {
            let answered = try workshop.run("laseros \(line) --json")
            #expect(answered.code == 4 && answered.said.contains("there is already such a price") && answered.said.contains("E-PRICE-04"))
        }
        let rows = "code,kind,key,amount,from\nPR-0100,gas,air,1,2026-01-01\nPR-0101,gas,AIR,2,2026-01-01\nPR-0102,gas,air,3,2026-01-02\n"
        let answered = try workshop.run(["price", "import", "-"], input: Array(rows.utf8))
        #expect(answered.code == 8 && answered.said.contains("standard input:3: there is already such a price\n"), "\(answered.said)")
        #expect(answered.said.contains("has 1 fault"))
        #expect(try Self.prices(workshop) == before)
        // An undo cannot restore a price that exists again.
        try workshop.demand("laseros price remove PR-0001")
        let entry = try workshop.lastEntry()
        try workshop.demand("laseros price add material-kg MS 99 --from 2026-01-01")
        let undone = try workshop.run("laseros undo \(entry)")
        #expect(
            undone.code == 4 && undone.said.contains("price PR-0001 cannot be undone: there is already such a price"), "\(undone.said)"
        )
    }

    @Test func aFileIsThereOnce() throws {
        let workshop = try ExampleShop.copy(), name = "clients.csv", project = "JB-2026-08-CL0002-002"
        for verb in ["attach", "detach"] { try workshop.demand("laseros project \(verb) \(project) \(name)") }
        let entry = try workshop.lastEntry()
        try workshop.demand("laseros project attach \(project) \(name)")
        let undone = try workshop.run("laseros undo \(entry)")
        #expect(
            undone.code == 4 && undone.said.contains("\(name) cannot be undone: there is already a file with this name"),
            "\(undone.said)")
    }

    @Test func manyTwinsAreToldEach() throws {
        let workshop = try ExampleShop.copy()
        let rows = (1...20).map { "PR-\(2000 + $0),finishing,paint,\($0),2026-01-01" }.joined(separator: "\n")
        let answered = try workshop.run(["price", "import", "-"], input: Array("code,kind,key,amount,from\n\(rows)\n".utf8))
        #expect(answered.code == 8 && answered.said.contains("has 19 faults"), "\(answered.said)")
    }
}
