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
        "kar", "bohmer", "muller s", "STRASSE", "lodz", "鋼", "hinge", "neil karoo", "9 karoo", "x@y", "sig gate", "%", "karo muller sig",
        "gate-hinge kar", "0821234502", "082 123 4501", "+27 82 123 4503 ",
    ]

    /// The documents of records: their codes, an empty cell or the word `owner`, and the text.
    private static let scans: [String: SQL] = [
        "client": "SELECT code, '', \(client) FROM client",
        "project": """
        SELECT code, '', code || char(10) || name || char(10) || coalesce(description, '') FROM project
        UNION ALL SELECT code, '', title FROM part JOIN project ON project.id = project_id
        UNION ALL SELECT code, '', file.name FROM file JOIN project ON project.id = project_id
        UNION ALL SELECT project.code, 'owner', \(client) FROM project JOIN client ON client.id = client_id
        """,
        "quote": """
        SELECT code, '', coalesce(reference, '') FROM quote
        UNION ALL SELECT code, '', title || char(10) || coalesce(file_name, '') || char(10) || coalesce(finish, '')
        FROM quote JOIN quote_version v ON v.quote_id = quote.id AND v.version = quote.version JOIN quote_line ON version_id = v.id
        UNION ALL SELECT quote.code, 'owner', \(client) FROM quote JOIN client ON client.id = client_id
        UNION ALL SELECT quote.code, 'owner', project.code || char(10) || name || char(10) || coalesce(description, '')
        FROM quote JOIN project ON project.id = project_id
        """,
    ]
    private static let client: SQL = """
        client.name || char(10) || coalesce(client.contact, '') || char(10) || coalesce(client.email, '') || char(10)
        || coalesce(client.phone, '') || char(10) || coalesce(client.address, '')
        """

    /// The words of a text, and the digits of a telephone number in South Africa.
    private static func words(_ text: String) -> [String] {
        let words = text.searchKey.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let numbers = text.split(separator: "\n").filter { !$0.contains(where: \.isLetter) && $0.contains(" ") }.map { line in
            (line.hasPrefix("+27") ? "0" + line.dropFirst(3) : String(line)).filter(\.isNumber)
        }
        return words + numbers
    }

    private struct Found: Equatable {
        var listed: [String] = []
        var searched: [String] = []
    }

    private struct Document {
        let isOwners: Bool
        let words: [String]

        func has(_ term: [String]) -> Bool {
            term.allSatisfy { word in words.contains { word.count < 3 && word.allSatisfy(\.isNumber) ? $0 == word : $0.hasPrefix(word) } }
        }
    }

    /// The codes that a list finds, and those that a search finds: of these not only the owners have words.
    private static func scan(_ records: [String: [Document]], _ text: String) -> Found {
        let isNumber = text.filter(\.isNumber).count > 6 && text.contains(" ")
        let terms = isNumber ? [Array(words(text).suffix(1))] : text.split(separator: " ").map { words(String($0)) }.filter { !$0.isEmpty }
        guard !terms.isEmpty else { return Found() }
        let listed = records.filter { record in terms.allSatisfy { term in record.value.contains { $0.has(term) } } }
        let searched = listed.filter { record in terms.contains { term in record.value.contains { !$0.isOwners && $0.has(term) } } }
        return Found(listed: listed.keys.sorted(), searched: searched.keys.sorted())
    }

    private static func compare(_ workshop: Workshop, _ after: String, asked: [String] = asked) throws {
        let faults = Faults()
        try workshop.opened().findWrongSearch(faults)
        #expect(faults.isEmpty, "\(after): \(faults.named(.search))")
        for (noun, scanned) in scans {
            let rows = try workshop.reading { data in
                try data.all(scanned) { (code: $0.text(0), document: Document(isOwners: $0.text(1) != "", words: words($0.text(2)))) }
            }
            let records = Dictionary(grouping: rows, by: \.code).mapValues { $0.map(\.document) }
            for text in asked {
                let listed = try workshop.run([noun, "list", "--all", "--search", text, "--codes"]).out
                let searched = try workshop.run(["search", text, "--noun", noun, "--limit", "100000", "--codes"]).out
                let found = Found(listed: lines(listed), searched: lines(searched))
                #expect(found == scan(records, text), "\(after): \(noun) '\(text)'")
            }
        }
    }

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init).sorted() }

    /// A random command, and its standard input.
    private static func line(_ random: inout Seeded, _ workshop: Workshop) throws -> (words: [String], input: String) {
        let name = (0..<2).map { _ in names.randomElement(using: &random) ?? "" }.joined(separator: " ")
        let number = Int.random(in: 1...6, using: &random)
        let phone = ["082 123 450\(number)", "082123450\(number)", "+27 82 123 450\(number)"].randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<14, using: &random) {
        case 0: return (["client", "add", name, "--email", "x@y\(number).example", "--phone", phone], "")
        case 1: return (["client", "edit", "CL-000\(number)", "--name", name], "")
        case 2: return (["client", "edit", "CL-000\(number)", "--contact", name, "--notes", name, "--address", ""], "")
        case 3: return (["client", "remove", "CL-000\(number)"], "")
        case 4:
            let rows = ["code,name,phone", "CL-000\(number),\(name),\(phone)", "CL-0100,Hinge,", ",New \(name),\(number)", ""]
            return (["client", "import", "-"], rows.joined(separator: "\n"))
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
            try Self.compare(workshop, words.joined(separator: " "), asked: Array(Self.asked.shuffled(using: &random).prefix(5)))
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
            try Self.compare(workshop, line, asked: ["dritt", "ganz 7 lang", "halb", "9 karoo"])
        }
        #expect(try workshop.demand("laseros client list --search drittel --codes").split(separator: "\n").count == 300)
    }

    /// Common words are looked up in the index; the texts of few records are compared.
    @Test func commonWordsAreFound() throws {
        let workshop = try ExampleShop.copy()
        let clients = (1...600).map { "CL-\(1000 + $0),Karoo \($0 % 7),Sigma \($0 % 5),082 123 \(4000 + $0)" }
        let file = "code,name,contact,phone\n" + clients.joined(separator: "\n")
        #expect(try workshop.run(["client", "import", "-"], input: Array(file.utf8)).code == 0)
        let projects = (1...1300).map { i in
            """
            {"name": "\(i % 2 == 0 ? "Muller" : "Sign") \(i)", "client": "CL-\(1001 + i % 590)",
            "parts": [{"part": 1, "title": "\(i % 3 == 0 ? "Gate-Hinge" : "Böhmer")"}, {"part": 2, "title": "Karoo 9"}]}
            """
        }
        let json = "[\(projects.joined(separator: ","))]"
        let imported = try workshop.run(["project", "import", "-", "--format", "json"], input: Array(json.utf8))
        #expect(imported.code == 0, "\(imported)")
        try Self.compare(workshop, "import")
        // The newest are found first.
        let found = try workshop.demand("laseros search muller hinge sigma --limit 2 --csv --no-header --fields name,field")
        #expect(found == "Muller 1296,name and part 1 and client\nMuller 1290,name and part 1 and client\n")
        // A list is read in its order, and ends at its limit.
        let lists = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros project list --search 'sigma karoo' --limit 5") }
        let list = try #require(lists.first { $0.contains("EXISTS (SELECT 1 FROM \"part\"") }, "\(lists)")
        let plan = try workshop.reading { try $0.all("EXPLAIN QUERY PLAN \(SQL(stringLiteral: list))") { $0.text(3) } }
        #expect(!plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }, "\(plan)")
    }

    /// Documents are read in one pass, also where many belong to one record, and more words take no more statements for each choice of them.
    @Test func commonWordsAreReadOnce() throws {
        let workshop = try ExampleShop.copy()
        let parts = (1...2000).map { "{\"part\": \($0), \"title\": \"Flange bracket \($0)\"}" }.joined(separator: ",")
        let json = "[{\"name\": \"Many\", \"client\": \"CL-0001\", \"parts\": [\(parts)]}]"
        #expect(try workshop.run(["project", "import", "-", "--format", "json"], input: Array(json.utf8)).code == 0)
        func passes(_ text: String) throws -> Int {
            let asked = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros search \(text)") }
            return asked.count { $0.hasPrefix("SELECT rowid FROM aux_search ") }
        }
        #expect(try passes("flange") == 1)
        #expect(try passes("flan") == 2)
        #expect(try passes("flange many") == 1)
        #expect(try passes("flange bracket many karoo signs nowhere") == 1)
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

    private static let damages = [
        "UPDATE aux_search_data SET block = x'' WHERE id = 10", "UPDATE aux_search_data SET block = zeroblob(length(block))",
        "UPDATE aux_search_data SET block = randomblob(length(block))", "DELETE FROM aux_search_data", "DELETE FROM aux_search_idx",
        "UPDATE aux_search_data SET block = substr(block, 1, 9)", "DELETE FROM aux_search_config", "DELETE FROM aux_searched",
        "UPDATE aux_search_data SET block = x'ffffffffffffffffffffffff' WHERE id > 10",
        "UPDATE aux_searched SET id = 900719925474099 WHERE id = 1", "UPDATE aux_search_config SET v = 77 WHERE k = 'version'",
    ]

    /// A random change of one block of the index.
    private static func damage(_ random: inout Seeded) -> String {
        let row = "rowid = (SELECT rowid FROM aux_search_data ORDER BY rowid LIMIT 1 OFFSET \(Int.random(in: 0..<8, using: &random)))"
        let place = Int.random(in: 1...60, using: &random), byte = [0, 1, 127, 128, 255].randomElement(using: &random) ?? 0
        let block =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: "substr(block, 1, \(place))"
            case 1: "substr(block, \(place))"
            case 2: "CAST(block || block AS BLOB)"
            default:
                "CAST(substr(block, 1, \(place - 1)) || x'\(byte < 16 ? "0" : "")\(String(byte, radix: 16))' || "
                    + "substr(block, \(place + 1)) AS BLOB)"
            }
        return "UPDATE aux_search_data SET block = \(block) WHERE \(row)"
    }

    /// A damaged index gives an error or another answer, and never a half change.
    @Test func aDamagedIndexIsSurvived() throws {
        var random = Seeded(16)
        for sql in Self.damages + (0..<100).map({ _ in Self.damage(&random) }) {
            let workshop = try ExampleShop.copy()
            try Subprocess.demand(["sqlite3", workshop.data, sql])
            let state = try ShopState(workshop)
            for line in ["search karoo", "search karoo gate", "client list --search a"] + (sql.hasPrefix("DELETE") ? ["log verify"] : []) {
                #expect(try [0, 1, 6].contains(workshop.run("laseros \(line)").code), "\(sql): \(line)")
            }
            let line = Bool.random(using: &random) ? "client add Damaged" : "client edit CL-0001 --name Damaged"
            let changed = try workshop.run("laseros \(line)")
            #expect([0, 6].contains(changed.code), "\(sql): \(line): \(changed)")
            if changed.code == 6 { #expect(try ShopState(workshop) == state, "\(sql)") }
            let mended = try workshop.run("laseros upgrade --search-index"), faults = Faults()
            #expect([0, 6].contains(mended.code), "\(sql): \(mended)")
            if mended.code == 0 { try workshop.opened().findWrongSearch(faults) }
            #expect(faults.isEmpty, "\(sql)")
        }
    }

    @Test(arguments: [
        ("Müller & Söhne", ["muller", "sohne"]), ("a-b_c.d@e", ["a", "b", "c", "d", "e"]), ("ÅÄÖ", ["aao"]),
        ("„Zitat“ – 5", ["zitat", "5"]),
        ("", []), ("%", []), ("R2D2", ["r2d2"]), ("鋼鐵 x", ["鋼鐵", "x"]),
    ])
    func wordsAreFolded(_ text: String, _ words: [String]) { #expect(SearchText.words(of: text) == words) }
}
