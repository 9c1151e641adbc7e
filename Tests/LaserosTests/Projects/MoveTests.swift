import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// The transitions of life cycles and their rows.
@Suite struct MoveTests {
    private static let cycle = LifeCycle.project

    /// All pairs of states that the domain allows.
    static let pairs: Set<[String]> = [
        ["request", "quote"], ["request", "cancelled"], ["quote", "approved"], ["quote", "request"], ["quote", "cancelled"],
        ["approved", "queued"], ["approved", "quote"], ["approved", "cancelled"], ["queued", "in-progress"], ["queued", "approved"],
        ["queued", "cancelled"], ["in-progress", "completed"], ["in-progress", "queued"], ["in-progress", "cancelled"],
        ["completed", "in-progress"], ["cancelled", "quote"], ["request", "approved"],
    ]

    @Test func theTableIsThatOfTheTrade() {
        let drawn = Self.cycle.moves.flatMap { move in move.from.compactMap { from in move.to.map { [from, $0] } } }
        #expect(Set(drawn) == Self.pairs)
    }

    /// A shop with two clients, one of them on account, and some projects.
    static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "config set auto_queue no", "client add Karoo", "client add Brass --terms account",
            "material add MS 'Mild Steel' --density 7.85",
            "project add A -c CL-0001 -m MS -t 3", "project add C -c CL-0001", "project add B -c CL-0002 -m MS -t 3",
        ] { try workshop.demand("laseros \(line)") }
        for name in ["A", "B"] { try workshop.demand("laseros project attach \(name) 0001-Flange-MS-10mm-x4.dxf") }
        return workshop
    }

    private struct Row: Equatable {
        var from: String?
        var to: String
    }

    /// The state of each project, and its rows in order.
    private static func states(_ workshop: Workshop) throws -> [(status: String, moves: [Row])] {
        try workshop.reading { data in
            try data.all("SELECT id, status FROM project ORDER BY id") { (id: $0.int(0), status: $0.text(1)) }.map { project in
                let moves = try data.all("SELECT from_status, to_status FROM move WHERE project_id = \(project.id) ORDER BY position") {
                    Row(from: try $0.get(0), to: $0.text(1))
                }
                return (project.status, moves)
            }
        }
    }

    /// A transition is not undone before those that followed it, although the state may be that which it led to.
    @Test func laterTransitionsAreUndoneFirst() throws {
        let workshop = try Self.shop(), before = try workshop.lastEntry()
        for verb in ["offer A", "request A", "offer A"] { try workshop.demand("laseros project \(verb)") }
        let state = try ShopState(workshop), refused = try workshop.run("laseros undo \(before + 1)")
        #expect(refused.code == 4 && refused.said.contains("was moved since"), "\(refused)")
        #expect(try ShopState(workshop) == state)
        for entry in (1...3).reversed() { try workshop.demand("laseros undo \(before + entry)") }
        #expect(try Self.states(workshop)[0].moves == [])
    }

    /// Everything that is missing is said at once, and done without it only for a reason, which is kept.
    @Test func whatIsMissingIsSaidAtOnce() throws {
        let workshop = try Self.shop(), state = try ShopState(workshop)
        let refused = try workshop.run("laseros project offer C")
        #expect(refused.code == 4 && refused.said.contains("no material, no thickness, no drawing"), "\(refused)")
        #expect(refused.said.contains("--material CODE --thickness MM; laseros project attach JB-2026-08-CL0001-002 FILE; or --force"))
        #expect(try ShopState(workshop) == state)
        try workshop.demand("laseros project offer C --force 'a sketch is enough'")
        try workshop.demand("laseros project offer A --force 'for no reason'")
        // Both the reason of a transition and that of its force are kept; nothing is kept of a force that was not needed.
        let rows = try workshop.reading { data in
            try data.all("SELECT reason, forced FROM move ORDER BY id") { "\($0.text(0)) \($0.int(1))" }
        }
        #expect(rows == ["a sketch is enough 1", " 0"])
    }

    /// An acceptance approves the job of a client on account; that of another waits for a payment.
    @Test(arguments: [("A", "CL-0001", "quote"), ("B", "CL-0002", "approved")])
    func anAcceptedQuoteMovesItsProject(_ project: String, _ client: String, _ status: String) throws {
        let workshop = try Self.quoted(project, client)
        #expect(try workshop.run("laseros quote send last").said.contains("offered"))
        let accepted = try workshop.run("laseros quote accept last")
        #expect(accepted.said.contains(status == "quote" ? "waits for the proof of payment" : "approved"), "\(accepted)")
        #expect(try workshop.demand("laseros project show \(project) --csv --fields status --no-header") == "\(status)\n")
        if status == "quote" {
            for line in ["invoice add QT-2026-0001", "invoice issue last"] { try workshop.demand("laseros \(line)") }
            #expect(try workshop.run("laseros invoice pay last --amount 1").said.contains("approved"))
        }
    }

    /// A quote for a project, in a shop that can price it.
    static func quoted(_ project: String, _ client: String) throws -> Workshop {
        let workshop = try shop()
        for line in [
            "machine add FIBER3 'Laser' --bed 3000x1500 --rate 850", "price add material-kg MS 32.50 --from 2026-01-01",
            "preset add 'MS 10 O2' --material MS --thickness 10 --speed 950 --gas oxygen --pierce-time 1.5",
            "quote add -c \(client) -p \(project) 0001-Flange-MS-10mm-x4.dxf --valid-until +10d",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    /// Words of a list are looked for together, in fields and in a derived status.
    @Test func severalStatesAtOnce() throws {
        let workshop = try ExampleShop.forReading()
        func codes(_ line: String) throws -> [Substring] { try workshop.demand("laseros \(line) --codes").split(separator: "\n") }
        for (noun, words) in [("project", ["request", "cancelled"]), ("quote", ["draft", "accepted"]), ("invoice", ["draft", "open"])] {
            let each = try words.flatMap { try codes("\(noun) list --status \($0)") }
            #expect(try Set(codes("\(noun) list --status \(words.joined(separator: ","))")) == Set(each) && !each.isEmpty)
        }
        #expect(try workshop.run("laseros project list --status request,flying").code == 2)
        #expect(try workshop.run("laseros project list --status request,").code == 2)
    }

    /// Tables show names beside codes; formats for programs only where they are asked for.
    @Test func namesStandBesideCodes() throws {
        let workshop = try ExampleShop.forReading()
        #expect(try workshop.demand("laseros project list").contains("CLIENT NAME"))
        for format in ["csv", "tsv", "json", "ndjson"] {
            #expect(try !workshop.demand("laseros project list --format \(format)").contains("client_name"))
            #expect(try workshop.demand("laseros quote list --format \(format) --fields client_name").contains("Karoo Signs"))
        }
    }

    /// States in a file are taken as they are, and each is a row.
    @Test func anImportedStateIsARow() throws {
        let workshop = try Self.shop()
        func taken(_ row: String) throws {
            try File.write(Array("code,name,client,status\n\(row)\n".utf8), to: workshop.work + "/p.csv", as: .document)
            try workshop.demand("laseros project import p.csv")
        }
        try taken("X-1,X,CL-0001,approved")
        try taken("X-1,X,CL-0001,queued")
        try taken("X-1,X,CL-0001,queued")
        try taken("X-2,Y,CL-0001,request")
        let states = try Self.states(workshop)
        #expect(states[3].moves == [Row(from: "request", to: "approved"), Row(from: "approved", to: "queued")])
        #expect(states[4].moves == [])
    }

    /// The rows of a project are part of its export.
    @Test func rowsComeWithAnExport() throws {
        let workshop = try Self.shop(), fresh = try Workshop()
        for verb in ["offer A", "pop A", "queue A", "hold A 'no steel'", "cancel C gone"] { try workshop.demand("laseros project \(verb)") }
        for noun in ["client", "material", "project"] {
            let text = try workshop.demand("laseros \(noun) export")
            try File.write(Array(text.utf8), to: fresh.work + "/x.csv", as: .document)
            try fresh.demand("laseros \(noun) import x.csv")
            #expect(try fresh.demand("laseros \(noun) export") == text)
        }
        func rows(_ workshop: Workshop) throws -> [String] { try ShopState(workshop).rows.filter { $0.hasPrefix("move") } }
        #expect(try rows(fresh) == rows(workshop) && rows(fresh).count == 5)
    }

    /// A removed project takes its rows along, and an undo brings them back.
    @Test func rowsGoWithTheProject() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project cancel C gone")
        let state = try ShopState(workshop)
        try workshop.demand("laseros project remove C")
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM move") { $0.int(0) } } == 0)
        try workshop.demand("laseros undo")
        #expect(try ShopState(workshop) == state)
    }
}
