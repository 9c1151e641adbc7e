import Console
import Drawings
import Shop
import Store
import Values

private let drawings = Rest<String>("DRAWING...", "drawings of the parts; `FILE:3` asks for three", from: .files)
private let material = Option<Line>("-m, --material CODE", "the material, where the name does not say it", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "how thick, where the name does not say it")
private let quantity = Option<Count>("--quantity NUMBER", "how many, where neither argument nor name says it")
private let override = Flag("--override", "let the options overrule names")
private let margin = Option<Length>("--margin MM", "the distance to the edge; default: the setting remnant_margin")
private let gap = Option<Length>("--gap MM", "the distance to windows and other parts; default: the setting remnant_gap")
private let client = Option<Line>("-c, --client CODE", "the client whose own material may be used", from: .codes("client"))
private let project = Option<Line>("-p, --project CODE", "the project whose reserved remnants may be used", from: .codes("project"))
private let limit = Option<Count>("--limit NUMBER", "print at most NUMBER remnants for each part; default: 10")
private let all = Flag("--all", "print all that fit, and try every rotation in irregular ones")

private struct Row: Sendable {
    let file: String
    let match: RemnantMatch
    let search: RemnantSearch

    static let columns: [Column<Row>] = [
        Column("file") { $0.file }, Column("code") { $0.match.remnant.code }, Column("size") { $0.match.remnant.size },
        Column("location") { $0.match.remnant.location }, Column("quantity") { $0.search.quantity },
        Column("angle_deg") { $0.match.degrees }, Column("x_mm") { $0.match.place.x }, Column("y_mm") { $0.match.place.y },
        Column("waste_mm2") { $0.match.wasteMM2 }, Column("waste_percent") { $0.match.wastePercent },
        Column("cost") { $0.match.remnant.cost }, Column("proof") { $0.match.count == nil ? "exact" : "grid" },
        Column("fits") { $0.match.count },
        Column("margin_mm", wide: true) { $0.search.margin }, Column("gap_mm", wide: true) { $0.search.gap },
    ]
}

let matchRemnants = reads(
    "inv remnant match", "Find the remnants that parts fit into, least waste first",
    [drawings, material, thickness, quantity, override, margin, gap, client, project, limit, all], permission: .view,
    relations: [.excludes([limit.spec.name, all.spec.name])],
    about: """
        One part is turned by any angle, not mirrored, and each fit is proved by the exact distances of its lines and arcs, to 1 µm. `angle_deg` is
        how far it is turned counterclockwise, `x_mm` and `y_mm` are the lower left corner of the box around the turned part, from that of the
        remnant. In a rectangle no fit is missed; in an L, an outline and around windows a part may be missed that fits at few angles only.

        Several parts are laid in a grid of the box around one, and `fits` is how many that holds: other arrangements may hold more.

        `waste_mm2` is what the outlines of the parts leave of the remnant. Remnants that are reserved for other projects and the material of
        other clients are left out, and a note says how many.
        """,
    examples: [
        "laseros inv remnant match 0001-Flange-MS-10mm-x4.dxf --material MS --thickness 10 --quantity 1 --override",
        "laseros inv remnant match 0002-Bracket-MS-5mm-x10.dxf:2 --material MS --thickness 5 --margin 8 --gap 6 --all",
    ], answer: Row.columns.map(\.heading)
) { call, shop in
    var defaults = Defaults()
    defaults.facts = PartFacts(material: call[material]?.text, thickness: call[thickness], quantity: call[quantity]?.value, finish: nil)
    (defaults.overrides, defaults.despiteFaults) = (call[override], true)
    let owner = try call[client].map { try shop.find(.client, $0.text).id }
    defaults.habits = try shop.drawingHabits(ofClient: owner)
    let enquiries = try call[drawings].map { try Enquiry(argument: $0, call.environment) }
    for enquiry in enquiries {
        if case .path(let path) = enquiry.source { try call.environment.demandPlain(path, enquiry.name) }
    }
    var rows: [Row] = [], notes: [String] = []
    for part in try shop.prepare(enquiries, defaults) {
        var search = RemnantSearch(
            part.count, margin: try call[margin] ?? shop.setting(Settings.remnantMargin),
            gap: try call[gap] ?? shop.setting(Settings.remnantGap), limit: call[all] ? nil : call[limit]?.value ?? 10)
        (search.client, search.project) = (owner, try call[project].map { try shop.find(.project, $0.text).id })
        let found = try shop.matches(part, search)
        rows += found.matches.map { Row(file: part.name, match: $0, search: search) }
        notes += [part.note] + found.notes.map { "\(part.name): \($0)" }
        if found.matches.isEmpty { notes.append("\(part.name): no remnant of \(part.words) fits") }
        if search.quantity > 1 { notes.append("\(part.name): by a grid of its box; nesting may fit more") }
    }
    return Output.rows(Listing(rows, Row.columns)).noting(notes)
}
