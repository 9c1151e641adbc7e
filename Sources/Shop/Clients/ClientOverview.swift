import Store
import Values

/// All that `client show` tells: the client, and what is open with it.
extension Shop {
    private static let sections = ["open_projects", "open_quotes", "unpaid_invoices"]

    package static let clientHeadings =
        Noun.client.headings.filter { $0.type != .nested } + [Heading("balance", .money), Heading("last_contact_on", .day)]
        + Noun.client.headings.filter { $0.type == .nested } + sections.map { Heading($0, .nested) }

    package func overview(ofClient id: Int) throws -> Listing {
        let own = try show(.client, id)
        return Listing(Shop.clientHeadings) { body in
            try own.each { row in
                let business = try self.business(ofClient: id), count = row.count - Noun.client.shownChildren.count
                let last: DisplayValue = business.last.map { .day($0) } ?? .nothing
                try body(
                    row[..<count].map(\.kept) + [.money(business.balance), last] + row[count...].map(\.kept)
                        + Shop.sections.map { .nested(.array(business.open[$0] ?? [])) })
            }
        }
    }

    private typealias Business = (open: [String: [Nested]], balance: Money, last: Day?)

    /// What is open with a client, in one statement: the rows of each kind, then the day or moment of what was done last.
    private func business(ofClient id: Int) throws -> Business {
        var business: Business = ([:], .zero, nil)
        let today = try today()
        try data.each(
            """
            SELECT 0, code, name, status, due, NULL FROM project WHERE client_id = \(id) AND \(Noun.openProjects)
            UNION ALL SELECT 1, code, reference, status, valid_until, total_cents FROM quote
            WHERE client_id = \(id) AND status IN ('draft', 'sent')
            UNION ALL SELECT 2, coalesce(invoice.number, draft), reference, iif(invoice.number IS NULL, 'draft', iif(paid_cents > 0, 'partly-paid', 'open')), due,
                invoice.total_cents - coalesce(paid_cents, 0)
            FROM invoice LEFT JOIN aux_invoice ON invoice_id = invoice.id
            WHERE client_id = \(id) AND (invoice.number IS NULL OR aux_invoice.open = 1)
            UNION ALL SELECT 3, max(at), NULL, NULL, NULL, NULL FROM (
                SELECT max(created_at) AS at FROM project WHERE client_id = \(id)
                UNION ALL SELECT max(at) FROM project JOIN move ON project_id = project.id WHERE client_id = \(id)
                UNION ALL SELECT max(day) FROM project JOIN delivery ON project_id = project.id WHERE client_id = \(id)
                UNION ALL SELECT max(coalesce(answered_on, reminded_on, sent_on, day)) FROM quote WHERE client_id = \(id)
                UNION ALL SELECT max(coalesce(issued_on, day)) FROM invoice WHERE client_id = \(id)
                UNION ALL SELECT max(day) FROM payment WHERE client_id = \(id))
            """
        ) { row in
            let kind = row.int(0)
            guard kind < 3 else {
                // A day and a moment of it are in this order as texts.
                guard !row.isNull(1) else { return }
                return business.last =
                    try Day(reading: row.text(1)) ?? Moment(reading: row.text(1)).map { try $0.day(offset: offset(at: $0)) }
            }
            let end: Day? = try row.get(4)
            let isOverdue = kind == 2 && row.text(3) != "draft" && end.map { $0 < today } == true
            var members = [
                Nested.Member("code", .value(.text(row.text(1)))),
                Nested.Member(kind == 0 ? "name" : "reference", .value(row.isNull(2) ? .nothing : .text(row.text(2)))),
                Nested.Member("status", .value(.status(isOverdue ? "overdue" : row.text(3), isOverdue ? .bad : .plain))),
                Nested.Member(kind == 1 ? "valid_until" : "due", .value(end.map { .day($0) } ?? .nothing)),
            ]
            if kind > 0 {
                let amount: Money = try row.get(5)
                members.append(Nested.Member(kind == 1 ? "total" : "balance", .value(.money(amount))))
                if kind == 2, row.text(3) != "draft" { business.balance = business.balance + amount }
            }
            business.open[Shop.sections[kind], default: []].append(.object(members))
        }
        return business
    }
}
