import Testing
import Values

@testable import Commands
@testable import Shop

/// The persons that documents are addressed to, and a client's own terms.
@Suite struct ClientTermsTests {
    private static let line = "laseros quote add --client CL-0001 -m MS -t 5 0002-Bracket-MS-5mm-x10.dxf"

    private static func attention(_ workshop: Workshop, _ noun: String) throws -> String {
        let shown = try workshop.demand("laseros \(noun) show last --csv --no-header --fields attention")
        return String(shown.dropLast())
    }

    private static func words(_ workshop: Workshop, _ noun: String) throws -> String {
        try workshop.demand("laseros \(noun) pdf last -o paper.pdf")
        return try Subprocess.run(["pdftotext", "-layout", "\(workshop.work)/paper.pdf", "-"], in: "/").out
    }

    /// The contact that is named, else the one with the word in its role, else the client's own; a paper keeps the person.
    @Test func documentsAreAddressed() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client edit CL-0001 --contact 'Anna Botha'")
        try workshop.demand(Self.line)
        #expect(try Self.attention(workshop, "quote") == "Anna Botha")
        try workshop.demand("laseros contact add 'Ben Orders' --client CL-0001 --role 'Buyer , Orders'")
        let ben = try workshop.demand("laseros contact list --codes --search Orders").dropLast()
        try workshop.demand("laseros contact add 'Cleo Pays' --client CL-0001 --role invoices")
        try workshop.demand("laseros contact add 'Other' --client CL-0002 --role orders")
        #expect(try Self.attention(workshop, "quote") == "Ben Orders")
        #expect(try Self.words(workshop, "quote").contains("Attention: Ben Orders"))
        #expect(try workshop.run("laseros quote edit last --to Other").code == 4)
        #expect(try workshop.run(Self.line + " --to Other").said.contains("is of client CL-0002"))
        try workshop.demand("laseros quote edit last --to 'Cleo Pays'")
        #expect(try Self.attention(workshop, "quote") == "Cleo Pays")
        #expect(try workshop.run("laseros contact edit 'Cleo Pays' --client CL-0002").code == 4)
        try workshop.demand("laseros quote edit last --to ''")
        try workshop.demand("laseros quote send last")
        try workshop.demand("laseros contact edit \(ben) --name Gone")
        #expect(try Self.attention(workshop, "quote") == "Ben Orders")
        #expect(try Self.words(workshop, "quote").contains("Attention: Ben Orders"))
        #expect(try workshop.run("laseros quote edit last --to 'Cleo Pays'").code == 4)
        try workshop.demand("laseros quote accept last")
        let quote = try workshop.demand("laseros quote list --codes --sort -day --limit 1").dropLast()
        try workshop.demand("laseros invoice add \(quote)")
        #expect(try Self.attention(workshop, "invoice") == "Cleo Pays")
        try workshop.demand("laseros invoice edit last --to Gone")
        #expect(try Self.words(workshop, "invoice").contains("Attention: Gone"))
        #expect(try workshop.run("laseros invoice edit last --to Other").code == 4)
        try workshop.demand("laseros invoice issue last")
        #expect(try workshop.run("laseros invoice edit last --to 'Cleo Pays'").code == 4)
        #expect(try Self.attention(workshop, "invoice") == "Gone")
    }

    /// A client's own days come before the shop's, and the day of an invoice before both.
    @Test func dueDays() throws {
        let workshop = try ExampleShop.copy()
        func due(_ words: String) throws -> String {
            try workshop.demand(Self.line)
            try workshop.demand("laseros quote send last")
            try workshop.demand("laseros quote accept last")
            let quote = try workshop.reading { try $0.one("SELECT code FROM quote ORDER BY id DESC") { $0.text(0) } } ?? ""
            try workshop.demand("laseros invoice add \(quote) \(words)")
            try workshop.demand("laseros invoice issue last")
            return String(try workshop.demand("laseros invoice show last --csv --no-header --fields due").dropLast())
        }
        #expect(try due("") == "2026-09-22")
        try workshop.demand("laseros client edit CL-0001 --due-days 7")
        #expect(try due("") == "2026-08-30")
        #expect(try due("--due 2026-09-01") == "2026-09-01")
        try workshop.demand("laseros client edit CL-0001 --due-days 0")
        #expect(try due("") == "2026-08-23")
        #expect(try workshop.run("laseros client edit CL-0001 --due-days -1").code == 4)
    }

    /// The discount is a term of its own, half a cent away from zero, and a line costs the minimum at least.
    @Test(arguments: [("5", 5.0), ("2.5", 2.5), ("12.34", 12.34), ("100", 100), ("0", 0)])
    func discount(_ typed: String, _ percent: Double) throws {
        let workshop = try ExampleShop.copy()
        func terms() throws -> [(name: String, cents: Int)] {
            try workshop.demand(Self.line)
            return try workshop.reading { data in
                try data.all(
                    "SELECT quote_term.name, amount_cents FROM quote_term WHERE line_id = (SELECT max(id) FROM quote_line) ORDER BY position"
                ) { ($0.text(0), $0.int(1)) }
            }
        }
        try workshop.demand("laseros config set price_minimum 0")
        let full = try terms(), price = full.reduce(0) { $0 + $1.cents }
        try workshop.demand("laseros client edit CL-0001 --discount \(typed)%")
        let less = try terms(), off = Int((Double(price) * percent / 100).rounded())
        #expect(less.reduce(0) { $0 + $1.cents } == price - off)
        #expect(less.filter { $0.name == "discount" }.map(\.cents) == (percent == 0 ? [] : [-off]))
        try workshop.demand("laseros config set price_minimum 9000")
        #expect(try terms().reduce(0) { $0 + $1.cents } == 900_000)
        #expect(try workshop.demand("laseros quote explain last").contains("the client's") == (percent != 0))
    }
}
