import Values

/// The price of one, a hundred or a thousand pieces: an exact decimal. Multiplied by the quantity and rounded, it gives the line's total.
package struct UnitPrice: Equatable, Sendable {
    package var price: Rate
    /// The number of pieces that it is for.
    package var per: Int

    package init(_ price: Rate, per: Int) { (self.price, self.per) = (price, per) }

    static let bases = [1, 100, 1000]
    /// The most decimals that are easy to read. A price per piece that needs more is given for a hundred or a thousand.
    private static let readable = 4

    /// The unit price of a line: per piece or, if that needs many decimals, for the base with the fewest decimals that the quantity
    /// reaches.
    /// - Throws: `refused` if six decimals are not enough for the quantity.
    package init(of total: Money, _ quantity: Quantity) throws {
        let one = UnitPrice(of: total, quantity, per: 1)
        if let one, one.decimals <= UnitPrice.readable {
            self = one
            return
        }
        let others = UnitPrice.bases.dropFirst().filter { $0 * 1000 <= quantity.thousandths }
        let prices = [one].compactMap { $0 } + others.compactMap { UnitPrice(of: total, quantity, per: $0) }
        guard let best = prices.min(by: { $0.decimals < $1.decimals }) else {
            throw Failure(
                .refused, .unitPrice, "\(quantity) for \(total) is too large: no unit price with six decimals comes to that",
                hint: "split the line")
        }
        self = best
    }

    /// The price with the fewest decimals, two to six, that multiplied by the quantity gives the total; nil if there is none.
    package init?(of total: Money, _ quantity: Quantity, per: Int) {
        let exact = Int128(total.cents) * Int128(per) * 10_000_000
        for decimals in 2...6 {
            let step = Int128([10_000, 1000, 100, 10, 1][decimals - 2]),
                nearest = Decimal.rounded(exact, over: Int128(quantity.thousandths) * step)
            // Half a cent is rounded away from zero, so of two prices at the same distance only the one nearer to zero gives the total.
            for steps in [nearest, nearest - nearest.signum()] {
                let micros = Int128(steps) * step
                guard micros.magnitude < Decimal.limit else { return nil }
                let price = UnitPrice(Rate(millionths: Int(micros)), per: per)
                if price.total(of: quantity) == total {
                    self = price
                    return
                }
            }
        }
        return nil
    }

    /// The price of a quantity, with half a cent rounded away from zero.
    package func total(of quantity: Quantity) -> Money {
        Money(cents: Decimal.rounded(Int128(quantity.thousandths) * Int128(price.millionths), over: Int128(per) * 10_000_000))
    }

    /// The number of decimals that it is printed with.
    var decimals: Int {
        var decimals = 6, rest = price.millionths
        while decimals > 2, rest % 10 == 0 { (decimals, rest) = (decimals - 1, rest / 10) }
        return decimals
    }
}
