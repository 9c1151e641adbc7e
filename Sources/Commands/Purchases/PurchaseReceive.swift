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
private let cost = Option<Rate>("--cost AMOUNT", "what one cost of the one line that came, where that is not its price")

let receivePurchaseCommand = writes(
    "purchase receive", move(.purchase, "receive").summary,
    [purchase, lines, everything, on, LotParameters.reference, cost] + LotParameters.all,
    permission: .purchases,
    relations: [.oneOf(["LINE:QTY", "all"]), .excludes(["LINE:QTY", "all"])] + LotParameters.relations,
    about: """
        Each item goes into the stock at the price of its line, or at `--cost`. A purchase is received once nothing more is to come; `laseros purchase \
        cancel` ends it before. More than was ordered is taken with a warning. An operation that others did comes back without a movement of \
        the stock. With `--lot` the sheets get a code of their own, as with `laseros inv receive`.
        """,
    examples: ["laseros purchase receive last --all --reference 'DN 5512'", "laseros purchase receive last 1:2 --on yesterday"],
    answer: Noun.purchase.headings,
    prepare: LotParameters.certificate, contents: \[NewFile].contents
) { call, shop, files in
    let found = try shop.find(.purchase, try call[purchase].text)
    if let text = call.text(cost.spec.name) { try shop.demandOwnCurrency(text) }
    let request = ReceiptRequest(
        call[lines], day: call[on], reference: call[LotParameters.reference]?.text, cost: call[cost], lot: LotParameters.new(call))
    let done = try shop.receive(found, request)
    try LotParameters.attach(files, to: done.lot, shop)
    return .done(done.sentence, try shop.show(.purchase, found.id)).noting(done.notes)
}
