/// A range of days. The end is exclusive.
package struct Period: Hashable, Sendable {
    package var from: Day
    package var until: Day
    package init(from: Day, until: Day) { (self.from, self.until) = (from, until) }
}

extension Period: Readable {
    package static let word = "PERIOD"
    package static let expected =
        "a period (2026-10, 2026-q3, 2026, last-month, this-week, 90d, a day, or a range: 2026-10-01..2026-10-15, today..+2w)"

    package static func wanted(for text: String) -> String {
        // A date that can be two days is explained as such.
        let ends = Period.ends(of: text).map { [$0.first, $0.last] } ?? [text]
        return ends.map(Day.wanted).first { $0 != Day.expected } ?? expected
    }

    package init?(reading text: String) {
        guard let period = Period.range(text.lowercased(), { Period.fixed($0) }) else { return nil }
        self = period
    }

    package static func read(_ text: String, today: () throws -> Day) rethrows -> Period? {
        try range(text.lowercased()) { part in try fixed(part) ?? relative(part, today: today()) }
    }

    /// Reads a single period, or a range from the first day of one to the last day of another. An end that is left out is open.
    private static func range(_ text: String, _ read: (String) throws -> Period?) rethrows -> Period? {
        guard var ends = ends(of: text) else { return try read(text) }
        if let order = WrittenDay.shown(by: ends) {
            ends = (first: WrittenDay.ordered(ends.first, order), last: WrittenDay.ordered(ends.last, order))
        }
        let (first, last) = ends
        guard !first.isEmpty || !last.isEmpty, let from = first.isEmpty ? Period.all : try read(first),
            let until = last.isEmpty ? Period.all : try read(last), from.from < until.until
        else { return nil }
        return Period(from: from.from, until: until.until)
    }

    /// The texts before and after the two points of a range; nil if it is none.
    static func ends(of text: String) -> (first: String, last: String)? {
        let bytes = text.utf8, dot = UInt8(ascii: ".")
        return bytes.indices.first { bytes[$0...].starts(with: [dot, dot]) }.map { dots in
            (first: String(text[..<dots]), last: String(text[dots...].dropFirst(2)))
        }
    }

    /// The years 1 to 9999.
    private static let all = Period(from: Day(number: -719_162), until: Day(number: 2_932_897))

    private init(day: Day) { self.init(from: day, until: day + 1) }

    private static func fixed(_ text: String) -> Period? { calendar(text) ?? Day(reading: text).map { Period(day: $0) } }

    private static func relative(_ text: String, today: Day) -> Period? {
        let month = today.firstOfMonth, year = Day(year: today.civil.year, month: 1, day: 1), week = today - today.weekday
        switch text {
        case "this-week": return Period(from: week, until: week + 7)
        case "last-week": return Period(from: week - 7, until: week)
        case "next-week": return Period(from: week + 7, until: week + 14)
        case "this-month": return Period(from: month, months: 1)
        case "last-month": return Period(from: month.adding(months: -1), months: 1)
        case "next-month": return Period(from: month.adding(months: 1), months: 1)
        case "this-year": return Period(from: year, months: 12)
        case "last-year": return Period(from: year?.adding(months: -12), months: 12)
        case let days where days.hasSuffix("d") && days.utf8.first.map { (48...57).contains($0) } == true:
            guard let count = Int(days.dropLast()), (1...36_500).contains(count), let from = today.adding(days: 1 - count) else {
                return nil
            }
            return Period(from: from, until: today + 1)
        default: return Day.read(text, today: { today }).map { Period(day: $0) }
        }
    }

    /// Nil if one of the ends is outside the years 1 to 9999.
    private init?(from: Day?, months: Int) {
        guard let from, let until = from.adding(months: months) else { return nil }
        self.init(from: from, until: until)
    }

    private static func calendar(_ text: String) -> Period? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts[0].utf8.count == 4, let year = Int(parts[0]), parts.count <= 2 else { return nil }
        var month = 1, length = 12
        if parts.count == 2 {
            if parts[1].hasPrefix("q"), let quarter = Int(parts[1].dropFirst()), (1...4).contains(quarter) {
                (month, length) = (quarter * 3 - 2, 3)
            } else if parts[1].utf8.count == 2, let number = Int(parts[1]) {
                (month, length) = (number, 1)
            } else {
                return nil
            }
        }
        return Period(from: Day(year: year, month: month, day: 1), months: length)
    }
}

/// A calendar month.
package struct Month: Hashable, Readable, Sendable {
    package static let word = "MONTH"
    package static let expected = "a month (2026-12, this-month, next-month, last-month)"
    package var period: Period

    private init?(_ period: Period?) {
        guard let period, period.from == period.from.firstOfMonth, period.until == period.from.lastOfMonth + 1 else { return nil }
        self.period = period
    }

    package init?(reading text: String) { self.init(Period(reading: text)) }
    package static func read(_ text: String, today: () throws -> Day) rethrows -> Month? { Month(try Period.read(text, today: today)) }

    /// The month with this day.
    package init(of day: Day) { period = Period(from: day.firstOfMonth, until: day.lastOfMonth + 1) }
}

extension Month: CustomStringConvertible {
    /// `December 2026`
    package var description: String { String(period.from.spoken.dropFirst(2)) }
}

extension Period: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text("\(from) to \(until - 1)") }
}
