import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// Clients that are merged, archived and copied.
@Suite struct ClientMergeTests {
    /// All that refers to a client, by table.
    private static func counts(_ workshop: Workshop, _ code: String) throws -> [String: Int] {
        try workshop.reading { data in
            let keys = try data.all(
                """
                SELECT t.name, k."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
                WHERE t.type = 'table' AND k."table" = 'client'
                """
            ) { ($0.text(0), $0.text(1)) }
            return try Dictionary(
                uniqueKeysWithValues: keys.map { table, column in
                    let count: SQL =
                        "SELECT count(*) FROM \(name: table) WHERE \(name: column) = (SELECT id FROM client WHERE code = \(code))"
                    return (table, try data.one(count) { $0.int(0) } ?? 0)
                })
        }
    }

    /// Everything of the merged client belongs to the other one, issued papers stay, and undo and redo are exact.
    @Test func mergingMovesEverything() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client add Other --notes mine")
        let from = String(try workshop.demand("laseros invoice show INV-2026-0001 --csv --no-header --fields client").dropLast())
        func pdfs() throws -> [[UInt8]] {
            try [("invoice", "INV-2026-0001"), ("quote", "QT-2026-0001")].map { noun, code in
                try workshop.demand("laseros \(noun) pdf \(code) -o paper.pdf")
                return try File.read(workshop.work + "/paper.pdf")
            }
        }
        let before = try ShopState(workshop), counts = try Self.counts(workshop, from), papers = try pdfs()
        for table in ["project", "quote", "invoice", "contact"] { #expect(counts[table] ?? 0 > 0, "\(table)") }
        let into = try #require(try workshop.reading { try $0.one("SELECT code FROM client ORDER BY id DESC") { $0.text(0) } })
        let dry = try workshop.run("laseros client merge \(from) --into \(into) --dry-run")
        #expect(dry.code == 0)
        #expect(try ShopState(workshop) == before)
        try workshop.demand("laseros client merge \(from) --into \(into)")
        var moved = try Self.counts(workshop, into)
        #expect(moved.removeValue(forKey: "client_code") == 1)
        #expect(moved == counts.filter { $0.key != "client_code" })
        #expect(try pdfs() == papers)
        #expect(try workshop.demand("laseros client show \(from.lowercased()) --csv --fields code --no-header") == into + "\n")
        let after = try ShopState(workshop)
        try workshop.demand("laseros log verify")
        try workshop.demand("laseros undo")
        let undone = try ShopState(workshop)
        #expect(undone == before, "\(undone.difference(from: before))")
        try workshop.demand("laseros log verify")
        try workshop.demand("laseros redo")
        let redone = try ShopState(workshop)
        #expect(redone == after, "\(redone.difference(from: after))")
        try workshop.demand("laseros log verify")
    }

    /// The code of a merged client finds the other one wherever a client is named, and no client ever gets it.
    @Test func formerCodes() throws {
        let workshop = try Workshop()
        for name in ["A", "B", "C"] { try workshop.demand("laseros client add \(name)") }
        try workshop.demand("laseros client merge CL-0003 --into CL-0002")
        try workshop.demand("laseros client merge CL-0003 --into CL-0001")
        #expect(
            try workshop.demand("laseros client show CL-0003 --json --fields code,former_codes")
                == "{\"code\": \"CL-0001\", \"former_codes\": [{\"code\": \"CL-0002\"}, {\"code\": \"CL-0003\"}]}\n")
        try workshop.demand("laseros project add Gate --client CL-0002")
        let projects = try workshop.run(["project", "import", "-"], input: Array("name,client\nDoor,cl-0003\n".utf8))
        #expect(projects.code == 0, "\(projects.said)")
        #expect(try workshop.demand("laseros project list --client CL-0002 --csv --no-header --fields client") == "CL-0001\nCL-0001\n")
        for (line, code) in [
            ("laseros client merge CL-0001 --into CL-0002", Int32(4)), ("laseros client edit CL-0001 --name X", 0),
            ("laseros client merge CL-0009 --into CL-0001", 3),
        ] { #expect(try workshop.run(line).code == code, "\(line)") }
        for file in ["code,name\nCL-0002,New\n", "code,name\nCL-0007,D\ncl-0003,New\n"] {
            let answered = try workshop.run(["client", "import", "-"], input: Array(file.utf8))
            #expect(answered.code == 8 && answered.said.contains("was merged into CL-0001"), "\(answered.said)")
        }
        // A shop that takes the export knows the former codes, and gives none of them.
        let other = try Workshop(), export = try workshop.demand("laseros client export")
        #expect(try other.run(["client", "import", "-"], input: Array(export.utf8)).code == 0)
        #expect(try other.demand("laseros client export") == export)
        #expect(try other.demand("laseros client add New") == "client CL-0004 added\n")
        let taken = "code,name,former_codes\nCL-0004,New,\"[{\"\"code\"\": \"\"CL-0001\"\"}]\"\n"
        #expect(try other.run(["client", "import", "-"], input: Array(taken.utf8)).said.contains("CL-0001 is the code of a client"))
        try workshop.demand("laseros undo")
        try workshop.demand("laseros log verify")
    }

