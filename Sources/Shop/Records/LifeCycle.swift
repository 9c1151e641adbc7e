import Store
import Values

/// The states of a record and the transitions between them. The declaration determines the verbs with their preconditions and dates, the
/// hint if a transition is not possible, the help, and the diagram in the reference.
package struct LifeCycle: Sendable {
    /// What a transition writes besides the state and the day.
    package struct Effect: Sendable {
        var values: [(column: String, value: SQL)] = []
        /// A note for the user.
        var note: String?
    }

    package struct Move: Sendable {
        /// The verb and its past participle: `send`, `sent`.
        package var verb: String
        package var done: String
        /// For help: `Mark quotes as sent`.
        package var summary: String
        package var about = ""
        package var from: [String]
        package var to: String
        /// The column for the day of the transition.
        var stamps: String?
        /// The words after `laseros NOUN`, if another command makes the transition: `edit CODE --valid-until +30d`.
        var typed: String?
        /// Throws if the transition is refused for another reason than the state.
        var demand: @Sendable (Shop, RecordID, String) throws -> Void = { _, _, _ in }
        var effect: @Sendable (Shop, Int) throws -> Effect = { _, _ in Effect() }
        /// For a transition by date: the condition for the records that are due.
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

    /// The column with the state; nil if it is derived from other columns.
    var column: String?
    /// The SQL expression of the state.
    var sql: SQL
    package var moves: [Move]
    /// The states in which a record can be edited and removed.
    var open: Set<String>

    /// - Parameters:
    ///   - column: the column with the state; nil if it is derived from other columns.
    ///   - sql: the SQL expression of the state in the noun's own table.
    init<State: RawRepresentable<String>>(_ column: String?, _ sql: SQL, open: [State], _ moves: [Move]) {
        (self.column, self.sql, self.moves, self.open) = (column, sql, moves, Set(open.map(\.rawValue)))
    }

    package func move(_ verb: String) -> Move? { moves.first { $0.verb == verb } }

    /// The first transition on the shortest path from a state to one of the wanted states; nil if there is no path.
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
    /// The state of a record.
    func state(of noun: Noun, _ id: Int) throws -> String {
        guard let cycle = noun.lifeCycle,
            let state = try data.one("SELECT \(cycle.sql) FROM \(name: noun.name) WHERE id = \(id)", { $0.text(0) })
        else { throw Failure(.notFound, noun.area, "there is no such \(noun.name)") }
        return state
    }

    /// Moves a record to its next state.
    /// - Returns: a note for the user.
    /// - Throws: `refused` if the record is in another state than the transition starts from, with the command that leads there.
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

    /// Makes a transition for all records that are due. A second run does nothing.
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

    /// The command that leads a record towards one of these states.
    func way(_ noun: Noun, _ code: String, from state: String, to wanted: [String]) -> String? {
        noun.lifeCycle?.step(from: state, to: wanted).map { move in
            let words = move.words.split(separator: " ").map { $0 == "CODE" ? code : String($0) }
            return "laseros \(noun.name) " + words.joined(separator: " ")
        }
    }

    /// - Throws: `refused` for a record whose state does not allow changes.
    func demandOpen(_ noun: Noun, _ id: Int) throws {
        guard let cycle = noun.lifeCycle else { return }
        let state = try state(of: noun, id)
        guard !cycle.open.contains(state) else { return }
        let code = try self.code(of: noun, id) ?? "#\(id)", back = way(noun, code, from: state, to: Array(cycle.open))
        throw Failure(.refused, noun.area, "\(noun.name) \(code) is \(state) and cannot be changed", hint: back)
    }
}
