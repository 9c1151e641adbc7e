import Store
import Values

/// The days of an offer and of a hold.
extension Shop {
    /// The days of an offer: that of the offer, and the last on which it can be accepted.
    /// - Parameter again: whether earlier days are replaced.
    func offered(_ project: Int, again: Bool = false) throws -> [(column: String, value: SQL)] {
        let today = try today(), days = try setting(Settings.quoteDays).value
        let first: SQL = again ? "\(today)" : "coalesce(quoted_on, \(today))"
        let sent = try data.one(
            "SELECT valid_until FROM quote WHERE project_id = \(project) AND status = 'sent' ORDER BY id DESC LIMIT 1"
        ) { try $0.get(0) as Day }
        let last = sent.flatMap { $0 < today ? nil : $0 } ?? today + days
        // An offer that ends later is reminded of again.
        let reminded: SQL = "iif(quote_expires_on < \(last) OR quote_expires_on IS NULL, NULL, quote_reminded_on)"
        return [("quoted_on", first), ("quote_reminded_on", reminded), ("quote_expires_on", "\(last)")]
    }

    /// Ends a hold: what it delayed is due as many days later.
    func resumed(_ project: RecordID) throws -> LifeCycle.Effect {
        var effect = LifeCycle.Effect(values: [("held_on", "NULL"), ("hold_reason", "NULL")])
        let days = try data.one("SELECT held_on, pop_received_on, pop_deadline, quote_expires_on FROM project WHERE id = \(project.id)") {
            row in
            (
                held: try row.get(0) as Day, paid: try row.get(1) as Day?, deadline: try row.get(2) as Day?,
                expiry: try row.get(3) as Day?
            )
        }
        guard let days else { return effect }
        let today = try today()
        if let deadline = days.deadline, deadline >= days.held {
            let workdays = try workdays(), since = max(days.held, days.paid ?? days.held)
            let later = workdays.day(workdays.count(after: since, through: today), after: deadline)
            if later != deadline {
                effect.values.append(("pop_deadline", "\(later)"))
                effect.notes.append("project \(project.code) is to be processed by \(later)")
            }
        }
        let length = today.number - days.held.number
        guard length > 0 else { return effect }
        if let expiry = days.expiry, expiry >= days.held {
            effect.values += [("quote_expires_on", "\(expiry + length)"), ("quote_reminded_on", "NULL")]
        }
        let quotes = try data.all(
            "SELECT id, code, valid_until FROM quote WHERE project_id = \(project.id) AND status = 'sent' AND valid_until >= \(days.held)"
        ) { (id: $0.int(0), code: $0.text(1), until: try $0.get(2) as Day) }
        for quote in quotes {
            try data.run("UPDATE quote SET valid_until = \(quote.until + length), reminded_on = NULL WHERE id = \(quote.id)")
            effect.notes.append("quote \(quote.code) is valid until \(quote.until + length)")
        }
        return effect
    }
}
