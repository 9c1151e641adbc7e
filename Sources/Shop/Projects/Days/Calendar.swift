import Store
import Values

/// What happens to a project on a day of the calendar.
package enum CalendarEvent: String, Choice, Stored, Presentable {
    /// It is promised for this day.
    case due
    /// It is to be processed by this day, because it is paid.
    case deadline
    /// The last day of its offer.
    case expiry
    /// It is planned to be cut.
    case cut

    fileprivate var column: SQL {
        switch self {
        case .due: "project.due"
        case .deadline: "project.pop_deadline"
        case .expiry: "project.quote_expires_on"
        case .cut: "project.scheduled_on"
        }
    }
}

/// A day of a project.
package struct CalendarEntry: Sendable {
    package var day: Day
    package var event: CalendarEvent
    package var code: String
    package var name: String
    package var client: String
    package var clientName: String
    package var status: ProjectStatus

    package static let columns: [Column<CalendarEntry>] = {
        var clientName = Column<CalendarEntry>("client_name", \.clientName)
        clientName.heading.audience = .people
        // Only planned work has them: see `PlannedDay`.
        var machine = Column<CalendarEntry>("machine", .text) { _ in .nothing },
            time = Column<CalendarEntry>("time_s", .seconds) { _ in .nothing }
        (machine.heading.isOptional, time.heading.isOptional) = (true, true)
        return [
            Column("day", \.day), Column("event", \.event), Column("code", \.code), Column("name", \.name),
            Column("client", wide: true, \.client), clientName, Column("status", wide: true, \.status), machine, time,
        ]
    }()
    package static let headings = columns.map(\.heading)
}

/// The days of projects that are wanted.
package struct CalendarQuery: Sendable {
    /// Nil for all days.
    var period: Period?
    var client: Int?
    /// Also of projects that were cancelled since then.
    var cancelledSince: Moment?

    package init(_ period: Period?, client: Int?, cancelledSince: Moment? = nil) {
        (self.period, self.client, self.cancelledSince) = (period, client, cancelledSince)
    }

    /// A statement with the columns id, event, place and day. Each day is searched in an index of its own, so that a month costs as much as
    /// it has entries.
    var events: SQL { CalendarEvent.allCases.enumerated().flatMap { place, event in part(event, place) }.joined(" UNION ALL ") }

    private func part(_ event: CalendarEvent, _ place: Int) -> [SQL] {
        var conditions: [SQL] = ["\(event.column) IS NOT NULL"]
        if let period { conditions.append(Noun.within(event.column, period.cell)) }
        if let client { conditions.append("project.client_id = \(client)") }
        // Only an offer that nobody has answered expires.
        let open: [SQL] = [Noun.openProjects] + (event == .expiry ? ["project.status = 'quote'"] : [])
        let select: SQL = "SELECT project.id AS id, \(event) AS event, \(place) AS place, \(event.column) AS day FROM project WHERE "
        var parts: [SQL] = ["\(select)\((open + conditions).joined(" AND "))"]
        if let cancelledSince {
            let recently: SQL = """
                project.status = 'cancelled' AND project.id IN (
                    SELECT project_id FROM move WHERE to_status = 'cancelled' AND at >= \(cancelledSince) AND project_id IS NOT NULL)
                """
            let unanswered: [SQL] = event == .expiry ? ["project.approved_on IS NULL"] : []
            parts.append("\(select)\(([recently] + unanswered + conditions).joined(" AND "))")
        }
        return parts
    }

    /// The order of the entries.
    static let order: SQL = "event.day, event.place, \(Noun.order(ofCodes: "project.code").joined(", "))"
}

extension Shop {
    /// The entries of a period, in order of their days.
    package func calendar(_ query: CalendarQuery) throws -> [CalendarEntry] {
        try data.all(
            """
            SELECT event.day, event.event, project.code, project.name, client.code, client.name, project.status
            FROM (\(query.events)) AS event CROSS JOIN project ON project.id = event.id CROSS JOIN client ON client.id = project.client_id
            ORDER BY \(CalendarQuery.order)
            """
        ) { row in
            CalendarEntry(
                day: try row.get(0), event: try row.get(1), code: row.text(2), name: row.text(3), client: row.text(4),
                clientName: row.text(5), status: try row.get(6))
        }
    }
}