    /// Only what the other client lacks is filled in; what differs goes into its notes.
    @Test func fieldsAreFilled() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Karoo --email a@k.example --notes mine")
        try workshop.demand("laseros client add Sings --email b@k.example --phone '021 555 0101' --discount 5 --terms account --notes late")
        let answered = try workshop.run("laseros client merge CL-0002 --into CL-0001")
        #expect(
            answered.said.contains("taken from CL-0002: phone") && answered.said.contains("CL-0002 was on account"), "\(answered)"
        )
        let kept = try workshop.demand("laseros client show CL-0001 --csv --no-header --fields name,email,phone,discount,terms,notes")
        #expect(kept == "Karoo,a@k.example,021 555 0101,,prepaid,\"mine\nlate\nmerged: CL-0002 Sings; email b@k.example; discount 5 %\"\n")
    }

    @Test func archivedClients() throws {
        let workshop = try ExampleShop.copy()
        func listed(_ words: String = "") throws -> Bool {
            try workshop.demand("laseros client list --codes \(words)").contains("CL-0001\n")
        }
        let answered = try workshop.run("laseros client archive CL-0001")
        #expect(answered.said.contains("warning: still with open projects or unpaid invoices: CL-0001"), "\(answered)")
        #expect(try !listed() && listed("--all") && listed("@archived"))
        #expect(try workshop.demand("laseros client archive CL-0001") == "client CL-0001 is unchanged\n")
        for line in ["project add X --client CL-0001", "quote add --client CL-0001 -m MS -t 5 0002-Bracket-MS-5mm-x10.dxf"] {
            let refused = try workshop.run("laseros " + line)
            #expect(refused.code == 4 && refused.said.contains("laseros client unarchive CL-0001"), "\(refused)")
        }
        // History is taken in all the same.
        let import_ = try workshop.run(["project", "import", "-"], input: Array("name,client\nOld,CL-0001\n".utf8))
        #expect(import_.code == 0, "\(import_.said)")
        #expect(try workshop.run("laseros client remove CL-0001").said.contains("hint: laseros client archive CL-0001"))
        #expect(try workshop.demand("laseros client export").contains(",2026-"))
        try workshop.demand("laseros client unarchive CL-0001")
        #expect(try listed())
    }

    /// `show` tells what is open, what is owed, and when something was last done.
    @Test func overview() throws {
        let workshop = try ExampleShop.copy()
        let owed = try workshop.reading {
            try $0.one(
                "SELECT sum(aux_invoice.total_cents - paid_cents) FROM aux_invoice JOIN invoice ON id = invoice_id WHERE client_id = 1"
            ) { $0.int(0) }
        }
        let shown = try workshop.demand(
            "laseros client show CL-0001 --json --fields balance,last_contact_on,open_projects,unpaid_invoices,open_quotes")
        #expect(shown.contains("\"balance\": \(Money(cents: owed ?? 0)),"), "\(shown)")
        #expect(shown.contains("\"last_contact_on\": \"2026-"))
        for (section, count) in [
            ("open_projects", "SELECT count(*) FROM project WHERE client_id = 1 AND status NOT IN ('completed', 'cancelled')"),
            ("open_quotes", "SELECT count(*) FROM quote WHERE client_id = 1 AND status IN ('draft', 'sent')"),
        ] as [(String, SQL)] {
            let wanted = try workshop.reading { try $0.one(count) { $0.int(0) } } ?? 0
            let rows = shown.split(separator: "\"\(section)\": [")[1].split(separator: "]")[0].split(separator: "{\"code\"").count
            #expect(rows == wanted || wanted == 0, "\(section) \(shown)")
        }
        let statements = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros client show CL-0001") }
        #expect(statements.filter { $0.contains("UNION ALL SELECT") }.count == 1)
    }

    /// Files of one name would be told apart by nothing, and could not be detached and brought back.
    @Test func filesOfOneNameArePartedByIt() throws {
        let workshop = try ExampleShop.copy()
        for (client, text) in [("CL-0001", "one"), ("CL-0002", "two")] {
            try File.write(Array(text.utf8), to: workshop.work + "/own.txt", as: .document)
            try File.write(Array("same".utf8), to: workshop.work + "/same.txt", as: .document)
            try workshop.demand("laseros client attach \(client) own.txt same.txt")
        }
        try workshop.demand("laseros client merge CL-0002 --into CL-0001")
        let names = "own (CL-0002).txt\nown.txt\nsame.txt\n"
        #expect(try workshop.demand("laseros client files CL-0001 --csv --no-header --fields name") == names)
        try workshop.demand("laseros client detach CL-0001 own.txt")
        try workshop.demand("laseros undo")
        try workshop.demand("laseros undo")
        #expect(try workshop.demand("laseros client files CL-0002 --csv --no-header --fields name") == "own.txt\nsame.txt\n")
        try workshop.demand("laseros redo")
        #expect(try workshop.demand("laseros client files CL-0001 --csv --no-header --fields name") == names)
    }

    /// What decides prices and how drawings are read stays as it was for the work of the client that stays.
    @Test func termsAndHabitsAreNotTakenOver() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client edit CL-0002 --discount 10 --due-days 7 --drawing-unit inch")
        try workshop.demand("laseros client merge CL-0002 --into CL-0001")
        let shown = try workshop.demand("laseros client show CL-0001 --json --fields discount,due_days,drawing_unit,notes")
        #expect(shown.contains("\"discount\": null, \"due_days\": null, \"drawing_unit\": null"), "\(shown)")
        #expect(shown.contains("discount 10 %") && shown.contains("drawing unit inch"), "\(shown)")
    }
}
