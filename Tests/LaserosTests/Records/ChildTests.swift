import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// The features that a noun gets from the declaration of its children, tested with a noun of the tests.
@Suite struct ChildTests {
    private let workshop: Workshop

    init() throws {
        workshop = try Pallet.workshop()
        try workshop.pallet("pallet add North")
        for line in ["Sheet --quantity 4 --price 1850 --material MS", "Rod --quantity 10", "Tube --quantity 2 --price 0.5"] {
            try workshop.pallet("pallet item add last " + line)
        }
        try workshop.pallet("pallet label add last fragile --colour red")
    }

    private func items(_ code: String = "PL-0001") throws -> [String] {
        try workshop.pallet("pallet item list \(code) --csv --no-header").split(separator: "\n").map(String.init)
    }

    @Test func rowsAreAddedAtAPlace() throws {
        #expect(try items() == ["1,Sheet,4,1850.00,MS", "2,Rod,10,,", "3,Tube,2,0.50,"])
        let added = try workshop.pallet("pallet item add 1 Bar --quantity 1 --at 2")
        #expect(added == "pallet PL-0001: item 2 added\n")
        #expect(try items() == ["1,Sheet,4,1850.00,MS", "2,Bar,1,,", "3,Rod,10,,", "4,Tube,2,0.50,"])
        let answer = try workshop.pallet("pallet item add last Cap --quantity 6 --json")
        #expect(answer == #"{"item": 5, "article": "Cap", "quantity": 6, "price": null, "material": null}"# + "\n")
        let far = try workshop.runPallet("pallet item add last Cap --quantity 6 --at 7")
        #expect(far.code == 4 && far.said.contains("PL-0001 has no place 7 for an item"), "\(far)")
        #expect(try workshop.runPallet("pallet item add last Cap").code == 2)
    }

    @Test func rowsAreEditedMovedAndRemoved() throws {
        #expect(try workshop.pallet("pallet item edit last 2 --quantity 11") == "pallet PL-0001: item 2 changed\n")
        #expect(try workshop.pallet("pallet item edit last 2 --quantity 11") == "pallet PL-0001: item 2 is unchanged\n")
        #expect(try workshop.runPallet("pallet item edit last 2").code == 2)
        #expect(try workshop.pallet("pallet item edit last 1 --material '' --price ''") == "pallet PL-0001: item 1 changed\n")
        #expect(try workshop.pallet("pallet item move last 1 --to 3") == "pallet PL-0001: item 1 is item 3 now\n")
        #expect(try items() == ["1,Rod,11,,", "2,Tube,2,0.50,", "3,Sheet,4,,"])
        #expect(try workshop.pallet("pallet item move last 3 --to 1") == "pallet PL-0001: item 3 is item 1 now\n")
        #expect(try workshop.pallet("pallet item move last 2 --to 2") == "pallet PL-0001: item 2 stays\n")
        #expect(try workshop.runPallet("pallet item move last 2 --to 4").code == 4)
        #expect(try items() == ["1,Sheet,4,,", "2,Rod,11,,", "3,Tube,2,0.50,"])
        #expect(try workshop.pallet("pallet item remove last 1 2 1") == "pallet PL-0001: 2 items removed\n")
        #expect(try items() == ["1,Tube,2,0.50,"])
        let missing = try workshop.runPallet("pallet item remove last 2")
        #expect(missing.code == 3 && missing.said.contains("PL-0001 has no item 2\nhint: laseros pallet item list PL-0001"), "\(missing)")
    }

    /// What is to hold for all rows of a parent is looked at after each kind of write.
    @Test func allRowsAreLookedAtAfterwards() throws {
        try workshop.pallet("pallet item add last Base --quantity 1 --at 1")
        try workshop.pallet("pallet item add last Lid --quantity 1")
        for (line, said) in [
            ("add last Box --quantity 1 --at 1", "a base is at the bottom"), ("move last 3 --to 1", "a base is at the bottom"),
            ("edit last 1 --article Foot", "a lid needs a base"), ("remove last 1", "a lid needs a base"),
        ] {
            let state = try ShopState(workshop), refused = try workshop.runPallet("pallet item " + line)
            #expect(refused.code == 4 && refused.said.contains(said), "\(refused)")
            #expect(try ShopState(workshop) == state)
        }
    }

