import Console
import Shop
import Store
import Values

private let projects = CommonParameters.codes(.project)
private let entries = CommonParameters.codes(.queue)
private let force = Option<Line>("--force REASON", "do it although something is missing, for this reason")
private let why = Option<Line>("--reason TEXT", "why it is taken off")

let queueCommands: [Command] = [
    writes(
        "queue add", "Put projects into the queue", [projects, force], permission: .floor,
        about: """
            It is the same as `laseros project queue`. A project gets an entry for each operation on the parts that share material and thickness: \
            `CODE/10`, `CODE/20`. An entry waits for those before it. Material is reserved. Of a project in the queue it adds what was removed.

            With the setting `auto_queue` an approved project is queued by itself once it is complete and its material is there.
            """,
        examples: ["laseros queue add counter", "laseros queue add counter --dry-run"], answer: Noun.queue.headings
    ) { call, shop in
        let found = try picked(projects, call, shop), request = LifeCycle.Request(force: call[force]?.text)
        let notes = try each(of: found) { try shop.addToQueue($0, request) }
        let sentence = found.count == 1 ? "project \(found[0].code) is in the queue" : "\(counted(found.count, .project)) are in the queue"
        return .done(sentence, all: try shop.show(.queue, shop.openEntries(of: found).map(\.id))).noting(notes.flatMap { $0 })
    },
    listVerb(.queue),
    showVerb(.queue),
    editVerb(.queue, permission: .floor),
    writes(
        "queue remove", "Take entries off the queue", [entries, why], permission: .floor,
        about: """
            What is reserved for a project of which nothing is queued any more is free again, and the project is an approved one. \
            `laseros queue add PROJECT` brings the entries back.
            """,
        examples: ["laseros queue remove letters/20 --reason 'the drawing is wrong'"], answer: Noun.queue.headings
    ) { call, shop in
        let found = try picked(entries, call, shop), notes = try shop.removeEntries(found, because: call[why]?.text)
        return try moved(.queue, found, "removed", [notes], shop)
    },
    nextEntryCommand, planCommand, promiseCommand, loadCommand, startCommand, pauseCommand, finishCommand, scrapCommand, moveCommand,
    scanCommand, dispatchCommand,
    receiveEntryCommand,
]

private let machine = Option<Line>("--machine CODE", "only what can be done there", from: .codes("machine"))

private let nextEntryCommand = reads(
    "queue next", "Show what to do next", [machine, CommonParameters.limit], permission: .view,
    about: """
        The first entry that is neither running, outside, on hold nor waiting for another operation. With `--machine` the first that is to be \
        done there, or that no machine is named for and a laser can cut.
        """,
    examples: ["laseros queue next", "laseros queue next --machine FIBER3 --limit 3 --csv"], answer: Noun.queue.headings
) { call, shop in
    let place = try call[machine].map { try shop.find(.machine, $0.text) }
    let found = try shop.nextEntries(on: place, limit: call[CommonParameters.limit]?.value ?? 1)
    if call[CommonParameters.limit] == nil, let first = found.first { return .record(try shop.show(.queue, first.id)) }
    return .rows(try shop.show(.queue, found.map(\.id)))
}
