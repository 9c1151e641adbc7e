import Store
import Values

/// A price of a product before and after a raise.
package struct RaisedProduct: Sendable {
    package var code: String
    package var quantity: Int
    package var before: Rate
    package var after: Rate

    package static let columns: [Column<RaisedProduct>] = [
        Column("code") { $0.code }, Column("quantity") { $0.quantity }, Column("before") { $0.before }, Column("after") { $0.after },
    ]
}

extension Shop {
    /// Raises every price of products. They have no day: quotes that are made already keep theirs.
    /// - Returns: the prices that changed, in the order of the products.
    /// - Throws: `refused` if a price would be negative or too large.
    package func raise(_ products: [RecordID], by raise: Raise, to step: Rate?) throws -> [RaisedProduct] {
        let prices = try prices(ofProducts: products.map(\.id))
        let update = try data.repeated("UPDATE product_price SET price_micros = ?1 WHERE product_id = ?2 AND quantity = ?3")
        var raised: [RaisedProduct] = [], wrong: [String] = []
        for product in products {
            for price in prices[product.id]?.all ?? [] {
                guard let after = raise.raised(price.price, to: step) else {
                    wrong.append("\(product.code) from \(price.quantity) (\(price.price))")
                    continue
                }
                guard after != price.price else { continue }
                try update.run([after.cell, .integer(product.id), .integer(price.quantity)])
                raised.append(RaisedProduct(code: product.code, quantity: price.quantity, before: price.price, after: after))
            }
        }
        guard wrong.isEmpty else {
            throw Failure(
                .refused, .product, "by \(raise) \(Shop.few(wrong)) would be below 0 or too large: nothing was written",
                hint: "laseros product list")
        }
        return raised
    }
}
