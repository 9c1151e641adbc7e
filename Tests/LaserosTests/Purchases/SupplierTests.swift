import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Who sells what, under which codes.
@Suite struct SupplierTests {
    /// The same name, e-mail address or VAT number is a warning, and refused by `--strict`.
    @Test(arguments: ["ACME stahl", "Other --email 'B@acme.example'", "Other --vat-number 4230"])
    func aSecondSupplierIsNoticed(_ words: String) throws {
        let workshop = try Workshop()
        try workshop.demand("laseros supplier add 'Acme Stahl' --email 'a@acme.example, b@acme.example' --vat-number 4230")
        let second = words.hasPrefix("ACME") ? "'\(words)'" : words
        let strict = try workshop.run("laseros supplier add \(second) --strict")
        #expect(strict.code == 4 && strict.said.contains("supplier SU-0001 has the same"), "\(strict)")
        let added = try workshop.run("laseros supplier add \(second)")
        #expect(added.code == 0 && added.said.contains("warning: supplier SU-0001 has the same"), "\(added)")
    }

    /// A file names the new suppliers that are like others.
    @Test func anImportNamesThem() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros supplier add Äcme --email a@acme.example")
        let file = "name,email\näcme,\nOther,A@acme.example\nNew,\n"
        let imported = try workshop.run(["supplier", "import", "-"], input: Array(file.utf8))
        #expect(
            imported.code == 0 && imported.said.contains("1 new supplier has the name of another that is there: SU-0002 (SU-0001)"),
            "\(imported)")
        #expect(imported.said.contains("has an e-mail address of another that is there: SU-0003 (SU-0001)"), "\(imported)")
        #expect(try workshop.run(["supplier", "import", "-", "--strict"], input: Array("name\nNEW\n".utf8)).code == 8)
    }

    private static func articles(_ workshop: Workshop) throws -> [String] {
        try workshop.demand("laseros supplier article list SU-0001 --csv --no-header --fields inv,operation,article_code,price,pack")
            .split(separator: "\n").map(String.init)
    }

    /// A price list changes what it says, and adds what is not there; with a fault it changes nothing.
    @Test func aPriceListChangesArticles() throws {
        let workshop = try PurchaseTests.shop()
        let list = "inv,operation,article_code,price,pack\ns3,,,12.5,\n,coat,C-1,7,\nN2,,,211.50,2\n"
        let taken = try workshop.run(["supplier", "article", "import", "SU-0001", "-"], input: Array(list.utf8))
        #expect(taken.code == 0 && taken.out.hasPrefix("3 articles read") && taken.out.contains("2 added, 1 changed, 0 same"), "\(taken)")
        #expect(try Self.articles(workshop) == ["S3,,CS-3,12.50,6", ",coat,C-1,7.00,", "N2,,,211.50,2"])
        let state = try ShopState(workshop)
        #expect(
            try workshop.run(["supplier", "article", "import", "SU-0001", "-"], input: Array(list.utf8)).out.contains(
                "0 added, 0 changed, 3 same"))
        for wrong in [
            "inv,price\nS4,2\nN2,1\n", "inv,price\nN2,1\nn2,2\n", "inv,operation,price\nN2,coat,1\n", "price\n1\n", "inv,weight\nN2,1\n",
        ] {
            #expect(try workshop.run(["supplier", "article", "import", "SU-0001", "-"], input: Array(wrong.utf8)).code == 8, "\(wrong)")
        }
        #expect(try ShopState(workshop) == state)
        // What the list prints is taken again.
        let printed = try workshop.demand("laseros supplier article list SU-0001 --csv")
        #expect(try workshop.run(["supplier", "article", "import", "SU-0001", "-"], input: Array(printed.utf8)).out.contains("3 same"))
    }

    /// A supplier with purchases, items or receipts stays.
    @Test func aSupplierInUseStays() throws {
        let workshop = try PurchaseTests.shop()
        let refused = try workshop.run("laseros supplier remove SU-0001")
        #expect(
            refused.code == 4 && refused.said.contains("it still has 1 item\nhint: laseros supplier edit SU-0001 --active no"), "\(refused)"
        )
        try workshop.demand("laseros supplier add Paint")
        try workshop.demand("laseros supplier article add last --operation coat --price 3")
        try workshop.demand("laseros supplier remove last")
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM supplier_article") { $0.int(0) } } == 1)
    }

    /// A purchase that is imported is a draft, with what the file says, whatever it was.
    @Test func aPurchaseIsImportedAsADraft() throws {
        let old = try PurchaseTests.shop(), new = try PurchaseTests.shop()
        for line in ["purchase add SU-0001 S3:12 N2:2 --notes x", "purchase place last", "purchase receive last 1:5"] {
            try old.demand("laseros \(line)")
        }
        let exported = try old.demand("laseros purchase export --csv")
        #expect(try old.run(["purchase", "import", "-"], input: Array(exported.utf8)).out.contains("0 added, 0 changed, 1 same"))
        #expect(try new.run(["purchase", "import", "-"], input: Array(exported.utf8)).code == 0)
        #expect(try PurchaseTests.lines(new, "PO-2026-0001", "inv,quantity,total,open") == ["S3,12,120.06,0", "N2,2,420.00,0"])
        #expect(try new.demand("laseros purchase show PO-2026-0001 --csv --no-header --fields status,total") == "draft,621.07\n")
        let other = exported.split(separator: "\n").joined(separator: "\n").replacing("\"\"quantity\"\": 12", with: "\"\"quantity\"\": 13")
        let refused = try old.run(["purchase", "import", "-"], input: Array(other.utf8))
        #expect(other != exported && refused.code == 8, "placed lines stay: \(refused)")
    }
}
