@_spi(_Unicode) import Swift
import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Names are found regardless of case, accents and Unicode composition.
@Suite struct NameTests {
    @Test(arguments: [
        ("Müller", "muller"), ("Mu\u{308}ller", "muller"), ("ÉCOLE", "ecole"), ("İSTANBUL", "istanbul"), ("DIŞ", "dis"), ("ısı", "isi"),
        ("Straße", "strasse"), ("Łódź", "lodz"), ("Ærøskøbing", "aeroskobing"), ("Đặng Thị Ếm", "dang thi em"), ("Þór", "thor"),
        ("Ελληνικός Χάλυβας", "ελληνικοσ χαλυβασ"), ("ΧΆΛΥΒΑΣ", "χαλυβασ"), ("ᾼδης", "αδησ"), ("Ёлкин", "елкин"), ("Йод", "йод"),
        ("Її", "її"), ("Ў", "ў"), ("鋼鐵", "鋼鐵"), ("A\u{301}B\u{327}", "ab"), ("Plain & Co", "plain & co"), ("", ""),
    ])
    func foldsNames(_ name: String, _ key: String) {
        #expect(name.searchKey == key)
        #expect(name.searchKey.searchKey == key)
    }

    /// Each letter of the three alphabets has one key: composed or decomposed, upper or lower case.
    @Test func everyLetterHasOneKey() {
        for value in Array(0xC0...0x17F) + Array(0x386...0x3CE) + Array(0x400...0x45F) + Array(0x1E00...0x1EF9) {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { continue }
            let letter = String(scalar), apart = String(String.UnicodeScalarView(letter._nfd))
            #expect(letter.searchKey == apart.searchKey)
            if letter.lowercased().uppercased() == letter { #expect(letter.lowercased().searchKey == letter.searchKey, "\(letter)") }
            if (0xC0...0x17F).contains(value) { #expect(letter.searchKey.utf8.allSatisfy { (97...122).contains($0) }, "\(letter)") }
        }
    }

    private static let typed = ["muller", "MULLER", "Müller", "mÜLLER", "Mu\u{308}ller"]
    /// The command that adds a record with the name, for each noun.
    private static let adding = [
        "client": "client add Müller", "contact": "contact add Müller -c CL-0001", "material": "material add XX Müller --density 2",
        "machine": "machine add XX Müller", "preset": "preset add Müller -m MS -t 1", "project": "project add Müller -c CL-0001",
        "operation": "operation add XX Müller", "price": "price add operation Müller 5",
        "quote": "quote add -c CL-0001 --reference Müller 0001-Flange-MS-10mm-x4.dxf",
    ]

    @Test(arguments: adding.keys.sorted())
    func findsEveryNoun(_ noun: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros \(Self.adding[noun, default: ""])")
        let code = try workshop.demand("laseros \(noun) show last --csv --no-header --fields code")
        for word in Self.typed {
            #expect(try workshop.demand("laseros \(noun) show '\(word)' --csv --no-header --fields code") == code, "\(word)")
            #expect(try workshop.demand("laseros \(noun) list --search '\(word)' --codes") == code, "\(word)")
        }
        #expect(try workshop.run("laseros \(noun) list --search mullar --codes").out.isEmpty)
        // Found by its new name and, after an undo, by the first one again.
        let title = noun == "price" ? "key" : noun == "quote" ? "reference" : "name"
        try workshop.demand("laseros \(noun) edit \(code.dropLast()) --\(title) Ångström")
        #expect(try workshop.demand("laseros \(noun) show angstrom --csv --no-header --fields code") == code)
        #expect(try workshop.run("laseros \(noun) show muller").code == 3)
        try workshop.demand("laseros undo")
        #expect(try workshop.demand("laseros \(noun) show muller --csv --no-header --fields code") == code)
        try workshop.demand("laseros redo")
        #expect(try workshop.demand("laseros \(noun) show angstrom --csv --no-header --fields code") == code)
    }

    /// An exact match takes precedence over one without accents, so that adding a record does not change an existing reference.
    @Test func theNameAsItIsGoesFirst() throws {
        let workshop = try ExampleShop.copy()
        for name in ["Muller", "Müller", "Mûller Frères", "Quartz & Müllerin"] {
            #expect(try workshop.run(["client", "add", name]).code == 0)
        }
        for (word, code) in [("müller", "6"), ("muller", "5"), ("MULLER", "5"), ("frères", "7"), ("freres", "7"), ("mül", "")] {
            let answered = try workshop.run(["client", "show", word, "--csv", "--no-header", "--fields", "code"])
            #expect(
                code.isEmpty ? answered.code == 3 && answered.said.contains("2 clients") : answered.out == "CL-000\(code)\n",
                "\(word): \(answered)")
        }
        let rows = "name,client\nAnna,Müller\nBen,MULLER\nCarl,MÜLLER\nDora,Mûller freres\n"
        #expect(try workshop.run(["contact", "import", "-"], input: Array(rows.utf8)).code == 0)
        let clients = try workshop.demand("laseros contact list --fields name,client --csv --no-header")
        #expect(clients.hasSuffix("Anna,CL-0006\nBen,CL-0005\nCarl,CL-0006\nDora,CL-0007\n"))
    }

    @Test func otherNamesAreNames() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros material edit AL --aliases 'Légère, ALU'")
        for word in ["legere", "LÉGÈRE", "alu"] {
            #expect(try workshop.demand("laseros material show \(word) --csv --no-header --fields code") == "AL\n")
        }
    }

