import Store
import Values

/// Records what comes back from suppliers.
extension Shop {
    /// Records what came back of an entry as a run without a machine, and receives the line of its purchase.
    /// - Parameters:
    ///   - reference: the supplier's number of the delivery.
    ///   - ordered: whether the line of the purchase is received, too.
    ///   - following: how its project follows.
    package func receiveOutside(
        _ entry: RecordID, _ request: FinishRequest, reference: String? = nil, ordered: Bool = true, following: Following = .all
    ) throws -> FinishedRun {
        guard let work = try workedEntries([entry]).first else { throw Failure(.notFound, .queue, "there is no entry '\(entry.code)'") }
        let receive = try queueMove("receive")
        if !receive.possible.contains(work.status.rawValue) { _ = try move(.queue, entry, receive) }
        let rows = try madeRows(work, request), day = try runDay(request.day)
        var made = RunRequest()
        made.notes = request.run.notes
        let run = try addRun(made, [work], startedAt: nil)
        try data.run("UPDATE run SET day = \(day), ended_at = \(clock) WHERE id = \(run.id)")
        try addRows(rows, to: run.id, duration: nil)
        let pieces = rows.reduce((good: 0, scrapped: 0)) { ($0.good + $1.good, $0.scrapped + $1.scrapped) }
        var notes = rows.compactMap { surplus($0, of: work) }
        notes += try closeOutside(work)
        if ordered { notes += try receiveLine(of: entry, pieces.good + pieces.scrapped, on: day, reference) }
        try data.run("UPDATE queue SET line_id = NULL WHERE id = \(entry.id) AND status = \(QueueStatus.queued) AND line_id IS NOT NULL")
        notes += try settleQueue(work.project.id, reason: "run \(run.code) was recorded", following: following)
        let scrap = pieces.scrapped > 0 ? ", \(pieces.scrapped) scrapped" : ""
        return FinishedRun(run: run, sentence: "\(pieces.good) good\(scrap)", notes: notes)
    }

    /// What is left of an entry stays outside if pieces of it still can be there, else it is queued again.
    private func closeOutside(_ work: WorkedEntry) throws -> [String] {
        let parts = try availableParts(of: work.thing.id), left = parts.reduce(0) { $0 + ($1.left ?? 0) }
        guard left > 0 else {
            _ = try move(.queue, work.thing, queueMove("receive"))
            return []
        }
        if parts.contains(where: { min($0.left ?? 0, $0.available) > 0 }) { return ["\(left) left of \(work.thing.code) outside"] }
        _ = try move(.queue, work.thing, queueMove("back"), LifeCycle.Request(reason: "nothing of it is outside"))
        return ["\(left) left of \(work.thing.code), which is queued again"]
    }

    /// Receives the line with which an entry was outside: as many pieces as came, or all of it once nothing on it is outside.
    private func receiveLine(of entry: RecordID, _ pieces: Int, on day: Day, _ reference: String?) throws -> [String] {
        let line = try data.one(
            """
            SELECT purchase.id, purchase.code, purchase.status, line.position, line.open_millis, operation.charge,
                EXISTS (SELECT 1 FROM queue AS other WHERE other.line_id = line.id AND other.status = \(QueueStatus.outside))
            FROM queue JOIN purchase_line AS line ON line.id = queue.line_id JOIN purchase ON purchase.id = line.purchase_id
            JOIN operation ON operation.id = line.operation_id WHERE queue.id = \(entry.id)
            """
        ) { row in
            (
                purchase: RecordID(row), status: try row.get(2) as PurchaseStatus, position: row.int(3), open: row.int(4),
                charge: try row.get(5) as ChargeUnit, isOutside: row.int(6) != 0
            )
        }
        guard let line else { return [] }
        if line.status == .draft {
            return [
                "warning: purchase \(line.purchase.code) is a draft, and nothing of it was received: laseros purchase place \(line.purchase.code)"
            ]
        }
        let came = line.charge == .piece ? pieces * 1000 : line.isOutside ? 0 : line.open
        guard line.status == .placed, line.open > 0, came > 0 else { return [] }
        let item = ItemCount("\(line.position)", Quantity(thousandths: came))
        let done = try receive(line.purchase, ReceiptRequest([item], day: day, reference: reference), settling: false)
        return [done.sentence] + done.notes
    }

    /// Records what came of a line of a purchase as what came back of the entry on it, where that is clear.
    /// - Returns: notes for the user.
    func settleOutside(_ line: Int, _ came: Quantity, isComplete: Bool, on day: Day, reference: String?) throws -> [String] {
        let entries = try data.all(
            """
            SELECT queue.id, queue.code, operation.charge FROM queue JOIN operation ON operation.id = operation_id
            WHERE line_id = \(line) AND queue.status = \(QueueStatus.outside) ORDER BY queue.id
            """
        ) { (thing: RecordID($0), charge: try $0.get(2) as ChargeUnit) }
        return try entries.flatMap { entry -> [String] in
            let parts = try availableParts(of: entry.thing.id), possible = parts.reduce(0) { $0 + max(0, min($1.left ?? 0, $1.available)) }
            var request = FinishRequest()
            request.day = day
            let isAll = entry.charge == .piece ? entries.count == 1 && came.thousandths >= possible * 1000 : isComplete
            if possible > 0, !isAll, entry.charge == .piece, entries.count == 1, parts.count == 1, came.thousandths % 1000 == 0 {
                request.good = [PieceCount(part: nil, count: came.thousandths / 1000)]
            } else if possible == 0 || !isAll {
                return ["entry \(entry.thing.code) is still outside: laseros queue receive \(entry.thing.code) PART:QTY"]
            }
            let done = try receiveOutside(entry.thing, request, reference: reference, ordered: false)
            return ["entry \(entry.thing.code): run \(done.run.code), \(done.sentence)"] + done.notes
        }
    }
}
