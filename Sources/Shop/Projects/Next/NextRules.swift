import Store
import Values

/// What to do next by the state of a project. The first rule whose condition holds counts.
extension NextStep {
    static func rules(today: Day) -> [Rule] {
        [held] + sent(today) + [drafted] + accepted + lacking + requested + offered(today) + approved + making + completed
    }

    private static let isOffering: SQL = "project.status IN ('request', 'quote')"

    /// When the project got its status.
    static let entered: SQL = "coalesce(\(ProjectStage.entered("project.status")), project.created_at)"

    private static let held = Rule(
        condition: "project.held_on IS NOT NULL", next: "resume", why: "on hold: {text}", command: "project resume {code}",
        since: "project.held_on", text: "coalesce(project.hold_reason, 'for no reason given')")

    private static func sent(_ today: Day) -> [Rule] {
        let isSent: SQL = "\(isOffering) AND quote.status = 'sent'"
        let reminded: SQL = "coalesce(quote.reminded_on, project.quote_reminded_on)"
        return [
            Rule(
                condition: "\(isSent) AND quote.valid_until < \(today)", next: "expire the offer", why: "{quote} expired {text}",
                command: "project expire", since: "quote.valid_until", text: "quote.valid_until"),
            Rule(
                condition: "\(isSent) AND \(reminded) IS NOT NULL", next: "remind the client", why: "{quote} expires {text}",
                command: "quote accept {quote}", since: reminded, text: "quote.valid_until"),
            Rule(
                condition: isSent, next: "await the answer", why: "{quote} is valid until {text}", command: "quote accept {quote}",
                since: "quote.sent_on", text: "quote.valid_until"),
        ]
    }

    private static let drafted = Rule(
        condition: "\(isOffering) AND quote.status = 'draft'", next: "send the quote", why: "{quote} is a draft",
        command: "quote send {quote}", since: "quote.day")

    private static let accepted = [
        Rule(
            condition: "project.status = 'quote' AND quote.status = 'accepted' AND NOT \(Shop.isPaid)", next: "get the payment",
            why: "{quote} is accepted, not paid", command: "project pop {code}", since: "quote.answered_on"),
        Rule(
            condition: "project.status = 'quote' AND quote.status = 'accepted'", next: "approve", why: "{quote} is accepted",
            command: "project approve {code}", since: "quote.answered_on"),
    ]

    /// What an offer and the queue need.
    private static let lacking: [Rule] = {
        let needs: SQL = "project.status IN ('request', 'approved')", noThickness: SQL = "NOT \(Shop.has("thickness_um"))"
        let noMaterial: SQL = "\(needs) AND NOT \(Shop.has("material_id"))"
        let edit = "project edit {code}", material = "--material CODE", thickness = "--thickness MM"
        return [
            Rule(
                condition: "\(noMaterial) AND \(noThickness)", next: "set the material", why: "no material, no thickness",
                command: "\(edit) \(material) \(thickness)"),
            Rule(condition: noMaterial, next: "set the material", why: "no material", command: "\(edit) \(material)"),
            Rule(
                condition: "\(needs) AND \(noThickness)", next: "set the thickness", why: "no thickness", command: "\(edit) \(thickness)"),
            Rule(
                condition: "project.status = 'request' AND NOT \(Shop.hasDrawing)", next: "add the drawing", why: "no drawing",
                command: "project attach {code} FILE"),
        ]
    }()

    private static let requested = [
        Rule(
            condition: "project.status = 'request' AND quote.status = 'accepted'", next: "offer", why: "{quote} is accepted",
            command: "project offer {code}", since: "quote.answered_on"),
        Rule(
            condition: "project.status = 'request'", next: "make a quote", why: "nothing is missing",
            command: "quote add --client {client} --project {code}"),
    ]

    /// Offers without a quote.
    private static func offered(_ today: Day) -> [Rule] {
        let until: SQL = "coalesce('offered until ' || project.quote_expires_on, 'offered')"
        return [
            Rule(
                condition: "project.status = 'quote' AND project.quote_expires_on < \(today)", next: "take it back",
                why: "the offer expired {text}", command: "project request {code}", since: "project.quote_expires_on",
                text: "project.quote_expires_on"),
            Rule(
                condition: "project.status = 'quote' AND NOT \(Shop.isPaid)", next: "get the payment", why: "{text}",
                command: "project pop {code}", text: until),
            Rule(
                condition: "project.status = 'quote'", next: "await the answer", why: "{text}", command: "project approve {code}",
                text: until),
        ]
    }

