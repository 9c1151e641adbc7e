import Console
import Shop
import Values

private let force = Option<Line>("--force REASON", "do it although something is missing, for this reason")

/// The verb of a transition, which moves records from one state to the next.
func moveVerb(_ noun: Noun, _ verb: String, permission: Permission) -> Command {
    let move = move(noun, verb), codes = CodesParameter(noun.subject, several: move.reason == nil)
    let reason = move.reason.map { Operand<Line>("REASON", "\($0), in quotes if it has blanks") }
    var parameters: [any Parameter] = [codes]
    if let reason { parameters.append(reason) }
    if move.canBeForced { parameters.append(force) }
    return writes(
        "\(noun.name) \(verb)", move.summary, parameters, permission: permission, about: move.about,
        examples: noun.examples[verb] ?? ["laseros \(noun.command) \(verb) last"], answer: noun.headings
    ) { call, shop in
        let found = try picked(codes, call, shop)
        var request = LifeCycle.Request(force: move.canBeForced ? call[force]?.text : nil)
        if let reason { request.reason = try call[reason].text }
        let notes = try each(of: found) { try shop.move(noun, $0, move, request) }
        return try moved(noun, found, move.done, notes, shop)
    }
}

/// The answer of a transition: `quote QT-2026-0001 sent`.
/// - Parameter notes: those of each record.
func moved(_ noun: Noun, _ found: [RecordID], _ done: String, _ notes: [[String]], _ shop: Shop) throws -> Output {
    let notes = together(notes, found)
    guard found.count > 1 else {
        // Some transitions change the code.
        let code = try shop.code(of: noun, found[0].id) ?? found[0].code
        return .done("\(noun.word) \(code) \(done)", try shop.show(noun, found[0].id)).noting(notes)
    }
    return .done("\(counted(found.count, noun)) \(done)", all: try shop.show(noun, found.map(\.id))).noting(notes)
}

/// Notes that differ in nothing but the code of their record are one, with a count: `... (and 499 more)`.
private func together(_ notes: [[String]], _ found: [RecordID]) -> [String] {
    var shown: [String] = [], places: [String: Int] = [:], more: [Int: Int] = [:]
    for (record, notes) in zip(found, notes) {
        for note in notes {
            let pattern = note.split(separator: record.code, omittingEmptySubsequences: false).joined(separator: "\0")
            if let place = places[pattern] {
                more[place, default: 0] += 1
            } else {
                places[pattern] = shown.count
                shown.append(note)
            }
        }
    }
    return shown.enumerated().map { i, note in more[i].map { "\(note) (and \($0) more)" } ?? note }
}

/// A transition of a noun.
func move(_ noun: Noun, _ verb: String) -> LifeCycle.Move {
    guard let move = noun.lifeCycle?.move(verb) else { preconditionFailure("\(noun.name) has no move \(verb)") }
    return move
}

extension LifeCycle {
    /// The transitions as shown in help and the reference.
    func drawn(_ noun: String) -> [StateMove] {
        moves.flatMap { move in
            move.to.map { to in move.from.map { StateMove(from: $0, to: to, typed: move.command ?? "\(noun) \(move.words)") } } ?? []
        }
    }
}
