import Console
import Shop
import Store
import Values

private let file = Maybe<String>("FILE", "a file, a pipe or the device of a scanner; - or nothing is standard input", from: .files)
private let again = Option<Seconds>("--again TIME", "within this time the same code counts once; default: 3s, 0 for never")

let scanCommand = Command(
    "queue scan", "Start and finish work by the codes that a scanner reads", kind: .acts, permission: .floor,
    [file, RunParameters.machine, RunParameters.operator, again, Standard.dryRun],
    about: """
        Each line is what was scanned. An operator's card (`laseros label operator`) says who works from then on. The code of an operation on a \
        job card (`laseros project card`) starts it, and finishes it when it is running: all that is left of it is good. What was paused goes on. \
        The code of a project stands for its only open entry. `CODE 8` or `CODE 1:8 2:4` finishes with so many good.

        Each line is a change of its own, which is stored and answered before the next line is read. A line that is refused is answered with \
        `error:` and the scan goes on; the exit code is then 1. Scanners stutter: the same code within 3 seconds counts once.

        In a dry run each line is tried on its own: it does not see the lines before it.
        """,
    examples: ["laseros queue scan scans.txt", "laseros queue scan scans.txt --machine FIBER3 --dry-run"],
    answer: ScannedLine.columns.map(\.heading)
) { call, answer in
    // Codes that are wrong end it before anything is read.
    let (machine, person) = try openShop(call, .reading).data.reading { () -> (RecordID?, RecordID?) in
        let request = try RunParameters.request(call, openShop(call, .reading))
        return (request.machine, request.operator)
    }
    var scanner = Scanner(machine: machine, operator: person, stutter: call[again] ?? Seconds(ms: 3000))
    let input = try LineInput(call[file] ?? "-", in: call.environment)
    if call.environment.talksToPerson { call.environment.say("scan an operator's card or a job card; Ctrl-D ends\n") }
    while let typed = try input.next() {
        let line = String(typed.trimmed)
        guard !line.isEmpty else { continue }
        try scan(line, &scanner, call, answer)
        try answer.flush()
        Interrupt.answered()
    }
    if call[Standard.dryRun] { answer.note("dry run: nothing was stored") }
}

/// Stores what one line says, and puts the answer.
private func scan(_ line: String, _ scanner: inout Scanner, _ call: Call, _ answer: Answer) throws {
    let now = call.environment.now(), session = call.shopSession.again(at: now)
    do {
        // Opened anew for each line: it may wait for hours, and has to see what others have changed, and the time.
        let shop = try session.shop(call.shopName, .writing)
        let known = scanner, request = ChangeRequest(words: call.words, dryRun: call[Standard.dryRun])
        let done = try shop.change(request) {
            let scanned = try shop.scan(line, at: known)
            return ChangeStep(scanned, scanned.sentence)
        } finish: { done in
            try answer.put(output(done.value))
        }
        answer.stored = Database.stored(done.entry.map { [$0] } ?? [])
        scanner.took(line, done.value, at: now)
    } catch let failure as Failure where failure.ending == nil {
        let code = line.split(separator: " ").first.map(String.init) ?? line
        let hint = failure.hint.map { ["hint: \($0)"] } ?? []
        var refused = output(ScannedLine(code, .failed, "error: \(failure.message)", notes: hint))
        refused.code = Failure.Kind.answer.rawValue
        try answer.put(refused)
    }
}

/// The sentence with a line for each note below it.
private func output(_ scanned: ScannedLine) -> Output {
    let text = ([scanned.sentence] + scanned.notes.map { "  \($0)" }).joined(separator: "\n")
    return .done(text, Listing([scanned], ScannedLine.columns))
}
