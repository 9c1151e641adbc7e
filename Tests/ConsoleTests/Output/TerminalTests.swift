import Console
import Testing
import Values

@Suite struct TerminalTests {
    /// The output of a listing with these cells.
    private func printed(
        _ headings: [Heading], _ rows: [[DisplayValue]], _ words: String..., width: Int? = 80, variables: [String: String] = [:],
        record: Bool = false
    ) throws -> String {
        try outcome(headings, rows, words, width: width, variables: variables, record: record).spool.text()
    }

    private func outcome(
        _ headings: [Heading], _ rows: [[DisplayValue]], _ words: [String], width: Int? = 80, variables: [String: String] = [:],
        record: Bool = false
    ) throws -> Outcome {
        let program = Program(
            "x", version: "1", released: Day(number: 0), summary: "",
            [
                CommandGroup("list", .admin, "") {
                    [
                        .free("list", "List", permission: .view) { _ in
                            record ? .record(Listing(headings, rows)) : .rows(Listing(headings, rows))
                        }
                    ]
                }
            ])
        return program.run(["list"] + words, in: Bench.Session(Bench.environment(width: width, variables: variables)))
    }

    /// The characters that a terminal would interpret, except line feeds and, if allowed, tabs.
    static func harmful(_ text: String, tabs: Bool = false) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 9: !tabs
            case 10: false
            case 0..<32, 127..<160, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
    }

    @Test func nothingInDataReachesTheTerminal() throws {
        var random = Seeded(state: 9)
        let rows = Hostile.rows(3, 300, &random), headings = ["a", "b", "c"].map { Heading($0, .text) }
        for words in [[], ["-f", "markdown"], ["--json"], ["-f", "ndjson"], ["-q"], ["--csv"], ["-f", "tsv"], ["--csv", "--excel"]]
            as [[String]]
        {
            for record in [false, true] {
                let out = try Hostile.terminal(headings, record ? [rows[0]] : rows, words, record)
                #expect(Self.harmful(out, tabs: words.contains("--csv") || words.contains("tsv")).isEmpty, "\(words) \(record)")
            }
        }
    }

    /// Pipes and files receive the bytes unchanged.
    @Test func programsGetWhatThereIs() throws {
        let odd = "a\u{1b}[31m\u{9b}\u{202e}\u{200f}\rb", headings = [Heading("code", .text)], rows = [[DisplayValue.text(odd)]]
        #expect(try printed(headings, rows, "--csv", width: nil) == "code\n\"\(odd)\"\n")
        #expect(
            try printed(headings, rows, "-f", "tsv", width: nil) == "code\n" + odd.split(separator: "\r").joined(separator: "\\r") + "\n")
        #expect(try printed(headings, rows, "-q", width: nil) == odd.split(separator: "\r").joined(separator: "\\r") + "\n")
        #expect(try printed(headings, rows, "--csv") == "code\n\"a\\x1b[31m\\x9b\\u202e\\u200f\\x0db\"\n")
        try Hostile.inFolder { folder in
            _ = try printed(headings, rows, "--csv", "-o", "\(folder)/list.csv")
            #expect(try File.read("\(folder)/list.csv") == Array("code\n\"\(odd)\"\n".utf8))
        }
    }

    @Test func everyTypeHasItsPlace() throws {
        let cells: [(String, DisplayValue)] = [
            ("text", .text("a\tb\u{1b}")), ("int", .int(-7)), ("number", .measure(1.0 / 3, unit: "kg")),
            ("money", .money(Money(cents: -123_456))),
            ("rate", .rate(Rate(millionths: 125))), ("percent", .percent(Percent(hundredths: 1550))),
            ("quantity", .quantity(Quantity(thousandths: 7850))),
            ("length", .length(Length(um: 470))), ("seconds", .seconds(Seconds(ms: 8_100_000))), ("day", .day(Day(number: 20_779))),
            ("moment", .moment(Moment(ms: 1_795_344_123_004), offset: 7200)), ("bool", .yes(true)), ("status", .status("sent", .good)),
            ("nested", .nested(.object([.init("LINE", 8), .init("ARC", 2)]))), ("none", .nothing),
        ]
        let headings = cells.map { Heading($0.0, ShownType(rawValue: $0.0) ?? .text) }, row = [cells.map(\.1)]
        #expect(
            try printed(headings, row, "--csv", "--no-header", width: nil)
                == "a\tb\u{1b},-7,0.3333333333,-1234.56,0.000125,15.5,7.85,0.47,8100,2026-11-22,2026-11-22T10:42:03.004Z,true,sent,\"{\"\"LINE\"\": 8, \"\"ARC\"\": 2}\",\n"
        )
        #expect(
            try printed(headings, row, "-f", "ndjson")
                == #"{"text": "a\tb\u001b", "int": -7, "number": 0.3333333333, "money": -1234.56, "rate": 0.000125, "percent": 15.5, "quantity": 7.85, "length": 0.47, "seconds": 8100, "day": "2026-11-22", "moment": "2026-11-22T10:42:03.004Z", "bool": true, "status": "sent", "nested": {"LINE": 8, "ARC": 2}, "none": null}"#
                + "\n")
        #expect(
            try printed(headings, row, "-f", "markdown", "--no-header")
                == "| a\\tb\\x1b | -7 | 0.33 kg | -1 234.56 | 0.000125 | 15.5% | 7.85 | 0.47 | 2h 15m | 2026-11-22 | 2026-11-22 12:42 | yes | sent | LINE 8, ARC 2 | |\n"
        )
    }

    @Test func numbersThatAreNotFiniteAreEmpty() throws {
        let headings = ["a", "b", "c", "d"].map { Heading($0, .number) }
        let row = [
            [DisplayValue.measure(.nan, unit: ""), .measure(-.infinity, unit: ""), .measure(-0.0, unit: ""), .measure(1e21, unit: "")]
        ]
        #expect(try printed(headings, row, "-f", "ndjson") == #"{"a": null, "b": null, "c": 0, "d": 1e+21}"# + "\n")
        #expect(try printed(headings, row, "--csv", "--no-header") == ",,0,1e+21\n")
    }

    @Test func columnsLineUpWhateverTheScript() throws {
        let rows: [[DisplayValue]] = [[.text("漢字"), .int(1)], [.text("e\u{301}a"), .int(10)], [.text("😀x"), .int(100)]]
        #expect(try printed([Heading("who", .text), Heading("n", .int)], rows) == "WHO     N\n漢字    1\ne\u{301}a     10\n😀x   100\n")
    }

    @Test func emptyListings() throws {
        let headings = [Heading("a", .text), Heading("b", .int, sums: true)]
        #expect(try printed(headings, []).isEmpty)
        #expect(try printed(headings, [], "-f", "markdown").isEmpty)
        #expect(try printed(headings, [], "--csv") == "a,b\n")
        #expect(try printed(headings, [], "--json") == "[]\n")
        #expect(try printed(headings, [], "-f", "ndjson").isEmpty)
    }

    @Test func longCellsAreWrapped() throws {
        let headings = [Heading("code", .text), Heading("cut_length_mm", .number), Heading("due", .day), Heading("message", .text)]
        let row: [DisplayValue] = [
            .text("JB-2026-08-CL0001-001"), .measure(12.5, unit: ""), .day(Day(number: 20_779)),
            .text("a contour of 99.7 mm is open and cuts no part out"),
        ]
        #expect(
            try printed(headings, [row, row], width: 70) == """
                CODE                      CUT  DUE         MESSAGE
                                       LENGTH
                                           MM
                JB-2026-08-CL0001-001   12.50  2026-11-22  a contour of 99.7 mm is
                                                           open and cuts no part out
                JB-2026-08-CL0001-001   12.50  2026-11-22  a contour of 99.7 mm is
                                                           open and cuts no part out

                """)
        // The columns do not fit next to each other.
        let cards = try printed(headings + [Heading("more", .text)], [row + [.text("INV-2026-0001")]], width: 61)
        #expect(cards.hasPrefix("code           JB-2026-08-CL0001-001\ncut length mm  12.50\n"), "\(cards)")
        let words = try printed(
            [Heading("file", .text), Heading("n", .int)], [[.text(String(repeating: "part-one_", count: 12)), .int(7)]])
        #expect(words.split(separator: "\n").allSatisfy { $0.count <= 80 } && words.filter { !" \n".contains($0) }.hasSuffix("part-one_"))
        let endless = try printed([Heading("a", .text)], [[.text(String(repeating: "word ", count: 5000))]])
        #expect(endless.split { " \n".contains($0) }.count == 5001 && endless.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func anEmptyListIsReportedOnlyOnATerminal() throws {
        let headings = [Heading("a", .text)]
        #expect(try outcome(headings, [], []).said.text() == "nothing to list\n")
        #expect(try outcome(headings, [], [], width: nil).said.text().isEmpty)
        #expect(try outcome(headings, [], ["--csv"]).said.text().isEmpty)
    }

    @Test func colourOnlyWhereItIsWanted() throws {
        let headings = [Heading("a", .text), Heading("s", .status)], rows = [[DisplayValue.text("x"), .status("overdue", .bad)]]
        #expect(try printed(headings, rows) == "A  S\nx  \u{1b}[31moverdue\u{1b}[0m\n")
        for variables in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
            #expect(try printed(headings, rows, variables: variables) == "A  S\nx  overdue\n")
        }
        #expect(try printed(headings, rows, width: nil) == "A  S\nx  overdue\n")
        #expect(try printed(headings, rows, record: true) == "a  x\ns  \u{1b}[31moverdue\u{1b}[0m\n")
    }

    @Test func recordsShowWhatTheyHold() throws {
        let lines = Nested.array([
            .object([.init("name", "bracket"), .init("price", Money(cents: 150_000))]),
            .object([.init("name", "plate"), .init("note", "x")]),
        ])
        let headings = [Heading("vat_number", .text), Heading("lines", .nested), Heading("tags", .nested), Heading("none", .text)]
        let row: [[DisplayValue]] = [[.text("a\n\nb"), .nested(lines), .nested(.array([.value(.text("x")), .value(.int(2))])), .nothing]]
        #expect(
            try printed(headings, row, record: true) == """
                vat number  a

                            b
                tags        x, 2

                lines
                NAME        PRICE  NOTE
                bracket  1 500.00
                plate              x

                """)
        #expect(try printed(headings, row) == "VAT NUMBER  LINES           TAGS  NONE\na\\n\\nb      bracket, plate  x, 2\n")
        #expect(try printed(headings, row, "-f", "markdown", record: true).contains("\n### lines\n\n| name | price | note |\n"))
    }

    @Test func sums() throws {
        let headings = [
            Heading("a", .text), Heading("n", .int, sums: true), Heading("t", .seconds, sums: true), Heading("big", .int, sums: true),
        ]
        let rows: [[DisplayValue]] = [
            [.text("x"), .nothing, .seconds(Seconds(ms: 1500)), .int(.max)], [.text("y"), .int(3), .seconds(Seconds(ms: 60_000)), .int(1)],
        ]
        #expect(try printed(headings, rows, "--fields", "a,n,t") == "A      N      T\nx          1.5s\ny      3  1m 0s\ntotal  3  1m 1s\n")
        #expect(try printed(headings, rows, "--fields", "big").split(separator: "\n").count == 3)
    }

    @Test func progressComesLateAndGoes() {
        nonisolated(unsafe) var said: [String] = []
        var time = 0.0
        var environment = Bench.environment()
        environment.say = { said.append($0) }
        func work() {
            let progress = Progress("importing", of: 40, in: environment) { time }
            for _ in 0..<20 {
                time += 0.06
                progress.step()
            }
        }
        work()
        #expect(said.isEmpty)
        environment.talksToPerson = true
        work()
        #expect(
            said.count == 3 && said[0] == "\rimporting [############..................] 42 %, 17 of 40\u{1b}[K" && said[2] == "\r\u{1b}[K")
    }
}

extension Hostile {
    /// The output for a terminal of 80 columns without colours.
    static func terminal(_ headings: [Heading], _ cells: [[String]], _ words: [String], _ record: Bool) throws -> String {
        let listing = { @Sendable in Listing(headings, cells.map { $0.map { .text($0) } }) }
        let program = Program(
            "x", version: "1", released: Day(number: 0), summary: "",
            [
                CommandGroup("list", .admin, "") {
                    [.free("list", "List", permission: .view) { _ in record ? .record(listing()) : .rows(listing()) }]
                }
            ])
        return try program.run(["list"] + words, in: Bench.Session(Bench.environment(width: 80, variables: ["NO_COLOR": "1"]))).spool
            .text()
    }
}
