/// A way of a thing from one state into another, and how it is typed: help and reference draw them.
package struct StateMove: Sendable {
    package var from: String
    package var to: String
    /// `quote accept CODE`
    package var typed: String

    package init(from: String, to: String, typed: String) { (self.from, self.to, self.typed) = (from, to, typed) }
}

extension CommandGroup {
    /// The moves as lines: `draft -> sent`, and what is typed.
    var moveLines: [(left: String, right: String)] { moves().map { ("\($0.from) -> \($0.to)", $0.typed) } }

    /// The same as a diagram that Markdown readers draw (Mermaid); empty where there are no states.
    var diagram: String {
        let moves = moves()
        guard let first = moves.first else { return "" }
        // Its names are words without a hyphen.
        func name(_ state: String) -> String { String(state.map { $0 == "-" ? "_" : $0 }) }
        let lines = moves.map { "    \(name($0.from)) --> \(name($0.to)): \($0.typed)\n" }.joined()
        return "\n```mermaid\nstateDiagram-v2\n    [*] --> \(name(first.from))\n\(lines)```\n"
    }
}
