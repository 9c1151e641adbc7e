import Values

/// A command line, read: each parameter gives back a value of its own type.
package struct Call: Sendable {
    package var world: World
    package let command: Command
    /// The words as they were typed, the program's name left out.
    package let words: [String]
    /// The day in the shop's zone, worked out when a value first needs it.
    package let today: @Sendable () throws -> Day
    /// The texts given for each parameter, by its name; a flag has an empty one.
    package var values: [String: [String]] = [:]

    package init(
        world: World, command: Command, words: [String], values: [String: [String]] = [:], today: @escaping @Sendable () throws -> Day
    ) {
        (self.world, self.command, self.words, self.values, self.today) = (world, command, words, values, today)
    }

    package func has(_ parameter: any Parameter) -> Bool { values[parameter.spec.name] != nil }

    /// The text given for a parameter of this name.
    package func text(_ name: String) -> String? { values[name]?.last }

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
