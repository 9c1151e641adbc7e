import Console
import Shop
import Store
import Values

/// The shop that the lines of a batch have in common, within the one transaction of all. Only the thread that runs the batch has it.
final class Batch: @unchecked Sendable {
    let shop: Shop
    init(_ shop: Shop) { self.shop = shop }

    /// The batch that a call is a line of.
    static func of(_ call: Call) -> Batch? { call.world.shared as? Batch }
}

private let file = Maybe<String>("FILE", "command lines; - or nothing is standard input", from: .files)

let batchCommand = Command(
    "batch", "Run many commands as one change", kind: .writes, [file, Ask.dryRun],
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
    let name = call[file] ?? "-", input = try InputFile(name, in: call.world)
    var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = try buffer.withUnsafeMutableBytes({ try input.read(into: $0) }), count > 0 { bytes += buffer[..<count] }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Failure(.input, "\(input.name) cannot be read: nothing was done", faults: [.init(file: input.name, "is not UTF-8 text")])
    }
    let lines = try ShellLine.commands(text, file: input.name)
    let shop = try openShop(call, .writing), run = BatchRun(call, shop, file: input.name, holdsInput: name == "-")
    try run.check(lines)
    try store(call, shop, answer, .change) {
        try shop.beginBatch()
        let answers = try run.answers(lines), count = "\(lines.count) \(lines.count == 1 ? "command" : "commands")"
        return (Output(.answers(answers, "\(count) from \(input.name)"), notes: answers.notes), nil)
    }
}

/// The lines of one batch, on their way through it.
private struct BatchRun {
    let outer: Call
    let world: World
    let file: String
    private static let formats: [any Parameter] = [Standard.json, Standard.csv, Standard.format, Standard.codes]
    private static let refused: [any Parameter] = [Standard.output, Standard.shop, Standard.help, Ask.dryRun]

    init(_ call: Call, _ shop: Shop, file: String, holdsInput: Bool) {
        (outer, self.file) = (call, file)
        var world = call.world
        world.shared = Batch(shop)
        if holdsInput {
            world.input = { _ in throw Failure(.usage, "standard input holds the batch itself", hint: "name a file for the batch") }
        }
        self.world = world
    }

    /// Reads every line before any is run, so that all that is wrong with their words is told at once.
    func check(_ lines: [ShellLine.Command]) throws {
        var faults: [Failure.Fault] = []
        for line in lines {
            do { _ = try call(line) } catch let failure as Failure where failure.kind == .usage { faults.append(fault(line, failure)) }
        }
        guard faults.isEmpty else {
            throw Failure(.input, "\(file) has \(faults.count) \(faults.count == 1 ? "fault" : "faults"): nothing was done", faults: faults)
        }
    }

    func answers(_ lines: [ShellLine.Command]) throws -> Sheaf {
        let sheaf = Sheaf(for: outer)
        for line in lines {
            do {
                let call = try call(line), answer = program.answer(to: call)
                try call.command.run(call, answer)
                guard !answer.isDocument else {
                    throw Failure(.usage, "'\(call.command.name)' makes a document, which has no place in a batch")
                }
                guard answer.code == 0 else { throw Failure(.answer, "the answer is no") }
                try sheaf.add(answer)
            } catch let failure as Failure {
                // What a line says is an input's content: its rules are those of a file.
                let kind: Failure.Kind = [.usage, .notFound, .refused].contains(failure.kind) ? .input : failure.kind
                throw Failure(
                    kind, "\(file) stops at line \(line.line): nothing was stored", hint: failure.hint,
                    faults: failure.faults + [fault(line, failure)])
            }
        }
        return sheaf
    }

    private func fault(_ line: ShellLine.Command, _ failure: Failure) -> Failure.Fault {
        Failure.Fault(file: file, line: line.line, failure.message)
    }

    private func call(_ line: ShellLine.Command) throws -> Call {
        var words = line.words
        if words.first == program.name { words.removeFirst() }
        var call = try program.call(program.expanded(words, in: world), in: world, today: today)
        guard call.command.joins else {
            throw Failure(.usage, "'\(call.command.name)' has no place in a batch: its lines only read and change the shop's data")
        }
        for parameter in BatchRun.refused where call.has(parameter) {
            throw Failure(.usage, "--\(parameter.spec.name) has no place in a batch: it is for all of it")
        }
        // A dry run of all is one of each line: what is prepared before a change is not kept either.
        if outer[Ask.dryRun], call.command.kind == .writes { call.values[Ask.dryRun.spec.name] = [""] }
        if BatchRun.formats.contains(where: outer.has) {
            for parameter in BatchRun.formats { call.values[parameter.spec.name] = outer.values[parameter.spec.name] }
        }
        return call
    }
}
