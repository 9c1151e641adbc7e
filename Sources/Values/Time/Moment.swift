/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
package struct Moment: Hashable, Comparable, Sendable {
    package var ms: Int
    package init(ms: Int) { self.ms = ms }
    package static func < (a: Moment, b: Moment) -> Bool { a.ms < b.ms }

    /// The day in a zone this many seconds east of UTC.
    package func day(offset: Int) -> Day { Day(number: Moment.floor(ms + offset * 1000, 86_400_000)) }

    private static func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : (a - b + 1) / b }

    /// `2026-11-22 12:42` in a zone this many seconds east of UTC.
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
        var text = text
        if let moment = text.withUTF8({ Moment(stored: $0) }) {
            self = moment
            return
        }
        guard let day = Day(reading: String(text.prefix(10))), let time = TimeOfDay(text[...].utf8.dropFirst(10)), let offset = time.offset
        else { return nil }
        ms = day.number * 86_400_000 + time.ms - offset * 60_000
    }

    /// Reads `2026-11-22T10:42:00.123Z`, the form in which moments are stored, without allocating.
    private init?(stored bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "."), bytes[23] == UInt8(ascii: "Z"), let day = Day(iso: bytes), let hour = bytes.number(11..<13),
            let minute = bytes.number(14..<16), let second = bytes.number(17..<19), let rest = bytes.number(20..<23),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        ms = day.number * 86_400_000 + (hour * 60 + minute) * 60_000 + second * 1000 + rest
    }
}
