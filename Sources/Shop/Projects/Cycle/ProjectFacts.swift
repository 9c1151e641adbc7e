import Store
import Values

/// What the transitions of a project depend on.
struct ProjectFacts {
    /// Whether the project or each of its parts has it, assemblies aside.
    var hasMaterial: Bool
    var hasThickness: Bool
    /// Whether a drawing is attached or a quote was made from one.
    var hasDrawing: Bool
    /// The day of the proof of payment.
    var paidOn: Day?
    var deadline: Day?
    /// Whether work may begin: it is paid, or need not be.
    var isPaid: Bool
    /// Whether a payment for one of its invoices is recorded.
    var hasPayment: Bool
    /// Whether it makes a faulty project again, for which nobody pays.
    var isRemake: Bool
    var isOnAccount: Bool
    /// The reason of the hold; nil if there is none.
    var hold: String?
    /// The number of the first part whose material the customer has still to bring.
    var awaitedPart: Int?
    var addedAt: Moment
    /// The last day of its offer.
    var offerEnd: Day?
    /// The day since which nothing is left to deliver.
    var deliveredOn: Day?
    /// The codes of its deliveries, newest first.
    var deliveries: [String]

    var lacksOfMaterial: [LifeCycle.Lack] {
        (hasMaterial ? [] : [LifeCycle.Lack("no material", "--material CODE")])
            + (hasThickness ? [] : [LifeCycle.Lack("no thickness", "--thickness MM")])
    }
    /// Whether it needs no proof of payment, whatever the client's terms.
    var isCovered: Bool { hasPayment || isRemake }
    var lacksOfPayment: [LifeCycle.Lack] {
        isPaid ? [] : [LifeCycle.Lack("no proof of payment", "pop CODE")]
    }
    /// For what makes no sense with goods that the client has.
    var lacksOfGoods: [LifeCycle.Lack] {
        func removing(_ codes: some Sequence<String>) -> String { (["laseros delivery remove"] + codes).joined(separator: " ") }
        if let deliveredOn {
            return [LifeCycle.Lack("delivered on \(deliveredOn)", deliveries.isEmpty ? "" : removing(deliveries.prefix(1)))]
        }
        return deliveries.isEmpty ? [] : [LifeCycle.Lack("delivered in part", removing(deliveries))]
    }
    var lacksOfHold: [LifeCycle.Lack] { hold.map { [LifeCycle.Lack("on hold (\($0))", "resume CODE")] } ?? [] }
}

extension Shop {
    func facts(ofProject thing: RecordID) throws -> ProjectFacts {
        let facts = try data.one(
            """
            SELECT \(Shop.has("material_id")), \(Shop.has("thickness_um")), \(Shop.hasDrawing),
                pop_received_on, pop_deadline, \(Shop.hasPayment), origin_kind IS 'remake', client.terms IS 'account',
                iif(held_on IS NULL, NULL, coalesce(hold_reason, 'for no reason given')), project.created_at, delivered_on,
                quote_expires_on,
                (SELECT group_concat(code, ' ') FROM (SELECT code FROM delivery WHERE project_id = project.id ORDER BY id DESC)),
                \(Shop.isPaid), \(Shop.awaitedPart)
            FROM project JOIN client ON client.id = client_id WHERE project.id = \(thing.id)
            """
        ) { row in
            ProjectFacts(
                hasMaterial: row.int(0) != 0, hasThickness: row.int(1) != 0, hasDrawing: row.int(2) != 0,
                paidOn: try row.get(3), deadline: try row.get(4), isPaid: row.int(13) != 0, hasPayment: row.int(5) != 0,
                isRemake: row.int(6) != 0,
                isOnAccount: row.int(7) != 0, hold: try row.get(8), awaitedPart: try row.get(14), addedAt: try row.get(9),
                offerEnd: try row.get(11),
                deliveredOn: try row.get(10), deliveries: (try row.get(12) as String? ?? "").split(separator: " ").map(String.init))
        }
        guard let facts else { throw Failure(.notFound, .project, "there is no project \(thing.code)") }
        return facts
    }

    /// The number of the first part whose material the customer has still to bring.
    static let awaitedPart: SQL = """
        (SELECT number FROM part WHERE part.project_id = project.id AND customer_material = 1 AND material_received_on IS NULL
            ORDER BY position LIMIT 1)
        """

    /// The condition that the project has a value in a column of its table, or each of its parts, assemblies aside.
    static func has(_ column: SQL) -> SQL {
        """
        (project.\(column) IS NOT NULL OR (SELECT min(\(column) IS NOT NULL) FROM part WHERE part.project_id = project.id
            AND NOT EXISTS (SELECT 1 FROM part_component WHERE assembly_id = part.id)) IS 1)
        """
    }

    static let hasDrawing: SQL = """
        (EXISTS (SELECT 1 FROM file WHERE project_id = project.id AND kind = 'drawing')
            OR EXISTS (SELECT 1 FROM quote WHERE project_id = project.id))
        """

    /// The condition that work on a project may begin, in a statement with its client.
    static let isPaid: SQL = """
        (client.terms IS 'account' OR project.origin_kind IS 'remake' OR project.pop_received_on IS NOT NULL OR \(hasPayment))
        """

    /// The condition that a payment for an invoice of the project is recorded.
    static let hasPayment: SQL = """
        EXISTS (SELECT 1 FROM invoice JOIN allocation ON allocation.invoice_id = invoice.id WHERE invoice.project_id = project.id)
        """
}
