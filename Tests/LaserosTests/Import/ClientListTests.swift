import Glibc
import Testing
import Values

@testable import Commands
@testable import Console
@testable import Shop

/// Lists of clients from other programs: what is there already, postcodes, joined columns, rows that are left out.
@Suite struct ClientListTests {
    private static func run(_ workshop: Workshop, _ words: [String], _ file: String) throws -> Answered {
        try workshop.run(words, input: Array(file.utf8))
    }

    private static func names(_ workshop: Workshop) throws -> [String] {
        try workshop.reading { try $0.all("SELECT code || ' ' || name FROM client ORDER BY id") { $0.text(0) } }
    }

    /// A strict import finds a repeated client row by row, the other one all of them at its end: both find the same.
    @Test(arguments: [
        ("Karoo Signs,,9", true), ("KAROO signs,,", true), ("Karöo Signs,,", true), ("Karoo,,", false), ("x,anna@k.example,", true),
        ("x,\"y@k.example, ANNA@k.example\",", true), ("x,ben@k.example,", true), ("x,en@k.example,", false), ("x,,4230", true),
        ("x,,423", false), ("Müller,,9", true), ("muller,,", true), ("MÜLLER,,", true), ("Ωmega,,", true), ("x,c@k.example,", true),
        ("x,\"c@k.example;d@k.example\",", true), ("x,,za4230", true),
    ])
    func repeatedClients(_ row: String, _ isThere: Bool) throws {
        let head = "name,email,vat_number\n"
        let known = head + "Karoo Signs,anna@k.example,4230\nB,\"z@k.example, Ben@k.example\",ZA4230\nMüller,c@k.example,\nωMEGA,,\n"
        for isOneFile in [false, true] {
            let workshop = try Workshop()
            if !isOneFile { #expect(try Self.run(workshop, ["client", "import", "-"], known).said == "") }
            let file = isOneFile ? known + row + "\n" : head + row + "\n"
            let answered = try Self.run(workshop, ["client", "import", "-", "--dry-run"], file)
            #expect(answered.said.contains("warning: 1 new client has") == isThere, "\(answered.said)")
            let strict = try Self.run(workshop, ["client", "import", "-", "--strict"], file)
            #expect(strict.code == (isThere ? 8 : 0), "\(strict.said)")
            if isThere { #expect(strict.said.contains(":\(isOneFile ? 6 : 2): client CL-000"), "\(strict.said)") }
        }
    }

    /// One sentence for each kind, with the count and the first codes.
    @Test func repeatedClientsAreCounted() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Karoo --vat-number 7")
        let rows = (1...500).map { "\($0 % 2 == 0 ? "KAROO" : "Brass"),\($0),x\($0)@y.example" }
        let answered = try Self.run(workshop, ["client", "import", "-"], (["name,vat_number,email"] + rows).joined(separator: "\n"))
        let notes = answered.said.split(separator: "\n")
        #expect(notes.count == 2 && answered.code == 0, "\(answered.said)")
        #expect(notes[0].hasPrefix("warning: 499 new clients have names of others that are there: CL-0003 (CL-0001), "), "\(notes)")
        #expect(notes[1].hasPrefix("warning: 1 new client has the VAT number of another that is there: CL-0008 (CL-0001); "), "\(notes)")
    }

    /// A list that is imported twice adds nobody, a changed row is added with a warning, and a strict import refuses that one.
    @Test func theSameListTwice() throws {
        let workshop = try Workshop(), list = "name,phone,address,terms\nKaroo,021 555 0101,1 Main Rd | Worcester,prepaid\nKaroo,,,\n"
        func summary(_ file: String, _ options: String...) throws -> String {
            let answered = try Self.run(workshop, ["client", "import", "-"] + options, file)
            return answered.out.split(separator: ": ").last.map(String.init) ?? answered.said
        }
        #expect(try summary(list) == "2 added, 0 changed, 0 same\n")
        #expect(try summary(list) == "0 added, 0 changed, 2 same\n")
        #expect(try summary(list, "--strict") == "0 added, 0 changed, 2 same\n")
        #expect(try summary("name,phone\nkaroo,021 555 0101\n") == "1 added, 0 changed, 0 same\n")
        #expect(
            try summary("name,phone\nKaroo,021 555 0102\n", "--strict", "--rejects", "r.csv") == "0 added, 0 changed, 0 same, 1 rejected\n")
        // What stands twice in one file is two clients, with a warning.
        #expect(try summary("name\nBrass\nBrass\n") == "2 added, 0 changed, 0 same\n")
    }

