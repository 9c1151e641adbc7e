import Console
import Shop
import Store
import Values

private typealias P = StockParameters
private let reference = Option<Line>("--reference TEXT", "the number of the delivery note")
private let lot = Flag("--lot", "make a lot of these sheets, with a code of its own")
private let heat = Option<Line>("--heat NUMBER", "the heat number of their certificate")
private let size = Option<Size>("--size SIZE", "width x height in mm, where it is not that of the item")
private let grade = Option<Line>("--grade GRADE", "the grade, where it is not that of the item")
private let grain = Option<Grain>("--grain width|height", "the side along which their grain lies")
private let location = Option<Line>("--location PLACE", "where they are")
private let certificate = Option<String>("--certificate FILE", "attach their certificate to the lot", from: .files)

let receiveCommand = writes(
    "inv receive", "Receive an item",
    [P.item, P.quantity, P.cost, P.on, P.supplier, reference, lot, heat, size, grade, grain, location, certificate], permission: .stock,
    relations: [heat, grade, location].map { .needs($0.spec.name, lot.spec.name) } + [
        .needs(size.spec.name, lot.spec.name), .needs(grain.spec.name, lot.spec.name), .needs(certificate.spec.name, lot.spec.name),
    ],
    about: """
        With `--lot` the sheets get a code of their own, by which they are used and traced: `inv trace` goes from a heat number to the projects
        and back. Material that a client brought has no cost. `purchase receive` receives what was ordered.
        """,
    examples: [
        "laseros inv receive GAS-O2 500 --cost 0.85 --supplier SU-0001 --reference 'DN 4711'",
        "laseros inv receive SM-MS-3 12 --cost 1850 --lot --heat H4711 --size 2500x1250",
    ], answer: Shop.movementHeadings,
    prepare: { call, shop in
        guard let file = call[certificate] else { return [] }
        return try FileIntake(shop).look(at: [.init(typed: file, path: call.environment.path(file))], kind: .certificate)
    }, contents: \[NewFile].contents
) { call, shop, files in
    let item = try shop.find(.inv, try call[P.item].text)
    let new = call[lot] ? NewLot(
        heat: call[heat]?.text, size: call[size], grade: call[grade]?.text, grain: call[grain], location: call[location]?.text) : nil
    let done = try shop.receive(item, try call.stockRequest(try call[P.quantity], shop, reason: call[reference]), lot: new)
    if let lot = done.lot, !files.isEmpty { _ = try shop.attach(files, to: lot, of: .lot) }
    return stocked(done, shop)
}
