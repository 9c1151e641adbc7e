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

    /// The first rule whose condition holds counts.
    static func rules(today: Day) -> [Rule] {
        let isOffering: SQL = "project.status IN ('request', 'quote')", lacks: SQL = "project.status IN ('request', 'approved')"
        let material = "project edit {code} --material CODE", thickness = "--thickness MM", noPayment: SQL = "NOT \(isPaid)"
        return [
            Rule(
                condition: "project.held_on IS NOT NULL", next: "resume", why: "on hold: {text}", command: "project resume {code}",
                since: "project.held_on", text: "coalesce(project.hold_reason, 'for no reason given')"),
            Rule(
                condition: "\(isOffering) AND quote.status = 'sent' AND quote.valid_until < \(today)", next: "expire the offer",
                why: "{quote} expired {text}", command: "project expire", since: "quote.valid_until", text: "quote.valid_until"),
            Rule(
                condition: "\(isOffering) AND quote.status = 'sent' AND coalesce(quote.reminded_on, project.quote_reminded_on) IS NOT NULL",
                next: "remind the client", why: "{quote} expires {text}", command: "quote accept {quote}",
                since: "coalesce(quote.reminded_on, project.quote_reminded_on)", text: "quote.valid_until"),
            Rule(
                condition: "\(isOffering) AND quote.status = 'sent'", next: "await the answer", why: "{quote} is valid until {text}",
                command: "quote accept {quote}", since: "quote.sent_on", text: "quote.valid_until"),
            Rule(
                condition: "\(isOffering) AND quote.status = 'draft'", next: "send the quote", why: "{quote} is a draft",
                command: "quote send {quote}", since: "quote.day"),
            Rule(
                condition: "project.status = 'quote' AND quote.status = 'accepted' AND \(noPayment)", next: "get the payment",
                why: "{quote} is accepted, not paid", command: "project pop {code}", since: "quote.answered_on"),
            Rule(
                condition: "project.status = 'quote' AND quote.status = 'accepted'", next: "approve", why: "{quote} is accepted",
                command: "project approve {code}", since: "quote.answered_on"),
            Rule(
                condition: "\(lacks) AND NOT \(Shop.has("material_id")) AND NOT \(Shop.has("thickness_um"))", next: "set the material",
                why: "no material, no thickness", command: "\(material) \(thickness)"),
            Rule(
                condition: "\(lacks) AND NOT \(Shop.has("material_id"))", next: "set the material", why: "no material",
                command: material),
            Rule(
                condition: "\(lacks) AND NOT \(Shop.has("thickness_um"))", next: "set the thickness", why: "no thickness",
                command: "project edit {code} \(thickness)"),
            Rule(
                condition: "project.status = 'request' AND NOT \(Shop.hasDrawing)", next: "add the drawing", why: "no drawing",
                command: "project attach {code} FILE"),
            Rule(
                condition: "project.status = 'request' AND quote.status = 'accepted'", next: "offer", why: "{quote} is accepted",
                command: "project offer {code}", since: "quote.answered_on"),
            Rule(
                condition: "project.status = 'request'", next: "make a quote", why: "nothing is missing",
                command: "quote add --client {client} --project {code}"),
            Rule(
                condition: "project.status = 'quote' AND project.quote_expires_on < \(today)", next: "take it back",
                why: "the offer expired {text}", command: "project request {code}", since: "project.quote_expires_on",
                text: "project.quote_expires_on"),
            Rule(
                condition: "project.status = 'quote' AND \(noPayment)", next: "get the payment", why: "{text}",
                command: "project pop {code}", text: offered),
            Rule(
                condition: "project.status = 'quote'", next: "await the answer", why: "{text}", command: "project approve {code}",
                text: offered),
            Rule(
                condition: "project.status = 'approved' AND \(noPayment)", next: "get the payment", why: "approved, not paid",
                command: "project pop {code}"),
            Rule(
                condition: "project.status = 'approved'", next: "queue", why: "{text}", command: "project queue {code}",
                text: "coalesce('to be processed by ' || project.pop_deadline, 'approved')"),
            Rule(
                condition: "project.status = 'queued'", next: "start", why: "{text}", command: "project start {code}",
                text: "coalesce('to be cut on ' || project.scheduled_on, 'in the queue')"),
            Rule(
                condition: "project.status = 'in-progress'", next: "complete", why: "in progress", command: "project complete {code}"),
            Rule(
                condition: "project.notified_on IS NULL", next: "notify", why: "completed, the client is not told",
                command: "project notify {code}", since: "project.completed_on"),
            Rule(
                condition: "1", next: "deliver", why: "the client knows that it is ready", command: "project deliver {code}",
                since: "project.notified_on"),
        ]
    }

    private static let isPaid: SQL = """
        (client.terms IS 'account' OR project.origin_kind IS 'remake' OR project.pop_received_on IS NOT NULL OR \(Shop.hasPayment))
        """

    private static let offered: SQL = "coalesce('offered until ' || project.quote_expires_on, 'offered')"

    /// When the project got its status.
    static let entered: SQL = """
        coalesce((SELECT at FROM move WHERE project_id = project.id AND to_status = project.status AND from_status IS NOT to_status
            ORDER BY position DESC LIMIT 1), project.created_at)
        """
}

extension Shop {
    /// The days after completion during which `project next` lists what is not delivered.
    private static let collectionDays = 30
    /// The number of newest transitions among which completions are looked for, because completed projects have no index of their own.
    private static let newestMoves = 10_000

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
        let order: [SQL] = [
            "coalesce(project.due >= \(today), 1)", "iif(project.due < \(today), project.due, NULL)",
            "iif(project.status IN ('approved', 'queued', 'in-progress'), project.pop_deadline, NULL) NULLS LAST",
            "CASE project.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'low' THEN 3 ELSE 2 END", "project.due NULLS LAST",
        ]
        let sql: SQL = """
            WITH found AS MATERIALIZED (
                SELECT project.id AS project, quote.id AS quote, CASE \(step) END AS step FROM project \(joins) (
                    SELECT id FROM quote WHERE quote.project_id = project.id AND status IN ('draft', 'sent', 'accepted')
                    ORDER BY status = 'accepted' DESC, status = 'sent' DESC, id DESC LIMIT 1)
                WHERE project.id IN (SELECT id FROM project WHERE \(Noun.openProjects) UNION ALL \(try undelivered()))
                    \(owned)
            )
            SELECT step, project.code, project.name, client.code, client.name, quote.code, project.due,
                \(each(\.since, else: NextStep.entered)), \(each(\.text, else: "NULL"))
            FROM found JOIN project ON project.id = found.project \(joins) found.quote
            ORDER BY \((order + Noun.order(ofCodes: "project.code")).joined(", "))
            """
        return limit.map { sql + " LIMIT \($0)" } ?? sql
    }

    /// The projects that were completed in the last weeks and not delivered.
    private func undelivered() throws -> SQL {
        """
        SELECT project.id FROM move CROSS JOIN project ON project.id = move.project_id
        WHERE move.id > (SELECT max(id) FROM move) - \(Shop.newestMoves) AND move.to_status = 'completed' AND project.status = 'completed'
            AND project.delivered_on IS NULL AND project.completed_on >= \(try today() - Shop.collectionDays)
        """
    }
}
