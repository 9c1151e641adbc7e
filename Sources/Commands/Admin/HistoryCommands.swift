import Console
import Shop
import Store
import Values

private let thing = Maybe<Line>("CODE", "only entries that changed this record")
private let record = Operand<Line>("CODE", "a record of any kind, by code or name")
private let knownHead = Option<EntryHash>("--head HASH", "prove that this head, noted earlier, is still in the chain")
private let verdictHeadings = [
    Heading("entries", .int), Heading("head", .text), Heading("fault", .text), Heading("since", .int),
]

let logCommands: [Command] = [
    reads(
        "log", "List what was done, newest first", [thing, CommonParameters.limit], permission: .history,
        about: "Every command that changes something is one entry. With a code: the history of that one thing, "
            + "and of what belongs to it, such as lines, files and payments.",
        examples: ["laseros log --limit 5", "laseros log CL-0001"], answer: Shop.entryHeadings
    ) { call, shop in
        let about = try call[thing].map { try thing(named: $0.text, in: shop) }.map { (noun: $0.noun, id: $0.found.id) }
        return .rows(try shop.log(of: about, limit: call[CommonParameters.limit]?.value))
    },
    reads(
        "log changes", "Show what was changed in a record, field by field, newest first", [record, CommonParameters.limit],
        permission: .history,
        about:
            "With what belongs to it, such as lines, files and payments. `--limit` counts entries. What `log prune` has dropped is missing.",
        examples: ["laseros log changes PS-0001"], answer: Shop.recordChangeHeadings
    ) { call, shop in
        let found = try shop.findAny(try call[record].text)
        return .rows(shop.changes(of: (noun: found.noun, id: found.found.id), limit: call[CommonParameters.limit]?.value))
    },
    reads(
        "log show", "Show what an entry changed, field by field", [CommonParameters.entry], permission: .history,
        examples: ["laseros log show 1"],
        answer: History.headings
    ) { call, shop in
        let number = try shop.entryNumber(try call[CommonParameters.entry])
        guard let entry = try shop.data.entry(number) else {
            throw Failure(.notFound, .historyCommands, "there is no entry \(number)", hint: "laseros log")
        }
        return .rows(History(shop).changes(of: entry))
    },
    reads(
        "log verify", "Prove that nothing was changed outside the history", [knownHead], permission: .history,
        about: """
            Each entry has a SHA-256 over itself, its changes and the entry before. The hashes are calculated again, and the
            changes are replayed from the first entry, or from the last checkpoint of `log prune`: the result must be the rows
            as they are. Tables and triggers must be those that laseros makes, counters above every number that was given, the
            paid amount of each invoice the sum of its payments, the search index must have the words of the rows, and files must
            have their hash. Exit 1, and every difference is named.

            The chain has no secret key: whoever can write the data file can also forge a whole consistent history, or cut off
            its end. Only a head that was noted elsewhere shows that. `log verify` prints the head, `log --fields entry,hash`
            the hash of every entry, and `--head` proves that such a hash is still in the chain and counts the entries since.
            """,
        examples: ["laseros log verify"], answer: verdictHeadings
    ) { call, shop in
        let found = try shop.verify(for: call[knownHead]?.text), faults = found.lines + lost(call[knownHead], found)
        let since = found.known.map { found.entries - $0 }
        let rows = (faults.isEmpty ? [.nothing] : faults.map(\.shown)).map { fault in
            [DisplayValue.int(found.entries), .text(found.head), fault, since.shown]
        }
        let listing = Listing(verdictHeadings, rows)
        guard let first = faults.first else {
            var sentence = "\(counted(found.entries, "entry", "entries")) verified; head \(found.head.isEmpty ? "none" : found.head)"
            if let known = found.known, let since {
                sentence += "; entry \(known) has the head that was given, \(counted(since, "entry", "entries")) came since"
            }
            return .done(sentence, listing)
        }
        let sentence = faults.count == 1 ? " " + first : "\n" + faults.joined(separator: "\n")
        return Output(.done("not verified:" + sentence, listing, single: faults.count == 1), code: 1)
    }.standingAlone,
    pruneCommand,
]

extension Command {
    /// The same command, not allowed in a batch, whose lines are not in the journal yet.
    fileprivate var standingAlone: Command {
        var command = self
        command.joins = false
        return command
    }
}

/// The reason why the given hash is missing from a valid journal.
private func lost(_ head: EntryHash?, _ found: Verification) -> [String] {
    guard let head, found.known == nil, found.faults.named(.journal).isEmpty else { return [] }
    return ["no entry has the head \(head.text): since it was noted the end of the history was cut off, or all of it was made anew"]
}

/// Finds the record with a code. The error for an unknown one also suggests the verbs of `log`.
private func thing(named word: String, in shop: Shop) throws -> (noun: Noun, found: RecordID) {
    do { return try shop.findAny(word) } catch var failure as Failure where failure.kind == .notFound {
        failure.hint = nearest(word, ["show", "verify", "failures", "changes"]).map { "did you mean 'laseros log \($0)'?" } ?? failure.hint
        throw failure
    }
}

let undoCommands: [Command] = [
    takesBack(
        "undo", "Undo changes: your last one, or the entries named", .change,
        about: """
            The reverse of a change is stored as an entry of its own, so that nothing is lost. It is refused, naming each row,
            when later changes depend on it. Issued invoices cannot be undone.
            """)
]

let redoCommands: [Command] = [
    takesBack(
        "redo", "Redo undone changes: your last undo, or the entries named", .undo,
        about: "After a new change an undo can only be redone by its number.")
]

private let entries = Entries()

private func takesBack(_ name: String, _ summary: String, _ kind: Entry.Kind, about: String) -> Command {
    Command(
        name, summary, kind: .writes, permission: .undo, [entries, Standard.dryRun],
        about: about + "\n\nSeveral are undone the newest first, each as an entry of its own: all of them, or none.",
        examples: ["laseros \(name) --dry-run"], answer: [Heading("message", .text)]
    ) { call, answer in
        let numbers = try entries.numbers(call), shop = try openShop(call, .writing)
        guard !numbers.isEmpty else { return try answer.put(.done("standard input holds no entries: nothing was done")) }
        let steps = numbers.map { number in { try takenBack(kind, number, shop) } }
        try store(call, shop, answer, each: steps) { outputs in
            guard outputs.count > 1 else { return outputs[0] }
            let messages = outputs.map { [DisplayValue.text($0.sentence)] }
            return .done(outputs.map(\.sentence).joined(separator: "\n"), all: Listing([Heading("message", .text)], messages))
        }
    }
}

private func takenBack(_ kind: Entry.Kind, _ number: Int?, _ shop: Shop) throws -> ChangeStep<Output> {
    let entry = try shop.standing(kind, number), (root, standsAgain) = try shop.effect(ofTakingBack: entry)
    guard kind != .undo || entry.kind == .undo else {
        throw Failure(.refused, .historyCommands, "entry \(entry.id) is not an undo", hint: "laseros undo \(entry.id)")
    }
    try shop.takeBack(entry)
    let output = Output.done("\(standsAgain ? "redid" : "undid") entry \(root.id): \(root.sentence)")
    return ChangeStep(output, output.sentence, kind: standsAgain ? .redo : .undo, undoes: entry)
}
