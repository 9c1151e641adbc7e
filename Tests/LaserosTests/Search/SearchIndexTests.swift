import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// The search index agrees with the rows after any change, undo and redo, and finds what a plain scan of the rows finds.
@Suite struct SearchIndexTests {
    private static let names = ["Karoo", "Böhmer", "MÜLLER", "Straße 9", "signs", "Łódź", "鋼鐵", "o'neil", "gate-hinge", "Karosserie"]
    /// Texts to look for. None is the beginning of a code.
    private static let asked = [
        "kar", "bohmer", "muller s", "STRASSE", "lodz", "鋼", "hinge", "neil karoo", "9 karoo", "x@y", "sig gate", "%",
    ]

    /// The texts that records are found by, after their codes.
    private static let scans: [String: SQL] = [
        "client": "SELECT code, \(client) FROM client",
        "project": """
        SELECT project.code, project.code || char(10) || project.name || char(10) || coalesce(project.description, '') || char(10)
        || coalesce((SELECT group_concat(title, char(10)) FROM part WHERE project_id = project.id), '') || char(10)
        || coalesce((SELECT group_concat(name, char(10)) FROM file WHERE project_id = project.id), '') || char(10) || \(client)
        FROM project JOIN client ON client.id = client_id
        """,
        "quote": """
        SELECT quote.code, quote.code || char(10) || coalesce(reference, '') || char(10) || \(client) || char(10)
        || coalesce((SELECT group_concat(title || char(10) || coalesce(file_name, '') || char(10) || coalesce(finish, ''), char(10))
            FROM quote_line JOIN quote_version v ON v.id = version_id WHERE v.quote_id = quote.id AND v.version = quote.version), '')
        || char(10) || coalesce((SELECT code || char(10) || name || char(10) || coalesce(description, '') FROM project
            WHERE project.id = project_id), '')
        FROM quote JOIN client ON client.id = client_id
        """,
    ]
    private static let client: SQL = """
        client.name || char(10) || coalesce(client.contact, '') || char(10) || coalesce(client.email, '') || char(10)
        || coalesce(client.phone, '') || char(10) || coalesce(client.address, '')
        """

    private static func words(_ text: String) -> [Substring] {
        text.searchKey.split { !$0.isLetter && !$0.isNumber }
    }

    private static func scan(_ noun: String, _ text: String, in workshop: Workshop) throws -> [String] {
        let wanted = words(text)
        let all = try workshop.reading { try $0.all(scans[noun, default: ""]) { (code: $0.text(0), words: words($0.text(1))) } }
        return all.filter { row in
            !wanted.isEmpty
                && wanted.allSatisfy { word in
                    row.words.contains { word.count < 3 && word.allSatisfy(\.isNumber) ? $0 == word : $0.hasPrefix(word) }
                }
        }
        .map(\.code).sorted()
    }

    private static func compare(_ workshop: Workshop, _ after: String) throws {
        let faults = Faults()
        try workshop.opened().findWrongSearch(faults)
        #expect(faults.isEmpty, "\(after): \(faults.named(.search))")
        for noun in scans.keys {
            for text in asked {
                let found = try workshop.run([noun, "list", "--all", "--search", text, "--codes"]).out.split(separator: "\n").map(
                    String.init)
                #expect(try found.sorted() == scan(noun, text, in: workshop), "\(after): \(noun) list --search '\(text)'")
            }
        }
    }

