import Console
import Shop
import Store
import Values

private let asOf = Option<Day>("--as-of DAY", "as it was at the end of this day")
private let group = Option<StockGroup>("--by GROUP", "a line for each \(either(StockGroup.choices)); default: category")

let valueCommand = reads(
    "inv value", "What is in stock, and what it is worth", [asOf, group], permission: .view,
    about: """
        Items are worth the moving average of their costs, lots what they cost. Material that clients brought is worth nothing. What has no
        known cost counts as nothing, and is counted in the last column.
        """,
    examples: ["laseros inv value", "laseros inv value --by item --as-of 2026-07-31 --csv"], answer: Shop.valueHeadings
) { call, shop in
    let unknown = try shop.unvalued(asOf: call[asOf])
    let note = "\(counted(unknown, "item has", "items have")) no known cost, and \(worded(unknown, "counts", "count")) as nothing"
    return .rows(try shop.stockValue(by: call[group] ?? .category, asOf: call[asOf])).noting(unknown > 0 ? [note] : [])
}

private let check = Flag("--check", "print nothing, and exit with 1 if something is low")

let lowCommand: Command = {
    let subject = Noun.inv.subject, names = NamedFilters(Noun.inv.subject)
    return reads(
        "inv low", "List what is low, and how much of it to order",
        FilterQuery.parameters(subject) + [FilterQuery.all, check, CommonParameters.sort, CommonParameters.limit], permission: .view,
        about: """
            An item with a level is low when what is on hand, without what is reserved and with what is on order, is not above it. The quantity
            to order is what `laseros purchase add -` orders: that of the item, but at least what brings it above its level, rounded up to the
            supplier's pack. It is empty where drafts have enough of it.
            """,
        examples: ["laseros inv low", "laseros inv low --codes", "laseros inv low --category Gas --sort name"], answer: Shop.lowHeadings
    ) { call, shop in
        var query = try FilterQuery(subject, call, names: names).query(.inv, call, shop, live: true)
        if call[check] { return Output(.text(""), code: try shop.isAnythingLow(query) ? 1 : 0) }
        (query.sort, query.limit) = (call[CommonParameters.sort]?.text, call[CommonParameters.limit]?.value)
        return .rows(try shop.low(query))
    }
}()
