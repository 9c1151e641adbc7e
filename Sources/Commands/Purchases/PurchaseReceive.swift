import Console
import Shop
import Values

private let purchase = CommonParameters.code(.purchase)
private let lines = Rest<ItemCount>(
    "LINE:QTY...", "the number of a line or the code of its item, and how much came; without :QTY all that is still to come", required: false)
private let everything = Flag("--all", "all that is still to come")
private let on = Option<Day>("--on DAY", "when it came; today where nothing is said")
private let reference = Option<Line>("--reference TEXT", "the number of the delivery note")

let receivePurchaseCommand = writes(
    "purchase receive", move(.purchase, "receive").summary, [purchase, lines, everything, on, reference], permission: .purchases,
    relations: [.oneOf(["LINE:QTY", "all"]), .excludes(["LINE:QTY", "all"])],
    about: """
        Each item goes into the stock at the price of its line. A purchase is received once nothing more is to come; `laseros purchase \
        cancel` ends it before. More than was ordered is taken with a warning. An operation that others did comes back without a movement of \
        the stock.
        """,
    examples: ["laseros purchase receive last --all --reference 'DN 5512'", "laseros purchase receive last 1:2 --on yesterday"],
    answer: Noun.purchase.headings
) { call, shop in
    let found = try shop.find(.purchase, try call[purchase].text)
    let (sentence, notes) = try shop.receive(found, ReceiptRequest(call[lines], day: call[on], reference: call[reference]?.text))
    return .done(sentence, try shop.show(.purchase, found.id)).noting(notes)
}
