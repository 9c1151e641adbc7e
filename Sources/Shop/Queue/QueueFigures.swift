import Store

/// What was made of the entries of the queue, and what is left: expressions in the row of a `queue_part`, or of a `queue`.
enum QueueFigures {
    /// The rows of runs that count.
    private static let counting: SQL = "run_row JOIN run ON run.id = run_row.run_id AND run.removed_on IS NULL"

    /// The good pieces of a part.
    static let good: SQL = "(SELECT coalesce(sum(run_row.good), 0) FROM \(counting) WHERE run_row.queue_part_id = queue_part.id)"

    static let partScrapped: SQL =
        "(SELECT coalesce(sum(run_row.scrapped), 0) FROM \(counting) WHERE run_row.queue_part_id = queue_part.id)"

    /// The pieces of a part that later operations scrapped, on their own or within an assembly, however deep: they have to be made again. The
    /// limit ends a circle, and a hostile nest of assemblies.
    private static let lost: SQL = """
        (WITH RECURSIVE whole(part_id, times) AS (
            SELECT queue_part.part_id, 1
            UNION ALL SELECT assembly_id, times * part_component.quantity FROM part_component
            JOIN whole ON part_component.part_id = whole.part_id LIMIT 1000)
        SELECT coalesce(sum(run_row.scrapped * times), 0) FROM whole
            CROSS JOIN queue_part AS later ON later.part_id = whole.part_id JOIN queue AS after ON after.id = later.queue_id
            JOIN run_row ON run_row.queue_part_id = later.id JOIN run ON run.id = run_row.run_id AND run.removed_on IS NULL
            WHERE after.level > (SELECT level FROM queue AS own WHERE own.id = queue_part.queue_id))
        """

    /// The pieces that are left to make of a part; NULL if nobody knows how many are ordered.
    static let partLeft: SQL = "max(0, queue_part.quantity + \(lost) - \(good))"

    /// Those of an entry.
    static let ordered: SQL = sum("queue_part.quantity")
    /// NULL, too, while nothing is made of a part of which nobody knows how many are ordered: the other parts do not finish the entry.
    static let left: SQL = """
        (SELECT iif(max(queue_part.quantity IS NULL AND \(good) <= 0), NULL, sum(\(partLeft))) FROM queue_part
            WHERE queue_part.queue_id = queue.id)
        """
    static let scrapped: SQL = sum(partScrapped)

    private static func sum(_ figure: SQL) -> SQL {
        "(SELECT sum(\(figure)) FROM queue_part WHERE queue_part.queue_id = queue.id)"
    }

    /// The entries with their parts, and the unfinished entries that make these parts or what their assemblies consist of.
    static let whatWaits: SQL = """
        FROM queue_part AS own JOIN queue ON queue.id = own.queue_id JOIN queue_part AS other ON other.part_id = own.part_id
            OR other.part_id IN (SELECT part_id FROM part_component WHERE assembly_id = own.part_id)
        JOIN queue AS before ON before.id = other.queue_id
        WHERE before.level < queue.level AND before.status NOT IN ('done', 'removed')
        """

    /// The rows of an entry's parts, and the entries that work on these or on what assemblies consist of. A part is looked up by its id: for a
    /// table of all parts and components SQLite would read all that ever were.
    static let ownAndComponents: SQL = """
        queue_part AS own JOIN queue_part AS other
            ON other.part_id IN (SELECT own.part_id UNION ALL SELECT part_id FROM part_component WHERE assembly_id = own.part_id)
        JOIN queue AS before ON before.id = other.queue_id
        """

    /// The unfinished entries that make the parts of an entry, or of which its assemblies consist.
    private static let before: SQL = """
        FROM \(ownAndComponents)
        WHERE own.queue_id = queue.id AND before.level < queue.level AND before.status NOT IN ('done', 'removed')
        """

    static let waitsFor: SQL =
        "(SELECT group_concat(code, ', ') FROM (SELECT DISTINCT before.code AS code \(before) ORDER BY before.step))"

    /// The condition that work on the entry of an `aux_queue` can start. The entries are looked at one by one, in their order: for a join SQLite
    /// would first read all of the queue that ever was.
    static let isOneReady: SQL = """
        aux_queue.open AND EXISTS (SELECT 1 FROM queue JOIN project ON project.id = queue.project_id
            WHERE queue.id = aux_queue.queue_id AND \(isReady))
        """

    /// The condition that work on an entry can start.
    static let isReady: SQL = """
        aux_queue.open AND queue.status IN ('queued', 'paused') AND project.held_on IS NULL AND NOT EXISTS (SELECT 1 \(before))
        """
}
