import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Random walks of transitions, changes of parts, deliveries, their removals, undos and redos: 10,000 steps in all. After each step every
/// project is in the state that its rows lead to, by pairs that the table has, and the figures of every part add up.
@Suite struct WalkTests {
    private static let walks = 20, steps = 500

    @Test func anySequenceAddsUp() async throws {
        let done = try await withThrowingTaskGroup { group in
            for seed in 1...UInt64(Self.walks) { group.addTask { try Self.walk(seed) } }
            return try await group.reduce(into: [:]) { sum, done in sum.merge(done, uniquingKeysWith: +) }
        }
        for action in Walk.actions.keys { #expect(done[action, default: 0] > 100, "\(action) was done \(done[action, default: 0]) times") }
    }

    /// - Returns: how often each action was done.
    private static func walk(_ seed: UInt64) throws -> [String: Int] {
        let walk = try Walk(seed)
        var done: [String: Int] = [:]
        for step in 1...steps {
            let (action, isDone) = try walk.step()
            if isDone { done[action, default: 0] += 1 }
            let faults = try walk.faults()
            guard faults.isEmpty else {
                Issue.record("walk \(seed), step \(step), \(action): \(faults)")
                return done
            }
        }
        #expect(try walk.workshop.run("laseros log verify").code == 0)
        return done
    }
}

/// One shop with a few projects, and what happens to them.
private final class Walk {
    let workshop: Workshop
    private let shop: Shop
    private var random: Seeded
    private let projects: [RecordID]
    private let first: Int

    private static let part = Noun.project.path("part")

    /// Each with its weight.
    static let actions = [
        "move": 40, "deliver": 20, "edit part": 12, "add part": 4, "remove part": 3, "remove delivery": 6, "undo": 10, "redo": 5,
    ]

