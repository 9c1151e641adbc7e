import Values

/// The declaration of a parameter, sufficient to parse, explain and complete it.
package struct Spec: Sendable {
    package enum Form: Sendable { case flag, option, operand, rest }

    /// The source of completion candidates for the value.
    package enum Source: Equatable, Sendable {
        case none, files, words([String])
        /// The codes of a noun's records in the shop: `client`.
        case codes(String)
        /// The source depends on the preceding word.
        case behind([String: Source])
    }

    package var form: Form
    /// `client` for `--client`, `INVOICE` for an operand.
    package var name: String
    package var short: Character?
    /// The placeholder of the value: CODE.
    package var word: String
    package var help: String
    package var source: Source
    /// Whether it must be given.
    package var required: Bool
    /// Whether the option may be given more than once.
    package var repeats = false
    /// Whether giving it makes the required parameters optional, because the command then asks for them.
    package var waives = false
    /// Whether giving it makes a reading command store something.
    package var stores = false
    /// A flag that can replace the operand. The operand then takes names of filters, and other words go to the operands after it.
    package var replacement: String?

    /// A parameter is declared as it is typed: "-c, --client CODE", "INVOICE", "FILE...".
    package init(
        _ form: Form, _ spelling: String, word: String = "", _ help: String, source: Source = .none, required: Bool = false,
        repeats: Bool = false, stores: Bool = false
    ) {
        let parts = spelling.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        let long = parts.first { $0.hasPrefix("--") }
        self.form = form
        name = long.map { String($0.dropFirst(2)) } ?? String(spelling.prefix { $0 != "." })
        short = long != nil && parts[0].count == 3 ? parts[0].dropFirst().first : nil
        self.word = long == nil ? name : (parts.last.flatMap { $0.hasPrefix("-") ? nil : $0 } ?? word)
        (self.help, self.source, self.required) = (help, source, required)
        (self.repeats, self.stores) = (repeats, stores)
    }

    /// Whether it is written with dashes, at any position.
    package var isOption: Bool { form == .flag || form == .option }

    /// Whether its values are days or periods.
    var takesDays: Bool { word == Day.word || word == Period.word }

    /// As it is typed: `--client CODE`, `INVOICE`, `FILE...`.
    /// `--client`, `NAME`
    package var label: String { isOption ? "--\(name)" : name }

    /// A hint with the values that a text may mean.
    func suggestion(for text: String) -> String? {
        guard case .words(let words) = source else { return nil }
        return Values.suggestion(for: text, among: words)
    }

    package var usage: String {
        switch form {
        case .flag: "--\(name)"
        case .option: "--\(name) \(word)"
        case .operand: name
        case .rest: "\(name)..."
        }
    }
}

/// A parameter of any type.
package protocol Parameter: Sendable {
    var spec: Spec { get }
    /// What a valid value is, for a message after "is not"; nil if the text is valid. May call `today`.
    func refusal(of text: String, today: () throws -> Day) throws -> String?
    /// The parameter itself if it is a filter. A dynamic cast of each parameter would take longer than a short command may.
    var filter: (any Filter)? { get }
}

extension Parameter {
    package var filter: (any Filter)? { nil }
}

/// A parameter whose values have a type.
package protocol Valued: Parameter {
    associatedtype Value: Readable
}

extension Valued {
    package func refusal(of text: String, today: () throws -> Day) throws -> String? {
        try Value.read(text, today: today) == nil ? Value.wanted(for: text) : nil
    }
}

private func source<Value: Readable>(_ type: Value.Type, _ given: Spec.Source?) -> Spec.Source {
    given ?? (Value.choices.isEmpty ? .none : .words(Value.choices))
}

/// `-n, --dry-run`: given or not.
package struct Flag: Parameter {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, waives: Bool = false, stores: Bool = false) {
        var spec = Spec(.flag, spelling, help)
        (spec.waives, spec.stores) = (waives, stores)
        self.spec = spec
    }
    package func refusal(of text: String, today: () throws -> Day) throws -> String? { "taken by --\(spec.name), which has no value" }
}

/// `-d, --due DAY`: an optional option.
package struct Option<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil, stores: Bool = false) {
        spec = Spec(.option, spelling, word: Value.word, help, source: source(Value.self, given), stores: stores)
    }
}

/// `--where NAME=VALUE`: an option that may be repeated.
package struct Several<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.option, spelling, word: Value.word, help, source: source(Value.self, given), repeats: true)
    }
}

/// `--client CODE`: a required option.
package struct Required<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.option, spelling, word: Value.word, help, source: source(Value.self, given), required: true)
    }
}

/// `INVOICE`: a required operand.
package struct Operand<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ name: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.operand, name, help, source: source(Value.self, given), required: true)
    }
}

/// `[SHELL]`: an optional operand.
package struct Maybe<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ name: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.operand, name, help, source: source(Value.self, given))
    }
}

/// `FILE...`: all remaining operands.
package struct Rest<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil, required: Bool = true) {
        spec = Spec(.rest, spelling, help, source: source(Value.self, given), required: required)
    }
}
