import Console
import Drawings
import Shop
import Store
import Values

private let shape = Operand<Line>("SIZE|DRAWING", "width x height in mm, or a drawing with its outline", from: .files)
private let code = Operand<Line>("CODE", "which remnant", from: .codes("lot"))
private let reason = Operand<Line>("REASON", "why, in quotes if it has blanks")
private let material = Option<Line>("-m, --material CODE", "what it is made of", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "how thick it is")
private let origin = Option<Line>("--from ITEM", "the item or the lot that it was cut from", from: .codes("inv"))
private let corner = Option<Size>("--corner SIZE", "an L: what is missing at its upper right corner")
private let windows = Several<FitRegion.Window>("--window X,Y,WxH", "a window: its lower left corner and its size; more than once")
private let cost = Option<Rate>("--cost AMOUNT", "what it is worth")
private let grade = Option<Line>("--grade GRADE", "the grade, such as S355")
private let grain = Option<Grain>("--grain width|height", "the side along which its grain lies")
private let heat = Option<Line>("--heat NUMBER", "the heat number of its certificate")
private let client = Option<Line>("-c, --client CODE", "the client whose material it is", from: .codes("client"))
private let location = Option<Line>("--location PLACE", "where it is")
private let notes = Option<String>("--notes TEXT", "internal notes")
private let quantity = Option<Count>("--quantity NUMBER", "how many equal ones; each gets a code of its own")
private let project = Option<Line>("-p, --project CODE", "the project that it is used for", from: .codes("project"))
private let on = Option<Day>("--on DAY", "when it was; today where nothing is said")
private let leftOf = Option<Line>(
    "-p, --project CODE", "the project that has used the sheet: the remnant comes back from it, at its cost", from: .codes("project"))
private let least = Option<Size>("--size SIZE", "only those into which a rectangle of this size goes, along either side of the box")
private let all = Flag("--all", "also those that are used up")

private let addRemnant = writes(
    "inv remnant add", "Keep a remnant",
    [shape, material, thickness, origin, corner, windows, cost, grade, grain, heat, client, location, notes, quantity, leftOf],
    permission: .stock,
    about: """
        A remnant is a rectangle, an L, or the outline of a drawing with its holes as windows. It gets a code of its own, `RE-0001`, and is a lot:
        `laseros lot show` and `edit` know it.

        `--from` takes material, thickness, grade, heat number and client of an item or a lot, and as the cost the share of the area in what a
        sheet of it costs. The sheet itself goes out by `laseros inv use`: this moves none of its value. With `--project` the remnant comes back from
        the project that has used the sheet, which has cost that much less.
        """,
    examples: [
        "laseros inv remnant add 600x400 --material MS --thickness 3 --location 'Rack R'",
        "laseros inv remnant add 1200x800 --corner 500x300 --window 100,100,200x150 --material SS --thickness 1 --cost 180",
        "laseros inv remnant add 0001-Flange-MS-10mm-x4.dxf --material MS --thickness 10 --quantity 2",
    ], answer: Noun.lot.headings, prepare: region
) { call, shop, region in
    var new = NewRemnant(region)
    new.material = try call[material].map { try shop.find(.material, $0.text).id }
    (new.thickness, new.grain) = (call[thickness], call[grain])
    (new.grade, new.heat, new.location, new.notes) = (call[grade]?.text, call[heat]?.text, call[location]?.text, call[notes])
    new.client = try call[client].map { try shop.find(.client, $0.text).id }
    new.origin = try call[origin].map { try shop.stock($0.text) }
    new.project = try call[leftOf].map { try shop.find(.project, $0.text) }
    if let text = call.text(cost.spec.name) { try shop.demandOwnCurrency(text) }
    new.cost = call[cost]
    let (added, notes) = try shop.addRemnants(new, count: call[quantity]?.value ?? 1)
    let listing = try shop.show(.lot, added.map(\.id)), first = added.first?.code ?? "", last = added.last?.code ?? ""
    guard added.count > 1 else { return .done("remnant \(first) added", listing).noting(notes) }
    return .done("\(added.count) remnants added: \(first) to \(last)", all: listing).noting(notes)
}

