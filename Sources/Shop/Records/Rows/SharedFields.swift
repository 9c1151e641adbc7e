import Store
import Values

/// Fills in a new record from another one.
extension Shop {
    /// A field that a record took, and its value.
    package struct Taken {
        package var field: Field
        package var shown: DisplayValue
    }

    /// Gives a new record the values of another one, for the fields that it lacks and that can be shared.
    package func take(_ record: inout Record, like other: RecordID) throws -> [Taken] {
        let noun = record.noun
        let places = noun.fields.indices.filter { i in
            let field = noun.fields[i]
            return field.isSettable && field.isShareable && field.writesRows == nil && !noun.nameColumns.contains(field.column)
                && record.cells[i] == nil
        }
        guard !places.isEmpty else { return [] }
        var query = Query()
        query.conditions = ["\(name: noun.name).id = \(other.id)"]
        query.sort = ""
        let stored = places.map { Field("stored", Int.self, sql: "\(name: noun.name).\(name: noun.fields[$0].column)") }
        let shown = places.map { noun.fields[$0] }
        return try data.all(try select(noun, stored + shown, query)) { row in
            try places.indices.compactMap { i -> Taken? in
                guard !row.isNull(i) else { return nil }
                record.cells[places[i]] = row.cell(i)
                return Taken(field: shown[i], shown: try shown[i].show(row, places.count + i).kept)
            }
        }.flatMap { $0 }
    }
}
