import Testing
import Values

@testable import Console

/// Amounts in the shop's own currency, days from clocks in other zones, and the due day of an invoice.
@Suite struct AmountAndDayTests {
    @Test(arguments: [
        ("€ 12.50", "€", 1250), ("12.50 €", "€", 1250), ("€12.50", "€", 1250), ("-R 10.00", "R", -1000), ("R -10.00", "R", -1000),
        ("1 234.50 EUR", "EUR", 123_450), ("Fr. 5", "Fr.", 500), ("US$ 7", "US$", 700), ("7", "", 700), ("12.50\u{A0}kr", "kr", 1250),
    ])
    func signsAreRead(_ text: String, _ sign: String, _ cents: Int) {
        #expect(Money(reading: text)?.cents == cents && Decimal.currency(of: text) == sign)
    }

    @Test(arguments: ["€", "€ €1", "1€2", "R 1 €", ". 5", "5 .", "€ 1 0", "--1 R", "-€ -1"])
    func noAmountIsRefused(_ text: String) { #expect(Money(reading: text) == nil) }

    /// For each source of amounts: an import, an option, an operand, a setting, a payment.
    @Test func onlyTheOwnSignIsTaken() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros config set currency €")
        func imported(_ amount: String) throws -> Answered {
            try workshop.run(
                ["price", "import", "-", "--dry-run"], input: Array("kind;key;amount;from\nfinishing;dull;\(amount);2026-01-01\n".utf8))
        }
        for own in ["€ 12,50", "12,50 €", "€12,50", "12,50"] { #expect(try imported(own).code == 0, "\(own)") }
        for other in ["R 12,50", "12,50 R", "$ 12,50", "12,50 EUR"] {
            let refused = try imported(other)
            #expect(refused.code == 8 && refused.said.contains("2: amount: '\(other)' is not an amount in €"), "\(refused.said)")
        }
        for line in ["price add finishing dull 'R 5'", "machine edit FIBER3 --rate 'R 5'", "config set price_setup 'R 5'"] {
            let refused = try workshop.run("laseros \(line)")
            #expect(refused.code == 2 && refused.said.contains("'R 5' is not an amount in €"), "\(line): \(refused.said)")
            try workshop.demand("laseros " + line.split(separator: "R 5").joined(separator: "€ 5"))
        }
        #expect(try workshop.run("laseros invoice pay INV-2026-0001 --amount 'R 5'").code == 2)
    }

    @Test(arguments: [
        ("2026-12-31T22:00:00.000Z", "2027-01-01"), ("2026-12-31T21:59:59Z", "2026-12-31"), ("2026-12-31T22:00:00+02:00", "2026-12-31"),
        ("2027-01-01 05:00+1000", "2026-12-31"), ("2026-12-31T20:00-05", "2027-01-01"), ("2026-12-31 23:59:59.999", "2026-12-31"),
        ("31/12/2026 10:11", "2026-12-31"), ("2026-12-31", "2026-12-31"),
    ])
    func timesTellTheDayInTheShop(_ text: String, _ day: String) throws {
        let workshop = try ExampleShop.copy()
        let rows = Array("code,name,client,due\nT-1,New Year,CL-0001,\(text)\n".utf8)
        #expect(try workshop.run(["project", "import", "-"], input: rows).code == 0)
        #expect(try workshop.demand("laseros project show T-1 --csv --no-header --fields due") == day + "\n")
    }

    @Test(arguments: [
        "2026-12-31 99:99:99", "2026-12-31T22:00:Z:.", "2026-12-31T24:00", "2026-12-31T22", "2026-12-31 22:00 +",
        "2026-12-31T22:00:00+99:00",
        "2026-12-31 22:00:00.", "2026-12-31x22:00",
    ])
    func timesThatNoClockShowsAreRefused(_ text: String) throws {
        let workshop = try ExampleShop.copy(), rows = Array("code,name,client,due\nT-1,New Year,CL-0001,\(text)\n".utf8)
        let refused = try workshop.run(["project", "import", "-"], input: rows)
        #expect(refused.code == 8 && refused.said.contains("2: due: '\(text)' is not a day"), "\(refused.said)")
    }

    private static func invoice(due: String, issuedAt clock: String) throws -> (said: String, due: String) {
        let workshop = try ExampleShop.copy(), drafted = "2027-03-01T08:00:00Z"
        for line in ["quote add -c CL-0001 0002-Bracket-MS-5mm-x10.dxf", "quote send last", "quote accept last", "invoice add last\(due)"] {
            #expect(try workshop.run(ShellWords.laseros("laseros " + line)!, at: drafted).code == 0)
        }
        let issued = try workshop.run(["invoice", "issue", "last"], at: clock)
        return (issued.said, try workshop.demand("laseros invoice show last --csv --no-header --fields issued_on,due"))
    }

    @Test func theDueDayCountsFromTheDayOfIssue() throws {
        #expect(try Self.invoice(due: "", issuedAt: "2027-03-26T08:00:00Z").due == "2027-03-26,2027-04-25\n")
        #expect(try Self.invoice(due: " --due 2027-05-05", issuedAt: "2027-03-26T08:00:00Z") == ("", "2027-03-26,2027-05-05\n"))
        let moved = try Self.invoice(due: " --due 2027-03-05", issuedAt: "2027-03-26T08:00:00Z")
        #expect(moved.due == "2027-03-26,2027-03-26\n")
        #expect(moved.said.contains("is due 2027-03-26, the day of issue: it was 2027-03-05"), "\(moved.said)")
    }

    @Test(arguments: [("", "2026-09-22"), ("config set quote_valid_days 14", "2026-09-06")])
    func aQuoteIsValidForSoManyDays(_ setting: String, _ end: String) throws {
        let workshop = try ExampleShop.copy()
        if !setting.isEmpty { try workshop.demand("laseros \(setting)") }
        try workshop.demand("laseros quote add --client CL-0001 0002-Bracket-MS-5mm-x10.dxf")
        #expect(try workshop.demand("laseros quote show last --csv --no-header --fields day,valid_until") == "2026-08-23,\(end)\n")
    }

    @Test func aDraftSaysHowLongItMayBePaid() throws {
        let workshop = try ExampleShop.copy()
        for line in ["quote add -c CL-0001 0002-Bracket-MS-5mm-x10.dxf", "quote send last", "quote accept last", "invoice add last"] {
            try workshop.demand("laseros \(line)")
        }
        try workshop.demand("laseros invoice pdf last -o draft.pdf")
        let text = try Subprocess.run(["pdftotext", "-layout", "\(workshop.work)/draft.pdf", "-"], in: "/").out
        #expect(text.contains("30 days from issue") && text.contains("within 30 days of issue"), "\(text)")
    }

    @Test(arguments: [
        ("quote list --limit 999999999999", "'999999999999' is not at most 1000000000"),
        ("quote list --limit 0", "'0' is not a whole number"),
        ("price add gas air 99999999999", "'99999999999' is not at most 999999999.999999"),
        ("machine edit FIBER3 --power 9999999999999999", "'9999999999999999' is not at most 999999999999999"),
        ("project add Gate -c CL-0001 -t many", "'many' is not a length in millimetres"),
    ])
    func aLimitIsNamed(_ line: String, _ words: String) throws {
        let refused = try ExampleShop.copy().run("laseros \(line)")
        #expect(refused.code == 2 && refused.said.contains(words), "\(refused.said)")
    }
}
