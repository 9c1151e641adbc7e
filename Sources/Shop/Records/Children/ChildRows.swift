import Store
import Values

/// A row of a child, read by the names of its fields. Good only inside the closure that it is handed to.
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
    /// What is within `IN (...)`. A statement has only so many places for values.
    static func ids(_ ids: some Collection<Int>) -> SQL {
        guard ids.count > 500 else { return ids.map { "\($0)" as SQL }.joined(", ") }
        return "SELECT value FROM json_each(\("[" + ids.map { "\($0)" }.joined(separator: ",") + "]"))"
    }
}

/// Reading the rows of children: one statement a child, however many rows and parents.
extension Shop {
    /// - Parameters:
    ///   - ids: of what the rows belong to, at the beginning of the path.
    ///   - body: is given one of these ids, the row's own, and the row with the fields from place 2 on.
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

    /// The rows that belong to a thing, with every field, the unlisted ones too.
    func rows<Value>(_ path: ChildPath, of id: Int, _ make: (ChildRow) throws -> Value) throws -> [Value] {
        let fields = path.child.allFields
        let places = Dictionary(fields.enumerated().map { ($1.name, $0 + 2) }) { first, _ in first }
        var values: [Value] = []
        try each(path, of: [id], fields) { _, row, cells in values.append(try make(ChildRow(id: row, row: cells, places: places))) }
        return values
    }

    /// The child rows of one thing as a listing: all of them, or those with the given ids.
    package func list(_ path: ChildPath, of id: Int, _ chosen: [Field]? = nil, only rows: [Int]? = nil) -> Listing {
        let columns = chosen ?? path.child.columns
        let some = rows.map { "\(name: path.child.table).id IN (\(SQL.ids($0)))" as SQL }
        return Listing(columns.map(\.heading)) { body in
            try self.each(path, of: [id], where: some, columns) { _, _, row in try body(try self.shown(columns, row)) }
        }
    }

    /// The rows as JSON has them, by the ids of what they belong to; below each what belongs to it.
    func nested(_ path: ChildPath, of ids: some Collection<Int>) throws -> [Int: [Nested]] {
        let columns = path.child.columns
        var rows: [(owner: Int, id: Int, members: [Nested.Member])] = []
        try each(path, of: ids, columns) { owner, id, row in
            let shown = try self.shown(columns, row)
            rows.append((owner, id, zip(columns, shown).map { Nested.Member($0.name, .value($1)) }))
        }
        for inner in path.child.children where inner.isShown && !rows.isEmpty {
            let below = try nested(ChildPath(noun: path.noun, steps: [inner]), of: rows.map(\.id))
            for i in rows.indices { rows[i].members.append(.init(inner.plural, .array(below[rows[i].id] ?? []))) }
        }
        return Dictionary(grouping: rows, by: \.owner).mapValues { $0.map { .object($0.members) } }
    }

    /// For each of the things what these children hold.
    func cells(of paths: [ChildPath], _ ids: some Collection<Int>) throws -> [Int: [DisplayValue]] {
        let columns = try paths.map { try nested($0, of: ids) }
        return Dictionary(ids.map { id in (id, columns.map { .nested(.array($0[id] ?? [])) }) }) { first, _ in first }
    }
}
