import Testing
import Values

@testable import Commands

/// Files whose rows depend on each other.
@Suite struct ImportTests {
    /// Each duplicate row is reported with the line of the first one. The time is linear in the size of the file.
    @Test(.timeLimit(.minutes(1)))
    func manyDuplicatesAreTold() throws {
        let workshop = try Workshop(), count = 100_000
        let half = (1...count).map { "CL-\($0),c\($0)\n" }.joined()
        let answered = try workshop.run(["client", "import", "-"], input: Array(("code,name\n" + half + half).utf8))
        #expect(answered.code == 8)
        let lines = answered.said.split(separator: "\n")
        #expect(lines[0] == "standard input:100002: CL-1 stands twice: first on line 2")
        #expect(lines[999] == "standard input:101001: CL-1000 stands twice: first on line 1001")
        #expect(lines.last?.contains("100000 faults") == true, "\(lines.suffix(2))")
    }

    /// A row without a code never takes the code of another row, at any position in the file.
    @Test(arguments: [
        ("client", "name,code", ["A,", "B,CL-0001"], ["A CL-0002", "B CL-0001"]),
        (
            "client", "name,code", ["A,", "B,CL-0002", "C,", "D,cl-0001", "E,CL-0004"],
            ["A CL-0005", "B CL-0002", "C CL-0003", "D cl-0001", "E CL-0004"]
        ),
        (
            "project", "name,client,code", ["A,CL-0001,", "B,CL-0001,JB-2026-08-CL0001-001"],
            ["A JB-2026-08-CL0001-002", "B JB-2026-08-CL0001-001"]
        ),
        ("contact", "name,client,code", ["A,CL-0001,", "B,CL-0001,CT-0001"], ["A CT-0002", "B CT-0001"]),
    ])
    func codesAreNotMixedUp(_ noun: String, _ columns: String, _ rows: [String], _ wanted: [String]) throws {
        let workshop = try Workshop()
        if noun != "client" { try workshop.demand("laseros client add Karoo") }
        let file = Array(([columns] + rows).joined(separator: "\n").utf8)
        let answered = try workshop.run([noun, "import", "-"], input: file)
        #expect(answered.code == 0, "\(answered.said)")
        let kept = try workshop.reading { try $0.all("SELECT name || ' ' || code FROM \(name: noun) ORDER BY id") { $0.text(0) } }
        #expect(kept == wanted)
        try workshop.demand("laseros \(noun) add Z" + (noun == "client" ? "" : " --client CL-0001"))
    }

    /// Unknown references in a file get no suggestions, and the same word is looked up once.
    @Test func unknownReferencesAreLookedUpOnce() throws {
        let workshop = try Workshop(), words = 20
        for line in ["Karoo", "Overberg"] { try workshop.demand("laseros client add \(line)") }
        func asked(_ rows: Int) throws -> Int {
            let file = "name,client\n" + (0..<rows).map { "P,Caroo \($0 % words)\n" }.joined()
            let heard = try SQLWatch.statements(of: workshop) {
                let answered = try workshop.run(["project", "import", "-"], input: Array(file.utf8))
                #expect(answered.said.contains("standard input:2: client: there is no client 'Caroo 0'"), "\(answered.said)")
                #expect(answered.said.contains("\(rows) faults"))
            }
            #expect(heard.allSatisfy { !$0.contains("LIMIT 2000") })
            return heard.filter { $0.contains("client") }.count
        }
        let few = try asked(words)
        #expect(try few >= words && few == asked(50 * words))
    }

    /// Suggestions for codes on standard input are searched for only for the codes in the message, among codes that are read once.
    @Test func codesForHintsAreReadOnce() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Karoo")
        let codes = (1...300).map { "CK-\($0)\n" }.joined()
        let heard = try SQLWatch.statements(of: workshop) {
            let answered = try workshop.run(["client", "edit", "-", "--notes", "x"], input: Array("CK-0001\nCK-0001\n\(codes)".utf8))
            #expect(answered.code == 3)
        }
        #expect(heard.filter { $0.contains("LIMIT 2000") }.count == 1)
        let answered = try workshop.run(["client", "edit", "CK-0001"] + (2...300).map { "CK-\($0)" } + ["--notes", "x"])
        #expect(answered.said.contains("; and 295 more"), "\(answered.said)")
        #expect(answered.said.contains("hint: did you mean CL-0001?"), "\(answered.said)")
    }

    /// `--create` leaves existing records unchanged, `--update` adds none.
    @Test(arguments: [
        ("--create", "line,code,result\n2,CL-0001,skipped\n3,CL-0002,added\n", ["Karoo", "Breede"]),
        ("--update", "line,code,result\n2,CL-0001,changed\n3,CL-0002,skipped\n", ["Other"]),
    ])
    func anImportIsNarrowed(_ flag: String, _ rows: String, _ names: [String]) throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Karoo")
        let answered = try workshop.run(
            ["client", "import", "-", flag, "--csv"], input: Array("code,name\nCL-0001,Other\nCL-0002,Breede\n".utf8))
        #expect(answered.code == 0 && answered.out == rows, "\(answered)")
        #expect(try workshop.reading { try $0.all("SELECT name FROM client ORDER BY id") { $0.text(0) } } == names)
    }

    @Test func aCodeThatReallyStandsTwiceIsTold() throws {
        let answered = try Workshop().run(["client", "import", "-"], input: Array("name,code\nA,\nB,CL-0001\nC,CL-0001\n".utf8))
        #expect(answered.code == 8)
        #expect(answered.said.contains("standard input:4: CL-0001 stands twice: first on line 3"), "\(answered.said)")
    }
}
