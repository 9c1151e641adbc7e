/// How a value wants to be seen, where colour is to be had.
package enum Tone: Sendable { case plain, good, warning, bad, quiet }

/// A cell of a listing. Its type decides how every format shows it.
package enum DisplayValue: Equatable, Sendable {
    case nothing
    case text(String)
    /// Text that is good only while the listing stands on this row.
    case lent(BorrowedText)
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
/// file without a String each; whoever keeps a row asks for `DisplayValue.kept`.
package struct BorrowedText: Equatable, @unchecked Sendable {
    package let bytes: UnsafeBufferPointer<UInt8>
    package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }
    package var text: String { String(decoding: bytes, as: UTF8.self) }
    package static func == (a: BorrowedText, b: BorrowedText) -> Bool { a.bytes.elementsEqual(b.bytes) }
}

extension DisplayValue {
    /// The same, to be kept past the row.
    package var kept: DisplayValue { if case .lent(let lent) = self { .text(lent.text) } else { self } }
}

/// A value within a cell, as JSON has them.
package indirect enum Nested: Equatable, Sendable {
    case value(DisplayValue)
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

    /// Numbers are at the right of a table's column.
    package var isNumber: Bool {
        switch self {
        case .int, .number, .money, .rate, .percent, .quantity, .length, .seconds: true
        default: false
        }
    }
}

/// A value that can be in a cell.
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
