import Values

/// A quantity with its sign: `+3`, `-2.5`.
package struct Difference: Readable, Presentable {
    package static let word = "+QTY|-QTY"
    package static let expected = "a difference with its sign (+3 or -2.5)"
    package static let shownType = Quantity.shownType
    package let quantity: Quantity

    package init?(reading text: String) {
        guard text.hasPrefix("+") || text.hasPrefix("-"), let quantity = Quantity(reading: text), quantity.thousandths != 0 else {
            return nil
        }
        self.quantity = quantity
    }

    package var shown: DisplayValue { quantity.shown }
}
