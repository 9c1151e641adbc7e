import Store
import Values

/// The prices of one piece by quantity: each is valid from its quantity up to the next.
package struct PriceBreaks: Equatable, Sendable {
    package struct Break: Equatable, Sendable {
        package var quantity: Int
        package var price: Rate
    }

    /// By quantity.
    package private(set) var all: [Break]

    /// - Returns: nil if a quantity is there twice.
    package init?(_ breaks: [Break]) {
        all = breaks.sorted { $0.quantity < $1.quantity }
        if zip(all, all.dropFirst()).contains(where: { $0.quantity == $1.quantity }) { return nil }
    }

    /// The price for a quantity: that of the largest break not above it. Nil if all are above.
    package func price(for quantity: Int) -> Break? { all.last { $0.quantity <= quantity } }

    /// The first two breaks of which the one for more pieces costs more; nil if there are none.
    package var rise: (from: Break, to: Break)? { zip(all, all.dropFirst()).first { $0.price < $1.price }.map { (from: $0, to: $1) } }
}

extension PriceBreaks: Readable, Stored, Presentable {
    package static let word = "PRICE"
    package static let expected = "a price (12.50), or prices by quantity (1:15,10:12.50), each quantity once"
    package static let wanted = "prices"
    package static let shownType = ShownType.text

    /// Reads `12.50` and `1:15,10:12.50`; with decimal commas `12,50` and `1:15,00;10:12,50`.
    package init?(reading text: String) {
        guard text.contains(":") else {
            guard let price = Self.amount(text) else { return nil }
            self.init([Break(quantity: 1, price: price)])
            return
        }
        let mark: Character = text.contains(";") ? ";" : ","
        var breaks: [Break] = []
        for word in text.split(separator: mark, omittingEmptySubsequences: false) {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { String(String($0).trimmed) }
            guard parts.count == 2, let quantity = Count(reading: parts[0])?.value, Decimal.currency(of: parts[1]).isEmpty,
                let price = Self.amount(parts[1])
            else { return nil }
            breaks.append(Break(quantity: quantity, price: price))
        }
        self.init(breaks)
    }

    /// An amount from 0 up; a comma before its last two digits is a decimal comma.
    private static func amount(_ text: String) -> Rate? {
        let halves = text.split(separator: ",", omittingEmptySubsequences: false)
        let isDecimal = halves.count == 2 && halves[1].count == 2 && halves[1].allSatisfy(\.isNumber) && !halves[0].contains(".")
        return Rate(reading: isDecimal ? halves.joined(separator: ".") : text).flatMap { $0.millionths < 0 ? nil : $0 }
    }

    /// As it is stored in no column, but read from rows by `sql`: `1:15000000,10:12500000`.
    package var cell: Cell { .text(all.map { "\($0.quantity):\($0.price.millionths)" }.joined(separator: ",")) }

    package init?(cell: Cell) {
        guard case .text(let text) = cell else { return nil }
        var breaks: [Break] = []
        for word in text.split(separator: ",") {
            let numbers = word.split(separator: ":").compactMap { Int($0) }
            guard numbers.count == 2, Count.sound.contains(numbers[0]), Decimal.sound.contains(numbers[1]) else { return nil }
            breaks.append(Break(quantity: numbers[0], price: Rate(millionths: numbers[1])))
        }
        self.init(breaks)
    }

    package var shown: DisplayValue { .text(description) }
}

extension PriceBreaks: CustomStringConvertible {
    /// `12.50`, or `1:15.00,10:12.50`
    package var description: String {
        if all.count == 1, all[0].quantity == 1 { return all[0].price.description }
        return all.map { "\($0.quantity):\($0.price)" }.joined(separator: ",")
    }
}
