import Store
import Values

extension Noun {
    /// Money that came in from a client.
    static let payment = Noun(
        "payment", "Money that came in, and what it pays", coding: .series("PY-", digits: 4),
        [
            Field("client", to: "client"), Field("day", Day.self), Field("amount", Money.self, column: "amount_cents"),
            Field("method", Line.self), Field("reference", Line.self),
        ])

    /// Those that no commands are about: the history knows them.
    static let withoutCommands = [payment]
}
