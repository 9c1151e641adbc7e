import Values

/// The name of a job's folder, such as `0001-Gate hinges-14.09.2025`: a number, what it is, and a day.
struct FolderName: Sendable {
    /// `Gate hinges`
    var title: String
    /// The day at the end, by the order of its numbers. Both are the same if the order does not matter, and nil if there is no such day.
    private(set) var dayFirst: Day?
    private(set) var monthFirst: Day?
    /// The date as it is written; nil if there is none.
    private(set) var date: String?
    private let hasNumber: Bool

    init(_ name: String) {
        let bytes = Array(name.utf8), dated = FolderName.date(endOf: bytes)
        if let dated {
            (dayFirst, monthFirst) = (dated.dayFirst, dated.monthFirst)
            date = String(decoding: bytes[dated.start...], as: UTF8.self)
        }
        let before = bytes[..<(dated?.start ?? bytes.count)], number = before.prefix { FolderName.isDigit($0) }
        let behind = before.dropFirst(number.count)
        hasNumber = number.count >= 3 && behind.first.map { " -_".utf8.contains($0) } ?? false
        let rest = hasNumber ? behind : before
        let words = String(decoding: rest.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        title = String(words.drop { " -.,".contains($0) }).trimmedEnd
        if title.isEmpty { title = name }
    }

    /// Whether it is named like a job: by a number in front or a date behind.
    var isJob: Bool { hasNumber || date != nil }

    /// Whether there is a day for each order, and not the same.
    var isAmbiguous: Bool { dayFirst != nil && monthFirst != nil && dayFirst != monthFirst }

    /// The order that only this date allows.
    var order: DateOrder? {
        switch (dayFirst, monthFirst) {
        case (.some, nil): .dmy
        case (nil, .some): .mdy
        default: nil
        }
    }

    func day(_ order: DateOrder?) -> Day? {
        isAmbiguous ? order == .mdy ? monthFirst : dayFirst : dayFirst ?? monthFirst
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Reads three numbers at the end with a point, a hyphen or an underscore between, or eight digits with the year first.
    private static func date(endOf bytes: [UInt8]) -> (start: Int, dayFirst: Day?, monthFirst: Day?)? {
        var end = bytes.count, numbers: [(start: Int, count: Int, value: Int)] = [], separator: UInt8?
        while numbers.count < 3 {
            let digits = bytes[..<end].reversed().prefix { isDigit($0) }.count, start = end - digits
            guard (1...8).contains(digits) else { return nil }
            numbers.insert((start, digits, bytes[start..<end].reduce(0) { $0 * 10 + Int($1) - 48 }), at: 0)
            if numbers.count == 3 { break }
            if digits == 8, numbers.count == 1 { break }
            guard start > 0, ".-_".utf8.contains(bytes[start - 1]), separator ?? bytes[start - 1] == bytes[start - 1] else { return nil }
            separator = bytes[start - 1]
            end = start - 1
        }
        let first = numbers[0]
        if numbers.count == 1 {
            let day = Day(year: first.value / 10_000, month: first.value / 100 % 100, day: first.value % 100)
            return day.flatMap { (1990...2099).contains($0.civil.year) ? (first.start, $0, $0) : nil }
        }
        switch numbers.map(\.count) {
        case let counts where counts[0] == 4 && counts[1] <= 2 && counts[2] <= 2:
            let day = Day(year: first.value, month: numbers[1].value, day: numbers[2].value)
            return (first.start, day, day)
        case let counts where counts[0] <= 2 && counts[1] <= 2 && counts[2] == 4:
            let (a, b, year) = (first.value, numbers[1].value, numbers[2].value)
            return (first.start, Day(year: year, month: b, day: a), Day(year: year, month: a, day: b))
        default: return nil
        }
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self[...]
        while let last = text.last, " -.,".contains(last) { text.removeLast() }
        return String(text)
    }
}
