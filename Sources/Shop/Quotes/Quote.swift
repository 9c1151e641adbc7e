import Store
import Values

package enum QuoteStatus: String, Choice, Stored, Presentable { case draft, sent, accepted, rejected, expired }

extension Noun {
    /// A quote for a client, with the calculation of every line's price.
    package static let quote: Noun = {
        var noun = Noun(
            "quote", "Offers, priced from the drawings and explained to the cent", coding: .typed,
            from: """
                quote JOIN client ON client.id = quote.client_id LEFT JOIN project ON project.id = quote.project_id
                CROSS JOIN quote_version ON quote_version.quote_id = quote.id AND quote_version.version = quote.version
                """,
            [
                Field("client", to: "client", "", "who it is for"), .name(of: "client"),
                Field("project", to: "project", "", "what it is for", wide: true), .name(of: "project", wide: true),
                Field("status", QuoteStatus.self, sql: "quote.status", filters: true).toned { word in
                    ["accepted": .good, "rejected": .bad, "expired": .quiet, "sent": .warning][word] ?? .plain
                },
                Field("day", Day.self, sql: "quote.day", sorts: true),
                Field("valid_until", Day.self, "--valid-until DAY", "valid until this day", sql: "quote.valid_until").ahead(),
                Field("sent_on", Day.self, wide: true),
                Field("answered_on", Day.self, wide: true),
                Field("reminded_on", Day.self, wide: true),
                Field("reference", Line.self, "--reference TEXT", "the client's own reference", sql: "quote.reference", wide: true),
                Field("terms", String.self, "--terms TEXT", "below the lines", sql: "quote.terms", wide: true),
                Field("notes", String.self, "--notes TEXT", "internal notes, not printed", sql: "quote.notes", wide: true),
                Field("subtotal", Money.self, column: "subtotal_cents", sql: "quote_version.subtotal_cents", wide: true),
                Field("vat", Money.self, column: "vat_cents", sql: "quote_version.vat_cents", wide: true),
                Field("total", Money.self, column: "total_cents", sql: "quote.total_cents", sorts: true, sums: true),
                contact(.orders, of: "quote"),
            ])
        noun.shown = [Field("attention", Line.self, sql: attention(.orders, of: "quote"))]
        noun.title = "reference"
        noun.belongsTo = ["client", "project"]
        noun.filters = [
            Filter("--period PERIOD", Period.self, "only quotes of this period") { period, _ in Noun.within("quote.day", period) }
        ]
        noun.live = Live(leavingOut: "what is rejected or expired", unless: "status") { _ in "quote.status NOT IN ('rejected', 'expired')" }
        noun.named = [
            Named("open", "what the client has not answered") { _ in "quote.status IN ('draft', 'sent')" },
            Named("overdue", "sent, not answered, and not valid any more") {
                "quote.status = 'sent' AND quote.valid_until < \(try $0.today()) AND project.held_on IS NULL"
            },
            Named("expiring", "sent, not answered, and valid for 10 days at most") { shop in
                "quote.status = 'sent' AND quote.valid_until <= \(try shop.today() + Noun.expiringDays)"
            },
            Named("billable", "accepted, and not invoiced yet") { _ in
                "quote.status = 'accepted' AND NOT EXISTS (SELECT 1 FROM invoice WHERE invoice.quote_id = quote.id)"
            },
        ]
        noun.check = { shop, record in try shop.checkEdit(ofQuote: &record) }
        noun.beforeRemoval = { shop, id in try shop.demandOpen(.quote, id) }
        noun.lifeCycle = quoteCycle
        noun.books = .quote
        noun.children = [quoteVersion, .files(of: "quote"), Noun.moves(of: "quote", QuoteStatus.self)]
        return noun
    }()
}

private let quoteVersion = Child(
    "version", "The versions of a quote", in: "quote_version", of: "quote_id",
    [
        Field("version", Int.self), Field("made_at", Moment.self), Field("subtotal", Money.self, column: "subtotal_cents"),
        Field("vat_rate", Percent.self, column: "vat_rate_bp"), Field("vat", Money.self, column: "vat_cents"),
        Field("total", Money.self, column: "total_cents"),
    ], ordered: .by("version"), standing: "quote_version.version = quote.version", children: [quoteLine])

