import Store
import Values

/// What a user corrects of a run besides its fields.
package struct RunCorrection: Sendable {
    package var day: Day?
    /// The entry that the pieces are of; nil for the only one with such a part.
    package var entry: RecordID?
    package var good: [PieceCount] = []
    package var scrapped: [PieceCount] = []
    package var reason: String?
    /// All that it took from the stock; nil leaves that as it is.
    package var used: [ItemCount]?

    package init() {}
    var isOfPieces: Bool { !good.isEmpty || !scrapped.isEmpty || reason != nil }
}

/// Corrects runs.
extension Shop {
    /// Changes what is recorded of a run.
    /// - Parameter record: the fields that change.
    /// - Returns: whether anything changed, and notes for the user.
    package func correct(_ run: RecordID, _ record: Record, _ correction: RunCorrection) throws -> (isChanged: Bool, notes: [String]) {
        let before = try keptRun(run)
        try demandCounting(before)
        if before.status != .done, record["time_s"] != nil || correction.used != nil || correction.isOfPieces {
            throw Failure(
                .refused, .run, "run \(run.code) is \(before.status): it has made nothing yet",
                hint: try entries(ofRun: run.id).first.map { "laseros queue finish \($0.code)" })
        }
        var record = record, isChanged = false, notes: [String] = []
        record.id = run.id
        if record.cells.contains(where: { $0 != nil }) { isChanged = try edit(record) }
        if let day = correction.day {
            try data.run("UPDATE run SET day = \(try runDay(day)) WHERE id = \(run.id) AND day <> \(day)")
            isChanged = data.changed > 0 || isChanged
        }
        let balance = try pieceBalance(of: before.projects), isCounted = try correctPieces(before, correction)
        if isCounted || record["time_s"] != nil { try shareTime(run, before: before) }
        var back: [(use: RunUse, millis: Int)] = []
        if let used = correction.used {
            let done = try correctMaterial(try keptRun(run), used)
            back = done.back
            notes += done.notes
            isChanged = isChanged || !done.notes.isEmpty
        }
        if isCounted {
            try demandUnused(before, before: balance)
            for project in before.projects { notes += try settleQueue(project.id, reason: "run \(run.code) was corrected") }
        }
        if isCounted || correction.used != nil { notes += try reserveAgain(back, of: before) }
        return (isChanged || isCounted, notes)
    }

    /// Writes how many pieces of each part were made.
    /// - Returns: whether anything changed.
    private func correctPieces(_ run: KeptRun, _ said: RunCorrection) throws -> Bool {
        var rows = run.rows
        for count in said.good { rows[try row(count, of: run, said.entry)].good = count.count }
        for count in said.scrapped {
            let i = try row(count, of: run, said.entry), old = rows[i]
            // Pieces that were counted as good before are fewer by those that were spoiled since.
            if old.good < 0 { rows[i].good = min(0, old.scrapped + old.good - count.count) }
            rows[i].scrapped = count.count
        }
        if let reason = said.reason {
            let spoiled = rows.indices.filter { i in rows[i].scrapped > 0 && (said.entry.map { $0.id == rows[i].entry.id } ?? true) }
            guard !spoiled.isEmpty else {
                throw Failure(.usage, .run, "run \(run.thing.code) has no scrap that could have a reason", hint: "--scrapped PART:QTY")
            }
            for i in spoiled { rows[i].reason = reason }
        }
        var isChanged = false
        for (old, new) in zip(run.rows, rows) {
            guard new.scrapped == 0 || new.reason != nil else {
                throw Failure(.usage, .run, "scrap needs a reason", hint: "--reason 'burnt edges'")
            }
            let reason = new.scrapped > 0 ? new.reason : nil
            guard (old.good, old.scrapped, old.reason) != (new.good, new.scrapped, reason) else { continue }
            try data.run("UPDATE run_row SET good = \(new.good), scrapped = \(new.scrapped), reason = \(reason) WHERE id = \(new.id)")
            isChanged = true
        }
        return isChanged
    }

