import Testing
import Values

@testable import Shop
@testable import Store

/// Values are validated when they are read from the data file, because another program may have written them.
@Suite struct CellTests {
    private static func takes<Value: Stored>(_ type: Value.Type, _ cells: [Cell]) -> [Bool] { cells.map { Value(cell: $0) != nil } }

    @Test func numbersHaveTheirRange() {
        let limit = Decimal.limit, ends = [Int.min, -limit, 1 - limit, -1, 0, 1, limit - 1, limit, Int.max].map { Cell.integer($0) }
        let signed = [false, false, true, true, true, true, true, false, false]
        #expect(Self.takes(Money.self, ends) == signed && Self.takes(Rate.self, ends) == signed && Self.takes(Int.self, ends) == signed)
        #expect(Self.takes(Percent.self, ends) == signed && Self.takes(Quantity.self, ends) == signed)
        let positive = [false, false, false, false, true, true, true, false, false]
        #expect(Self.takes(Length.self, ends) == positive && Self.takes(Seconds.self, ends) == positive)
        #expect(Self.takes(Count.self, ends) == [false, false, false, false, false, true, false, false, false])
        let reals = [Double.infinity, -.infinity, .nan, -0.0, 1e308].map { Cell.real($0) }
        #expect(Self.takes(Double.self, reals) == [false, false, false, true, true])
        let days = ["9999-99-99", "-4712-01-01", "", "9999-12-31"].map { Cell.text($0) }
        #expect(Self.takes(Day.self, days) == [false, false, false, true])
    }

    @Test func aRowTellsWhatItHolds() throws {
        let workshop = try ExampleShop.copy()
        for (sql, said) in [
            ("SELECT -9223372036854775807 - 1 AS total_cents", "holds -9223372036854775808 instead of an amount (total_cents)"),
            ("SELECT '9999-99-99' AS due", "holds '9999-99-99' instead of"), ("SELECT x'00' AS due", "holds a blob instead of"),
            ("SELECT replace(hex(zeroblob(5000)), '00', 'x') AS due", "holds '\(String(repeating: "x", count: 40))…' instead of"),
        ] {
            let failure = try #require(
                try workshop.reading { data in
                    #expect(throws: Failure.self) {
                        try data.each(SQL(stringLiteral: sql)) { row in
                            if sql.contains("cents") { _ = try row.get(0) as Money } else { _ = try row.get(0) as Day? }
                        }
                    }
                })
            #expect(failure.kind == .store && failure.message.contains(said), "\(failure.message)")
        }
    }

    /// A blob in a text column is reported, and no number is assigned from an invalid counter.
    @Test func blobsAndCountersAreSaid() throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("UPDATE aux_counter SET value = -5")
        #expect(try workshop.run("laseros client add Farm").said.contains("the counter of CL- is below 0"))
        try workshop.tamper("UPDATE aux_counter SET value = 9223372036854775807")
        #expect(try workshop.run("laseros client add Farm").code == 6)
        try Subprocess.demand([
            "sqlite3", workshop.data,
            "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = 'client'",
        ])
        try workshop.tamper("UPDATE client SET contact = x'ff00'")
        for line in ["client list", "client show last", "client export", "client list --json"] {
            let answered = try workshop.run("laseros " + line)
            #expect(answered.code == 6 && answered.said.contains("holds a blob instead of a text (contact)"), "\(answered.said)")
        }
    }

    /// A shop with an altered schema is reported as damaged, not as a defect of the program.
    @Test(arguments: [
        "ALTER TABLE client RENAME COLUMN phone TO telephone", "ALTER TABLE client DROP COLUMN delivery_address", "DROP TABLE setting",
        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE' WHERE name = 'client'", "PRAGMA user_version=99",
        "PRAGMA user_version=0",
    ])
    func aDamagedSchemaIsSaid(_ sql: String) throws {
        let workshop = try ExampleShop.copy()
        try Subprocess.demand(["sqlite3", workshop.data, "PRAGMA legacy_alter_table=ON; " + sql])
        let add = "client add Farm --vat-number 1 --phone 0215550100"
        for line in ["client list -w", "client show last", add, "quote list", "quote pdf last -o out.pdf"] {
            let answered = try workshop.run("laseros " + line)
            let isFine = answered.code == 6 || answered.code == 0 && !line.contains("client")
            #expect(isFine, "\(sql); \(line): \(answered.code) \(answered.said)")
        }
    }

    @Test(arguments: [("quote_valid_days", "999999999"), ("vat_rate", "-1"), ("time_rapid_speed", "x"), ("price_setup", "9999-99-99")])
    func aSettingThatNobodyCouldSetIsSaid(_ name: String, _ value: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("INSERT OR REPLACE INTO setting (name, value) VALUES ('\(name)', '\(value)')")
        let line = name.hasPrefix("time") ? "dxf time 0001-Flange-MS-10mm-x4.dxf" : "quote add -c CL-0001 0001-Flange-MS-10mm-x4.dxf"
        let answered = try workshop.run("laseros " + line)
        #expect(answered.code == 6 && answered.said.contains("(\(name))"), "\(answered.said)")
        #expect(try workshop.demand("laseros config list --csv --fields setting,value").contains("\(name),\(value)\n"))
        try workshop.demand("laseros config set \(name)")
        try workshop.demand("laseros " + line)
    }
}
