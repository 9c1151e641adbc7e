import Store
import Values

/// The states of a record and the transitions between them. The declaration determines the verbs with their preconditions and dates, the
/// hint if a transition is not possible, the help, and the diagram in the reference.
package struct LifeCycle: Sendable {
    /// What a user says about a transition.
    package struct Request: Sendable {
        package var reason: String?
        /// The reason to make the transition although something is missing.
        package var force: String?
        /// The day of the event; nil for today.
        package var day: Day?
        /// Whether the transition of another record makes this one. That has shown already what is needed.
        var isImplied = false

        package init(reason: String? = nil, force: String? = nil, day: Day? = nil) {
            (self.reason, self.force, self.day) = (reason, force, day)
        }

        init(reason: String, isImplied: Bool) { (self.reason, self.isImplied) = (reason, isImplied) }
    }

    /// A transition that is about to be made.
    struct Step: Sendable {
        var thing: RecordID
        /// The state before it.
        var state: String
        var request: Request

        func isIn<State: RawRepresentable<String>>(_ states: State...) -> Bool { states.contains { $0.rawValue == state } }
    }

    /// What a transition writes besides the state and the day.
    package struct Effect: Sendable {
        var values: [(column: String, value: SQL)] = []
        /// Notes for the user.
        var notes: [String] = []
        /// Whether the state does not change this time.
        var stays = false
    }

    /// Something without which a transition is refused.
    struct Lack: Sendable {
        /// `no material`
        var what: String
        /// The words that supply it: `--material CODE` after `laseros NOUN edit CODE`, those after `laseros NOUN`: `attach CODE FILE`, or all
        /// words of a command. Empty if nothing does.
        var remedy: String

        init(_ what: String, _ remedy: String) { (self.what, self.remedy) = (what, remedy) }
    }

    package struct Move: Sendable {
        /// The verb and its past participle: `send`, `sent`.
        package var verb: String
        package var done: String
        /// For help: `Mark quotes as sent`.
        package var summary: String
        package var about = ""
        package var from: [String]
        /// Nil if the state never changes, as when a job is put on hold.
        package var to: String?
        /// The states in which it is possible, too, and which it does not change.
        package var staying: [String]
        /// The column for the day of the transition.
        var stamps: String?
        /// The words after `laseros NOUN`, if another command makes the transition: `edit CODE --valid-until +30d`.
        var typed: String?
        /// All words of the command that makes it, if that is none of the noun: `project expire`.
        package var command: String?
        /// What the reason is, for help; nil if there is none.
        package var reason: String?
        /// Throws if the transition is refused for another reason than the state.
        var demand: @Sendable (Shop, Step) throws -> Void = { _, _ in }
        /// What the record lacks for it; nil if it never lacks anything. `--force` makes the transition all the same.
        var lacks: (@Sendable (Shop, Step) throws -> [Lack])?
        var effect: @Sendable (Shop, Step) throws -> Effect = { _, _ in Effect() }
        /// Runs after the transition, to move other records. Returns notes for the user.
        var after: @Sendable (Shop, Step) throws -> [String] = { _, _ in [] }
        /// For a transition by date: the condition for the records that are due.
        var isDue: (@Sendable (Shop) throws -> SQL)?

        /// `accept CODE`
        package var words: String { typed ?? (reason == nil ? "\(verb) CODE" : "\(verb) CODE REASON") }
        /// Whether `--force` is accepted.
        package var canBeForced: Bool { lacks != nil }
        /// All states in which it is possible.
        var possible: [String] { from + staying }

        init<State: RawRepresentable<String>>(
            _ verb: String, _ done: String, _ summary: String, from: [State], to: State?, staying: [State] = [], stamps: String? = nil,
            typed: String? = nil
        ) {
            (self.verb, self.done, self.summary, self.stamps, self.typed) = (verb, done, summary, stamps, typed)
            (self.from, self.to, self.staying) = (from.map(\.rawValue), to?.rawValue, staying.map(\.rawValue))
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

    /// The state of a new record: that from which the first transition starts.
    var initial: String? { moves.first?.from.first }

    /// The first transition on the shortest path from a state to one of the wanted states; nil if there is no path. What needs a reason,
    /// such as a cancellation, is no way to something else.
    func step(from start: String, to wanted: [String]) -> Move? {
        var first: [String: Move] = [:], near = [start]
        while !near.isEmpty {
            var next: [String] = []
            for state in near {
                for move in moves where move.isDue == nil && move.reason == nil && move.from.contains(state) {
                    guard let to = move.to, to != start, first[to] == nil else { continue }
                    first[to] = first[state] ?? move
                    if wanted.contains(to) { return first[to] }
                    next.append(to)
                }
            }
            near = next
        }
        return nil
    }
}

extension Noun {
    /// A table with the transitions of all nouns: each row has the id of its record in the column of that noun.
    static let moveTable = "move"
    /// Whether every transition of a record is stored as a row.
    var keepsMoves: Bool { children.contains { $0.table == Noun.moveTable } }

    /// The transitions of a noun's records.
    static func moves<State: FieldValue>(of noun: String, _ state: State.Type) -> Child {
        var child = Child(
            "move", "How the state changed", in: moveTable, of: "\(noun)_id",
            [
                Field("verb", Line.self, required: true).imported(),
                Field("from", State.self, column: "from_status").imported(),
                Field("to", State.self, column: "to_status", required: true).imported(),
                Field("at", Moment.self).imported(), Field("who", Line.self).imported(), Field("reason", Line.self).imported(),
                Field("forced", Bool.self, required: true).imported(),
            ])
        child.after = { shop, id in try shop.demandChain(shop.noun(noun), id) }
        return child
    }
}
