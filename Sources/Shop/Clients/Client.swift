import Drawings
import Store
import Values

/// When a client pays: before work begins, or on account.
package enum PaymentTerms: String, Choice, Stored, Presentable { case prepaid, account }

extension Noun {
    /// A customer of the shop.
    package static let client: Noun = {
        var noun = Noun(
            "client", "The shop's customers", coding: .series("CL-", digits: 4),
            [
                Field("name", Line.self, "--name NAME", "the full name", operand: "NAME", sorts: true).short(),
                Field("contact", Line.self, "--contact NAME", "whom to ask for").known(as: "contact_person").unshared(),
                Field("email", Email.self, "--email ADDRESS", "where mail goes"),
                Field("phone", Phone.self, "--phone NUMBER", "where to call", wide: true),
                Field("address", String.self, "--address TEXT", "the postal address, lines separated by line feeds or |", wide: true),
                Field("vat_number", Line.self, "--vat-number TEXT", "printed on invoices", wide: true).unshared(),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
                Field(
                    "terms", PaymentTerms.self, "--terms prepaid|account", "whether a payment or an acceptance approves jobs", wide: true
                ).absent(as: PaymentTerms.prepaid).unshared(),
                Field(
                    "drawing_processes", Processes.self, "--drawing-processes RULES",
                    "rules for the layers and colours of this client's drawings, before those of `dxf_processes`", wide: true),
                Field("drawing_unit", DrawingUnit.self, "--drawing-unit UNIT", "the unit of drawings that name none", wide: true),
                Field(
                    "file_pattern", FilePattern.self, "--file-pattern PATTERN",
                    "how the names of files are built: {title}_{material}_{thickness}_x{quantity}; * is any text", wide: true
                ).unshared(),
                Field("created_at", Moment.self, wide: true, sorts: true).imported(),
            ])
        noun.codeAliases = ["client_code"]
        noun.searched = ["name", "contact", "email", "phone", "address", "delivery_address", "vat_number"]
        noun.parts = [("contact", "client_id")]
        noun.children = [.files(of: "client")]
        noun.check = { shop, record in
            if record.id == nil { record.fill("created_at", shop.clockCell) }
            // An address may be typed with `|` between its lines; it is stored with line feeds.
            if case .text(let address)? = record["address"], address.holds(UInt8(ascii: "|")) {
                record["address"] = PaperTexts.withLineFeeds(address).cell
            }
        }
        noun.examples = ["add": ["laseros client add 'Karoo Signs' --contact 'Anna Botha' --email anna@karoo.example"]]
        return noun
    }()

    /// A contact person at a client.
    package static let contact: Noun = {
        var noun = Noun(
            "contact", "The people at a client", coding: .series("CT-", digits: 4),
            from: "contact JOIN client ON client.id = contact.client_id",
            [
                Field("name", Line.self, "--name NAME", "the full name", sql: "contact.name", operand: "NAME", sorts: true).short(),
                Field("client", to: "client", "-c, --client CODE", "where they work", required: true), .name(of: "client"),
                Field("role", Line.self, "--role TEXT", "what they do there"),
                Field("email", Email.self, "--email ADDRESS", "where mail goes", sql: "contact.email"),
                Field("phone", Phone.self, "--phone NUMBER", "where to call", sql: "contact.phone"),
                Field("notes", String.self, "--notes TEXT", "internal notes", sql: "contact.notes", wide: true),
            ])
        noun.unkept = ["client_name"]
        noun.searched = ["name", "role", "email", "phone"]
        noun.belongsTo = ["client"]
        noun.examples = ["add": ["laseros contact add 'Anna Botha' --client CL-0001 --role Buyer"]]
        return noun
    }()
}
