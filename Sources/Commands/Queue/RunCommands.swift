import Console
import Shop
import Store
import Values

let runBranch = Branch("run", "Runs: what was made, when and by whom")

let runCommands: [Command] = [
    listVerb(.run),
    showVerb(.run),
    runEditCommand,
    runRemoveCommand,
]

private let run = CommonParameters.code(.run)
private let fields = Noun.run.fields.filter(\.isSettable).map { FieldParameter($0) }
private let on = Option<Day>("--on DAY", "the day of the run")
private let entry = Option<Line>("--entry ENTRY", "which entry the pieces are of, where a run has several", from: .codes("queue"))
private let good = Several<PieceCount>("--good PART:QTY", "how many of a part were good")
private let scrapped = Several<PieceCount>("--scrapped PART:QTY", "how many of a part were scrapped")
private let reason = Option<Line>("--reason TEXT", "why they were scrapped")
private let used = Several<ItemCount>("--used ITEM:QTY", "all that it took from the stock: items or lots", from: .codes("inv"))
private let unused = Flag("--used-nothing", "it took nothing from the stock")

private let runEditCommand = writes(
    "queue run edit", "Correct what is recorded of a run", [run] + fields + [on, good, scrapped, reason, entry, used, unused],
    permission: .floor,
    relations: [
        .oneOf(fields.map(\.spec.name) + ["on", "good", "scrapped", "reason", "used", "used-nothing"]),
        .excludes(["used", "used-nothing"]),
    ],
    about: """
        What is not named stays as it is. Pieces and material are corrected to what is said, whatever was recorded before: the same correction twice \
        changes nothing. Movements of the stock are never changed: what was used too much comes back, at the value at which it went out, what was \
        too little is used, and both carry the run and today. The time is divided among the parts again. Pieces that a later run has used, or \
        that were delivered, stay made.
        """,
    examples: [
        "laseros queue run edit last --time 42m --operator OP-0001",
        "laseros queue run edit last --good 1:0 --scrapped 1:1 --reason 'burnt edges'",
        "laseros queue run edit last --used SM-MS-3:2",
    ],
    answer: Noun.run.headings
) { call, shop in
    let found = try shop.find(.run, try call[run].text)
    var record = Record(.run), correction = RunCorrection()
    record.cells = try cells(record.noun.fields, call, shop, fields)
    (correction.day, correction.good, correction.scrapped, correction.reason) = (call[on], call[good], call[scrapped], call[reason]?.text)
    correction.entry = try call[entry].map { try shop.find(.queue, $0.text) }
    correction.used = call[unused] ? [] : call[used].isEmpty ? nil : call[used]
    let done = try shop.correct(found, record, correction)
    return .done("run \(found.code) \(done.isChanged ? "changed" : "is unchanged")", try shop.show(.run, found.id)).noting(done.notes)
}

private let why = Required<Line>("--reason TEXT", "why it counts for nothing")

private let runRemoveCommand = writes(
    "queue run remove", "Take back a run that was recorded by mistake", [run, why], permission: .floor,
    about: """
        It stays on record and counts for nothing: `laseros queue runs --status removed` lists it. What it took from the stock comes back at the value \
        at which it went out, remnants that it put back are taken out again, and its entries are queued again with what is left of them. It is \
        refused while a later run has used its pieces, and once a remnant of it is used. A run that is not finished ends without a result.
        """,
    examples: ["laseros queue run remove last --reason 'recorded twice'"], answer: Noun.run.headings
) { call, shop in
    let found = try shop.find(.run, try call[run].text), notes = try shop.removeRun(found, because: try call[why].text)
    return .done("run \(found.code) removed", try shop.show(.run, found.id)).noting(notes)
}
