import Store
import Values

/// What a supplier sells or does, under the supplier's own codes.
let supplierArticle: Child = {
    var child = Child(
        "article", "What a supplier sells or does, under the supplier's codes", in: "supplier_article", of: "supplier_id",
        joining: """
            LEFT JOIN inv ON inv.id = supplier_article.inv_id LEFT JOIN operation ON operation.id = supplier_article.operation_id
            """,
        [
            Field("inv", to: "inv", "--item CODE", "the item that it is"),
            Field("operation", to: "operation", "--operation KEY", "the operation that they do"),
            Field("name", Line.self, sql: "coalesce(inv.name, operation.name)"),
            Field("article_code", Line.self, "--article CODE", "their code for it", column: "article"),
            Field("price", Rate.self, "--price AMOUNT", "what one costs, before VAT", column: "price_micros"),
            Field("pack", Quantity.self, "--pack NUMBER", "it is sold in multiples of so many", column: "pack_millis"),
            Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
        ], verbs: [.add, .list, .edit, .remove], searched: ["article"])
    // Items name their supplier, so an import of suppliers cannot name items of a shop that has none yet.
    child.isPortable = false
    child.after = { shop, supplier in try shop.checkArticles(of: supplier) }
    return child
}()

/// What a supplier says about an item or an operation.
struct Article {
    var code: String?
    var price: Rate?
    /// The quantity that the supplier sells it in multiples of.
    var pack: Quantity?
}

/// What is bought: an item, or an operation that somebody else does.
enum Purchased: Hashable {
    case item(Int), operation(Int)

    init?(item: Int?, operation: Int?) {
        switch (item, operation) {
        case (let item?, nil): self = .item(item)
        case (nil, let operation?): self = .operation(operation)
        default: return nil
        }
    }
}

extension Shop {
    /// The articles of suppliers by what they are.
    /// - Parameter condition: for `supplier_article`.
    func articles(_ condition: SQL) throws -> [Int: [Purchased: Article]] {
        var found: [Int: [Purchased: Article]] = [:]
        try data.each(
            """
            SELECT supplier_id, inv_id, operation_id, article, price_micros, pack_millis FROM supplier_article WHERE \(condition)
            ORDER BY position DESC
            """
        ) { row in
            guard let what = Purchased(item: try row.get(1), operation: try row.get(2)) else { return }
            found[row.int(0), default: [:]][what] = Article(code: try row.get(3), price: try row.get(4), pack: try row.get(5))
        }
        return found
    }

    /// - Throws: `refused` for an article that is nothing or two things, and for a second one of the same.
    fileprivate func checkArticles(of supplier: Int) throws {
        var seen: [Purchased: Int] = [:]
        try data.each("SELECT position, inv_id, operation_id FROM supplier_article WHERE supplier_id = \(supplier) ORDER BY position") {
            row in
            guard let what = Purchased(item: try row.get(1), operation: try row.get(2)) else {
                throw Failure(
                    .refused, .supplierArticle, "article \(row.int(0)) needs an item or an operation, and not both",
                    hint: "--item CODE or --operation KEY")
            }
            if let first = seen.updateValue(row.int(0), forKey: what) {
                throw Failure(.refused, .supplierArticle, "article \(row.int(0)) is the same as article \(first)")
            }
        }
    }
}
