import Store
import Values

/// The filters, order and limit of a list.
package struct Query: Sendable {
    package var conditions: [SQL] = []
    /// Restricts the list to these sets of rows; empty for all rows.
    package var walks: [Noun.Walk] = []
    /// `-due,name`
    package var sort: String?
    package var limit: Int?
    package var offset: Int?
    package init() {}

    package var isFiltered: Bool { !conditions.isEmpty || !walks.isEmpty }
}

/// Reads the records of any noun, with one statement per list.
extension Shop {
    /// The listing of a noun, with all columns or the chosen ones. Rows are read during the iteration.
    package func list(_ noun: Noun, _ query: Query = Query(), _ chosen: [Field]? = nil) throws -> Listing {
        let fields = chosen ?? noun.columns
        let statement = try select(noun, fields, query), data = self.data
        let moments = fields.indices.filter { fields[$0].heading.type == .moment }
        return Listing(fields.map(\.heading)) { body in
            var cells = [DisplayValue](repeating: .nothing, count: fields.count)
            try data.each(statement) { row in
                for i in fields.indices { cells[i] = try fields[i].show(row, i) }
                for i in moments { cells[i] = try self.local(cells[i]) }
                try body(cells)
            }
        }
    }

    /// Adds the offset of the shop's time zone to a date-time; other values stay unchanged.
    func local(_ shown: DisplayValue) throws -> DisplayValue {
        if case .moment(let moment, _) = shown { .moment(moment, offset: try offset(at: moment)) } else { shown }
    }

    /// The SQL of a list.
    package func select(_ noun: Noun, _ fields: [Field], _ query: Query) throws -> SQL {
        let columns = try fields.map { try $0.sqlOn?(today()) ?? $0.sql }
        let sort = query.sort ?? noun.order
        var sql: SQL
        if query.walks.count > 1, sort == "code" || sort == "-code" {
            sql = merged(noun, columns, query, falling: sort.hasPrefix("-"))
        } else {
            sql = "SELECT \(columns.joined(", ")) FROM \(noun.from)"
            var conditions = query.conditions
            if !query.walks.isEmpty { conditions.append("(\(query.walks.map(\.condition).joined(" OR ")))") }
            if !conditions.isEmpty { sql += " WHERE \(conditions.joined(" AND "))" }
            sql += try order(noun, sort)
        }
        if query.limit != nil || query.offset != nil { sql += " LIMIT \(query.limit ?? -1) OFFSET \(query.offset ?? 0)" }
        return sql
    }

    /// Merges several sets of rows that are each read in the order of the codes, so that SQLite does not sort.
    private func merged(_ noun: Noun, _ columns: [SQL], _ query: Query, falling: Bool) -> SQL {
        let keys = query.walks.map { Noun.order(ofCodes: $0.code ?? noun.codeField.sql) }
        let parts = zip(query.walks, keys).map { walk, keys -> SQL in
            let conditions = query.conditions + [walk.condition]
            return "SELECT \((columns + keys).joined(", ")) FROM \(noun.from) WHERE \(conditions.joined(" AND "))"
        }
        let places = keys[0].indices.map { SQL(stringLiteral: "\(columns.count + 1 + $0)" + (falling ? " DESC" : "")) }
        return "\(parts.joined(" UNION ALL ")) ORDER BY \(places.joined(", "))"
    }

    private func order(_ noun: Noun, _ sort: String) throws -> SQL {
        let sortable = noun.columns.filter(\.sorts)
        let terms = try sort.split(separator: ",").flatMap { word -> [SQL] in
            let falling = word.hasPrefix("-"), name = String(falling ? word.dropFirst() : word)
            guard let field = sortable.first(where: { $0.name == name }) else {
                let names = sortable.map(\.name)
                throw Failure(
                    .usage, .listings, "\(noun.plural) cannot be sorted by '\(name)'",
                    hint: suggestion(for: name, among: names) ?? "sort by " + names.joined(separator: ", "))
            }
            let isText = field.heading.type == .text && field.reference == nil
            let keys: [SQL] = field.order?(field.sql) ?? [isText ? "\(field.sql) COLLATE NOCASE" : field.sql]
            return falling ? keys.map { "\($0) DESC" } : keys
        }
        return terms.isEmpty ? "" : " ORDER BY \(terms.joined(", "))"
    }

    /// All fields of one record, as a listing of one row that is read only if it is printed. Most answers are a sentence.
    package func show(_ noun: Noun, _ id: Int) throws -> Listing { try show(noun, [id]) }

    /// Several records, ordered by id, for example those that a command changed. They are read during the iteration.
    package func show(_ noun: Noun, _ ids: [Int]) throws -> Listing {
        let paths = noun.shownChildren
        return Listing(noun.headings) { body in
            for start in stride(from: 0, to: ids.count, by: Shop.atOnce) {
                let some = ids[start..<min(start + Shop.atOnce, ids.count)], rows = try self.rows(noun, some)
                let below = try self.cells(of: paths, some)
                for id in some {
                    guard let row = rows[id] else { throw Failure(.notFound, .listings, "there is no such \(noun.word)") }
                    try body(row + (below[id] ?? []))
                }
            }
        }
    }

    /// The list of all portable fields and children.
    package func export(_ noun: Noun, _ query: Query) throws -> Listing {
        let fields = noun.portable, paths = noun.portableChildren
        guard !paths.isEmpty else { return try list(noun, query, fields) }
        let statement = try select(noun, [Shop.idField(noun)] + fields, query)
        return Listing(noun.portableHeadings) { body in
            var rows: [(id: Int, cells: [DisplayValue])] = []
            func hand() throws {
                let below = try self.cells(of: paths, rows.map(\.id), portable: true)
                for row in rows { try body(row.cells + (below[row.id] ?? [])) }
                rows.removeAll(keepingCapacity: true)
            }
            try self.data.each(statement) { row in
                rows.append((row.int(0), try fields.indices.map { try self.local(fields[$0].show(row, $0 + 1)).kept }))
                if rows.count == Shop.atOnce { try hand() }
            }
            try hand()
        }
    }

    private static func idField(_ noun: Noun) -> Field { Field("id", Int.self, sql: "\(name: noun.name).id") }

    /// The number of records that one statement reads.
    private static let atOnce = 500

    private func rows(_ noun: Noun, _ ids: ArraySlice<Int>) throws -> [Int: [DisplayValue]] {
        var query = Query(), rows: [Int: [DisplayValue]] = [:]
        let fields = noun.columns + noun.shown
        query.conditions = ["\(name: noun.name).id IN (\(SQL.ids(ids)))"]
        query.sort = ""
        try data.each(try select(noun, [Shop.idField(noun)] + fields, query)) { row in
            rows[row.int(0)] = try fields.indices.map { try local(fields[$0].show(row, $0 + 1)).kept }
        }
        return rows
    }
}
