import Store
import Values

/// A part of an entry with what can be done to it.
struct AvailablePart {
    /// The id of the `queue_part`.
    var id: Int
    var part: Int?
    /// The number of the part; nil for a project without parts.
    var number: Int?
    /// What is left to make; nil if nobody knows how many are ordered.
    var left: Int?
    var good: Int
    /// What the operations before it have made and it has not used yet; what is left, if it is the first.
    var available: Int
}

extension Shop {
    /// The parts of an entry. What comes out of the operation before is available to it; an assembly is made as often as all of its parts are there.
    func availableParts(of entry: Int) throws -> [AvailablePart] {
        let level = try data.one("SELECT level FROM queue WHERE id = \(entry)") { $0.int(0) } ?? 1
        let parts = try data.all(
            """
            SELECT queue_part.id, queue_part.part_id, part.number, \(QueueFigures.partLeft), \(QueueFigures.good), \(QueueFigures.partScrapped)
            FROM queue_part LEFT JOIN part ON part.id = queue_part.part_id WHERE queue_id = \(entry) ORDER BY queue_part.position
            """
        ) { row in
            (
                row: AvailablePart(
                    id: row.int(0), part: try row.get(1), number: try row.get(2), left: try row.get(3), good: row.int(4), available: 0),
                scrapped: row.int(5)
            )
        }
        // Of each part, what the last entry before this one has made of it or of its components, in whole pieces.
        var inputs: [Int: Int] = [:]
        try data.each(
            """
            SELECT own.part_id, max(before.level), iif(other.part_id = own.part_id, 1, (SELECT sum(quantity) FROM part_component
                    WHERE assembly_id = own.part_id AND part_component.part_id = other.part_id)),
                (SELECT sum(\(QueueFigures.good)) FROM queue_part WHERE queue_part.id = other.id)
            FROM \(QueueFigures.ownAndComponents) WHERE own.queue_id = \(entry) AND before.level < \(level) AND before.status <> 'removed'
            GROUP BY own.part_id, other.part_id
            """
        ) { row in inputs[row.int(0)] = min(inputs[row.int(0)] ?? .max, row.int(3) / max(1, row.int(2))) }
        return parts.map { found, scrapped in
            var found = found
            found.available = found.part.flatMap { inputs[$0] }.map { $0 - found.good - scrapped } ?? found.left ?? .max
            return found
        }
    }

    /// A row of a run.
    struct NewRunRow {
        var part: AvailablePart
        var good: Int
        var scrapped: Int
        var reason: String?
        /// Its share of the time of the run, compared with that of the other rows.
        var weight: Int
    }

    /// Stores the rows of a run, each with its share of the time, in proportion to the weights. The shares sum up to the time.
    func addRows(_ rows: [NewRunRow], to run: Int, duration: Int?) throws {
        let shares = duration.map { Shop.divided($0, by: rows.map(\.weight)) }
        for (i, row) in rows.enumerated() {
            let redone = row.good > 0 ? try fault(of: row.part, before: run) : nil
            try data.run(
                """
                INSERT INTO run_row (run_id, position, queue_part_id, good, scrapped, reason, duration_ms, redoes_id)
                VALUES (\(run), \(i + 1), \(row.part.id), \(row.good), \(row.scrapped), \(row.scrapped > 0 ? row.reason : nil), \(shares?[i]), \(redone))
                """)
        }
    }

    /// The oldest scrap of a part, at its own operation or a later one, of which not all was made again.
    private func fault(of part: AvailablePart, before run: Int) throws -> Int? {
        let own: SQL =
            part.part.map { number in
                """
                queue_part.part_id IN (WITH RECURSIVE whole(id) AS (SELECT \(number) UNION SELECT assembly_id FROM part_component
                        JOIN whole ON part_component.part_id = whole.id LIMIT 1000) SELECT id FROM whole)
                    AND queue.level >= (SELECT level FROM queue AS own JOIN queue_part AS place ON place.queue_id = own.id WHERE place.id = \(part.id))
                """
                    as SQL
            } ?? "queue_part.id = \(part.id)"
        return try data.one(
            """
            SELECT run_row.id FROM run_row JOIN run ON run.id = run_row.run_id AND run.removed_on IS NULL
            JOIN queue_part ON queue_part.id = run_row.queue_part_id JOIN queue ON queue.id = queue_part.queue_id
            WHERE run_row.scrapped > 0 AND run_row.run_id <> \(run) AND \(own)
                AND run_row.scrapped > (SELECT coalesce(sum(again.good), 0) FROM run_row AS again JOIN run ON run.id = again.run_id
                    WHERE again.redoes_id = run_row.id AND again.queue_part_id = \(part.id) AND run.removed_on IS NULL)
            ORDER BY run_row.id LIMIT 1
            """
        ) { $0.int(0) }
    }
}
