import Testing
import Values

@testable import Shop
@testable import Store

/// What quotes, invoices, payments, holds and reasons do to the transitions of projects.
@Suite struct MoveRuleTests {
    /// A shop in which A has a quote that was sent, and B, whose client is on account, one that is a draft.
    private static func shop() throws -> Workshop {
        let workshop = try MoveTests.shop()
        for line in [
            "machine add FIBER3 '3 kW' --bed 3000x1500 --rate 850",
            "preset add P --material MS --thickness 10 --speed 950 --gas oxygen --pierce-time 1.5",
            "price add material-kg MS 32.50 --from 2026-01-01", "quote add -c CL-0001 -p A --override -m MS -t 10 --valid-until +10d",
            "quote add -c CL-0002 -p B --override -m MS -t 10", "quote send QT-2026-0001",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    private static func shown(_ workshop: Workshop, _ name: String, _ fields: String) throws -> String {
        try workshop.demand("laseros project show \(name) --csv --no-header --fields \(fields)").split(separator: "\n").joined()
    }

    /// A quote of a cancelled project is neither sent nor accepted, nor is anybody reminded of it.
    @Test func cancelledProjectsAreNotOrdered() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project cancel A gone")
        try workshop.demand("laseros project cancel B gone")
        for line in ["accept QT-2026-0001", "send QT-2026-0002"] {
            let refused = try workshop.run("laseros quote \(line)")
            #expect(refused.code == 4 && refused.said.contains("is cancelled\nhint: laseros project reinstate JB-"), "\(refused)")
        }
        #expect(try workshop.run(["project", "expire"], at: "2026-08-30T08:00:00Z").out == "")
    }

    /// A job of which something was delivered is not cancelled by the calendar, and does not stop it.
    @Test func deliveredJobsDoNotExpire() throws {
        let workshop = try Self.shop()
        for line in [
            "config set cancel_expired_projects yes", "project pop A", "project queue A", "project start A", "project deliver A 1:1",
            "project cancel A gone --force 'they keep it'", "project reinstate A", "project pop A --withdraw",
        ] { try workshop.demand("laseros \(line)") }
        let later = try workshop.run(["project", "expire", "--csv", "--no-header"], at: "2027-08-30T08:00:00Z")
        #expect(later.code == 0 && later.out.contains("expired,quote,QT-2026-0001") && !later.out.contains("cancelled"), "\(later)")
    }

    /// Both the reason of a transition and that of its force are kept.
    @Test func bothReasonsAreKept() throws {
        let workshop = try Self.shop()
        for line in ["pop A", "queue A", "start A", "deliver A 1:1", "cancel A 'client broke' --force 'goods are lost'"] {
            try workshop.demand("laseros project \(line)")
        }
        let kept = try workshop.reading {
            try $0.one("SELECT reason || ',' || forced FROM move WHERE project_id IS NOT NULL ORDER BY id DESC") { $0.text(0) }
        }
        #expect(kept == "client broke; goods are lost,1")
    }

    /// A payment that did not arrive is taken back at any time; the job stays where it is.
    @Test func aPaymentIsTakenBackAtAnyTime() throws {
        let workshop = try Self.shop()
        for verb in ["pop", "queue", "start"] { try workshop.demand("laseros project \(verb) A") }
        let back = try workshop.run("laseros project pop A --withdraw")
        #expect(back.code == 0 && back.said.contains("is in-progress without a payment"), "\(back)")
        #expect(try Self.shown(workshop, "A", "status,pop_received_on,pop_deadline") == "in-progress,,")
    }

    /// Whoever was reminded is reminded again when an offer is valid for longer.
    @Test func aLongerOfferIsRemindedOfAgain() throws {
        let workshop = try Self.shop()
        func reminded(_ at: String) throws -> Bool {
            try workshop.run(["project", "expire", "--csv", "--no-header"], at: at).out.contains("remind,quote,QT-2026-0001")
        }
        #expect(try reminded("2026-08-30T08:00:00Z") && !reminded("2026-08-31T08:00:00Z"))
        #expect(try workshop.run(["project", "hold", "A", "travels"], at: "2026-08-31T08:00:00Z").code == 0)
        #expect(try workshop.run(["project", "resume", "A"], at: "2026-09-10T08:00:00Z").code == 0)
        #expect(try reminded("2026-09-11T08:00:00Z"))
    }

    /// The rejection of the newest quote leaves the days of the one that is still sent.
    @Test func theOfferIsThatOfTheNewestSentQuote() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros quote add -c CL-0001 -p A --override -m MS -t 10 --valid-until +30d")
        try workshop.demand("laseros quote send last")
        #expect(try Self.shown(workshop, "A", "quote_expires_on,status") == "2026-09-22,quote")
        try workshop.demand("laseros quote reject last")
        #expect(try Self.shown(workshop, "A", "quote_expires_on,status") == "2026-09-02,quote")
    }

