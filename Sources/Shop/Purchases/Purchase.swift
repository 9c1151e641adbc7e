import Store
import Values

package enum PurchaseStatus: String, Choice, Stored, Presentable { case draft, placed, received, cancelled }

extension Noun {
    /// What the shop orders from a supplier: items, and work that others do.
    package static let purchase: Noun = {
        var noun = Noun(
            "purchase", "Orders to suppliers: what is bought, and what others do for the shop",
            coding: .made("PO-") { shop, _ in
                try shop.nextCode("PO-\(try shop.today().civil.year)-", digits: 4, in: "purchase")
            },
            from: "purchase JOIN supplier ON supplier.id = purchase.supplier_id",
            [
                Field("supplier", to: "supplier", "", "who gets it", required: true).imported(), .name(of: "supplier"),
                Field("status", PurchaseStatus.self, sql: "purchase.status", filters: true).toned { word in
                    ["placed": .warning, "received": .good, "cancelled": .quiet][word] ?? .plain
                },
                Field("day", Day.self, sql: "purchase.day", wide: true, sorts: true).imported(),
                Field(
                    "expected_on", Day.self, "--expected DAY", "when it comes; else the supplier's lead_days after it is placed",
                    sql: "purchase.expected_on", sorts: true
                ).ahead(),
                Field("placed_on", Day.self, wide: true),
                Field("received_on", Day.self, wide: true),
                Field("reference", Line.self, "--reference TEXT", "the supplier's number for it", sql: "purchase.reference", wide: true),
                Field(
                    "terms", String.self, "--terms TEXT", "below the lines, in place of the supplier's terms", sql: "purchase.terms",
                    wide: true),
                Field("notes", String.self, "--notes TEXT", "internal notes, not printed", sql: "purchase.notes", wide: true),
                Field("subtotal", Money.self, column: "subtotal_cents", wide: true),
                Field("vat", Money.self, column: "vat_cents", wide: true),
                Field("total", Money.self, column: "total_cents", sorts: true, sums: true),
            ])
        noun.unlisted = [Field("vat_rate", Percent.self, column: "vat_rate_bp")]
        noun.title = "reference"
        noun.searched = ["code", "reference", "notes"]
        noun.belongsTo = ["supplier"]
        noun.filters = [
            .reference("inv", "--item CODE", "only purchases of this item") { item in
                "purchase.id IN (SELECT purchase_id FROM purchase_line WHERE inv_id = \(item))"
            },
            .reference("project", "-p, --project CODE", "only purchases for this project") { project in
                "purchase.id IN (SELECT purchase_id FROM purchase_line WHERE project_id = \(project))"
            },
            Filter("--period PERIOD", Period.self, "only purchases of this period") { period, _ in Noun.within("purchase.day", period) },
        ]
        noun.live = Live(leavingOut: "what is received or cancelled", unless: "status") { _ in
            "purchase.status NOT IN ('received', 'cancelled')"
        }
        noun.named = [
            Named("open", "placed, and not all received") { _ in "purchase.status = 'placed'" },
            Named("late", "expected before today, and not all received") { shop in isLate(try shop.today()) },
        ]
        noun.check = { shop, record in try shop.checkPurchase(&record) }
        noun.beforeRemoval = { shop, id in
            try shop.demandOpen(.purchase, id)
            try shop.demandNothingOutside(onPurchase: id)
        }
        noun.lifeCycle = purchaseCycle
        noun.books = .purchase
        noun.children = [purchaseLine, .files(of: "purchase"), purchaseMoves]
        noun.examples = [
            "list": ["laseros purchase list @late", "laseros purchase list --all --supplier SU-0001 --period 2026 --csv"],
            "edit": ["laseros purchase edit last --expected +1w --reference 'SO 88123'"],
            "cancel": ["laseros purchase cancel last 'sold out'"],
            "line add": [
                "laseros purchase line add last --item SM-MS-3 --quantity 20",
                "laseros purchase line add last --operation powder-coat --quantity 4 --project hinges",
            ],
            "line list": ["laseros purchase line list last --csv --fields article_code,title,quantity,unit,price"],
            "line edit": ["laseros purchase line edit last 1 --price 1845 --expected +3d"],
        ]
        return noun
    }()

    /// The condition for purchases of which something did not come by the day before.
    static func isLate(_ day: Day) -> SQL {
        """
        purchase.status = 'placed' AND EXISTS (SELECT 1 FROM purchase_line WHERE purchase_line.purchase_id = purchase.id
            AND open_millis > 0 AND coalesce(purchase_line.expected_on, purchase.expected_on) < \(day))
        """
    }
}

/// An export has no transitions and receipts: what it brings into another shop is a draft.
private let purchaseMoves: Child = {
    var moves = Noun.moves(of: "purchase", PurchaseStatus.self)
    moves.isPortable = false
    return moves
}()

