import Values

/// `CODE...`: the records that a command applies to: codes as words, `-` for codes on standard input, or `--all-matching` with the filters
/// of the list. A filter keeps its option unless the command uses that option for something else; `--where` can express any filter.
package struct CodesParameter: Parameter {
    package static let matching = Flag("--all-matching", "take every match of the filters, in place of codes")

    package let spec: Spec
    package let subject: FilterSubject

    /// - Parameters:
    ///   - several: whether all words are codes, so that no other operands follow.
    ///   - words: what the codes name, if they name more than records.
    package init(_ subject: FilterSubject, several: Bool = true, words: String? = nil) {
        self.subject = subject
        let which = "which \(words ?? subject.plural); - reads codes, CSV or JSON from standard input"
        var spec = Spec(several ? .rest : .operand, several ? "CODE..." : "CODE", which, source: .codes(subject.name))
        spec.replacement = CodesParameter.matching.spec.name
        self.spec = spec
    }

    package func refusal(of text: String, today: () throws -> Day) throws -> String? {
        Line(reading: text) == nil ? Line.expected : nil
    }

    /// What a call says about its records.
    package enum Asked {
        case matching(FilterQuery)
        /// Each code, and whether it comes from standard input.
        case codes([(word: String, isPiped: Bool)])
    }

    package func asked(_ call: Call) throws -> Asked {
        if call[CodesParameter.matching] { return .matching(try FilterQuery(subject, call, names: self)) }
        let words = call.values[spec.name] ?? [], piped = (call.values[CodesParameter.input] ?? []).map { ($0, true) }
        return .codes(words.flatMap { $0 == CodesParameter.input ? piped : [($0, false)] })
    }

    /// The word for standard input, also used as its name.
    package static let input = "-"
}

extension CodesParameter {
    private static func of(_ parameters: [any Parameter]) -> CodesParameter? { parameters.lazy.compactMap { $0 as? CodesParameter }.first }

    /// The parameters of a command, including those that select its records.
    package static func completing(_ parameters: [any Parameter]) -> [any Parameter] {
        guard let codes = of(parameters) else { return parameters }
        let taken = Set(parameters.map(\.spec.name))
        let filters = codes.subject.filters().filter { !taken.contains($0.spec.name) }
        let flags = codes.subject.flags.map { $0 as any Parameter }
        return parameters + [matching] + filters.map { $0 as any Parameter } + flags + [FilterQuery.filter, FilterQuery.all]
    }

    package static func relations(_ parameters: [any Parameter]) -> [Relation] {
        of(parameters) == nil ? [] : [.needs(FilterQuery.all.spec.name, matching.spec.name)]
    }

    /// The description of the parameters for help.
    package static func about(_ parameters: [any Parameter]) -> String {
        guard let subject = of(parameters)?.subject else { return "" }
        let live =
            subject.live.map { live in
                let options = ["`--all`"] + live.filters.map { "`--where \($0)=`" }
                return "; like the list, it leaves out \(live.over) unless \(either(options)) is given"
            } ?? ""
        return """
            `--all-matching` takes what `\(subject.name) list` shows with the same filters, in place of codes: `--where NAME=VALUE`, \
            `@NAME`, and each option that filters and does not set a field here\(live).
            """
    }

    /// Checks what can be checked without the shop, and reads standard input before anybody is locked out.
    package static func readAhead(_ call: Call) throws -> Call {
        guard let codes = of(call.command.parameters) else { return call }
        let words = call.values[codes.spec.name] ?? [], filters = try FilterQuery(codes.subject, call, names: codes)
        if call[matching] {
            if let code = words.first(where: { !$0.hasPrefix("@") }) {
                throw Failure(.usage, .codes, "'\(code)' and --all-matching cannot be given together")
            }
            guard !filters.isEmpty else { throw codes.unfiltered(call) }
            return call
        }
        let narrowing = filters.words.first { !codes.subject.codesAreNames || !$0.hasPrefix("@") }
        if let filter = narrowing { throw Failure(.usage, .codes, "'\(filter)' narrows only with --all-matching") }
        guard !words.isEmpty else {
            throw Failure(.usage, .codes, "'\(call.command.name)' requires \(codes.spec.usage): \(codes.spec.help)")
        }
        guard words.contains(input) else { return call }
        var call = call
        call.values[input] = try piped(call.environment, in: ["code", "number"], of: "\(codes.subject.name) list")
        return call
    }

    /// The failure for `--all-matching` without a filter, with a hint if an option of the command looks like one.
    package func unfiltered(_ call: Call) -> Failure {
        let names = Set(subject.filters().map(\.spec.name))
        let setting = call.command.specs.first { names.contains($0.name) && call.text($0.name) != nil }
            .map { "--\($0.name) sets a field here: --where \($0.name)=\(call.text($0.name) ?? "") narrows by it" }
        return Failure(
            .usage, .codes, "--all-matching requires a filter",
            hint: setting ?? "@NAME or --where NAME=VALUE; 'laseros help \(subject.name) list' names them")
    }

    /// Reads the codes on standard input: one per line, or a column of a printed list.
    /// - Parameters:
    ///   - columns: the names that the column may have.
    ///   - list: the command that prints such a list.
    package static func piped(_ environment: Environment, in columns: [String], of list: String) throws -> [String] {
        let file = try InputFile("-", in: environment)
        guard let reader = try RecordReader.list(file, columns: columns) else { return try TextInput(file).lines() }
        guard let i = columns.lazy.compactMap({ reader.columns.firstIndex(of: $0) }).first else {
            if reader.columns.isEmpty { return [] }
            throw Failure(.input, .codes, "\(file.name) has no column '\(columns[0])'", hint: "laseros \(list) --codes")
        }
        var codes: [String] = []
        while try reader.next() {
            guard !reader.isEmpty(i) else {
                throw Failure(
                    .input, .codes, "\(file.name) cannot be read",
                    faults: [.init(file: file.name, line: reader.line, column: reader.columns[i], "is empty")])
            }
            // No code begins with an apostrophe; `--excel` may have added it.
            let code = reader.text(i)
            codes.append(code.hasPrefix("'") ? String(code.dropFirst()) : code)
        }
        return codes
    }
}
