import Testing
import Values

@testable import Console

@Suite struct RoundTripTests {
    @Test(arguments: ["csv", "tsv", "json", "ndjson"])
    func whatIsWrittenIsReadBack(_ format: String) throws {
        var random = Seeded(state: 1)
        for columns in [1, 2, 9] {
            for _ in 0..<40 {
                var rows = Hostile.rows(columns, 20, &random)
                // TSV has no quotes to distinguish the word from the marker.
                if format == "tsv" { rows = rows.map { $0.map { $0 == "NULL" ? "x" : $0 } } }
                if format == "tsv", columns == 1 { rows = rows.filter { !$0[0].isEmpty } }
                let read = try Hostile.read(Hostile.printed(rows, "-f", format), RecordReader.Dialect(rawValue: format) ?? .json)
                #expect(read.rows == rows)
            }
        }
    }

    /// With any separator no part of a text is a formula, and reading returns what was written.
    @Test(arguments: ["csv", "tsv"])
    func spreadsheetsGetTextThatStaysText(_ format: String) throws {
        var random = Seeded(state: 2)
        let whole = [
            "Acme,=1+1,x", "a;=1", "a|=1", "a\t=1", "'a;'=1", "''=1,''=1", "a;\"=1\"", "\"=1\"", "a\n=1", "a\r\n-1", "a,＝1", "'", ",'",
            ";''",
        ]
        for i in 0..<60 {
            var rows = i == 0 ? whole.map { [$0, "x", "'" + $0] } : Hostile.rows(3, 20, &random)
            if format == "tsv" { rows = rows.map { $0.map { $0 == "NULL" ? "x" : $0 } } }
            let bytes = try Hostile.printed(rows, "-f", format, "--excel")
            for piece in bytes.split(whereSeparator: { ",;|\t\n\r".utf8.contains($0) }) {
                let seen = piece.drop { $0 == UInt8(ascii: "\"") }
                #expect(!"=+-@＝＋－＠".unicodeScalars.contains(String(decoding: seen, as: UTF8.self).unicodeScalars.first ?? "x"))
            }
            #expect(try Hostile.read(bytes, RecordReader.Dialect(rawValue: format), guarded: true).rows == rows)
        }
    }

    /// A harmless text is written unchanged.
    @Test func apostrophesStandOnlyWhereTheyAreNeeded() {
        for text in ["Smith, John", "a - b; c", "x,-", "rock 'n' roll,'n", "12 mm; 3", "", "a\n\nb", "it's; ok"] {
            #expect(Spreadsheet.guarded(text) == (text == "x,-" ? "x,'-" : text))
        }
        #expect(Spreadsheet.guarded("a,=1;+2|-3\t@4") == "a,'=1;'+2|'-3\t'@4")
    }

    /// Numbers stay numbers, including negative ones; dates and text keep their points.
    @Test func spreadsheetsGetTheirDecimalMark() throws {
        let row: [DisplayValue] = [
            .money(Money(cents: -123_450)), .measure(-0.25, unit: "mm"), .length(Length(um: 1500)), .moment(Moment(ms: 1), offset: 0),
            .text("a;1.5"), .text("a\tb"), .nothing,
        ]
        for (decimal, wanted) in [
            (DecimalMark.comma, "-1234,50;-0,25;1,5;1970-01-01T00:00:00.001Z;\"a;1.5\";\"a\tb\";\n"),
            (.point, "-1234.50,-0.25,1.5,1970-01-01T00:00:00.001Z,\"a;1.5\",\"a\tb\",\n"),
        ] {
            var writer = CSVWriter(headings: [], header: false, sheet: Spreadsheet(decimal: decimal)), out: [UInt8] = []
            writer.row(row, &out)
            #expect(String(decoding: out, as: UTF8.self) == wanted)
        }
    }

    @Test func pythonReadsOurCSV() throws {
        var random = Seeded(state: 3)
        let rows = Hostile.rows(4, 2000, &random)
        let script =
            "import csv, json, sys, io; t = io.TextIOWrapper(sys.stdin.buffer, encoding=\"utf-8\", newline=\"\"); r = list(csv.DictReader(t)); print(json.dumps(r))"
        let read = try Hostile.read(Hostile.python(script, Hostile.printed(rows, "--csv")), .json)
        #expect(read.rows == rows)
    }

    @Test(arguments: ["\\n", "\\r\\n", "\\r"])
    func weReadPythonsCSV(_ end: String) throws {
        var random = Seeded(state: 4)
        // Python does not quote the other kind of line end.
        let other: Unicode.Scalar = end == "\\n" ? "\r" : "\n"
        let rows = Hostile.rows(4, 2000, &random).map { row in
            row.map { text in
                let kept = end == "\\r\\n" ? text : String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != other }))
                return kept == "NULL" ? "x" : kept
            }
        }
        let script =
            "import csv, json, sys, io; r = json.load(sys.stdin); o = io.TextIOWrapper(sys.stdout.buffer, encoding=\"utf-8\", newline=\"\"); w = csv.writer(o, lineterminator=\"\(end)\"); w.writerow(r[0].keys()); [w.writerow(x.values()) for x in r]; o.flush()"
        #expect(try Hostile.read(Hostile.python(script, Hostile.printed(rows, "--json"))).rows == rows)
    }

    @Test func pythonReadsOurJSONAndWeItsJSON() throws {
        var random = Seeded(state: 5)
        let rows = Hostile.rows(4, 2000, &random)
        let ours = try Hostile.printed(rows, "--json")
        #expect(ours.allSatisfy { $0 == 10 || $0 >= 32 && $0 != 127 })
        for ascii in ["True", "False"] {
            let script =
                "import json, sys; r = json.load(sys.stdin); sys.stdout.buffer.write(json.dumps(r, indent=3, ensure_ascii=\(ascii)).encode())"
            #expect(try Hostile.read(Hostile.python(script, ours)).rows == rows)
        }
    }
}
