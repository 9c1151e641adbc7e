import Store
import Values

/// What a user says about the end of a run.
package struct FinishRequest: Sendable {
    package var run = RunRequest()
    /// What is good of each part; empty for all that is left.
    package var good: [PieceCount] = []
    package var scrapped: [PieceCount] = []
    /// Why it was scrapped.
    package var reason: String?
    package var time: Seconds?
    package var day: Day?
    /// What it took from the stock; nil for what is reserved.
    package var used: [ItemCount]?
    /// The sizes of remnants that were put back.
    package var remnants: [Size] = []

    package init() {}
}

/// What a finished run has made.
package struct FinishedRun: Sendable {
    package var run: RecordID
    package var sentence: String
    package var notes: [String]
}

/// Records what was made of entries of the queue, and what it took.
extension Shop {
    /// Ends the run of an entry and of those that were cut with it, or records one afterwards.
    /// - Parameter moving: whether its project follows.
    package func finishQueue(_ entry: RecordID, _ request: FinishRequest, moving: Bool = true) throws -> FinishedRun {
        guard let main = try workedEntries([entry]).first else { throw Failure(.notFound, .queue, "there is no entry '\(entry.code)'") }
        let together = try main.run.map { try workedEntries(entries(ofRun: $0)) } ?? [main]
        for work in together { try demandFinish(work) }
        try demandActive(request.run)
        var rows: [(work: WorkedEntry, rows: [NewRunRow])] = []
        for work in together {
            rows.append((work, try madeRows(work, work.thing.id == entry.id ? request : FinishRequest())))
        }
        var notes = rows.flatMap { work, rows in rows.compactMap { surplus($0, of: work) } }
        let others = together.filter { $0.thing.id != entry.id }
        if !others.isEmpty { notes.append("finished with it: \(Shop.listed(others.map(\.thing.code)))") }
        let run = try endRun(main, rows.flatMap(\.rows), together, request)
        let pieces = rows.flatMap(\.rows).reduce((good: 0, scrapped: 0)) { ($0.good + $1.good, $0.scrapped + $1.scrapped) }
        notes += try takeMaterial(run, rows, request)
        for work in together { notes += try close(work) }
        for project in try projects(ofEntries: together.map(\.thing)) {
            notes += try settleQueue(project.id, reason: "run \(run.code) was recorded", moving: moving)
        }
        let scrap = pieces.scrapped > 0 ? ", \(pieces.scrapped) scrapped" : ""
        return FinishedRun(run: run, sentence: "\(pieces.good) good\(scrap)", notes: notes)
    }

    /// A warning about more pieces than are ordered.
    func surplus(_ row: NewRunRow, of work: WorkedEntry) -> String? {
        guard let left = row.part.left, row.good > left else { return nil }
        let part = row.part.number.map { "part \($0) of " } ?? ""
        return "warning: \(row.good - left) more of \(part)\(work.thing.code) than ordered"
    }

    private func demandFinish(_ work: WorkedEntry) throws {
        try demandNotHeld(work)
        if work.status == .outside {
            throw Failure(
                .refused, .queue, "entry \(work.thing.code) is outside: it is received, not finished",
                hint: "laseros queue receive \(work.thing.code)")
        }
        let finish = try queueMove("finish")
        if !finish.possible.contains(work.status.rawValue) { _ = try move(.queue, work.thing, finish) }
    }

    /// What was made of each part of an entry.
    func madeRows(_ work: WorkedEntry, _ request: FinishRequest) throws -> [NewRunRow] {
        let parts = try availableParts(of: work.thing.id)
        func counts(_ said: [PieceCount]) throws -> [Int: Int] {
            var counts: [Int: Int] = [:]
            for count in said { counts[try part(count, of: parts, work.thing).id, default: 0] += count.count }
            return counts
        }
        let good = try counts(request.good), scrapped = try counts(request.scrapped)
        if scrapped.values.contains(where: { $0 > 0 }), request.reason == nil {
            throw Failure(.usage, .queue, "scrap needs a reason", hint: "--reason 'burnt edges'")
        }
        let each = work.estimate.flatMap { estimate in work.ordered.flatMap { $0 > 0 ? max(1, estimate / $0) : nil } } ?? 1000
        let rows = try parts.map { part in
            let spoiled = scrapped[part.id] ?? 0, possible = min(part.left ?? .max, part.available)
            let made = request.good.isEmpty ? (part.left == nil ? 0 : max(0, possible - spoiled)) : good[part.id] ?? 0
            try demandAvailable(made + spoiled, part, work)
            return NewRunRow(
                part: part, good: made, scrapped: spoiled, reason: request.reason, weight: Decimal.scale(made + spoiled, each, over: 1))
        }
        guard rows.contains(where: { $0.good + $0.scrapped > 0 }) || parts.allSatisfy({ $0.left == nil }) else {
            throw Failure(
                .refused, .queue, "nothing is left to do of entry \(work.thing.code)",
                hint: work.waitsFor.map { "it waits for \($0)" } ?? "laseros queue show \(work.thing.code)")
        }
        return rows
    }

