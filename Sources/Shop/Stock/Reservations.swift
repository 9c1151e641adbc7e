import Store
import Values

extension Settings {
    package static let sheetFill = Setting(
        "sheet_fill", Percent(hundredths: 7000), "how much of a sheet parts fill, to estimate the sheets of a job, in percent",
        "a percentage", 100...10_000)
}

extension Child {
    /// What is reserved for a project, of an item, or as a lot.
    static func reservations(of noun: String) -> Child {
        var item = Field("item", to: "inv", sql: "(SELECT code FROM inv WHERE inv.id = reservation.inv_id)")
        item.column = "inv_id"
        let lot = Field("lot", to: "lot", sql: "(SELECT code FROM lot WHERE lot.id = reservation.lot_id)")
        let project = Field("project", to: "project", sql: "(SELECT code FROM project WHERE project.id = reservation.project_id)")
        let shown = ["project": [item, lot], "inv": [project, lot], "lot": [project, item]][noun] ?? []
        return Child(
            "reservation", "What is reserved", in: "reservation", of: "\(noun)_id",
            shown + [Field("quantity", Quantity.self, column: "quantity_millis")], ordered: .by(shown[0].name))
    }
}

/// Puts stock aside for projects. It is no movement.
extension Shop {
    package static let reservationHeadings = Child.reservations(of: "project").headings

    package func reservations(of project: RecordID) -> Listing { list(Noun.project.path("reservation"), of: project.id) }

    package func countReservations(_ project: RecordID) throws -> Int {
        try data.one("SELECT count(*) FROM reservation WHERE project_id = \(project.id)") { $0.int(0) } ?? 0
    }

    /// Reserves what is named for a project, in place of what was reserved of the same.
    /// - Returns: notes for the user.
    package func reserve(_ project: RecordID, _ requests: [ItemCount]) throws -> [String] {
        try requests.flatMap { request in
            let thing = try stock(request.code)
            guard let quantity = try request.quantity ?? (thing.lot == nil ? nil : free(thing, for: project)) else {
                throw Failure(
                    .usage, .reservation, "an item is reserved with a quantity: \(thing.code)",
                    hint: "laseros inv reserve \(project.code) \(thing.code):QTY")
            }
            return try reserve(thing, quantity, for: project)
        }
    }

    /// Reserves what a project needs, as far as there are items of its materials.
    /// - Parameter quietly: whether it says nothing of materials that no item is of, and of unknown numbers of sheets.
    /// - Returns: notes for the user: what is reserved, and what is not.
    package func reserve(_ project: RecordID, quietly: Bool = false) throws -> [String] {
        let found = try sheetItems(sheetNeeds(of: project))
        var notes = quietly ? [] : found.missing.map { "no item of \($0.words): nothing is reserved of it" }
        for item in found.items {
            guard let sheets = item.sheets else {
                notes.append(Shop.unknownSheets(item.thing, project))
                continue
            }
            notes += try reserve(item.thing, Quantity(thousandths: sheets * 1000), for: project)
        }
        return notes.isEmpty && !quietly ? ["project \(project.code) names no material: nothing is reserved"] : notes
    }

    func reserve(_ thing: StockThing, _ quantity: Quantity, for project: RecordID) throws -> [String] {
        try demandOwner(of: thing, for: project)
        if thing.client == nil { try demandUnfinished(project) }
        let free = try free(thing, for: project), lacking = quantity.thousandths - free.thousandths
        if thing.lot != nil, lacking > 0 || quantity.thousandths == 0 {
            throw Failure(
                .refused, .reservation,
                free.thousandths > 0
                    ? "only \(free) of lot \(thing.code) is free, not \(quantity)" : "nothing of lot \(thing.code) is free",
                hint: "laseros lot show \(thing.code) names who has the rest")
        }
        let own: SQL = thing.lot.map { "lot_id = \($0.id)" } ?? "inv_id = \(thing.item?.id) AND lot_id IS NULL"
        let known = try data.one("SELECT id FROM reservation WHERE project_id = \(project.id) AND \(own) ORDER BY id") { $0.int(0) }
        if let known {
            try data.run("UPDATE reservation SET quantity_millis = \(quantity) WHERE id = \(known) AND quantity_millis <> \(quantity)")
        } else {
            try data.run(
                """
                INSERT INTO reservation (project_id, inv_id, lot_id, quantity_millis)
                VALUES (\(project.id), \(thing.item?.id), \(thing.lot?.id), \(quantity))
                """)
        }
        try demandSoundSums(of: thing.item.map { [$0.id] } ?? [])
        let short = lacking > 0 ? ", \(Quantity(thousandths: lacking)) more than is free" : ""
        return ["\(short.isEmpty ? "" : "warning: ")\(quantity) of \(thing.code) reserved\(short)"]
    }

    /// What is there of it that is not reserved for other projects.
    func free(_ thing: StockThing, for project: RecordID) throws -> Quantity {
        let own: SQL = thing.lot.map { "lot_id = \($0.id)" } ?? "inv_id = \(thing.item?.id)"
        let others = try data.one(
            "SELECT coalesce(sum(quantity_millis), 0) FROM reservation WHERE \(own) AND project_id <> \(project.id)"
        ) { $0.int(0) }
        return Quantity(thousandths: thing.onHand - (others ?? 0))
    }

    private func demandUnfinished(_ project: RecordID) throws {
        let state = try state(of: .project, project.id)
        guard [ProjectStatus.completed.rawValue, ProjectStatus.cancelled.rawValue].contains(state) else { return }
        throw Failure(.refused, .reservation, "project \(project.code) is \(state): nothing is reserved for it")
    }

    /// Releases what is reserved for a project.
    /// - Returns: notes for the user: what is free again.
    package func release(_ project: RecordID) throws -> [String] {
        let rows = try data.all(
            """
            SELECT quantity_millis, coalesce(lot.code, inv.code) FROM reservation LEFT JOIN inv ON inv.id = reservation.inv_id
            LEFT JOIN lot ON lot.id = reservation.lot_id WHERE project_id = \(project.id) ORDER BY reservation.id
            """
        ) { "\(try $0.get(0) as Quantity) of \($0.text(1))" }
        guard !rows.isEmpty else { return [] }
        try data.run("DELETE FROM reservation WHERE project_id = \(project.id)")
        return ["free again of \(project.code): " + rows.joined(separator: ", ")]
    }

    /// Takes what a project has used from what is reserved for it: first of the lot itself.
    func useReservation(_ thing: StockThing, _ used: Quantity, of project: RecordID) throws {
        let item: SQL = "inv_id = \(thing.item?.id)", own = thing.lot.map { "(lot_id = \($0.id) OR lot_id IS NULL AND \(item))" } ?? item
        let rows = try data.all(
            "SELECT id, quantity_millis FROM reservation WHERE project_id = \(project.id) AND \(own) ORDER BY lot_id IS NULL, id"
        ) { (id: $0.int(0), millis: $0.int(1)) }
        var left = used.thousandths
        for row in rows where left > 0 {
            if row.millis <= left {
                try data.run("DELETE FROM reservation WHERE id = \(row.id)")
            } else {
                try data.run("UPDATE reservation SET quantity_millis = quantity_millis - \(left) WHERE id = \(row.id)")
            }
            left -= min(left, row.millis)
        }
    }
}
