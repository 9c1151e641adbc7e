import Store
import Values

/// A row of a child, read by field names. Valid only inside the closure that receives it.
package struct ChildRow {
    package let id: Int
    fileprivate let row: Row
    fileprivate let places: [String: Int]

    package subscript<Value: Stored>(name: String) -> Value {
        get throws {
            guard let place = places[name] else { throw Failure(.defect, .records, "no field '\(name)' was read") }
            return try row.get(place)
        }
    }
}

extension SQL {
    /// The contents of `IN (...)`. The ids are part of the text because the number of parameters of a statement is limited.
    static func ids(_ ids: some Collection<Int>) -> SQL {
        guard ids.count > 500 else { return ids.map { "\($0)" as SQL }.joined(", ") }
        return "SELECT value FROM json_each(\("[" + ids.map { "\($0)" }.joined(separator: ",") + "]"))"
    }
}

/// Reads the rows of children with one statement per child, for any number of rows and parents.
extension Shop {
    /// - Parameters:
    ///   - ids: the ids of the records at the start of the path.
    ///   - body: receives one of these ids, the row's own id, and the row, whose fields begin at index 2.
    private func each(
        _ path: ChildPath, of ids: some Collection<Int>, where condition: SQL? = nil, _ fields: [Field],
        _ body: (Int, Int, Row) throws -> Void
    ) throws {
        let columns = [path.root, "\(name: path.child.table).id"] + fields.map(\.sql)
        var statement: SQL = "SELECT \(columns.joined(", ")) FROM \(path.from) WHERE \(path.root) IN (\(SQL.ids(ids)))"
        if let condition { statement += " AND \(condition)" }
        statement += " ORDER BY \(path.order)"
        try data.each(statement) { try body($0.int(0), $0.int(1), $0) }
    }

    private func shown(_ fields: [Field], _ row: Row) throws -> [DisplayValue] {
        try fields.indices.map { try local(fields[$0].show(row, $0 + 2)).kept }
    }

    /// All rows of a record, with every field including the unlisted ones.
    func rows<Value>(_ path: ChildPath, of id: Int, _ make: (ChildRow) throws -> Value) throws -> [Value] {
        try rows(path, of: [id], make)[id] ?? []
    }

    /// The same of several records, by their ids.
    func rows<Value>(_ path: ChildPath, of ids: [Int], _ make: (ChildRow) throws -> Value) throws -> [Int: [Value]] {
        let fields = path.child.allFields
        let places = Dictionary(fields.enumerated().map { ($1.name, $0 + 2) }) { first, _ in first }
        var values: [Int: [Value]] = [:]
        try each(path, of: ids, fields) { owner, row, cells in
            values[owner, default: []].append(try make(ChildRow(id: row, row: cells, places: places)))
        }
        return values
    }

    /// The child rows of one record as a listing, or only those with the given ids.
    package func list(_ path: ChildPath, of id: Int, _ chosen: [Field]? = nil, only rows: [Int]? = nil) -> Listing {
        let columns = chosen ?? path.child.columns
        let some = rows.map { "\(name: path.child.table).id IN (\(SQL.ids($0)))" as SQL }
        return Listing(columns.map(\.heading)) { body in
            try self.each(path, of: [id], where: some, columns) { _, _, row in try body(try self.shown(columns, row)) }
        }
    }

    /// The rows as JSON, including their children, by the id of the parent.
    /// - Parameter portable: whether only with the fields that `import` accepts.
    func nested(_ path: ChildPath, of ids: some Collection<Int>, portable: Bool) throws -> [Int: [Nested]] {
        let columns = portable ? path.child.portable : path.child.columns
        var rows: [(owner: Int, id: Int, members: [Nested.Member])] = []
        try each(path, of: ids, columns) { owner, id, row in
            let shown = try self.shown(columns, row)
            rows.append((owner, id, zip(columns, shown).map { Nested.Member($0.name, .value($1), for: $0.heading.audience) }))
        }
        for inner in path.child.children where inner.isShown && (inner.isPortable || !portable) && !rows.isEmpty {
            let below = try nested(ChildPath(noun: path.noun, steps: [inner]), of: rows.map(\.id), portable: portable)
            for i in rows.indices { rows[i].members.append(.init(inner.plural, .array(below[rows[i].id] ?? []))) }
        }
        return Dictionary(grouping: rows, by: \.owner).mapValues { $0.map { .object($0.members) } }
    }

    /// The cells of these children for each record.
    func cells(of paths: [ChildPath], _ ids: some Collection<Int>, portable: Bool = false) throws -> [Int: [DisplayValue]] {
        let columns = try paths.map { try nested($0, of: ids, portable: portable) }
        return Dictionary(ids.map { id in (id, columns.map { .nested(.array($0[id] ?? [])) }) }) { first, _ in first }
    }
}