    /// The part that a count names, or the only one.
    func part(_ count: PieceCount, of parts: [AvailablePart], _ entry: RecordID) throws -> AvailablePart {
        guard let number = count.part else {
            guard parts.count == 1 else {
                throw Failure(
                    .usage, .queue, "of which part? entry \(entry.code) has \(parts.count)",
                    hint: "PART:QTY, such as \(parts.first?.number ?? 1):\(count.count)")
            }
            return parts[0]
        }
        guard let found = parts.first(where: { $0.number == number }) else {
            throw Failure(
                .notFound, .queue, "entry \(entry.code) has no part \(number)",
                hint: "it has \(parts.map { $0.number.map(String.init) ?? "no parts" }.joined(separator: ", "))")
        }
        return found
    }

    /// - Throws: `refused` if more is made than the operations before have left for it.
    private func demandAvailable(_ count: Int, _ part: AvailablePart, _ work: WorkedEntry) throws {
        guard count > max(0, part.available), work.waitsFor != nil || part.left == nil || count > (part.left ?? 0) else { return }
        guard try hasInput(work, part) else { return }
        throw Failure(
            .refused, .queue,
            "of part \(part.number ?? 1) only \(max(0, part.available)) came from the operation before \(work.thing.code), not \(count)",
            hint: work.waitsFor.map { "laseros queue finish \($0.prefix { $0 != "," })" }
                ?? "laseros queue runs --project \(work.project.code)")
    }

    private func hasInput(_ work: WorkedEntry, _ part: AvailablePart) throws -> Bool {
        try data.one(
            """
            SELECT 1 FROM queue_part AS other JOIN queue AS before ON before.id = other.queue_id
            WHERE (other.part_id = \(part.part) OR other.part_id IN (SELECT part_id FROM part_component WHERE assembly_id = \(part.part)))
                AND before.level < (SELECT level FROM queue WHERE id = \(work.thing.id)) AND before.status <> 'removed' LIMIT 1
            """
        ) { _ in true } ?? false
    }

    /// The day of a run.
    /// - Throws: `refused` for a day to come.
    func runDay(_ day: Day?) throws -> Day {
        let today = try today(), day = day ?? today
        guard day <= today else {
            throw Failure(.refused, .queue, "\(day) is still to come: today is \(today)", hint: "record it when it has happened")
        }
        return day
    }

    /// Ends the run of the entries, or adds one that has no start.
    private func endRun(
        _ main: WorkedEntry, _ rows: [NewRunRow], _ together: [WorkedEntry], _ request: FinishRequest
    ) throws -> RecordID {
        let day = try runDay(request.day), run: RecordID
        if let own = main.run {
            run = try named(.run, own)
        } else {
            var made = request.run
            made.operator = try made.operator ?? ownOperator()
            made.machine = try made.machine ?? main.machine.map { try named(.machine, $0) }
            made.preset = try made.preset ?? fittingPreset(together, on: made.machine)
            run = try addRun(made, together, startedAt: nil)
        }
        let worked = try data.one("SELECT started_at, paused_at, paused_ms FROM run WHERE id = \(run.id)") { row -> Int? in
            guard let start: Moment = try row.get(0) else { return nil }
            return max(0, (try row.get(1) as Moment? ?? clock).ms - start.ms - row.int(2))
        }
        let duration = request.time?.ms ?? worked ?? nil, estimates = together.map { part(of: $0, rows) }
        let estimate = estimates.contains { $0 == nil } ? nil : estimates.reduce(0) { $0 + ($1 ?? 0) }
        try data.run(
            """
            UPDATE run SET day = \(day), ended_at = \(clock), paused_at = NULL, duration_ms = \(duration), estimate_ms = \(estimate),
                machine_id = coalesce(\(request.run.machine?.id), machine_id), operator_id = coalesce(\(request.run.operator?.id), operator_id),
                preset_id = coalesce(\(request.run.preset?.id), preset_id), notes = coalesce(\(request.run.notes), notes)
            WHERE id = \(run.id)
            """)
        try addRows(rows, to: run.id, duration: duration)
        return run
    }

    /// The share of an entry's estimated time that its rows come to; nil if it is not known.
    private func part(of work: WorkedEntry, _ rows: [NewRunRow]) -> Int? {
        guard let estimate = work.estimate else { return nil }
        guard let ordered = work.ordered, ordered > 0 else { return estimate }
        let parts = Set((try? availableParts(of: work.thing.id))?.map(\.id) ?? [])
        let made = rows.reduce(0) { parts.contains($1.part.id) ? $0 + $1.good + $1.scrapped : $0 }
        return Decimal.scale(estimate, made, over: ordered)
    }

    /// An entry of which something is left is queued again.
    private func close(_ work: WorkedEntry) throws -> [String] {
        try data.run("UPDATE queue SET run_id = NULL WHERE id = \(work.thing.id)")
        let left = try data.one("SELECT \(QueueFigures.left) FROM queue WHERE id = \(work.thing.id)") { try $0.get(0) as Int? } ?? nil
        guard let left, left > 0 else {
            _ = try move(.queue, work.thing, queueMove("finish"))
            return []
        }
        if work.status != .queued { _ = try move(.queue, work.thing, queueMove("stop")) }
        return ["\(left) left of \(work.thing.code)"]
    }
}