    /// A number under `Code` may be a postcode, unless it is known, or said to be the code, or the file is ours.
    @Test(arguments: [
        ("Name,Address,Code\nA,Main Rd,8001\n", "", false), ("Code,Name,Town\n8001,A,\n", "Town=-", false),
        ("code,name,address\n8001,A,Main Rd\n", "", true), ("name,address,code\nA,Main Rd,8001\n", "", false),
        ("Name,Address,Code\nA,Main Rd,8001\n", "Code=code", true), ("Name,Email,Code\nA,a@b.example,8001\n", "", false),
        ("Name,Address,Code\nA,Main Rd,CL-0077\n", "", true), ("Name,Address,Code\nA,Main Rd,KAR01\n", "", true),
        ("Name,Address,Code\nA,Main Rd,\n", "", true), ("Name,Address,Code\nA,Main Rd,83702-1234\n", "", false),
        ("Name,Address,client_code\nA,Main Rd,8001\n", "", true), ("Name,Address,Code\nKnown,Main Rd,4711\n", "", true),
        ("Name,Straße,Code\nA,Weg 1,8001\n", "Straße=address", false),
    ])
    func postcodes(_ file: String, _ map: String, _ isTaken: Bool) throws {
        let workshop = try Workshop()
        #expect(try Self.run(workshop, ["client", "import", "-"], "code,name\n4711,Known\n").code == 0)
        let answered = try Self.run(workshop, ["client", "import", "-"] + (map.isEmpty ? [] : ["--map", map]), file)
        #expect(answered.code == (isTaken ? 0 : 8), "\(answered.said)")
        guard !isTaken else { return }
        #expect(answered.said.contains("looks like a postcode") && answered.said.contains("--map Code=code") || file.contains("code\n"))
        #expect(try Self.names(workshop) == ["4711 Known"])
    }

    /// Cells that make up one field are joined in the order of the map, empty ones left out; nothing leaves the field alone.
    @Test func joinedColumns() throws {
        let workshop = try Workshop()
        let map = "Town|Street| code =address,First|Last=name"
        let file = "First,Last,Street,Town,Code\nAnna,Botha, 1 Main Rd ,Worcester,6850\n,Cher,,,\n"
        #expect(try Self.run(workshop, ["client", "import", "-", "--map", map, "--save-map", "p"], file).code == 0)
        let kept = try workshop.reading { try $0.all("SELECT name, address FROM client ORDER BY id") { [$0.text(0), $0.text(1)] } }
        #expect(kept == [["Anna Botha", "Worcester\n1 Main Rd\n6850"], ["Cher", ""]])
        let again = try Self.run(workshop, ["client", "import", "-", "--map", "@p"], file)
        #expect(again.out.hasSuffix("0 added, 0 changed, 2 same\n"), "\(again)")
        for (map, said) in [
            ("A|B=name,A=email", "A: is called something twice"), ("A|C=name", "there is no such column to be called name"),
            ("A|B=code", "several columns make up a field only"),
        ] {
            let answered = try Self.run(workshop, ["client", "import", "-", "--map", map], "A,B\nx,y\n")
            #expect(answered.code == 8 && answered.said.contains(said), "\(answered.said)")
        }
    }

    /// What is rejected can be imported after it was mended, in every dialect; the other rows are as in an import without the faults.
    @Test(arguments: [
        ("name,email,notes\nA,a@b.example,\"x, \"\"y\"\"\"\nB,none,\"1,\n2\"\nC,,NULL\nD,wrong,NULL\n", ["none", "wrong"]),
        ("name;email;notes\nA;;\nB;none;'x\n;c@d.example;\nD;;one;two\n", ["none"]),
        ("name\temail\tnotes\nA\t\tx\nB\tnone\ta \"b\"\n", ["none"]),
        (
            "[{\"name\": \"A\"}, {\"email\": \"none\", \"name\": \"B\", \"notes\": \"é\\n\\\"\"}, {\"name\": \"C\", \"phone\": null}]",
            ["none"]
        ),
    ])
    func rejectedRows(_ file: String, _ faults: [String]) throws {
        let workshop = try Workshop(), sound = try Workshop(), path = workshop.work + "/list.csv"
        try File.write(Array(file.utf8), to: path)
        let answered = try workshop.run(["client", "import", "list.csv", "--rejects", "bad.csv"])
        #expect(answered.code == 0 && answered.said.contains("not taken: bad.csv has"), "\(answered)")
        func mended(_ text: String) -> String {
            faults.reduce(text) { $0.replacing($1, with: "\($1)@z.example") }.replacing("\n;c@d", with: "\nE;c@d").replacing(
                ";;one;two", with: ";;one"
            )
            .replacing(";;c@d", with: ";E;c@d")
        }
        var bad = String(decoding: try File.read(workshop.work + "/bad.csv"), as: UTF8.self)
        // The reasons name what was wrong, too.
        bad = bad.split(separator: "\n").map { line in mended(String(line)) }.joined(separator: "\n")
        try File.write(Array((bad + "\n").utf8), to: workshop.work + "/bad.csv")
        let again = try workshop.run(["client", "import", "bad.csv"])
        #expect(again.code == 0 && again.said == "", "\(again) \(bad)")
        try File.write(Array(mended(file).utf8), to: sound.work + "/list.csv")
        try sound.demand("laseros client import list.csv")
        for workshop in [workshop, sound] { try workshop.demand("laseros log verify") }
        func rows(_ workshop: Workshop) throws -> [String] {
            try workshop.reading { try $0.all("SELECT json_array(name, email, notes, phone) FROM client ORDER BY name") { $0.text(0) } }
        }
        #expect(try rows(workshop) == rows(sound))
    }

