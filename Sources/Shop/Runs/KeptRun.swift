import Store
import Values

/// A run as it is stored, to be corrected.
struct KeptRun {
    struct Row {
        var id: Int
        /// The id of the `queue_part`.
        var part: Int
        var entry: RecordID
        var project: RecordID
        /// The number of the part; nil for a project without parts.
        var number: Int?
        var good: Int
        var scrapped: Int
        var reason: String?
        var duration: Int?
        /// The share of a piece in the time, compared with that of the others.
        var each: Int

        var pieces: Int { max(0, good) + scrapped }
        var weight: Int { pieces * each }
        /// `part 2 of JB-2026-12-CL0001-001/10`
        var name: String { "\(number.map { "part \($0) of " } ?? "")\(entry.code)" }
    }

    var thing: RecordID
    var status: RunStatus
    var removal: String?
    var duration: Int?
    var estimate: Int?
    var rows: [Row]

    var projects: [RecordID] {
        rows.reduce(into: []) { seen, row in if !seen.contains(where: { $0.id == row.project.id }) { seen.append(row.project) } }
    }
    var entries: [RecordID] {
        rows.reduce(into: []) { seen, row in if !seen.contains(where: { $0.id == row.entry.id }) { seen.append(row.entry) } }
    }
}

extension Shop {
    func keptRun(_ run: RecordID) throws -> KeptRun {
        let rows = try data.all(
            """
            SELECT run_row.id, queue_part.id, queue.id, queue.code, project.id, project.code, part.number, good, scrapped, reason, duration_ms,
                max(1, coalesce(queue.estimate_ms / nullif((SELECT sum(quantity) FROM queue_part AS own WHERE own.queue_id = queue.id), 0), 1000))
            FROM run_row JOIN queue_part ON queue_part.id = queue_part_id JOIN queue ON queue.id = queue_id
            JOIN project ON project.id = queue.project_id LEFT JOIN part ON part.id = queue_part.part_id
            WHERE run_row.run_id = \(run.id) ORDER BY run_row.position
            """
        ) { row in
            KeptRun.Row(
                id: row.int(0), part: row.int(1), entry: RecordID(id: row.int(2), code: row.text(3)),
                project: RecordID(id: row.int(4), code: row.text(5)), number: try row.get(6), good: row.int(7), scrapped: row.int(8),
                reason: try row.get(9), duration: try row.get(10), each: row.int(11))
        }
        let found = try data.one(
            "SELECT \(Noun.runStatus), removed_on, remove_reason, duration_ms, estimate_ms FROM run WHERE id = \(run.id)"
        ) { row in
            let removedOn: Day? = try row.get(1), reason: String? = try row.get(2)
            return KeptRun(
                thing: run, status: try row.get(0), removal: removedOn.map { "was removed on \($0)" + (reason.map { ": \($0)" } ?? "") },
                duration: try row.get(3), estimate: try row.get(4), rows: rows)
        }
        guard let found else { throw Failure(.notFound, .run, "there is no run '\(run.code)'") }
        return found
    }

    /// - Throws: `refused` for a run that counts for nothing any more.
    func demandCounting(_ run: KeptRun) throws {
        guard let removal = run.removal else { return }
        throw Failure(
            .refused, .run, "run \(run.thing.code) \(removal)",
            hint: run.entries.first.map { "laseros queue finish \($0.code) records what was made anew" })
    }

    /// Divides a whole number in proportion to weights; the parts sum up to it. Without weights the last gets all.
    static func divided(_ whole: Int, by weights: [Int]) -> [Int] {
        let all = weights.reduce(0, +)
        var given = 0, weighed = 0
        return weights.enumerated().map { i, weight in
            weighed += weight
            let until = all > 0 ? Decimal.scale(whole, weighed, over: all) : i == weights.count - 1 ? whole : 0
            defer { given = until }
            return until - given
        }
    }

    /// Divides the time of a run among its rows by their pieces, and changes its estimate as the pieces have changed.
    /// - Parameter before: the run as it was before its rows were changed.
    func shareTime(_ run: RecordID, before: KeptRun) throws {
        let now = try keptRun(run), shares = now.duration.map { Shop.divided($0, by: now.rows.map(\.weight)) }
        for (i, row) in now.rows.enumerated() where row.duration != shares?[i] {
            try data.run("UPDATE run_row SET duration_ms = \(shares?[i]) WHERE id = \(row.id)")
        }
        let old = before.rows.reduce(0) { $0 + $1.weight }, new = now.rows.reduce(0) { $0 + $1.weight }
        guard let estimate = before.estimate, old > 0, old != new else { return }
        try data.run("UPDATE run SET estimate_ms = \(Decimal.scale(estimate, new, over: old)) WHERE id = \(run.id)")
    }
}
