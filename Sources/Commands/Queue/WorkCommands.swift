import Console
import Shop
import Store
import Values

/// What `queue start` and `queue finish` say about a run.
enum RunParameters {
    static let machine = Option<Line>("--machine CODE", "where it is done; else that of the entry", from: .codes("machine"))
    static let `operator` = Option<Line>("--operator CODE", "who does it; else the operator who is logged in", from: .codes("operator"))
    static let preset = Option<Line>("--preset CODE", "the settings of the laser; else the nearest that fits", from: .codes("preset"))
    static let notes = Option<String>("--notes TEXT", "internal notes")
    static let all: [any Parameter] = [machine, `operator`, preset, notes]

    static func request(_ call: Call, _ shop: Shop) throws -> RunRequest {
        var request = RunRequest()
        request.machine = try call[machine].map { try shop.find(.machine, $0.text) }
        request.operator = try call[`operator`].map { try shop.find(.operator, $0.text) }
        request.preset = try call[preset].map { try shop.find(.preset, $0.text) }
        request.notes = call[notes]
        return request
    }
}

private let entries = CommonParameters.codes(.queue)
private let entry = CommonParameters.code(.queue)

let startCommand = writes(
    "queue start", "Start work on entries, as one run", [entries] + RunParameters.all, permission: .floor,
    about: """
        Several entries of one operation, material and thickness are a run together. What was paused goes on. It warns if the preset, the \
        material or the deadline does not fit. `laseros project start` starts the first entry of a project.
        """,
    examples: ["laseros queue start letters/20", "laseros queue start letters/20 --operator OP-0001 --preset PS-0001"],
    answer: Noun.queue.headings
) { call, shop in
    let found = try picked(entries, call, shop), (run, notes) = try shop.startQueue(found, RunParameters.request(call, shop))
    return try moved(.queue, found, "started: run \(run.code)", [notes], shop)
}

let pauseCommand = writes(
    "queue pause", "Interrupt the work on entries", [entries], permission: .floor,
    about: "The pause does not count as time of the run. `laseros queue start` goes on.", examples: ["laseros queue pause hinges/10"],
    answer: Noun.queue.headings
) { call, shop in
    let found = try picked(entries, call, shop), notes = try shop.pauseQueue(found)
    return try moved(.queue, found, "paused", [notes], shop)
}

private let good = Rest<PieceCount>(
    "PART:QTY...", "how many of a part are good, by its number; alone how many of the only part; else all that is left", required: false)
private let scrapped = Several<PieceCount>("--scrapped PART:QTY", "how many of a part are scrapped")
private let reason = Option<Line>("--reason TEXT", "why they are scrapped")
private let time = Option<Seconds>("--time TIME", "how long it took (42m); else from start to finish, without pauses")
private let on = Option<Day>("--on DAY", "the day of the run; today where nothing is said")
private let used = Several<ItemCount>(
    "--used ITEM:QTY", "what it took from the stock: an item or a lot; else what is reserved", from: .codes("inv"))
private let unused = Flag("--used-nothing", "it took nothing from the stock")
private let remnants = Several<Size>("--remnant SIZE", "the size of a remnant that was put back: width x height in mm")

let finishCommand = writes(
    "queue finish", "Record what was made, whether it was started or not",
    [entry, good, scrapped, reason, time, on, used, unused, remnants] + RunParameters.all, permission: .floor,
    relations: [.excludes(["used", "used-nothing"])],
    about: """
        What is left of the entry stays queued. The stock that is reserved for it is used, once: whole sheets, in proportion to the pieces that \
        were made, or what `--used` says. Stock that is missing refuses nothing: it goes below zero, with a warning. Without a start the time is \
        unknown unless `--time` says it. What was started together is finished together. With its last entry the project is completed.
        """,
    examples: [
        "laseros queue finish hinges/10", "laseros queue finish hinges/10 1:2 --scrapped 1:1 --reason 'burnt edges' --used SM-MS-3:1",
    ],
    answer: Noun.run.headings
) { call, shop in
    var request = FinishRequest()
    request.run = try RunParameters.request(call, shop)
    (request.good, request.scrapped, request.reason) = (call[good], call[scrapped], call[reason]?.text)
    (request.time, request.day, request.remnants) = (call[time], call[on], call[remnants])
    request.used = call[unused] ? [] : call[used].isEmpty ? nil : call[used]
    let found = try shop.find(.queue, try call[entry].text), done = try shop.finishQueue(found, request)
    return .done("entry \(found.code): run \(done.run.code), \(done.sentence)", try shop.show(.run, done.run.id)).noting(done.notes)
}

private let spoiled = Rest<PieceCount>("PART:QTY...", "how many of a part, by its number; alone how many of the only part")
private let because = Required<Line>("--reason TEXT", "why they are scrapped")

let scrapCommand = writes(
    "queue scrap", "Record pieces that are spoiled", [entry, because, spoiled], permission: .floor,
    about: """
        Pieces that were counted as good already are not any more. The operations before it are queued again for as many, and what they make \
        then names this run and its reason.
        """,
    examples: ["laseros queue scrap hinges/10 1:1 --reason 'bent the wrong way'"], answer: Noun.run.headings
) { call, shop in
    let found = try shop.find(.queue, try call[entry].text)
    let done = try shop.scrap(found, call[spoiled], because: try call[because].text)
    return .done("entry \(found.code): run \(done.run.code), \(done.sentence)", try shop.show(.run, done.run.id)).noting(done.notes)
}
