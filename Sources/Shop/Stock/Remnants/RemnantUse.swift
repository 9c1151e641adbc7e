import Store
import Values

extension Shop {
    /// Finds a remnant by its code.
    /// - Throws: `notFound`, or `refused` for a lot of sheets.
    package func remnant(_ typed: String) throws -> StockThing {
        let found = try find(.lot, typed)
        let kind = try data.one("SELECT kind FROM lot WHERE id = \(found.id)") { try $0.get(0) as LotKind }
        guard kind == .remnant else {
            throw Failure(.refused, .remnant, "\(found.code) is a lot of sheets", hint: "laseros inv use \(found.code) QTY")
        }
        return try stock(.lot, found)
    }

    /// Takes a remnant out for a project.
    package func useRemnant(_ thing: StockThing, for project: RecordID?, on day: Day?) throws -> Stocked {
        try demandThere(thing)
        let done = try use(thing, StockRequest(Shop.one, on: day, project: project))
        return told(done, thing, "used" + (project.map { " for \($0.code)" } ?? ""))
    }

    /// - Throws: `refused` if it is a remnant that is reserved for another project.
    func demandNotReserved(_ thing: StockThing, for project: RecordID?) throws {
        guard thing.item == nil else { return }
        let other = try data.one(
            """
            SELECT project.code FROM reservation JOIN project ON project.id = project_id
            WHERE lot_id = \(thing.lot?.id) AND project_id IS NOT \(project?.id)
            """
        ) { $0.text(0) }
        if let other {
            throw Failure(
                .refused, .remnant, "remnant \(thing.code) is reserved for project \(other)", hint: "laseros inv release \(other) frees it")
        }
    }

    package func scrapRemnant(_ thing: StockThing, because reason: String, on day: Day?) throws -> Stocked {
        try demandThere(thing)
        return told(try waste(thing, StockRequest(Shop.one, on: day, reason: reason)), thing, "scrapped")
    }

    /// A remnant as a quantity.
    static let one = Quantity(thousandths: 1000)

    private func demandThere(_ thing: StockThing) throws {
        guard thing.onHand < Shop.one.thousandths else { return }
        throw Failure(
            .refused, .remnant, "remnant \(thing.code) is not there any more", hint: "laseros inv movements \(thing.code) says why")
    }

    private func told(_ done: Stocked, _ thing: StockThing, _ word: String) -> Stocked {
        // The lot of the movement is the remnant itself.
        Stocked(ids: done.ids, sentence: "remnant \(thing.code) \(word)", notes: done.notes.filter { $0.kind != .place })
    }
}
