import Console
import Shop
import Store
import Values

private let file = Maybe<String>("FILE", "command lines; - or nothing is standard input", from: .files)

let batchCommand = Command(
    "batch", "Run many commands as one change", kind: .writes, permission: .view, [file, Standard.dryRun],
    about: """
        Each line is a command as it would be typed, without the leading `laseros`: words in quotes, `#` before a comment. A line sees what
        those before it have written, and `last` is what they made last; aliases are known as they stood before. Either all of them are stored, as one entry that
        `laseros undo` takes back as a whole, or nothing is: a fault is told with its line.

        What each line answers is printed in order; with `--json` it is one array, with `--codes` the codes. Lines can read and change the
        data of the one shop: commands that touch anything outside it, `undo` and the like have no place here, nor have `--output`, `--shop`
        and `--dry-run`.
        """,
    examples: ["laseros batch changes.txt"]
) { call, answer in
    let batch = try Batch(reading: call[file] ?? "-", in: call.world), shop = try openShop(call, .writing)
    call.shopSession.hold(shop)
    var run = batch.run(by: program, for: call)
    try run.check()
    let checked = run
    try store(call, shop, answer) {
        try shop.beginBatch()
        let answers = try checked.answers(), count = "\(batch.lines.count) \(batch.lines.count == 1 ? "command" : "commands")"
        return Output(.answers(answers, "\(count) from \(batch.file)"), notes: answers.notes)
    }
}
