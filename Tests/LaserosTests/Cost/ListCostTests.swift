import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// The cost of a list depends on the rows that it prints, not on the size of the shop. It is measured in steps of SQLite's virtual machine.
@Suite(.serialized) struct ListCostTests {
    private static let few = Result { try ExampleShop.copy() }
    /// A shop with a thousand times as many records, all of which are finished.
    private static let over = Result { try many(isOver: true) }
    /// The same with live records.
    private static let live = Result { try many(isOver: false) }

    private static func many(isOver: Bool) throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.multiply(by: 1000)
        let change =
            """
            UPDATE project SET status = 'completed' WHERE id > 1000; UPDATE quote SET status = 'rejected' WHERE id > 1000;
            DELETE FROM invoice WHERE id > 1000 AND number IS NULL; UPDATE aux_invoice SET paid_cents = total_cents WHERE invoice_id > 1000;
            """
        try workshop.tamper(
            """
            DROP TRIGGER quote_invoiced; DELETE FROM setting WHERE id > 1000;
            UPDATE aux_invoice SET number = (SELECT number FROM invoice WHERE id = invoice_id);
            \(isOver ? change : "")
            """)
        return workshop
    }

    private static func steps(_ line: String, in workshop: Workshop) throws -> (steps: Int, out: String) {
        var out = ""
        let steps = try SQLWatch.steps(of: workshop) { out = try workshop.demand("laseros \(line) --csv") }
        return (steps, out)
    }

    @Test(arguments: [
        "project list", "project list --sort -code", "project list @open", "quote list", "quote list --sort -code",
        "quote list --status sent", "quote list @open", "invoice list", "invoice list --sort -code", "invoice list @open",
        "invoice list --status overdue", "invoice list --limit 1 --offset 1",
    ])
    func listsDoNotReadClosedRecords(_ line: String) throws {
        let few = try Self.steps(line, in: Self.few.get()), many = try Self.steps(line, in: Self.over.get())
        #expect(many.out == few.out)
        #expect(many.steps <= few.steps + 100, "\(line): \(few.steps) steps, and \(many.steps)")
    }

    @Test(arguments: [
        "client list", "project list", "project list --all", "project list --sort -due", "quote list", "quote list --status accepted",
        "invoice list",
        "invoice list --sort -code", "invoice list --all",
    ])
    func aPageIsNotSorted(_ line: String) throws {
        let few = try Self.steps(line + " --limit 1", in: Self.few.get()), many = try Self.steps(line + " --limit 1", in: Self.live.get())
        #expect(!few.out.isEmpty && many.steps <= few.steps + 100, "\(line): \(few.steps) steps, and \(many.steps)")
    }

    /// If nearly all records are finished, a page of them is found by reading the list in order.
    @Test(arguments: [
        "project list --status completed", "quote list --status rejected", "invoice list --status paid", "project list --priority normal",
    ])
    func aPageOfWhatIsOverIsNotSorted(_ line: String) throws {
        let page = try Self.steps(line + " --limit 1", in: Self.over.get())
        #expect(page.out.split(separator: "\n").count == 2 && page.steps < 1000, "\(line): \(page.steps) steps")
    }
}
