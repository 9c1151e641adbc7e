import Console
import Shop
import Store
import Values

/// `CODE...`: what a command is done to: codes as words, `-` for codes on standard input, or with `--all-matching` what the filters of the
/// list find. A filter keeps its option where the command has no other use for it; `--where` says any of them.
struct Codes: Parameter {
    let spec: Spec
    let noun: Noun

    init(_ noun: Noun) {
        self.noun = noun
        spec = Spec(
            .rest, "CODE...", "which \(noun.plural); - reads codes, CSV or JSON from standard input", source: .codes(noun.name))
    }

    func refusal(of text: String, today: () throws -> Day) throws -> String? { Line(reading: text) == nil ? Line.expected : nil }

    /// The parameters of a command, with those by which it finds what it is done to.
    static func completing(_ parameters: [any Parameter]) -> [any Parameter] {
        guard let codes = parameters.lazy.compactMap({ $0 as? Codes }).first else { return parameters }
        let taken = Set(parameters.map(\.spec.name))
        let filters = FilterParameter.all(codes.noun).filter { !taken.contains($0.spec.name) }
        return parameters + [Ask.matching] + filters.map { $0 as any Parameter } + [Ask.filter, Ask.all]
    }

    static func relations(_ parameters: [any Parameter]) -> [Relation] {
        parameters.contains { $0 is Codes } ? [.needs(Ask.all.spec.name, Ask.matching.spec.name)] : []
    }

    /// What help says of it.
    static func about(_ parameters: [any Parameter]) -> String {
        guard let codes = parameters.lazy.compactMap({ $0 as? Codes }).first else { return "" }
        let live =
            codes.noun.live.map { "; like the list, it leaves out \($0.over) unless `--all` or `--where \($0.filter)=` is given" } ?? ""
        return """
            In place of codes, `--all-matching` takes whatever `\(codes.noun.name) list` would show with the same filters: `--where NAME=VALUE`, \
            `@NAME`, and each filter's own option where it does not set a field here\(live).
            """
    }

    /// Checks what can be checked before the shop is opened, and reads standard input before anybody is locked out.
    static func readAhead(_ call: Call) throws -> Call {
        guard let codes = call.command.parameters.lazy.compactMap({ $0 as? Codes }).first else { return call }
        var call = call
        let words = call.values[codes.spec.name] ?? [], filters = try Narrowing(codes.noun, call, names: codes)
        if call[Ask.matching] {
            if let code = words.first(where: { !$0.hasPrefix("@") }) {
                throw Failure(.usage, "'\(code)' and --all-matching cannot be given together")
            }
            guard !filters.isEmpty else {
                let filters = Set(FilterParameter.all(codes.noun).map(\.spec.name))
                let setting = call.command.specs.first { filters.contains($0.name) && call.text($0.name) != nil }
                    .map { "--\($0.name) sets a field here: --where \($0.name)=\(call.text($0.name) ?? "") narrows by it" }
                throw Failure(
                    .usage, "--all-matching wants a filter",
                    hint: setting ?? "@NAME or --where NAME=VALUE; 'laseros help \(codes.noun.name) list' names them")
            }
        } else {
            // A filter is called @late where it is removed, too.
            let narrowing = filters.words.first { codes.noun.name != Noun.filter.name || !$0.hasPrefix("@") }
            if let filter = narrowing { throw Failure(.usage, "'\(filter)' narrows only with --all-matching") }
            guard !words.isEmpty else { throw Failure(.usage, "'\(call.command.name)' wants CODE...: \(codes.spec.help)") }
            if words.contains("-") { call.values["-"] = try codesOfInput(codes.noun, call.world) }
        }
        return call
    }

