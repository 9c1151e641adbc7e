import Store
import Values

/// Records pieces that are spoiled.
extension Shop {
    /// Of an entry that is at work, pieces that are not counted yet are scrapped first; else those that were counted as good and that no later
    /// operation has used.
    package func scrap(_ entry: RecordID, _ counts: [PieceCount], because reason: String) throws -> FinishedRun {
        guard let work = try workedEntries([entry]).first else { throw Failure(.notFound, .queue, "there is no entry '\(entry.code)'") }
        let parts = try availableParts(of: entry.id), isAtWork = [.running, .paused, .outside].contains(work.status)
        let rows = try counts.filter { $0.count > 0 }.map { count in
            let part = try part(count, of: parts, entry), uncounted = max(0, min(part.available, part.left ?? .max))
            let inWork = min(try isAtWork ? uncounted : max(0, count.count - max(0, unused(part, of: entry))), uncounted, count.count)
            guard count.count - inWork <= part.good else {
                throw Failure(
                    .refused, .queue,
                    "only \(inWork + part.good) pieces of \(part.number.map { "part \($0) of " } ?? "")\(entry.code) are there to be scrapped, not \(count.count)",
                    hint: "laseros queue show \(entry.code)")
            }
            return NewRunRow(part: part, good: inWork - count.count, scrapped: count.count, reason: reason, weight: 1)
        }
        guard !rows.isEmpty else {
            throw Failure(.usage, .queue, "how many are spoiled?", hint: "laseros queue scrap \(entry.code) PART:QTY --reason TEXT")
        }
        var request = RunRequest()
        (request.operator, request.machine) = (try ownOperator(), try work.machine.map { try named(.machine, $0) })
        let run = try addRun(request, [work], startedAt: nil)
        try data.run("UPDATE run SET ended_at = \(clock) WHERE id = \(run.id)")
        let before = try pieceBalance(of: [work.project])
        try addRows(rows, to: run.id, duration: nil)
        if let used = try firstShort(of: [work.project], since: before) {
            throw Failure(
                .refused, .queue, "pieces of \(entry.code) that are to be scrapped are in \(used.code) already",
                hint: "laseros queue scrap \(used.code) PART:QTY --reason TEXT")
        }
        let scrapped = rows.reduce(0) { $0 + $1.scrapped }
        let notes =
            try settleQueue(work.project.id, reason: "\(scrapped) scrapped in \(run.code): \(reason)")
            + reserveForCutting(work.project, raising: true)
        return FinishedRun(run: run, sentence: "\(scrapped) scrapped", notes: notes)
    }

    /// The good pieces of a part that the next operation on it has not used yet.
    private func unused(_ part: AvailablePart, of entry: RecordID) throws -> Int {
        let next = try data.one(
            """
            SELECT after.id FROM queue_part JOIN queue AS after ON after.id = queue_id
            WHERE part_id = \(part.part) AND after.level > (SELECT level FROM queue WHERE id = \(entry.id)) AND after.status <> 'removed'
            ORDER BY after.level LIMIT 1
            """
        ) { $0.int(0) }
        return try next.flatMap { try availableParts(of: $0).first { $0.part == part.part }?.available } ?? part.good
    }
}
