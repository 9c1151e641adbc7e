import Store
import Values

/// Where a run stands.
package enum RunStatus: String, Choice, Stored, Presentable { case running, paused, done, removed }

extension Noun {
    /// What was done in one go at a machine.
    package static let run: Noun = {
        var noun = Noun(
            "run", "What was done: machine, operator, time, pieces and sheets", coding: .series("RN-", digits: 4),
            from: """
                run LEFT JOIN machine ON machine.id = run.machine_id LEFT JOIN operator ON operator.id = run.operator_id
                LEFT JOIN preset ON preset.id = run.preset_id LEFT JOIN material ON material.id = run.material_id
                """,
            fields)
        (noun.command, noun.ownListCommand) = ("queue run", "queue runs")
        noun.title = nil
        noun.searched = ["code", "notes"]
        noun.children = [rows]
        noun.books = .run
        noun.contradictions = { shop, touched in try shop.returnedTooMuch(among: touched) }
        noun.filters = [
            .reference("project", "-p, --project CODE", "only runs for this project") { project in
                """
                run.id IN (SELECT run_row.run_id FROM run_row JOIN queue_part ON queue_part.id = queue_part_id JOIN queue ON queue.id = queue_id
                    WHERE queue.project_id = \(project))
                """
            },
            .reference("client", "-c, --client CODE", "only runs for this client") { client in
                """
                run.id IN (SELECT run_row.run_id FROM project JOIN queue ON queue.project_id = project.id
                    JOIN queue_part ON queue_id = queue.id JOIN run_row ON queue_part_id = queue_part.id WHERE project.client_id = \(client))
                """
            },
            Filter("--operation KEY", Line.self, "only runs of this operation; cut is cutting") { key, shop in
                guard case .text(let word) = key, word.lowercased() != "cut" else { return runIsCut }
                return """
                    run.id IN (SELECT run_row.run_id FROM queue JOIN queue_part ON queue_id = queue.id JOIN run_row ON queue_part_id = queue_part.id
                        WHERE queue.operation_id = \(try shop.find(.operation, word).id))
                    """
            },
            Filter("-t, --thickness MM", Length.self, "only runs of this thickness") { thickness, _ in "run.thickness_um = \(thickness)" },
            Filter("--status STATUS", RunStatus.self, "only runs that are so: running, paused, done or removed") { status, _ in
                "\(runStatus) = \(status)"
            },
            Filter("--period PERIOD", Period.self, "only runs of this period: 2026-12, this-week, from..to") { period, _ in
                Noun.within("run.day", period)
            },
        ]
        noun.live = Live(leavingOut: "what is removed", unless: "status") { _ in "run.removed_on IS NULL" }
        noun.named = [Named("scrap", "with scrapped pieces") { _ in "\(scrapped) > 0" }]
        noun.shown = [Field("used", Line.self, sql: used)]
        noun.examples = ["edit": ["laseros queue run edit last --time 42m --operator OP-0001"]]
        return noun
    }()

    static let runStatus: SQL = """
        CASE WHEN run.removed_on IS NOT NULL THEN 'removed' WHEN run.ended_at IS NOT NULL THEN 'done'
            WHEN run.paused_at IS NOT NULL THEN 'paused' ELSE 'running' END
        """

    private static func sum(_ column: SQL) -> SQL { "(SELECT sum(\(column)) FROM run_row WHERE run_row.run_id = run.id)" }
    private static let scrapped = sum("run_row.scrapped")

    /// The entries that a run was about.
    private static let entries: SQL = """
        (SELECT group_concat(code, ', ') FROM (SELECT DISTINCT queue.code FROM run_row JOIN queue_part ON queue_part.id = queue_part_id
            JOIN queue ON queue.id = queue_id WHERE run_row.run_id = run.id
            UNION SELECT code FROM queue WHERE queue.run_id = run.id))
        """

    /// Whether something was cut in it.
    static let runIsCut: SQL = """
        EXISTS (SELECT 1 FROM run_row JOIN queue_part ON queue_part.id = queue_part_id JOIN queue ON queue.id = queue_id
            WHERE run_row.run_id = run.id AND queue.operation_id IS NULL)
        """

