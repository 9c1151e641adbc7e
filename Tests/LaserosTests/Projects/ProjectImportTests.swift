import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// What a file may say about transitions and origins.
@Suite struct ProjectImportTests {
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop()
        try workshop.demand("laseros client add Karoo")
        for name in ["A", "B", "C"] { try workshop.demand("laseros project add \(name) -c CL-0001") }
    }

    private func imported(_ text: String) throws -> Answered { try workshop.run(["project", "import", "-"], input: Array(text.utf8)) }

    private static func row(_ status: String?, _ moves: [(from: String?, to: String)]) -> String {
        let moves = moves.map { move in
            #"{"verb": "x", "from": \#(move.from.map { "\"\($0)\"" } ?? "null"), "to": "\#(move.to)", "forced": false}"#
        }
        let state = status.map { #" "status": "\#($0)","# } ?? ""
        return #"{"code": "X-1", "name": "X", "client": "CL-0001",\#(state) "moves": [\#(moves.joined(separator: ", "))]}"#
    }

    @Test(
        arguments: [
            ("queued", [("request", "completed"), ("cancelled", "queued")], "move 2 starts from cancelled, but move 1 leads to completed"),
            ("queued", [("request", "quote"), ("quote", "approved")], "the last move leads to approved, but the project is queued"),
            (nil, [("request", "approved")], "the last move leads to approved, but the project is request"),
        ] as [(String?, [(String?, String)], String)])
    func aBrokenChainIsRefused(_ status: String?, _ moves: [(String?, String)], _ said: String) throws {
        let state = try ShopState(workshop), refused = try imported(Self.row(status, moves.map { ($0.0, $0.1) }))
        #expect(refused.code == 8 && refused.said.contains("moves: \(said)"), "\(refused)")
        #expect(try ShopState(workshop) == state)
    }

    /// A state that stays is no break, nor one that is not known.
    @Test func aChainIsTaken() throws {
        let moves: [(String?, String)] = [("request", "quote"), ("quote", "quote"), (nil, "approved"), ("approved", "queued")]
        let row = Self.row("queued", moves.map { ($0.0, $0.1) })
        for expected in ["1 added", "1 same"] { #expect(try imported(row).out.contains(expected)) }
        let broken = try imported(Self.row("queued", [("request", "quote"), ("approved", "queued")]))
        #expect(broken.code == 8 && broken.said.contains("move 2 starts from approved"), "\(broken)")
        // The state alone is a row of its own.
        #expect(try imported("code,status\nX-1,completed\n").out.contains("1 changed"))
        let text = try workshop.demand("laseros project export")
        #expect(try imported(text).out.contains("0 added, 0 changed"))
    }

    @Test(arguments: [
        "code,name,client,origin\nX-1,X,CL-0001,X-1\n", "code,origin\nJB-2026-08-CL0001-001,JB-2026-08-CL0001-001\n",
        "code,origin\nJB-2026-08-CL0001-001,JB-2026-08-CL0001-002\nJB-2026-08-CL0001-002,JB-2026-08-CL0001-001\n",
        "code,name,client,origin\nX-1,X,CL-0001,X-2\nX-2,X,CL-0001,X-3\nX-3,X,CL-0001,X-1\n",
    ])
    func noProjectComesFromItself(_ text: String) throws {
        let state = try ShopState(workshop), refused = try imported(text)
        #expect(refused.code == 8 && refused.said.contains("origin: a project cannot be made from itself"), "\(refused)")
        #expect(try ShopState(workshop) == state)
    }

    @Test func anUndoMakesNoCircleOfOrigins() throws {
        let code = "JB-2026-08-CL0001-00"
        for (project, origin) in [("1", "2"), ("1", nil), ("2", "3"), ("3", "1")] {
            let origin = origin.map { #""\#(code)\#($0)""# } ?? "null"
            #expect(try imported(#"{"code": "\#(code)\#(project)", "origin": \#(origin)}"#).out.contains("1 changed"))
        }
        let cleared = try workshop.lastEntry() - 2, refused = try workshop.run("laseros undo \(cleared)")
        #expect(refused.code == 4 && refused.said.contains("project \(code)1 would come from itself"), "\(refused)")
        try workshop.demand("laseros undo")
        try workshop.demand("laseros undo \(cleared)")
    }

    @Test(arguments: ["project edit last --fault-cost -5", "project remake JB-2026-08-CL0001-001 scratched --cost -5"])
    func aFaultCostsNothingLess(_ line: String) throws {
        for verb in ["offer A --force x", "pop A", "queue A --force x", "start A", "remake A bent"] {
            try workshop.demand("laseros project \(verb)")
        }
        let refused = try workshop.run("laseros \(line)")
        #expect(refused.code == 4 && refused.said.contains("a cost is not negative"), "\(refused)")
        try workshop.demand("laseros project edit last --fault-cost 0")
    }
}
