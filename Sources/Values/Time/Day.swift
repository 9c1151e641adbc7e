/// A calendar day, without a time or time zone.
package struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package var number: Int
    package init(number: Int) { self.number = number }

    /// Nil if there is no such day. The algorithm is `days_from_civil` of H. Hinnant, "chrono-compatible low-level date algorithms".
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = y / 400, yoe = y - era * 400
        let doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
        if civil != (year, month, day) { return nil }
    }

    package var civil: (year: Int, month: Int, day: Int) {
        let z = number + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097, doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
    }

    /// The day of the week, from 0 for Monday.
    package var weekday: Int { ((number + 3) % 7 + 7) % 7 }
    package var firstOfMonth: Day { Day(number: number - civil.day + 1) }
    package var lastOfMonth: Day { Day.last(upTo: 31, year: civil.year, month: civil.month) ?? self }

    /// The same day of a later month, or the last day of a shorter one; nil outside the years 1 to 9999.
    package func adding(months: Int) -> Day? {
        let (y, m, d) = civil
        let index = y * 12 + m - 1 + months
        return Day.last(upTo: d, year: index / 12, month: index % 12 + 1)
    }

    /// The day this many days later; nil outside the years 1 to 9999.
    package func adding(days: Int) -> Day? {
        let day = self + days
        return (1...9999).contains(day.civil.year) ? day : nil
    }

    /// That day of a month, or the last day of a shorter one.
    private static func last(upTo day: Int, year: Int, month: Int) -> Day? {
        stride(from: day, through: day - 3, by: -1).lazy.compactMap { Day(year: year, month: month, day: $0) }.first
    }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    package static func + (a: Day, days: Int) -> Day { Day(number: a.number + days) }
    package static func - (a: Day, days: Int) -> Day { Day(number: a.number - days) }
}

extension Day: CustomStringConvertible {
    package var description: String {
        let (y, m, d) = civil
        // The end of a period may be the first day of the year 10000.
        guard (0...9999).contains(y) else { return "\(y)-" + "\(m)".padded(to: 2, with: "0") + "-" + "\(d)".padded(to: 2, with: "0") }
        return String(unsafeUninitializedCapacity: 10) { bytes in
            var digits = (y * 100 + m) * 100 + d
            for i in [9, 8, 6, 5, 3, 2, 1, 0] {
                bytes[i] = 48 + UInt8(digits % 10)
                digits /= 10
            }
            (bytes[4], bytes[7]) = (UInt8(ascii: "-"), UInt8(ascii: "-"))
            return 10
        }
    }

    /// `30 November 2026`, for documents.
    package var spoken: String {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ]
        let (y, m, d) = civil
        return "\(d) \(names[m - 1]) \(y)"
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The number in a range of ASCII digits; nil for any other byte.
    func number(_ range: Range<Int>) -> Int? {
        var number = 0
        for i in range {
            guard (48...57).contains(self[i]) else { return nil }
            number = number * 10 + Int(self[i] - 48)
        }
        return number
    }
}
