import Console
import Shop
import Values

/// The verb of a transition, which moves records from one state to the next.
func moveVerb(_ noun: Noun, _ verb: String, permission: Permission) -> Command {
    let codes = CommonParameters.codes(noun), move = move(noun, verb)
    return writes(
        "\(noun.name) \(verb)", move.summary, [codes], permission: permission, about: move.about,
        examples: ["laseros \(noun.name) \(verb) last"], answer: noun.headings
    ) { call, shop in
        let found = try picked(codes, call, shop)
        let notes = try each(of: found) { try shop.move(noun, $0, move) }.compactMap { $0 }
        guard found.count > 1 else {
            // Some transitions change the code.
            let code = try shop.code(of: noun, found[0].id) ?? found[0].code
            return .done("\(noun.name) \(code) \(move.done)", try shop.show(noun, found[0].id)).noting(notes)
        }
        return .done("\(counted(found.count, noun)) \(move.done)", all: try shop.show(noun, found.map(\.id))).noting(notes)
    }
}

/// The verb of a transition by date, applied to all records that are due.
func dueVerb(_ noun: Noun, _ verb: String, permission: Permission) -> Command {
    let move = move(noun, verb)
    return writes(
        "\(noun.name) \(verb)", move.summary, permission: permission, about: move.about,
        examples: ["laseros \(noun.name) \(verb)"], answer: noun.headings
    ) { call, shop in
        let ids = try shop.moveDue(noun, move)
        // Without rows there is no output, because cron would mail it.
        guard !ids.isEmpty else {
            return .rows(try shop.show(noun, [])).noting(call.environment.width == nil ? [] : ["no \(noun.name) \(move.done)"])
        }
        return .done("\(counted(ids.count, noun)) \(move.done)", all: try shop.show(noun, ids))
    }
}

private func move(_ noun: Noun, _ verb: String) -> LifeCycle.Move {
    guard let move = noun.lifeCycle?.move(verb) else { preconditionFailure("\(noun.name) has no move \(verb)") }
    return move
}

extension LifeCycle {
    /// The transitions as shown in help and the reference.
    func drawn(_ noun: String) -> [StateMove] {
        moves.flatMap { move in move.from.map { StateMove(from: $0, to: move.to, typed: "\(noun) \(move.words)") } }
    }
}
