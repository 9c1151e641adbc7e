import Console
import Shop
import Values

private let products = CommonParameters.codes(.product)

let productCommands: [Command] = verbs(.product, changing: .prices) + [raiseCommand, libraryCommand]

private let raiseCommand = writes(
    "product raise", "Raise or lower the prices of products", [products, RaiseParameters.by, RaiseParameters.step], permission: .prices,
    about: """
        Every price of each product is raised, whatever the quantity that it is for. Quotes that are made already keep their prices.

        \(RaiseParameters.about)
        """,
    examples: ["laseros product raise last --by 5%", "laseros product raise --all-matching --category brackets --by 5% --round 0.05"],
    answer: RaisedProduct.columns.map(\.heading)
) { call, shop in
    let found = try picked(products, call, shop), by = try call[RaiseParameters.by]
    let raised = try shop.raise(found, by: by, to: try RaiseParameters.step(call)), listing = Listing(raised, RaisedProduct.columns)
    let of = found.count == 1 ? "product \(found[0].code)" : counted(found.count, .product)
    return .done("\(counted(raised.count, "price")) of \(of) \(by.done)", all: listing).previewing(listing)
        .noting(try Noun.product.advise(shop, Record(.product), found.map(\.id)))
}
