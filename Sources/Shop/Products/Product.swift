import Store
import Values

extension Noun {
    /// What the shop makes again and again: a template of a part, with a price.
    package static let product: Noun = {
        var noun = Noun(
            "product", "The catalogue: parts with prices by quantity", coding: .typed,
            from: "product LEFT JOIN material ON material.id = product.material_id",
            [
                Field("name", Line.self, "--name NAME", "what it is called", sql: "product.name", operand: "NAME", sorts: true).short(),
                Field("category", Line.self, "--category CATEGORY", "what it belongs to, such as Brackets", filters: true).short()
                    .optional(),
                Field("material", to: "material", "-m, --material CODE", "what it is made of"),
                Field(
                    "thickness_mm", Length.self, "-t, --thickness MM", "how thick it is", column: "thickness_um",
                    sql: "product.thickness_um", filters: true
                ).known(as: "thickness"),
                Field("operations", Line.self, "--operations A,B,...", "what is done to it, in this order; else cut", sql: operations)
                    .kept { shop, _, product, cell in try shop.writeOperations(cell, of: product, in: "product") }.optional(),
                Field(
                    "price", PriceBreaks.self, "--price PRICE", "the price of a piece: 12.50, or by quantity 1:15,10:12.50",
                    sql: ProductPrices.sql
                ).known(as: "unit_price").written(as: PriceBreaks.self).amounts().kept { shop, _, product, cell in
                    try shop.writePrices(cell, of: product)
                },
                Field("drawing", String.self, sql: ProductPrices.drawing, wide: true),
                Field("active", Bool.self, "--active yes|no", "whether it is offered", sql: "product.active", wide: true, filters: true)
                    .unshared(),
                Field("description", String.self, "--description TEXT", "what it is for", sql: "product.description", wide: true),
                Field("notes", String.self, "--notes TEXT", "internal notes", sql: "product.notes", wide: true),
            ])
        noun.children = [productPrice, PartRows.operation(of: "product"), .files(of: "product")]
        noun.searched = ["code", "name", "category", "description"]
        noun.live = Live(leavingOut: "what is not offered any more", unless: "active") { _ in "product.active" }
        noun.codeAliases = ["sku", "sku_code"]
        noun.unkept = ["created_at", "updated_at"]
        noun.advise = { shop, _, ids in try shop.risingPrices(ids) }
        noun.beforeRemoval = { shop, id in try shop.demandNoParts(product: id) }
        noun.examples = [
            "add": [
                "laseros product add BRK-100 'Bracket 100 x 100' --material MS --thickness 3 --category Brackets --price 1:15,10:12.50,100:9.90"
            ],
            "list": ["laseros product list --material MS --thickness 3", "laseros product list --category brackets --format csv"],
            "edit": ["laseros product edit last --price 12.50", "laseros product edit last --active no"],
            "price add": ["laseros product price add last 500 8.75"],
            "price edit": ["laseros product price edit BRK-80 10 --price 11.80"],
            "price remove": ["laseros product price remove BRK-80 10"],
        ]
        return noun
    }()

    private static let operations = PartRows.operations(of: "product")
}

let productPrice: Child = {
    var child = Child(
        "price", "The prices of a product by quantity", in: "product_price", of: "product_id",
        [
            Field("quantity", Count.self, "--quantity NUMBER", "from how many pieces on it is the price", operand: "QUANTITY"),
            Field("price", Rate.self, "--price AMOUNT", "the price of one piece", column: "price_micros", operand: "AMOUNT"),
        ], ordered: .by("quantity"), verbs: [.add, .list, .edit, .remove], isShown: false)
    child.advise = { shop, product in try shop.risingPrices([product]) }
    return child
}()

/// The SQL of a product's fields that are kept in rows of other tables.
private enum ProductPrices {
    /// In the form of `PriceBreaks.cell`.
    static let sql: SQL = """
        (SELECT group_concat(quantity || ':' || price_micros, ',') FROM (SELECT quantity, price_micros FROM product_price
            WHERE product_price.product_id = product.id ORDER BY quantity))
        """

    static let drawing: SQL = """
        (SELECT coalesce(min(CASE WHEN file.name LIKE '%.dxf' THEN file.name END), min(file.name)) FROM file
            WHERE file.product_id = product.id AND file.kind = 'drawing')
        """
}

extension Shop {
    /// Writes the prices of a product.
    /// - Returns: whether they changed.
    func writePrices(_ cell: Cell, of product: Int) throws -> Bool {
        let new = PriceBreaks(cell: cell)?.all ?? [], old = try prices(ofProducts: [product])[product]?.all ?? []
        guard new != old else { return false }
        // A break that stays keeps its row, so that the history names what changed.
        for price in old where !new.contains(where: { $0.quantity == price.quantity }) {
            try data.run("DELETE FROM product_price WHERE product_id = \(product) AND quantity = \(price.quantity)")
        }
        for price in new where !old.contains(price) {
            if old.contains(where: { $0.quantity == price.quantity }) {
                try data.run(
                    "UPDATE product_price SET price_micros = \(price.price) WHERE product_id = \(product) AND quantity = \(price.quantity)")
            } else {
                try data.run(
                    "INSERT INTO product_price (product_id, quantity, price_micros) VALUES (\(product), \(price.quantity), \(price.price))")
            }
        }
        return true
    }

    /// The prices of products, by their ids.
    package func prices(ofProducts ids: some Collection<Int>) throws -> [Int: PriceBreaks] {
        var breaks: [Int: [PriceBreaks.Break]] = [:]
        try data.each("SELECT product_id, quantity, price_micros FROM product_price WHERE product_id IN (\(SQL.ids(ids)))") { row in
            breaks[row.int(0), default: []].append(PriceBreaks.Break(quantity: row.int(1), price: try row.get(2)))
        }
        return breaks.compactMapValues(PriceBreaks.init)
    }

    /// The price of a product for a quantity, and from which quantity on it is valid; nil if the product has none for so few.
    package func price(ofProduct id: Int, for quantity: Int) throws -> PriceBreaks.Break? {
        try prices(ofProducts: [id])[id]?.price(for: quantity)
    }

    /// Warnings about products of which more pieces cost more each.
    func risingPrices(_ ids: [Int]) throws -> [String] {
        let rising = try prices(ofProducts: ids).compactMapValues(\.rise)
        guard !rising.isEmpty else { return [] }
        let codes = try data.all("SELECT id, code FROM product WHERE id IN (\(SQL.ids(rising.keys.sorted()))) ORDER BY id") { RecordID($0) }
        let told = codes.prefix(10).compactMap { product in
            rising[product.id].map { rise in
                "\(product.code): a piece costs more from \(rise.to.quantity) on (\(rise.to.price)) than before (\(rise.from.price))"
            }
        }
        return told + (codes.count > 10 ? ["the same of \(codes.count - 10) more products"] : [])
    }

    /// - Throws: `refused` for a product that parts of projects are.
    func demandNoParts(product id: Int) throws {
        let parts = try data.all(
            """
            SELECT project.code || '.' || part.number FROM part JOIN project ON project.id = project_id WHERE part.product_id = \(id)
            ORDER BY part.id
            """
        ) { $0.text(0) }
        guard !parts.isEmpty, let code = try code(of: .product, id) else { return }
        let shown = parts.prefix(5).joined(separator: ", ") + (parts.count > 5 ? ", ..." : "")
        throw Failure(
            .refused, .product,
            "\(code) cannot be removed: \(counted(parts.count, "part")) of projects \(worded(parts.count, "is", "are")) "
                + "made from it: \(shown)", hint: "laseros product edit \(code) --active no")
    }
}