    private static let approved = [
        Rule(
            condition: "project.status = 'approved' AND NOT \(Shop.isPaid)", next: "get the payment", why: "approved, not paid",
            command: "project pop {code}"),
        Rule(
            condition: "project.status IN ('approved', 'queued') AND \(Shop.awaitedPart) IS NOT NULL", next: "get the material",
            why: "part {text} waits for the customer's material", command: "project part edit {code} {text} --material-received today",
            text: Shop.awaitedPart),
        Rule(
            condition: "\(awaitsStock) AND \(neededItem) IS NOT NULL AND \(isOrdered)", next: "receive the material",
            why: "waits for {text}, which is on order", command: "inv receive {text} QUANTITY", since: "project.material_awaited_on",
            text: neededItem),
        Rule(
            condition: "\(awaitsStock) AND \(neededItem) IS NOT NULL", next: "buy the material", why: "waits for {text}",
            command: "purchase add SUPPLIER {text}:QUANTITY --project {code}", since: "project.material_awaited_on", text: neededItem),
        Rule(
            condition: "project.status = 'approved'", next: "queue", why: "{text}", command: "project queue {code}",
            text: "coalesce('to be processed by ' || project.pop_deadline, 'approved')"),
    ]

    private static let making =
        [
            Rule(
                condition: "project.status = 'queued'", next: "start", why: "{text}", command: "project start {code}",
                text: "coalesce('to be cut on ' || project.scheduled_on, 'in the queue')")
        ] + work + [
            Rule(condition: "project.status = 'in-progress'", next: "complete", why: "in progress", command: "project complete {code}")
        ]

    /// That a project waits for what the shop keeps, since it was approved.
    private static let awaitsStock: SQL = "project.status = 'approved' AND project.material_awaited_on IS NOT NULL"

    /// The items of its materials of which nothing is free, else of which something is needed: as `Shop.item(for:)` finds them.
    private static let neededItem: SQL = """
        (SELECT code FROM (SELECT inv.code, on_hand_millis - reserved_millis AS free, abs(inv.thickness_um - need.thickness) AS off, inv.id
            FROM (SELECT coalesce(part.material_id, project.material_id) AS material, coalesce(part.thickness_um, project.thickness_um) AS thickness
                FROM part WHERE part.project_id = project.id AND customer_material IS NOT 1
                UNION SELECT project.material_id, project.thickness_um) AS need
            JOIN inv ON inv.material_id = need.material AND abs(inv.thickness_um - need.thickness) <= \(Shop.sheetTolerance)
            JOIN aux_inv ON aux_inv.inv_id = inv.id WHERE inv.active AND inv.client_id IS NULL)
        ORDER BY free > 0, off, id LIMIT 1)
        """

    private static let isOrdered: SQL = """
        EXISTS (SELECT 1 FROM purchase_line JOIN purchase ON purchase.id = purchase_id JOIN inv ON inv.id = purchase_line.inv_id
            WHERE inv.code = \(neededItem) AND purchase.status = 'placed' AND open_millis > 0)
        """

    /// The first open entry of a project that is so.
    private static func entry(_ condition: SQL) -> SQL {
        """
        (SELECT queue.code FROM queue JOIN aux_queue ON aux_queue.queue_id = queue.id LEFT JOIN operation ON operation.id = queue.operation_id
            WHERE queue.project_id = project.id AND \(condition) ORDER BY aux_queue.rank LIMIT 1)
        """
    }

    /// What is to be done with the entries of a project in progress.
    private static let work: [Rule] = {
        let ready: SQL = "\(QueueFigures.isReady) AND coalesce(operation.outside, 0) ="
        let steps: [(entry: SQL, next: String, why: String, command: String)] = [
            (entry("queue.status = 'running'"), "finish", "is at work", "queue finish {text}"),
            (entry("\(ready) 0"), "start", "can be started", "queue start {text}"),
            (entry("\(ready) 1"), "dispatch", "is done outside", "queue dispatch {text} --purchase CODE"),
            (entry("queue.status = 'outside'"), "receive", "is outside", "queue receive {text}"),
            (entry("aux_queue.open"), "look", "cannot be started", "queue show {text}"),
        ]
        return steps.map { step in
            Rule(
                condition: "project.status = 'in-progress' AND \(step.entry) IS NOT NULL", next: step.next, why: "{text} \(step.why)",
                command: step.command, text: step.entry)
        }
    }()

    private static let completed = [
        Rule(
            condition: "project.status = 'completed' AND project.notified_on IS NULL", next: "notify",
            why: "completed, the client is not told", command: "project notify {code}", since: "project.completed_on"),
        Rule(
            condition: "project.status = 'completed'", next: "deliver", why: "the client knows that it is ready",
            command: "project deliver {code}", since: "project.notified_on"),
    ]
}
