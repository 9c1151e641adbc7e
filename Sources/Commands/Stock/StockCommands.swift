import Console
import Shop
import Store
import Values

let stockCommands: [Command] =
    verbs(.inv, changing: .stock) + [receiveCommand] + takingCommands
    + [countCommand, adjustCommand, movePlaceCommand, movementsCommand, valueCommand, lowCommand, traceCommand] + reservationCommands

/// The parameters that commands of the stock share.
enum StockParameters {
    static let thing = Operand<Line>("ITEM", "which item, or which lot by its code", from: .codes("inv"))
    static let item = Operand<Line>("ITEM", "which item", from: .codes("inv"))
    static let quantity = Operand<Quantity>("QTY", "how much, in the unit of the item")
    static let on = Option<Day>("--on DAY", "when it was; today where nothing is said")
    static let project = Option<Line>("-p, --project CODE", "the project that it is for", from: .codes("project"))
    static let supplier = Option<Line>("--supplier CODE", "who delivered it", from: .codes("supplier"))
    static let reason = Option<Line>("--reason TEXT", "why, or a number to find it by")
    static let lost = Operand<Line>("REASON", "why, in quotes if it has blanks")
    static let cost = Option<Rate>("--cost AMOUNT", "what a unit cost; the unit cost of the item where nothing is said")
}

/// The answer of movements: the sentence, and in other formats than the table the movements.
func stocked(_ done: Stocked, _ shop: Shop) -> Output {
    .done(done.sentence, all: shop.movements(done.ids)).noting(done.notes.lines)
}

extension Call {
    /// What the options say about a movement.
    func stockRequest(_ quantity: Quantity, _ shop: Shop, reason: Line? = nil) throws -> StockRequest {
        if let text = text(StockParameters.cost.spec.name) { try shop.demandOwnCurrency(text) }
        return StockRequest(
            quantity, on: self[StockParameters.on],
            project: try self[StockParameters.project].map { try shop.find(.project, $0.text) },
            supplier: try self[StockParameters.supplier].map { try shop.find(.supplier, $0.text) },
            reason: (reason ?? self[StockParameters.reason])?.text, cost: self[StockParameters.cost])
    }
}
