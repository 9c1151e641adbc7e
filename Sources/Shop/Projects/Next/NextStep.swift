import Store
import Values

/// What to do next for a project.
package struct NextStep: Sendable {
    package var project: String
    package var name: String
    package var client: String
    package var clientName: String
    package var next: String
    package var why: String
    package var since: Day?
    package var due: Day?
    /// The command line to paste. Words in capitals are to be replaced.
    package var command: String

    package static let columns: [Column<NextStep>] = [
        Column("code", \.project), Column("name", wide: true, \.name), Column("client", wide: true, \.client),
        Column("client_name", wide: true, \.clientName), Column("next", \.next), Column("why", \.why), Column("since", wide: true, \.since),
        Column("due", wide: true, \.due), Column("command", wide: true, \.command),
    ]

    /// When a step is the next one, in the words of its row. `{code}`, `{client}` and `{quote}` stand for codes, `{text}` for what the rule
    /// reads.
    struct Rule: Sendable {
        var condition: SQL
        var next: String
        var why: String
        /// After `laseros`.
        var command: String
        /// A day or a date-time; nil for when the project got its status.
        var since: SQL?
        var text: SQL?
    }
}

extension Shop {
    /// The days after completion during which `project next` lists what is not delivered.
    private static let collectionDays = 30

    /// What to do next, one row for each project that is neither delivered nor cancelled, the most urgent first.
    /// - Parameter mine: whether only for projects whose owner is the user.
    package func nextSteps(mine: Bool, limit: Int?) throws -> Listing {
        let rules = try NextStep.rules(today: today()), statement = try nextSteps(rules, mine: mine, limit: limit)
        return Listing(NextStep.columns.map(\.heading)) { body in
            try self.data.each(statement) { row in
                let step = try self.nextStep(rules[row.int(0)], row)
                try body(NextStep.columns.map { $0.value(step) })
            }
        }
    }

    private func nextStep(_ rule: NextStep.Rule, _ row: Row) throws -> NextStep {
        let codes = ["{code}": row.text(1), "{client}": row.text(3), "{quote}": row.text(5), "{text}": row.text(8)]
        func filled(_ template: String) -> [String] { template.split(separator: " ").map(String.init) }
        let since: String? = try row.get(7)
        return NextStep(
            project: row.text(1), name: row.text(2), client: row.text(3), clientName: row.text(4), next: rule.next,
            why: filled(rule.why).map { codes[$0] ?? $0 }.joined(separator: " "), since: try since.flatMap(day), due: try row.get(6),
            command: ShellLine.text(filled("laseros \(rule.command)").map { codes[$0] ?? $0 }))
    }

    /// The day of a day or a date-time.
    private func day(_ text: String) throws -> Day? {
        guard text.utf8.count > 10 else { return Day(reading: text) }
        return try Moment(reading: text).map { $0.day(offset: try offset(at: $0)) }
    }

    private func nextSteps(_ rules: [NextStep.Rule], mine: Bool, limit: Int?) throws -> SQL {
        let today = try today()
        func each(_ value: (NextStep.Rule) -> SQL?, else other: SQL) -> SQL {
            let cases = rules.enumerated().compactMap { i, rule in value(rule).map { "WHEN \(i) THEN \($0)" as SQL } }
            return "CASE step \(cases.joined(" ")) ELSE \(other) END"
        }
        let step = rules.enumerated().map { i, rule -> SQL in "WHEN \(rule.condition) THEN \(i)" }.joined(" ")
        let owned: SQL = mine ? "AND project.owner = \(who)" : ""
        let joins: SQL = "JOIN client ON client.id = project.client_id LEFT JOIN quote ON quote.id ="
        let order: [SQL] =
            [
                "coalesce(project.due >= \(today), 1)", "iif(project.due < \(today), project.due, NULL)",
                "iif(project.status IN ('approved', 'queued', 'in-progress'), project.pop_deadline, NULL) NULLS LAST",
                "CASE project.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'low' THEN 3 ELSE 2 END", "project.due NULLS LAST",
            ] + Noun.order(ofCodes: "project.code")
        return """
            WITH first AS MATERIALIZED (
                SELECT id AS project FROM project
                WHERE id IN (SELECT id FROM project WHERE \(Noun.openProjects) UNION ALL \(try undelivered())) \(owned)
                ORDER BY \(order.joined(", ")) LIMIT \(limit ?? -1)
            ), found AS MATERIALIZED (
                SELECT project.id AS project, quote.id AS quote, CASE \(step) END AS step
                FROM first JOIN project ON project.id = first.project \(joins) (
                    SELECT id FROM quote WHERE quote.project_id = project.id AND status IN ('draft', 'sent', 'accepted')
                    ORDER BY status = 'accepted' DESC, status = 'sent' DESC, id DESC LIMIT 1)
            )
            SELECT step, project.code, project.name, client.code, client.name, quote.code, project.due,
                \(each(\.since, else: NextStep.entered)), \(each(\.text, else: "NULL"))
            FROM found JOIN project ON project.id = found.project \(joins) found.quote
            WHERE step IS NOT NULL
            ORDER BY \(order.joined(", "))
            """
    }

    /// The projects that were completed in the last weeks and not delivered. The sign prevents SQLite from reading all that were never
    /// delivered, which may be most projects of an old shop.
    private func undelivered() throws -> SQL {
        """
        SELECT id FROM project
        WHERE completed_on >= \(try today() - Shop.collectionDays) AND +status = 'completed' AND delivered_on IS NULL
        """
    }
}
