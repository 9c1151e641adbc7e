import Values

/// A completion candidate.
package struct Candidate: Equatable, Sendable {
    package var word: String
    package var help: String
    package init(_ word: String, _ help: String = "") { (self.word, self.help) = (word, help) }

    /// Tells the shell to complete file names.
    package static let files = Candidate("<files>")
}

extension Program {
    /// Returns the candidates for the last word: commands, options and values. The shell scripts only display them.
    package func complete(_ words: [String], codes: (String) throws -> [Coded]) rethrows -> [Candidate] {
        let typed = words.last ?? "", before = Array(words.dropLast())
        if before.first == "help" { return commandNames(Array(before.dropFirst()), typed) }
        guard case .command(let command, let rest)? = try? find(before) else {
            let standard = Standard.all.map(\.spec)
            if let pending = Program.state(of: before, standard).pending { return try values(pending, typed, codes) }
            return typed.hasPrefix("-") ? Program.options(standard, typed, given: []) : commandNames(before, typed)
        }
        let state = Program.state(of: rest, command.specs)
        if let pending = state.pending { return try command.columns(pending, typed) ?? values(pending, typed, codes) }
        if !state.isLiteral, typed.hasPrefix("--"), let equals = typed.firstIndex(of: "=") {
            let name = typed[..<equals].dropFirst(2), head = String(typed[...equals])
            guard let spec = command.specs.first(where: { $0.form == .option && $0.name == name }) else { return [] }
            let value = String(typed[typed.index(after: equals)...])
            return try (command.columns(spec, value) ?? values(spec, value, codes)).map {
                $0 == .files ? $0 : Candidate(head + $0.word, $0.help)
            }
        }
        if !state.isLiteral, typed.hasPrefix("-") { return Program.options(command.specs, typed, given: state.given) }
        let operands = command.specs.filter { !$0.isOption }
        let verbs = state.operands == 0 ? commandNames(before, typed) : []
        if state.operands < operands.count {
            return verbs + (try values(operands[state.operands].following(before.last ?? ""), typed, codes))
        }
        if let rest = operands.last, rest.form == .rest { return try values(rest, typed, codes) }
        return typed.isEmpty ? verbs + Program.options(command.specs, "--", given: state.given) : verbs
    }

    /// The words of command names that can come next.
    private func commandNames(_ before: [String], _ typed: String) -> [Candidate] {
        let names = Program.names(in: before).map { before[$0] }
        let shown = Manual(self).groups
        guard let first = names.first else {
            return shown.filter { $0.name.hasPrefix(typed) }.map { Candidate($0.name, $0.summary) }
        }
        guard let group = shown.first(where: { $0.name == first }),
            let node = Node(group).nodes.first(where: { $0.words == names })
        else { return [] }
        return node.members.compactMap { member in
            let (words, summary) =
                switch member {
                case .command(let command): (command.words, command.summary)
                case .node(let inner): (inner.words, inner.summary)
                }
            guard words.count > names.count, words[names.count].hasPrefix(typed) else { return nil }
            return Candidate(words[names.count], summary)
        }
    }

    /// What the words after a command's name leave open.
    private static func state(of words: [String], _ specs: [Spec]) -> (pending: Spec?, given: Set<String>, operands: Int, isLiteral: Bool) {
        var given: Set<String> = [], operands = 0, rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" { return (nil, given, operands + rest.count, true) }
            guard word.hasPrefix("-"), word != "-" else {
                operands += 1
                continue
            }
            let name = word.dropFirst(2).prefix { $0 != "=" }
            let spec: Spec?, isAttached: Bool
            if word.hasPrefix("--") {
                (spec, isAttached) = (specs.first { $0.isOption && $0.name == name }, word.contains("="))
            } else {
                // The first letter of an option with a value takes the rest of the word or, if that is empty, the next word.
                let letters = word.dropFirst()
                let place = letters.firstIndex { letter in specs.contains { $0.short == letter && $0.form == .option } }
                let letter = place.map { letters[$0] } ?? word.last
                (spec, isAttached) = (
                    specs.first { $0.short == letter }, place.map { letters.index(after: $0) < letters.endIndex } ?? false
                )
            }
            guard let spec else { continue }
            if !spec.repeats { given.insert(spec.name) }
            if spec.form == .option, !isAttached, rest.popFirst() == nil { return (spec, given, operands, false) }
        }
        return (nil, given, operands, false)
    }

    private static func options(_ specs: [Spec], _ typed: String, given: Set<String>) -> [Candidate] {
        specs.filter { $0.isOption && !given.contains($0.name) && "--\($0.name)".hasPrefix(typed) }.map {
            Candidate("--\($0.name)", $0.help)
        }
    }

    private func values(_ spec: Spec, _ typed: String, _ codes: (String) throws -> [Coded]) rethrows -> [Candidate] {
        switch spec.source {
        case .none: return []
        case .files: return [.files]
        case .words(let words): return words.filter { $0.hasPrefix(typed) }.map { Candidate($0) }
        case .behind: return []
        case .codes(let noun):
            let lower = typed.lowercased()
            return try codes(noun).filter { $0.code.lowercased().hasPrefix(lower) }.map { Candidate($0.code, $0.name) }
        }
    }
}

extension Command {
    /// The candidates for the last column in `--fields A,B`; nil for any other option.
    fileprivate func columns(_ spec: Spec, _ typed: String) -> [Candidate]? {
        guard spec.name == Standard.fields.spec.name, !answer.isEmpty else { return nil }
        let given = typed.split(separator: ",", omittingEmptySubsequences: false).map(String.init), last = given.last ?? ""
        let head = typed.dropLast(last.count)
        return answer.map(\.name).filter { $0.hasPrefix(last) && !given.dropLast().contains($0) }.map { Candidate(head + $0) }
    }
}

extension Spec {
    /// The same parameter with the candidates for the word before it.
    fileprivate func following(_ word: String) -> Spec {
        guard case .behind(let sources) = source else { return self }
        var spec = self
        spec.source = sources[word] ?? .none
        return spec
    }
}
