/// A range of days. The end is exclusive.
package struct Period: Hashable, Sendable {
    package var from: Day
    package var until: Day
    package init(from: Day, until: Day) { (self.from, self.until) = (from, until) }
}

extension Period: Readable {
    package static let word = "PERIOD"
    package static let expected = "a period (2026-10, 2026-q3, 2026, this-month, last-month, this-year, last-year, 90d)"
    package init?(reading text: String) {
        guard let period = Period.calendar(text.lowercased()) else { return nil }
        self = period
    }

    package static func read(_ text: String, today: () throws -> Day) rethrows -> Period? {
        if let period = calendar(text.lowercased()) { return period }
        return relative(text.lowercased(), today: try today())
    }

    private static func relative(_ text: String, today: Day) -> Period? {
        let month = today.firstOfMonth, year = Day(year: today.civil.year, month: 1, day: 1)
        switch text {
        case "this-month": return Period(from: month, months: 1)
        case "last-month": return Period(from: month.adding(months: -1), months: 1)
        case "this-year": return Period(from: year, months: 12)
        case "last-year": return Period(from: year?.adding(months: -12), months: 12)
        case let days where days.hasSuffix("d"):
            guard let count = Int(days.dropLast()), (1...36_500).contains(count), let from = today.adding(days: 1 - count) else {
                return nil
            }
            return Period(from: from, until: today + 1)
        default: return nil
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

extension Period: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text("\(from) to \(until - 1)") }
}
