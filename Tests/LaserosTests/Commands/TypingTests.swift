import Testing
import Values

@testable import Console
@testable import Commands

/// Everyday typing: options with attached values, useful hints, help that fits the terminal, and silent cron jobs.
@Suite struct TypingTests {
    @Test func valuesMayBeAttachedToLetters() throws {
        let workshop = try ExampleShop.copy()
        for (attached, apart) in [
            ("quote list -fjson", "quote list -f json"), ("quote list -sdraft", "quote list -s draft"),
            ("quote list -wfcsv", "quote list -w -f csv"),
            ("client list -fjson --limit 1", "client list --format json --limit 1"),
            ("-C\(workshop.shop) client list", "-C \(workshop.shop) client list"),
        ] {
            #expect(try workshop.run("laseros \(attached)") == workshop.run("laseros \(apart)"), "\(attached)")
        }
        #expect(try workshop.run("laseros quote show QT-1999-0001 -fjson").said.hasPrefix("{\"error\""))
        #expect(try workshop.run("laseros quote list -fxyz").said.contains("'xyz' is not one of"))
    }

    @Test(
        arguments: [
            ("vat_rate 0.15", "warning: vat_rate is 0.15 %, less than one in a hundred: 15 % is typed as 15"),
            ("price_markup 0.3", "warning: price_markup is 0.3 %"), ("vat_rate 15", nil), ("vat_rate 0", nil), ("price_setup 0.15", nil),
            ("vat_rate 1", nil), ("price_markup -0.05", "warning: price_markup is -0.05 %"),
        ] as [(String, String?)])
    func fractionsForPercentagesAreDoubted(_ words: String, _ warning: String?) throws {
        let set = try ExampleShop.copy().run("laseros config set \(words)")
        #expect(set.code == 0 && set.said.contains("warning") == (warning != nil) && set.said.contains(warning ?? ""), "\(set.said)")
    }

