import Values

/// The totals of a document. All totals are calculated here.
package struct Totals: Equatable, Sendable {
    package var subtotal: Money
    package var vatRate: Percent
    package var vat: Money
    package var total: Money

    /// Calculates VAT once, on the sum of the lines, rounding half a cent away from zero.
    /// - Throws: `refused` if the sum exceeds the range of amounts.
    package init(_ lines: some Sequence<Money>, vat rate: Percent) throws {
        let sum = lines.reduce(Int128(0)) { $0 + Int128($1.cents) }
        guard sum.magnitude < Decimal.limit else { throw Totals.tooLarge }
        subtotal = Money(cents: Int(sum))
        vatRate = rate
        vat = subtotal.times(rate)
        total = subtotal + vat
        guard total.isSound else { throw Totals.tooLarge }
    }

    private static let tooLarge = Failure(.refused, .totals, "the lines add up to more than an amount can be")
}

/// One term of a line's price.
package struct Term: Equatable, Sendable {
    package var name: String
    /// How the amount was calculated, so that it can be checked by hand.
    package var basis: String
    package var amount: Money
}

/// The price of a line: the sum of its terms for all pieces, in cents, and the unit price for one, a hundred or a thousand pieces.
package struct LinePrice: Equatable, Sendable {
    package var terms: [Term]
    package var quantity: Quantity
    package var unitPrice: UnitPrice
    package var total: Money

    /// - Throws: `refused` if no unit price gives this total.
    package init(_ terms: [Term], quantity: Quantity) throws {
        (self.terms, self.quantity) = (terms, quantity)
        total = terms.reduce(Money.zero) { $0 + $1.amount }
        unitPrice = try UnitPrice(of: total, quantity)
    }

    /// The price of a product, rounded once for all pieces, half a cent away from zero.
    init(_ price: PriceBreaks.Break, of code: String, quantity: Int) throws {
        let quantity = Quantity(thousandths: quantity * 1000), total = UnitPrice(price.price, per: 1).total(of: quantity)
        guard total.isSound else { throw Failure(.refused, .pricing, "the price of this line is too large") }
        try self.init(
            [Term(name: "product", basis: "\(quantity) x \(price.price) (\(code) from \(price.quantity) on)", amount: total)],
            quantity: quantity)
    }
}
