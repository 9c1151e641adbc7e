import Console
import Shop
import Store
import Values

private let searchIndex = Flag("--search-index", "make the index of `search` anew")

let upgradeCommands: [Command] = [
    Command(
        "upgrade", "Bring a shop's data to the version of this laseros", kind: .writes, permission: .upkeep,
        [searchIndex, Standard.dryRun],
        about: """
            The database is copied to `backups/` and the copy is verified; then all steps are done in one transaction.
            `--search-index` makes the index of words anew from the rows, which `log verify` compares it with.
            """,
        examples: ["laseros upgrade --dry-run", "laseros upgrade --search-index"], answer: [Heading("message", .text)]
    ) { call, answer in
        if call[searchIndex] { return try rebuildSearch(openShop(call, .writing), call, answer) }
        try upgrade(try call.shopSession.shop(call.shopName, .writing, older: true), call, answer)
    }
]

private func rebuildSearch(_ shop: Shop, _ call: Call, _ answer: Answer) throws {
    let dry = call[Standard.dryRun]
    if dry { answer.note("dry run: nothing was stored") }
    try shop.data.recompute(keeping: !dry) {
        try shop.rebuildSearch()
        try answer.put(.done(dry ? "the search index would be made anew" : "the search index was made anew"))
    }
}

private func upgrade(_ shop: Shop, _ call: Call, _ answer: Answer) throws {
    let from = try shop.version(), dry = call[Standard.dryRun]
    if dry { answer.note("dry run: nothing was stored") }
    guard from < Shop.newest else { return try answer.put(.done("the shop is of version \(from) already")) }
    let copy = dry ? nil : try shop.copyBeforeUpgrade()
    if let copy { answer.note("copied to \(copy)") }
    let sentence = "upgraded from version \(from) to \(Shop.newest)"
    try shop.data.rewrite(keeping: !dry) {
        guard try shop.version() == from else {
            throw Failure(.store, .setupCommands, "somebody else upgraded the shop at the same moment")
        }
        let deed = EntryDescription(.upgrade, at: call.environment.clock, who: call.environment.user, words: call.words, sentence: sentence)
        let entry = try shop.upgrade(from: from, copy: copy, deed)
        try answer.put(.done(dry ? "would be \(sentence)" : sentence))
        if !dry { answer.stored = Database.stored([entry]) }
        return entry
    }
}
