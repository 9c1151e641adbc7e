import Console
import Shop
import Store
import Values

private let before = Option<Day>("--before DAY", "drop those drop those drop those drop those of entries older than this day")
private let keep = Option<Count>("--keep NUMBER", "drop those of all entries but the last NUMBER")
private let headings = [
    Heading("entry", .int), Heading("entries", .int), Heading("dropped_bytes", .int), Heading("checkpoint_bytes", .int),
]

/// `log prune`. Dropped changes cannot be undone any more.
let pruneCommand = Command(
    "log prune", "Drop the changes of old entries", kind: .writes, permission: .upkeep, [before, keep, Standard.dryRun],
    relations: [.oneOf(["before", "keep"]), .excludes(["before", "keep"])],
    about: """
        Most of a growing data file are the recorded changes of old entries. This verifies the history as `log verify` does, stores
        all rows as one entry, a checkpoint, and drops the changes of the entries before it. From then on `log verify` begins at the
        checkpoint. The entries themselves stay, and so does the proof that none was altered; but their changes can no longer be
        shown, undone or redone. The space is reused.
        """,
    examples: ["laseros log prune --keep 2 --dry-run"], answer: headings
) { call, answer in
    let shop = try openShop(call, .writing), dry = call[Standard.dryRun]
    func last() throws -> Int { try call[before].map { try shop.lastEntry(before: $0) } ?? shop.lastEntry(keeping: call[keep]?.value ?? 0) }
    if dry { answer.note("dry run: nothing was stored") }
    guard try shop.data.hasChanges(through: last()) else {
        return try answer.put(.done("no changes are that old", all: Listing(headings, [])))
    }
    try shop.data.rewrite(keeping: !dry) {
        let dropped = try shop.dropChanges(through: last()) { dropped in
            EntryDescription(.checkpoint, at: call.environment.clock, who: shop.who, words: call.words, sentence: sentence(dropped))
        }
        let row: [DisplayValue] = [.int(dropped.entry), .int(dropped.entries), .int(dropped.bytes), .int(dropped.kept)]
        try answer.put(.done((dry ? "would have " : "") + sentence(dropped), Listing(headings, [row])))
        if !dry { answer.stored = Database.stored([dropped.entry]) }
        return dropped.entry
    }
}

private func sentence(_ dropped: Dropped) -> String {
    let entries = counted(dropped.entries, "entry", "entries")
    return "dropped the changes of \(entries), \(dropped.bytes) bytes; the checkpoint has \(dropped.kept) bytes"
}
