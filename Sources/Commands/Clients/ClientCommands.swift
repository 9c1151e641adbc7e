import Console
import Shop
import Store
import Values

private let client = CommonParameters.code(.client)
private let clients = CommonParameters.codes(.client)
private let into = Required<Line>("--into CODE", "the client that stays", from: .codes("client"))
private let name = Operand<Line>("NAME", "the name of the new client")

let clientCommands: [Command] =
    StandardVerb.allCases.filter { $0 != .show }.map { $0.command(.client, changing: .customers) } + [
        reads(
            "client show", "Show everything about a client", [client], permission: .view,
            about:
                "With its open projects, its open quotes, the invoices that are not paid, and the day on which something was last done with it.",
            examples: ["laseros client show last"], answer: Shop.clientHeadings
        ) { call, shop in .record(try shop.overview(ofClient: try shop.find(.client, try call[client].text).id)) },
        writes(
            "client merge", "Merge clients into another", [clients, into], permission: .customers,
            about: """
                All that belongs to them goes to the other client: contacts, projects, quotes, invoices, payments and files. What that one lacks is
                filled in from them, and what differs goes into its notes. Issued documents keep the name that they were issued under. The codes of
                the merged clients still find the other one, and are never given again.
                """,
            examples: ["laseros client merge last --into CL-0001"], answer: Noun.client.headings
        ) { call, shop in
            let found = try picked(clients, call, shop), target = try shop.find(.client, try call[into].text)
            let notes = try shop.merge(found, into: target)
            let what = found.count == 1 ? "client \(found[0].code)" : counted(found.count, .client)
            return .done("\(what) merged into \(target.code)", try shop.show(.client, target.id)).noting(notes)
        },
        writes(
            "client copy", "Add a client with the terms and addresses of another", [client, name], permission: .customers,
            about: "Addresses, terms, discount and the habits of drawings are copied; people, numbers, notes and history are not.",
            examples: ["laseros client copy CL-0001 'Karoo Signs Upington'"], answer: Noun.client.headings
        ) { call, shop in
            let other = try shop.find(.client, try call[client].text)
            let (id, code, copied) = try shop.copy(other, name: try call[name].text)
            let what = copied.isEmpty ? "nothing to copy" : copied.joined(separator: ", ")
            return .done("client \(code) added, from \(other.code): \(what)", try shop.show(.client, id))
        },
        archiving("archive", "archived", "Take clients out of the list, and keep what was done with them", true),
        archiving("unarchive", "back in the list", "Put archived clients back into the list", false),
    ]

private func archiving(_ verb: String, _ done: String, _ summary: String, _ isArchived: Bool) -> Command {
    writes(
        "client \(verb)", summary, [clients], permission: .customers,
        about: isArchived ? "An archived client is still found by its code and name, but gets no new project or quote." : "",
        examples: ["laseros client \(verb) CL-0001"], answer: Noun.client.headings
    ) { call, shop in
        let found = try picked(clients, call, shop)
        let changed = try each(of: found) { try shop.archive($0, isArchived) ? $0 : nil }.compactMap { $0 }
        let notes = try isArchived ? [shop.openBusiness(of: changed)].compactMap { $0 } : []
        if found.count == 1 {
            let sentence = "client \(found[0].code) " + (changed.isEmpty ? "is unchanged" : isArchived ? done : "is \(done)")
            return .done(sentence, try shop.show(.client, found[0].id)).noting(notes)
        }
        let count = changed.count == found.count ? counted(found.count, .client) : "\(changed.count) of \(counted(found.count, .client))"
        return .done("\(count) \(done)", all: try shop.show(.client, changed.map(\.id))).noting(notes)
    }
}
