import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// LibreOffice opens files of `--excel` with the right numbers and without formulas.
@Suite struct SpreadsheetTests {
    /// The decimal mark, and the separator and language number for LibreOffice.
    static let countries = [("comma", 59, 7177), ("point", 44, 1033)]

    private static let hostile = [
        "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+27 21 555 0100", "-2+3", "@SUM(A1)", "'=1", "a;b,c\td", "two\n=lines",
        "=cmd|' /C calc'!A0", "Acme,=1+1,x", "Acme;=1+1;x", "Acme|=1+1|x", "Acme\t=1+1\tx", "a;'=1+1", "a,\"=1+1\",b", "two\r=1+1",
        "a,-1+1;b",
        "'a,'=1+1", "0215550133", "1-2", "1E5", "12345678901234567890", "3 May", "TRUE", "021 555 0100", "1.50", "304", "12:30",
    ]

    /// The example shop with texts that look like formulas, and numbers that are easily misread.
    private static func shop(_ decimal: String) throws -> Workshop {
        let shop = try ExampleShop.copy()
        try shop.demand("laseros config set spreadsheet_decimal \(decimal)")
        try shop.demand("laseros project edit last --quoted-price 1234567.5 --final-price 0.01 --cut-time 1234.567 --thickness 1.234")
        for noun in nouns where noun.fields.contains(where: { $0.name == "notes" && $0.isSettable }) {
            let codes = try shop.run([noun.name, "list", "--all", "--codes"]).out.split(separator: "\n").map(String.init)
            for (code, text) in zip(codes, hostile) { _ = try shop.run([noun.name, "edit", code, "--notes", text]) }
        }
        for text in hostile { _ = try shop.run(["client", "add", text]) }
        return shop
    }

    @Test(arguments: countries)
    func libreOfficeReadsTheRightNumbers(_ decimal: String, _ delimiter: Int, _ language: Int) throws {
        let shop = try Self.shop(decimal), names = PortableTests.portable + ["invoice", "quote"]
        for noun in PortableTests.portable {
            try shop.demand("laseros \(noun) export --excel --output \(noun).csv")
            try shop.demand("laseros \(noun) export --json --output \(noun).json")
        }
        for noun in ["invoice", "quote"] {
            try shop.demand("laseros \(noun) list --all --excel --output \(noun).csv")
            try shop.demand("laseros \(noun) list --all --json --output \(noun).json")
        }
        // Separator, quote, UTF-8, first line, no column formats, language, quoted fields as text: no, detect special numbers: yes.
        let filter = "CSV:\(delimiter),34,76,1,,\(language),false,true"
        let converted = try Subprocess.run(
            ["soffice", "--headless", "-env:UserInstallation=file://\(shop.root)/office", "--infilter=\(filter)", "--convert-to", "fods"]
                + names.map { "\($0).csv" }, in: shop.work)
        #expect(converted.code == 0, "\(converted.said)")
        let checked = try Subprocess.run(["python3", Paths.tests + "/spreadsheet.py", "."] + names, in: shop.work)
        #expect(checked == Answered(out: "", said: "", code: 0))
    }

    /// With any separator no cell is a formula; in the same file without the apostrophes some are.
    @Test(arguments: [44, 59, 9, 124])
    func noCellIsAFormulaWhateverPartsThem(_ delimiter: Int) throws {
        let shop = try Workshop(), lines = Self.hostile.map { ["client", "add", $0, "--notes", "x" + $0] }
        for words in lines { _ = try shop.run(words) }
        try shop.tamper("UPDATE client SET notes = notes || ',=1+1;=1+1|=1+1' || char(9) || '=1+1' || char(10) || '=1+1'")
        var names: [String] = []
        for decimal in ["comma", "point"] {
            try shop.demand("laseros config set spreadsheet_decimal \(decimal)")
            for format in ["csv", "tsv"] {
                try shop.demand("laseros client export --excel --format \(format) --output \(decimal)-\(format).csv")
                #expect(
                    try shop.run("laseros client import \(decimal)-\(format).csv --excel --dry-run").said.contains(" 0 added, 0 changed"))
                names.append("\(decimal)-\(format).csv")
            }
        }
        try shop.demand("laseros client export --output plain.csv")
        let converted = try Subprocess.run(
            [
                "soffice", "--headless", "-env:UserInstallation=file://\(shop.root)/office",
                "--infilter=CSV:\(delimiter),34,76,1,,1033,false,true",
            ]
                + ["--convert-to", "fods", "plain.csv"] + names, in: shop.work)
        #expect(converted.code == 0, "\(converted.said)")
        func formulas(_ name: String) throws -> Int {
            String(decoding: try File.read("\(shop.work)/\(name.dropLast(4)).fods"), as: UTF8.self).split(separator: "table:formula=").count
                - 1
        }
        #expect(try formulas("plain.csv") > 0)
        for name in names { #expect(try formulas(name) == 0, "\(name) parted by \(delimiter)") }
    }

