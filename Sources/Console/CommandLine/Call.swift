import Values

/// A parsed command line. Each parameter returns a value of its own type.
package struct Call: Sendable {
    package let session: any CommandSession
    /// The environment of the session. A line of a batch has another standard input.
    package var environment: Environment
    package let command: Command
    /// The words as typed, without the program's name.
    package let words: [String]
    /// The texts for each parameter, by its name; the text of a flag is empty.
    package var values: [String: [String]] = [:]

    package init(_ command: Command, words: [String], values: [String: [String]] = [:], in session: any CommandSession) {
        (self.session, environment, self.command, self.words, self.values) = (session, session.environment, command, words, values)
    }

    /// The same call with other texts for its parameters, and for another command if one is given.
    func with(_ values: [String: [String]], of command: Command) -> Call {
        var call = Call(command, words: words, values: values, in: session)
        call.environment = environment
        return call
    }

    /// The value of `--shop`.
    package var shopName: String? { text(Standard.shop.spec.name) }

    /// Today in the shop's time zone. This opens the shop, so only values that depend on the day call it.
    package func today() throws -> Day { try session.today(in: shopName) }

    /// A day or a period, which can be two days without the order that `--dates` or the shop gives: `12/01/2026`. Other texts stay unchanged.
    func ordered(_ text: String) -> String {
        guard WrittenDay.isUnclear(text) else { return text }
        return (toldOrder ?? session.dateOrder(in: shopName)).map { WrittenDay.ordered(text, $0) } ?? text
    }

    /// The order of day and month that `--dates` gives.
    var toldOrder: DateOrder? { text(Standard.dates.spec.name).flatMap { DateOrder(reading: $0) } }

    /// The destination of the answer. Settings of the shop that it needs are read now, because later the shop is locked.
    var answer: Answer { Answer(self, for: self[Standard.excel] ? Spreadsheet(decimal: session.decimalMark(in: shopName)) : nil) }

    /// Runs the command. All commands run through here: from a shell, as a line of a batch, or from an editor.
    /// - Throws: `denied` if the user lacks the permission, and the failure of the command.
    package func run(_ answer: Answer) throws {
        try session.demand(command.permission, for: command.name)
        try command.body(self, answer)
    }

    package func has(_ parameter: any Parameter) -> Bool { values[parameter.spec.name] != nil }

    /// The last text given for the parameter with this name.
    package func text(_ name: String) -> String? { values[name]?.last }

    /// The format of a document: from the option, or from the file extension of `--output`; nil if neither gives one.
    package func documentType<Type: Choice>(_ option: Option<Type>) -> Type? {
        self[option] ?? self[Standard.output].flatMap { Type(rawValue: File.ending(of: $0)) }
    }

    package subscript(flag: Flag) -> Bool { has(flag) }

    /// `Command.read` has parsed every text before, so parsing cannot fail here.
    private func read<Value: Readable>(_ text: String) -> Value? { (try? Value.read(text, today: today)) ?? nil }

    package subscript<Value>(option: Option<Value>) -> Value? { text(option.spec.name).flatMap(read) }
    package subscript<Value>(maybe: Maybe<Value>) -> Value? { text(maybe.spec.name).flatMap(read) }
    package subscript<Value>(rest: Rest<Value>) -> [Value] { (values[rest.spec.name] ?? []).compactMap(read) }

    package subscript<Value>(several: Several<Value>) -> [Value] { (values[several.spec.name] ?? []).compactMap(read) }

    package subscript<Value>(required: Required<Value>) -> Value { get throws { try one(required) } }
    package subscript<Value>(operand: Operand<Value>) -> Value { get throws { try one(operand) } }

    private func one<P: Valued>(_ parameter: P) throws -> P.Value {
        // Reading a day may open the shop, which an interrupt ends.
        guard let text = text(parameter.spec.name), let value = try P.Value.read(text, today: today) else {
            throw Failure(.defect, .call, "'\(command.name)' was run without \(parameter.spec.usage)")
        }
        return value
    }
}
