import Values

/// What the table knows of one parameter: enough to read it, explain it and complete it.
package struct Spec: Sendable {
    package enum Form: Sendable { case flag, option, operand, rest }

    /// Where the shell finds candidates for the value.
    package enum Source: Equatable, Sendable {
        case none, files, words([String])
        /// The codes of a noun, asked of the shop: `client`.
        case codes(String)
        /// What the word in front of it leads to.
        case behind([String: Source])
    }

    package var form: Form
    /// `client` for `--client`, `INVOICE` for an operand.
    package var name: String
    package var short: Character?
    /// Stands for the value: CODE.
    package var word: String
    package var help: String
    package var source: Source
    /// Must be given: an option without brackets, an operand that cannot be left out.
    package var required: Bool
    /// An option that may be given more than once.
    package var repeats = false
    /// Given, nothing else has to be: the command asks for it itself.
    package var waives = false
    /// Given, a command that reads stores something.
    package var stores = false
    /// A flag that is given in place of it: an operand then takes the names of filters, and leaves other words to those behind it.
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

    /// Written with dashes, and anywhere.
    package var isOption: Bool { form == .flag || form == .option }

    /// As it is typed: `--client CODE`, `INVOICE`, `FILE...`.
    /// `--client`, `NAME`
    package var label: String { isOption ? "--\(name)" : name }

    package var usage: String {
        switch form {
        case .flag: "--\(name)"
        case .option: "--\(name) \(word)"
        case .operand: name
        case .rest: "\(name)..."
        }
    }
}

/// Anything that a command line can hold.
package protocol Parameter: Sendable {
    var spec: Spec { get }
    /// What was wanted, after "is not"; nil when the text can be read. May ask for the day.
    func refusal(of text: String, today: () throws -> Day) throws -> String?
    /// Itself, where it narrows a list: to ask for the protocol of each parameter takes longer than a short command may.
    var filter: (any Filter)? { get }
}

extension Parameter {
    package var filter: (any Filter)? { nil }
}

/// A parameter with a value of its type.
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

/// `-n, --dry-run`: said or not said.
package struct Flag: Parameter {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, waives: Bool = false) {
        var spec = Spec(.flag, spelling, help)
        spec.waives = waives
        self.spec = spec
    }
    package func refusal(of text: String, today: () throws -> Day) throws -> String? { "taken by --\(spec.name), which has no value" }
}

/// `-d, --due DAY`: may be left out.
package struct Option<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil, stores: Bool = false) {
        spec = Spec(.option, spelling, word: Value.word, help, source: source(Value.self, given), stores: stores)
    }
}

/// `--where NAME=VALUE`: an option that may be given more than once.
package struct Several<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.option, spelling, word: Value.word, help, source: source(Value.self, given), repeats: true)
    }
}

/// `--client CODE` that a command cannot do without.
package struct Required<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.option, spelling, word: Value.word, help, source: source(Value.self, given), required: true)
    }
}

/// `INVOICE`: a word that cannot be left out.
package struct Operand<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ name: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.operand, name, help, source: source(Value.self, given), required: true)
    }
}

/// `[SHELL]`: a word that may be left out.
package struct Maybe<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ name: String, _ help: String, from given: Spec.Source? = nil) {
        spec = Spec(.operand, name, help, source: source(Value.self, given))
    }
}

/// `FILE...`: all the words that are left.
package struct Rest<Value: Readable>: Valued {
    package let spec: Spec
    package init(_ spelling: String, _ help: String, from given: Spec.Source? = nil, required: Bool = true) {
        spec = Spec(.rest, spelling, help, source: source(Value.self, given), required: required)
    }
}