    /// A random command, and its standard input.
    private static func line(_ random: inout Seeded, _ workshop: Workshop) throws -> (words: [String], input: String) {
        let name = (0..<2).map { _ in names.randomElement(using: &random) ?? "" }.joined(separator: " ")
        let number = Int.random(in: 1...6, using: &random)
        switch Int.random(in: 0..<14, using: &random) {
        case 0: return (["client", "add", name, "--email", "x@y\(number).example"], "")
        case 1: return (["client", "edit", "CL-000\(number)", "--name", name], "")
        case 2: return (["client", "edit", "CL-000\(number)", "--contact", name, "--notes", name, "--address", ""], "")
        case 3: return (["client", "remove", "CL-000\(number)"], "")
        case 4:
            return (["client", "import", "-"], "code,name,phone\nCL-000\(number),\(name),021\nCL-0100,Hinge,\n,New \(name),\(number)\n")
        case 5: return (["project", "add", name, "-c", "CL-000\(number)"], "")
        case 6: return (["project", "part", "add", "last", name], "")
        case 7: return (["project", "part", "remove", "last", "1"], "")
        case 8: return (["project", "edit", "last", "--description", name], "")
        case 9: return (["quote", "add", "-c", "CL-0001", "--reference", name, "--finish", name, "0001-Flange-MS-10mm-x4.dxf"], "")
        case 10: return (["redo"], "")
        case 11: return (["undo", "\(max(1, try workshop.lastEntry() - number))"], "")
        default: return (["undo"], "")
        }
    }

    @Test(arguments: 0..<4)
    func findsWhatAScanFinds(_ seed: Int) throws {
        let workshop = try ExampleShop.copy()
        var random = Seeded(UInt64(seed))
        for _ in 0..<25 {
            let (words, input) = try Self.line(&random, workshop)
            _ = try workshop.run(words, input: Array(input.utf8))
            try Self.compare(workshop, words.joined(separator: " "))
        }
    }

    /// Many rows are read in one pass, few by their ids; removed texts are written in pieces.
    @Test func manyRowsFollow() throws {
        let workshop = try ExampleShop.copy()
        let rows = (1...900).map { "CL-\(1000 + $0),\($0 % 3 == 0 ? "Drittel" : "Ganz") \($0)," + String(repeating: "lang ", count: 40) }
        let file = "code,name,address\n" + rows.joined(separator: "\n")
        #expect(try workshop.run(["client", "import", "-"], input: Array(file.utf8)).code == 0)
        let lines = [
            "client remove --all-matching --search drittel", "undo", "client edit --all-matching --search ganz --name Halb", "undo", "redo",
            "client remove --all-matching --search halb", "undo",
        ]
        for line in lines {
            try workshop.demand("laseros \(line)")
            try Self.compare(workshop, line)
        }
        #expect(try workshop.demand("laseros client list --search drittel --codes").split(separator: "\n").count == 300)
    }

    @Test func aBatchFindsItsOwnLines() throws {
        let workshop = try ExampleShop.copy()
        let lines = """
            client add 'Zebra Crossing'
            client list --search zebra
            client edit --all-matching --search zebra --name 'Quagga'
            client list --search zebra
            client list --search quagga
            search quagga
            """
        for flags in [["--dry-run"], []] {
            let answered = try workshop.run(["batch", "-", "--csv"] + flags, input: Array(lines.utf8))
            #expect(answered.code == 0, "\(answered)")
            try Self.compare(workshop, "batch")
        }
        #expect(try workshop.demand("laseros client list --search zebra --codes") == "")
        #expect(try workshop.demand("laseros search quagga --csv --no-header --fields name") == "Quagga\n")
    }

    /// A change of what the index does not hold writes nothing to it.
    @Test func otherColumnsCostNothing() throws {
        let workshop = try ExampleShop.copy()
        let asked = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros client edit 1 --notes again") }
        #expect(!asked.contains { $0.contains("INSERT INTO aux_search") })
    }

