/// The tone of a value; a terminal shows it as a colour.
package enum Tone: Sendable { case plain, good, warning, bad, quiet }

/// One cell of a listing. Each output format decides by the case how to show it.
package enum DisplayValue: Equatable, Sendable {
    case nothing
    case text(String)
    /// Text that is valid only while the listing is at this row.
    case lent(BorrowedText)
    case int(Int)
    /// A computed number. Tables show `unit`, which may be empty.
    case measure(Double, unit: String)
    case money(Money)
    case rate(Rate)
    case percent(Percent)
    case quantity(Quantity)
    case length(Length)
    case seconds(Seconds)
    case day(Day)
    /// A point in time. Tables show it with `offset`, the shop's seconds east of UTC.
    case moment(Moment, offset: Int)
    case yes(Bool)
    case status(String, Tone)
    indirect case nested(Nested)
}

/// UTF-8 bytes in a buffer of someone else's, valid only while the listing is at their row. So a million rows go from the database to a
/// file without allocating a `String` each. To keep a row, use `DisplayValue.kept`.
package struct BorrowedText: Equatable, @unchecked Sendable {
    package let bytes: UnsafeBufferPointer<UInt8>
    package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }
    package var text: String { String(decoding: bytes, as: UTF8.self) }
    package static func == (a: BorrowedText, b: BorrowedText) -> Bool { a.bytes.elementsEqual(b.bytes) }
}

extension DisplayValue {
    /// A copy that outlives the row.
    package var kept: DisplayValue { if case .lent(let lent) = self { .text(lent.text) } else { self } }
}

/// A nested value in JSON.
package enum Nested: Equatable, Sendable {
    case value(DisplayValue)
    case object([Member])
    case array([Nested])

    package struct Member: Equatable, Sendable {
        package var name: String
        package var value: Nested
        package var audience: Audience
        package init(_ name: String, _ value: Nested, for audience: Audience = .all) {
            (self.name, self.value, self.audience) = (name, value, audience)
        }
        package init(_ name: String, _ value: some Presentable) { self.init(name, .value(value.shown)) }
    }
}

/// The type of a cell, as `help --json` names it.
package enum ShownType: String, Sendable {
    case text, int, number, money, rate, percent, quantity, length, seconds, day, moment, bool, status, nested

    /// Numbers are right-aligned in tables.
    package var isNumber: Bool {
        switch self {
        case .int, .number, .money, .rate, .percent, .quantity, .length, .seconds: true
        default: false
        }
    }
}

/// A value that can be shown in a cell.
package protocol Presentable: Sendable {
    static var shownType: ShownType { get }
    var shown: DisplayValue { get }
}

extension Optional: Presentable where Wrapped: Presentable {
    package static var shownType: ShownType { Wrapped.shownType }
    package var shown: DisplayValue { self?.shown ?? .nothing }
}

extension String: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(self) }
}

extension Line: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(text) }
}

extension Email: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(text) }
}

extension Emails: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(text) }
}

extension Phone: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(text) }
}

extension Size: Presentable {
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(description) }
}

extension Int: Presentable {
    package static let shownType = ShownType.int
    package var shown: DisplayValue { .int(self) }
}

extension Count: Presentable {
    package static let shownType = ShownType.int
    package var shown: DisplayValue { .int(value) }
}

extension Double: Presentable {
    package static let shownType = ShownType.number
    package var shown: DisplayValue { .measure(self, unit: "") }
}

extension Bool: Presentable {
    package static let shownType = ShownType.bool
    package var shown: DisplayValue { .yes(self) }
}

extension Money: Presentable {
    package static let shownType = ShownType.money
    package var shown: DisplayValue { .money(self) }
}

extension Rate: Presentable {
    package static let shownType = ShownType.rate
    package var shown: DisplayValue { .rate(self) }
}

extension Percent: Presentable {
    package static let shownType = ShownType.percent
    package var shown: DisplayValue { .percent(self) }
}

extension Quantity: Presentable {
    package static let shownType = ShownType.quantity
    package var shown: DisplayValue { .quantity(self) }
}

extension Length: Presentable {
    package static let shownType = ShownType.length
    package var shown: DisplayValue { .length(self) }
}

extension Seconds: Presentable {
    package static let shownType = ShownType.seconds
    package var shown: DisplayValue { .seconds(self) }
}

extension Day: Presentable {
    package static let shownType = ShownType.day
    package var shown: DisplayValue { .day(self) }
}

extension Moment: Presentable {
    package static let shownType = ShownType.moment
    package var shown: DisplayValue { .moment(self, offset: 0) }
}

extension Nested: Presentable {
    package static let shownType = ShownType.nested
    package var shown: DisplayValue { .nested(self) }
}

extension Choice {
    package static var shownType: ShownType { .status }
    package var shown: DisplayValue { .status(rawValue, .plain) }
}
