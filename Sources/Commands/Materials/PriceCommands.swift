import Console
import Shop
import Values

private let kind = Required<PriceKind>("--kind KIND", "what the prices are of")
private let keys = Option<Line>("--key A,B,...", "only of these materials, machines, gases or operations")
private let supplier = Option<Line>("--supplier NAME", "only of this supplier")
private let from = Required<Day>("--from DAY", "the day from which the new prices are valid")

/// By how much, and to what the new prices are rounded: for the price list and for products.
enum RaiseParameters {
    static let by = Required<Raise>("--by 5%|AMOUNT", "by how much: 5%, -3% or 12.50")
    static let step = Option<Rate>("--round AMOUNT", "round the new prices to a multiple of this, such as 0.05")
    static let about = """
        A new price is rounded to a cent, and to a millionth where the old one or the raise is no whole number of cents; `--round 0.05` rounds \
        to five cents. Half a step is rounded away from zero. A price that would be below 0 refuses the whole raise.
        """

    /// - Throws: `usage` for a step of 0 or less.
    static func step(_ call: Call) throws -> Rate? {
        guard let rate = call[step] else { return nil }
        guard rate.millionths > 0 else { throw Failure(.usage, .price, "--round needs an amount above 0") }
        return rate
    }
}

let priceCommands: [Command] = verbs(.price, changing: .prices) + [raiseCommand]

private let raiseCommand = writes(
    "price raise", "Raise or lower prices from a day on", [kind, RaiseParameters.by, from, keys, supplier, RaiseParameters.step],
    permission: .prices,
    about: """
        Each price of the kind that is valid on the day gets a new one that takes over on it, with its supplier and notes; what was priced
        before is as it was. A price that begins on that very day was set for it and stays, so the same raise twice changes nothing. Prices
        that are to come later are named and not raised. `--dry-run` shows the old and the new prices.

        \(RaiseParameters.about)
        """,
    examples: [
        "laseros price raise --kind material-kg --by 5% --from 2026-10-01",
        "laseros price raise --kind material-kg --key MS,SS --by -3% --from tomorrow --round 0.05",
    ], answer: RaisedPrice.columns.map(\.heading)
) { call, shop in
    let words = call[keys]?.text.split(separator: ",").map { String(String($0).trimmed) }.filter { !$0.isEmpty } ?? []
    let raise = PriceRaise(
        try call[kind], keys: words, supplier: call[supplier]?.text, from: try call[from], by: try call[RaiseParameters.by],
        to: try RaiseParameters.step(call))
    let (prices, notes) = try shop.raise(raise)
    let listing = Listing(prices, RaisedPrice.columns)
    let sentence =
        prices.isEmpty
        ? "no \(raise.kind.rawValue) price to raise on \(raise.from)"
        : "\(counted(prices.count, .price)) of \(raise.kind.rawValue) \(raise.by.done) from \(raise.from)"
    return .done(sentence, all: listing).noting(notes).previewing(listing)
}
