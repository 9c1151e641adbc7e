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
                Field("contact", Line.self, "--contact NAME", "whom to ask for", wide: true).known(as: "contact_person").unshared(),
                Field("email", Emails.self, "--email ADDRESS", "where orders go; several with commas between them"),
                Field("phone", Phone.self, "--phone NUMBER", "where to call", wide: true),
                Field("address", String.self, "--address TEXT", "the postal address, lines separated by line feeds or |", wide: true)
                    .inLines(),
                Field("vat_number", Line.self, "--vat-number TEXT", "their VAT number", wide: true).unshared(),
                Field("account", Line.self, "--account TEXT", "the shop's number with them", wide: true).unshared(),
                Field("lead_days", Int.self, "--lead-days NUMBER", "days from an order to its delivery", wide: true),
                Field("due_days", Int.self, "--due-days NUMBER", "days until their invoices are due", wide: true),
                Field("terms", String.self, "--terms TEXT", "printed on orders", wide: true),
                Field("active", Bool.self, "--active yes|no", "whether the shop still buys there", wide: true, filters: true).unshared(),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
            ])
        noun.shown = [
            Field("open_purchases", Line.self, sql: purchases("status IN ('draft', 'placed')")),
            Field("late_purchases", Line.self).on { day in purchases(isLate(day)) },
        ]
        noun.searched = ["name", "supplies", "contact", "email", "phone", "address", "vat_number", "account"]
        noun.children = [supplierArticle, .files(of: "supplier")]
        noun.insteadOfRemoval = "edit CODE --active no"
        noun.likeness = .byAddress(of: "supplier")
        noun.recognisesRepeats = true
        noun.check = { _, record in
            guard case .text(let address)? = record["address"], address.holds(UInt8(ascii: "|")) else { return }
            record["address"] = PaperTexts.withLineFeeds(address).cell
        }
        noun.advise = { shop, change, ids in try shop.likenessWarnings(change, ids) }
        noun.live = Live(leavingOut: "where the shop does not buy any more", unless: "active") { _ in "supplier.active" }
        noun.examples = [
            "add": ["laseros supplier add 'Cape Steel' --supplies 'sheet metal' --email orders@capesteel.example --lead-days 3"],
            "article add": [
                "laseros supplier article add last --item SM-MS-3 --article CS-4711 --price 1820 --pack 5",
                "laseros supplier article add last --operation powder-coat --price 145",
            ],
            "article edit": ["laseros supplier article edit SU-0001 1 --price 1845"],
            "article list": ["laseros supplier article list SU-0001"],
            "article remove": ["laseros supplier article remove SU-0001 1"],
        ]
        return noun
    }()

    /// The codes of a supplier's purchases.
    private static func purchases(_ condition: SQL) -> SQL {
        """
        (SELECT group_concat(code, ', ') FROM (
            SELECT code FROM purchase WHERE purchase.supplier_id = supplier.id AND \(condition) ORDER BY id))
        """
    }
}