private let quoteLine = Child(
    "line", "The lines of a quote, as they were priced", in: "quote_line", of: "version_id",
    joining: "LEFT JOIN material ON material.id = quote_line.material_id",
    [
        Field("title", String.self),
        Field("file", String.self, column: "file_name", wide: true).told(as: "file_name"),
        Field("material", to: "material"),
        Field("thickness_mm", Length.self, column: "thickness_um").told(as: "thickness"),
        Field("finish", String.self),
        Field("quantity", Quantity.self, column: "quantity_millis"),
        Field("unit_price", Rate.self, column: "unit_price_micros", wide: true),
        Field("unit_price_per", Int.self, wide: true),
        Field("total", Money.self, column: "total_cents", sums: true),
        Field("sources", String.self, wide: true),
        Field("part", Int.self, column: "part_id", sql: "(SELECT number FROM part WHERE part.id = quote_line.part_id)", wide: true),
        Field("remnant", Line.self, column: "lot_id", sql: "(SELECT code FROM lot WHERE lot.id = quote_line.lot_id)")
            .naming(rowOf: "lot").optional(),
    ],
    unlisted: [
        Field("drawing", String.self), Field("width", Length.self, column: "width_um"), Field("height", Length.self, column: "height_um"),
        Field("material_name", String.self, sql: "material.name"), Field("part_id", Int.self),
    ], verbs: [.list], searched: ["title", "file_name", "finish"], children: [quoteTerm])

private let quoteTerm = Child(
    "term", "What the price of a line is made of", in: "quote_term", of: "line_id",
    [Field("name", String.self), Field("basis", String.self), Field("amount", Money.self, column: "amount_cents", sums: true)],
    isShown: false)

private let quoteCycle: LifeCycle = {
    var send = LifeCycle.Move("send", "sent", "Mark quotes as sent", from: [QuoteStatus.draft], to: .sent, stamps: "sent_on")
    send.effect = { shop, step in
        let client = try shop.data.one("SELECT client_id FROM quote WHERE id = \(step.thing.id)") { $0.int(0) } ?? 0
        return LifeCycle.Effect(values: [
            (PaperTexts.column, try PaperTexts(shop, client: client, of: .orders, "quote", step.thing.id).kept)
        ])
    }
    send.demand = { shop, step in try shop.demandNotCancelled(projectOf: step.thing, "sent") }
    send.after = { shop, step in try shop.projectAfterSending(step.thing) }
    var accept = LifeCycle.Move(
        "accept", "accepted", "Mark quotes as accepted by the client", from: [QuoteStatus.sent], to: .accepted, stamps: "answered_on")
    accept.demand = { shop, step in
        let quote = step.thing
        try shop.demandNotCancelled(projectOf: quote, "accepted")
        guard step.state == QuoteStatus.sent.rawValue,
            let end: Day = try shop.data.one("SELECT valid_until FROM quote WHERE id = \(quote.id)", { try $0.get(0) }),
            try end < shop.today()
        else { return }
        let held = try shop.data.one(
            "SELECT project.code FROM quote JOIN project ON project.id = project_id WHERE quote.id = \(quote.id) AND held_on IS NOT NULL"
        ) { "laseros project resume \($0.text(0))" }
        throw Failure(
            .refused, .quote, "quote \(quote.code) was valid until \(end)",
            hint: held ?? shop.way(.quote, quote.code, from: QuoteStatus.expired.rawValue, to: [step.state]))
    }
    accept.after = { shop, step in
        try shop.order(quote: step.thing) + shop.reserveRemnants(ofQuote: step.thing) + shop.projectAfterAccepting(step.thing)
    }
    var reject = LifeCycle.Move(
        "reject", "rejected", "Mark quotes as rejected by the client", from: [QuoteStatus.sent], to: .rejected, stamps: "answered_on")
    reject.demand = { shop, step in
        let quote = step.thing
        guard let invoice = try shop.data.one("SELECT coalesce(number, draft) FROM invoice WHERE quote_id = \(quote.id)", { $0.text(0) })
        else { return }
        throw Failure(.refused, .quote, "quote \(quote.code) is invoiced: \(invoice)", hint: "laseros invoice show \(invoice)")
    }
    reject.after = { shop, step in try shop.projectAfterRejecting(step.thing) }
    var expire = LifeCycle.Move(
        "expire", "expired", "", from: [QuoteStatus.sent], to: .expired, stamps: "answered_on")
    expire.command = "project expire"
    expire.isDue = { shop in
        """
        valid_until < \(try shop.today()) AND NOT EXISTS (
            SELECT 1 FROM project WHERE project.id = quote.project_id AND project.held_on IS NOT NULL)
        """
    }
    let renew = LifeCycle.Move(
        "renew", "renewed", "", from: [QuoteStatus.expired], to: .sent, typed: "edit CODE --valid-until +30d")
    return LifeCycle("status", "status", open: [QuoteStatus.draft, .sent], [send, accept, reject, expire, renew])
}()

