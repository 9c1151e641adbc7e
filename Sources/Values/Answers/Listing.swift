/// The name and properties of a column.
package struct Heading: Equatable, Sendable {
    /// The name in machine formats: snake case, with the unit.
    package var name: String
    package var type: ShownType
    /// Whether tables show it only with `--wide`.
    package var wide: Bool
    /// Who sees it, unless `--fields` names it.
    package var audience = Audience.all
    /// Whether tables leave it out while all of its cells are empty.
    package var isOptional = false
    /// Whether tables show its sum.
    package var sums: Bool

    package init(_ name: String, _ type: ShownType, wide: Bool = false, sums: Bool = false) {
        (self.name, self.type, self.wide, self.sums) = (name, type, wide, sums)
    }

    /// The name for people, without the unit of a time, because cells of times contain it.
    package var words: String {
        String((type == .seconds && name.hasSuffix("_s") ? name.dropLast(2) : name[...]).map { $0 == "_" ? " " : $0 })
    }

    /// The header in a table.
    package var title: String { words.uppercased() }
}

/// The readers of a column: tables are for people, machine formats for programs.
package enum Audience: Sendable { case all, people, programs }

/// A column of a listing and the function that computes its cell from a row.
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

/// The result of a command: columns and an iterator over rows of typed cells, independent of the output format.
package struct Listing {
    package var headings: [Heading]
    /// Calls back once per row. The row is valid only during the call, and the iteration can run only once.
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

    /// The same listing with all rows read into memory, for data that is about to change.
    package func kept() throws -> Listing {
        var rows: [[DisplayValue]] = []
        try each { row in rows.append(row.map(\.kept)) }
        return Listing(headings, rows)
    }

    /// The listing with only these columns, in this order.
    /// - Throws: `usage` for an unknown name.
    package func only(_ wanted: [String]) throws -> Listing {
        let picks = try wanted.map { name in
            guard let i = headings.firstIndex(where: { $0.name == name }) else {
                let names = headings.map(\.name)
                throw Failure(
                    .usage, .listing, "there is no column '\(name)'",
                    hint: suggestion(for: name, among: names) ?? "columns: " + names.joined(separator: ", "))
            }
            return i
        }
        return picked(picks)
    }

    /// The listing with the columns at these indexes.
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