    /// Files refer to records by whole names. A line of a batch finds a name that an earlier line has written.
    @Test func referencesFoldNames() throws {
        let workshop = try ExampleShop.copy()
        let imported = try workshop.run(["client", "import", "-"], input: Array("name\nBöhmer Staal\nBohmer\n".utf8))
        #expect(imported.code == 0, "\(imported.said)")
        let rows = "name,client\nAnna,BÖHMER STAAL\nBen,bohmer staal\nCarl,böhmer\n"
        let answered = try workshop.run(["contact", "import", "-"], input: Array(rows.utf8))
        #expect(answered.code == 0, "\(answered.said)")
        let batch = try workshop.run(["batch", "-"], input: Array("client add Żółw\nproject add Gate -c zolw\n".utf8))
        #expect(batch.code == 0, "\(batch.said)")
    }

    /// Case and Unicode composition do not distinguish records, also beyond ASCII; accents do.
    @Test func identityKnowsLettersBeyondASCII() throws {
        let workshop = try ExampleShop.copy(), composed = "POLI\u{301}DO Ö", other = "políDO o\u{308}"
        func imported(_ noun: String, _ rows: String) throws -> String {
            try workshop.run([noun, "import", "-"], input: Array(rows.utf8)).out
        }
        for (name, done) in [(composed, "1 added, 0 changed, 0 same"), (other, "0 added, 0 changed, 1 same"), ("polido o", "1 added")] {
            // A price names its operation, and a reference is found without its accents.
            let price = try imported("price", "kind,key,amount,from\nfinishing,\(name),5,2026-01-01\n")
            #expect(price.contains(name == composed ? done : "1 same"), "\(name): \(price)")
            let preset = try imported("preset", "name,material,thickness_mm\n\(name),MS,77\n")
            #expect(preset.contains(String(done.prefix(7))), "\(name): \(preset)")
        }
        #expect(try workshop.run(["preset", "add", "Polído ö", "-m", "MS", "-t", "3"]).code == 4)
        #expect(try workshop.run(["price", "add", "finishing", other, "6", "--from", "2026-01-01"]).code == 4)
        #expect(try workshop.run(["price", "list", "--all", "--key", "polido-o", "--codes"]).out.split(separator: "\n").count >= 1)
        let quoted = try workshop.run(["quote", "add", "-c", "CL-0001", "--finish", other, "0002-Bracket-MS-5mm-x10.dxf"])
        #expect(quoted.code == 0, "\(quoted.said)")
    }

    /// A row written by another program has no key. An upgrade adds it and recalculates the others.
    @Test func keysAreMadeAnew() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client add Çelik")
        try workshop.demand("laseros client edit last --name Demir")
        try workshop.tamper("UPDATE client SET name = 'Ñandú' WHERE id = 1; UPDATE aux_name SET key = 'old'")
        let shop = try Shop(workshop.shop, .writing, clock: Moment(ms: 0), who: "x", nouns: .ofTable)
        try shop.data.script("BEGIN")
        try shop.remakeSearchKeys()
        try shop.data.script("COMMIT")
        let names = try workshop.reading { try $0.all("SELECT name, key FROM aux_name ORDER BY name") { "\($0.text(0)) \($0.text(1))" } }
        #expect(names == ["Çelik celik", "Ñandú nandu"])
    }

    /// ASCII names have no row in the key table.
    @Test func onlyOtherNamesAreKept() throws {
        let count = try ExampleShop.copy().reading { try $0.one("SELECT count(*) FROM aux_name") { $0.int(0) } }
        #expect(count == 0)
    }
}
