import Store
import Values

/// What the passing of days did to a quote or a project, or who is to be reminded of it.
package enum ExpiryEvent: String, Stored, Choice, Presentable { case expired, remind, cancelled }

/// One row of `project expire`.
package struct Expiry: Sendable {
    package var event: ExpiryEvent
    /// `quote` or `project`.
    package var noun: String
    package var code: String
    package var client: String
    package var clientName: String
    package var email: String?
    /// The last day of the offer.
    package var until: Day

    package static let columns: [Column<Expiry>] = [
        Column("event", \.event), Column("noun", \.noun), Column("code", \.code), Column("client", \.client),
        Column("client_name", \.clientName), Column("email", \.email), Column("until", \.until),
    ]
    package static let headings = columns.map(\.heading)
}

extension Settings {
    package static let reminderDays = Setting(
        "quote_reminder_days", 5, "how many days before an offer expires the client is to be reminded; 0 for never", "a number of days"
    ) { (0...365).contains($0) }
    package static let cancelsExpired = Setting(
        "cancel_expired_projects", false, "whether `project expire` cancels projects whose offer has expired without a payment")
}

/// Finds what is due on this day. Whatever earlier days have missed is done as well, and a second run finds nothing.
extension Shop {
    package func expire() throws -> [Expiry] {
        guard let move = Noun.quote.lifeCycle?.move("expire") else { throw Failure(.defect, .quote, "quotes have no move expire") }
        let expired = try offers(.expired, ofQuotes: "quote.id IN (\(SQL.ids(try moveDue(.quote, move))))")
        return try expired + (setting(Settings.cancelsExpired) ? cancelExpired() : []) + remind()
    }

    /// Cancels offered projects whose offer has expired. A payment, an acceptance or a quote that is still valid keeps them.
    private func cancelExpired() throws -> [Expiry] {
        guard let cancel = LifeCycle.project.move("cancel") else { throw Failure(.defect, .project, "projects have no move cancel") }
        let found = try offers(
            .cancelled,
            ofProjects: """
                \(Shop.awaitsPayment) AND project.quote_expires_on < \(try today())
                AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.project_id = project.id) AND project.delivered_on IS NULL
                AND NOT EXISTS (
                    SELECT 1 FROM quote WHERE quote.project_id = project.id AND (quote.status = 'accepted' OR quote.status = 'sent'))
                """)
        for offer in found {
            let project = try find(.project, offer.code, guessing: .nothing)
            _ = try self.move(.project, project, cancel, LifeCycle.Request(reason: "the offer expired on \(offer.until)"))
        }
        return found
    }

    /// Marks the offers that expire soon. A quote is reminded of once, and so is a project that was offered without a quote.
    private func remind() throws -> [Expiry] {
        let today = try today(), days = try setting(Settings.reminderDays)
        guard days > 0 else { return [] }
        let quotes = try offers(
            .remind,
            ofQuotes: """
                quote.status = 'sent' AND quote.reminded_on IS NULL AND quote.valid_until BETWEEN \(today) AND \(today + days)
                AND (quote.project_id IS NULL OR project.held_on IS NULL AND project.pop_received_on IS NULL
                    AND project.status <> 'cancelled')
                """)
        let projects = try offers(
            .remind,
            ofProjects: """
                \(Shop.awaitsPayment) AND project.quote_reminded_on IS NULL
                AND project.quote_expires_on BETWEEN \(today) AND \(today + days) AND NOT EXISTS (
                    SELECT 1 FROM quote WHERE quote.project_id = project.id AND quote.status IN ('sent', 'accepted'))
                """)
        for offer in quotes {
            try data.run("UPDATE quote SET reminded_on = \(today) WHERE code = \(offer.code)")
            try data.run(
                """
                UPDATE project SET quote_reminded_on = \(today)
                WHERE id = (SELECT project_id FROM quote WHERE code = \(offer.code)) AND status = 'quote'
                """)
        }
        for offer in projects { try data.run("UPDATE project SET quote_reminded_on = \(today) WHERE code = \(offer.code)") }
        return quotes + projects
    }

    /// The condition for offered projects that neither a hold nor a payment keeps from expiring.
    private static let awaitsPayment: SQL = """
        \(Noun.openProjects) AND project.status = 'quote' AND project.held_on IS NULL AND project.pop_received_on IS NULL
        AND NOT \(Shop.hasPayment)
        """

    private func offers(_ event: ExpiryEvent, ofQuotes condition: SQL) throws -> [Expiry] {
        try offers(
            event, .quote, "quote.valid_until",
            from: "quote JOIN client ON client.id = quote.client_id LEFT JOIN project ON project.id = quote.project_id", condition)
    }

    private func offers(_ event: ExpiryEvent, ofProjects condition: SQL) throws -> [Expiry] {
        try offers(
            event, .project, "project.quote_expires_on", from: "project JOIN client ON client.id = project.client_id", condition)
    }

    private func offers(_ event: ExpiryEvent, _ noun: Noun, _ until: SQL, from: SQL, _ condition: SQL) throws -> [Expiry] {
        try data.all(
            """
            SELECT \(name: noun.name).code, client.code, client.name, client.email, \(until) FROM \(from) WHERE \(condition)
            ORDER BY \(Noun.order(ofCodes: "\(name: noun.name).code").joined(", "))
            """
        ) { row in
            Expiry(
                event: event, noun: noun.name, code: row.text(0), client: row.text(1), clientName: row.text(2), email: try row.get(3),
                until: try row.get(4))
        }
    }
}
