import Store
import Values

/// A row of a supplier's price list. What it does not say stays as it is.
package struct PriceListRow: Sendable {
    package var line: Int
    package var item: String?
    package var operation: String?
    package var code: String?
    package var price: Rate?
    package var pack: Quantity?
    package var notes: String?

    package init(line: Int) { self.line = line }
}

/// What a price list did.
package struct PriceListResult: Sendable {
    package var added = 0, changed = 0, same = 0
    /// The lines that name nothing known, each with the column and the reason.
    package var faults: [(line: Int, column: String, message: String)] = []
}

extension Shop {
    /// Takes in a price list: a row changes the article of its item or operation, or adds one.
    package func take(_ rows: [PriceListRow], of supplier: RecordID) throws -> PriceListResult {
        let path = Noun.supplier.path("article"), known = try articleRows(of: supplier.id)
        var result = PriceListResult(), seen: [Purchased: Int] = [:]
        for row in rows {
            guard let what = try purchased(row, &result) else { continue }
            if let first = seen.updateValue(row.line, forKey: what) {
                result.faults.append((row.line, row.item == nil ? "operation" : "inv", "is there twice: first on line \(first)"))
                continue
            }
            var record = ChildRecord(path.child)
            for (field, cell) in [
                ("article_code", row.code?.cell), ("price", row.price?.cell), ("pack", row.pack?.cell), ("notes", row.notes?.cell),
            ] { if let i = path.child.index(of: field) { record.cells[i] = cell } }
            if let id = known[what] {
                if try update(record, path.child, id) { result.changed += 1 } else { result.same += 1 }
                continue
            }
            let (field, id) =
                switch what {
                case .item(let id): ("inv", id)
                case .operation(let id): ("operation", id)
                }
            if let i = path.child.index(of: field) { record.cells[i] = .integer(id) }
            _ = try insert(record, path.child, supplier.id, at: known.count + result.added + 1)
            result.added += 1
        }
        return result
    }

    private func articleRows(of supplier: Int) throws -> [Purchased: Int] {
        let rows = try data.all("SELECT id, inv_id, operation_id FROM supplier_article WHERE supplier_id = \(supplier)") { row in
            (id: row.int(0), what: Purchased(item: try row.get(1), operation: try row.get(2)))
        }
        return Dictionary(rows.compactMap { row in row.what.map { ($0, row.id) } }) { first, _ in first }
    }

    /// The item or operation of a row; nil, with a fault, if it names none.
    private func purchased(_ row: PriceListRow, _ result: inout PriceListResult) throws -> Purchased? {
        do {
            switch (row.item, row.operation) {
            case (let item?, nil): return .item(try find(.inv, item, guessing: .names, hinting: false).id)
            case (nil, let operation?): return .operation(try find(.operation, operation, guessing: .names, hinting: false).id)
            default: result.faults.append((row.line, "inv", "a row needs an item or an operation, and not both"))
            }
        } catch let failure as Failure where failure.kind == .notFound {
            result.faults.append((row.line, row.item == nil ? "operation" : "inv", failure.message))
        }
        return nil
    }
}
