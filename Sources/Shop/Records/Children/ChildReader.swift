import Store
import Values

/// Reads the child rows of one record after another with one prepared statement, as an import needs them.
final class ChildReader {
    private let shop: Shop
    private let headings: [Heading]
    /// Kept apart from the fields, which are large to copy.
    private let shows: [@Sendable (Row, Int) throws -> DisplayValue]
    private let statement: Repeated

    /// The columns are those of `export`.
    init(_ shop: Shop, _ path: ChildPath) throws {
        let columns = path.child.portable
        self.shop = shop
        (headings, shows) = (columns.map(\.heading), columns.map(\.show))
        statement = try shop.data.repeated(
            "SELECT \(columns.map(\.sql).joined(", ")) FROM \(path.from) WHERE \(path.root) = ? ORDER BY \(path.order)")
    }

    /// The rows of a record. They are valid only while the listing is at them.
    func rows(of id: Int) -> Listing {
        Listing(headings) { [self] body in
            var cells: [DisplayValue] = []
            try statement.each([.integer(id)]) { row in
                cells.removeAll(keepingCapacity: true)
                for i in shows.indices { cells.append(try shop.local(shows[i](row, i))) }
                try body(cells)
            }
        }
    }
}
