import Values

/// What one piece, a hundred or a thousand cost: an exact decimal, by which the quantity is multiplied to the cent of the line.
package struct UnitPrice: Equatable, Sendable {
    package var price: Rate
    /// How many pieces it is for.
    package var per: Int

    package init(_ price: Rate, per: Int) { (self.price, self.per) = (price, per) }

    static let bases = [1, 100, 1000]
    /// So many decimals are read well: a price of one piece that takes more is told for a hundred or a thousand.
    private static let readable = 4

    /// The unit price of a line: for one piece, or where that takes many decimals for the base with the fewest that the quantity reaches.
    /// - Throws: `refused` when six decimals are too few for so many pieces.
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

    /// The price with the fewest decimals, from two to six, at which the quantity comes to the total; nil when there is none.
    package init?(of total: Money, _ quantity: Quantity, per: Int) {
        let exact = Int128(total.cents) * Int128(per) * 10_000_000
        for decimals in 2...6 {
            let step = Int128([10_000, 1000, 100, 10, 1][decimals - 2]),
                nearest = Decimal.rounded(exact, over: Int128(quantity.thousandths) * step)
            // Half a cent goes away from zero: of two prices that are as near, only the one nearer to zero comes to the total.
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

    /// What a quantity costs, half a cent away from zero.
    package func total(of quantity: Quantity) -> Money {
        Money(cents: Decimal.rounded(Int128(quantity.thousandths) * Int128(price.millionths), over: Int128(per) * 10_000_000))
    }

    /// How many decimals it is written with.
    var decimals: Int {
        var decimals = 6, rest = price.millionths
        while decimals > 2, rest % 10 == 0 { (decimals, rest) = (decimals - 1, rest / 10) }
        return decimals
    }
}
