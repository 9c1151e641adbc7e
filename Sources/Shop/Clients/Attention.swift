import Store
import Values

/// A word in the role of a contact, by which documents are addressed to it: quotes, invoices, delivery notes.
enum ContactRole: String { case orders, invoices, collection }

extension Noun {
    /// The SQL of the person whom a document is addressed to: as its paper says, the contact that was chosen, the first one of the client with
    /// this word in the role, or the client's own contact.
    /// - Parameter document: the table of the document; nil if no contact can be chosen and no paper is kept.
    static func attention(_ role: ContactRole, of document: String? = nil) -> SQL {
        let byRole: SQL = """
            (SELECT contact.name FROM contact WHERE contact.client_id = client.id AND contact.role IS NOT NULL
             AND instr(',' || replace(replace(replace(lower(contact.role), ' ', ''), ';', ','), '/', ',') || ',', \(",\(role.rawValue),")) ORDER BY contact.id LIMIT 1)
            """
        guard let document else { return "coalesce(\(byRole), client.contact)" }
        let table: SQL = "\(name: document)"
        let chosen: SQL = "(SELECT contact.name FROM contact WHERE contact.id = \(table).contact_id)"
        return """
            iif(\(table).paper IS NULL, coalesce(\(chosen), \(byRole), client.contact), json_extract(\(table).paper, '$."client.contact"'))
            """
    }

    /// The contact that was chosen for a document.
    static func contact(_ role: ContactRole, of document: String) -> Field {
        Field(
            "contact", to: "contact", "--to CONTACT", "the contact whom it is addressed to, in place of the one for \(role.rawValue)",
            sql: "(SELECT contact.code FROM contact WHERE contact.id = \(name: document).contact_id)", wide: true, filters: false)
    }
}

extension Shop {
    /// - Throws: `refused` if the contact is of another client than the document.
    func demandContact(_ contact: Cell?, of client: Int) throws {
        guard case .integer(let id)? = contact else { return }
        let other = try data.one(
            """
            SELECT contact.code, contact.name, client.code FROM contact JOIN client ON client.id = client_id
            WHERE contact.id = \(id) AND client_id <> \(client)
            """
        ) { "contact \($0.text(0)) (\($0.text(1))) is of client \($0.text(2))" }
        guard let other else { return }
        let code = try code(of: .client, client) ?? ""
        throw Failure(.refused, .contact, other, hint: "laseros contact list --client \(code)", reason: .field("contact"))
    }

    /// A contact with documents that are addressed to it stays at its client.
    func checkContact(_ record: Record) throws {
        guard let id = record.id, case .integer(let client)? = record["client"] else { return }
        let document = try data.one(
            """
            SELECT code FROM quote WHERE contact_id = \(id) AND client_id <> \(client)
            UNION ALL SELECT coalesce(number, draft) FROM invoice WHERE contact_id = \(id) AND client_id <> \(client) LIMIT 1
            """
        ) { $0.text(0) }
        guard let document else { return }
        throw Failure(.refused, .contact, "\(document) is addressed to this contact", reason: .field("client"))
    }
}