    /// The codes on standard input: one a line, or in the column `code` or `number` of what a list printed.
    fileprivate static func codesOfInput(_ noun: Noun, _ world: World) throws -> [String] {
        let file = try InputFile("-", in: world)
        guard let reader = try RecordReader.list(file, columns: ["code", "number"]) else { return try TextInput(file).lines() }
        guard let i = ["code", "number"].lazy.compactMap({ reader.columns.firstIndex(of: $0) }).first else {
            if reader.columns.isEmpty { return [] }
            throw Failure(.input, "\(file.name) has no column 'code'", hint: "laseros \(noun.name) list --codes")
        }
        var codes: [String] = []
        while try reader.next() {
            guard !reader.isEmpty(i) else {
                throw Failure(
                    .input, "\(file.name) cannot be read",
                    faults: [.init(file: file.name, line: reader.line, column: reader.columns[i], "is empty")])
            }
            codes.append(reader.text(i))
        }
        return codes
    }
}

/// `CODE` of a command whose further words are something else: a code, `-` for codes on standard input, or `@NAME` for what a filter finds.
struct Chosen: Parameter {
    let spec: Spec
    let noun: Noun

    init(_ noun: Noun) {
        self.noun = noun
        spec = Spec(
            .operand, "CODE", "which \(noun.name); - reads codes from standard input, @NAME takes what a filter finds",
            source: .codes(noun.name))
    }

    func refusal(of text: String, today: () throws -> Day) throws -> String? { Line(reading: text) == nil ? Line.expected : nil }

    /// Reads standard input before anybody is locked out.
    static func readAhead(_ call: Call) throws -> Call {
        guard let chosen = call.command.parameters.lazy.compactMap({ $0 as? Chosen }).first, call.text(chosen.spec.name) == "-" else {
            return call
        }
        var call = call
        call.values["-"] = try Codes.codesOfInput(chosen.noun, call.world)
        return call
    }

    func found(_ call: Call, _ shop: Shop) throws -> [Shop.Found] {
        let word = call.text(spec.name) ?? ""
        guard word == "-" || word.hasPrefix("@") else { return [try shop.find(noun, word)] }
        var found: [Shop.Found] = []
        if word == "-" {
            var seen: Set<Int> = []
            found = try (call.values["-"] ?? []).map { try piped(noun, $0, shop) }.filter { seen.insert($0.id).inserted }
        } else {
            var query = Query()
            query.conditions = try Narrowing(noun, [word]).conditions(call, shop, live: true)
            found = try shop.found(noun, query)
        }
        guard !found.isEmpty else { throw NothingFound(noun, matching: word != "-") }
        return found
    }
}

/// Nothing was found to do something to: that is no failure.
struct NothingFound: Error {
    let noun: Noun
    let sentence: String

    init(_ noun: Noun, matching: Bool) {
        self.noun = noun
        sentence = matching ? "no \(noun.name) matches: nothing was done" : "standard input holds no codes: nothing was done"
    }

    var output: Output { .done(sentence, all: Listing(noun.headings, [])) }
}

/// What a line of standard input names: a whole code.
/// - Throws: `notFound`, and what can be piped where the line is no code but a row of a table.
private func piped(_ noun: Noun, _ code: String, _ shop: Shop) throws -> Shop.Found {
    do { return try shop.find(noun, code, guessing: .nothing) } catch var failure as Failure where failure.kind == .notFound {
        let isRow = code.contains("  ") || code.contains { ",;|\t".contains($0) }
        if isRow || failure.hint == "laseros \(noun.name) list" {
            failure.hint = "- reads what --codes, --csv and --json print: laseros \(noun.name) list --codes"
        }
        throw failure
    }
}

/// The things that a call is about, each once.
func picked(_ noun: Noun, _ codes: Codes, _ call: Call, _ shop: Shop) throws -> [Shop.Found] {
    var found: [Shop.Found] = []
    if call[Ask.matching] {
        var query = Query()
        query.conditions = try Narrowing(noun, call, names: codes).conditions(call, shop, live: true)
        found = try shop.found(noun, query)
    } else {
        var seen: Set<Int> = []
        for word in call.values[codes.spec.name] ?? [] {
            for code in word == "-" ? call.values["-"] ?? [] : [word] {
                let thing = try word == "-" ? piped(noun, code, shop) : shop.find(noun, code)
                if seen.insert(thing.id).inserted { found.append(thing) }
            }
        }
    }
    guard !found.isEmpty else { throw NothingFound(noun, matching: call[Ask.matching]) }
    return found
}
