import Store
import Values

/// What is to be ordered, as typed.
package struct PurchaseRequest: Sendable {
    package var items: [(item: RecordID, quantity: Quantity?)] = []
    package var operations: [(operation: RecordID, quantity: Quantity?)] = []
    package var project: RecordID?
    package var expected: Day?
    package var reference: String?
    package var terms: String?
    package var notes: String?
    package init() {}
}

/// The drafts that were made, and notes on what was left out.
package struct Drafted: Sendable {
    package var purchases: [RecordID] = []
    /// What is on order already.
    package var covered: [String] = []
    /// What clients bring.
    package var brought: [String] = []
    /// What nobody is known to sell.
    package var unsold: [String] = []
    /// What is not low, and has no order quantity.
    package var uncounted: [String] = []
    package var notes: [String] = []

    /// What was left out, by reason: `on order already: SM-MS-3, N2`.
    package var leftOut: [String] {
        [
            (covered, "on order already"), (brought, "brought by clients"), (unsold, "without a supplier"),
            (uncounted, "neither low nor with an order quantity"),
        ].compactMap { codes, why in codes.isEmpty ? nil : "\(why): \(Shop.listed(codes))" }
    }

    /// The command that helps what was left out; nil if all of it is on order.
    package var remedy: String? {
        if let code = unsold.first { return "laseros inv edit \(code) --supplier CODE" }
        return uncounted.first.map { "laseros inv edit \($0) --order NUMBER" }
    }
}

extension Shop {
    /// Makes a draft for a supplier.
    /// - Throws: `refused` if nobody says how many of something.
    package func addPurchase(_ request: PurchaseRequest, to supplier: RecordID) throws -> (id: RecordID, notes: [String]) {
        try demandActive(supplier)
        let needs = try needs(of: request.items.map(\.item.id), from: supplier.id)
        let known = try articles("supplier_id = \(supplier.id)")[supplier.id] ?? [:]
        var lines: [ChildRecord] = []
        for (item, said) in request.items {
            guard let quantity = said ?? needs[item.id]?.quantity else {
                throw Failure(
                    .refused, .purchase, "how many of \(item.code)? it is not low and has no order quantity",
                    hint: "\(item.code):QTY, or laseros inv edit \(item.code) --order NUMBER")
            }
            lines.append(line("inv", item, quantity, request.project))
        }
        for (operation, said) in request.operations {
            guard let quantity = try said ?? pieces(of: request.project, with: operation) else {
                throw Failure(
                    .refused, .purchase, "how many of \(operation.code)? no part of the project says it",
                    hint: "--operation \(operation.code):QTY")
            }
            lines.append(line("operation", operation, quantity, request.project))
        }
        let new = try draft(lines, known, request, to: supplier)
        return (new, try [pastDay("expected_on", request.expected)].compactMap { $0 } + advice(Noun.purchase.path("line"), of: new.id))
    }

    /// Makes a draft for each supplier of these items, of what is not on order already.
    package func addPurchases(of items: [RecordID], _ request: PurchaseRequest) throws -> Drafted {
        var drafted = Drafted(), suppliers: [Int] = [], lines: [Int: [ChildRecord]] = [:]
        let needs = try needs(of: items.map(\.id))
        let known = try articles("inv_id IN (\(SQL.ids(items.map(\.id))))")
        for item in items {
            guard let need = needs[item.id] else { continue }
            guard !need.isCovered else {
                drafted.covered.append(item.code)
                continue
            }
            guard !need.isBrought else {
                drafted.brought.append(item.code)
                continue
            }
            guard let supplier = need.supplier else {
                drafted.unsold.append(item.code)
                continue
            }
            guard let quantity = need.quantity else {
                drafted.uncounted.append(item.code)
                continue
            }
            if lines[supplier] == nil { suppliers.append(supplier) }
            lines[supplier, default: []].append(line("inv", item, quantity, request.project))
        }
        for id in suppliers {
            let supplier = RecordID(id: id, code: try code(of: .supplier, id) ?? "")
            drafted.purchases.append(try draft(lines[id] ?? [], known[id] ?? [:], request, to: supplier))
        }
        if let past = try pastDay("expected_on", request.expected), !drafted.purchases.isEmpty { drafted.notes.append(past) }
        return drafted
    }

    private func line(_ field: String, _ what: RecordID, _ quantity: Quantity, _ project: RecordID?) -> ChildRecord {
        var line = ChildRecord(purchaseLine)
        line[line: field] = .integer(what.id)
        line[line: "quantity"] = quantity.cell
        line[line: "project"] = project.map { .integer($0.id) }
        return line
    }

    private func draft(
        _ lines: [ChildRecord], _ known: [Purchased: Article], _ request: PurchaseRequest, to supplier: RecordID
    ) throws -> RecordID {
        var record = Record(.purchase)
        record["supplier"] = .integer(supplier.id)
        (record["expected_on"], record["reference"]) = (request.expected?.cell, request.reference?.cell)
        (record["terms"], record["notes"]) = (request.terms?.cell, request.notes?.cell)
        let (id, code) = try add(record), costs = try unitCosts(of: lines)
        let priced = lines.map { line in
            var line = line
            let article = line.purchased.flatMap { known[$0] }
            line[line: "article_code"] = article?.code?.cell ?? .null
            line[line: "price"] = article?.price?.cell ?? line.purchased.flatMap { costs[$0] }?.cell ?? .null
            return line
        }
        _ = try replace(purchaseLine, of: id, by: priced, isNew: true)
        return RecordID(id: id, code: code)
    }

    /// What the items of lines cost where no article says it.
    private func unitCosts(of lines: [ChildRecord]) throws -> [Purchased: Rate] {
        let items = lines.compactMap { line in if case .item(let id)? = line.purchased { id } else { nil } }
        let costs = try data.all(
            "SELECT id, unit_cost_micros FROM inv WHERE id IN (\(SQL.ids(items))) AND unit_cost_micros IS NOT NULL"
        ) { (Purchased.item($0.int(0)), try $0.get(1) as Rate) }
        return Dictionary(costs) { first, _ in first }
    }

    /// How many pieces of a project have an operation that is charged by the piece.
    private func pieces(of project: RecordID?, with operation: RecordID) throws -> Quantity? {
        guard let project else { return nil }
        let count =
            try data.one(
                """
                SELECT sum(part.quantity) FROM part JOIN part_operation ON part_operation.part_id = part.id
                JOIN operation ON operation.id = part_operation.operation_id
                WHERE project_id = \(project.id) AND operation.id = \(operation.id) AND operation.charge = \(ChargeUnit.piece)
                """
            ) { try $0.get(0) as Int? } ?? nil
        return count.flatMap { $0 > 0 ? Quantity(thousandths: $0 * 1000) : nil }
    }

    /// - Throws: `refused` for a supplier where the shop does not buy any more.
    private func demandActive(_ supplier: RecordID) throws {
        guard try data.one("SELECT active FROM supplier WHERE id = \(supplier.id)", { $0.int(0) }) == 0 else { return }
        throw Failure(
            .refused, .purchase, "the shop does not buy from supplier \(supplier.code) any more",
            hint: "laseros supplier edit \(supplier.code) --active yes")
    }
}

extension ChildRecord {
    /// What a line of a purchase is of.
    fileprivate var purchased: Purchased? {
        func id(_ field: String) -> Int? { if case .integer(let id)? = self[line: field] { id } else { nil } }
        return Purchased(item: id("inv"), operation: id("operation"))
    }
}
