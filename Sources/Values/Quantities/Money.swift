/// An amount of money in whole cents.
package struct Money: Hashable, Comparable, Sendable {
    package var cents: Int
    package init(cents: Int) { self.cents = cents }

    /// Whether the amount is small enough to be read back after it is printed.
    package var isSound: Bool { cents.magnitude < Decimal.limit }

    package static let zero = Money(cents: 0)
    package static func < (a: Money, b: Money) -> Bool { a.cents < b.cents }
    // On overflow the result is the largest integer, for which `isSound` is false.
    package static func + (a: Money, b: Money) -> Money { Money(cents: Int(clamping: Int128(a.cents) + Int128(b.cents))) }
    package static func - (a: Money, b: Money) -> Money { Money(cents: Int(clamping: Int128(a.cents) - Int128(b.cents))) }
    package static func * (a: Money, n: Int) -> Money { Money(cents: Int(clamping: Int128(a.cents) * Int128(n))) }
    package static func += (a: inout Money, b: Money) { a = a + b }
    package static prefix func - (a: Money) -> Money { .zero - a }

    /// This percentage of the amount, half a cent rounded away from zero.
    package func times(_ percent: Percent) -> Money { Money(cents: Decimal.scale(cents, percent.hundredths, over: 10_000)) }

    /// `1 234.50`, for documents and tables.
    package var grouped: String { Decimal.grouped(description) }
}

extension Money: CustomStringConvertible {
    package var description: String { Decimal.text(cents, places: 2, least: 2) }
}

extension Money: Readable {
    package static let word = "AMOUNT"
    package static let expected = "an amount (1234.50)"
    package static let largest: String? = Money(cents: Decimal.limit - 1).description
    package init?(reading text: String) {
        guard let cents = Decimal.read(amount: text, places: 2) else { return nil }
        self.cents = cents
    }
}

/// An exact price per unit, in millionths of the currency because it may be below a cent: R 0.000125 a second, R 18.75 a metre.
package struct Rate: Hashable, Comparable, Sendable {
    package var millionths: Int
    package init(millionths: Int) { self.millionths = millionths }
    package static func < (a: Rate, b: Rate) -> Bool { a.millionths < b.millionths }

    /// `1 234.50`, for tables.
    package var grouped: String { Decimal.grouped(description) }
}

extension Rate: CustomStringConvertible, Readable {
    package static let word = "AMOUNT"
    package static let expected = "an amount (1234.50, with up to six decimals)"
    package static let largest: String? = Rate(millionths: Decimal.limit - 1).description
    package var description: String { Decimal.text(millionths, places: 6, least: 2) }
    package init?(reading text: String) {
        guard let millionths = Decimal.read(amount: text, places: 6) else { return nil }
        self.millionths = millionths
    }
}

/// A percentage in hundredths of a percent: 15 % VAT is 1500.
package struct Percent: Hashable, Comparable, Sendable {
    package var hundredths: Int
    package init(hundredths: Int) { self.hundredths = hundredths }
    package static func < (a: Percent, b: Percent) -> Bool { a.hundredths < b.hundredths }
}

extension Percent: CustomStringConvertible, Readable {
    package static let word = "PERCENT"
    package static let expected = "a percentage (15, 12.5)"
    package static let largest: String? = Percent(hundredths: Decimal.limit - 1).description
    package var description: String { Decimal.text(hundredths, places: 2, least: 0) }
    package init?(reading text: String) {
        let number = text.hasSuffix("%") ? String(text.dropLast()).trimmed : text[...]
        guard let hundredths = Decimal.read(number, places: 2) else { return nil }
        self.hundredths = hundredths
    }
}
