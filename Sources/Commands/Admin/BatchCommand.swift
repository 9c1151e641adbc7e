import Console
import Shop
import Store
import Values

private let file = Maybe<String>("FILE", "command lines; - or nothing is standard input", from: .files)

let batchCommand = Command(
    "batch", "Run many commands as one change", kind: .writes, permission: .view, [file, Standard.dryRun],
    about: """
        Each line is a command without the leading `laseros`, quoted as in a shell; `#` begins a comment. A line sees the changes of the
        lines before it, and `last` is the record that they made last; aliases are those from before the batch. Either all lines are stored,
        as one entry that `laseros undo` undoes as a whole, or nothing is, and the line with the fault is named.

        The answers are printed in order; with `--json` they are one array, with `--codes` the codes. Lines can only read and change
        the data of the one shop: commands that touch anything outside it, `undo` and `redo`, and the options `--output`, `--shop`
        and `--dry-run` are not allowed.
        """,
    examples: ["laseros batch changes.txt"]
) { call, answer in
    let batch = try Batch(reading: call[file] ?? "-", in: call.environment), shop = try openShop(call, .writing)
    call.shopSession.hold(shop)
    var run = batch.run(by: program, for: call)
    try run.check()
    let checked = run
    try store(call, shop, answer) {
        try shop.beginBatch()
        let answers = try checked.answers(), count = "\(counted(batch.lines.count, "command"))"
        return Output(.answers(answers, "\(count) from \(batch.file)"), notes: answers.notes)
    }
}
