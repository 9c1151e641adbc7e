import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// What `project next` says, and that its commands work.
@Suite(.serialized) struct NextTests {
    private static func next(_ workshop: Workshop, _ fields: String, _ options: String = "") throws -> [String] {
        let text = try workshop.demand("laseros project next --csv --no-header --fields \(fields) \(options)")
        return text.split(separator: "\n").map(String.init)
    }

    /// The row of the project with this code.
    private static func row(_ workshop: Workshop, _ code: String, _ fields: String) throws -> String {
        try next(workshop, "code,\(fields)").first { $0.hasPrefix(code + ",") }.map { String($0.dropFirst(code.count + 1)) } ?? ""
    }

    /// From a request to the delivery by the commands that are printed.
    @Test(arguments: [
        (
            "A", "CL-0001",
            ["send the quote", "await the answer", "get the payment", "queue", "start", "finish", "notify", "deliver"]
        ),
        ("B", "CL-0002", ["send the quote", "await the answer", "queue", "start", "finish", "notify", "deliver"]),
    ])
    func theCommandsLeadToTheEnd(_ project: String, _ client: String, _ steps: [String]) throws {
        let workshop = try MoveTests.quoted(project, client), code = "JB-2026-08-\(client.replacing("-", with: ""))-001"
        for step in steps {
            let row = try Self.row(workshop, code, "next,command")
            #expect(row.hasPrefix(step + ","), "\(row)")
            try workshop.demand(String(row.dropFirst(step.count + 1)))
        }
        #expect(try workshop.demand("laseros project show \(code) --csv --no-header --fields stage") == "delivered\n")
    }

    /// A request is completed and quoted by the commands that are printed, with its words in capitals replaced.
    @Test func aRequestIsCompleted() throws {
        let workshop = try MoveTests.quoted("A", "CL-0001"), code = "JB-2026-08-CL0001-003"
        try workshop.demand("laseros project add D -c CL-0001")
        for step in ["set the material", "add the drawing", "make a quote", "send the quote"] {
            let row = try Self.row(workshop, code, "next,command")
            #expect(row.hasPrefix(step + ","), "\(row)")
            let words = [("CODE", "MS"), ("MM", "10"), ("FILE", "0001-Flange-MS-10mm-x4.dxf")]
            try workshop.demand(words.reduce(String(row.dropFirst(step.count + 1))) { $0.replacing(" \($1.0)", with: " \($1.1)") })
        }
    }

    @Test(arguments: [
        ("held_on = '2026-08-20', hold_reason = 'no steel'", "resume,on hold: no steel,2026-08-20"),
        ("status = 'queued', held_on = '2026-08-20'", "resume,on hold: for no reason given,2026-08-20"),
        ("thickness_um = NULL", "set the thickness,no thickness,2026-08-23"),
        ("material_id = NULL", "set the material,no material,2026-08-23"),
        ("name = 'A'", "make a quote,nothing is missing,2026-08-23"),
        ("status = 'quote', quote_expires_on = '2026-08-22'", "take it back,the offer expired 2026-08-22,2026-08-22"),
        ("status = 'quote', quote_expires_on = '2026-08-23'", "get the payment,offered until 2026-08-23,2026-08-23"),
        ("status = 'quote', pop_received_on = '2026-08-20'", "await the answer,offered,2026-08-23"),
        ("status = 'quote', origin_kind = 'remake'", "await the answer,offered,2026-08-23"),
        ("status = 'approved'", "get the payment,\"approved, not paid\",2026-08-23"),
        ("status = 'approved', pop_received_on = '2026-08-20', thickness_um = NULL", "set the thickness,no thickness,2026-08-23"),
        ("status = 'approved', pop_received_on = '2026-08-20'", "queue,approved,2026-08-23"),
        ("status = 'approved', origin_kind = 'remake'", "queue,approved,2026-08-23"),
        (
            "status = 'approved', pop_received_on = '2026-08-20', pop_deadline = '2026-08-25'",
            "queue,to be processed by 2026-08-25,2026-08-23"
        ),
        ("status = 'queued', scheduled_on = '2026-08-30'", "start,to be cut on 2026-08-30,2026-08-23"),
        ("status = 'in-progress'", "complete,in progress,2026-08-23"), ("status = 'cancelled'", ""),
    ])
    func eachStateHasItsStep(_ set: String, _ expected: String) throws {
        let workshop = try MoveTests.shop()
        try workshop.tamper("DELETE FROM part; UPDATE project SET \(set) WHERE name = 'A'")
        #expect(try Self.row(workshop, "JB-2026-08-CL0001-001", "next,why,since") == expected)
    }

