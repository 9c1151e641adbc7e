import Store
import Values

/// What is ordered, and what of it came.
let purchaseLine: Child = {
    var child = Child(
        "line", "The lines of a purchase", in: "purchase_line", of: "purchase_id",
        joining: """
            LEFT JOIN inv ON inv.id = purchase_line.inv_id LEFT JOIN operation ON operation.id = purchase_line.operation_id
            LEFT JOIN project ON project.id = purchase_line.project_id
            """,
        [
            Field("article_code", Line.self, "--article CODE", "the supplier's code for it", column: "article").optional(),
            Field("inv", to: "inv", "--item CODE", "the item that is bought").optional(),
            Field("operation", to: "operation", "--operation KEY", "the operation that the supplier does").optional(),
            Field("title", Line.self, "--title TEXT", "what the order says; else the name of the item or operation"),
            Field("project", to: "project", "-p, --project CODE", "what it is for", wide: true),
            Field("quantity", Quantity.self, "--quantity NUMBER", "how many", column: "quantity_millis", required: true),
            Field("unit", Line.self, sql: PurchaseLine.unit),
            Field("price", Rate.self, "--price AMOUNT", "what one costs, before VAT", column: "price_micros"),
            Field("total", Money.self, column: "total_cents", sums: true),
            Field("expected_on", Day.self, "--expected DAY", "when it comes, if not with the others", wide: true).ahead(),
            Field("received", Quantity.self, sql: PurchaseLine.received, wide: true),
            Field("open", Quantity.self, column: "open_millis"),
        ], unlisted: [Field("size", Size.self, sql: "inv.size"), Field("inv_id", Int.self)], verbs: Set(Child.Verb.allCases),
        searched: ["title", "article"], children: [purchaseReceipt])
    child.check = { shop, purchase, record in try shop.checkLine(&record, of: purchase) }
    child.after = { shop, purchase in try shop.addUp(purchase: purchase) }
    child.advise = { shop, purchase in try shop.packWarnings(purchase) }
    return child
}()

private let purchaseReceipt: Child = {
    var child = Child(
        "receipt", "What came of a line", in: "purchase_receipt", of: "line_id",
        [
            Field("day", Day.self), Field("quantity", Quantity.self, column: "quantity_millis"), Field("reference", Line.self),
        ])
    child.isPortable = false
    return child
}()

/// A line of a purchase.
struct PurchaseLine {
    var id: Int
    var position: Int
    var title: String
    var article: String?
    var item: String?
    var size: Size?
    var project: String?
    var quantity: Quantity
    var unit: String
    var price: Rate?
    var total: Money?
    var expected: Day?
    var open: Quantity
    var itemID: Int?

    init(_ row: ChildRow) throws {
        (id, position, title, article) = (row.id, try row["line"], try row["title"], try row["article_code"])
        (item, size, project, quantity) = (try row["inv"], try row["size"], try row["project"], try row["quantity"])
        (unit, price, total) = (try row["unit"], try row["price"], try row["total"])
        (expected, open, itemID) = (try row["expected_on"], try row["open"], try row["inv_id"])
    }

    /// What a quantity is counted in: an operation by what it is charged by.
    fileprivate static let unit: SQL = """
        coalesce(inv.unit, CASE operation.charge WHEN 'bend' THEN 'bends' WHEN 'metre' THEN 'm' WHEN 'm2' THEN 'm2' ELSE 'pieces' END)
        """

    fileprivate static let received: SQL = """
        coalesce((SELECT sum(quantity_millis) FROM purchase_receipt WHERE purchase_receipt.line_id = purchase_line.id), 0)
        """
}

extension ChildRecord {
    /// The cell of a field of a purchase's line; nil if it is not given.
    subscript(line field: String) -> Cell? {
        get { purchaseLine.index(of: field).flatMap { cells[$0] } }
        set { if let i = purchaseLine.index(of: field) { cells[i] = newValue } }
    }

    fileprivate func id(_ field: String) -> Int? {
        if case .integer(let id)? = self[line: field] { id } else { nil }
    }
}

extension Shop {
    func purchaseLines(_ purchase: Int) throws -> [PurchaseLine] { try rows(Noun.purchase.path("line"), of: purchase, PurchaseLine.init) }

