/// What a listing says of one column.
package struct Heading: Equatable, Sendable {
    /// The name in machine formats: snake_case, with its unit.
    package var name: String
    package var type: ShownType
    /// Left out of tables unless `--wide` asks for it.
    package var wide: Bool
    /// Added up below a table.
    package var sums: Bool

    package init(_ name: String, _ type: ShownType, wide: Bool = false, sums: Bool = false) {
        (self.name, self.type, self.wide, self.sums) = (name, type, wide, sums)
    }

    /// The name as people read it. Times carry their units with them.
    package var words: String {
        String((type == .seconds && name.hasSuffix("_s") ? name.dropLast(2) : name[...]).map { $0 == "_" ? " " : $0 })
    }

    /// The name at the head of a table's column.
    package var title: String { words.uppercased() }
}

/// One column of a listing of rows, with the way to fill it.
package struct Column<Row>: Sendable {
    package var heading: Heading
    package var value: @Sendable (Row) -> DisplayValue

    package init<Value: Presentable>(_ name: String, wide: Bool = false, sums: Bool = false, _ value: @escaping @Sendable (Row) -> Value) {
        heading = Heading(name, Value.shownType, wide: wide, sums: sums)
        self.value = { value($0).shown }
    }

    package init(
        _ name: String, _ type: ShownType, wide: Bool = false, sums: Bool = false, _ value: @escaping @Sendable (Row) -> DisplayValue
    ) {
        heading = Heading(name, type, wide: wide, sums: sums)
        self.value = value
    }
}

/// What a command found: columns, and a way to the rows of typed cells. It knows no format.
package struct Listing {
    package var headings: [Heading]
    /// Calls back once a row; the row is good only during the call. Can be walked once.
    package var each: (([DisplayValue]) throws -> Void) throws -> Void

    package init(_ headings: [Heading], each: @escaping (([DisplayValue]) throws -> Void) throws -> Void) {
        (self.headings, self.each) = (headings, each)
    }

    package init(_ headings: [Heading], _ rows: [[DisplayValue]]) {
        self.init(headings) { body in try rows.forEach(body) }
    }

    package init<Row>(_ rows: some Sequence<Row>, _ columns: [Column<Row>]) {
        self.init(columns.map(\.heading)) { body in
            for row in rows { try body(columns.map { $0.value(row) }) }
        }
    }

    /// The same with its rows read now: for what is about to be changed.
    package func kept() throws -> Listing {
        var rows: [[DisplayValue]] = []
        try each { row in rows.append(row.map(\.kept)) }
        return Listing(headings, rows)
    }

    /// Only these columns, in this order.
    /// - Throws: `usage` for a name that is not among them.
    package func only(_ wanted: [String]) throws -> Listing {
        let picks = try wanted.map { name in
            guard let i = headings.firstIndex(where: { $0.name == name }) else {
                let names = headings.map(\.name)
                throw Failure(
                    .usage, .listing, "there is no column '\(name)'",
                    hint: nearest(name, names).map { "did you mean \($0)?" } ?? "columns: " + names.joined(separator: ", "))
            }
            return i
        }
        return picked(picks)
    }

    /// The columns at these places.
    package func picked(_ picks: [Int]) -> Listing {
        let each = self.each
        return Listing(picks.map { headings[$0] }) { body in
            var short = [DisplayValue](repeating: .nothing, count: picks.count)
            try each { row in
                for (to, from) in picks.enumerated() { short[to] = row[from] }
                try body(short)
            }
        }
    }
}
