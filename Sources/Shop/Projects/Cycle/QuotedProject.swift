import Store
import Values

/// Moves the project of a quote or an invoice along with it. What the quote has shown is not demanded of the project again.
extension Shop {
    /// The project of a quote or an invoice, and its state.
    private func project(of noun: Noun, _ id: Int) throws -> (thing: RecordID, status: ProjectStatus)? {
        try data.one(
            """
            SELECT project.id, project.code, project.status FROM \(name: noun.name)
            JOIN project ON project.id = project_id WHERE \(name: noun.name).id = \(id)
            """
        ) { (RecordID(id: $0.int(0), code: $0.text(1)), try $0.get(2)) }
    }

    /// - Returns: `project JB-2026-08-CL0001-001 offered`, and what followed from it.
    private func take(_ project: RecordID, _ verb: String, because reason: String) throws -> [String] {
        guard let move = LifeCycle.project.move(verb) else { throw Failure(.defect, .project, "projects have no move \(verb)") }
        let notes = try self.move(.project, project, move, LifeCycle.Request(reason: reason, isImplied: true))
        // That the deadline counts from now is said of payments; what happened in the queue is always said.
        return ["project \(project.code) \(move.done)"] + (verb == "approve" ? notes : [])
    }

    /// A sent quote offers its project.
    func projectAfterSending(_ quote: RecordID) throws -> [String] {
        guard let (project, status) = try project(of: .quote, quote.id) else { return [] }
        if status == .request { return try take(project, "offer", because: "quote \(quote.code) was sent") }
        if status == .quote { try renewOffer(of: project.id) }
        return []
    }

    /// Takes the days of an offer from the newest quote that is sent.
    private func renewOffer(of project: Int) throws {
        let set = try offered(project).map { each -> SQL in "\(name: each.column) = \(each.value)" }
        try data.run("UPDATE project SET \(set.joined(", ")) WHERE id = \(project)")
    }

    /// An accepted quote approves its project if the client has paid or pays on account.
    func projectAfterAccepting(_ quote: RecordID) throws -> [String] {
        try projectAfter(.quote, quote, "quote \(quote.code) was accepted")
    }

    /// The order that an invoice or a payment shows offers and approves a project, too, which may have been made a request again.
    private func projectAfter(_ noun: Noun, _ thing: RecordID, _ reason: String, asksForProof: Bool = true) throws -> [String] {
        guard let (project, status) = try project(of: noun, thing.id), [.request, .quote].contains(status) else { return [] }
        let notes = status == .request ? try take(project, "offer", because: reason) : []
        guard try facts(ofProject: project).lacksOfPayment.isEmpty else {
            return !asksForProof
                ? notes : notes + ["project \(project.code) waits for the proof of payment: laseros project pop \(project.code)"]
        }
        return try notes + take(project, "approve", because: reason)
    }

    /// - Throws: `refused` for a quote of a cancelled project.
    func demandNotCancelled(projectOf quote: RecordID, _ done: String) throws {
        guard let (project, status) = try project(of: .quote, quote.id), status == .cancelled else { return }
        throw Failure(
            .refused, .quote, "quote \(quote.code) cannot be \(done): project \(project.code) is cancelled",
            hint: "laseros project reinstate \(project.code)")
    }

    /// The rejection of its only quote makes a project a request again.
    func projectAfterRejecting(_ quote: RecordID) throws -> [String] {
        guard let (project, status) = try project(of: .quote, quote.id), status == .quote else { return [] }
        let other = try data.one(
            "SELECT 1 FROM quote WHERE project_id = \(project.id) AND status IN ('sent', 'accepted') AND id <> \(quote.id)"
        ) { _ in true }
        if other != true { return try take(project, "request", because: "quote \(quote.code) was rejected") }
        try renewOffer(of: project.id)
        return []
    }

    /// A payment approves the project of its invoice.
    func projectAfterPayment(_ invoice: RecordID) throws -> [String] {
        let reason = "a payment for invoice \(invoice.code) was recorded"
        if let (project, status) = try project(of: .invoice, invoice.id), status == .cancelled {
            return ["project \(project.code) is cancelled: laseros project reinstate \(project.code)"]
        }
        return try projectAfter(.invoice, invoice, reason)
    }

    /// An issued invoice approves the project of a client on account.
    func projectAfterIssuing(_ invoice: RecordID) throws -> [String] {
        try projectAfter(.invoice, invoice, "invoice \(invoice.code) was issued", asksForProof: false)
    }

    /// The newest sent quote decides when the offer of its project expires.
    func projectFollows(_ quote: Int, until end: Day) throws {
        try data.run(
            """
            UPDATE project SET quote_expires_on = \(end), quote_reminded_on = iif(quote_expires_on < \(end), NULL, quote_reminded_on)
            WHERE id = (SELECT project_id FROM quote WHERE id = \(quote)) AND status = 'quote' AND quote_expires_on IS NOT \(end)
                AND NOT EXISTS (
                    SELECT 1 FROM quote WHERE project_id = project.id AND status = 'sent' AND quote.id > \(quote))
            """)
    }
}
