import Store

extension [BookRule] {
    static let queue: [BookRule] = [
        BookRule(
            "queue-places", "the queue is in the order of places, priorities and promised days", of: ["aux_queue"], hint: BookRule.mend,
            proof: .books { shop, report in try BookRule.sums(report) { try shop.findWrongRanks($0) } }),
        BookRule(
            "queue-parts", "an entry of the queue has parts, which are of its project", of: ["queue", "queue_part"],
            """
            SELECT 'entry ' || code, 'it has no parts', NULL FROM queue
            WHERE status <> 'removed' AND NOT EXISTS (SELECT 1 FROM queue_part WHERE queue_id = queue.id)
            UNION ALL SELECT 'entry ' || code, 'part ' || part.number || ' is of another project', NULL FROM queue_part
            JOIN queue ON queue.id = queue_id JOIN part ON part.id = part_id WHERE part.project_id <> queue.project_id
            """),
        BookRule(
            "queue-run", "an entry is running or paused with the run that is at work on it", of: ["queue", "run"],
            """
            SELECT 'entry ' || queue.code, queue.status || coalesce(' with run ' || run.code || CASE WHEN removed_on IS NOT NULL THEN
                ', which is removed' WHEN ended_at IS NOT NULL THEN ', which has ended' WHEN paused_at IS NOT NULL THEN ', which pauses'
                ELSE ', which runs' END, ' without a run'), NULL
            FROM queue LEFT JOIN run ON run.id = run_id
            WHERE (queue.status IN ('running', 'paused')) <> (run_id IS NOT NULL) OR run_id IS NOT NULL
                AND (ended_at IS NOT NULL OR removed_on IS NOT NULL OR (queue.status = 'paused') <> (paused_at IS NOT NULL))
            """),
        BookRule(
            "queue-made", "nothing is left of an entry that runs have finished, unless its project is cancelled", of: ["queue", "run_row"],
            """
            SELECT 'entry ' || code, status || ', ' || open || ' left', NULL FROM (
                SELECT queue.code, queue.status, \(QueueFigures.left) AS open FROM queue JOIN project ON project.id = queue.project_id
                WHERE queue.status = 'done' AND project.status <> 'cancelled'
                    AND EXISTS (SELECT 1 FROM queue_part JOIN run_row ON queue_part_id = queue_part.id
                        JOIN run ON run.id = run_row.run_id AND run.removed_on IS NULL
                        WHERE queue_part.queue_id = queue.id AND (good <> 0 OR run_row.scrapped <> 0)))
            WHERE open > 0
            """),
        BookRule(
            "queue-outside", "an entry that is outside is on a line of a purchase for its operation", of: ["queue", "purchase_line"],
            """
            SELECT 'entry ' || queue.code, iif(line.id IS NULL, 'outside without a purchase', 'on a line of another operation'), NULL
            FROM queue LEFT JOIN purchase_line AS line ON line.id = line_id
            WHERE queue.status = 'outside' AND (line.id IS NULL OR line.operation_id IS NOT queue.operation_id)
            """),
        BookRule(
            "queue-project", "only projects that are queued or in progress have open entries", of: ["queue", "project"],
            """
            SELECT 'entry ' || queue.code, queue.status || ', and project ' || project.code || ' is ' || project.status, NULL
            FROM queue JOIN project ON project.id = project_id
            WHERE queue.status NOT IN ('done', 'removed') AND project.status NOT IN ('queued', 'in-progress')
            """),
    ]

    static let run: [BookRule] = [
        BookRule(
            "run-open", "a run that has not ended is at work on an entry, and has made and taken nothing yet", of: ["run"],
            """
            SELECT 'run ' || code, CASE WHEN NOT EXISTS (SELECT 1 FROM queue WHERE run_id = run.id) THEN 'it works on no entry'
                WHEN EXISTS (SELECT 1 FROM movement WHERE run_id = run.id) THEN 'it has taken stock already' ELSE 'it has made pieces already' END,
                NULL
            FROM run WHERE ended_at IS NULL AND removed_on IS NULL AND (NOT EXISTS (SELECT 1 FROM queue WHERE run_id = run.id)
                OR EXISTS (SELECT 1 FROM movement WHERE run_id = run.id) OR EXISTS (SELECT 1 FROM run_row WHERE run_id = run.id))
            """),
        BookRule(
            "run-time", "a run ends after its start, and its rows share its time", of: ["run", "run_row"],
            """
            SELECT 'run ' || code, iif(ended_at < started_at, 'ended before its start', 'its rows share another time'), NULL
            FROM (SELECT code, started_at, ended_at, run.duration_ms, count(run_row.id) AS count, sum(run_row.duration_ms) AS shares
                FROM run LEFT JOIN run_row ON run_id = run.id GROUP BY run.id)
            WHERE ended_at < started_at OR count > 0 AND duration_ms IS NOT shares
            """),
        BookRule(
            "run-pieces", "what is counted as good of a part is not below 0", of: ["run_row", "queue_part"],
            """
            SELECT 'entry ' || queue.code, sum(run_row.good) || ' good', NULL FROM run_row JOIN run ON run.id = run_row.run_id
            JOIN queue_part ON queue_part.id = queue_part_id JOIN queue ON queue.id = queue_id
            WHERE run.removed_on IS NULL GROUP BY queue_part_id HAVING sum(run_row.good) < 0
            """),
        BookRule(
            "run-stock", "a run gives back no more of an item than it took", of: ["run", "movement"], as: .quantity,
            found: "more came back: ",
            """
            SELECT 'run ' || code || ' of item ' || item, millis, NULL FROM (\(Shop.returnedTooMuch("run_id IS NOT NULL")))
            """),
    ]
}