private let purchaseCycle: LifeCycle = {
    var place = LifeCycle.Move(
        "place", "placed", "Mark purchases as placed", from: [PurchaseStatus.draft], to: .placed, stamps: "placed_on")
    place.about = """
        From now on it is on order: `inv low` counts what is to come. Its lines cannot be changed any more, and its PDF keeps the addresses of \
        today. It sends nothing. The expected day is the supplier's lead_days from today, unless the purchase says another.
        """
    place.demand = { shop, step in try shop.demandLines(step.thing) }
    place.effect = { shop, step in try shop.placed(step.thing.id) }
    place.after = { shop, step in
        try shop.data.run("UPDATE purchase_line SET open_millis = quantity_millis WHERE purchase_id = \(step.thing.id)")
        try shop.demandSoundSums(of: Set(try shop.purchaseLines(step.thing.id).compactMap(\.itemID)))
        return []
    }
    let receive = LifeCycle.Move(
        "receive", "received", "Record what came of a purchase", from: [PurchaseStatus.placed], to: .received, typed: "receive CODE --all")
    var cancel = LifeCycle.Move(
        "cancel", "cancelled", "Cancel a purchase, or what is still to come of it", from: [PurchaseStatus.draft, .placed], to: .cancelled)
    cancel.reason = "why it is cancelled"
    cancel.about = "A purchase of which something came is received, and nothing more is on order."
    return LifeCycle("status", "status", open: [PurchaseStatus.draft], [place, receive, cancel])
}()

extension Shop {
    /// Once a purchase is placed, only what does not concern the supplier's paper can be changed.
    fileprivate func checkPurchase(_ record: inout Record) throws {
        guard let id = record.id else { return record.fill("day", try today()) }
        guard try state(of: .purchase, id) != PurchaseStatus.draft.rawValue else { return }
        let fields = ["supplier", "day", "terms"]
        let stored =
            try data.one("SELECT supplier_id, day, terms FROM purchase WHERE id = \(id)") { row in fields.indices.map(row.cell) } ?? []
        for (field, cell) in zip(fields, stored) where record[field] != nil && record[field] != cell { try demandOpen(.purchase, id) }
    }

    fileprivate func demandLines(_ purchase: RecordID) throws {
        guard try data.one("SELECT 1 FROM purchase_line WHERE purchase_id = \(purchase.id)", { _ in true }) == nil else { return }
        throw Failure(
            .refused, .purchase, "purchase \(purchase.code) has no lines",
            hint: "laseros purchase line add \(purchase.code) --item CODE --quantity NUMBER")
    }

    /// What placing writes: the expected day, and the texts of the paper.
    fileprivate func placed(_ id: Int) throws -> LifeCycle.Effect {
        let known = try data.one(
            """
            SELECT supplier_id, expected_on, lead_days FROM purchase JOIN supplier ON supplier.id = supplier_id WHERE purchase.id = \(id)
            """
        ) { row in (supplier: row.int(0), expected: try row.get(1) as Day?, lead: try row.get(2) as Int?) }
        guard let known else { throw Failure(.notFound, .purchase, "there is no such purchase") }
        let today = try today(), expected = known.expected ?? known.lead.map { today + $0 }
        var effect = LifeCycle.Effect(values: [
            ("expected_on", "\(expected)"), (PaperTexts.column, try PaperTexts(self, supplier: known.supplier).kept),
        ])
        effect.notes = [try unpriced(id), try onOrder(id), try pastDay("warning: expected_on", expected)].compactMap { $0 }
        return effect
    }

    /// A warning about lines without a price.
    func unpriced(_ purchase: Int) throws -> String? {
        let lines = try data.all(
            "SELECT position FROM purchase_line WHERE purchase_id = \(purchase) AND price_micros IS NULL ORDER BY position"
        ) { "\($0.int(0))" }
        guard !lines.isEmpty else { return nil }
        let code = try code(of: .purchase, purchase) ?? ""
        return
            "warning: purchase \(code): \(worded(lines.count, "line")) \(Shop.listed(lines)) \(worded(lines.count, "has", "have")) no price"
    }

    /// A warning about items that other purchases have on order.
    private func onOrder(_ purchase: Int) throws -> String? {
        let found = try data.all(
            """
            SELECT inv.code, on_order_millis FROM inv JOIN aux_inv ON aux_inv.inv_id = inv.id WHERE on_order_millis > 0
                AND inv.id IN (SELECT inv_id FROM purchase_line WHERE purchase_id = \(purchase)) ORDER BY inv.id
            """
        ) { "\(try $0.get(1) as Quantity) of \($0.text(0))" }
        return found.isEmpty ? nil : "warning: on order already: \(Shop.listed(found))"
    }

    /// `A, B`, and how many more there are.
    static func listed(_ words: [String]) -> String {
        words.prefix(10).joined(separator: ", ") + (words.count > 10 ? " and \(words.count - 10) more" : "")
    }

    /// Cancels a draft, or what is still to come of a purchase.
    /// - Returns: whether something of it came, so that it is received.
    package func cancel(purchase: RecordID, _ reason: String) throws -> (isReceived: Bool, notes: [String]) {
        guard var move = purchaseCycle.move("cancel") else { throw Failure(.defect, .purchase, "purchases have no move cancel") }
        let last: Day? =
            try data.one(
                """
                SELECT max(purchase_receipt.day) FROM purchase_line JOIN purchase_receipt ON line_id = purchase_line.id
                WHERE purchase_id = \(purchase.id)
                """
            ) { try $0.get(0) as Day? } ?? nil
        if let last {
            move.to = PurchaseStatus.received.rawValue
            move.effect = { _, _ in LifeCycle.Effect(values: [("received_on", "\(last)")]) }
        }
        let notes = try self.move(.purchase, purchase, move, LifeCycle.Request(reason: reason))
        try data.run("UPDATE purchase_line SET open_millis = 0 WHERE purchase_id = \(purchase.id) AND open_millis > 0")
        return (last != nil, try notes + requeueOutside(ofPurchase: purchase))
    }
}