    /// Fills in the title, and what the supplier or the item says about code and price where nothing is said.
    fileprivate func checkLine(_ record: inout ChildRecord, of purchase: Int) throws {
        guard let what = Purchased(item: record.id("inv"), operation: record.id("operation")) else { return }
        if case .item(let id) = what { try demandOwn(item: id) }
        let found =
            switch what {
            case .item(let id): try data.one("SELECT name, unit_cost_micros FROM inv WHERE id = \(id)") { ($0.cell(0), $0.cell(1)) }
            case .operation(let id): try data.one("SELECT name, NULL FROM operation WHERE id = \(id)") { ($0.cell(0), $0.cell(1)) }
            }
        guard let (name, cost) = found else { return }
        if record[line: "title"]?.isNull ?? true { record[line: "title"] = name }
        guard record[line: "article_code"] == nil || record[line: "price"] == nil else { return }
        let supplier = try data.one("SELECT supplier_id FROM purchase WHERE id = \(purchase)") { $0.int(0) } ?? 0
        let article = try articles("supplier_id = \(supplier)")[supplier]?[what]
        if record[line: "article_code"] == nil { record[line: "article_code"] = article?.code?.cell ?? .null }
        if record[line: "price"] == nil { record[line: "price"] = article?.price?.cell ?? cost }
    }

    /// - Throws: `refused` for material that a client brings.
    private func demandOwn(item: Int) throws {
        let brought = try data.one(
            "SELECT inv.code, client.code FROM inv JOIN client ON client.id = inv.client_id WHERE inv.id = \(item)"
        ) { ($0.text(0), $0.text(1)) }
        guard let (item, client) = brought else { return }
        throw Failure(.refused, .purchaseLine, "item \(item) belongs to client \(client), who brings it: it is not bought")
    }

    /// Brings the totals of a purchase and its lines up to date.
    /// - Throws: `refused` for a line that is of nothing or of two things.
    func addUp(purchase: Int) throws {
        let lines = try data.all(
            """
            SELECT id, position, inv_id, operation_id, quantity_millis, price_micros, total_cents FROM purchase_line
            WHERE purchase_id = \(purchase) ORDER BY position
            """
        ) { row in
            guard Purchased(item: try row.get(2), operation: try row.get(3)) != nil else {
                throw Failure(
                    .refused, .purchaseLine, "line \(row.int(1)) needs an item or an operation, and not both",
                    hint: "--item CODE or --operation KEY")
            }
            let quantity: Quantity = try row.get(4), price: Rate? = try row.get(5),
                total = price.map { UnitPrice($0, per: 1).total(of: quantity) }
            guard total?.isSound ?? true else {
                throw Failure(.refused, .purchaseLine, "the price of line \(row.int(1)) is too large")
            }
            return (id: row.int(0), total: total, isSame: total == (try row.get(6) as Money?))
        }
        for line in lines where !line.isSame { try data.run("UPDATE purchase_line SET total_cents = \(line.total) WHERE id = \(line.id)") }
        let known = lines.compactMap(\.total), rate = try setting(Settings.vatRate)
        let totals = known.count == lines.count ? try Totals(known, vat: rate) : nil
        try data.run(
            """
            UPDATE purchase SET subtotal_cents = \(totals?.subtotal), vat_rate_bp = \(rate), vat_cents = \(totals?.vat),
                total_cents = \(totals?.total) WHERE id = \(purchase)
                AND (total_cents IS NOT \(totals?.total) OR vat_rate_bp <> \(rate) OR subtotal_cents IS NOT \(totals?.subtotal))
            """)
    }

    /// A warning about lines of which the supplier sells other quantities.
    fileprivate func packWarnings(_ purchase: Int) throws -> [String] {
        let lines = try data.all(
            """
            SELECT purchase_line.position, quantity_millis, pack_millis FROM purchase_line JOIN purchase ON purchase.id = purchase_id
            JOIN supplier_article ON supplier_article.supplier_id = purchase.supplier_id
                AND (supplier_article.inv_id = purchase_line.inv_id OR supplier_article.operation_id = purchase_line.operation_id)
            WHERE purchase_id = \(purchase) AND quantity_millis % pack_millis <> 0 ORDER BY purchase_line.position
            """
        ) { "line \($0.int(0)) in multiples of \(try $0.get(2) as Quantity), not \(try $0.get(1) as Quantity)" }
        return lines.isEmpty ? [] : ["warning: the supplier sells \(Shop.listed(lines))"]
    }
}
