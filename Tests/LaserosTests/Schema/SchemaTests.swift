import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// What the schema needs so that changesets can be stored and inverted, `sqlite3` can open a shop, and wordings can change freely.
@Suite struct SchemaTests {
    /// All statements of the schema, with type and name.
    private static func statements(_ workshop: Workshop) throws -> [(type: String, name: String, sql: String)] {
        try workshop.reading { data in
            try data.all("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL") { ($0.text(0), $0.text(1), $0.text(2)) }
        }
    }

    /// The names that follow a word in a text.
    private static func names(behind word: String, in text: String) -> [String] {
        var names: [String] = [], rest = text[...]
        while let found = rest.firstRange(of: word) {
            rest = rest[found.upperBound...]
            names.append(String(rest.prefix { $0.isLetter || $0 == "_" }))
        }
        return names
    }

    @Test func everyRuleHasItsSentence() throws {
        let sql = try Self.statements(try Workshop()).map(\.sql).joined(separator: "\n")
        let checks = Self.names(behind: "CONSTRAINT ", in: sql), raised = Self.names(behind: "RAISE(ABORT, '", in: sql)
        #expect(Set(checks + raised) == Set(Rules.all.keys))
        #expect(sql.split(separator: "CHECK (").count == sql.split(separator: " CHECK (").count, "a CHECK without a name")
        #expect(checks.count == sql.split(separator: "CHECK (").count - 1)
        #expect(sql.split(separator: "RAISE(").count == raised.count + 1)
    }

    @Test func sentencesAreOnes() {
        for (name, rule) in Rules.all { #expect(!rule.sentence.isEmpty && !rule.sentence.hasSuffix("."), "\(name)") }
    }

    /// A new state must not require a table to be recreated.
    @Test func noCheckListsWords() throws {
        for statement in try Self.statements(try Workshop()) where statement.type == "table" {
            #expect(!statement.sql.contains("IN ('"), "\(statement.name)")
        }
    }

    @Test func journalledTablesCanBeTurnedBack() throws {
        try Workshop().reading { data in
            let journalled = try Session.tables(data)
            for table in journalled {
                let sql = try data.one("SELECT sql FROM sqlite_schema WHERE name = \(table)") { $0.text(0) } ?? ""
                #expect(sql.contains("INTEGER PRIMARY KEY AUTOINCREMENT") && sql.hasSuffix("STRICT"), "\(table)")
                #expect(!sql.contains("GENERATED") && !sql.contains(" ON DELETE") && !sql.contains(" ON UPDATE"), "\(table)")
                let first = try data.one("SELECT name, pk FROM pragma_table_info(\(table)) WHERE cid = 0") { ($0.text(0), $0.int(1)) }
                #expect(try #require(first) == ("id", 1), "\(table)")
                let others = try data.all("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(\(table))") { $0.text(0) }
                #expect(Set(others).isSubset(of: journalled), "\(table) refers to \(others)")
                let unique = try data.all(
                    """
                    SELECT c.name FROM pragma_index_list(\(table)) i, pragma_index_info(i.name) c WHERE i."unique"
                    """
                ) { $0.text(0) }
                // Codes and numbers are never swapped, nor are the names of settings.
                let kept: Set = table == "setting" ? ["name"] : table == "invoice" ? ["draft", "number"] : ["code"]
                #expect(Set(unique).isSubset(of: kept), "\(table): \(unique)")
            }
        }
    }

    @Test func triggersWriteNothingJournalled() throws {
        for trigger in try Self.statements(try Workshop()) where trigger.type == "trigger" {
            for word in ["INSERT INTO ", "UPDATE ", "DELETE FROM "] {
                let body = trigger.sql.split(separator: "BEGIN", maxSplits: 1).last.map(String.init) ?? ""
                for table in Self.names(behind: word, in: body) { #expect(table.hasPrefix("aux_"), "\(trigger.name) writes \(table)") }
            }
        }
    }

    /// The schema uses no functions or collations of our own, so that the shell can open a shop, and its indexes match their expressions.
    @Test func theShellWorksWithAShop() throws {
        let workshop = try ExampleShop.copy()
        let answered = try Subprocess.run(
            [
                "sqlite3", workshop.data,
                "PRAGMA integrity_check; REINDEX; UPDATE client SET code = 'CL-99' WHERE id = 1; PRAGMA integrity_check",
            ],
            in: "/")
        #expect(answered == Answered(out: "ok\nok\n", said: "", code: 0))
    }

    @Test func theColumnsOfEachVersionAreKept() throws {
        try Workshop().reading { data in
            for table in try Session.tables(data) {
                let now = try data.all("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid") { $0.text(0) }
                #expect(try data.columns(of: table, inVersion: Shop.newest) == now)
            }
            #expect(try data.columns(of: "client", inVersion: Shop.newest + 1).isEmpty)
        }
    }
}

/// An unknown word of a state or kind is refused when it is read; another program may have written it.
@Suite struct ChoiceTests {
    /// The columns with words of a fixed list, and a command that prints each.
    static let columns: [(String, String)] = nouns.flatMap { noun in
        noun.fields.filter { !$0.choices.isEmpty && $0.sqlOn == nil && $0.heading.type == .status }.map { (noun.name, $0.column) }
    }

    @Test func columnsWithChoicesExist() { #expect(Self.columns.count >= 6) }

    @Test(arguments: columns)
    func anUnknownWordIsNoAnswer(_ noun: String, _ column: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("DROP TRIGGER quote_invoiced; UPDATE \(noun) SET \(column) = 'flying'")
        for verb in ["list --all", "list --all --json", "show last"] {
            let answered = try workshop.run("laseros \(noun) \(verb)")
            #expect(answered.code == 6 && answered.said.contains("flying"), "\(answered)")
        }
    }

    @Test func anUnknownKindOfFileIsNoAnswer() throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("UPDATE file SET kind = 'flying'; UPDATE machine SET active = 7")
        #expect(try workshop.run("laseros project files last").code == 6)
        #expect(try workshop.run("laseros machine list").code == 6)
    }

    @Test(arguments: [
        ("price add steel MS 1", 2), ("price edit last --kind steel", 2), ("project add X -c CL-0001 --priority soon", 2),
        ("project edit last --priority soon", 2), ("preset edit last --gas helium", 2), ("preset add X -m MS -t 1 --gas helium", 2),
        ("machine edit last --active perhaps", 2), ("project list --status flying", 2), ("invoice list --status flying", 2),
        ("project attach last 0001-Flange-MS-10mm-x4.dxf --kind flying", 2),
    ])
    func aWrongWordIsRefused(_ line: String, _ code: Int) throws {
        let workshop = try ExampleShop.copy(), state = try ShopState(workshop)
        let answered = try workshop.run("laseros \(line)")
        #expect(answered.code == code, "\(answered)")
        #expect(try ShopState(workshop) == state)
    }

    @Test(arguments: [
        ("project", "code,status\nlast,flying\n"), ("project", "name,client,priority\nA,CL-0001,soon\n"),
        ("price", "kind,key,amount\nsteel,MS,1\n"),
        ("preset", "name,material,thickness_mm,gas\nA,MS,1,helium\n"), ("machine", "code,name,active\nX,X,perhaps\n"),
    ])
    func aWrongWordOfAFileIsRefused(_ noun: String, _ text: String) throws {
        let workshop = try ExampleShop.copy(), state = try ShopState(workshop)
        let answered = try workshop.run([noun, "import", "-"], input: Array(text.utf8))
        #expect(answered.code == 8 && answered.said.contains(":2: "), "\(answered)")
        #expect(try ShopState(workshop) == state)
    }
}
