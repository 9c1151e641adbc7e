import Console
import Shop
import Store
import Values

private typealias P = StockParameters

let receiveCommand = writes(
    "inv receive", "Receive an item",
    [P.item, P.quantity, P.cost, P.on, P.supplier, LotParameters.reference] + LotParameters.all, permission: .stock,
    relations: LotParameters.relations,
    about: """
        With `--lot` the sheets get a code of their own, by which they are used and traced: `inv trace` goes from a heat number to the projects
        and back. Material that a client brought has no cost. `purchase receive` receives what was ordered.
        """,
    examples: [
        "laseros inv receive GAS-O2 500 --cost 0.85 --supplier SU-0001 --reference 'DN 4711'",
        "laseros inv receive SM-MS-3 12 --cost 1850 --lot --heat H4711 --size 2500x1250",
    ], answer: Shop.movementHeadings,
    prepare: LotParameters.certificate, contents: \[NewFile].contents
) { call, shop, files in
    let item = try shop.find(.inv, try call[P.item].text)
    let request = try call.stockRequest(try call[P.quantity], shop, reason: call[LotParameters.reference])
    let done = try shop.receive(item, request, lot: LotParameters.new(call))
    try LotParameters.attach(files, to: done.lot, shop)
    return stocked(done, shop)
}
