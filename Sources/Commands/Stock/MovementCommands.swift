import Console
import Shop
import Store
import Values

private let thing = Maybe<Line>("ITEM", "only those of this item or lot", from: .codes("inv"))
private let project = Option<Line>("-p, --project CODE", "only those for this project", from: .codes("project"))
private let supplier = Option<Line>("--supplier CODE", "only those from or to this supplier", from: .codes("supplier"))
private let kind = Option<MovementKind>("--kind KIND", "only \(either(MovementKind.choices))")
private let period = Option<Period>("--period PERIOD", "only those of this period")

let movementsCommand = reads(
    "inv movements", "List what came and went, the newest first",
    [thing, project, kind, period, supplier, CommonParameters.limit, CommonParameters.offset], permission: .view,
    about: """
        With each movement stands what it made of the value, and what was on hand after it: of a lot, or of an item without its lots.
        Movements of a day are in the order in which they were recorded.
        """,
    examples: ["laseros inv movements SM-MS-3 --limit 20", "laseros inv movements --kind waste --period 2026 --csv"],
    answer: Shop.movementHeadings
) { call, shop in
    var query = MovementQuery()
    (query.limit, query.offset) = (call[CommonParameters.limit]?.value, call[CommonParameters.offset]?.value)
    if let typed = call[thing] { query.conditions.append(shop.condition(of: try shop.stock(typed.text))) }
    if let code = call[project] { query.conditions.append("movement.project_id = \(try shop.find(.project, code.text).id)") }
    if let code = call[supplier] { query.conditions.append("movement.supplier_id = \(try shop.find(.supplier, code.text).id)") }
    if let kind = call[kind] { query.conditions.append("movement.kind = \(kind)") }
    if let period = call[period] { query.conditions.append(shop.condition(of: period)) }
    return .rows(shop.movements(query))
}
