import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Sums that triggers keep: the migrations match the declarations, and the sums are right after any change and undo.
@Suite struct RunningSumTests {
    static let declared = nouns.compactMap { noun in noun.sums.map { (noun.name, $0) } }

    private static func words(_ sql: String) -> String { sql.split { $0 == " " || $0 == "\n" }.joined(separator: " ") }

    @Test(arguments: declared)
    func theSchemaHoldsWhatIsDeclared(_ noun: String, _ sums: RunningSums) throws {
        try Workshop().reading { data in
            let made = try data.all("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL") { Self.words($0.text(0)) }
            for trigger in sums.triggers(of: noun) { #expect(made.contains(Self.words(trigger)), "a migration has to make:\n\(trigger);") }
            let table = made.first { $0.hasPrefix("CREATE TABLE aux_\(noun) ") } ?? ""
            for column in ["\(noun)_id INTEGER PRIMARY KEY"] + sums.columns {
                #expect(table.contains(column), "aux_\(noun) has to have: \(column)")
            }
            let columns = try data.all("SELECT name FROM pragma_table_xinfo(\("aux_\(noun)"))") { $0.text(0) }
            #expect(Set(columns) == Set(["\(noun)_id"] + sums.copies + sums.sums.map(\.column) + sums.generated.map(\.column)))
        }
    }

    /// Every stored sum is declared. The ranks of the queue are no sums; `Shop.findWrongRanks` works them out.
    @Test func allAreDeclared() throws {
        let triggers = Self.declared.flatMap { noun, sums in sums.triggers(of: noun).map(Self.words) }
        try Workshop().reading { data in
            let kept = try data.all(
                "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '% aux_%' AND name NOT LIKE 'aux_queue_%'"
            ) {
                Self.words($0.text(0))
            }
            #expect(!kept.isEmpty && Set(kept).isSubset(of: triggers))
        }
    }

    /// For a noun whose rows all have sums, an undo may restore its rows and the ledger's in any order.
    @Test func aRowHasItsSumsFromTheBeginning() throws {
        var sums = RunningSums(RunningSum("total_cents", of: "purchase_line", check: ("purchase_total", "total_cents >= 0")))
        sums.copies = ["code"]
        let data = try Database(":memory:", .creating)
        try data.script(
            """
            CREATE TABLE purchase (id INTEGER PRIMARY KEY, code TEXT);
            CREATE TABLE purchase_line (id INTEGER PRIMARY KEY, purchase_id, total_cents);
            CREATE TABLE aux_purchase (purchase_id INTEGER PRIMARY KEY, code TEXT, \(sums.columns.joined(separator: ", ")));
            \(sums.triggers(of: "purchase").joined(separator: ";\n"));
            """)
        func kept() throws -> [String] {
            try data.all("SELECT * FROM aux_purchase ORDER BY 1") { "\($0.int(0)) \($0.text(1)) \($0.int(2))" }
        }
        try data.script("INSERT INTO purchase_line VALUES (1, 7, 500); INSERT INTO purchase VALUES (7, 'PO-7'), (8, 'PO-8')")
        #expect(try kept() == ["7 PO-7 500", "8 PO-8 0"])
        try data.script("INSERT INTO purchase_line VALUES (2, 7, 50), (3, 8, 5); UPDATE purchase SET code = 'PO-9' WHERE id = 8")
        #expect(try kept() == ["7 PO-7 550", "8 PO-9 5"])
        try data.script("UPDATE purchase_line SET purchase_id = 8, total_cents = 51 WHERE id = 2; DELETE FROM purchase_line WHERE id = 1")
        #expect(try kept() == ["7 PO-7 0", "8 PO-9 56"])
        #expect(throws: Failure.self) { try data.script("INSERT INTO purchase_line VALUES (4, 7, -1)") }
        try data.script("DELETE FROM purchase WHERE id = 8; DELETE FROM purchase_line WHERE id = 3")
        #expect(try kept() == ["7 PO-7 0"])
    }

    /// An amount is multiplied by its factor; a line without an amount counts as 0.
    @Test func anAmountMayBeMultiplied() throws {
        let sums = RunningSums(RunningSum("total_cents", of: "purchase_line", "price_cents", times: "quantity"))
        let data = try Database(":memory:", .creating)
        try data.script(
            """
            CREATE TABLE purchase (id INTEGER PRIMARY KEY);
            CREATE TABLE purchase_line (id INTEGER PRIMARY KEY, purchase_id, quantity, price_cents);
            CREATE TABLE aux_purchase (purchase_id INTEGER PRIMARY KEY, \(sums.columns.joined(separator: ", ")));
            \(sums.triggers(of: "purchase").joined(separator: ";\n"));
            INSERT INTO purchase VALUES (7);
            """)
        func total() throws -> Int? { try data.one("SELECT total_cents FROM aux_purchase") { $0.int(0) } }
        try data.script("INSERT INTO purchase_line VALUES (1, 7, 4, 1850), (2, 7, 3, NULL)")
        #expect(try total() == 7400)
        try data.script("UPDATE purchase_line SET quantity = 5 WHERE id = 1; UPDATE purchase_line SET price_cents = 10 WHERE id = 2")
        #expect(try total() == 9280)
        try data.script("DELETE FROM purchase_line WHERE id = 1")
        #expect(try total() == 30)
        try data.script("DELETE FROM purchase; INSERT INTO purchase VALUES (7)")
        #expect(try total() == 30, "lines that an undo has brought back first")
    }

    /// A shop with sums: all quotes are accepted and invoiced, and there is one payment.
    private static func shop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        for line in [
            "quote send --all-matching --status draft", "quote accept --all-matching --status sent", "invoice add --all-matching @billable",
            "invoice issue --all-matching --status draft", "invoice pay INV-2026-0001 --amount 1.50",
        ] { _ = try workshop.run("laseros \(line)") }
        return workshop
    }