    @Test func rowsWithNamesAreCalledByThem() throws {
        try workshop.pallet("pallet label add last Up")
        #expect(try workshop.pallet("pallet label list last --csv") == "name,colour\nUp,\nfragile,red\n")
        #expect(try workshop.pallet("pallet label edit last Up --colour blue") == "pallet PL-0001: label Up changed\n")
        for line in ["label add last Up", "label edit last Up --name fragile"] {
            let twin = try workshop.runPallet("pallet " + line)
            #expect(twin.code == 4 && twin.said.contains("there is already a label with this name"), "\(twin)")
        }
        #expect(try workshop.pallet("pallet label remove last Up fragile --csv") == "name,colour\nUp,blue\nfragile,red\n")
        #expect(try workshop.runPallet("pallet label move last Up --to 1").code == 2)
    }

    @Test func whatIsClosedKeepsItsRows() throws {
        try workshop.pallet("pallet close last")
        for line in ["add last Cap --quantity 1", "edit last 1 --quantity 9", "move last 1 --to 2", "remove last 1"] {
            let refused = try workshop.runPallet("pallet item " + line)
            #expect(refused.code == 4 && refused.said.contains("pallet PL-0001 is closed and cannot be changed"), "\(refused)")
        }
        try File.write(Array(#"{"code": "PL-0001", "items": []}"#.utf8), to: workshop.work + "/none.json", as: .document)
        #expect(try workshop.runPallet("pallet import none.json").code == 8)
        try workshop.pallet("pallet export -o same.csv")
        #expect(try workshop.pallet("pallet import same.csv").hasSuffix("0 added, 0 changed, 1 same\n"))
        #expect(try items().count == 3)
    }

    @Test func showPrintsChildRows() throws {
        let items =
            #"[{"item": 1, "article": "Sheet", "quantity": 4, "price": 1850.00, "material": "MS", "serials": []}, "#
            + #"{"item": 2, "article": "Rod", "quantity": 10, "price": null, "material": null, "serials": []}, "#
            + #"{"item": 3, "article": "Tube", "quantity": 2, "price": 0.50, "material": null, "serials": []}]"#
        let shown = try workshop.pallet("pallet show last --json")
        let labels = #"[{"name": "fragile", "colour": "red"}]"#
        #expect(shown.hasSuffix(#""notes": null, "items": \#(items), "labels": \#(labels)}"# + "\n"), "\(shown)")
    }

    /// Undoes and redoes each kind of write.
    @Test(arguments: [
        "item add last Cap --quantity 1 --at 1", "item edit last 2 --quantity 1 --price 3", "item move last 3 --to 1",
        "item remove last 1 2", "label edit last fragile --name heavy", "label remove last fragile", "remove last",
    ])
    func writesAreUndone(_ line: String) throws {
        let before = try ShopState(workshop)
        let tried = try workshop.pallet("pallet \(line) --dry-run")
        #expect(tried.contains("pallet item") || tried.contains("pallet label"))
        #expect(try ShopState(workshop) == before)
        try workshop.pallet("pallet \(line)")
        let after = try ShopState(workshop)
        #expect(after != before)
        try workshop.pallet("undo")
        #expect(try ShopState(workshop) == before)
        try workshop.pallet("redo")
        #expect(try ShopState(workshop) == after)
    }

    @Test func noTwoRowsGetOneNumberByAnUndo() throws {
        try workshop.pallet("pallet item remove last 1")
        let entry = try workshop.lastEntry()
        try workshop.pallet("pallet item add last Cap --quantity 1")
        let refused = try workshop.runPallet("undo \(entry)")
        #expect(refused.code == 4 && refused.said.contains("there is already an item with this number"), "\(refused)")
    }

    @Test func theHistoryHasItsWords() throws {
        try workshop.pallet("pallet item edit last 1 --price 2 --material ''")
        #expect(
            try workshop.pallet("log show last --csv --no-header") == """
                pallet item,PL-0001/1,changed,price,1850.00,2.00
                pallet item,PL-0001/1,changed,material,MS,

                """)
        try workshop.pallet("pallet label remove last fragile")
        #expect(
            try workshop.pallet("log show last --csv --no-header") == """
                pallet label,PL-0001/fragile,removed,pallet,PL-0001,
                pallet label,PL-0001/fragile,removed,name,fragile,
                pallet label,PL-0001/fragile,removed,colour,red,

                """)
    }