    @Test func theOppositeWordIsNotSuggested() throws {
        let workshop = try ExampleShop.copy(), refused = try workshop.run("laseros invoice list --status unpaid")
        #expect(refused.code == 2 && !refused.said.contains("did you mean"), "\(refused.said)")
        #expect(try workshop.run("laseros invoice list --status piad").said.contains("did you mean paid?"))
        #expect(
            nearest("inactive", ["active"]) == nil && nearest("paid", ["unpaid"]) == nil && nearest("undo", ["redo", "undo"]) == "undo")
    }

    @Test func whatIsThereAlreadyIsNamed() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros price add finishing dull 5 --from 2026-01-01")
        let code = try workshop.demand("laseros price show last --csv --no-header --fields code").dropLast()
        let refused = try workshop.run("laseros price add finishing dull 6 --from 2026-01-01")
        #expect(refused.code == 4 && refused.said.contains("there is already such a price: \(code)"), "\(refused.said)")
        let rows = "code,kind,key,amount,from\nPR-9999,finishing,dull,7,2026-01-01\n"
        let imported = try workshop.run(["price", "import", "-"], input: Array(rows.utf8))
        #expect(imported.code == 8 && imported.said.contains("there is already such a price: \(code)"), "\(imported.said)")
    }

    @Test(arguments: ["client", "contact", "machine", "material", "operation", "preset", "project"])
    func namesHaveAnEnd(_ noun: String) throws {
        let workshop = try ExampleShop.copy(), long = String(repeating: "ü", count: 201)
        let more = [
            "contact": ["-c", "CL-0001"], "project": ["-c", "CL-0001"], "material": ["--density", "2"], "preset": ["-m", "MS", "-t", "3"],
        ]
        let code = ["machine", "material", "operation"].contains(noun) ? ["XX"] : []
        let refused = try workshop.run([noun, "add"] + code + [long] + more[noun, default: []])
        #expect(refused.code == 2 && refused.said.contains("is not a name of at most 200 letters"), "\(refused.said)")
        #expect(try workshop.run([noun, "add"] + code + [String(long.dropLast())] + more[noun, default: []]).code == 0)
    }

    @Test(arguments: ["Unit 7|Caledon|7230", "Unit 7 | Caledon\n7230", "Unit 7\nCaledon\n7230"])
    func addressesAreLines(_ typed: String) throws {
        let workshop = try ExampleShop.copy()
        #expect(try workshop.run(["client", "add", "Ace", "--address", typed]).code == 0)
        let csv = "name,address\nBest,\"\(typed)\"\n"
        #expect(try workshop.run(["client", "import", "-"], input: Array(csv.utf8)).code == 0)
        for name in ["Ace", "Best"] {
            #expect(
                try workshop.demand("laseros client show \(name) --json --fields address") == #"{"address": "Unit 7\nCaledon\n7230"}"#
                    + "\n")
        }
        let again = try workshop.run(["client", "import", "-"], input: Array("code,address\nCL-0005,\"\(typed)\"\n".utf8))
        #expect(again.code == 0, "\(again.said)")
    }

    @Test func helpListsWhatThereIs() throws {
        let help = try ExampleShop.copy().demand("laseros price add --help")
        for kind in ["material-kg", "material-sheet", "machine-hour", "gas", "finishing"] { #expect(help.contains(kind), "\(help)") }
    }

    /// On a narrow terminal help does not break words.
    @Test(arguments: [40, 60, 80, 200])
    func helpFitsTheTerminal(_ width: Int) throws {
        let workshop = try ExampleShop.copy()
        for words in [
            [], ["help", "quote"], ["quote", "add", "-h"], ["price", "add", "--help"], ["help", "invoice", "pay"],
            ["client", "list", "-h"],
        ] {
            let text = try workshop.run(words, width: width).out
            let tooLong = text.split(separator: "\n").filter { line in
                line.count > min(width, 80) && line.split(separator: " ").count > 1 && !line.hasPrefix("  $") && !line.hasPrefix("      ")
            }
            #expect(tooLong.isEmpty, "\(words): \(tooLong)")
        }
    }

    @Test(arguments: [
        (["client", "list", "--fields", "na"], ["name"]), (["client", "list", "--fields", "code,na"], ["code,name"]),
        (["client", "list", "--fields=code,em"], ["--fields=code,email"]), (["price", "add", "gas", ""], ["air", "nitrogen", "oxygen"]),
        (["price", "add", "gas", "n"], ["nitrogen"]), (["price", "add", "machine-hour", "f"], ["FIBER3"]),
        (["price", "add", "finishing", ""], ["deburr", "powder-coat", "tap"]), (["price", "add", "operation", "p"], ["powder-coat"]),
        (["client", "list", "-fj"], []), (["quote", "list", "-fjson", "--st"], ["--status"]),
    ])
    func completes(_ words: [String], _ candidates: [String]) throws {
        let workshop = try ExampleShop.copy()
        let found = try workshop.run(["complete", "--null", "--"] + words).out.split(separator: "\0", omittingEmptySubsequences: false)
        let names = stride(from: 0, to: found.count - 1, by: 2).map { String(found[$0]) }
        #expect(names.sorted() == candidates.sorted(), "\(names)")
    }

    @Test func aNewShopSaysWhatComesNext() throws {
        let workshop = try Workshop()
        #expect(try workshop.run("laseros init other").said.contains("next: laseros doctor"))
    }

    /// Nightly jobs print nothing if there is nothing to do, because cron mails all output.
    @Test func nothingExpiredIsNothingSaid() throws {
        let workshop = try ExampleShop.copy()
        _ = try workshop.run("laseros project expire")
        #expect(try workshop.run("laseros project expire") == Answered(out: "", said: "", code: 0))
        #expect(try workshop.run(["project", "expire"], width: 80).said.contains("no offer expires"))
        #expect(try workshop.run("laseros project expire --json").out == "[]\n")
    }

    @Test func pruningSaysWhatItWouldFree() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros project add Gate -c CL-0001")
        try File.write(
            Array("0\nSECTION\n2\nENTITIES\n0\nCIRCLE\n10\n0\n20\n0\n40\n7\n0\nENDSEC\n0\nEOF\n".utf8), to: workshop.work + "/own.dxf")
        for verb in ["attach", "detach"] { try workshop.demand("laseros project \(verb) last own.dxf") }
        try workshop.ageFiles()
        let size = File.size(of: workshop.work + "/own.dxf"), dry = try workshop.run("laseros files prune --older-than 0 --dry-run")
        #expect(dry.said.contains("(it would free 1 file, \(size) bytes)"), "\(dry.said)")
    }
}