/// Reads the size or the drawing before the lock is taken.
@Sendable private func region(_ call: Call, _ shop: Shop) throws -> FitRegion {
    let word = try call[shape].text
    if let size = Size(reading: word) { return try FitRegion(size, without: call[corner], windows: call[windows]) }
    guard call[corner] == nil, call[windows].isEmpty else {
        throw Failure(.usage, .remnant, "\(word) has its windows and corners already", hint: "--corner and --window go with a size")
    }
    let path = call.environment.path(word)
    try call.environment.demandPlain(path, word)
    let options = Measure.Options(rules: try shop.setting(Settings.processes), process: .cut)
    do {
        return try File.withBytes(of: path, name: word) { try FitRegion(Drawing(reading: $0).measure(options)) }
    } catch let failure as Failure where failure.kind == .outside {
        throw Failure(.outside, .remnant, failure.message, hint: failure.hint ?? "a size is written as \(Size.expected)")
    }
}

/// The columns of a lot without what all remnants have in common, and with their places, by which they are found.
private let columns = Noun.lot.columns.filter { !["kind", "inv"].contains($0.name) }.map { field in
    var field = field
    if field.name == "location" { field.heading.wide = false }
    return field
}

private let listRemnants = reads(
    "inv remnant list", "List the remnants",
    [material, thickness, location, least, all, CommonParameters.sort, CommonParameters.limit, CommonParameters.offset], permission: .view,
    about: "`laseros lot list --kind remnant` has more filters. Those that are used up are left out, unless `--all` is given.",
    examples: ["laseros inv remnant list --material MS --thickness 10 --size 300x200"], answer: columns.map(\.heading)
) { call, shop in
    var query = Query()
    query.conditions = ["lot.kind = \(LotKind.remnant)"]
    if let code = call[material] { query.conditions.append("lot.material_id = \(try shop.find(.material, code.text).id)") }
    if let thickness = call[thickness] { query.conditions.append("lot.thickness_um = \(thickness)") }
    if let place = call[location] { query.conditions.append("lot.location = \(place)") }
    if let size = call[least] { query.conditions.append(shop.condition(forRemnantsOf: size)) }
    if !call[all] { query.conditions.append("aux_lot.on_hand_millis > 0") }
    query.sort = call[CommonParameters.sort]?.text
    (query.limit, query.offset) = (call[CommonParameters.limit]?.value, call[CommonParameters.offset]?.value)
    return .rows(try shop.list(.lot, query, columns))
}

private let useRemnant = writes(
    "inv remnant use", "Use a remnant", [code, project, on], permission: .stock,
    about: """
        It goes out whole; what is left of it is added again, with `--from`. A remnant that is reserved for another project is refused, and
        material of a client is used for projects of this client only.
        """,
    examples: ["laseros inv remnant use RE-0001", "laseros inv remnant use RE-0002 --project letters"], answer: Shop.movementHeadings
) { call, shop in
    let thing = try shop.remnant(try call[code].text), job = try call[project].map { try shop.find(.project, $0.text) }
    return stocked(try shop.useRemnant(thing, for: job, on: call[on]), shop)
}

private let scrapRemnant = writes(
    "inv remnant scrap", "Throw a remnant away", [code, reason, on], permission: .stock,
    examples: ["laseros inv remnant scrap RE-0001 'rusted'"], answer: Shop.movementHeadings
) { call, shop in
    stocked(try shop.scrapRemnant(try shop.remnant(try call[code].text), because: try call[reason].text, on: call[on]), shop)
}

let remnantBranch = Branch("remnant", "Remnants: keep them, use them, and find one for a part")
let remnantCommands = [addRemnant, listRemnants, useRemnant, scrapRemnant, matchRemnants]