    /// The row that a count is about.
    private func row(_ count: PieceCount, of run: KeptRun, _ entry: RecordID?) throws -> Int {
        let own = run.rows.indices.filter { i in entry.map { $0.id == run.rows[i].entry.id } ?? true }
        let found = count.part.map { part in own.filter { run.rows[$0].number == part } } ?? own
        if found.count == 1 { return found[0] }
        guard let first = found.first.map({ run.rows[$0] }) else {
            throw Failure(
                .notFound, .run,
                "run \(run.thing.code) has no \(count.part.map { "part \($0)" } ?? "parts")\(entry.map { " of \($0.code)" } ?? "")",
                hint: own.isEmpty ? "laseros queue run show \(run.thing.code)" : "it has \(Shop.listed(own.map { run.rows[$0].name }))")
        }
        let names = Shop.listed(found.map { run.rows[$0].name })
        throw Failure(
            .usage, .run, "of which? run \(run.thing.code) has made \(names)",
            hint: count.part == nil && run.entries.count == 1
                ? "PART:QTY, such as \(first.number ?? 1):\(count.count)" : "--entry \(first.entry.code)")
    }
}

/// Takes runs back that were recorded by mistake.
extension Shop {
    /// Makes a run count for nothing: what it took comes back, the remnants that it left are taken out again, and its entries are queued again.
    /// - Returns: notes for the user.
    package func removeRun(_ run: RecordID, because reason: String) throws -> [String] {
        let kept = try keptRun(run)
        try demandCounting(kept)
        guard kept.status == .done else { return try stop(run, because: reason) }
        let before = try pieceBalance(of: kept.projects), why = "run \(run.code) was removed"
        let uses = try uses(ofRun: run.id).map { (use: $0, millis: $0.millis) }
        var notes = try takeRemnantsOut(run, because: why)
        try data.run("UPDATE run SET removed_on = \(try today()), remove_reason = \(reason) WHERE id = \(run.id)")
        try demandUnused(kept, before: before)
        notes += try giveBack(uses, of: run, because: why)
        for entry in kept.entries where try state(of: .queue, entry.id) == QueueStatus.done.rawValue {
            guard try !isMade(entry), try !isCancelled(projectOf: entry) else { continue }
            _ = try move(.queue, entry, queueMove("again"), LifeCycle.Request(reason: why))
            notes.append("\(entry.code) is queued again")
        }
        for project in kept.projects { notes += try settleQueue(project.id, reason: why) }
        return try notes + reserveAgain(uses, of: kept)
    }

    /// Nothing is made again for a cancelled project.
    private func isCancelled(projectOf entry: RecordID) throws -> Bool {
        try data.one(
            """
            SELECT 1 FROM queue JOIN project ON project.id = project_id
            WHERE queue.id = \(entry.id) AND project.status = \(ProjectStatus.cancelled)
            """
        ) { _ in true } ?? false
    }

    /// Whether a run that counts has made something of an entry.
    private func isMade(_ entry: RecordID) throws -> Bool {
        try data.one(
            """
            SELECT 1 FROM queue_part JOIN run_row ON queue_part_id = queue_part.id JOIN run ON run.id = run_id
            WHERE queue_id = \(entry.id) AND removed_on IS NULL AND good > 0
            """
        ) { _ in true } ?? false
    }

    /// Ends a run that has made nothing yet.
    private func stop(_ run: RecordID, because reason: String) throws -> [String] {
        let entries = try entries(ofRun: run.id)
        for entry in entries {
            try stopRun(of: entry, because: reason)
            _ = try move(.queue, entry, queueMove("stop"), LifeCycle.Request(reason: reason))
        }
        return entries.isEmpty ? [] : ["queued again: \(Shop.listed(entries.map(\.code)))"]
    }
}
