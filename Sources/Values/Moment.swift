/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
package struct Moment: Hashable, Comparable, Sendable {
    package var ms: Int
    package init(ms: Int) { self.ms = ms }
    package static func < (a: Moment, b: Moment) -> Bool { a.ms < b.ms }

    /// The day it is, so many seconds east of UTC.
    package func day(offset: Int) -> Day { Day(number: Moment.floor(ms + offset * 1000, 86_400_000)) }

    private static func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : (a - b + 1) / b }

    /// `2026-11-22 12:42` so many seconds east of UTC.
    package func local(offset: Int) -> String { String(Moment(ms: ms + offset * 1000).description.prefix(16)).replacing("T", " ") }
}

extension String {
    fileprivate func replacing(_ a: Character, _ b: Character) -> String { String(map { $0 == a ? b : $0 }) }
}

extension Moment: CustomStringConvertible {
    /// `2026-11-22T10:42:00.123Z`
    package var description: String {
        let day = day(offset: 0)
        let rest = ms - day.number * 86_400_000
        func two(_ n: Int) -> String { "\(n)".padded(to: 2, with: "0") }
        let ms = "\(rest % 1000)".padded(to: 3, with: "0")
        return "\(day)T\(two(rest / 3_600_000)):\(two(rest / 60_000 % 60)):\(two(rest / 1000 % 60)).\(ms)Z"
    }
}

extension Moment: Readable {
    package static let word = "MOMENT"
    package static let expected = "a moment (2026-11-22T10:42:00Z)"
    package init?(reading text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T") || bytes[10] == 32,
            bytes[13] == 58, bytes[16] == 58, let day = Day(reading: String(decoding: bytes[..<10], as: UTF8.self))
        else { return nil }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
        guard let h = number(11..<13), let m = number(14..<16), let s = number(17..<19), (0...23).contains(h), (0...59).contains(m),
            (0...60).contains(s)
        else { return nil }
        var fraction = 0
        if bytes.count > 20 {
            guard bytes[19] == UInt8(ascii: "."),
                let thousandths = Decimal.read("0" + String(decoding: bytes[19..<(bytes.count - 1)].prefix(4), as: UTF8.self), places: 3)
            else { return nil }
            fraction = thousandths
        }
        ms = ((day.number * 24 + h) * 60 + m) * 60_000 + s * 1000 + fraction
    }
}
