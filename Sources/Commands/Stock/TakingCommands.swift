import Console
import Shop
import Store
import Values

private typealias P = StockParameters
private let to = Option<Line>("--to SUPPLIER", "the supplier who takes it back", from: .codes("supplier"))

private let aboutLots = """
    Of an item that has lots, what is in none goes first, then the oldest lots, and the answer says which. An item may go below zero, with a
    warning, because what was cut was there; a lot never does.
    """

let takingCommands: [Command] = [
    writes(
        "inv use", "Use stock", [P.thing, P.quantity, P.project, P.on, P.reason], permission: .stock,
        about: aboutLots + """


            With `--project` it takes from what is reserved for it. Material that a client brought is used for projects of this client only.
            """,
        examples: ["laseros inv use SM-MS-3 2 --project hinges", "laseros inv use LOT-0001 1"], answer: Shop.movementHeadings
    ) { call, shop in
        stocked(try shop.use(try shop.stock(try call[P.thing].text), try call.stockRequest(try call[P.quantity], shop)), shop)
    },
    writes(
        "inv waste", "Record what is lost", [P.thing, P.quantity, P.lost, P.project, P.on], permission: .stock, about: aboutLots,
        examples: ["laseros inv waste SM-MS-3 1 'bent by the forklift'"], answer: Shop.movementHeadings
    ) { call, shop in
        let request = try call.stockRequest(try call[P.quantity], shop, reason: try call[P.lost])
        return stocked(try shop.waste(try shop.stock(try call[P.thing].text), request), shop)
    },
    writes(
        "inv return", "Put back what a job has not used, or send it back to a supplier",
        [P.thing, P.quantity, P.project, to, P.on, P.reason],
        permission: .stock, relations: [.excludes([P.project.spec.name, to.spec.name])],
        about: """
            From a project it comes back into the lots that it was taken from, at the cost that it was used at, as far as that is known now;
            else at the average of what is there. With `--to` it goes out, as `inv use` takes it.
            """,
        examples: ["laseros inv return SM-MS-3 1 --project hinges", "laseros inv return GAS-O2 100 --to SU-0001 --reason 'wrong grade'"],
        answer: Shop.movementHeadings
    ) { call, shop in
        let thing = try shop.stock(try call[P.thing].text)
        var request = try call.stockRequest(try call[P.quantity], shop)
        guard let supplier = call[to] else { return stocked(try shop.putBack(thing, request), shop) }
        request.supplier = try shop.find(.supplier, supplier.text)
        return stocked(try shop.sendBack(thing, request), shop)
    },
]

private let place = Operand<Line>("PLACE", "where it is now")

let movePlaceCommand = writes(
    "inv move", "Move an item or a lot to another place", [P.thing, place, P.on], permission: .stock,
    examples: ["laseros inv move GAS-O2 'Bay 4'", "laseros inv move LOT-0001 'Rack B'"], answer: Shop.movementHeadings
) { call, shop in
    stocked(try shop.move(try shop.stock(try call[P.thing].text), to: try call[place], on: call[P.on]), shop)
}
