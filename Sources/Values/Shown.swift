/// How a value wants to be seen, where colour is to be had.
package enum Tone: Sendable { case plain, good, warning, bad, quiet }

/// A cell of a listing. Its type decides how every format shows it.
package enum Shown: Equatable, Sendable {
    case nothing
    case text(String)
    /// Text that is good only while the listing stands on this row.
    case lent(Lent)
    case int(Int)
    /// A computed number with its unit; `unit` is for the reader of tables and may be empty.
    case measure(Double, unit: String)
    case money(Money)
    case rate(Rate)
    case percent(Percent)
    case quantity(Quantity)
    case length(Length)
    case seconds(Seconds)
    case day(Day)
    /// A moment, with the shop's offset east of UTC in seconds for tables.
    case moment(Moment, offset: Int)
    case yes(Bool)
    case status(String, Tone)
    case nested(Nested)
}

/// UTF-8 bytes that belong to somebody else, good for as long as the row that they came with. A million rows go from the store to a
/// file without a String each; whoever keeps a row asks for `Shown.kept`.
package struct Lent: Equatable, @unchecked Sendable {
    package let bytes: UnsafeBufferPointer<UInt8>
    package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }
    package var text: String { String(decoding: bytes, as: UTF8.self) }
    package static func == (a: Lent, b: Lent) -> Bool { a.bytes.elementsEqual(b.bytes) }
}

extension Shown {
    /// The same, to be kept past the row.
    package var kept: Shown { if case .lent(let lent) = self { .text(lent.text) } else { self } }
}

/// A value within a cell, as JSON has them.
package indirect enum Nested: Equatable, Sendable {
    case value(Shown)
    case object([Member])
    case array([Nested])

    package struct Member: Equatable, Sendable {
        package var name: String
        package var value: Nested
        package init(_ name: String, _ value: Nested) { (self.name, self.value) = (name, value) }
        package init(_ name: String, _ value: some Presentable) { self.init(name, .value(value.shown)) }
    }
}

/// The name of a cell's type, as `help --json` tells it.
package enum ShownType: String, Sendable {
    case text, int, number, money, rate, percent, quantity, length, seconds, day, moment, bool, status, nested

    /// Numbers stand at the right of a table's column.
    package var isNumber: Bool {
        switch self {
        case .int, .number, .money, .rate, .percent, .quantity, .length, .seconds: true
        default: false
        }
    }
}

/// A value that can stand in a cell.
package protocol Presentable: Sendable {
    static var shownType: ShownType { get }
    var shown: Shown { get }
}

extension Optional: Presentable where Wrapped: Presentable {
    package static var shownType: ShownType { Wrapped.shownType }
    package var shown: Shown { self?.shown ?? .nothing }
}

extension String: Presentable {
    package static let shownType = ShownType.text
    package var shown: Shown { .text(self) }
}

extension Line: Presentable {
    package static let shownType = ShownType.text
    package var shown: Shown { .text(text) }
}

extension Email: Presentable {
    package static let shownType = ShownType.text
    package var shown: Shown { .text(text) }
}

extension Phone: Presentable {
    package static let shownType = ShownType.text
    package var shown: Shown { .text(text) }
}

extension Size: Presentable {
    package static let shownType = ShownType.text
    package var shown: Shown { .text(description) }
}

extension Int: Presentable {
    package static let shownType = ShownType.int
    package var shown: Shown { .int(self) }
}

extension Count: Presentable {
    package static let shownType = ShownType.int
    package var shown: Shown { .int(value) }
}

extension Double: Presentable {
    package static let shownType = ShownType.number
    package var shown: Shown { .measure(self, unit: "") }
}

extension Bool: Presentable {
    package static let shownType = ShownType.bool
    package var shown: Shown { .yes(self) }
}

extension Money: Presentable {
    package static let shownType = ShownType.money
    package var shown: Shown { .money(self) }
}

extension Rate: Presentable {
    package static let shownType = ShownType.rate
    package var shown: Shown { .rate(self) }
}

extension Percent: Presentable {
    package static let shownType = ShownType.percent
    package var shown: Shown { .percent(self) }
}

extension Quantity: Presentable {
    package static let shownType = ShownType.quantity
    package var shown: Shown { .quantity(self) }
}

extension Length: Presentable {
    package static let shownType = ShownType.length
    package var shown: Shown { .length(self) }
}

extension Seconds: Presentable {
    package static let shownType = ShownType.seconds
    package var shown: Shown { .seconds(self) }
}

extension Day: Presentable {
    package static let shownType = ShownType.day
    package var shown: Shown { .day(self) }
}

extension Moment: Presentable {
    package static let shownType = ShownType.moment
    package var shown: Shown { .moment(self, offset: 0) }
}

extension Nested: Presentable {
    package static let shownType = ShownType.nested
    package var shown: Shown { .nested(self) }
}

extension Choice {
    package static var shownType: ShownType { .status }
    package var shown: Shown { .status(rawValue, .plain) }
}
