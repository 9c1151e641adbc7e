import Store
import Values

extension Noun {
    /// A payment by a client.
    static let payment = Noun(
        "payment", "Money that came in, and what it pays", coding: .series("PY-", digits: 4),
        [
            Field("client", to: "client"), Field("day", Day.self), Field("amount", Money.self, column: "amount_cents"),
            Field("method", Line.self), Field("reference", Line.self),
        ])

    /// Nouns without commands, which only the history needs.
    static let withoutCommands = [payment]
}
