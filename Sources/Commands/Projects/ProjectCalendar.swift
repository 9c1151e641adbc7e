import Console
import Shop
import Values

/// The documents that the calendar can be.
private enum CalendarDocument: String, Choice { case ics }

private let month = Option<Month>("--month MONTH", "2026-12, next-month, last-month; default: this month, and with ics all days")
private let client = Option<Line>("-c, --client CODE", "only projects of this client", from: .codes("client"))
private let queue = Flag("--queue", "what is planned on each machine, in place of the days of projects")
private let format = Option<FormatOrDocument<CalendarDocument>>("-f, --format FORMAT", "print the answer in this format")

let calendarCommand = reads(
    "project calendar", "Show the days of a month on which projects are due or cut", [month, client, queue, format], permission: .view,
    about: """
        Shows the month in weeks, and below it each entry: `due`, the promised day; `deadline`, by which a paid project is to be processed; \
        `expiry`, the last day of an offer; `cut`, for which the cutting is planned. Completed and cancelled projects are left out. The days \
        of the setting `public_holidays` are marked, and today.

        `--queue` shows the work on each machine instead: as the plan was kept last, or else as `laseros queue plan` proposes it now.

        `--format ics` writes an iCalendar file (RFC 5545) of all open projects, and of those cancelled in the last 90 days as cancelled. \
        Calendars take it by its address: let cron write it where a web server finds it, under a name that nobody can guess, as in \
        examples/crontab, and subscribe to that address. Google Calendar takes only an address, which it reads a few times a day. An unchanged \
        shop writes the same file.
        """,
    examples: [
        "laseros project calendar", "laseros project calendar --month next-month --client CL-0001 --csv",
        "laseros project calendar --queue",
        "laseros project calendar --format ics --output jobs.ics",
    ], answer: CalendarEntry.headings
) { call, shop in
    let found = try call[client].map { try shop.find(.client, $0.text).id }
    if call.document(format) == .ics {
        if call[queue] { throw Failure(.usage, .project, "an iCalendar file has no plan: leave out --queue or --format ics") }
        let query = shop.published(call[month]?.period, client: found)
        return Output(.document(Document { try shop.writeCalendar(query, to: $0) }, "wrote \(call[Standard.output] ?? "-")"))
    }
    let today = try shop.today(), shown = call[month] ?? Month(of: today), holidays = try shop.setting(Settings.holidays)
    if call[queue] {
        let (work, notes) = try shop.plannedDays(shown.period, client: found)
        let grid = MonthGrid(
            shown, today: today, work.map { MonthGrid.Entry($0.day, $0.machine, $0.name, $0.isLate ? .bad : .plain) },
            kinds: Set(work.map(\.machine)).sorted(),
            isHoliday: { holidays.contains($0) })
        return Output(.month(grid, Listing(work, PlannedDay.columns))).noting(notes)
    }
    let entries = try shop.calendar(CalendarQuery(shown.period, client: found))
    let grid = MonthGrid(
        shown, today: today, entries.map { MonthGrid.Entry($0.day, $0.event.rawValue, $0.name, tone(of: $0, today)) },
        kinds: CalendarEvent.allCases.map(\.rawValue), isHoliday: { holidays.contains($0) })
    return Output(.month(grid, Listing(entries, CalendarEntry.columns)))
}

private func tone(of entry: CalendarEntry, _ today: Day) -> Tone {
    switch entry.event {
    case .due, .deadline: entry.day < today ? .bad : entry.event == .due ? .plain : .warning
    case .expiry: .quiet
    case .cut: .good
    }
}
