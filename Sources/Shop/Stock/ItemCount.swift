import Values

/// The code of an item, a lot or an operation, and how much of it.
package struct ItemCount: Readable {
    package static let word = "ITEM:QTY"
    package static let expected = "a code, alone or with how many: SM-MS-3:20"
    package var code: String
    /// Nil where nothing is said.
    package var quantity: Quantity?

    package init(_ code: String, _ quantity: Quantity?) { (self.code, self.quantity) = (code, quantity) }

    /// Splits at the last colon that a number follows: codes may contain colons.
    package init?(reading text: String) {
        guard let line = Line(reading: text) else { return nil }
        code = line.text
        guard let colon = code.lastIndex(of: ":"), let quantity = Quantity(reading: String(code[code.index(after: colon)...])) else {
            return
        }
        guard quantity.thousandths > 0, colon > code.startIndex else { return nil }
        (code, self.quantity) = (String(code[..<colon]), quantity)
    }
}