    /// An invoice or a payment shows an order, also if the project was made a request again.
    @Test func anInvoiceShowsTheOrder() throws {
        let workshop = try Self.shop()
        for line in [
            "quote accept QT-2026-0001", "project request A", "quote send QT-2026-0002", "quote accept QT-2026-0002",
            "invoice add QT-2026-0001",
            "invoice issue last",
        ] { try workshop.demand("laseros \(line)") }
        #expect(try Self.shown(workshop, "A", "status,code").hasPrefix("quote,"))
        #expect(try workshop.run("laseros invoice pay last --amount 1").said.contains("approved"))
        #expect(try Self.shown(workshop, "A", "status,code").hasPrefix("approved,"))
        // The job of a client on account goes on with the invoice.
        for line in ["project pop B --withdraw", "invoice add QT-2026-0002"] { _ = try workshop.run("laseros \(line)") }
        try workshop.tamper("UPDATE project SET status = 'quote' WHERE name = 'B'")
        #expect(try workshop.run("laseros invoice issue last").said.contains("approved"))
    }

    /// Notes that differ in the code alone are one.
    @Test func notesOfOneKindAreOne() throws {
        let workshop = try MoveTests.shop()
        try workshop.demand(
            "laseros project import - <<'END'\ncode,name,client,status,material,thickness_mm\nP-1,X,CL-0002,approved,MS,3\nP-2,Y,CL-0002,approved,MS,3\nP-3,Z,CL-0002,approved,MS,3\nEND"
        )
        let answered = try workshop.run("laseros project queue P-1 P-2 P-3")
        #expect(answered.said == "nobody knows how long P-1/10 takes: laseros queue edit P-1/10 --time TIME (and 2 more)\n", "\(answered)")
    }

    /// What is offered and has expired is not about to expire, nor is what is approved.
    @Test func expiringIsWhatIsOffered() throws {
        let workshop = try Self.shop()
        #expect(try workshop.demand("laseros project list @expiring --codes") == "JB-2026-08-CL0001-001\n")
        #expect(try workshop.run(["project", "list", "@expiring", "--codes"], at: "2026-09-10T08:00:00Z").out == "")
        try workshop.demand("laseros project pop A")
        #expect(try workshop.demand("laseros project list @expiring --codes") == "")
    }

    /// All that are refused are named, and nothing is done.
    @Test func allThatAreRefusedAreNamed() throws {
        let workshop = try Self.shop(), refused = try workshop.run("laseros project start A B C")
        #expect(
            refused.code == 4 && refused.said.contains("only a queued project can be started (and 2 more: JB-2026-08-CL0002-001, JB-"),
            "\(refused)")
    }

    /// A quote of a project on hold is accepted after the hold, whose days are added to it.
    @Test func aHoldIsEndedBeforeTheAnswer() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project hold A travels")
        let refused = try workshop.run(["quote", "accept", "QT-2026-0001"], at: "2026-09-20T08:00:00Z")
        #expect(refused.said.contains("hint: laseros project resume JB-2026-08-CL0001-001\n"), "\(refused)")
        #expect(try workshop.run(["quote", "list", "@overdue", "--codes"], at: "2026-09-20T08:00:00Z").out == "")
    }

    /// What waits for the customer's material is not queued or started next.
    @Test func nextComesTheMaterial() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit A 1 --customer-material yes")
        for verb in ["pop", "queue"] { try workshop.demand("laseros project \(verb) A") }
        let next = try workshop.demand("laseros project next --csv --no-header --fields code,next,command")
        #expect(
            next.contains(
                "JB-2026-08-CL0001-001,get the material,laseros project part edit JB-2026-08-CL0001-001 1 --material-received today"),
            "\(next)")
        try workshop.demand("laseros project part edit JB-2026-08-CL0001-001 1 --material-received today")
        #expect(try workshop.demand("laseros project next --csv --no-header --fields code,next").contains("JB-2026-08-CL0001-001,start"))
        #expect(try workshop.run("laseros project cancel A gone").said.contains("was paid"))
    }
}