    init(_ seed: UInt64) throws {
        workshop = try MoveTests.shop()
        for line in ["project part add A Gate --quantity 2 --of 1:2", "project part add A Spare", "project add D -c CL-0002"] {
            try workshop.demand("laseros \(line)")
        }
        first = try workshop.lastEntry() + 1
        shop = try Shop(
            workshop.shop, .writing, clock: try #require(Moment(reading: Workshop.clock)), who: Workshop.user, nouns: .ofTable)
        // Only for speed: nothing is pulled out here.
        try shop.data.script("PRAGMA synchronous = OFF")
        projects = try shop.data.all("SELECT id, code FROM project ORDER BY id") { RecordID(id: $0.int(0), code: $0.text(1)) }
        random = Seeded(seed)
    }

    private func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    /// - Returns: the action, and whether it was done and not refused.
    func step() throws -> (action: String, isDone: Bool) {
        var place = below(Self.actions.values.reduce(0, +))
        let action = Self.actions.sorted { $0.key < $1.key }.first { action in
            place -= action.value
            return place < 0
        }
        let name = try #require(action?.key)
        do {
            let entry = try shop.change(ChangeRequest(words: [name])) { try take(name) }.entry
            return (name, entry != nil)
        } catch let failure as Failure {
            #expect([.refused, .notFound].contains(failure.kind), "\(name): \(failure)")
            return (name, false)
        }
    }

    private func take(_ action: String) throws -> ChangeStep<Void> {
        let project = projects[below(projects.count)]
        switch action {
        case "move": try move(project)
        case "deliver": try deliver(project)
        case "undo": return try takenBack(try shop.standing(.change, below(2) == 0 ? nil : try recent()))
        case "redo": return try takenBack(try shop.standing(.undo, below(2) == 0 ? nil : try recent()))
        case "add part":
            var record = ChildRecord(Self.part.child)
            (record["title"], record["ordered"]) = (.text("Plate"), .integer(1 + below(6)))
            if try parts(project).count < 4 { _ = try shop.add(record, to: project, Self.part) }
        case "remove delivery":
            let found = try shop.data.all("SELECT id, code FROM delivery ORDER BY id DESC LIMIT 3") { ($0.int(0), $0.text(1)) }
            if !found.isEmpty, case let (id, code) = found[below(found.count)] { try shop.remove(.delivery, id, code: code) }
        default:
            let parts = try parts(project)
            guard !parts.isEmpty else { break }
            let row = parts[below(parts.count)].id
            if action == "remove part" {
                try shop.remove([row], of: project, Self.part)
            } else {
                var record = ChildRecord(Self.part.child)
                record["ordered"] = below(8) == 0 ? .null : .integer(1 + below(6))
                _ = try shop.edit(record, row, of: project, Self.part)
            }
        }
        return ChangeStep((), action)
    }

    private func parts(_ project: RecordID) throws -> [(id: Int, number: Int)] {
        try shop.data.all("SELECT id, number FROM part WHERE project_id = \(project.id)") { ($0.int(0), $0.int(1)) }
    }

    private func move(_ project: RecordID) throws {
        let moves = LifeCycle.project.moves.filter { $0.verb != "deliver" }, status = try shop.state(of: .project, project.id)
        // What is possible is tried oftener, or few projects would be completed.
        let near = moves.filter { $0.possible.contains(status) && !["cancel", "request", "withdraw", "hold"].contains($0.verb) }
        let choice = below(3) == 0 || near.isEmpty ? moves : near
        let move = choice[below(choice.count)], force = move.canBeForced && below(3) > 0 ? "why" : nil
        _ = try shop.move(.project, project, move, LifeCycle.Request(reason: move.reason == nil ? nil : "why", force: force))
    }

    private func deliver(_ project: RecordID) throws {
        let items = try parts(project).filter { _ in below(2) == 0 }.compactMap { part in
            PartCount(reading: "\(part.number)" + (below(3) == 0 ? "" : ":\(1 + below(3))"))
        }
        let day = Day(number: try shop.today().number - below(3))
        let request = DeliveryRequest(
            below(6) == 0 ? [] : items, isFinal: below(10) == 0, day: day, force: below(2) == 0 ? "why" : nil)
        _ = try shop.deliver(project, request)
    }

    /// One of the last entries of the walk.
    private func recent() throws -> Int {
        let last = try shop.data.one("SELECT max(id) FROM journal") { $0.int(0) } ?? first
        return max(first, last - below(6))
    }

    private func takenBack(_ entry: Entry) throws -> ChangeStep<Void> {
        let isDoneAgain = try shop.effect(ofTakingBack: entry).isDone
        try shop.takeBack(entry)
        return ChangeStep((), "undo", kind: isDoneAgain ? .redo : .undo, undoes: entry)
    }

    /// Every project and part that is not as it has to be.
    func faults() throws -> [String] {
        try shop.data.all(Self.wrong) { $0.text(0) }
    }

    private static let wrong: SQL = {
        let pairs = MoveTests.pairs.sorted { $0.joined() < $1.joined() }.map { "\($0.joined(separator: ">"))" as SQL }.joined(", ")
        let figures = Dictionary(PartFigures.fields.map { ($0.name, $0.sql) }) { first, _ in first }
        func figure(_ name: String) -> SQL { figures[name] ?? "NULL" }
        return """
            SELECT 'move ' || id FROM (
                SELECT id, position, row_number() OVER steps AS n, from_status, to_status,
                    lag(to_status, 1, 'request') OVER steps AS before FROM move WHERE project_id IS NOT NULL
                WINDOW steps AS (PARTITION BY project_id ORDER BY position)
            ) WHERE position <> n OR from_status IS NOT before OR from_status <> to_status AND from_status || '>' || to_status NOT IN (\(pairs))
            UNION ALL SELECT 'status of ' || code FROM project WHERE status <> coalesce(
                (SELECT to_status FROM move WHERE project_id = project.id ORDER BY position DESC LIMIT 1), 'request')
            UNION ALL SELECT 'part ' || id || ': ' || concat FROM (
                SELECT part.id, coalesce(part.quantity, 'none') || ' ordered, ' || made || ' made, ' || delivered || ' delivered, '
                    || coalesce(remaining, 'unknown') || ' left' AS concat
                FROM part JOIN project ON project.id = project_id JOIN (
                    SELECT part.id AS of, \(figure("made")) AS made, \(figure("delivered")) AS delivered, \(figure("left")) AS remaining FROM part
                ) ON of = part.id
                WHERE delivered > coalesce(part.quantity, 0) OR made < delivered OR min(made, delivered, coalesce(remaining, 0)) < 0
                    OR delivered_on IS NULL AND part.quantity IS NOT delivered + remaining
            )
            UNION ALL SELECT 'delivered_on of ' || code FROM project WHERE EXISTS (SELECT 1 FROM delivery WHERE project_id = project.id)
                AND delivered_on IS NOT iif(status <> 'completed', NULL, (SELECT iif(max(final) OR NOT EXISTS (
                    SELECT 1 FROM part WHERE project_id = project.id AND (quantity IS NULL OR quantity > \(figure("delivered")))
                ), max(day), NULL) FROM delivery WHERE project_id = project.id))
            UNION ALL SELECT 'line ' || delivery_line.id FROM delivery_line JOIN delivery ON delivery.id = delivery_id
                JOIN part ON part.id = part_id WHERE delivery.project_id <> part.project_id
            """
    }()
}

extension ChildRecord {
    fileprivate subscript(name: String) -> Cell? {
        get { Noun.project.path("part").child.index(of: name).flatMap { cells[$0] } }
        set { if let i = Noun.project.path("part").child.index(of: name) { cells[i] = newValue } }
    }
}
