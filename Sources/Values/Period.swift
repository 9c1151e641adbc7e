/// A stretch of days, its last day not among them.
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
        let month = today.firstOfMonth
        let year = Day(year: today.civil.year, month: 1, day: 1) ?? today
        switch text {
        case "this-month": return Period(from: month, until: month.adding(months: 1))
        case "last-month": return Period(from: month.adding(months: -1), until: month)
        case "this-year": return Period(from: year, until: year.adding(months: 12))
        case "last-year": return Period(from: year.adding(months: -12), until: year)
        case let days where days.hasSuffix("d"):
            guard let count = Int(days.dropLast()), (1...36_500).contains(count) else { return nil }
            return Period(from: today + 1 - count, until: today + 1)
        default: return nil
        }
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
        guard let from = Day(year: year, month: month, day: 1) else { return nil }
        return Period(from: from, until: from.adding(months: length))
    }
}

extension Period: Presentable {
    package static let shownType = ShownType.text
    package var shown: Shown { .text("\(from) to \(until - 1)") }
}
