import Console
import Shop
import Store
import Values

private let thing = Maybe<Line>("CODE", "only what changed this thing")
private let knownHead = Option<EntryHash>("--head HASH", "prove that this head, noted earlier, is still in the chain")
private let verdictHeadings = [
    Heading("entries", .int), Heading("head", .text), Heading("fault", .text), Heading("since", .int),
]

let logCommands: [Command] = [
    reads(
        "log", "List what was done, newest first", [thing, Ask.limit], permission: .history,
        about: "Every command that changes something is one entry. With a code: the history of that one thing.",
        examples: ["laseros log --limit 5", "laseros log CL-0001"], answer: Shop.entryHeadings
    ) { call, shop in
        let about = try call[thing].map { try found($0.text, shop) }.map { (noun: $0.noun, id: $0.found.id) }
        return .rows(try shop.log(of: about, limit: call[Ask.limit]?.value))
    },
    reads(
        "log show", "Show what an entry changed, field by field", [Ask.entry], permission: .history, examples: ["laseros log show 1"],
        answer: History.headings
    ) { call, shop in
        let number = try shop.entryNumber(try call[Ask.entry])
        guard let entry = try shop.data.entry(number) else {
            throw Failure(.notFound, .historyCommands, "there is no entry \(number)", hint: "laseros log")
        }
        return .rows(History(shop).changes(of: entry))
    },
    reads(
        "log verify", "Prove that nothing was altered behind the history", [knownHead], permission: .history,
        about: """
            Each entry carries a SHA-256 over itself, its changes and the entry before: they are worked out again, and the changes are done
            again from the first entry on, or from the last of `log prune`. What they come to is held against the rows. Besides, tables and
            triggers are as laseros makes them, counters stand above every number that was given, what is paid of each invoice is the
            sum of its payments, and the bytes of files have their hash. Exit 1 names what does not hold.

            The chain has no key: whoever can write the data file can also make another history that holds, with its rows, or cut off its
            end. Only a head that was noted elsewhere shows that. `log verify` prints it, `log --fields entry,hash` has that of every entry,
            and `--head` proves that one of them is still in the chain, and tells how many entries came since.
            """,
        examples: ["laseros log verify"], answer: verdictHeadings
    ) { call, shop in
        let found = try shop.verify(for: call[knownHead]?.text), faults = found.lines + lost(call[knownHead], found)
        let since = found.known.map { found.entries - $0 }
        let rows = (faults.isEmpty ? [.nothing] : faults.map(\.shown)).map { fault in
            [Shown.int(found.entries), .text(found.head), fault, since.shown]
        }
        let listing = Listing(verdictHeadings, rows)
        guard let first = faults.first else {
            var sentence = "\(counted(found.entries)) verified; head \(found.head.isEmpty ? "none" : found.head)"
            if let known = found.known, let since {
                sentence += "; entry \(known) has the head that was given, \(counted(since)) came since"
            }
            return .done(sentence, listing)
        }
        let sentence = faults.count == 1 ? " " + first : "\n" + faults.joined(separator: "\n")
        return Output(.done("not verified:" + sentence, listing, single: faults.count == 1), code: 1)
    }.standingAlone,
    pruneCommand,
]

extension Command {
    /// The lines of a batch are in no entry yet.
    fileprivate var standingAlone: Command {
        var command = self
        command.joins = false
        return command
    }
}

private func counted(_ entries: Int) -> String { entries == 1 ? "1 entry" : "\(entries) entries" }

/// Why the head that was given is not in a chain that holds by itself.
private func lost(_ head: EntryHash?, _ found: Verification) -> [String] {
    guard let head, found.known == nil, found.faults.named(.journal).isEmpty else { return [] }
    return ["no entry has the head \(head.text): since it was noted the end of the history was cut off, or all of it was made anew"]
}

/// The thing with a code; a slip in a verb of `log` looks like one.
private func found(_ word: String, _ shop: Shop) throws -> (noun: Noun, found: Shop.Found) {
    do { return try shop.findAny(word) } catch var failure as Failure where failure.kind == .notFound {
        failure.hint = nearest(word, ["show", "verify", "failures"]).map { "did you mean 'laseros log \($0)'?" } ?? failure.hint
        throw failure
    }
}

let undoCommands: [Command] = [
    takesBack(
        "undo", "Take back changes: the last of your own, or the entries named", .change,
        about: """
            A change is turned round and stored as an entry of its own, so that nothing is lost. It is refused, naming each row, when
            later changes stand in the way. Issued invoices stay: they take a credit note.
            """)
]

let redoCommands: [Command] = [
    takesBack(
        "redo", "Take back undos: your last, or the entries named", .undo,
        about: "What was undone stands again. After a new change an undo is taken back by its number only.")
]

private let entries = Entries()

private func takesBack(_ name: String, _ summary: String, _ kind: Entry.Kind, about: String) -> Command {
    Command(
        name, summary, kind: .writes, permission: .undo, [entries, Standard.dryRun],
        about: about + "\n\nSeveral are taken back the newest first, each as an entry of its own: all of them, or none.",
        examples: ["laseros \(name) --dry-run"], answer: [Heading("message", .text)]
    ) { call, answer in
        let numbers = try entries.numbers(call), shop = try openShop(call, .writing)
        guard !numbers.isEmpty else { return try answer.put(.done("standard input holds no entries: nothing was done")) }
        let steps = numbers.map { number in { try takenBack(kind, number, shop) } }
        try store(call, shop, answer, each: steps) { outputs in
            guard outputs.count > 1 else { return outputs[0] }
            let messages = outputs.map { [Shown.text($0.sentence)] }
            return .done(outputs.map(\.sentence).joined(separator: "\n"), all: Listing([Heading("message", .text)], messages))
        }
    }
}

private func takenBack(_ kind: Entry.Kind, _ number: Int?, _ shop: Shop) throws -> ChangeStep<Output> {
    let entry = try shop.standing(kind, number), (root, standsAgain) = try shop.effect(ofTakingBack: entry)
    guard kind != .undo || entry.kind == .undo else {
        throw Failure(.refused, .historyCommands, "entry \(entry.id) is no undo", hint: "laseros undo \(entry.id)")
    }
    try shop.takeBack(entry)
    let output = Output.done("\(standsAgain ? "redid" : "undid") entry \(root.id): \(root.sentence)")
    return ChangeStep(output, output.sentence, kind: standsAgain ? .redo : .undo, undoes: entry)
}