    /// The pieces of texts that a spreadsheet may read as a number, date, time, formula or the marker that clears a field.
    private static let pieces = [
        "|", "|=1", ",-", "''", "5", "1", "12", "30", "0", "00", "200", "2025", "123456789012", "R", "r", "ZAR", "$", "€", "£", "(", ")",
        "-", "+", "/", ":", ".",
        ",",
        "%", " ", "\u{A0}", "\u{202F}", "'", "\"", ";", "=", "@", "#", "e", "E+", "a", "p", "am", "PM", "May", "Mei", "Jan", "Desember",
        "Mon",
        "TRUE", "false", "WAAR", "onwaar", "NULL", "#N/A", "½", "−", "–", "\n", "\t", "é", "x", "mm", "Gate", "T", "Z", "2025-01-02", "1/2",
        "10:30",
    ]

    private static let whole = [
        "(5)", "R100", "R 1 200", "R1,5", "-R5", "R-5", "(R5)", "$5", "€5", "1/2", "1 1/2", "TRUE", "WAAR", "NULL", "'NULL", "5%", "5-",
        "R5-",
        "3 May", "3 Mei", "2 Jan 2025", "Mon 2 Jan 2025", "10am", "10 am", "2025-01-02", "1:2", "May-25", "0012", "1e5", "1 E5", "5 R",
        "(5,5)",
        "1.5", "1,5", ",5", ".5", "1,200.5", "1.200,5", "12345678901234567890123456789012345678901234567890", " 5 ", "\u{A0}5", "#REF!",
        "''5",
    ]

    /// Random texts from a fixed seed, as the notes of clients.
    private static func texts(_ random: inout Seeded) -> [String] {
        whole
            + (0..<3000).map { _ in
                (0..<Int.random(in: 1...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            }
    }

    /// Any text is the same after LibreOffice has opened and saved it, in both languages of South Africa and in other countries.
    @Test(arguments: [("comma", 59, 7177), ("comma", 59, 1078), ("point", 44, 1033), ("point", 44, 2057), ("comma", 59, 1031)])
    func anyTextStaysWhatItIs(_ decimal: String, _ delimiter: Int, _ language: Int) throws {
        let shop = try Workshop()
        try shop.demand("laseros config set spreadsheet_decimal \(decimal)")
        var random = Seeded(UInt64(language)), rows: [UInt8] = []
        for (i, text) in Self.texts(&random).enumerated() {
            rows.append(text: "{\"name\": \"client \(i)\", \"notes\": ")
            rows.append(jsonText: text)
            rows.append(text: "}\n")
        }
        let added = try shop.run(["client", "import", "-"], input: rows)
        #expect(added.code == 0, "\(added.said)")
        try shop.demand("laseros client export --excel --fields code,name,notes --output client.csv && mkdir saved")
        let filter = "\(delimiter),34,76,1,,\(language),false,true,false"
        let converted = try Subprocess.run(
            ["soffice", "--headless", "-env:UserInstallation=file://\(shop.root)/office", "--infilter=CSV:\(filter)", "--convert-to"]
                + ["csv:Text - txt - csv (StarCalc):\(filter)", "--outdir", "saved", "client.csv"], in: shop.work)
        #expect(converted.code == 0, "\(converted.said)")
        let taken = try shop.run("laseros client import saved/client.csv --excel --dry-run --csv --fields before,after")
        #expect(taken.said.contains(" 0 added, 0 changed"), "\(taken.out.prefix(2000))\(taken.said)")
    }

    /// Opening, saving and importing changes nothing.
    @Test(arguments: countries)
    func whatLibreOfficeSavesIsTakenBack(_ decimal: String, _ delimiter: Int, _ language: Int) throws {
        let shop = try Self.shop(decimal)
        try shop.demand("laseros client export --excel --output client.csv && mkdir saved")
        let filter = "CSV:\(delimiter),34,76,1,,\(language),false,true"
        let converted = try Subprocess.run(
            ["soffice", "--headless", "-env:UserInstallation=file://\(shop.root)/office", "--infilter=\(filter)", "--convert-to"]
                + ["csv:Text - txt - csv (StarCalc):\(delimiter),34,76,1,,\(language),false,true", "--outdir", "saved", "client.csv"],
            in: shop.work)
        #expect(converted.code == 0, "\(converted.said)")
        let taken = try shop.run("laseros client import saved/client.csv --excel --dry-run")
        #expect(taken.said.contains(" 0 added, 0 changed"), "\(taken.out)\(taken.said)")
    }
}
