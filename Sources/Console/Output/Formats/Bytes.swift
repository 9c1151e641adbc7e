import Glibc
import Values

/// Values in machine formats, appended without an intermediate `String`, because a listing may have a million rows.
extension [UInt8] {
    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func append(text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ append(contentsOf: $0) }) == nil { append(contentsOf: text.utf8) }
    }

    mutating func append(int value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(digits: value.magnitude, least: 1)
    }

    private mutating func append(digits value: UInt, least: Int) { Decimal.write(digits: value, least: least, into: &self) }

    /// Appends an integer in units of `10^-places` with at least `least` decimal places.
    mutating func append(decimal value: Int, places: Int, least: Int) {
        Decimal.write(value, places: places, least: least, into: &self)
    }

    mutating func append(day: Day) {
        let (year, month, date) = day.civil
        append(digits: year.magnitude, least: 4)
        append(UInt8(ascii: "-"))
        append(digits: month.magnitude, least: 2)
        append(UInt8(ascii: "-"))
        append(digits: date.magnitude, least: 2)
    }

    /// `2026-11-22T10:42:00.123Z`
    mutating func append(moment: Moment) {
        let day = moment.day(offset: 0)
        let rest = (moment.ms - day.number * 86_400_000).magnitude
        append(day: day)
        append(UInt8(ascii: "T"))
        append(digits: rest / 3_600_000, least: 2)
        append(UInt8(ascii: ":"))
        append(digits: rest / 60_000 % 60, least: 2)
        append(UInt8(ascii: ":"))
        append(digits: rest / 1000 % 60, least: 2)
        append(UInt8(ascii: "."))
        append(digits: rest % 1000, least: 3)
        append(UInt8(ascii: "Z"))
    }

    /// Appends ten significant digits; nothing if the value is not finite.
    mutating func append(measure value: Double) { append(double: value, format: "%.10g") }

    /// The decimal mark is a point because nobody calls setlocale(3). strfromd(3) is not in Swift's Glibc.
    mutating func append(double value: Double, format: String) {
        guard value.isFinite else { return }
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
            let count = withVaList([value == 0 ? 0 : value]) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
            append(contentsOf: UnsafeRawBufferPointer(buffer).prefix(Swift.min(Int(count), buffer.count - 1)))
        }
    }
}
