import Testing
import Values

@testable import Commands
@testable import Console
@testable import Shop
@testable import Store

/// The calendar of projects, as rows and as an iCalendar file.
@Suite struct CalendarTests {
    /// A shop with a project for each kind of day, on the second, and some that are finished.
    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "client add Karoo", "client add 'Brass, Söhne; \\ Co'", "project add Gate -c CL-0001 --due 2026-09-02",
            "project add Paid -c CL-0002",
            "project add Offer -c CL-0001", "project add Cut -c CL-0001", "project add Done -c CL-0001 --due 2026-09-02",
            "project part add Gate 'Hinge, left' --quantity 4", "project part add Gate Plate",
        ] { try workshop.demand("laseros \(line)") }
        try workshop.tamper(
            """
            UPDATE project SET status = 'queued', pop_deadline = '2026-09-02', quote_expires_on = '2026-09-02' WHERE name = 'Paid';
            UPDATE project SET status = 'quote', quote_expires_on = '2026-09-02' WHERE name = 'Offer';
            UPDATE project SET status = 'in-progress', scheduled_on = '2026-09-02' WHERE name = 'Cut';
            UPDATE project SET status = 'completed' WHERE name = 'Done'
            """)
        return workshop
    }

    private static func rows(_ workshop: Workshop, _ words: String) throws -> [String] {
        try workshop.demand("laseros project calendar \(words) --csv --fields day,event,name --no-header").split(separator: "\n").map(
            String.init)
    }

    @Test func everyDayOfOpenProjectsIsAnEntry() throws {
        let workshop = try Self.shop()
        let all = ["2026-09-02,due,Gate", "2026-09-02,deadline,Paid", "2026-09-02,expiry,Offer", "2026-09-02,cut,Cut"]
        #expect(try Self.rows(workshop, "--month 2026-09") == all && Self.rows(workshop, "--month next-month") == all)
        #expect(try Self.rows(workshop, "") == [] && Self.rows(workshop, "--month 2026-10") == [])
        #expect(try Self.rows(workshop, "--month 2026-09 --client CL-0002") == [all[1]])
        // The first and the last day belong to the month.
        for (day, month) in [("2026-08-31", "2026-08"), ("2026-10-01", "2026-10"), ("2026-10-31", "2026-10")] {
            try workshop.demand("laseros project edit Gate --due \(day)")
            #expect(try Self.rows(workshop, "--month \(month)") == ["\(day),due,Gate"])
        }
        #expect(try workshop.run("laseros project calendar --month 2026").code == 2)
        #expect(try workshop.demand("laseros project calendar --month 2026-09 --codes").split(separator: "\n").count == 3)
    }

    /// A month is searched in indexes, however large the shop is.
    @Test func aMonthIsSearched() throws {
        let workshop = try Self.shop(), month = try #require(Period(reading: "2026-09"))
        func plan(_ query: CalendarQuery) throws -> [String] {
            try workshop.reading { data in try data.all("EXPLAIN QUERY PLAN \(query.events)") { $0.text(3) } }
        }
        let searched = ["project_due", "project_deadline", "project_expiry", "project_scheduled"]
        let steps = try plan(CalendarQuery(month, client: nil)).filter { $0.contains(" project") }
        #expect(steps.count == 4 && zip(steps, searched).allSatisfy { $0.hasPrefix("SEARCH project USING INDEX \($1) ") }, "\(steps)")
        // The whole file reads the open projects and those that were cancelled lately.
        let whole = try plan(CalendarQuery(nil, client: nil, cancelledSince: Moment(ms: 0))).filter { $0.hasPrefix("SCAN") }
        #expect(whole.allSatisfy { $0.contains("USING INDEX project_") && !$0.contains("project_order") }, "\(whole)")
        #expect(try !plan(CalendarQuery(nil, client: nil, cancelledSince: Moment(ms: 0))).contains { $0 == "SCAN move" })
    }

    @Test func filesAreWrittenAtOnceForAnyNumberOfProjects() throws {
        let workshop = try Self.shop()
        func count() throws -> Int {
            try SQLWatch.statements(of: workshop) { try workshop.demand("laseros project calendar --format ics") }.count
        }
        let few = try count()
        for i in 0..<20 { try workshop.demand("laseros project add P\(i) -c CL-0001 --due 2026-09-03") }
        #expect(try count() == few)
        let file = try workshop.demand("laseros project calendar --format ics --month 2026-09")
        #expect(file.contains("\r\nDTSTART;VALUE=DATE:20260903\r\nDTEND;VALUE=DATE:20260904\r\n"))
    }

    // iCalendar

    private struct Event: Equatable {
        var uid, domain, start, status, stamp, summary, description, categories: String
        var days, sequence: Int
    }

    /// The events as PyPI's icalendar reads them.
    private static func events(_ workshop: Workshop, _ words: String = "", at clock: String = Workshop.clock) throws -> [String: Event] {
        let written = try workshop.run(ShellWords("project calendar --format ics --output jobs.ics \(words)").words, at: clock)
        #expect(written == Answered(out: "wrote jobs.ics\n", said: "", code: 0))
        let read = try Subprocess.run([Paths.package + "/.venv/bin/python", Paths.tests + "/icsevents.py", "jobs.ics"], in: workshop.work)
        #expect(read.code == 0, "`make setup` installs icalendar: \(read.said)")
        let reader = try RecordReader(InputFile(Array(read.out.utf8), name: "events"), dialect: .json)
        var events: [String: Event] = [:]
        while try reader.next() {
            func text(_ name: String) throws -> String { reader.text(try #require(reader.columns.firstIndex(of: name))) }
            let event = Event(
                uid: try text("uid"), domain: try text("domain"), start: try text("start"), status: try text("status"),
                stamp: try text("stamp"), summary: try text("summary"), description: try text("description"),
                categories: try text("categories"), days: Int(try text("days")) ?? 0, sequence: Int(try text("sequence")) ?? 0)
            events[event.uid] = event
        }
        return events
    }

    private static let gate = "JB-2026-08-CL0001-001-due"

    @Test func icalendarReadsTheFile() throws {
        let workshop = try Self.shop(), events = try Self.events(workshop)
        #expect(events.count == 4 && events.values.allSatisfy { $0.start == "2026-09-02" && $0.days == 1 })
        #expect(Set(events.values.map(\.categories)) == ["due", "deadline", "expiry", "cut"])
        let gate = try #require(events[Self.gate])
        #expect(gate.summary == "Due: Gate (Karoo)" && gate.status == "TENTATIVE" && gate.sequence == 1)
        #expect(gate.description == "JB-2026-08-CL0001-001\nclient: CL-0001 Karoo\nstatus: request")
        let paid = try #require(events["JB-2026-08-CL0002-001-deadline"])
        #expect(paid.summary == "Deadline: Paid (Brass, Söhne; \\ Co)" && paid.status == "CONFIRMED")
        #expect(try Self.events(workshop, "--month 2026-09").count == 4 && Self.events(workshop, "--month 2026-10").isEmpty)
        #expect(try Set(Self.events(workshop, "--client CL-0002").keys) == [paid.uid])
    }

    /// An unchanged shop writes the same bytes; a change, a move and an undo are each the next of the sequence, with their time.
    @Test func changesAreTold() throws {
        let workshop = try Self.shop()
        func bytes(_ clock: String) throws -> String { try workshop.run(ShellWords("project calendar --format ics").words, at: clock).out }
        #expect(try bytes("2026-08-23T08:00:00Z") == bytes("2026-08-25T09:30:00Z"))
        var before = try Self.events(workshop)
        for (i, line) in ["edit Gate --name Gates", "hold Gate steel", "resume Gate", "edit Gate --due 2026-09-03"].enumerated() {
            let clock = "2026-08-24T0\(i):30:00Z"
            #expect(try workshop.run(ShellWords("project \(line)").words, at: clock).code == 0)
            let after = try Self.events(workshop, at: "2026-08-30T00:00:00Z"), gate = try #require(after[Self.gate])
            #expect(gate.sequence == before[Self.gate].map { $0.sequence + 1 } && gate.stamp == "2026-08-24 0\(i):30")
            #expect(gate.domain == before[Self.gate]?.domain)
            #expect(gate.description.contains("on hold: steel") == (i == 1))
            // The others stay as they are.
            #expect(after.filter { $0.key != Self.gate } == before.filter { $0.key != Self.gate })
            before = after
        }
        try workshop.demand("laseros undo")
        let undone = try #require(try Self.events(workshop)[Self.gate])
        #expect(undone.start == "2026-09-02" && undone.sequence == before[Self.gate].map { $0.sequence + 1 })
        #expect(try Self.events(Workshop(like: workshop))[Self.gate] == undone)
        #expect(try Self.events(Self.shop())[Self.gate]?.domain == undone.domain, "two shops with the same first entry")
    }

    /// A cancelled project stays for 90 days, so that calendars take it out.
    @Test func cancelledProjectsAreToldForAWhile() throws {
        let workshop = try Self.shop(), before = try #require(try Self.events(workshop)[Self.gate])
        try workshop.demand("laseros project cancel Gate gone")
        let gate = try #require(try Self.events(workshop)[Self.gate])
        #expect(gate.status == "CANCELLED" && gate.sequence == before.sequence + 1 && gate.start == before.start)
        #expect(try Self.events(workshop, at: "2026-11-21T07:59:00Z")[Self.gate] == gate)
        #expect(try Self.events(workshop, at: "2026-11-21T08:01:00Z")[Self.gate] == nil)
        #expect(try !Self.rows(workshop, "--month 2026-09").contains("2026-09-02,due,Gate"))
        try workshop.demand("laseros project reinstate Gate")
        #expect(try Self.events(workshop)[Self.gate]?.status == "TENTATIVE")
    }

    /// Long names in any script survive the folding, and so do the marks that have to be escaped.
    @Test(arguments: ["ü", "門", "🔥", "a", ",", ";", "\\", "é"])
    func linesAreFoldedBetweenCharacters(_ letter: String) throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Karoo")
        for count in 40..<80 {
            let name = String(repeating: letter, count: count)
            #expect(try workshop.run(["project", "add", name, "--client", "CL-0001", "--due", "2026-09-02"]).code == 0)
        }
        try workshop.tamper(
            "UPDATE client SET name = 'Two' || char(10) || 'lines' || char(13) || char(10) || 'and' || char(7) || char(9) || '.'")
        let events = try Self.events(workshop)
        let wanted = Set((40..<80).map { "Due: \(String(repeating: letter, count: $0)) (Two\nlines\nand \t.)" })
        #expect(Set(events.values.map(\.summary)) == wanted)
    }

    @Test func linesHave75Octets() {
        for (letter, width) in [("a", 1), ("ü", 2), ("門", 3), ("🔥", 4)] {
            var writer = ICalendarWriter()
            writer.text("X", String(repeating: letter, count: 200))
            let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\r\n").map { Array($0.utf8) }
            #expect(lines.dropLast().allSatisfy { (76 - width...75).contains($0.count) } && lines.dropFirst().allSatisfy { $0[0] == 32 })
        }
        var writer = ICalendarWriter()
        writer.text("X", String(repeating: "a", count: 73))
        #expect(writer.bytes.count == 77)
    }

    @Test func textIsEscaped() {
        var writer = ICalendarWriter()
        writer.text("X", "a,b;c\\d\ne\r\nf\u{7}g\th:\"ü\"")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "X:a\\,b\\;c\\\\d\\ne\\nf g\th:\"ü\"\r\n")
    }

    /// The entry of two projects counts for these alone, one of more for all between them.
    @Test func revisionsAreThoseOfTheJournal() throws {
        let workshop = try Self.shop()
        func edit(_ words: String, _ hour: Int) throws {
            #expect(try workshop.run(ShellWords("project edit \(words)").words, at: "2026-08-23T\(hour):00:00Z").code == 0)
        }
        try edit("Gate Paid Offer --priority high", 10)
        try edit("Gate Cut --priority low", 11)
        try edit("Gate Paid Done --priority urgent", 12)
        func revisions(_ ids: [Int]) throws -> [String] {
            let shop = try Shop(workshop.shop, .reading, clock: Moment(reading: Workshop.clock)!, who: "x", nouns: .ofTable)
            let revisions = try Revisions(shop, of: "project", ids)
            return ids.map { "\(revisions[$0].count) \(revisions[$0].last?.description.prefix(13).suffix(2) ?? "")" }
        }
        #expect(try revisions([1, 2, 3, 4, 5]) == ["4 12", "3 12", "3 12", "3 12", "2 12"])
        #expect(try revisions([2, 5]) == ["3 12", "2 12"] && revisions([9]) == ["0 "] && revisions([]) == [])
        try edit("Cut --priority high", 13)
        try edit("Paid --priority low", 14)
        #expect(try revisions([1, 2, 3, 4, 5]) == ["4 12", "4 14", "3 12", "4 13", "2 12"])
    }

    // Lists

    /// The filters by periods take the first and the last day, and combine with each other and with those that were saved.
    @Test func listsTakePeriods() throws {
        let workshop = try Self.shop()
        try workshop.tamper(
            """
            UPDATE project SET completed_on = '2026-08-31', delivered_on = '2026-09-01' WHERE name = 'Done';
            UPDATE project SET created_at = '2026-08-31T22:30:00.000Z' WHERE name = 'Cut';
            INSERT INTO delivery (code, project_id, day) VALUES ('DL-1', 1, '2026-09-30')
            """)
        func names(_ words: String) throws -> [String] {
            try workshop.demand("laseros project list \(words) --csv --no-header --fields name").split(separator: "\n").map(String.init)
                .sorted()
        }
        #expect(try names("--due 2026-09") == ["Gate"] && names("--due 2026-09 --all") == ["Done", "Gate"])
        #expect(try names("--due 2026-09-02..2026-09-02") == ["Gate"] && names("--due ..2026-09-01") == [])
        #expect(try names("-d 2026-09-03..") == [] && names("--due +10d") == ["Gate"] && names("--due today..+9d") == [])
        // Half past ten in the evening in UTC is the next day in Johannesburg.
        #expect(try names("--created 2026-09") == ["Cut"] && names("--created 2026-08-31") == [])
        #expect(try names("--created 2026-09-01..") == ["Cut"] && names("--created ..2026-08-31").count == 3)
        #expect(try names("--completed 2026-08") == ["Done"] && names("--completed 2026-09") == [])
        #expect(try names("--delivered 2026-09") == ["Done", "Gate"] && names("--delivered 2026-09-01") == ["Done"])
        #expect(try names("--delivered 2026-09 --completed 2026-08-31 --due 2026-09") == ["Done"])
        try workshop.demand("laseros project list --due 2026-09 --save september")
        #expect(try names("@september") == ["Gate"] && names("@september --completed 2026") == ["Done"])
        #expect(try names("--where due=2026-09 --client CL-0002") == [])
        #expect(
            try workshop.demand("laseros project hold --due 2026-09 --all-matching steel") == "project JB-2026-08-CL0001-001 put on hold\n")
        #expect(try workshop.run("laseros project edit --due 2026-10-01 --all-matching").said.contains("--where due=2026-10-01"))
    }

    /// An ambiguous word is answered with the candidates and what they are called.
    @Test func candidatesAreNamed() throws {
        let workshop = try Self.shop()
        for line in [
            "project add 'Side gate' -c CL-0002", "project list --due today --save due-soon", "project list --due today --save due-late",
        ] {
            try workshop.demand("laseros \(line)")
        }
        let gates =
            "'JB-2026-08' could be any of 6 projects: JB-2026-08-CL0001-001 (Gate, Karoo), JB-2026-08-CL0002-001 (Paid, Brass, Söhne; \\ Co)"
        for line in [
            "project show JB-2026-08", "project edit JB-2026-08 --notes x", "project cancel JB-2026-08 why", "project files JB-2026-08",
        ] {
            let refused = try workshop.run("laseros \(line)")
            #expect(refused.code == 3 && refused.said.contains(gates), "\(refused)")
        }
        let logged = try workshop.run("laseros log JB-2026-08")
        #expect(logged.code == 3 && logged.said.contains("any of projects JB-2026-08-CL0001-001 (Gate, Karoo), "), "\(logged)")
        for (line, code, hint) in [
            ("project list @due", 3, "did you mean @due-late or @due-soon?"),
            ("project list --status c", 2, "did you mean completed or cancelled?"),
            ("project list --where status=c", 2, "did you mean completed or cancelled?"),
            ("project list --del", 2, "did you mean --delivered?"),
            ("project list --c", 2, "did you mean --client, --created, --completed"),
            ("project reo", 2, "did you mean 'laseros project reopen'?"),
            ("project st", 2, "did you mean 'laseros project start'?"),
            ("project re", 2, "'laseros project remove', 'laseros project request'"),
        ] as [(String, Int32, String)] {
            let refused = try workshop.run("laseros \(line)")
            #expect(refused.code == code && refused.said.contains(hint), "\(line): \(refused)")
        }
    }
}
