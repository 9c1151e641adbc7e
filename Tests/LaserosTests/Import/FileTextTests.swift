import Glibc
import Testing
import Values

@testable import Console

/// Files as spreadsheets, editors and other programs write them.
@Suite struct FileTextTests {
    private static func imported(_ text: String, _ noun: String = "client", at workshop: Workshop, _ more: String...) throws -> Answered {
        try workshop.run([noun, "import", "-"] + more, input: Array(text.utf8))
    }

    private static func notes(_ workshop: Workshop) throws -> String {
        try workshop.demand("laseros client show last --json --fields name,notes")
    }

    /// Tab-separated files of spreadsheets are read by the same rule in every encoding: quotes as in CSV, backslashes unchanged.
    @Test(arguments: ["utf8", "utf16", "windows"])
    func tabTextIsReadByOneRule(_ encoding: String) throws {
        let workshop = try ExampleShop.copy(), text = "name\tnotes\r\n\"Müller, Smit\"\t\"5\"\" pipe\r\nC:\\new\\table\"\r\n"
        let bytes: [UInt8] =
            switch encoding {
            case "utf16": [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            case "windows": text.unicodeScalars.map { UInt8($0.value) }
            default: Array(text.utf8)
            }
        #expect(try workshop.run(["client", "import", "-"], input: bytes).code == 0)
        #expect(try Self.notes(workshop) == #"{"name": "Müller, Smit", "notes": "5\" pipe\nC:\\new\\table"}"# + "\n")
    }

    @Test func backslashesStayAndAreTold() throws {
        let workshop = try ExampleShop.copy()
        let done = try Self.imported("name\tnotes\nTab One\tC:\\new\\temp\\rfq.dxf\n", at: workshop)
        #expect(done.code == 0 && done.said.contains(#"1 cell has \n, \t, \r or \\, which stay as they are"#), "\(done.said)")
        #expect(try Self.notes(workshop) == #"{"name": "Tab One", "notes": "C:\\new\\temp\\rfq.dxf"}"# + "\n")
        let broken = try Self.imported("name\tnotes\nTab\t\"open\n", at: workshop)
        #expect(broken.code == 8 && broken.said.contains("opens a quote that is never closed"), "\(broken.said)")
    }

    @Test func quotesInAnExportAreTold() throws {
        let workshop = try ExampleShop.copy()
        _ = try workshop.run(["client", "add", "Quoted", "--notes", "\"all of it\"\nand a line\\n"])
        let exported = try workshop.run(["client", "export", "--format", "tsv"]).out
        #expect(try Self.imported(exported, at: workshop).out.contains("0 added, 0 changed"))
        _ = try workshop.run(["client", "edit", "last", "--notes", "\"all of it\""])
        let again = try Self.imported(try workshop.run(["client", "export", "--format", "tsv"]).out, at: workshop)
        #expect(again.out.contains("0 added, 0 changed") && again.said.contains("1 cell has quotes around the text"), "\(again.said)")
    }

    /// CR LF and CR end lines, too.
    @Test(arguments: ["\r\n", "\r", "\n"])
    func editorsMayEndLinesAsTheyLike(_ end: String) throws {
        let workshop = try ExampleShop.copy(), escaped = end == "\n" ? "\\n" : end == "\r" ? "\\r" : "\\r\\n"
        let editor =
            #"sed -e "s/^name = .*/name = Typed by hand/" -e "s/^# vat_rate = .*/vat_rate = 14/" "$1" | awk -v ORS='\#(escaped)' 1 >"$1.new"; mv "$1.new" "$1""#
        try File.write(Array("#!/bin/sh\n\(editor)\n".utf8), to: workshop.work + "/editor")
        chmod(workshop.work + "/editor", 0o755)
        for (line, shown) in [("client edit CL-0001 -e", "client show CL-0001"), ("config edit", "config get vat_rate")] {
            let edited = try workshop.run("EDITOR=\(workshop.work)/editor laseros \(line) | cat")
            #expect(!edited.out.contains("nothing was changed"), "\(line): \(edited.out)\(edited.said)")
            let now = try workshop.demand("laseros \(shown)")
            #expect(now.contains("Typed by hand") || now == "14\n", "\(now)")
        }
        let text = ["# mine", "alias.cl = client list --codes", "alias.c2 = client list", ""].joined(separator: end)
        let own = Preferences(checking: text, file: "config")
        #expect(own.faults.isEmpty && own.aliases == ["cl": "client list --codes", "c2": "client list"], "\(own.faults)")
        #expect(Preferences.text(text, setting: "alias.cl", to: "log") == "# mine\nalias.cl = log\nalias.c2 = client list\n")
    }

    @Test(arguments: [
        ("price", "kind,key,amount,from\nfinishing,dull, 27.50 ,2026-12-01\n"),
        ("price", "kind,key,amount,from\nfinishing,dull,27.50, 2026-12-01\n"),
        ("price", "kind,key,amount,from\nfinishing ,dull,27.50,2026-12-01\n"),
        ("price", "kind,key,amount,from\nfinishing,dull , 1\u{A0}234.50\u{A0},\n"),
        ("client", "name,email,phone\nAce, ace@example.com ,+27 21 555 0100 \n"), ("contact", "name,client\nAce,Karoo Signs \n"),
        ("machine", "code,name,active,bed\n Z1 ,Zed, yes, 3000x1500 \n"),
        ("project", "name,client,due,thickness_mm\nGate, CL-0001,  , 3 \n"),
    ])
    func blanksAroundCellsCountNowhere(_ noun: String, _ csv: String) throws {
        let workshop = try ExampleShop.copy()
        let done = try Self.imported(csv, noun, at: workshop)
        #expect(done.code == 0 && done.out.contains("1 added"), "\(done.said)")
        if noun == "machine" { #expect(try workshop.demand("laseros machine list --search Zed --codes") == "Z1\n") }
    }

    @Test func blanksInFreeTextStay() throws {
        let workshop = try ExampleShop.copy()
        #expect(try Self.imported("name,notes\nAce,  indented \n", at: workshop).code == 0)
        #expect(try Self.notes(workshop) == #"{"name": "Ace", "notes": "  indented "}"# + "\n")
    }

    @Test(arguments: [
        ("1.2e-05", "0.000012"), ("1.5e2", "150"), ("1E+3", "1000"), ("-2.50", "-2.50"), ("26.950000000000003", "26.95"), ("0e5", "0"),
        ("85.80000000000001", "85.8"), ("759.0000000000001", "759"), ("0.30000000000000004", "0.3"), ("1.9999999999999998", "2"),
        ("9.9999999999999999e-7", "0.000001"), ("-1e-3", "-0.001"), ("12345678901234567890", "12345678901234567890"), ("1e400", "1e400"),
        ("99999999999999.995", "100000000000000"), ("12", "12"), ("0.1", "0.1"),
    ])
    func numbersOfJSONArePlain(_ number: String, _ plain: String) { #expect(Decimal.plain(json: number) == plain) }

    @Test func jqChangesNothing() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros price add gas air 0.000012 --from 2026-03-01")
        let through = try workshop.run("laseros price export --json | jq . | laseros price import -")
        #expect(through.out.contains("0 added, 0 changed"), "\(through.said)\(through.out)")
        let more = try workshop.run(
            "laseros price export --format ndjson | jq -c '.amount *= 1.25' | laseros price import - --dry-run >/dev/null")
        #expect(more.code == 0 && more.said.contains(" 0 same"), "\(more.said)")
        let small = try workshop.run("laseros price export --format ndjson | jq -c '.amount *= 1.1' | laseros price import - | cat")
        #expect(small.said.contains("hint: numbers of JSON have at most six decimals here: jq '.amount |= (. * 1e6 | round / 1e6)'"))
    }

    /// Lists of other commands are read by the same rules as in `import`.
    @Test func listsAreReadAsImportReads() throws {
        let workshop = try ExampleShop.copy(), add = "laseros quote add -c CL-0001 --lines -"
        func lines(_ text: String, _ more: String = "") throws -> Answered {
            try workshop.run(ShellWords.laseros("\(add)\(more)")!, input: Array(text.utf8))
        }
        let part = "0002-Bracket-MS-5mm-x10.dxf", rows = "file,quantity\n\(part),\"1,000\"\n"
        let unclear = try lines(rows)
        #expect(unclear.code == 8 && unclear.said.contains("standard input:2: quantity: '1,000' could be two numbers"), "\(unclear.said)")
        #expect(try lines(rows, " --decimal point").code == 0)
        #expect(try lines("file|quantity\n\(part)|2\n", " --delimiter pipe").code == 0)
        #expect(try lines("File;Quantity;Thickness MM\n\(part);2;\n;;\n\n").code == 0)
        #expect(try lines(#"[{"file": "\#(part)", "quantity": 2e1}]"#).code == 0)
        let faults = try lines("file,quantity,material\n\(part),none,MS\n,1,MS\n\(part),2\n")
        for words in ["2: quantity: 'none' is not", "3: file: a line needs a file", "4: has 2 fields", "has 3 faults"] {
            #expect(faults.code == 8 && faults.said.contains("standard input:\(words)") || faults.said.contains(words), "\(faults.said)")
        }
        let wrong = try lines("file,quantity\n\(part),2\nnone.dxf,2\n")
        #expect(wrong.said.contains("standard input:3: none.dxf: cannot read"), "\(wrong.said)")
        let alone = try workshop.run("laseros quote add -c CL-0001 \(part) --decimal comma")
        #expect(alone.code == 2 && alone.said.contains("--decimal needs --lines"), "\(alone.said)")
        let rates = "Material;Thickness_mm;Feed;Pierce;Remark\nMS;5;1.500,5;0,5;x\n;;;;\n"
        let time = try workshop.run(
            ["dxf", "time", part, "--rates", "-", "--decimal", "comma", "--fields", "basis"], input: Array(rates.utf8))
        #expect(time.code == 0 && time.out.contains("1500.5 mm/min"), "\(time.said)")
    }

    /// The export of an empty list can be imported.
    @Test(arguments: ["csv", "tsv", "json", "ndjson"])
    func emptyExportsCanBeImported(_ format: String) throws {
        let workshop = try Workshop()
        try workshop.demand("laseros contact export --format \(format) -o nothing.\(format)")
        let done = try workshop.run("laseros contact import nothing.\(format)")
        #expect(done.code == 0 && done.out.contains("0 added, 0 changed, 0 same"), "\(done.said)")
        #expect(try workshop.run(["contact", "import", "-"]).code == 0)
        try File.write([], to: workshop.work + "/lost.csv")
        #expect(try workshop.run("laseros contact import lost.csv").code == 8)
    }

    @Test(arguments: [[0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]])
    func workbooksAreToBeSavedAsCSV(_ start: [UInt8]) throws {
        let workshop = try ExampleShop.copy()
        try File.write(start, to: workshop.work + "/book")
        for line in ["client import book", "quote add -c CL-0001 --lines book", "dxf time 0002-Bracket-MS-5mm-x10.dxf --rates book"] {
            let refused = try workshop.run("laseros \(line)")
            #expect(refused.code == 8 && refused.said.contains("book is a workbook: save it as CSV"), "\(refused.said)")
        }
    }
}