    /// The history has a name for every column, instead of the column's name in the schema with its unit.
    @Test func theHistoryKnowsEveryColumn() throws {
        let shop = try Shop(workshop.shop, .reading, clock: Moment(ms: 0), who: "nobody", nouns: .ofTable), history = History(shop)
        let units = ["_cents", "_um", "_bp", "_ms", "_micros", "_millis", "_id"]
        for table in try Session.tables(shop.data) where !table.hasPrefix("pallet") {
            for column in try shop.columns(of: table).dropFirst() {
                let name = history.presenter(of: column, in: table).name
                #expect(!units.contains { name.hasSuffix($0) }, "\(table).\(column)")
            }
        }
    }

    private func entries(_ code: String) throws -> [Int] {
        try workshop.pallet("log \(code) --csv --no-header --fields entry").split(separator: "\n").compactMap { Int($0) }
    }

    @Test func theLogOfTheParentHasThem() throws {
        let first = try entries("PL-0001")
        #expect(first == [6, 5, 4, 3, 2])
        try workshop.pallet("pallet add South")
        try workshop.pallet("pallet item add PL-0002 Cap --quantity 1")
        try workshop.pallet("pallet item remove PL-0001 1 3")
        try workshop.pallet("pallet item remove PL-0002 1")
        // One entry touches rows of both, with rows of the second between those of the first, and vice versa.
        let items = #"[{"article": "A", "quantity": 1, "serials": [{"number": "7"}]}]"#
        let both = #"[{"code": "PL-0001", "items": \#(items)}, {"code": "PL-0002", "items": []}]"#
        try File.write(Array(both.utf8), to: workshop.work + "/both.json", as: .document)
        try workshop.pallet("pallet import both.json")
        try workshop.pallet("pallet item remove PL-0001 1")
        #expect(try entries("PL-0001") == [12, 11, 9, 6, 5, 4, 3, 2])
        #expect(try entries("PL-0002") == [10, 8, 7])
        #expect(try workshop.pallet("log PL-0001 --limit 2 --codes") == "12\n11\n")
    }

    /// One version of a quote is current; removing the quote removes all versions.
    @Test func onlyTheLinesOfTheStandingVersionAreShown() throws {
        let workshop = try ExampleShop.copy()
        func told() throws -> [String] {
            try ["line list", "explain", "show"].map { try workshop.demand("laseros quote \($0) QT-2026-0004 --json") }
        }
        let before = try told()
        try workshop.tamper(
            """
            INSERT INTO quote_version (quote_id, version, made_at, subtotal_cents, vat_rate_bp, vat_cents, total_cents)
            SELECT id, 2, '2026-08-23T08:00:00.000Z', 0, 1500, 0, 0 FROM quote WHERE code = 'QT-2026-0004';
            INSERT INTO quote_line (version_id, position, title, quantity_millis, unit_price_micros, unit_price_per, total_cents)
            SELECT max(id), 1, 'Other', 1000, 0, 1, 0 FROM quote_version
            """)
        #expect(try told() == before)
        try workshop.demand("laseros quote remove QT-2026-0004")
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM quote_line WHERE title = 'Other'") { $0.int(0) } } == 0)
    }

    @Test func rowsGoWithTheirParent() throws {
        let serials = #"{"code": "PL-0001", "items": [{"article": "A", "quantity": 1, "serials": [{"number": "7"}, {"number": "8"}]}]}"#
        try File.write(Array(serials.utf8), to: workshop.work + "/serials.json", as: .document)
        try workshop.pallet("pallet import serials.json")
        let before = try ShopState(workshop)
        try workshop.pallet("pallet remove PL-0001")
        for table in ["pallet", "pallet_item", "pallet_serial", "pallet_label"] {
            #expect(try workshop.reading { try $0.one("SELECT count(*) FROM \(name: table)") { $0.int(0) } } == 0, "\(table)")
        }
        try workshop.pallet("undo")
        #expect(try ShopState(workshop) == before)
    }
}
