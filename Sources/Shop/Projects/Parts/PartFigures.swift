import Store
import Values

/// The figures of a part, each computed from the rows that it follows from.
enum PartFigures {
    /// In the order of listings.
    static let fields: [Field] = [
        Field("quoted", Int.self, sql: quoted, wide: true), Field("made", Int.self, sql: made),
        Field("scrapped", Int.self, sql: scrapped, wide: true),
        Field("delivered", Int.self, sql: delivered, wide: true), Field("invoiced", Int.self, sql: invoiced, wide: true),
        Field("left", Int.self, sql: left),
    ]

    /// What the newest quote offers that is neither rejected nor expired.
    private static let quoted: SQL = """
        coalesce((SELECT sum(quantity_millis) / 1000 FROM quote_line WHERE part_id = part.id AND version_id = (
            SELECT max(quote_version.id) FROM quote_line AS line JOIN quote_version ON quote_version.id = line.version_id
            JOIN quote ON quote.id = quote_version.quote_id AND quote.version = quote_version.version
            WHERE line.part_id = part.id AND quote.status NOT IN ('rejected', 'expired'))), 0)
        """

    /// The good pieces after the last operation; without runs, a completed project has made what was ordered. What is delivered was made.
    private static let made: SQL = """
        max(\(delivered), coalesce(\(finished), (SELECT CASE WHEN project.status = 'completed' THEN coalesce(part.quantity, 0) ELSE 0 END
            FROM project WHERE project.id = part.project_id)))
        """

    /// What runs have made of it in its last operation; NULL without runs.
    static let finished: SQL = """
        (SELECT iif(EXISTS (SELECT 1 FROM queue_part JOIN run_row ON queue_part_id = queue_part.id JOIN run ON run.id = run_id
                WHERE queue_part.part_id = part.id AND run.removed_on IS NULL), \(QueueFigures.good), NULL)
            FROM queue_part JOIN queue ON queue.id = queue_part.queue_id
            WHERE queue_part.part_id = part.id AND queue.status <> 'removed' ORDER BY queue.level DESC LIMIT 1)
        """

    /// What was scrapped of it in any operation.
    private static let scrapped: SQL =
        "coalesce((SELECT sum(\(QueueFigures.partScrapped)) FROM queue_part WHERE queue_part.part_id = part.id), 0)"

    /// What deliveries name of it.
    private static let handed: SQL = "coalesce((SELECT sum(quantity) FROM delivery_line WHERE delivery_line.part_id = part.id), 0)"

    /// The same with what assemblies have taken, as far as it is ordered. The limit ends a circle, and a hostile nest of assemblies.
    static let delivered: SQL = """
        iif(\(Shop.isComponent), max(\(handed), (
            WITH RECURSIVE above(id, times) AS (
                SELECT part.id, 1
                UNION ALL SELECT assembly_id, times * part_component.quantity FROM part_component
                JOIN above ON part_component.part_id = above.id LIMIT 1000)
            SELECT min(coalesce(part.quantity, 0), coalesce(sum(times * delivery_line.quantity), 0)) FROM above
            JOIN delivery_line ON delivery_line.part_id = above.id)), \(handed))
        """

    /// Once a project is delivered nothing is, whatever was accepted as missing.
    private static let left: SQL = """
        iif((SELECT delivered_on FROM project WHERE project.id = part.project_id) IS NULL, part.quantity - \(delivered), 0)
        """

    /// What issued invoices ask to be paid.
    private static let invoiced: SQL = """
        coalesce((SELECT sum(invoice_line.quantity_millis) / 1000 FROM quote_line
            JOIN invoice_line ON invoice_line.quote_line_id = quote_line.id
            JOIN invoice ON invoice.id = invoice_line.invoice_id AND invoice.number IS NOT NULL WHERE quote_line.part_id = part.id), 0)
        """
}
