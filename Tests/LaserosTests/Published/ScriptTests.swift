import Testing
import Values

@testable import Console
@testable import Commands

/// The scripts in `examples/` that make many changes at once, add up figures, or are run by make.
@Suite struct ScriptTests {
    private static func demo() throws -> Workshop {
        let workshop = try Workshop()
        try Subprocess.demand(["rm", "-r", workshop.shop])
        try workshop.demand("laseros init --demo")
        return workshop
    }

    @Test func dueDaysMoveAsOneChange() throws {
        let workshop = try Self.demo(), before = try workshop.demand("laseros project list --fields due --csv --no-header")
        try workshop.demand("./move-due.sh 7 --client swartland --dry-run")
        #expect(try workshop.demand("laseros project list --fields due --csv --no-header") == before)
        try workshop.demand("./move-due.sh 7 --client swartland")
        #expect(try workshop.demand("laseros project list --client swartland --fields due --csv --no-header") == "2026-07-31\n2026-09-11\n")
        try workshop.demand("./move-due.sh -7 --client swartland")
        #expect(try workshop.demand("laseros project list --fields due --csv --no-header") == before)
        #expect(try workshop.run("./move-due.sh 1 --priority low") == Answered(out: "", said: "", code: 0))
        #expect(try workshop.run("./move-due.sh soon").code == 2)
        #expect(try workshop.run("./move-due.sh 1 --client nobody").code == 3)
    }

    @Test func salesAddUp() throws {
        let header = "month,invoices,invoiced,paid,owed\n"
        let workshop = try Self.demo()
        let sales = try workshop.demand("./sales.sh 2026")
        #expect(sales == header + "2026-07,2,1505.31,594.00,911.31\n2026-08,1,1652.68,500.00,1152.68\n")
        #expect(try workshop.demand("./sales.sh") == sales)
        #expect(try workshop.demand("./sales.sh 2025") == header)
    }

    @Test func makeReadsWhatIsNew() throws {
        let workshop = try Self.demo(),
            make = "make --no-print-directory -f prices.mk LISTS='supplier-prices.csv clients.csv' -k 2>&1; true"
        let first = try workshop.demand(make)
        #expect(
            first.contains("4 prices read from supplier-prices.csv") && first.contains("clients.csv:1: contact: prices have no such column")
        )
        let second = try workshop.demand(make)
        #expect(!second.contains("supplier-prices.csv") && second.contains("clients.csv:1"), "only what was refused is tried again")
        try workshop.demand("touch -d '+1 minute' supplier-prices.csv")
        #expect(try workshop.demand("make -s -f prices.mk LISTS=supplier-prices.csv").isEmpty, "the same list changes nothing")
    }
}
