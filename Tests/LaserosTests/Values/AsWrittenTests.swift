import Testing

@testable import Values

/// Days and numbers as people and spreadsheets write them.
@Suite struct AsWrittenTests {
    @Test(arguments: [
        ("15.12.2026", "2026-12-15"), ("5.1.2026", "2026-01-05"), ("05.01.26", "2026-01-05"), ("15/12/2026", "2026-12-15"),
        ("12/15/2026", "2026-12-15"), ("12/15/26", "2026-12-15"), ("2026/1/5", "2026-01-05"), ("5/5/2026", "2026-05-05"),
        ("31-01-2026", "2026-01-31"), ("15 Dec 2026", "2026-12-15"), ("15. December 2026", "2026-12-15"), ("15-Dec-26", "2026-12-15"),
        ("Dec 15, 2026", "2026-12-15"), ("december 15th 2026", "2026-12-15"), ("Tue 15 Dec 2026", "2026-12-15"),
        ("Tuesday, 15 Sept 2026", "2026-09-15"), ("15.12.2026 16:30", "2026-12-15"), ("15 Oct 2026 07:05:09", "2026-10-15"),
        ("29.02.2028", "2028-02-29"),
    ])
    func datesAreRead(_ text: String, _ day: String) { #expect(Day(reading: text)?.description == day) }

    @Test(arguments: [
        "12/01/2026", "12-01-2026", "1/2/26", "15-12-26", "26.12.15.1", "15.13.2026", "29.02.2026", "15 Dezember 2026", "15 Dec",
        "Dec 2026",
        "Mon 15 Dec 2026", "15/12-2026", "15 12 2026", "2026-12", "15.12.2026x", "15.12.2026 25:00", "1.2.3", "15 De 2026", "..", "//",
        "15.12.226", "26/12/15", "15/12/26", "00.12.2026", "15 Dec 2026 Dec",
    ])
    func otherTextsAreNot(_ text: String) { #expect(Day(reading: text) == nil) }

    @Test func anOrderDecidesWhatCanBeTwoDays() {
        #expect(Period(reading: "01/12/2026..16/12/2026")?.from.description == "2026-12-01")
        #expect(Period(reading: "01/12/2026..12/16/2026")?.from.description == "2026-01-12")
        #expect(WrittenDay.isUnclear("12/01/2026") && WrittenDay.isUnclear("12/01/2026 10:00") && !WrittenDay.isUnclear("12.01.2026"))
        #expect(WrittenDay.ordered("12/01/2026", .dmy) == "2026-01-12" && WrittenDay.ordered("12/01/2026", .mdy) == "2026-12-01")
        #expect(WrittenDay.ordered("12/01/2026..1/2/2027", .mdy) == "2026-12-01..2027-01-02")
        for clear in ["13/01/2026", "friday", "..", "2026-01-12..13/01/2026"] { #expect(WrittenDay.ordered(clear, .mdy) == clear) }
        #expect(Day.wanted(for: "12/01/2026") == "one day: it is 12 January 2026 with --dates dmy, 1 December 2026 with --dates mdy")
        #expect(Period.wanted(for: "2026-01-01..12/01/2026").hasPrefix("one day: it is 12 January 2026"))
        #expect(Period.wanted(for: "soon") == Period.expected)
    }

    @Test func anOrderThatDoesNotFitIsNoticed() {
        #expect(WrittenDay.contradicts("13/01/2026", .mdy) && WrittenDay.contradicts("01/13/2026 10:00", .dmy))
        #expect(WrittenDay.contradicts("12/01/2026..16/01/2026", .mdy))
        for text in ["13/01/2026", "12/01/2026", "13.01.2026", "2026-01-13", "fri", ".."] { #expect(!WrittenDay.contradicts(text, .dmy)) }
        #expect(WrittenDay.ordered("12/01/2026 10:30", .mdy) == "2026-12-01 10:30")
    }

    /// From a Wednesday.
    @Test(arguments: [
        ("wed", "2026-08-26"), ("fri", "2026-08-28"), ("Friday", "2026-08-28"), ("mon", "2026-08-31"), ("next fri", "2026-09-04"),
        ("next monday", "2026-08-31"), ("last fri", "2026-08-21"), ("last thurs", "2026-08-20"),
    ])
    func weekdaysAreOfAWeek(_ text: String, _ day: String) throws {
        let today = try #require(Day(year: 2026, month: 8, day: 26))
        #expect(Day.read(text, today: { today })?.description == day)
    }

    @Test func otherWordsAreNoWeekdays() {
        for text in ["fr", "next", "next fri fri", "this fri", "fridays"] {
            #expect(Day.read(text, today: { Day(number: 20_000) }) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        ("26,50", 2650), ("R 26,5", 2650), ("1.234,50", 123_450), ("1,234.50", 123_450), ("-1.234,5", -123_450), ("1 234,50", 123_450),
        ("1,234,567", 123_456_700), ("1.234.567", 123_456_700), ("0,5", 50), ("1234,5", 123_450), ("€1.234.567,89", 123_456_789),
    ])
    func amountsAreRead(_ text: String, _ cents: Int) { #expect(Money(reading: text)?.cents == cents) }

    @Test(arguments: [
        "1,234", "R 1,234", "12,345", "1,23,4", ",5", "5,", "1,2,3.5", "1.23,4", "1.234.56", "12345,678.5", "1,,234", "1,5.", "26,505",
    ])
    func otherAmountsAreNot(_ text: String) { #expect(Money(reading: text) == nil) }

    @Test func aNumberThatCanBeTwoIsExplained() {
        #expect(Rate(reading: "1,234") == nil && Quantity(reading: "12,345") == nil && Rate(reading: "0,234")?.millionths == 234_000)
        #expect(Money.wanted(for: "R 1,234") == "one number: it is 1234 or 1.234")
        #expect(Length.wanted(for: "0,635") == Length.expected && Length(reading: "0,635")?.um == 635)
        #expect(Percent(reading: "12,5%")?.hundredths == 1250 && Seconds(reading: "1,5h")?.ms == 5_400_000)
        #expect(Size(reading: "1250,5x2500")?.width.um == 1_250_500)
        for text in ["2500 x 1250 mm", "2500×1250", "2500X1250mm"] { #expect(Size(reading: text)?.description == "2500x1250", "\(text)") }
        for text in ["2500 1250", "2500x1250 cm", "x1250", "2500xx1250"] { #expect(Size(reading: text) == nil, "\(text)") }
    }
}
