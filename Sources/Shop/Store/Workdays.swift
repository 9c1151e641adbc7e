import Store
import Values

/// How the days of a deadline are counted.
package enum DayCount: String, Choice, Stored, Presentable { case calendar, business }

/// The list of public holidays: days, and days of every year (`12-25`).
package struct Holidays: Readable, StoredAsText, Presentable {
    package static let word = "DAYS"
    package static let expected = "days separated by commas (2026-12-16, or 12-25 for every year)"
    package static let shownType = ShownType.text
    package var text: String
    package var storedText: String { text }
    package var shown: DisplayValue { .text(text) }
    private var days: Set<Day> = []
    /// Month and day.
    private var yearly: Set<[Int]> = []

    package init?(reading text: String) {
        let words = text.split { $0 == "," || $0 == " " }.map(String.init)
        self.text = words.joined(separator: ",")
        for word in words {
            if let day = Day(reading: word) {
                days.insert(day)
            } else if word.utf8.count == 5, let day = Day(reading: "2024-" + word) {
                yearly.insert([day.civil.month, day.civil.day])
            } else {
                return nil
            }
        }
    }

    package func contains(_ day: Day) -> Bool { days.contains(day) || yearly.contains([day.civil.month, day.civil.day]) }
}

/// The days that count for deadlines.
package struct Workdays: Sendable {
    private let kind: DayCount
    private let holidays: Holidays?

    package init(_ kind: DayCount, _ holidays: Holidays?) { (self.kind, self.holidays) = (kind, holidays) }

    private func counts(_ day: Day) -> Bool { kind == .calendar || day.weekday < 5 && holidays?.contains(day) != true }

    /// The last of so many days after a day.
    package func day(_ count: Int, after start: Day) -> Day {
        // A list of holidays that has every day of the year must not end in an endless loop.
        var day = start, left = count, most = 3660 + 10 * count
        while left > 0, most > 0 {
            day = day + 1
            most -= 1
            if counts(day) { left -= 1 }
        }
        return day
    }

    /// How many of the days after one day, up to another, count.
    package func count(after start: Day, through end: Day) -> Int {
        start < end ? (start.number + 1...end.number).count { counts(Day(number: $0)) } : 0
    }
}

extension Settings {
    package static let popDays = Setting(
        "pop_deadline_days", Count(3), "within how many days of its proof of payment a job is to be processed", "a number of days", 1...365)
    package static let popCounts = Setting(
        "pop_deadline_counts", DayCount.calendar, "which days that deadline counts: all, or those from Monday to Friday without holidays")
    package static let holidays = Setting(
        "public_holidays", Holidays(reading: "")!, "days on which nobody works: 2026-12-16, or 12-25 for every year, separated by commas")
}

extension Shop {
    /// The days that count for the deadline of a payment.
    func workdays() throws -> Workdays { Workdays(try setting(Settings.popCounts), try setting(Settings.holidays)) }
}
