import Store
import Values

/// Writes lines of an iCalendar file (RFC 5545).
struct ICalendarWriter {
    /// The octets of a line without its CR LF (section 3.1).
    static let longest = 75

    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Writes a property. A long line is continued after a CR LF and a space, never inside a character.
    mutating func line(_ name: String, _ value: String) { line(name, Array(value.utf8)) }

    /// Writes a property of the type TEXT.
    mutating func text(_ name: String, _ text: String) { line(name, Self.escaped(text)) }

    private mutating func line(_ name: String, _ value: [UInt8]) {
        var used = 0
        func width(_ lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }
        for byte in Array(name.utf8) + [UInt8(ascii: ":")] + value {
            if byte & 0xC0 != 0x80 {
                if used + width(byte) > Self.longest {
                    bytes += "\r\n ".utf8
                    used = 1
                }
                used += width(byte)
            }
            bytes.append(byte)
        }
        bytes += "\r\n".utf8
    }

    /// Section 3.3.11. Control characters, which are not allowed, become blanks.
    private static func escaped(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text.withPlainLines.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","): out += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): out += "\\n".utf8
            case UInt8(ascii: "\t"): out.append(byte)
            default: out.append(byte < 32 || byte == 127 ? UInt8(ascii: " ") : byte)
            }
        }
        return out
    }

    /// `20261201`
    static func day(_ day: Day) -> String { plain(day.description) }

    /// `20261201T080000Z`
    static func moment(_ moment: Moment) -> String { plain(moment.description.prefix(19)) + "Z" }

    private static func plain(_ text: some StringProtocol) -> String {
        String(decoding: text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }
}

extension CalendarEvent {
    fileprivate var summary: String {
        switch self {
        case .due: "Due"
        case .deadline: "Deadline"
        case .expiry: "Offer expires"
        case .cut: "Cut"
        }
    }
}

/// The calendar as an iCalendar file.
extension Shop {
    /// How long a cancelled project stays in the file, so that calendars which show it take it out.
    private static let cancelledDays = 90

    /// The days of projects for an iCalendar file.
    package func published(_ period: Period?, client: Int?) -> CalendarQuery {
        CalendarQuery(period, client: client, cancelledSince: Moment(ms: clock.ms - Shop.cancelledDays * 86_400_000))
    }

    /// Writes an iCalendar file, entry by entry.
    ///
    /// DTSTAMP is the last change of the project, not the current time, so that the file of an unchanged shop has the same bytes. SEQUENCE
    /// counts the entries that changed its row, and nothing else of the project is in the file.
    package func writeCalendar(_ query: CalendarQuery, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let ids = try data.all("SELECT DISTINCT id FROM (\(query.events)) ORDER BY id") { $0.int(0) }
        let revisions = try Revisions(self, of: Noun.project.name, ids), domain = try calendarDomain()
        var writer = ICalendarWriter()
        writer.line("BEGIN", "VCALENDAR")
        writer.line("VERSION", "2.0")
        writer.line("PRODID", "-//laseros//project calendar//EN")
        writer.line("CALSCALE", "GREGORIAN")
        let company = try setting(Settings.company)
        if !company.isEmpty { writer.text("X-WR-CALNAME", company) }
        try data.each(
            """
            SELECT event.day, event.event, project.id, project.code, project.name, client.code, client.name, project.status,
                project.created_at, project.hold_reason
            FROM (\(query.events)) AS event CROSS JOIN project ON project.id = event.id CROSS JOIN client ON client.id = project.client_id
            ORDER BY \(CalendarQuery.order)
            """
        ) { row in
            let revision = revisions[row.int(2)]
            try write(row, (revision.count, try revision.last ?? row.get(8)), domain, &writer)
            try writer.bytes.withUnsafeBytes { try sink($0) }
            writer.removeAll()
        }
        writer.line("END", "VCALENDAR")
        try writer.bytes.withUnsafeBytes { try sink($0) }
    }

    private func write(_ row: Row, _ revision: (count: Int, last: Moment), _ domain: String, _ writer: inout ICalendarWriter) throws {
        let day: Day = try row.get(0), event: CalendarEvent = try row.get(1), status: ProjectStatus = try row.get(7)
        let code = row.text(3), name = row.text(4), client = row.text(6)
        var lines = [code, "client: \(row.text(5)) \(client)", "status: \(status.rawValue)"]
        if !row.isNull(9) { lines.append("on hold: \(row.text(9))") }
        writer.line("BEGIN", "VEVENT")
        writer.text("UID", "\(code)-\(event.rawValue)@\(domain)")
        writer.line("DTSTAMP", ICalendarWriter.moment(revision.last))
        writer.line("LAST-MODIFIED", ICalendarWriter.moment(revision.last))
        writer.line("SEQUENCE", "\(revision.count)")
        writer.line("STATUS", status == .cancelled ? "CANCELLED" : [.request, .quote].contains(status) ? "TENTATIVE" : "CONFIRMED")
        writer.line("DTSTART;VALUE=DATE", ICalendarWriter.day(day))
        writer.line("DTEND;VALUE=DATE", ICalendarWriter.day(day + 1))
        writer.text("SUMMARY", "\(event.summary): \(name) (\(client))")
        writer.text("DESCRIPTION", lines.joined(separator: "\n"))
        writer.text("CATEGORIES", event.rawValue)
        writer.line("TRANSP", "TRANSPARENT")
        writer.line("END", "VEVENT")
    }

    /// What makes the UIDs of this shop differ from those of others: the beginning of the hash of its first entry, which never changes.
    private func calendarDomain() throws -> String {
        let hash = try data.one("SELECT hash FROM journal ORDER BY id LIMIT 1") { $0.text(0) } ?? ""
        return "\(hash.prefix(16)).laseros"
    }
}
