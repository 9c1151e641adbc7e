import Console
import Shop
import Values

private let entry = CommonParameters.code(.queue)
private let purchase = Required<Line>("--purchase CODE", "the purchase with which it goes out", from: .codes("purchase"))

let dispatchCommand = writes(
    "queue dispatch", "Send the parts of an entry to a supplier", [entry, purchase], permission: .floor,
    about: """
        It goes out on the first open line of the purchase for its operation and project, else for its operation and no project. A draft without \
        such a line gets one. The whole entry is outside once pieces of it are there: what the operation before makes later may follow without \
        another command. An operation that the shop does itself can go out, too. `laseros purchase cancel` queues it again.
        """,
    examples: ["laseros queue dispatch hinges/20 --purchase last"], answer: Noun.queue.headings
) { call, shop in
    let found = try shop.find(.queue, try call[entry].text), order = try shop.find(.purchase, try call[purchase].text)
    let done = try shop.dispatch(found, on: order)
    return try moved(.queue, [found], "dispatched: purchase \(order.code), line \(done.line)", [done.notes], shop)
}

private let good = Rest<PieceCount>(
    "PART:QTY...", "how many of a part came back good, by its number; alone how many of the only part; else all that are there",
    required: false)
private let scrapped = Several<PieceCount>("--scrapped PART:QTY", "how many of a part came back spoiled")
private let reason = Option<Line>("--reason TEXT", "why they are spoiled")
private let on = Option<Day>("--on DAY", "when it came back; today where nothing is said")
private let reference = Option<Line>("--reference TEXT", "the supplier's number of the delivery")
private let notes = Option<String>("--notes TEXT", "internal notes")

let receiveEntryCommand = writes(
    "queue receive", "Record what came back from a supplier", [entry, good, scrapped, reason, on, reference, notes], permission: .floor,
    about: """
        It is recorded as a run without a machine. The line of the purchase is received with it: of an operation that is charged by the piece as \
        many pieces as came, of others all of it once nothing on it is outside. What is left stays outside; what cannot be there any more, because \
        pieces were spoiled, is queued again. `laseros purchase receive` of the line does the same where it is clear what came.
        """,
    examples: [
        "laseros queue receive hinges/20",
        "laseros queue receive hinges/20 1:0 --scrapped 1:1 --reason 'the coat peels' --reference 'DN 88'",
    ],
    answer: Noun.run.headings
) { call, shop in
    var request = FinishRequest()
    (request.good, request.scrapped, request.reason) = (call[good], call[scrapped], call[reason]?.text)
    (request.day, request.run.notes) = (call[on], call[notes])
    let found = try shop.find(.queue, try call[entry].text)
    let done = try shop.receiveOutside(found, request, reference: call[reference]?.text)
    return .done("entry \(found.code): run \(done.run.code), \(done.sentence)", try shop.show(.run, done.run.id)).noting(done.notes)
}
