import Console
import Shop
import Store
import Values

private let purchase = CommonParameters.code(.purchase)
private let supplier = Operand<Line>("SUPPLIER", "which supplier; - reads codes of items from standard input", from: .codes("supplier"))
private let items = Rest<ItemCount>(
    "ITEM:QTY...", "an item and how many; without :QTY its order quantity, or what it lacks", from: .codes("inv"), required: false)
private let operations = Several<ItemCount>(
    "--operation KEY:QTY", "an operation that the supplier does; without :QTY the pieces of the project", from: .codes("operation"))
private let project = Option<Line>("-p, --project CODE", "the project that it is for", from: .codes("project"))
private let expected = Option<Day>("--expected DAY", "when it comes; else the supplier's lead_days after it is placed")
private let reference = Option<Line>("--reference TEXT", "the supplier's number for it")
private let terms = Option<String>("--terms TEXT", "below the lines, in place of the supplier's terms")
private let notes = Option<String>("--notes TEXT", "internal notes, not printed")
private let reason = Operand<Line>("REASON", "why it is cancelled, in quotes if it has blanks")
private let cancelled = CodesParameter(Noun.purchase.subject, several: false)

let purchaseCommands: [Command] = [
    addCommand,
    listVerb(.purchase),
    showVerb(.purchase),
    editVerb(.purchase, permission: .purchases),
    removeVerb(.purchase, permission: .purchases),
    importVerb(.purchase, permission: .purchases),
    exportVerb(.purchase),
    moveVerb(.purchase, "place", permission: .purchases),
    receivePurchaseCommand,
    cancelCommand,
    reads(
        "purchase pdf", "Make the PDF of a purchase", [purchase], permission: .view,
        about: """
            A draft is marked as one. It has no totals while a price is unknown. Goods go to the setting `company_delivery_address`, else to \
            `company_address`. A supplier who wants a file gets `laseros purchase line list CODE --csv` (or `--json`), with the fields that \
            `--fields` names.
            """,
        examples: ["laseros purchase pdf last -o order.pdf"]
    ) { call, shop in
        let found = try shop.find(.purchase, try call[purchase].text), (pdf, notes) = try shop.pdf(purchase: found.id)
        return .document(pdf, "wrote \(found.code)").noting(notes)
    },
]

private let addCommand = writes(
    "purchase add", "Draft orders to suppliers",
    [supplier, items, operations, project, expected, reference, terms, notes], permission: .purchases,
    about: """
        The price and the code of a line are those of the supplier's article, else the price is the item's unit_cost; without either it is \
        unknown. Nothing is on order before `laseros purchase place`.

        `laseros inv low --codes | laseros purchase add -` drafts one purchase for each supplier of what is low: the item's order quantity, \
        but at least what brings it above its level, rounded up to the supplier's pack. What a draft or a placed purchase already has enough \
        of is left out, so that the same line twice orders nothing twice. An item without a supplier is left out with a note, unless only one \
        has an article of it.
        """,
    examples: [
        "laseros purchase add SU-0001 SM-MS-3:20 --expected +3d",
        "laseros purchase add SU-0003 --operation powder-coat:4 --project hinges",
    ],
    answer: Noun.purchase.headings,
    prepare: { call, _ in
        let isPiped = try call[supplier].text == CodesParameter.input || call[items].contains { $0.code == CodesParameter.input }
        return try isPiped ? CodesParameter.piped(call.environment, in: ["code"], of: "inv low") : []
    }
) { call, shop, piped in
    var request = PurchaseRequest()
    request.project = try call[project].map { try shop.find(.project, $0.text) }
    (request.expected, request.reference) = (call[expected], call[reference]?.text)
    (request.terms, request.notes) = (call[terms], call[notes])
    guard try call[supplier].text != CodesParameter.input else {
        guard call[items].isEmpty, call[operations].isEmpty else {
            throw Failure(.usage, .purchase, "with - the items come from standard input", hint: "laseros purchase add SUPPLIER ITEM:QTY")
        }
        return try drafted(try shop.addPurchases(of: try shop.items(piped), request), shop)
    }
    let found = try shop.find(.supplier, try call[supplier].text)
    for item in call[items] {
        if item.code == CodesParameter.input {
            request.items += try shop.items(piped).map { ($0, nil) }
        } else {
            request.items.append((try shop.find(.inv, item.code), item.quantity))
        }
    }
    request.operations = try call[operations].map { (try shop.find(.operation, $0.code), $0.quantity) }
    let (new, notes) = try shop.addPurchase(request, to: found)
    return .done(try told(new, shop), try shop.show(.purchase, new.id)).noting(notes)
}

extension Shop {
    /// The items that standard input names by their codes.
    fileprivate func items(_ codes: [String]) throws -> [RecordID] {
        var seen: Set<Int> = []
        return try codes.map { try find(.inv, $0, guessing: .nothing) }.filter { seen.insert($0.id).inserted }
    }
}

/// `purchase PO-2026-0001 drafted: Cape Steel, 2 lines, 1234.50 with VAT`
private func told(_ purchase: RecordID, _ shop: Shop) throws -> String {
    var words = ["purchase \(purchase.code) drafted"]
    try shop.show(.purchase, purchase.id).only(["supplier_name", "total"]).each { row in
        let name = row[0].typed, total = if case .money(let money) = row[1] { ", \(money) with VAT" } else { "" }
        words.append("\(name)\(total)")
    }
    return words.joined(separator: ": ")
}

private func drafted(_ drafted: Drafted, _ shop: Shop) throws -> Output {
    let made = drafted.purchases, notes = drafted.leftOut.map { "left out, \($0)" } + drafted.notes
    guard !made.isEmpty else {
        if let remedy = drafted.remedy {
            throw Failure(.refused, .purchase, "nothing was drafted: \(drafted.leftOut.joined(separator: "; "))", hint: remedy)
        }
        return .done("nothing to order", all: Listing(Noun.purchase.headings, [])).noting(notes)
    }
    guard made.count > 1 else { return .done(try told(made[0], shop), try shop.show(.purchase, made[0].id)).noting(notes) }
    return .done(
        "\(counted(made.count, .purchase)) drafted: \(made.map(\.code).joined(separator: ", "))",
        all: try shop.show(.purchase, made.map(\.id))
    ).noting(notes)
}

private let cancelCommand = writes(
    "purchase cancel", move(.purchase, "cancel").summary, [cancelled, reason], permission: .purchases,
    about: move(.purchase, "cancel").about, examples: Noun.purchase.examples["cancel"] ?? [], answer: Noun.purchase.headings
) { call, shop in
    let found = try picked(cancelled, call, shop), reason = try call[reason].text
    let done = try each(of: found) { try shop.cancel(purchase: $0, reason) }, notes = done.flatMap(\.notes)
    guard found.count > 1 else {
        let what = done[0].isReceived ? "is received: the rest is cancelled" : "cancelled"
        return .done("purchase \(found[0].code) \(what)", try shop.show(.purchase, found[0].id)).noting(notes)
    }
    return .done("\(counted(found.count, .purchase)) cancelled", all: try shop.show(.purchase, found.map(\.id))).noting(notes)
}
