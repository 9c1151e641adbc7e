import Glibc
import Testing
import Values

@testable import Console

@Suite struct AnswerTests {
    private func out(_ line: String, width: Int? = nil) throws -> String {
        let result = try Bench.run(line, in: Bench.environment(width: width, variables: ["NO_COLOR": "1"]))
        #expect(result.code == 0 && result.said.isEmpty, "\(line): \(result.said)")
        return result.out
    }

    @Test func formats() throws {
        #expect(
            try out("client list") == """
                CODE     NAME                         OWED
                CL-0001  Karoo, "Steel"       1 234 567.89
                CL-0002  Naïve | Iron\\nWorks
                CL-0003                              -0.05
                total                         1 234 567.84

                """)
        #expect(
            try out("client list --csv")
                == "code,name,owed,since\nCL-0001,\"Karoo, \"\"Steel\"\"\",1234567.89,2024-10-04\nCL-0002,\"Naïve | Iron\nWorks\",,\nCL-0003,,-0.05,1970-01-01\n"
        )
        #expect(
            try out("client list -f tsv")
                == "code\tname\towed\tsince\nCL-0001\tKaroo, \"Steel\"\t1234567.89\t2024-10-04\nCL-0002\tNaïve | Iron\\nWorks\t\t\nCL-0003\t\t-0.05\t1970-01-01\n"
        )
        #expect(
            try out("client list --json") == """
                [
                  {"code": "CL-0001", "name": "Karoo, \\"Steel\\"", "owed": 1234567.89, "since": "2024-10-04"},
                  {"code": "CL-0002", "name": "Naïve | Iron\\nWorks", "owed": null, "since": null},
                  {"code": "CL-0003", "name": "", "owed": -0.05, "since": "1970-01-01"}
                ]

                """)
        #expect(try out("client list -f ndjson --fields since,code").hasPrefix("{\"since\": \"2024-10-04\", \"code\": \"CL-0001\"}\n{"))
        #expect(
            try out("client list -f markdown --fields name,owed") == """
                | name | owed |
                | --- | ---: |
                | Karoo, "Steel" | 1 234 567.89 |
                | Naïve \\| Iron<br>Works | |
                | | -0.05 |
                | | **1 234 567.84** |

                """)
    }

    @Test func records() throws {
        #expect(try out("client show CL-1") == "code  CL-1\nname  two\n      lines\nowed  0.05\n")
        #expect(try out("client show CL-1 --json") == "{\"code\": \"CL-1\", \"name\": \"two\\nlines\", \"owed\": 0.05, \"since\": null}\n")
        #expect(try out("client show CL-1 -q") == "CL-1\n")
        #expect(try out("client add Karoo") == "CL-0004: Karoo\n")
        #expect(try out("client add Karoo -q") == "CL-0004\n")
        #expect(try out("client remove a --json") == "{\"message\": \"[\\\"a\\\"] removed\"}\n")
    }

    @Test func tableFitsTheTerminal() throws {
        let spool = Spool()
        var writer = TableWriter([Heading("code", .text), Heading("name", .text), Heading("owed", .money)], header: true, terminal: 32)
        let rows: [[DisplayValue]] = [[.text("CL-0002"), .text("Naïve | Iron and other works"), .money(Money(cents: 123_456_789))]]
        try writer.write(Listing(writer.headings, rows), to: spool)
        let cut = try spool.text()
        #expect(cut.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 32 })
        #expect(cut.contains("\n         other") && cut.contains("\n         works\n"))
        #expect(try out("client list", width: 200) == out("client list"))
    }

    @Test func rowsAreCardsWhereColumnsHaveNoRoom() throws {
        let cards = try out("client list", width: 32)
        #expect(cards.hasPrefix("code  CL-0001\nname  Karoo, \"Steel\"\nowed  1 234 567.89\n\ncode  CL-0002\n"))
        #expect(cards.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 32 })
        #expect(cards.hasSuffix("\n\ntotal\nowed  1 234 567.84\n"))
        #expect(try !out("client list --no-header", width: 32).contains("code"))
        #expect(try out("client list", width: 60).hasPrefix("CODE"))
    }

    @Test func documentsAndFiles() throws {
        try Hostile.inFolder { (folder: String) throws in
            let environment = Bench.environment(directory: folder), terminal = Bench.environment(width: 80, directory: folder)
            #expect(try Bench.run("pay pdf", in: environment).out == "%PDF")
            #expect(try Bench.run("pay pdf -o -", in: terminal).out == "%PDF")
            #expect(try Bench.run("pay svg -o -", in: environment).out == "<!-- \u{1b}[2J -->\n")
            #expect(try Bench.run("pay svg -o -", in: terminal).out == "<!-- \\x1b[2J -->\n")
            #expect(
                try Bench.run("pay pdf", in: terminal)
                    == .init(out: "", said: "error: a document is not for the terminal\nhint: name a file for it: -o FILE\n", code: 2))
            #expect(try Bench.run("pay pdf -o a.pdf", in: terminal) == .init(out: "the payment is written\n", said: "", code: 0))
            #expect(try File.read("\(folder)/a.pdf") == Array("%PDF".utf8))
            #expect(try Bench.run("client list --csv -o b.csv", in: environment) == .init(out: "", said: "", code: 0))
            #expect(try File.read("\(folder)/b.csv").starts(with: "code,".utf8))
            #expect(try Bench.run("pay pdf -o none/a.pdf", in: environment).code == 7)
            #expect(try Bench.run("pay pdf -o /dev/null", in: environment).code == 0)
            #expect(
                try Bench.run("pay pdf -o /dev/full", in: environment).said == "error: cannot write /dev/full: no space left on device\n")
            var about = stat()
            #expect(stat("/dev/null", &about) == 0 && about.st_mode & S_IFMT == S_IFCHR)
        }
    }
}
