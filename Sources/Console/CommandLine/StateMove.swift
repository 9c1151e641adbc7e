/// A transition between two states, with the command for it, shown in help and the reference.
package struct StateMove: Sendable {
    package var from: String
    package var to: String
    /// `quote accept CODE`
    package var typed: String

    package init(from: String, to: String, typed: String) { (self.from, self.to, self.typed) = (from, to, typed) }
}

extension CommandGroup {
    /// The transitions as lines: `draft -> sent`, and the command.
    var moveLines: [(left: String, right: String)] { moves().map { ("\($0.from) -> \($0.to)", $0.typed) } }

    /// The transitions as a Mermaid diagram; empty if there are none.
    var diagram: String {
        let moves = moves()
        guard let first = moves.first else { return "" }
        // Names in Mermaid diagrams may not contain hyphens.
        func name(_ state: String) -> String { String(state.map { $0 == "-" ? "_" : $0 }) }
        let lines = moves.map { "    \(name($0.from)) --> \(name($0.to)): \($0.typed)\n" }.joined()
        return "\n```mermaid\nstateDiagram-v2\n    [*] --> \(name(first.from))\n\(lines)```\n"
    }
}
