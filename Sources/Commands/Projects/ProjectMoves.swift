import Console
import Shop
import Values

func projectMoves(_ verbs: [String]) -> [Command] { verbs.map { moveVerb(.project, $0, permission: .jobs) } }

private let projects = CommonParameters.codes(.project)
private let proof = Option<String>("--file FILE", "attach this file as the proof", from: .files)
private let on = Option<Day>("--on DAY", "when it was paid; today where nothing is said")
private let withdraw = Flag("--withdraw", "take the proof of payment back")

let popCommand = writes(
    "project pop", move(.project, "pop").summary, [projects, proof, on, withdraw], permission: .jobs,
    relations: [.alone("withdraw", without: ["file", "on"])], about: move(.project, "pop").about,
    examples: ["laseros project pop last --on today", "laseros project pop last --withdraw"], answer: Noun.project.headings,
    prepare: { call, shop in
        guard let file = call[proof] else { return [] }
        return try FileIntake(shop).look(at: [.init(typed: file, path: call.environment.path(file))], kind: .payment)
    }, contents: \[NewFile].contents
) { call, shop, files in
    let found = try picked(projects, call, shop), made = move(.project, call[withdraw] ? "withdraw" : "pop")
    if !files.isEmpty {
        for project in found {
            try shop.demandFree(files, in: project, of: .project, replacing: false)
            _ = try shop.attach(files, to: project, of: .project)
        }
    }
    let notes = try each(of: found) { try shop.move(.project, $0, made, LifeCycle.Request(day: call[on])) }
    return try moved(.project, found, made.done, notes, shop)
}

let expireCommand = writes(
    "project expire", "Expire offers, and list the clients to remind", permission: .jobs,
    about: """
        Made for cron: it catches up on missed days, and prints nothing if there is nothing to do. It sends nothing.

        Sent quotes whose last day has passed expire, whether they belong to a project or not. Offers that expire within the days of the \
        setting `quote_reminder_days` are listed once, for a reminder. With the setting `cancel_expired_projects`, offered projects \
        without a payment or an accepted quote are cancelled when their offer has expired. Projects on hold are left alone.
        """,
    examples: ["laseros project expire", "laseros project expire --dry-run"], answer: Expiry.headings
) { call, shop in
    let found = try shop.expire()
    func count(_ event: ExpiryEvent) -> Int { found.count { $0.event == event } }
    let (expired, cancelled, reminders) = (count(.expired), count(.cancelled), count(.remind))
    let parts = [
        (expired, "\(counted(expired, .quote)) expired"), (cancelled, "\(counted(cancelled, .project)) cancelled"),
        (reminders, "\(counted(reminders, "offer")) to remind of"),
    ]
    var output = Output.rows(Listing(found, Expiry.columns))
    output.deed = parts.filter { $0.0 > 0 }.map(\.1).joined(separator: ", ")
    return output.noting(found.isEmpty && call.environment.width != nil ? ["no offer expires"] : [])
}