    /// A row that fails behind its own first statement leaves nothing, and one that contradicts another row at the end is left out, too.
    @Test func rejectedRowsLeaveNothing() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Karoo")
        try workshop.demand("laseros material add MS 'Mild Steel' --density 7.85")
        let projects = """
            name,client,parts
            A,CL-0001,"[{""title"": ""p"", ""ordered"": 2}]"
            B,CL-0001,"[{""title"": ""q"", ""ordered"": 0}]"
            C,CL-0001,"[{""title"": ""r""}]"

            """
        let answered = try Self.run(workshop, ["project", "import", "-", "--rejects", "p.csv"], projects)
        #expect(answered.code == 0, "\(answered.said)")
        let kept = try workshop.reading {
            try $0.all("SELECT name || (SELECT count(*) FROM part WHERE project_id = project.id) FROM project") { $0.text(0) }
        }
        #expect(kept == ["A1", "C1"], "\(answered)")
        let presets = "name,material,thickness_mm\nFast,MS,3\nSlow,MS,3\nFast,MS,3\nOther,MS,2\n"
        let taken = try Self.run(workshop, ["preset", "import", "-", "--rejects", "q.csv"], presets)
        #expect(taken.code == 0 && taken.out.contains("3 added, 0 changed, 0 same, 1 rejected"), "\(taken)")
        #expect(try String(decoding: File.read(workshop.work + "/q.csv"), as: UTF8.self).contains("line 4: "))
        try workshop.demand("laseros undo")
        try workshop.demand("laseros log verify")
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM preset") { $0.int(0) } } == 0)
    }

    /// No file is made in a dry run, when nothing is rejected, or when the import fails; one that is there stays without `--force`.
    @Test func fileOfRejectedRows() throws {
        let workshop = try Workshop(), path = workshop.work + "/r.csv", words = ["client", "import", "-", "--rejects", "r.csv"]
        let bad = "name,email\nA,none\n"
        #expect(try Self.run(workshop, words + ["--dry-run"], bad).said.contains("r.csv would have it"))
        #expect(try Self.run(workshop, words, "name\nB\n").said == "")
        #expect(try Self.run(workshop, words, "name,nmae\nB,\n").code == 8)
        #expect(try Self.run(workshop, words, "name\n\"B\n").code == 8)
        #expect(try Self.run(workshop, ["client", "import", "-", "--rejects", "none/r.csv"], bad).code == 7)
        #expect(access(path, F_OK) != 0)
        #expect(try Self.names(workshop) == ["CL-0001 B"])
        #expect(try Self.run(workshop, words, bad).code == 0 && access(path, F_OK) == 0)
        let known = try File.read(path)
        #expect(try Self.run(workshop, words, "name,email\nC,no\n").code == 4)
        #expect(try File.read(path) == known)
        #expect(try Self.run(workshop, words + ["--force"], "name,email\nC,no\n").code == 0)
        #expect(try File.read(path) != known)
        #expect(Paths.names(in: workshop.work).allSatisfy { !$0.hasPrefix(".laseros") })
    }

    @Test(arguments: [
        ("+27 (0)21 555-0101 ext 3", true), ("021 555 0101 / 083 123 4567", true), ("Büro: 0221/555-0", true), ("0215550101", true),
        ("none", false), ("1234", false), ("2,72E+10", false), ("2.7215E+10", false), ("a@b.example 12345", false), ("12345\n", true),
        ("123\n45", false), ("'0215550101", false),
    ])
    func phones(_ text: String, _ isOne: Bool) { #expect((Phone(reading: text) != nil) == isOne) }

    @Test(arguments: [
        ("a@x.example", "a@x.example"), ("a@x.example;b@y.example", "a@x.example, b@y.example"),
        (" a@x.example , A@X.example,, b@y.example; ", "a@x.example, b@y.example"), ("a@x.example, none", nil), (",", nil),
        ("a@x.example b@y.example", nil),
    ])
    func addresses(_ text: String, _ kept: String?) { #expect(Emails(reading: text)?.text == kept) }
}
