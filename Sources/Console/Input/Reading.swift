import Values

extension Command {
    /// Parses the words after the command's name. The shop is opened only for today's date, if a value depends on it.
    /// - Parameter typed: all words as typed, including the command's name.
    func read(_ words: [String], typed: [String], in session: any CommandSession) throws -> Call {
        var sorting = Sorting(self)
        sorting.sort(words)
        guard sorting.values[Standard.help.spec.name] == nil else { return Call(self, words: typed, values: sorting.values, in: session) }
        try sorting.finish()
        var call = Call(self, words: typed, values: sorting.values, in: session)
        for spec in specs where spec.takesDays { call.values[spec.name] = call.values[spec.name]?.map(call.ordered) }
        try checkValues(of: call)
        try check(relations + Standard.relations, in: call)
        return call
    }

    /// Parses every value once, so that an error in one, or of opening the shop for the day, is reported before the command runs.
    private func checkValues(of call: Call) throws {
        let anyDay = call.environment.clock.day(offset: 0)
        var needed = false
        for parameter in parameters + standard where parameter.spec.form != .flag {
            for text in call.values[parameter.spec.name] ?? [] {
                if parameter.spec.takesDays, let order = call.toldOrder, WrittenDay.contradicts(text, order) {
                    throw Failure(
                        .usage, .reading, "'\(text)' is not a date with --dates \(order.rawValue): \(parameter.spec.usage)")
                }
                // Whether a text is valid does not depend on the day; so the shop is opened only for valid texts.
                let wanted = try parameter.refusal(of: text) {
                    needed = true
                    return anyDay
                }
                if let wanted {
                    if text.isEmpty { throw Failure(.usage, .reading, "\(parameter.spec.label) must not be empty") }
                    throw Failure(
                        .usage, .reading, "'\(text)' is not \(wanted): \(parameter.spec.usage)",
                        hint: hint(for: text, instead: parameter))
                }
            }
        }
        if needed { _ = try call.today() }
    }

    /// The nearest valid value. For the words of a list that name no filter, it is also how to search them.
    private func hint(for text: String, instead parameter: any Parameter) -> String? {
        let near = parameter.spec.suggestion(for: text)
        guard parameter is NamedFilters, specs.contains(where: { $0.name == "search" }), near != "did you mean @\(text)?" else {
            return near
        }
        return [near, "laseros \(name) --search \(ShellLine.text([text]))"].compactMap { $0 }.joined(separator: "; ")
    }
}

extension Command {
    /// The parameter that each word belongs to, by the word's index; combined short options give several. Incomplete command lines are
    /// accepted.
    func takers(of words: [String]) -> [(place: Int, spec: Spec)] {
        var sorting = Sorting(self)
        sorting.sort(words)
        sorting.assign()
        return sorting.takers
    }
}

/// Sorts the words of a command line by parameter.
private struct Sorting {
    let command: Command
    let parameters: [any Parameter]
    var values: [String: [String]] = [:]
    private(set) var takers: [(place: Int, spec: Spec)] = []
    private var operands: [(place: Int, text: String)] = []
    /// The first error. Sorting continues after it, because `--help` may follow.
    private var failure: Failure?

    init(_ command: Command) {
        self.command = command
        parameters = command.parameters + command.standard
    }

