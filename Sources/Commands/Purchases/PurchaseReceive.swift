import Console
import Shop
import Store
import Values

private let purchase = CommonParameters.code(.purchase)
private let lines = Rest<ItemCount>(
    "LINE:QTY...", "the number of a line or the code of its item, and how much came; without :QTY all that is still to come",
    required: false)
private let everything = Flag("--all", "all that is still to come")
private let on = Option<Day>("--on DAY", "when it came; today where nothing is said")
private let reference = Option<Line>("--reference TEXT", "the number of the delivery note")

private let cost = Option<Rate>("--cost AMOUNT", "what one cost of the one line that came, where that is not its price")
private let lot = Flag("--lot", "make a lot of the sheets of the one line that came, with a code of its own")
private let heat = Option<Line>("--heat NUMBER", "the heat number of their certificate")
private let size = Option<Size>("--size SIZE", "width x height in mm, where it is not that of the item")
private let grade = Option<Line>("--grade GRADE", "the grade, where it is not that of the item")
private let grain = Option<Grain>("--grain width|height", "the side along which their grain lies")
private let location = Option<Line>("--location PLACE", "where they are")
private let certificate = Option<String>("--certificate FILE", "attach their certificate to the lot", from: .files)
private let ofLots: [any Parameter] = [heat, size, grade, grain, location, certificate]

let receivePurchaseCommand = writes(
    "purchase receive", move(.purchase, "receive").summary, [purchase, lines, everything, on, reference, cost, lot] + ofLots,
    permission: .purchases,
    relations: [.oneOf(["LINE:QTY", "all"]), .excludes(["LINE:QTY", "all"])] + ofLots.map { .needs($0.spec.name, lot.spec.name) },
    about: """
        Each item goes into the stock at the price of its line, or at `--cost`. A purchase is received once nothing more is to come; `laseros purchase \
        cancel` ends it before. More than was ordered is taken with a warning. An operation that others did comes back without a movement of \
        the stock. With `--lot` the sheets get a code of their own, as with `laseros inv receive`.
        """,
    examples: ["laseros purchase receive last --all --reference 'DN 5512'", "laseros purchase receive last 1:2 --on yesterday"],
    answer: Noun.purchase.headings,
    prepare: { call, shop in
        guard let file = call[certificate] else { return [] }
        return try FileIntake(shop).look(at: [.init(typed: file, path: call.environment.path(file))], kind: .certificate)
    }, contents: \[NewFile].contents
) { call, shop, files in
    let found = try shop.find(.purchase, try call[purchase].text)
    let new =
        call[lot]
        ? NewLot(
            heat: call[heat]?.text, size: call[size], grade: call[grade]?.text, grain: call[grain], location: call[location]?.text) : nil
    if let text = call.text(cost.spec.name) { try shop.demandOwnCurrency(text) }
    let request = ReceiptRequest(call[lines], day: call[on], reference: call[reference]?.text, cost: call[cost], lot: new)
    let done = try shop.receive(found, request)
    if let lot = done.lot, !files.isEmpty { _ = try shop.attach(files, to: lot, of: .lot) }
    return .done(done.sentence, try shop.show(.purchase, found.id)).noting(done.notes)
}
