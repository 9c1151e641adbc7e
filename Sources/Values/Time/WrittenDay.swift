/// A date as people and spreadsheets write it: in digits, `15.12.2026`, `15/12/2026`, `2026/12/15`, or with the name of a month,
/// `15 Dec 2026`, `15-Dec-26`, `December 15, 2026`, perhaps after a weekday and before a time.
package struct WrittenDay: Equatable {
    package enum Meaning: Equatable {
        case one(Day)
        /// Day and month can be told apart only by their order.
        case either(dmy: Day, mdy: Day)
    }

    package var meaning: Meaning
    /// The order of day and month that shows in the digits; nil if both are possible, or the mark between them or a name tells it.
    package private(set) var order: DateOrder?

    /// Nil if the text is not a date.
    package init?(_ text: String) {
        let date = text[..<WrittenDay.endOfDate(text)]
        guard date.utf8.count <= 40, let parts = WrittenDay.parts(date) else { return nil }
        guard let found = WrittenDay.digits(parts) ?? WrittenDay.named(parts) else { return nil }
        meaning = found
        if parts.count == 3, parts[0].gap != ".", let first = parts[0].number, parts[0].width <= 2, let second = parts[1].number {
            order = first > 12 ? .dmy : second > 12 ? .mdy : nil
        }
    }

    /// Whether a day or an end of a period can be two days.
    package static func isUnclear(_ text: String) -> Bool {
        // Most days of a file are like 2026-11-30, and every date that can be two days has one of these marks.
        let bytes = text.utf8, dash = UInt8(ascii: "-")
        guard bytes.count != 10 || bytes.dropFirst(4).first != dash, bytes.contains(where: { $0 == UInt8(ascii: "/") || $0 == dash })
        else { return false }
        return ordered(text, .dmy) != ordered(text, .mdy)
    }

    /// Replaces a date that can be two days, or the ends of a period that can, by the day in this order. A time after it stays.
    package static func ordered(_ text: String, _ order: DateOrder) -> String {
        if case .either(let dmy, let mdy)? = WrittenDay(text)?.meaning { return "\(order == .dmy ? dmy : mdy)\(text[endOfDate(text)...])" }
        guard let ends = Period.ends(of: text) else { return text }
        let order = shown(by: ends) ?? order
        return ordered(ends.first, order) + ".." + ordered(ends.last, order)
    }

    /// Whether a date or an end of a period shows the other order: `13/01/2026` is not mdy.
    package static func contradicts(_ text: String, _ order: DateOrder) -> Bool {
        let ends = Period.ends(of: text).map { [$0.first, $0.last] } ?? [text]
        return ends.contains { end in WrittenDay(end)?.order.map { $0 != order } ?? false }
    }

    /// The order of day and month that one end of a period shows for both.
    static func shown(by ends: (first: String, last: String)) -> DateOrder? {
        WrittenDay(ends.first)?.order ?? WrittenDay(ends.last)?.order
    }

    /// The weekday that a word means, from 0 for Monday: `fri`, `thurs`, `friday`.
    static func weekday(_ word: Substring) -> Int? {
        index(of: word, in: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
    }

    /// The name that a word of at least three letters begins.
    private static func index(of word: Substring, in names: [String]) -> Int? {
        word.utf8.count < 3 ? nil : names.firstIndex { $0.hasPrefix(word) }
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    /// Where a time of the day begins; the end of the text if there is none.
    private static func endOfDate(_ text: String) -> String.Index {
        guard let colon = text.firstIndex(of: ":"), let gap = text[..<colon].lastIndex(where: { $0 == " " || $0 == "T" || $0 == "t" }),
            let time = TimeOfDay(text[gap...].utf8), time.offset == nil
        else { return text.endIndex }
        return gap
    }

    /// A number or a word, in lower case, and what stands between it and the next one.
    private struct Part {
        var word: Substring
        var gap = ""

        var isNumber: Bool { word.utf8.allSatisfy { (48...57).contains($0) } }
        var number: Int? { isNumber ? Int(word) : nil }
        var width: Int { word.utf8.count }
    }

    /// Splits `15. December 2026` into its numbers and words; nil if there is anything else.
    private static func parts(_ text: Substring) -> [Part]? {
        var parts: [Part] = []
        let lower = text.lowercased()
        var rest = lower[...]
        while let first = rest.first {
            let isDigit = first.isASCII && first.isNumber
            guard isDigit || first.isASCII && first.isLetter else { return nil }
            let word = rest.prefix { $0.isASCII && (isDigit ? $0.isNumber : $0.isLetter) }
            rest = rest.dropFirst(word.count)
            let gap = rest.prefix { " .,/-".contains($0) }
            rest = rest.dropFirst(gap.count)
            parts.append(Part(word: word, gap: String(gap)))
        }
        return parts.last?.gap == "" ? parts : nil
    }

    /// Three numbers. With points the day comes first; a year of two digits stands last.
    private static func digits(_ parts: [Part]) -> Meaning? {
        guard parts.count == 3, parts.allSatisfy(\.isNumber), parts[0].gap == parts[1].gap, let mark = parts[0].gap.first,
            parts[0].gap.count == 1, "./-".contains(mark), let first = parts[0].number, let second = parts[1].number,
            let third = parts[2].number, parts[1].width <= 2
        else { return nil }
        if parts[0].width == 4, parts[2].width <= 2 { return Day(year: first, month: second, day: third).map { .one($0) } }
        guard parts[0].width <= 2, let year = year(third, parts[2].width), parts[2].width == 4 || mark != "-" else { return nil }
        // With a year of two digits the first may be the year.
        if parts[2].width == 2, mark == "/", Day(year: 2000 + first, month: second, day: third) != nil { return nil }
        let dmy = Day(year: year, month: second, day: first), mdy = mark == "." ? nil : Day(year: year, month: first, day: second)
        guard let dmy else { return mdy.map { .one($0) } }
        guard let mdy, mdy != dmy else { return .one(dmy) }
        return .either(dmy: dmy, mdy: mdy)
    }

    /// A day, the name of a month and a year, or the month first. A weekday before them has to be that of the day.
    private static func named(_ all: [Part]) -> Meaning? {
        let weekday = all.first.flatMap { (first: Part) in WrittenDay.weekday(first.word) }
        var parts = weekday == nil ? all : Array(all.dropFirst())
        // `15th`
        if let i = parts.firstIndex(where: { ["st", "nd", "rd", "th"].contains($0.word) }), i > 0, parts[i - 1].gap.isEmpty {
            parts.remove(at: i)
        }
        guard parts.count == 3, let year = parts[2].number.flatMap({ year($0, parts[2].width) }) else { return nil }
        let isDayFirst = parts[0].isNumber, (number, name) = isDayFirst ? (parts[0], parts[1]) : (parts[1], parts[0])
        guard let month = index(of: name.word, in: months), let day = number.number, number.width <= 2,
            let found = Day(year: year, month: month + 1, day: day), weekday == nil || weekday == found.weekday
        else { return nil }
        return .one(found)
    }

    /// A year of four digits, or of two in this century.
    private static func year(_ number: Int, _ width: Int) -> Int? { width == 4 ? number : width == 2 ? 2000 + number : nil }
}
