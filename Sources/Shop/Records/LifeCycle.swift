import Store
import Values

/// The states that a thing passes through and the moves between them, written once: the verbs with what they demand and stamp, the hint where a
/// move is not possible, the help, and the diagram of the reference come from it.
package struct LifeCycle: Sendable {
    /// What a move writes beside the state and the day.
    package struct Effect: Sendable {
        var values: [(column: String, value: SQL)] = []
        /// What people should know of it.
        var note: String?
    }

    package struct Move: Sendable {
        /// What does it, and what was done then: `send`, `sent`.
        package var verb: String
        package var done: String
        /// For help: `Mark quotes as sent`.
        package var summary: String
        package var about = ""
        package var from: [String]
        package var to: String
        /// The column that keeps the day.
        var stamps: String?
        /// The words behind `laseros NOUN` where a verb does it that does other things, too: `edit CODE --valid-until +30d`.
        var typed: String?
        /// Refuses what the states would allow.
        var demand: @Sendable (Shop, RecordID, String) throws -> Void = { _, _, _ in }
        var effect: @Sendable (Shop, Int) throws -> Effect = { _, _ in Effect() }
        /// Of a move that is made by the time that passes: which things it is made for.
        var isDue: (@Sendable (Shop) throws -> SQL)?

        /// `accept CODE`
        package var words: String { typed ?? (isDue == nil ? "\(verb) CODE" : verb) }

        init<State: RawRepresentable<String>>(
            _ verb: String, _ done: String, _ summary: String, from: [State], to: State, stamps: String? = nil, typed: String? = nil
        ) {
            (self.verb, self.done, self.summary, self.stamps, self.typed) = (verb, done, summary, stamps, typed)
            (self.from, self.to) = (from.map(\.rawValue), to.rawValue)
        }
    }

    /// The column that keeps the state; nil where other columns tell it.
    var column: String?
    /// How it is read.
    var sql: SQL
    package var moves: [Move]
    /// What is in one of these can be edited and removed.
    var open: Set<String>

    /// - Parameters:
    ///   - column: that keeps the state; nil where other columns tell it.
    ///   - sql: how the state is read from the noun's own table.
    init<State: RawRepresentable<String>>(_ column: String?, _ sql: SQL, open: [State], _ moves: [Move]) {
        (self.column, self.sql, self.moves, self.open) = (column, sql, moves, Set(open.map(\.rawValue)))
    }

    package func move(_ verb: String) -> Move? { moves.first { $0.verb == verb } }

    /// The first of the moves that lead from a state to one of others, on the shortest way; nil where none does.
    func step(from start: String, to wanted: [String]) -> Move? {
        var first: [String: Move] = [:], near = [start]
        while !near.isEmpty {
            var next: [String] = []
            for state in near {
                for move in moves where move.isDue == nil && move.from.contains(state) && first[move.to] == nil && move.to != start {
                    first[move.to] = first[state] ?? move
                    if wanted.contains(move.to) { return first[move.to] }
                    next.append(move.to)
                }
            }
            near = next
        }
        return nil
    }
}

extension Shop {
    /// The state that a thing is in.
    func state(of noun: Noun, _ id: Int) throws -> String {
        guard let cycle = noun.lifeCycle,
            let state = try data.one("SELECT \(cycle.sql) FROM \(name: noun.name) WHERE id = \(id)", { $0.text(0) })
        else { throw Failure(.notFound, noun.area, "there is no such \(noun.name)") }
        return state
    }

    /// Takes a thing into its next state.
    /// - Returns: what people should know of it.
    /// - Throws: `refused` where it is in another state than the move begins with, with the command that leads there.
    package func move(_ noun: Noun, _ thing: RecordID, _ move: LifeCycle.Move) throws -> String? {
        let state = try state(of: noun, thing.id)
        try move.demand(self, thing, state)
        guard move.from.contains(state) else {
            throw Failure(
                .refused, noun.area,
                "\(noun.name) \(thing.code) is \(state): only \(article(move.from.joined(separator: " or "))) \(noun.name) can be \(move.done)",
                hint: way(noun, thing.code, from: state, to: move.from))
        }
        var effect = try move.effect(self, thing.id)
        if let column = noun.lifeCycle?.column { effect.values.append((column, "\(move.to)")) }
        if let column = move.stamps { effect.values.append((column, "\(try today())")) }
        let set = effect.values.map { each -> SQL in "\(name: each.column) = \(each.value)" }
        try data.run("UPDATE \(name: noun.name) SET \(set.joined(", ")) WHERE id = \(thing.id)")
        return effect.note
    }

    /// Makes a move for all things whose time has come. Run twice, it does nothing the second time.
    /// - Returns: their ids.
    package func moveDue(_ noun: Noun, _ move: LifeCycle.Move) throws -> [Int] {
        guard let cycle = noun.lifeCycle, let column = cycle.column, let isDue = move.isDue else { return [] }
        var set: [SQL] = ["\(name: column) = \(move.to)"]
        if let stamp = move.stamps { set.append("\(name: stamp) = \(try today())") }
        let from = move.from.map { "\($0)" as SQL }.joined(", ")
        return try data.all(
            """
            UPDATE \(name: noun.name) SET \(set.joined(", ")) WHERE \(name: column) IN (\(from)) AND \(try isDue(self)) RETURNING id
            """
        ) { $0.int(0) }
    }

    /// The command that leads a thing on its way to one of these states.
    func way(_ noun: Noun, _ code: String, from state: String, to wanted: [String]) -> String? {
        noun.lifeCycle?.step(from: state, to: wanted).map { move in
            let words = move.words.split(separator: " ").map { $0 == "CODE" ? code : String($0) }
            return "laseros \(noun.name) " + words.joined(separator: " ")
        }
    }

    /// - Throws: `refused` for a thing that stays as it is.
    func demandOpen(_ noun: Noun, _ id: Int) throws {
        guard let cycle = noun.lifeCycle else { return }
        let state = try state(of: noun, id)
        guard !cycle.open.contains(state) else { return }
        let code = try self.code(of: noun, id) ?? "#\(id)", back = way(noun, code, from: state, to: Array(cycle.open))
        throw Failure(.refused, noun.area, "\(noun.name) \(code) is \(state) and cannot be changed", hint: back)
    }
}