    /// A completed project is listed until it is delivered, for 30 days.
    @Test func completedProjectsAreListedForAMonth() throws {
        let workshop = try MoveTests.shop()
        for verb in ["offer", "pop", "queue", "start", "complete"] { try workshop.demand("laseros project \(verb) A") }
        func steps(_ set: String) throws -> [String] {
            let shop = try Workshop(like: workshop)
            try shop.tamper("UPDATE project SET \(set) WHERE name = 'A'")
            return try Self.next(shop, "next").filter { ["notify", "deliver"].contains($0) }
        }
        #expect(try steps("completed_on = '2026-07-24'") == ["notify"])
        #expect(try steps("completed_on = '2026-07-23'") == [])
        #expect(try steps("notified_on = '2026-08-23'") == ["deliver"])
        #expect(try steps("delivered_on = '2026-08-23'") == [])
    }

    /// Overdue first, then by the deadline of the payment, the priority, and the promised day.
    @Test func theMostUrgentComesFirst() throws {
        let workshop = try MoveTests.shop()
        try workshop.tamper("DELETE FROM file; DELETE FROM part_operation; DELETE FROM part; DELETE FROM project")
        let jobs = [
            ("1", "due = '2026-08-10', priority = 'low'"), ("2", "due = '2026-08-22', pop_deadline = '2026-08-22'"),
            ("3", "status = 'approved', pop_deadline = '2026-08-24', due = '2026-12-01'"),
            ("4", "status = 'queued', pop_deadline = '2026-08-25', priority = 'urgent'"), ("5", "priority = 'urgent'"),
            ("6", "priority = 'high', due = '2026-09-30', pop_deadline = '2026-08-24'"), ("7", "due = '2026-08-23'"),
            ("8", "due = '2026-08-24'"), ("9", "name = 'I'"), ("10", "priority = 'low', due = '2026-08-23'"),
        ]
        for (name, _) in jobs.reversed() { try workshop.demand("laseros project add \(name) -c CL-0001") }
        for (name, set) in jobs { try workshop.tamper("UPDATE project SET \(set) WHERE name = '\(name)'") }
        try workshop.tamper("UPDATE project SET name = '9' WHERE name = 'I'")
        #expect(try Self.next(workshop, "name") == jobs.map(\.0))
        #expect(try Self.next(workshop, "name", "--limit 3") == ["1", "2", "3"])
        try workshop.demand("laseros project edit --all-matching --where owner=thandi --owner sipho")
        #expect(try Self.next(workshop, "name", "--mine") == [])
    }

    /// Each quote has its step; of several the one that went furthest counts.
    @Test func theFurthestQuoteCounts() throws {
        let workshop = try MoveTests.quoted("A", "CL-0001"), code = "JB-2026-08-CL0001-001"
        try workshop.demand("laseros quote send last")
        try workshop.demand("laseros quote add -c CL-0001 -p A 0001-Flange-MS-10mm-x4.dxf")
        #expect(try Self.row(workshop, code, "next,why") == "await the answer,QT-2026-0001 is valid until 2026-09-02")
        try workshop.tamper("UPDATE quote SET reminded_on = '2026-08-22' WHERE id = 1")
        #expect(try Self.row(workshop, code, "next,why,since") == "remind the client,QT-2026-0001 expires 2026-09-02,2026-08-22")
        try workshop.tamper("UPDATE quote SET valid_until = '2026-08-22' WHERE id = 1")
        #expect(
            try Self.row(workshop, code, "next,why,command") == "expire the offer,QT-2026-0001 expired 2026-08-22,laseros project expire")
        try workshop.demand("laseros project expire")
        #expect(try Self.row(workshop, code, "next,why") == "send the quote,QT-2026-0002 is a draft")
    }

    /// A code may hold what a shell would take for something else.
    @Test func codesAreQuoted() throws {
        let workshop = try MoveTests.shop()
        try workshop.tamper("UPDATE project SET code = 'A&B' WHERE name = 'A'")
        #expect(try Self.row(workshop, "A&B", "command") == "laseros quote add --client CL-0001 --project 'A&B'")
    }

    /// One statement reads everything, from the index of open projects and the newest steps.
    @Test func oneStatementReadsAlongIndexes() throws {
        let workshop = try ExampleShop.copy()
        let statements = try SQLWatch.statements(of: workshop) { try workshop.demand("laseros project next --csv") }
        let reading = statements.filter { $0.contains("project") && !$0.contains("sqlite_schema") }
        #expect(reading.count == 1, "\(reading)")
        let plan = try workshop.reading { data in
            try data.all(SQL(stringLiteral: "EXPLAIN QUERY PLAN " + (reading.first ?? ""))) { $0.text(3) }
        }
        let scans = plan.filter { $0.hasPrefix("SCAN") && !$0.contains("CONSTANT ROW") }
        #expect(scans.allSatisfy { ["SCAN found", "SCAN first", "SCAN need"].contains($0) || $0.hasSuffix("project_live") }, "\(plan)")
        #expect(plan.contains { $0.contains("project_completed (completed_on>?)") }, "\(plan)")
    }

    /// The table fits into a terminal of 80 columns.
    @Test func theTableIsNarrow() throws {
        for line in try ExampleShop.forReading().demand("laseros project next").split(separator: "\n") {
            #expect(line.count <= 80, "\(line)")
        }
    }
}
