import Testing
import Values

@testable import Commands

/// Assigned codes, next to codes from elsewhere.
@Suite struct NumberingTests {
    /// A code that was typed is skipped, in any series.
    @Test(arguments: ["quote edit QT-2026-0004 --code", "invoice edit DI-0002 --code"])
    func aTakenCodeIsPassedOver(_ edit: String) throws {
        let workshop = try ExampleShop.copy()
        let (taken, add) =
            edit.hasPrefix("quote")
            ? ("QT-2026-0005", "quote add --client CL-0001 0002-Bracket-MS-5mm-x10.dxf") : ("DI-0003", "invoice add QT-2026-0002")
        try workshop.demand("laseros \(edit) \(taken)")
        try workshop.demand("laseros \(add)")
        let noun = edit.hasPrefix("quote") ? "quote" : "invoice", next = edit.hasPrefix("quote") ? "QT-2026-0006" : "DI-0004"
        #expect(try workshop.demand("laseros \(noun) show last --csv --no-header --fields code") == next + "\n")
    }

    /// A number that was undone is not assigned again, because a customer may have a document with it.
    @Test func numbersDoNotGoBack() throws {
        let workshop = try ExampleShop.copy()
        for line in ["client add Karoo", "undo", "client add Breede"] { try workshop.demand("laseros \(line)") }
        #expect(try workshop.demand("laseros client list --csv --no-header --fields code,name --search breede") == "CL-0006,Breede\n")
    }

    /// The year changes at midnight in the shop's time zone, two hours before Greenwich.
    @Test(arguments: [("2026-12-31T21:59:59Z", "INV-2026-0002"), ("2026-12-31T22:00:00Z", "INV-2027-0001")])
    func invoicesAreNumberedByTheYear(_ moment: String, _ number: String) throws {
        let workshop = try ExampleShop.copy()
        #expect(try workshop.run(["invoice", "issue", "DI-0002"], at: moment).code == 0)
        #expect(try workshop.demand("laseros invoice show last --csv --no-header --fields code") == number + "\n")
    }

    @Test(arguments: ["code,name,client", "name,client,code"])
    func projectsFollowWhatWasImported(_ columns: String) throws {
        let workshop = try ExampleShop.copy()
        let row = columns.hasPrefix("code") ? "jb-2026-08-cl0004-041,Gate,CL-0004" : "Gate,CL-0004,JB-2026-08-CL0004-041"
        let answered = try workshop.run(["project", "import", "-"], input: Array("\(columns)\n\(row)\n".utf8))
        #expect(answered.code == 0, "\(answered.said)")
        #expect(try workshop.demand("laseros project add Fence --client CL-0004") == "project JB-2026-08-CL0004-042 added\n")
    }
}
