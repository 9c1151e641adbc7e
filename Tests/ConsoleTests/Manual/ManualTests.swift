import Console
import Glibc
import Testing
import Values

@Suite struct ManualTests {
    @Test(arguments: [
        "", "help", "help help", "help client", "help completion", "client list --help", "client report -h", "help complete",
        "client remove -h", "client add -h",
    ])
    func helpFitsThePage(_ line: String) throws {
        let result = try Bench.run(line)
        #expect(result.code == 0 && !result.out.isEmpty)
        for line in result.out.split(separator: "\n") { #expect(line.count <= 80 && line.last != " ", "\(line)") }
    }

    @Test func commandHelp() throws {
        #expect(
            try Bench.run("client list --help").out == """
                List the clients

                usage: laseros client list [--due DAY] [--colour COLOUR]

                  -d, --due DAY        when it is due
                      --colour COLOUR  what it looks like
                      --dates ORDER    the order of day and month in 12/01/2026: dmy or mdy

                The newest are first.

                Examples
                  $ laseros client list -d fri

                Answer: code, name, owed, since

                Every command: -f --format, --json, --csv, --fields, --no-header, --excel,
                               -w --wide, -q --codes, -o --output, -C --shop, --no-pager,
                               -h --help

                """)
        #expect(
            try Bench.run("client report --help").out.contains(
                "--until needs --from. Only one of --from and --all can be given. One of --from\nand --all must be given.\n"))
    }

    @Test func longLinesAreBrokenWhereTheyStayWhole() throws {
        let text = try Bench.run("help client add").out
        #expect(text.contains("  $ laseros client add 'Karoo Steel and Iron Works' --email \\\n      anna@"))
        #expect(text.contains(",terms,\ndiscount,"))
    }

    @Test func overviewIsGroupedAndShowsNothingHidden() throws {
        let text = try Bench.run("").out
        let groups = ["Operations", "Customers", "Admin"].compactMap { text.range(of: "\n\($0)\n")?.lowerBound }
        #expect(groups.count == 3 && groups == groups.sorted())
        #expect(!text.contains("  complete "))
    }

    @Test func pagesAreCleanRoff() throws {
        #expect(
            Bench.program.pages.map(\.file) == ["laseros.1", "laseros-client.1", "laseros-pay.1", "laseros-help.1", "laseros-completion.1"])
        try Hostile.inFolder { (folder: String) throws in
            for page in Bench.program.pages {
                let path = "\(folder)/\(page.file)"
                try File.write(Array(page.text.utf8), to: path)
                // The release date may be later than the machine's clock.
                let said = try Hostile.shell("mandoc -T lint -W warning \(path) | grep -v 'date in the future' || true")
                #expect(said.isEmpty)
                #expect(page.text.contains(" 1 2026-11-30 \"laseros 0.1.0\"") && page.text.contains("\n.SH EXIT STATUS\n"))
            }
        }
        #expect(try Bench.run("help --man").out == Bench.program.pages[0].text)
        #expect(try Bench.run("help --man laseros-client").out == Bench.program.pages[1].text)
        #expect(try Bench.run("help --man clint").code == 2)
    }

    @Test func tableIsJSON() throws {
        let script =
            "import json, sys; t = json.load(sys.stdin); c = [c for h in t[\"chapters\"] for c in h[\"commands\"]]; print(*[x[\"name\"] for x in c], sep=\"\\n\"); print([p[\"required\"] for p in c[5][\"parameters\"]], [a[\"type\"] for a in c[0][\"answer\"]], c[4][\"relations\"][0])"
        let out = String(decoding: try Hostile.python(script, Array(try Bench.run("help --json").out.utf8)), as: UTF8.self)
        #expect(
            out == """
                client list
                client add
                client show
                client remove
                client report
                pay
                pay pdf
                pay fail
                pay crash
                help
                completion
                [True, False, True, False] ['text', 'text', 'money', 'day'] {'kind': 'needs', 'names': ['until', 'from'], 'sentence': '--until needs --from.'}

                """)
        let one = try Bench.run("help client --json").out
        #expect(one.contains("client add") && !one.contains("pay pdf"))
    }

    @Test func referenceNamesEveryCommand() throws {
        let text = Bench.program.markdown
        for name in ["client list", "pay", "help", "completion"] { #expect(text.contains("\n#### laseros \(name)\n")) }
        #expect(try Bench.run("help --markdown").out == text)
    }
}

extension String {
    /// The position of a substring, without Foundation.
    fileprivate func range(of other: String) -> Range<String.Index>? { ranges(of: other).first }
}
