/// The order of day and month in a date such as `12/01/2026`.
package enum DateOrder: String, Choice { case dmy, mdy }

extension Day: Readable {
    package static let word = "DAY"
    package static let expected = "a day (2026-11-30, 30.11.2026, 30 Nov 2026, today, +3d, -2w, fri, next fri, eom)"

    /// Reads `2026-11-30` and what `WrittenDay` reads, unless that can be two days, and each with a time after it, as in
    /// `2026-11-30 10:11:12`. For a time in another zone, such as `2026-11-30T22:00:00Z`, only the shop can tell the day.
    package init?(reading text: String) {
        var text = text
        if let day = text.withUTF8({ $0.count == 10 ? Day(iso: $0) : nil }) {
            self = day
        } else if let written = WrittenDay(text), case .one(let day) = written.meaning {
            self = day
        } else {
            return nil
        }
    }

    /// Reads `2026-11-30` from the first ten bytes, without allocating, because data files and exports contain many days.
    init?(iso bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = bytes.number(0..<4),
            let month = bytes.number(5..<7), let day = bytes.number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package static func read(_ text: String, today: () throws -> Day) rethrows -> Day? {
        if let day = Day(reading: text) { return day }
        return relative(text.lowercased(), today: try today())
    }

    /// The day of the week that a word means, from 0 for Monday: `fri`, `Thurs`, `friday`.
    package static func weekday(called word: some StringProtocol) -> Int? { WrittenDay.weekday(word.lowercased()[...]) }

    package static func wanted(for text: String) -> String {
        guard case .either(let dmy, let mdy)? = WrittenDay(text)?.meaning else { return expected }
        return "one day: it is \(dmy.spoken) with --dates dmy, \(mdy.spoken) with --dates mdy"
    }

    private static func relative(_ lower: String, today: Day) -> Day? {
        switch lower {
        case "today": return today
        case "yesterday": return today - 1
        case "tomorrow": return today + 1
        case "bom": return today.firstOfMonth
        case "eom": return today.lastOfMonth
        default: break
        }
        let words = lower.split(separator: " ")
        if let last = words.last, let weekday = WrittenDay.weekday(last) {
            // "next" and "last" name a day of the week after this one or before it, which begins on Monday.
            switch words.dropLast() {
            case []: return today + (weekday - today.weekday + 7) % 7
            case ["next"]: return today.adding(days: 7 + weekday - today.weekday)
            case ["last"]: return today.adding(days: weekday - today.weekday - 7)
            default: return nil
            }
        }
        if let sign = lower.utf8.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let unit = lower.last,
            let count = Int(lower.dropFirst().dropLast()), (0...36_500).contains(count)
        {
            let signed = sign == UInt8(ascii: "-") ? -count : count
            switch unit {
            case "d": return today.adding(days: signed)
            case "w": return today.adding(days: 7 * signed)
            case "m": return today.adding(months: signed)
            case "y": return today.adding(months: 12 * signed)
            default: return nil
            }
        }
        return nil
    }
}