    @Test func differencesAreFoundAndMended() throws {
        let workshop = try ExampleShop.copy(), tables = Noun.searchedTables(nouns)
        let client = try #require(tables.first { $0.name == "client" }), part = try #require(tables.first { $0.name == "part" })
        let title = try workshop.reading { try $0.one("SELECT title FROM part WHERE id = 1") { $0.text(0) } } ?? ""
        try Subprocess.demand([
            "sqlite3", workshop.data,
            """
            INSERT INTO aux_search (rowid, text) VALUES (\(client.base + 1), 'ghost');
            INSERT INTO aux_search (aux_search, rowid, text) VALUES ('delete', \(part.base + 1), '\(title)')
            """,
        ])
        let faults = try workshop.faults()
        #expect(faults.count == 2 && faults[0].contains("other words than the rows of part") && faults[1].contains("rows of client"))
        try workshop.demand("laseros upgrade --search-index --dry-run")
        #expect(try workshop.faults() == faults)
        try workshop.demand("laseros upgrade --search-index")
        #expect(try workshop.faults() == [])
        // A row that another program has changed is a fault of its own, and found by its old words until the index is made anew.
        try workshop.tamper("UPDATE client SET phone = '99 77' WHERE id = 1")
        #expect(try workshop.faults().count == 1)
        #expect(try workshop.demand("laseros search '99 77' --codes") == "")
        try workshop.demand("laseros upgrade --search-index")
        #expect(try workshop.demand("laseros search '99 77' --codes") == "CL-0001\n")
    }

    /// A later noun joins by its declaration; until the index is made anew, that is said.
    @Test func otherDeclarationsAreNoticed() throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("UPDATE aux_searched SET columns = 'name' WHERE name = 'client'")
        #expect(try workshop.faults().contains { $0.contains("was not made for these tables") })
        try workshop.demand("laseros upgrade --search-index")
        #expect(try workshop.faults() == [])
        try workshop.tamper("UPDATE aux_searched SET places = '900' WHERE name = 'client'")
        let answered = try workshop.run("laseros client edit 1 --name Other")
        #expect(answered.code == 6 && answered.said.contains("upgrade --search-index"), "\(answered.said)")
    }

    /// A damaged index gives an error or another answer, and never a half change.
    @Test(arguments: [
        "UPDATE aux_search_data SET block = x'' WHERE id = 10", "UPDATE aux_search_data SET block = zeroblob(length(block))",
        "UPDATE aux_search_data SET block = randomblob(length(block))", "DELETE FROM aux_search_data", "DELETE FROM aux_search_idx",
        "UPDATE aux_search_data SET block = substr(block, 1, 9)", "DELETE FROM aux_search_config", "DELETE FROM aux_searched",
        "UPDATE aux_search_data SET block = x'ffffffffffffffffffffffff' WHERE id > 10",
        "UPDATE aux_searched SET id = 900719925474099 WHERE id = 1", "UPDATE aux_search_config SET v = 77 WHERE k = 'version'",
    ])
    func aDamagedIndexIsSurvived(_ sql: String) throws {
        let workshop = try ExampleShop.copy()
        try Subprocess.demand(["sqlite3", workshop.data, sql])
        let state = try ShopState(workshop)
        for line in ["search karoo", "client list --search a"] + (sql.hasPrefix("DELETE") ? ["log verify"] : []) {
            #expect(try [0, 1, 6].contains(workshop.run("laseros \(line)").code), "\(line)")
        }
        let added = try workshop.run("laseros client add Damaged")
        #expect([0, 6].contains(added.code), "\(added)")
        if added.code == 6 { #expect(try ShopState(workshop) == state) }
        let mended = try workshop.run("laseros upgrade --search-index"), faults = Faults()
        #expect([0, 6].contains(mended.code), "\(mended)")
        if mended.code == 0 { try workshop.opened().findWrongSearch(faults) }
        #expect(faults.isEmpty)
    }

    @Test(arguments: [
        ("Müller & Söhne", ["muller", "sohne"]), ("a-b_c.d@e", ["a", "b", "c", "d", "e"]), ("ÅÄÖ", ["aao"]),
        ("„Zitat“ – 5", ["zitat", "5"]),
        ("", []), ("%", []), ("R2D2", ["r2d2"]), ("鋼鐵 x", ["鋼鐵", "x"]),
    ])
    func wordsAreFolded(_ text: String, _ words: [String]) { #expect(SearchText.words(of: text) == words) }
}
