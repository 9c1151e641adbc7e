import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Deadlines, holds and expiry.
@Suite struct ExpiryTests {
    @Test(arguments: [
        (DayCount.calendar, "", "2026-08-21", "2026-08-24"), (.business, "", "2026-08-21", "2026-08-26"),
        (.business, "2026-08-25,12-25", "2026-08-21", "2026-08-27"), (.business, "08-24 08-25", "2025-08-22", "2025-08-28"),
    ])
    func deadlinesCountDays(_ kind: DayCount, _ holidays: String, _ start: String, _ end: String) throws {
        let days = Workdays(kind, Holidays(reading: holidays)), first = try #require(Day(reading: start))
        let last = days.day(3, after: first)
        #expect(last == Day(reading: end))
        #expect(days.count(after: first, through: last) == 3 && days.count(after: last, through: first) == 0)
    }

    @Test func aYearOfHolidaysEnds() {
        let all = (0..<366).map { day in String((Day(number: 19_723) + day).description.dropFirst(5)) }.joined(separator: ",")
        let days = Workdays(.business, Holidays(reading: all)), start = Day(number: 20_000)
        #expect(days.day(3, after: start) > start)
        #expect(Holidays(reading: "2026-02-30") == nil && Holidays(reading: "13-01") == nil && Holidays(reading: "02-29") != nil)
    }

    /// A payment, an acceptance, a valid quote or a hold keeps a project from being cancelled.
    @Test func onlyWhatNobodyWantsIsCancelled() throws {
        let workshop = try MoveTests.shop()
        try workshop.demand("laseros config set cancel_expired_projects yes")
        func expired(_ sql: String) throws -> Bool {
            let shop = try Workshop(like: workshop)
            try shop.tamper("UPDATE project SET status = 'quote', quote_expires_on = '2026-08-01' WHERE name = 'A'; \(sql)")
            let answered = try shop.run("laseros project expire --json")
            #expect(answered.code == 0)
            return answered.out.contains("cancelled")
        }
        let quote = "INSERT INTO quote (code, client_id, project_id, status, day, valid_until) VALUES ('Q', 1, 1,"
        #expect(try expired(""))
        #expect(try expired("\(quote) 'rejected', '2026-07-01', '2026-08-01')"))
        #expect(try expired("\(quote) 'sent', '2026-07-01', '2026-08-01')"))
        #expect(try !expired("\(quote) 'sent', '2026-07-01', '2026-09-01')"))
        #expect(try !expired("\(quote) 'accepted', '2026-07-01', '2026-08-01')"))
        #expect(try !expired("UPDATE project SET held_on = '2026-07-20' WHERE name = 'A'"))
        #expect(try !expired("UPDATE project SET pop_received_on = '2026-07-20' WHERE name = 'A'"))
        #expect(try !expired("UPDATE project SET quote_expires_on = '2026-08-23' WHERE name = 'A'"))
        #expect(
            try !expired(
                """
                INSERT INTO invoice (draft, number, client_id, project_id, day, issued_on, due, subtotal_cents, vat_rate_bp, vat_cents,
                    total_cents) VALUES ('D', 'N', 1, 1, '2026-08-01', '2026-08-01', '2026-08-01', 100, 0, 0, 100);
                INSERT INTO aux_invoice (invoice_id, total_cents, number, paid_cents) VALUES (1, 100, 'N', 0);
                INSERT INTO payment (code, client_id, day, amount_cents) VALUES ('P', 1, '2026-08-02', 50);
                INSERT INTO allocation (payment_id, invoice_id, day, amount_cents) VALUES (1, 1, '2026-08-02', 50)
                """))
        #expect(try expired("") && !expired("DELETE FROM setting"))
    }

    private static func run(_ workshop: Workshop, _ line: String, on day: String) throws -> Answered {
        try workshop.run(ShellWords(line).words, at: "\(day)T08:00:00Z")
    }

    /// Each offer is reminded of once, also after the day itself was missed, and again when the client gets more time.
    @Test func remindsOnce() throws {
        let workshop = try MoveTests.quoted("A", "CL-0001")
        try workshop.demand("laseros quote send last")
        func reminds(_ day: String) throws -> Bool { try Self.run(workshop, "project expire --json", on: day).out.contains("remind") }
        #expect(try !reminds("2026-08-27"))
        #expect(try reminds("2026-08-31") && !reminds("2026-08-31") && !reminds("2026-09-01"))
        #expect(try Self.run(workshop, "quote edit QT-2026-0001 --valid-until 2026-09-20", on: "2026-09-01").code == 0)
        #expect(try !reminds("2026-09-01") && reminds("2026-09-16") && !reminds("2026-09-17"))
        try workshop.demand("laseros config set quote_reminder_days 0")
        try workshop.demand("laseros project add D -c CL-0001")
        try workshop.demand("laseros project offer D --force why")
        #expect(try !reminds("2026-09-20"))
        try workshop.demand("laseros config set quote_reminder_days")
        #expect(try reminds("2026-09-20"))
    }

    /// A hold keeps an offer from expiring, and its days are added to the deadlines.
    @Test func aHoldStopsTheClock() throws {
        let workshop = try MoveTests.quoted("A", "CL-0001")
        for line in ["quote send last", "project pop A", "project hold A steel"] { try workshop.demand("laseros \(line)") }
        #expect(try Self.run(workshop, "project expire", on: "2026-09-12") == Answered(out: "", said: "", code: 0))
        #expect(try Self.run(workshop, "project queue A", on: "2026-09-12").said.contains("on hold (steel)"))
        #expect(try Self.run(workshop, "project resume A", on: "2026-09-12").code == 0)
        let days = try workshop.reading { data in
            try data.one("SELECT pop_deadline, quote_expires_on, valid_until FROM project JOIN quote ON project_id = project.id") { row in
                [row.text(0), row.text(1), row.text(2)]
            }
        }
        #expect(days == ["2026-09-15", "2026-09-22", "2026-09-22"])
        #expect(try Self.run(workshop, "project queue A", on: "2026-09-12").code == 0)
        #expect(try Self.run(workshop, "project hold A paint", on: "2026-09-12").code == 0)
        for verb in ["start", "complete"] {
            #expect(try Self.run(workshop, "project \(verb) A", on: "2026-09-12").code == 4)
            #expect(try Self.run(workshop, "project \(verb) A --force now", on: "2026-09-12").code == 0)
        }
        #expect(try workshop.demand("laseros project show A --json --fields held_on").contains("null"))
    }
}