    /// Whether commands write the rows of the ledger. Those of an `aux_` table follow from others, and a table without a noun has no rows yet.
    private static func canBeChanged(_ sum: RunningSum) -> Bool {
        !sum.ledger.hasPrefix("aux_") && nouns.contains { $0.name == sum.ledger || $0.paths.contains { $0.child.table == sum.ledger } }
    }

    /// Adds, changes and removes rows of the ledger at random, each as an entry, and undoes and redoes entries.
    @Test(arguments: declared, [1, 2, 3])
    func runningSumsAreCorrectAfterRandomChanges(_ declared: (String, RunningSums), _ seed: UInt64) throws {
        let workshop = try Self.shop(), (noun, sums) = declared
        var random = Seeded(seed)
        try withExtendedLifetime(workshop) {
            let shop = try workshop.opened(.writing)
            for sum in sums.sums where Self.canBeChanged(sum) {
                let keys = try shop.data.all("SELECT \(name: "\(noun)_id") FROM \(name: "aux_\(noun)")") { $0.int(0) }
                let rows = try shop.data.one("SELECT count(*) FROM \(name: sum.ledger)") { $0.int(0) } ?? 0
                try #require(keys.count > 1 && rows > 0, "the example shop has no \(noun) with \(sum.rows)")
                var done = 0, undone = 0
                for _ in 0..<120 {
                    guard let step = Self.step(sum, noun, keys, &random, shop) else { continue }
                    // A step that a CHECK or a later change forbids is rolled back completely.
                    guard let entry = try? shop.change(ChangeRequest(words: ["test"]), step).entry else { continue }
                    done += 1
                    if try shop.data.entry(entry)?.undoes != nil { undone += 1 }
                    try Self.demandRight(shop, noun, sum)
                }
                #expect(done > 40 && undone > 10, "\(done) changes, \(undone) of them taken back")
            }
        }
        let faults = try workshop.faults()
        #expect(faults == [])
    }

    /// A change of one ledger row, or an undo of one entry.
    private static func step(
        _ sum: RunningSum, _ noun: String, _ keys: [Int], _ random: inout Seeded, _ shop: Shop
    ) -> (() throws -> ChangeStep<Void>)? {
        let ledger: SQL = "\(name: sum.ledger)", key = sum.key(noun), amount = Int.random(in: -300...900, using: &random)
        let to = keys.randomElement(using: &random)!
        let ids = (try? shop.data.all("SELECT id FROM \(ledger)") { $0.int(0) }) ?? []
        let id = ids.randomElement(using: &random) ?? 0
        /// What depends on the ledger follows, as after an undo.
        func following(_ word: String, _ body: @escaping (Int) throws -> Int) -> () throws -> ChangeStep<Void> {
            {
                let before = try shop.concerned(by: [sum.ledger: id...id]), made = try body(id)
                try shop.settle(before, by: [sum.ledger: made...made])
                return ChangeStep((), word)
            }
        }
        switch Int.random(in: 0..<8, using: &random) {
        case 0...2:
            return following("added") { id in
                let others = try shop.columns(of: sum.ledger).filter { !["id", sum.amount, key].contains($0) }.map { "\(name: $0)" as SQL }
                let rest = others.map { ", " + $0 }.joined("")
                try shop.data.run(
                    """
                    INSERT INTO \(ledger) (\(name: sum.amount), \(name: key)\(rest)) SELECT \(amount), \(to)\(rest) FROM \(ledger)
                    WHERE id = \(id)
                    """)
                return shop.data.lastID
            }
        case 3:
            return following("changed") { id in
                try shop.data.run("UPDATE \(ledger) SET \(name: sum.amount) = \(amount), \(name: key) = \(to) WHERE id = \(id)")
                return id
            }
        case 4 where ids.count > 1:
            return following("removed") { id in
                try shop.data.run("DELETE FROM \(ledger) WHERE id = \(id)")
                return id
            }
        case 5...7:
            let last = (try? shop.data.one("SELECT max(id) FROM journal") { $0.int(0) }) ?? 1
            let number = Int.random(in: max(1, last - 12)...last, using: &random)
            return {
                let entry = try shop.standing(.change, number)
                try shop.takeBack(entry)
                return ChangeStep((), "taken back", kind: .undo, undoes: entry)
            }
        default: return nil
        }
    }

    private static func demandRight(_ shop: Shop, _ noun: String, _ sum: RunningSum) throws {
        let total = SQL(stringLiteral: sum.total(of: noun, "kept.\(noun)_id"))
        let wrong = try shop.data.all(
            "SELECT \(name: "\(noun)_id") FROM \(name: "aux_\(noun)") kept WHERE \(name: sum.column) IS NOT (\(total))"
        ) { $0.int(0) }
        #expect(wrong == [])
    }
}
