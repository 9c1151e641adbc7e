import Store
import Values

/// Finds the record that a row means.
extension Import {
    /// Finds the record of a row by its code or by its identifying fields, and says whether it is known to be unchanged.
    func known(_ record: Record) throws -> (id: Int, isSame: Bool)? {
        if record.code != nil { return try statements.find(record) }
        if noun.recognisesRepeats { return try repeated(record).map { ($0, true) } }
        if let recognise = noun.recognise { return try recognise(shop, record).map { ($0, false) } }
        guard !noun.identity.isEmpty else { return nil }
        if let spelled = try knownBeyondASCII(record) { return (spelled, false) }
        let conditions = noun.identity.compactMap { name -> SQL? in
            guard let i = noun.index(of: name) else { return nil }
            return "\(name: noun.fields[i].column) IS \(record.cells[i] ?? .null)"
        }
        return try shop.data.one("SELECT id FROM \(name: noun.name) WHERE \(conditions.joined(" AND "))") { ($0.int(0), false) }
    }

    /// The record that a row without a code repeats in all that the row says.
    private func repeated(_ record: Record) throws -> Int? {
        guard before > 0, let title = noun.title, let name = record[title], !name.isNull else { return nil }
        // As it would be stored; the check completes only new records.
        var record = record
        record.id = 0
        try noun.check(shop, &record)
        let cells = noun.fields.indices.compactMap { i in record.cells[i].map { (noun.fields[i].column, $0) } }
        let equal = cells.map { column, cell -> SQL in "\(name: column) IS \(cell) COLLATE BINARY" }
        // Of a name that stands a thousand times, only the first are compared.
        let ids = try shop.data.all(
            """
            SELECT id FROM (SELECT * FROM \(name: noun.name) WHERE \(name: title) = \(name) COLLATE NOCASE AND id <= \(before)
                ORDER BY id LIMIT 20) WHERE \(equal.joined(" AND "))
            """
        ) { $0.int(0) }
        return ids.first { !seen[$0] }
    }

    /// Finds a row by a name beyond ASCII, ignoring case and Unicode composition.
    private func knownBeyondASCII(_ record: Record) throws -> Int? {
        guard noun.identity.count == 1, noun.identity[0] == noun.title, let i = noun.index(of: noun.identity[0]),
            case .text(let name)? = record.cells[i], !name.isASCII
        else { return nil }
        let column: SQL = "\(name: noun.name).\(name: noun.fields[i].column)"
        let rows = try shop.data.all(
            "SELECT id, \(column) FROM \(name: noun.name) WHERE \(Shop.isCalled(column, name.searchKey)) ORDER BY id"
        ) { (id: $0.int(0), name: $0.text(1)) }
        return (rows.first { $0.name == name } ?? rows.first { $0.name.lowercased() == name.lowercased() })?.id
    }
}