    mutating func sort(_ words: [String]) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest.indices.map { ($0, rest[$0]) }
                return
            }
            let place = rest.startIndex - 1
            if !Sorting.isOption(word) {
                operands.append((place, word))
            } else {
                let specs = word.hasPrefix("--") ? long(word, &rest) : cluster(word, &rest)
                takers += (place..<rest.startIndex).flatMap { taken in specs.map { (taken, $0) } }
            }
        }
    }

    /// `-5` and `-.5` are numbers, `-` is standard input.
    static func isOption(_ word: String) -> Bool {
        let bytes = Array(word.utf8.prefix(2))
        return bytes.count == 2 && bytes[0] == UInt8(ascii: "-") && !(48...57).contains(bytes[1]) && bytes[1] != UInt8(ascii: ".")
    }

    /// - Returns: the option that the word names.
    private mutating func long(_ word: String, _ rest: inout ArraySlice<String>) -> [Spec] {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let spec = command.specs.first(where: { $0.isOption && $0.name == parts[0] }) else {
            let names = command.specs.filter(\.isOption).map(\.name)
            fail("'\(command.name)' has no option --\(parts[0])", hint: suggestion(for: parts[0], among: names) { "--\($0)" })
            return []
        }
        if spec.form == .flag, parts.count == 2 {
            fail("--\(spec.name) takes no value, but has '\(parts[1])'")
        } else if spec.form == .flag {
            give(spec, "")
        } else if parts.count == 2 {
            give(spec, parts[1])
        } else {
            take(spec, &rest)
        }
        return [spec]
    }

    /// Parses short options such as `-abc`. The value of an option is the rest of the word or, after the last letter, the next word:
    /// `-fjson`.
    /// - Returns: the options.
    private mutating func cluster(_ word: String, _ rest: inout ArraySlice<String>) -> [Spec] {
        let letters = Array(word.dropFirst())
        var specs: [Spec] = []
        for (i, letter) in letters.enumerated() {
            guard let spec = command.specs.first(where: { $0.short == letter }) else {
                fail("'\(command.name)' has no option -\(letter)" + (letters.count > 1 ? ", which is in '\(word)'" : ""))
                break
            }
            specs.append(spec)
            if spec.form == .flag {
                give(spec, "")
            } else if i == letters.count - 1 {
                take(spec, &rest)
            } else {
                give(spec, String(letters[(i + 1)...]))
                break
            }
        }
        return specs
    }

    private mutating func take(_ spec: Spec, _ rest: inout ArraySlice<String>) {
        guard let value = rest.popFirst() else { return fail("--\(spec.name) requires a value: \(spec.usage)") }
        give(spec, value)
    }

    private mutating func give(_ spec: Spec, _ text: String) {
        if spec.repeats { return values[spec.name, default: []].append(text) }
        if spec.form == .option, values[spec.name] != nil { return fail("--\(spec.name) is given twice") }
        values[spec.name] = [text]
    }

    private mutating func fail(_ message: String, hint: String? = nil) {
        if failure == nil { failure = Failure(.usage, .reading, message, hint: hint) }
    }

    /// Assigns the operands to their parameters.
    /// - Throws: `usage` for the first error so far, or missing or surplus operands.
    mutating func finish() throws {
        if let failure { throw failure }
        let extra = assign()
        let isWaived = command.parameters.contains { $0.spec.waives && values[$0.spec.name] != nil }
        if !isWaived, let missing = command.parameters.map(\.spec).first(where: { $0.required && values[$0.name] == nil }) {
            throw Failure(
                .usage, .reading, "'\(command.name)' requires \(missing.usage)" + (missing.help.isEmpty ? "" : ": \(missing.help)"))
        }
        if let extra { throw Failure(.usage, .reading, "unexpected argument '\(extra)' for '\(command.name)'") }
    }

    /// - Returns: the first surplus operand.
    @discardableResult mutating func assign() -> String? {
        var words = operands[...]
        for spec in parameters.map(\.spec) where spec.form == .operand || spec.form == .rest {
            var given = spec.form == .rest ? words : words.prefix(1)
            if spec.form == .operand, let flag = spec.replacement, values[flag] != nil {
                given = words.filter { $0.text.hasPrefix("@") }[...]
                words = words.filter { !$0.text.hasPrefix("@") }[...]
            } else {
                words = words.dropFirst(given.count)
            }
            if !given.isEmpty { values[spec.name] = given.map(\.text) }
            takers += given.map { ($0.place, spec) }
        }
        return words.first?.text
    }
}
