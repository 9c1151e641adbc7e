import Store
import Values

/// Sends parts to suppliers.
extension Shop {
    /// Sends an entry out on the line of a purchase. What of it is not there yet may follow without another command.
    /// - Returns: the number of the line, and notes for the user.
    package func dispatch(_ entry: RecordID, on purchase: RecordID) throws -> (line: Int, notes: [String]) {
        guard let work = try workedEntries([entry]).first else { throw Failure(.notFound, .queue, "there is no entry '\(entry.code)'") }
        var dispatch = try queueMove("dispatch")
        guard dispatch.possible.contains(work.status.rawValue) else {
            // The transition itself says what is possible.
            _ = try move(.queue, entry, dispatch)
            return (0, [])
        }
        try demandNotHeld(work)
        guard let operation = work.operation else {
            throw Failure(
                .refused, .queue, "entry \(entry.code) is cutting, which no purchase is of",
                hint: "laseros operation add KEY 'cut by others' --outside yes, for parts that others cut")
        }
        try demandInput(work)
        let (line, notes) = try outsideLine(for: work, RecordID(id: operation, code: code(of: .operation, operation) ?? ""), on: purchase)
        dispatch.effect = { _, _ in LifeCycle.Effect(values: [("line_id", "\(line.id)")]) }
        var told = try move(.queue, entry, dispatch) + notes
        if work.projectStatus == .queued { told += try moveProject(work.project, "start", because: "\(entry.code) was dispatched") }
        return (line.position, try told + missingNote(entry))
    }

    private typealias Line = (id: Int, position: Int)

    /// The first open line of a purchase for an operation and a project; a draft gets one.
    private func outsideLine(
        for work: WorkedEntry, _ operation: RecordID, on purchase: RecordID
    ) throws -> (line: Line, notes: [String]) {
        let status = try state(of: .purchase, purchase.id), isDraft = status == PurchaseStatus.draft.rawValue
        let supplier =
            try data.one("SELECT supplier.code FROM purchase JOIN supplier ON supplier.id = supplier_id WHERE purchase.id = \(purchase.id)")
        {
            $0.text(0)
        } ?? ""
        let order = "laseros purchase add \(supplier) --operation \(operation.code) --project \(work.project.code)"
        guard isDraft || status == PurchaseStatus.placed.rawValue else {
            throw Failure(.refused, .queue, "purchase \(purchase.code) is \(status): nothing goes out on it", hint: order)
        }
        let known = try data.all(
            """
            SELECT id, position, open_millis FROM purchase_line WHERE purchase_id = \(purchase.id) AND operation_id = \(operation.id)
                AND (project_id = \(work.project.id) OR project_id IS NULL) ORDER BY project_id IS NULL, position
            """
        ) { (line: (id: $0.int(0), position: $0.int(1)), isOpen: isDraft || $0.int(2) > 0) }
        let draft = "purchase \(purchase.code) is a draft: laseros purchase place \(purchase.code)"
        if let open = known.first(where: \.isOpen) { return (open.line, isDraft ? [draft] : []) }
        guard isDraft else {
            throw Failure(
                .refused, .queue,
                known.isEmpty
                    ? "purchase \(purchase.code) has no line of \(operation.code) for project \(work.project.code)"
                    : "nothing of line \(known[0].line.position) of purchase \(purchase.code) is still to come", hint: order)
        }
        let line = try addLine(for: work, operation, to: purchase)
        return (line, ["purchase \(purchase.code): line \(line.position) added", draft])
    }

    private func addLine(for work: WorkedEntry, _ operation: RecordID, to purchase: RecordID) throws -> Line {
        let left =
            try data.one(
                """
                SELECT \(QueueFigures.left) FROM queue JOIN operation ON operation.id = operation_id
                WHERE queue.id = \(work.thing.id) AND operation.charge = \(ChargeUnit.piece)
                """
            ) { try $0.get(0) as Int? } ?? nil
        guard let left, left > 0 else {
            throw Failure(
                .refused, .queue, "how much of \(operation.code) goes out with entry \(work.thing.code)?",
                hint:
                    "laseros purchase line add \(purchase.code) --operation \(operation.code) --quantity NUMBER --project \(work.project.code)"
            )
        }
        var record = ChildRecord(purchaseLine)
        (record[line: "operation"], record[line: "project"]) = (.integer(operation.id), .integer(work.project.id))
        record[line: "quantity"] = Quantity(thousandths: left * 1000).cell
        let added = try add(record, to: purchase, Noun.purchase.path("line"))
        return (added.id, added.number ?? 0)
    }

    /// How many of the pieces that go out are not there yet.
    private func missingNote(_ entry: RecordID) throws -> [String] {
        let parts = try availableParts(of: entry.id)
        let missing = parts.reduce(0) { $0 + max(0, ($1.left ?? 0) - max(0, $1.available)) }
        guard missing > 0 else { return [] }
        return ["\(missing) of \(parts.reduce(0) { $0 + ($1.left ?? 0) }) pieces of \(entry.code) are not there yet: they may follow"]
    }

    /// Queues the entries again that are outside on a purchase of which nothing is to come any more.
    /// - Returns: notes for the user.
    func requeueOutside(ofPurchase purchase: RecordID) throws -> [String] {
        let entries = try data.all(
            """
            SELECT queue.id, queue.code FROM purchase_line JOIN queue ON queue.line_id = purchase_line.id
            WHERE purchase_id = \(purchase.id) AND queue.status = \(QueueStatus.outside) ORDER BY queue.id
            """, RecordID.init)
        var back = try queueMove("back")
        back.effect = { _, _ in LifeCycle.Effect(values: [("line_id", "NULL")]) }
        for entry in entries {
            _ = try move(.queue, entry, back, LifeCycle.Request(reason: "purchase \(purchase.code) was cancelled"))
        }
        return entries.isEmpty ? [] : ["queued again: \(Shop.listed(entries.map(\.code)))"]
    }

    /// - Throws: `refused` for a purchase with whose lines entries are, or were, outside.
    func demandNothingOutside(onPurchase purchase: Int) throws {
        let entry = try data.one(
            """
            SELECT queue.code, purchase.code FROM purchase_line JOIN queue ON queue.line_id = purchase_line.id
            JOIN purchase ON purchase.id = purchase_id WHERE purchase_id = \(purchase) ORDER BY queue.id LIMIT 1
            """
        ) { (entry: $0.text(0), purchase: $0.text(1)) }
        guard let entry else { return }
        throw Failure(
            .refused, .purchase, "entry \(entry.entry) went out on purchase \(entry.purchase)",
            hint: "laseros purchase cancel \(entry.purchase) REASON")
    }
}