    /// What it took from the stock and has not put back: `1.5 of SM-MS-3, 1 of RE-0001`
    private static let used: SQL = """
        (SELECT group_concat(rtrim(rtrim(printf('%.3f', -millis / 1000.0), '0'), '.') || ' of ' || code, ', ') FROM (
            SELECT sum(quantity_millis) AS millis, coalesce(inv.code, lot.code) AS code FROM movement LEFT JOIN inv ON inv.id = movement.inv_id
            LEFT JOIN lot ON lot.id = movement.lot_id WHERE movement.run_id = run.id GROUP BY 2 HAVING sum(quantity_millis) < 0))
        """

    /// The sheets that were used and not put back.
    private static let sheets: SQL =
        "(SELECT -sum(quantity_millis) FROM movement WHERE movement.run_id = run.id AND movement.inv_id IS NOT NULL)"

    private static let fields: [Field] = [
        Field("day", Day.self, sql: "run.day", sorts: true), Field("entries", Line.self, sql: entries),
        Field("machine", to: "machine", "--machine CODE", "where it was", wide: true),
        Field("operator", to: "operator", "--operator CODE", "who did it"), .name(of: "operator", wide: true),
        Field("preset", to: "preset", "--preset CODE", "the settings of the laser", wide: true),
        Field("material", to: "material", wide: true),
        Field("thickness_mm", Length.self, column: "thickness_um", sql: "run.thickness_um", wide: true),
        Field("started_at", Moment.self, sql: "run.started_at", wide: true),
        Field("ended_at", Moment.self, sql: "run.ended_at", wide: true),
        Field("paused_s", Seconds.self, column: "paused_ms", sql: "run.paused_ms", wide: true),
        Field(
            "time_s", Seconds.self, "--time TIME", "how long it took, without pauses", column: "duration_ms", sql: "run.duration_ms",
            sums: true),
        Field("estimate_s", Seconds.self, column: "estimate_ms", sql: "run.estimate_ms", wide: true),
        Field("good", Int.self, sql: sum("run_row.good"), sums: true), Field("scrapped", Int.self, sql: scrapped, sums: true),
        Field("sheets", Quantity.self, sql: sheets, sums: true),
        Field("status", RunStatus.self, sql: "NULL", wide: true).on { _ in runStatus },
        Field("notes", String.self, "--notes TEXT", "internal notes", sql: "run.notes", wide: true),
        Field("removed_on", Day.self, sql: "run.removed_on", wide: true).optional(),
        Field("remove_reason", Line.self, sql: "run.remove_reason", wide: true).optional(),
        Field("at", Moment.self, sql: "run.at", wide: true), Field("who", Line.self, sql: "run.who", wide: true),
    ]

    /// What a run made of each part.
    private static let rows: Child = {
        var child = Child(
            "row", "What a run made of each part", in: "run_row", of: "run_id",
            joining: """
                JOIN queue_part ON queue_part.id = run_row.queue_part_id JOIN queue ON queue.id = queue_part.queue_id
                LEFT JOIN part ON part.id = queue_part.part_id
                """,
            [
                Field("entry", Line.self, column: "queue_part_id", sql: "queue.code").naming(rowOf: "queue_part"),
                Field("part", Int.self, sql: "part.number"),
                Field("title", Line.self, sql: "part.title"), Field("good", Int.self, sql: "run_row.good"),
                Field("scrapped", Int.self, sql: "run_row.scrapped"), Field("reason", Line.self, sql: "run_row.reason"),
                Field("time_s", Seconds.self, column: "duration_ms", sql: "run_row.duration_ms"),
                Field("redoes", Line.self, column: "redoes_id", sql: redone).naming(rowOf: "run_row"),
            ])
        child.isPortable = false
        return child
    }()

    /// The run whose scrap was made again, with its reason.
    private static let redone: SQL = """
        (SELECT fault.code || coalesce(': ' || scrap.reason, '') FROM run_row AS scrap JOIN run AS fault ON fault.id = scrap.run_id AND fault.removed_on IS NULL
            WHERE scrap.id = run_row.redoes_id)
        """
}
