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
                Field("email", Emails.self, "--email ADDRESS", "where mail goes; several with commas between them"),
                Field("phone", Phone.self, "--phone NUMBER", "where to call", wide: true),
                Field("address", String.self, "--address TEXT", "the postal address, lines separated by line feeds or |", wide: true)
                    .inLines(),
                Field(
                    "delivery_address", String.self, "--delivery-address TEXT", "where goods go, if that is elsewhere", wide: true
                ).inLines(),
                Field("vat_number", Line.self, "--vat-number TEXT", "printed on invoices", wide: true).unshared(),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
                Field(
                    "terms", PaymentTerms.self, "--terms prepaid|account", "whether a payment or an acceptance approves jobs", wide: true
                ).absent(as: PaymentTerms.prepaid).unshared(),
                Field("due_days", Int.self, "--due-days NUMBER", "days until an invoice is due, instead of the shop's", wide: true),
                Field(
                    "discount", Percent.self, "--discount PERCENT",
                    "off the prices of quotes that are worked out, not off those of products", column: "discount_bp", wide: true),
                Field(
                    "drawing_processes", Processes.self, "--drawing-processes RULES",
                    "rules for the layers and colours of this client's drawings, before those of `dxf_processes`", wide: true),
                Field("drawing_unit", DrawingUnit.self, "--drawing-unit UNIT", "the unit of drawings that name none", wide: true),
                Field(
                    "file_pattern", FilePattern.self, "--file-pattern PATTERN",
                    "how the names of files are built: {title}_{material}_{thickness}_x{quantity}; * is any text", wide: true
                ).unshared(),
                Field("created_at", Moment.self, wide: true, sorts: true).imported(),
                Field("archived_on", Day.self, wide: true).imported(),
            ])
        noun.codeAliases = ["client_code"]
        noun.searched = ["name", "contact", "email", "phone", "address", "delivery_address", "vat_number"]
        noun.children = [formerCode, .files(of: "client")]
        noun.mergedCodes = ("client_code", "client_id")
        noun.insteadOfRemoval = "archive CODE"
        noun.live = Live(leavingOut: "who is archived") { _ in "client.archived_on IS NULL" }
        noun.live?.named = ["archived"]
        noun.named = [Named("archived", "who is archived") { _ in "client.archived_on IS NOT NULL" }]
        noun.parts = [("contact", "client_id")]
        noun.check = { shop, record in
            if record.id == nil { record.fill("created_at", shop.clockCell) }
            // An address may be typed with `|` between its lines; it is stored with line feeds.
            for field in ["address", "delivery_address"] {
                if case .text(let address)? = record[field], address.holds(UInt8(ascii: "|")) {
                    record[field] = PaperTexts.withLineFeeds(address).cell
                }
            }
        }
        noun.likeness = .byAddress(of: "client")
        noun.advise = { shop, change, ids in try shop.likenessWarnings(change, ids) }
        noun.recognisesRepeats = true
        noun.addressWords = [
            "address", "delivery", "street", "town", "city", "suburb", "province", "region", "postal", "straat", "stad", "dorp", "strasse",
            "str", "ort", "stadt", "adresse", "anschrift",
        ]
        noun.examples = ["add": ["laseros client add 'Karoo Signs' --contact 'Anna Botha' --email anna@karoo.example"]]
        return noun
    }()

    /// The code of a client that was merged into this one.
    private static let formerCode: Child = {
        var child = Child(
            "former_code", "The codes of clients that were merged into this one", in: "client_code", of: "client_id",
            [Field("code", Line.self, required: true).imported()], ordered: .by("code"), searched: ["code"])
        child.check = { shop, _, record in
            guard case .text(let code)?? = record.cells.first else { return }
            if try shop.data.one("SELECT 1 FROM client WHERE code = \(code)", { _ in true }) == true {
                throw Failure(.refused, .client, "\(code) is the code of a client that is there", reason: .field("former_codes"))
            }
            if case .series(let prefix, _) = Noun.client.coding, let number = Shop.number(of: code, prefix: prefix) {
                try shop.reserve(prefix, through: number)
            }
            shop.statements(of: .client).forgetMerged()
        }
        return child
    }()

    /// A contact person at a client.
    package static let contact: Noun = {
        var noun = Noun(
            "contact", "The people at a client", coding: .series("CT-", digits: 4),
            from: "contact JOIN client ON client.id = contact.client_id",
            [
                Field("name", Line.self, "--name NAME", "the full name", sql: "contact.name", operand: "NAME", sorts: true).short(),
                Field("client", to: "client", "-c, --client CODE", "where they work", required: true), .name(of: "client"),
                Field(
                    "role", Line.self, "--role TEXT",
                    "what they do there; who has `orders` gets quotes, `invoices` invoices, `collection` delivery notes"),
                Field("email", Emails.self, "--email ADDRESS", "where mail goes", sql: "contact.email"),
                Field("phone", Phone.self, "--phone NUMBER", "where to call", sql: "contact.phone"),
                Field("notes", String.self, "--notes TEXT", "internal notes", sql: "contact.notes", wide: true),
            ])
        noun.unkept = ["client_name"]
        noun.searched = ["name", "role", "email", "phone"]
        noun.belongsTo = ["client"]
        noun.check = { shop, record in try shop.checkContact(record) }
        noun.examples = ["add": ["laseros contact add 'Anna Botha' --client CL-0001 --role 'Buyer, orders'"]]
        return noun
    }()
}
