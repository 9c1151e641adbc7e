/// The time that follows a day: `T22:00`, ` 22:00:05.123`, `T22:00:00Z`, `T22:00:00+02:00`.
struct TimeOfDay {
    /// Milliseconds since midnight.
    var ms = 0
    /// The time zone in minutes east of UTC; nil for local time.
    var offset: Int?

    /// Nil if the text is not a valid time.
    init?(_ text: Substring.UTF8View) {
        var rest = text
        guard [0x20, 0x54, 0x74].contains(rest.popFirst()), let hour = TimeOfDay.two(&rest, 0...23), TimeOfDay.take(":", &rest),
            let minute = TimeOfDay.two(&rest, 0...59)
        else { return nil }
        ms = (hour * 60 + minute) * 60_000
        if TimeOfDay.take(":", &rest) {
            // 60 is a leap second.
            guard let second = TimeOfDay.two(&rest, 0...60) else { return nil }
            ms += second * 1000
            if TimeOfDay.take(".", &rest) {
                let digits = rest.prefix { (48...57).contains($0) }
                guard !digits.isEmpty, digits.count <= 9 else { return nil }
                ms += zip(digits, [100, 10, 1]).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
                rest = rest.dropFirst(digits.count)
            }
        }
        if !rest.isEmpty {
            guard let zone = TimeOfDay.zone(&rest), rest.isEmpty else { return nil }
            offset = zone
        }
    }

    private static func zone(_ rest: inout Substring.UTF8View) -> Int? {
        if take("Z", &rest) || take("z", &rest) { return 0 }
        guard let sign = rest.popFirst(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = two(&rest, 0...18) else {
            return nil
        }
        var minutes = 0
        if take(":", &rest) || !rest.isEmpty {
            guard let said = two(&rest, 0...59) else { return nil }
            minutes = said
        }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func take(_ mark: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    private static func two(_ rest: inout Substring.UTF8View, _ range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        rest = rest.dropFirst(2)
        return range.contains(value) ? value : nil
    }
}
