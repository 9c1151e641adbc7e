import Values

/// Command lines that run one after the other as a single change.
package struct Batch {
    package let lines: [ShellLine.Command]
    /// The file's name in messages.
    package let file: String
    private let holdsInput: Bool

    private static let formats: [any Parameter] = [Standard.json, Standard.csv, Standard.format, Standard.codes]
    private static let refused: [any Parameter] = [Standard.output, Standard.shop, Standard.help, Standard.dryRun]

    /// - Parameter typed: a path relative to the working directory, or `-` for standard input.
    /// - Throws: `input` for text that is not UTF-8, or an open quote.
    package init(reading typed: String, in environment: Environment) throws {
        let input = try InputFile(typed, in: environment)
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = try buffer.withUnsafeMutableBytes({ try input.read(into: $0) }), count > 0 { bytes += buffer[..<count] }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(
                .input, .batch, "\(input.name) cannot be read: nothing was done", faults: [.init(file: input.name, "is not UTF-8 text")])
        }
        (file, holdsInput) = (input.name, typed == "-")
        lines = try ShellLine.commands(text, file: input.name)
    }

    /// The lines as calls of a program.
    package struct Run {
        fileprivate let batch: Batch
        fileprivate let program: Program
        /// The call of the batch itself.
        fileprivate let outer: Call
        fileprivate var environment: Environment
    }

    package func run(by program: Program, for outer: Call) -> Run {
        var environment = outer.environment
        environment.isBatchLine = true
        if holdsInput {
            environment.input = { _ in
                throw Failure(.usage, .batch, "standard input holds the batch itself", hint: "name a file for the batch")
            }
        }
        return Run(batch: self, program: program, outer: outer, environment: environment)
    }
}

extension Batch.Run {
    /// Parses every line before any runs, so that all mistakes are reported at once. Reads standard input if a line needs it, so that
    /// nobody is locked out while the program waits for input.
    package mutating func check() throws {
        var faults: [Failure.Fault] = [], isInputRead = false
        for line in batch.lines {
            do {
                isInputRead = try call(line).readsInput || isInputRead
            } catch let failure as Failure where [.usage, .refused].contains(failure.kind) { faults.append(fault(line, failure)) }
        }
        guard faults.isEmpty else {
            let count = "\(counted(faults.count, "fault"))"
            throw Failure(.input, .batch, "\(batch.file) has \(count): nothing was done", faults: faults)
        }
        guard isInputRead, !batch.holdsInput else { return }
        let input = try InputFile(CodesParameter.input, in: environment)
        environment.input = { try input.read(into: $0) }
    }

    /// Runs the lines and returns their answers in order.
    /// - Throws: the failure of a line, with the line's number; `input` if its words or the records that they name are wrong.
    package func answers() throws -> AnswerBundle {
        let sheaf = AnswerBundle(for: outer)
        for line in batch.lines {
            do {
                let call = try call(line), answer = call.answer
                try call.run(answer)
                guard !answer.isDocument else {
                    throw Failure(.usage, .batch, "'\(call.command.name)' makes a document, which a batch cannot print")
                }
                guard answer.code == 0 else { throw Failure(.answer, .batch, "the answer is no") }
                try sheaf.add(answer)
            } catch let failure as Failure where failure.ending == nil {
                // A line is the content of an input file, so its mistakes have the exit code of an invalid file.
                let kind: Failure.Kind = [.usage, .notFound, .refused].contains(failure.kind) ? .input : failure.kind
                throw Failure(
                    kind, .batch, "\(batch.file) stops at line \(line.line): nothing was stored", hint: failure.hint,
                    faults: failure.faults + [fault(line, failure)])
            }
        }
        return sheaf
    }

    private func fault(_ line: ShellLine.Command, _ failure: Failure) -> Failure.Fault {
        Failure.Fault(file: batch.file, line: line.line, failure.message)
    }

    private func call(_ line: ShellLine.Command) throws -> Call {
        var words = line.words
        if words.first == program.name { words.removeFirst() }
        var call = try program.call(program.expanded(words, in: outer.session), in: outer.session)
        call.environment = environment
        guard call.command.joins else {
            throw Failure(
                .usage, .batch, "'\(call.command.name)' is not allowed in a batch: its lines only read and change the shop's data")
        }
        for parameter in Batch.refused where call.has(parameter) {
            throw Failure(.usage, .batch, "--\(parameter.spec.name) is not allowed on a line of a batch: give it to the batch")
        }
        // In a dry run of the batch every line is a dry run, so that preparations before a change store nothing either.
        if outer[Standard.dryRun], call.command.kind == .writes { call.values[Standard.dryRun.spec.name] = [""] }
        if Batch.formats.contains(where: outer.has) {
            for parameter in Batch.formats { call.values[parameter.spec.name] = outer.values[parameter.spec.name] }
        }
        return call
    }
}

extension Call {
    /// Whether one of its words stands for standard input.
    fileprivate var readsInput: Bool {
        command.parameters.contains { parameter in
            (parameter is CodesParameter || parameter.spec.source == .files)
                && values[parameter.spec.name]?.contains(CodesParameter.input) == true
        }
    }
}
