import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Child rows in exports and imports.
@Suite struct PortableChildTests {
    private static let rows = #"""
        {"name": "North", "items": [
            {"article": "Sheet, 3 \"mm\"", "quantity": 4, "price": 1850, "material": "ms", "serials": [
                {"number": "a\\t"}, {"number": "b", "made_on": "2026-08-01"}]},
            {"article": "NULL", "quantity": "10"}],
         "labels": {"name": "frägile\n", "colour": "red"}}
        {"name": "South", "items": null, "labels": []}
        """#

    private static func workshop(_ rows: String = rows) throws -> Workshop {
        let workshop = try Pallet.workshop()
        try write(rows, "rows.json", workshop)
        try workshop.pallet("pallet import rows.json")
        return workshop
    }

    private static func write(_ text: String, _ file: String, _ workshop: Workshop) throws {
        try File.write(Array(text.utf8), to: "\(workshop.work)/\(file)", as: .document)
    }

    @Test(arguments: PortableTests.formats)
    func importsWhatItExports(_ format: String) throws {
        let workshop = try Self.workshop(), entry = try workshop.lastEntry()
        let text = try workshop.pallet("pallet export --format \(format)")
        try Self.write(text, "first", workshop)
        #expect(try workshop.pallet("pallet import first").hasSuffix("0 added, 0 changed, 2 same\n"))
        #expect(try workshop.lastEntry() == entry)
        let fresh = try Pallet.workshop()
        try Self.write(text, "first", fresh)
        try fresh.pallet("pallet import first")
        #expect(try fresh.pallet("pallet export --format \(format)") == text)
        #expect(try ShopState(fresh).rows.filter { $0.hasPrefix("pallet") } == ShopState(workshop).rows.filter { $0.hasPrefix("pallet") })
    }

    @Test func aListTakesThePlaceOfTheRows() throws {
        let workshop = try Self.workshop()
        func imported(_ row: String) throws -> [String] {
            try Self.write(row, "row.json", workshop)
            try workshop.pallet("pallet import row.json")
            return try workshop.pallet("pallet item list PL-0001 --csv --no-header").split(separator: "\n").map(String.init)
        }
        // A field that the file does not have stays unchanged; one that a child row lacks becomes empty.
        #expect(try imported(#"{"code": "PL-0001", "notes": "x"}"#).count == 2)
        let ids = try workshop.reading { try $0.all("SELECT id FROM pallet_item ORDER BY position") { $0.int(0) } }
        let items = #"[{"item": 9, "article": "Rod", "quantity": 1}, {"article": "Cap", "quantity": 2}, {"article": "Bar", "quantity": 3}]"#
        #expect(try imported(#"{"code": "PL-0001", "items": \#(items)}"#) == ["1,Rod,1,,", "2,Cap,2,,", "3,Bar,3,,"])
        #expect(try workshop.reading { try $0.all("SELECT id FROM pallet_item ORDER BY position") { $0.int(0) } }.starts(with: ids))
        #expect(try imported(#"{"code": "PL-0001", "items": [{"article": "Bar", "quantity": 3}]}"#) == ["1,Bar,3,,"])
        #expect(try imported(#"{"code": "PL-0001", "items": null}"#) == [])
    }

    @Test func faultsNameTheirPlace() throws {
        let workshop = try Self.workshop(), state = try ShopState(workshop)
        let rows = #"""
            {"code": "PL-0001", "items": [{"article": "A", "quantity": 0}, {"quantity": 1, "prise": 2}, {"article": "B", "quantity": {"n": 1}},
             {"article": "C", "quantity": 1, "material": "XX", "serials": [{"made_on": "never"}]}]}
            {"code": "PL-0002", "items": 5, "labels": [{"name": "a"}, {"name": "a"}]}
            """#
        try Self.write(rows, "bad.json", workshop)
        let answered = try workshop.runPallet("pallet import bad.json")
        #expect(
            answered.said == """
                bad.json:1: items[1].quantity: '0' is not a whole number from 1 up
                bad.json:1: items[2]: an item needs an article
                bad.json:1: items[2].prise: items have no such column, did you mean price?
                bad.json:1: items[3].quantity: holds a list or an object, where one value belongs
                bad.json:1: items[4].material: there is no material 'XX'
                bad.json:1: items[4].serials[1]: a serial needs a number
                bad.json:1: items[4].serials[1].made_on: 'never' is not a day (2026-11-30, 30.11.2026, 30 Nov 2026, today, +3d, -2w, fri, next fri, eom)
                bad.json:3: items: wants an object here
                error: bad.json has 8 faults: nothing was written

                """)
        #expect(answered.code == 8)
        try Self.write(#"{"code": "PL-0002", "labels": [{"name": "a"}, {"name": "a"}]}"#, "twins.json", workshop)
        let twins = try workshop.runPallet("pallet import twins.json")
        #expect(twins.code == 8 && twins.said.contains("there is already a label with this name"), "\(twins)")
        #expect(try ShopState(workshop) == state)
    }

    /// A number late in a long list is read like any other.
    @Test func longListsHoldNumbers() throws {
        let items = (1...200).map { #"{"article": "A\#($0)", "quantity": \#($0)}"# }.joined(separator: ", ")
        let workshop = try Self.workshop(#"{"name": "North", "items": [\#(items)]}"#)
        #expect(try workshop.pallet("pallet item list PL-0001 --csv --no-header").hasSuffix("200,A200,200,,\n"))
    }

    /// More rows than a statement may have parameters.
    @Test func manyRowsAreReadAndRemoved() throws {
        let workshop = try Self.workshop()
        try workshop.tamper(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 33000)
            INSERT INTO pallet_item (pallet_id, position, article, quantity) SELECT 2, i - 1, 'A', 1 FROM n
            """)
        #expect(try workshop.pallet("pallet export --json").utf8.count > 33_000 * 50)
        try workshop.pallet("pallet remove PL-0002")
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM pallet_item") { $0.int(0) } } == 2)
    }

    /// The number of statements does not depend on the number of records and rows, and a list reads no child rows.
    @Test func asManyStatementsAtAnySize() throws {
        func statements(_ count: Int, _ line: String) throws -> [String] {
            let items = #"[{"article": "A", "quantity": 1, "serials": [{"number": "1"}]}, {"article": "B", "quantity": 1}]"#
            let row = #"{"name": "N", "items": \#(items)}"#
            let workshop = try Self.workshop((0..<count).map { _ in row }.joined(separator: "\n"))
            return try SQLWatch.statements(of: workshop) { try workshop.pallet(line) }
        }
        for line in ["pallet export --json", "pallet list", "pallet show PL-0001", "pallet edit PL-0001 PL-0002 --notes x --json"] {
            #expect(try statements(2, line).count == statements(40, line).count, "\(line)")
        }
        #expect(try !statements(2, "pallet list").contains { $0.contains("pallet_item") })
    }
}
