import Shop
import Store
import Testing
import Values

/// Reading, storing and printing values.
@Suite struct ValuesTests {
    @Test(arguments: [
        ("0", 0), ("12.5", 1250), ("12.50", 1250), ("-0.05", -5), ("R 1234.50", 123_450), ("R99", 9900), ("1.500", 150), ("007", 700),
        ("9999999999999.99", 999_999_999_999_999), ("1 000", 100_000), ("R 1 234 567.50", 123_456_750), ("R\u{A0}-1\u{A0}000.05", -100_005),
    ])
    func moneyReads(_ text: String, _ cents: Int) { #expect(Money(reading: text)?.cents == cents) }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1.234", "10 00", "1 0000", "1  000", " 000", "1000 000", "1 000.5 0", "1e3", "--1", "+1", "R",
        "10000000000000", "1.2.3", "٣", "1.5 ",
    ])
    func moneyRefuses(_ text: String) { #expect(Money(reading: text) == nil) }

    @Test(arguments: ["in-progress", "IN_PROGRESS", "In Progress", "in progress", "IN-PROGRESS"])
    func choicesRead(_ text: String) { #expect(ProjectStatus(reading: text) == .inProgress) }

    @Test(arguments: ["inprogress", "in--progress", "", "-", "progress"])
    func choicesRefuse(_ text: String) { #expect(ProjectStatus(reading: text) == nil) }

    @Test func moneyIsShown() {
        #expect(Money(cents: -5).description == "-0.05")
        #expect(Money(cents: 123_456_789).grouped == "1 234 567.89")
        #expect(Money(cents: -123_456).grouped == "-1 234.56")
        #expect(Money(cents: 99_999).grouped == "999.99")
    }

    /// Halves are rounded away from zero, and no intermediate product overflows.
    @Test func sharesAreRounded() {
        #expect(Money(cents: 10).times(Percent(hundredths: 1500)) == Money(cents: 2))
        #expect(Money(cents: -10).times(Percent(hundredths: 1500)) == Money(cents: -2))
        #expect(Money(cents: 9).times(Percent(hundredths: 1500)) == Money(cents: 1))
        #expect(Money(cents: 999_999_999_999_999).times(Percent(hundredths: 10_000)) == Money(cents: 999_999_999_999_999))
        #expect(Decimal.scale(.max, .max, over: 1) == .max)
    }

    /// Any value in the data file can be printed and calculated with; one out of range is not sound.
    @Test func nothingOverflows() {
        let ends = [Int.min, .min + 1, -1, 0, 1, .max - 1, .max]
        for a in ends {
            for b in ends {
                let (sum, difference) = (Money(cents: a) + Money(cents: b), Money(cents: a) - Money(cents: b))
                #expect(sum.cents == Int(clamping: Int128(a) + Int128(b)) && difference.cents == Int(clamping: Int128(a) - Int128(b)))
                #expect((Money(cents: a) * b).cents == Int(clamping: Int128(a) * Int128(b)))
                #expect((Length(um: a) - Length(um: b)).um == difference.cents)
            }
            #expect((-Money(cents: a)).cents == Int(clamping: -Int128(a)))
            #expect(Money(cents: a).isSound == (abs(Int128(a)) < 1_000_000_000_000_000))
        }
        #expect(Money(cents: .min).grouped == "-92 233 720 368 547 758.08")
        #expect(Length(um: .min).description == "-9223372036854775.808")
        #expect(Rate(millionths: .max).description == "9223372036854.775807")
        #expect(Seconds(ms: .min).spoken == "-9223372036854775.808s" && Seconds(ms: .max).spoken == "2562047788015h 12m")
    }

    /// A value that can be typed must also be readable from the database.
    @Test(arguments: ["1000000000000000", "-1000000000000000", "9223372036854775807", "99999999999999999999"])
    func wholeNumbersEnd(_ text: String) {
        #expect(Int(reading: text) == nil && Count(reading: text) == nil)
        #expect(Seconds(reading: text + "h") == nil && Seconds(reading: "999999999999h") == nil && Money(reading: text) == nil)
        #expect(Int(reading: "999999999999999") == 999_999_999_999_999)
    }

    @Test(arguments: [
        ("2026-10", "2026-10-01", "2026-11-01"), ("2026-q3", "2026-07-01", "2026-10-01"), ("2026-Q4", "2026-10-01", "2027-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"), ("2026", "2026-01-01", "2027-01-01"), ("this-month", "2026-08-01", "2026-09-01"),
        ("last-month", "2026-07-01", "2026-08-01"), ("this-year", "2026-01-01", "2027-01-01"), ("last-year", "2025-01-01", "2026-01-01"),
        ("90d", "2026-05-26", "2026-08-24"), ("1d", "2026-08-23", "2026-08-24"), ("next-month", "2026-09-01", "2026-10-01"),
        ("this-week", "2026-08-17", "2026-08-24"), ("last-week", "2026-08-10", "2026-08-17"), ("next-week", "2026-08-24", "2026-08-31"),
        ("2026-12-16", "2026-12-16", "2026-12-17"), ("today", "2026-08-23", "2026-08-24"), ("Fri", "2026-08-28", "2026-08-29"),
        ("2026-12-01..2026-12-15", "2026-12-01", "2026-12-16"), ("2026-12..2027-q1", "2026-12-01", "2027-04-01"),
        ("today..+2w", "2026-08-23", "2026-09-07"), ("-1d..tomorrow", "2026-08-22", "2026-08-25"), ("bom..eom", "2026-08-01", "2026-09-01"),
        ("01/12/2026..16/12/2026", "2026-12-01", "2026-12-17"), ("2026-12-01..2026-12-01", "2026-12-01", "2026-12-02"),
        ("90d..", "2026-05-26", "10000-01-01"), ("..2026-08", "0001-01-01", "2026-09-01"),
        ("0001-01-01..9999-12-31", "0001-01-01", "10000-01-01"),
    ])
    func periodsRead(_ text: String, _ from: String, _ until: String) throws {
        let today = try #require(Day(reading: "2026-08-23"))
        let period = try #require(Period.read(text, today: { today }))
        #expect(period.from.description == from && period.until.description == until)
        #expect(Period(cell: period.cell) == period)
    }

    @Test(arguments: [
        "", "2026-13", "2026-00", "2026-q5", "2026-q0", "26-10", "2026-1", "0d", "d", "99999d", "+d", "next-year", "2026-10-32", "9999",
        "9999-12", "9999-q4", "..", "...", "2026-12-15..2026-12-01", "2026-12-02..2026-12-01", "2026-12..2026-13", "x..", "..x",
        "2026-01..2026-02..2026-03", "today..yesterday", "2026.12",
    ])
    func periodsRefuse(_ text: String) { #expect(Period.read(text, today: { Day(number: 20_688) }) == nil) }

    /// A month is one, however it is said, and no other period.
    @Test func monthsRead() throws {
        let today = try #require(Day(reading: "2026-12-31"))
        func read(_ text: String) -> String? { Month.read(text, today: { today }).map { "\($0.period.from) \($0)" } }
        #expect(read("2027-02") == "2027-02-01 February 2027" && read("this-month") == "2026-12-01 December 2026")
        #expect(read("next-month") == "2027-01-01 January 2027" && read("bom..eom") == read("this-month"))
        for text in ["2026", "2026-q1", "today", "2026-12-01..2026-12-30", "2026-12-02..2027-01-01", "december"] {
            #expect(read(text) == nil)
        }
        #expect(Month(of: today).period.until.description == "2027-01-01")
    }

    @Test(arguments: [
        ("2026-01-31", "+1m", "2026-02-28"), ("2024-01-31", "+1m", "2024-02-29"), ("2024-02-29", "+1y", "2025-02-28"),
        ("2026-12-31", "+1d", "2027-01-01"), ("2026-03-01", "-1d", "2026-02-28"), ("2026-08-24", "mon", "2026-08-24"),
        ("2026-08-24", "sun", "2026-08-30"), ("2026-11-30", "eom", "2026-11-30"), ("2026-08-24", "2026/09/01", "2026-09-01"),
        ("2026-03-31", "-1m", "2026-02-28"), ("2026-08-24", "+7973y", "9999-08-24"), ("9999-12-05", "eom", "9999-12-31"),
    ])
    func daysRead(_ today: String, _ text: String, _ expected: String) throws {
        let today = try #require(Day(reading: today))
        #expect(Day.read(text, today: { today })?.description == expected)
    }

    @Test(arguments: [
        ("2026-08-24", "+36500y"), ("2026-08-24", "-36500y"), ("2026-08-24", "+8000y"), ("2026-08-24", "-2026y"),
        ("2026-08-24", "+36500m2"),
        ("0001-01-01", "-1d"), ("9999-12-31", "+1w"), ("9999-12-31", "+1m"), ("2026-08-24", "+36501d"),
    ])
    func daysRefuse(_ today: String, _ text: String) throws {
        let today = try #require(Day(reading: today))
        #expect(Day.read(text, today: { today }) == nil)
    }

    /// Every day from year 1 to 9999 is printed and read back.
    @Test func daysCount() throws {
        var day = try #require(Day(year: 1, month: 1, day: 1)), civil = (year: 1, month: 1, day: 1)
        var wrong: [Day] = []
        while civil.year < 10_000 {
            if day.civil != civil || Day(year: civil.year, month: civil.month, day: civil.day) != day { wrong.append(day) }
            let next = day + 1
            civil = (civil.year, civil.month, civil.day + 1)
            if Day(year: civil.year, month: civil.month, day: civil.day) == nil { civil = (civil.year, civil.month + 1, 1) }
            if civil.month == 13 { civil = (civil.year + 1, 1, 1) }
            day = next
        }
        #expect(wrong.isEmpty && day.number == 2_932_897)
    }

    @Test(arguments: [
        ("Africa/Johannesburg", "2026-08-23T08:00:00Z", 7200), ("UTC", "2026-08-23T08:00:00Z", 0),
        ("Europe/Berlin", "2026-03-29T00:59:59Z", 3600), ("Europe/Berlin", "2026-03-29T01:00:00Z", 7200),
        ("Europe/Berlin", "2026-10-25T00:59:59Z", 7200), ("Europe/Berlin", "2026-10-25T01:00:00Z", 3600),
        ("America/New_York", "2026-01-01T00:00:00Z", -18_000), ("Australia/Lord_Howe", "2026-01-01T00:00:00Z", 39_600),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", -36_000), ("Pacific/Apia", "2011-12-30T10:00:00Z", 50_400),
    ])
    func zonesKnowTheirOffset(_ name: String, _ moment: String, _ offset: Int) throws {
        #expect(try Zone(named: name).offset(at: #require(Moment(reading: moment))) == offset)
    }

    @Test(arguments: ["", "/etc/passwd", "../../../etc/passwd", "Mars/Olympus", "zone.tab", "Africa"])
    func noSuchZone(_ name: String) { #expect(throws: Failure.self) { try Zone(named: name) } }

    @Test(arguments: [("90", 90_000), ("0.5", 500), ("2m", 120_000), ("1h", 3_600_000), ("300ms", 300), ("1.5h", 5_400_000)])
    func timesRead(_ text: String, _ ms: Int) { #expect(Seconds(reading: text)?.ms == ms) }

    @Test(arguments: [("3", 3000), ("0.47", 470), ("2.5mm", 2500), ("2.5 MM", 2500), ("0", 0)])
    func lengthsRead(_ text: String, _ um: Int) { #expect(Length(reading: text)?.um == um) }

}
