import Console
import Shop
import Values

private let words = Rest<Line>("WORDS...", "words, or their beginnings")
private let only = Several<Line>("--noun NAME", "only records of this kind", from: .words(nouns.map(\.name)))
private let most = Option<Count>("--limit NUMBER", "print at most NUMBER records; else 20")
private let usual = 20

let searchCommands: [Command] = [
    reads(
        "search", "Find records of all kinds by words", [words, only, most], permission: .view,
        about: """
            Clients, contacts, projects with their parts and files, quotes and invoices with their lines, presets and the other lists, by
            code, name, e-mail, phone, address or title. A word finds what begins with it; case and accents do not matter. Records with all
            of the words come first: what has just this code or name, then whole words, then beginnings, the newest first. Then those where
            the words are parted between a record, its parts or lines, and the client or project that it belongs to. A phone number is found
            however it is written: 0821234567 finds +27 82 123 4567.

            `--search` of every list uses the same index, without a limit.
            """,
        examples: ["laseros search hinge", "laseros search karoo hinges --noun project"], answer: SearchHit.columns.map(\.heading)
    ) { call, shop in
        let text = call[words].map(\.text).joined(separator: " "), names = try call[only].map { try noun($0.text) }
        let (hits, hint) = try shop.search(text, nouns: names, limit: call[most]?.value ?? usual)
        let listing = Output.rows(Listing(hits, SearchHit.columns))
        guard hits.isEmpty else { return listing }
        return listing.noting(["nothing is found by '\(text)'"] + (hint.map { ["hint: \($0)"] } ?? []))
    }
]

/// - Throws: `usage` for an unknown noun.
private func noun(_ name: String) throws -> String {
    let names = nouns.map(\.name)
    guard names.contains(name) else {
        throw Failure(
            .usage, .search, "there are no records of the kind '\(name)'",
            hint: suggestion(for: name, among: names) ?? "kinds: " + names.joined(separator: ", "))
    }
    return name
}
