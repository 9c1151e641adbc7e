import Store
import Values

extension Noun {
    /// Who sells material or works for the shop.
    package static let supplier: Noun = {
        var noun = Noun(
            "supplier", "Who sells what the shop uses, or works for it", coding: .series("SU-", digits: 4),
            [
                Field("name", Line.self, "--name NAME", "the full name", operand: "NAME", sorts: true).short(),
                Field("supplies", Line.self, "--supplies TEXT", "what they sell or do, in words"),
                Field("contact", Line.self, "--contact NAME", "whom to ask for").known(as: "contact_person").unshared(),
                Field("email", Emails.self, "--email ADDRESS", "where orders go; several with commas between them"),
                Field("phone", Phone.self, "--phone NUMBER", "where to call", wide: true),
                Field("address", String.self, "--address TEXT", "the postal address, lines separated by line feeds or |", wide: true)
                    .inLines(),
                Field("vat_number", Line.self, "--vat-number TEXT", "their VAT number", wide: true).unshared(),
                Field("account", Line.self, "--account TEXT", "the shop's number with them", wide: true).unshared(),
                Field("lead_days", Int.self, "--lead-days NUMBER", "days from an order to its delivery"),
                Field("due_days", Int.self, "--due-days NUMBER", "days until their invoices are due", wide: true),
                Field("terms", String.self, "--terms TEXT", "printed on orders", wide: true),
                Field("active", Bool.self, "--active yes|no", "whether the shop still buys there", wide: true, filters: true).unshared(),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
            ])
        noun.searched = ["name", "supplies", "contact", "email", "phone", "address", "vat_number", "account"]
        noun.children = [.files(of: "supplier")]
        noun.live = Live(leavingOut: "where the shop does not buy any more", unless: "active") { _ in "supplier.active" }
        noun.examples = [
            "add": ["laseros supplier add 'Cape Steel' --supplies 'sheet metal' --email orders@capesteel.example --lead-days 3"]
        ]
        return noun
    }()
}
