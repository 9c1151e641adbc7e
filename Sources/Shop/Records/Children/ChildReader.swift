import Store
import Values

/// Reads the child rows of one record after another with one prepared statement, as an import needs them.
final class ChildReader {
    private let shop: Shop
    private let path: ChildPath
    private let columns: [Field]
    private let headings: [Heading]
    private let statement: Repeated

    /// The columns are those of `export`.
    init(_ shop: Shop, _ path: ChildPath) throws {
        (self.shop, self.path, columns) = (shop, path, path.child.portable)
        headings = columns.map(\.heading)
        statement = try shop.data.repeated(
            "SELECT \(columns.map(\.sql).joined(", ")) FROM \(path.from) WHERE \(path.root) = ? ORDER BY \(path.order)")
    }

    /// The rows of a record. They are valid only while the listing is at them.
    func rows(of id: Int) -> Listing {
        Listing(headings) { [self] body in
            var cells: [DisplayValue] = []
            try statement.each([.integer(id)]) { row in
                cells.removeAll(keepingCapacity: true)
                for i in columns.indices { cells.append(try shop.local(columns[i].show(row, i))) }
                try body(cells)
            }
        }
    }
}
