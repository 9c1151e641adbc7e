import Store
import Values

extension Shop {
    /// Takes a client out of the plain list, or puts it back.
    /// - Returns: whether anything changed.
    package func archive(_ client: RecordID, _ isArchived: Bool) throws -> Bool {
        var record = Record(.client, id: client.id)
        let known = try data.one("SELECT archived_on IS NOT NULL FROM client WHERE id = \(client.id)") { $0.int(0) != 0 }
        guard known != isArchived else {
            guard isArchived else { throw Failure(.refused, .client, "client \(client.code) is not archived") }
            return false
        }
        record["archived_on"] = isArchived ? try today().cell : .null
        return try edit(record)
    }

    /// A warning about archived clients that have open projects or unpaid invoices; nil if none has.
    package func openBusiness(of clients: [RecordID]) throws -> String? {
        let codes = try data.all(
            """
            SELECT DISTINCT client.code FROM client WHERE id IN (\(SQL.ids(clients.map(\.id)))) AND (
                EXISTS (SELECT 1 FROM project WHERE client_id = client.id AND \(Noun.openProjects))
                OR EXISTS (SELECT 1 FROM invoice JOIN aux_invoice ON invoice_id = invoice.id WHERE client_id = client.id AND open = 1))
            ORDER BY client.id LIMIT 11
            """
        ) { $0.text(0) }
        guard !codes.isEmpty else { return nil }
        let named = codes.prefix(10).joined(separator: ", ") + (codes.count > 10 ? ", ..." : "")
        return "warning: still with open projects or unpaid invoices: \(named)"
    }

    /// - Throws: `refused` for new work for an archived client.
    func demandActive(client id: Int) throws {
        guard let code = try data.one("SELECT code FROM client WHERE id = \(id) AND archived_on IS NOT NULL", { $0.text(0) }) else {
            return
        }
        throw Failure(.refused, .client, "client \(code) is archived", hint: "laseros client unarchive \(code)", reason: .field("client"))
    }

    /// The fields of a client that a copy has, too: where goods and invoices go, terms, and the habits of its drawings. What belongs to one
    /// client alone is not copied: people, numbers, notes and history.
    private static let copied = [
        "address", "delivery_address", "terms", "due_days", "discount", "drawing_processes", "drawing_unit", "file_pattern",
    ]

    /// Adds a client with the terms and addresses of another.
    /// - Returns: the new client, and the names of the fields that it has from the other.
    package func copy(_ client: RecordID, name: String) throws -> (id: Int, code: String, copied: [String]) {
        let noun = Noun.client, fields = noun.fields.filter { Shop.copied.contains($0.name) }
        let columns = fields.map { "\(name: $0.column)" as SQL }.joined(", ")
        var record = Record(noun), names: [String] = []
        record["name"] = name.cell
        try data.each("SELECT \(columns) FROM client WHERE id = \(client.id)") { row in
            for (i, field) in fields.enumerated() where !row.isNull(i) {
                record[field.name] = row.cell(i)
                names.append(History.words(field.name))
            }
        }
        let (id, code) = try add(record)
        return (id, code, names)
    }
}
