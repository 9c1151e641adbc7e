import Values

/// A command line, read: each parameter gives back a value of its own type.
package struct Call: Sendable {
    package let session: any CommandSession
    /// That of the session; a line of a batch reads other input.
    package var environment: Environment
    package let command: Command
    /// The words as they were typed, the program's name left out.
    package let words: [String]
    /// The texts given for each parameter, by its name; a flag has an empty one.
    package var values: [String: [String]] = [:]

    package init(_ command: Command, words: [String], values: [String: [String]] = [:], in session: any CommandSession) {
        (self.session, environment, self.command, self.words, self.values) = (session, session.environment, command, words, values)
    }

    /// The same with other texts for its parameters, of another command where one is named.
    func with(_ values: [String: [String]], of command: Command) -> Call {
        var call = Call(command, words: words, values: values, in: session)
        call.environment = environment
        return call
    }

    /// The shop as `--shop` names it.
    package var shopName: String? { text(Standard.shop.spec.name) }

    /// The day in the shop's zone: the shop is opened for a value that depends on it, and for no other.
    package func today() throws -> Day { try session.today(in: shopName) }

    /// Where its answer goes. What that needs to know of the shop is asked now: later the shop is locked.
    var answer: Answer { Answer(self, for: self[Standard.excel] ? Spreadsheet(decimal: session.decimalMark(in: shopName)) : nil) }

    /// Runs the command: the one way to do so, from a shell, as a line of a batch, or with what an editor was left with.
    /// - Throws: `denied` where whoever runs it may not, and what stops the command.
    package func run(_ answer: Answer) throws {
        try session.demand(command.permission, for: command.name)
        try command.body(self, answer)
    }

    package func has(_ parameter: any Parameter) -> Bool { values[parameter.spec.name] != nil }

    /// The text given for a parameter of this name.
    package func text(_ name: String) -> String? { values[name]?.last }

    /// How a document is written: as an option says, else as the file ends that `--output` names; nil where neither tells.
    package func documentType<Type: Choice>(_ option: Option<Type>) -> Type? {
        self[option] ?? self[Standard.output].flatMap { Type(rawValue: File.ending(of: $0)) }
    }

    package subscript(flag: Flag) -> Bool { has(flag) }

    /// Every text has been read once, by `Command.read`: what cannot be read now cannot be there.
    private func read<Value: Readable>(_ text: String) -> Value? { (try? Value.read(text, today: today)) ?? nil }

    package subscript<Value>(option: Option<Value>) -> Value? { text(option.spec.name).flatMap(read) }
    package subscript<Value>(maybe: Maybe<Value>) -> Value? { text(maybe.spec.name).flatMap(read) }
    package subscript<Value>(rest: Rest<Value>) -> [Value] { (values[rest.spec.name] ?? []).compactMap(read) }

    package subscript<Value>(several: Several<Value>) -> [Value] { (values[several.spec.name] ?? []).compactMap(read) }

    package subscript<Value>(required: Required<Value>) -> Value { get throws { try one(required) } }
    package subscript<Value>(operand: Operand<Value>) -> Value { get throws { try one(operand) } }

    private func one<P: Valued>(_ parameter: P) throws -> P.Value {
        guard let value: P.Value = text(parameter.spec.name).flatMap(read) else {
            throw Failure(.defect, .call, "'\(command.name)' was run without \(parameter.spec.usage)")
        }
        return value
    }
}