/// A priced line of a quote.
package struct QuoteLine: Sendable {
    package var id: Int
    package var position: Int
    package var title: String
    package var file: String?
    package var material: String?
    package var materialName: String?
    package var thickness: Length?
    package var finish: String?
    package var quantity: Quantity
    package var unitPrice: UnitPrice
    package var total: Money
    /// The hash under which the drawing's bytes are stored.
    package var sha256: String?
    /// The bounding box at the time of pricing, even if the drawing is measured again later.
    package var width: Length?
    package var height: Length?

    init(_ row: ChildRow) throws {
        (id, position, title, file) = (row.id, try row["line"], try row["title"], try row["file"])
        (material, materialName, thickness) = (try row["material"], try row["material_name"], try row["thickness_mm"])
        (finish, quantity, total) = (try row["finish"], try row["quantity"], try row["total"])
        unitPrice = UnitPrice(try row["unit_price"], per: try row["unit_price_per"])
        (sha256, width, height) = (try row["drawing"], try row["width"], try row["height"])
    }
}

extension Shop {
    /// The lines of a quote's current version.
    package func quoteLines(_ quote: Int) throws -> [QuoteLine] {
        try rows(Noun.quote.path("line"), of: quote, QuoteLine.init)
    }

    private static let termColumns = [
        Field("line", Int.self, sql: "quote_line.position"), Field("title", String.self, sql: "quote_line.title"),
        Field("term", String.self, sql: "quote_term.name"), Field("basis", String.self, sql: "quote_term.basis"),
        Field("amount", Money.self, sql: "quote_term.amount_cents", sums: true),
    ]
    package static let termHeadings = termColumns.map(\.heading)

    /// All terms of all lines, which add up to the quote's subtotal.
    package func explain(quote: Int) -> Listing { list(Noun.quote.path("term"), of: quote, Shop.termColumns) }

    /// An expired quote can get a new last day, which makes it a sent quote again.
    fileprivate func checkEdit(ofQuote record: inout Record) throws {
        guard let id = record.id else { return }
        let state = try state(of: .quote, id), end: Day? = record.value("valid_until")
        if state == QuoteStatus.expired.rawValue, let end, try end >= today() {
            (record["status"], record["answered_on"], record["reminded_on"]) = (QuoteStatus.sent.cell, .null, .null)
            try keepMoves(.quote, "SELECT \(id), 'renew', \(state), \(QuoteStatus.sent), NULL, 0")
            return try projectFollows(id, until: end)
        }
        try demandOpen(.quote, id)
        if record["contact"] != nil {
            let known = try data.one("SELECT code, client_id FROM quote WHERE id = \(id)") { (code: $0.text(0), client: $0.int(1)) }
            if let known, state != QuoteStatus.draft.rawValue {
                throw Failure(.refused, .quote, "quote \(known.code) is sent: it keeps the person whom it is addressed to")
            }
            if let known { try demandContact(record["contact"], of: known.client) }
        }
        if state == QuoteStatus.sent.rawValue, let end {
            // With more time, the client is to be reminded again.
            let old = try data.one("SELECT valid_until FROM quote WHERE id = \(id)") { try $0.get(0) as Day }
            if let old, end > old { record["reminded_on"] = .null }
            try projectFollows(id, until: end)
        }
    }
}
