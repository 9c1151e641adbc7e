import Console
import Shop
import Values

let deliveryCommands: [Command] =
    [.list, .show, .edit, .remove, .import, .export].map { (verb: StandardVerb) in verb.command(.delivery, changing: .jobs) }

private let projects = CodesParameter(Noun.project.subject, several: false)
private let parts = Rest<PartCount>(
    "PART:QTY...", "the number of a part and how many of it; without :QTY all that is left of it", required: false)
private let final = Flag("--final", "nothing more will be delivered: what is left is accepted as it is")
private let on = Option<Day>("--on DAY", "when it was delivered; today where nothing is said")
private let receivedBy = Option<Line>("--received-by NAME", "who took it")
private let notes = Option<String>("--notes TEXT", "internal notes of the delivery")
private let force = Option<Line>("--force REASON", "do it although something is missing, for this reason")

let deliverCommand = writes(
    "project deliver", move(.project, "deliver").summary, [projects, parts, final, on, receivedBy, notes, force], permission: .jobs,
    about: move(.project, "deliver").about,
    examples: ["laseros project deliver last 1:2 --received-by 'Anna Botha'", "laseros project deliver last --final"],
    answer: Noun.delivery.headings
) { call, shop in
    let found = try picked(projects, call, shop)
    let request = DeliveryRequest(
        call[parts], isFinal: call[final], day: call[on], receivedBy: call[receivedBy]?.text, notes: call[notes], force: call[force]?.text)
    let done = try each(of: found) { try shop.deliver($0, request) }
    let said = done.flatMap(\.notes)
    guard found.count > 1 else { return .done(done[0].sentence, try shop.show(.delivery, done[0].id)).noting(said) }
    return .done("\(counted(found.count, .project)): \(counted(done.count, .delivery)) made", all: try shop.show(.delivery, done.map(\.id)))
        .noting(said)
}
