import Values

/// A constraint between parameters of one command, given by the names of their specs.
package enum Relation: Sendable {
    /// The first requires the second.
    case needs(String, String)
    /// At most one of them may be given.
    case excludes([String])
    /// Either the first or any of the others.
    case alone(String, without: [String])
    /// At least one of them must be given.
    case oneOf([String])
}

extension Command {
    /// The name of a parameter as it is typed.
    func typed(_ name: String) -> String { specs.first { $0.name == name }?.isOption == true ? "--\(name)" : name }

    private func list(_ names: [String], _ last: String) -> String {
        let typed = names.map(typed)
        return typed.count < 2 ? typed.joined() : typed.dropLast().joined(separator: ", ") + " \(last) " + typed[typed.count - 1]
    }

    func check(_ relations: [Relation], in call: Call) throws {
        for relation in relations {
            switch relation {
            case .needs(let one, let other) where call.values[one] != nil && call.values[other] == nil:
                throw Failure(.usage, .relation, "\(typed(one)) needs \(typed(other))")
            case .excludes(let names):
                let given = names.filter { call.values[$0] != nil }
                guard given.count < 2 else { throw Failure(.usage, .relation, "\(list(given, "and")) cannot be given together") }
            case .alone(let one, let others):
                guard call.values[one] != nil, let other = others.first(where: { call.values[$0] != nil }) else { continue }
                throw Failure(.usage, .relation, "\(list([one, other], "and")) cannot be given together")
            case .oneOf(let names):
                guard names.contains(where: { call.values[$0] != nil }) else {
                    throw Failure(.usage, .relation, "'\(name)' requires \(list(names, "or"))")
                }
            default: break
            }
        }
    }

    /// The constraint as a sentence for help.
    func sentence(_ relation: Relation) -> String {
        switch relation {
        case .needs(let one, let other): "\(typed(one)) needs \(typed(other))."
        case .excludes(let names): "Only one of \(list(names, "and")) can be given."
        case .alone(let one, let others): "\(typed(one)) cannot be given with \(list(others, "or"))."
        case .oneOf(let names): "One of \(list(names, "and")) must be given."
        }
    }
}
