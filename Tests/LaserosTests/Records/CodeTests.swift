import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// New codes have to be plain words; existing codes are kept.
@Suite struct CodeTests {
    @Test(
        arguments: [
            ("A", nil), ("SS304", nil), ("a-b_c.d/e:f+g&h", nil), ("0", nil), (String(repeating: "x", count: 40), nil),
            (String(repeating: "x", count: 41), "it has 41 characters, and codes have at most 40"),
            ("A$B", "it holds '$', and codes hold ASCII letters, digits and - _ . / : + & only"),
            ("ZZ$(touch${IFS}x)", "it holds '$', and"), ("A`B", "it holds '`', and"), ("A B", "it holds a blank, and"),
            ("Stück", "it holds 'ü', and"),
            ("A\u{a0}B", "it holds U+00A0, and"), ("A\u{202e}B", "it holds U+202E, and"), ("A\u{9b}B", "it holds U+009B, and"),
            ("A\u{301}", "it holds U+0301, and"), ("漢字", "it holds '漢', and"), ("A=B", "it holds '=', and"), ("a@b", "it holds '@', and"),
            ("A~", "it holds '~', and"), ("A,B", "it holds ',', and"), ("A;B", "it holds ';', and"), ("A\\B", "it holds '\\', and"),
            (".A", "it begins with '.', and codes begin with a letter or digit"), ("_A", "it begins with '_', and"),
            ("&A", "it begins with '&', and"), ("+A", "it begins with '+', and"), ("last", "the word means something else"),
            ("Number", "the word means something else"),
        ] as [(String, String?)])
    func newCodesArePlainWords(_ code: String, _ wrong: String?) throws {
        let workshop = try Workshop()
        var ways = [
            try workshop.run(["material", "add", code, "Wood", "--density", "0.7"]),
            try workshop.run(
                ["client", "import", "-"], input: Array("{\"code\": \"\(code == "A\\B" ? "A\\\\B" : code)\", \"name\": \"Karoo\"}\n".utf8)),
        ]
        try workshop.demand("laseros material add old Wood --density 0.7")
        if wrong == nil { try workshop.demand("laseros undo 1") }
        ways.append(try workshop.run(["material", "edit", "old", "--code", code]))
        for (i, answered) in ways.enumerated() {
            if let wrong {
                #expect(answered.code == (i == 1 ? 8 : 4) && answered.said.contains("' cannot be a code: \(wrong)"), "\(answered)")
            } else {
                #expect(answered.code == 0, "\(answered)")
            }
        }
    }

    /// A code cannot look like an option, because options may be anywhere.
    @Test func aCodeIsNoOption() throws {
        let workshop = try Workshop()
        #expect(
            try workshop.run(["material", "add", "--density", "1", "--", "-x", "Wood"]).said.contains(
                "'-x' cannot be a code: it begins with '-'"))
    }

    /// A shop with an odd code that older rules allowed.
    private static func old() throws -> Workshop {
        let workshop = try Workshop()
        try workshop.tamper(
            """
            INSERT INTO client (code, name, created_at) VALUES ('Kü$(x)', 'Karoo', '2026-01-01T00:00:00.000Z');
            INSERT INTO material (code, name, density_kg_m3) VALUES ('M`$x', 'Wood', 700);
            """)
        try workshop.demand("laseros upgrade --search-index")
        return workshop
    }

    @Test func oldCodesStayAsTheyAre() throws {
        let workshop = try Self.old()
        let answered = try workshop.run(
            ["client", "import", "-"], input: Array("code,name,notes\nNEW,Overberg,a\nKü$(x),Karoo,b\n".utf8))
        #expect(answered.out.contains("1 added, 1 changed, 0 same"), "\(answered)")
        try workshop.demand("laseros undo")
        try workshop.demand("laseros redo")
        #expect(
            try workshop.run(["client", "show", "Kü$(x)", "--json", "--fields", "code,notes"]).out
                == "{\"code\": \"Kü$(x)\", \"notes\": \"b\"}\n")
        #expect(try workshop.run(["client", "edit", "Kü$(x)", "--notes", "c"]).code == 0)
        #expect(try workshop.run(["material", "edit", "M`$x", "--code", "M`$x", "--density", "0.8"]).code == 0)
        #expect(try workshop.run(["material", "edit", "M`$x", "--code", "m`$x"]).said.contains("it holds '`'"))
        #expect(try workshop.run("EDITOR=\"sed -i 's/^notes =.*/notes = hard/'\" laseros material edit 'M`$x' -e").code == 0)
        #expect(try workshop.run(["material", "edit", "M`$x", "--code", "M1"]).code == 0)
        try workshop.demand("laseros undo")
        #expect(try workshop.run(["material", "show", "M`$x", "--json", "--fields", "notes"]).out == "{\"notes\": \"hard\"}\n")
        for format in ["csv", "tsv", "json"] {
            try workshop.demand("laseros client export --format \(format) -o all.\(format)")
            #expect(try workshop.run("laseros client import all.\(format)").out.contains("0 added, 0 changed, 2 same"))
        }
        #expect(try workshop.run(["client", "remove", "Kü$(x)"]).code == 0)
        try workshop.demand("laseros undo")
    }

    /// A project's code contains those characters of the client's code that a new code may contain.
    @Test func projectsOfOldClientsGetPlainCodes() throws {
        let workshop = try Self.old()
        #expect(try workshop.run(["project", "add", "Gate", "--client", "Kü$(x)", "--codes"]).out == "JB-2026-08-Kx-001\n")
        let long = String(repeating: "L", count: 40)
        #expect(try workshop.run(["client", "import", "-"], input: Array("code,name\n\(long),Long\n".utf8)).code == 0)
        #expect(try workshop.run(["project", "add", "Gate", "--client", long, "--codes"]).out == "JB-2026-08-\(long.prefix(20))-001\n")
    }
}
