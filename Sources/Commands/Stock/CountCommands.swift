import Console
import Shop
import Store
import Values

private typealias P = StockParameters
private let difference = Operand<Difference>("QTY", "how much more or less: +3 or -2")
private let why = Maybe<Line>("REASON", "why, in quotes if it has blanks; needed for what is lost")

let adjustCommand = writes(
    "inv adjust", "Correct what is on hand by a difference", [P.thing, difference, why, P.on], permission: .stock,
    about: "More comes in at the average of what is there.",
    examples: ["laseros inv adjust SM-MS-3 +1", "laseros inv adjust SM-MS-3 -2 'counted wrong in May'"], answer: Shop.movementHeadings
) { call, shop in
    let thing = try shop.stock(try call[P.thing].text), difference = try call[difference].quantity
    return stocked(try shop.adjust(thing, by: difference, try call.stockRequest(difference, shop, reason: call[why])), shop)
}
