import Values

/// A program: a name and a table of commands, in groups.
package struct Program: Sendable {
    package let name: String
    package let version: String
    /// The release date, for the manual pages.
    package let released: Day
    /// One line that says what the program is for.
    package let summary: String
    private let own: [CommandGroup]

    package init(_ name: String, version: String, released: Day, summary: String, _ groups: [CommandGroup]) {
        (self.name, self.version, self.released, self.summary, own) = (name, version, released, summary, groups)
    }

    /// The program's command groups and the built-in ones.
    package var groups: [CommandGroup] { own + builtIn }

    /// The result of looking up the first words.
    enum Found {
        case nothing
        /// A command group, or one of its branches.
        case node(Node)
        /// The command, and the remaining words.
        case command(Command, [String])
    }

    /// Finds the command with the longest name that the words begin with, ignoring common options in between.
    /// - Parameter session: if given, hints include aliases and other programs.
    func find(_ words: [String], in session: (any CommandSession)? = nil) throws -> Found {
        let places = Program.names(in: words)
        guard let first = places.first.map({ words[$0] }) else { return .nothing }
        guard let group = groups.first(where: { $0.name == first }) else {
            throw unknown(words, places, in: session)
        }
        // Most runs use a single verb. Creating all of them would take a fifth of the time of a short command.
        if places.count > 1, let command = group.one(words[places[1]]) {
            let named = Set(places[..<2])
            return .command(command, words.indices.filter { !named.contains($0) }.map { words[$0] })
        }
        let commands = group.commands()
        for count in stride(from: places.count, to: 0, by: -1) {
            let name = places[..<count].map { words[$0] }.joined(separator: " ")
            guard let command = commands.first(where: { $0.name == name }) else { continue }
            let named = Set(places[..<count])
            return .command(command, words.indices.filter { !named.contains($0) }.map { words[$0] })
        }
        var node = Node(group)
        for place in places.dropFirst() {
            guard let next = node.branch(words[place]) else { throw unknown(verb: words[place], of: node) }
            node = next
        }
        return .node(node)
    }

    /// The indexes of the first three words that are not options.
    static func names(in words: [String]) -> [Int] {
        var places: [Int] = [], at = 0
        while at < words.count, places.count < 3 {
            let word = words[at]
            if !word.hasPrefix("-") || word == "-" {
                places.append(at)
            } else {
                let standard = Standard.all.map(\.spec).first { spec in
                    word == "--\(spec.name)" || word.hasPrefix("--\(spec.name)=")
                        || spec.short.map { word == "-\($0)" || spec.form == .option && word.hasPrefix("-\($0)") } == true
                }
                guard let standard else { break }
                let isAttached = word.hasPrefix("--") ? word.contains("=") : word.utf8.count > 2
                if standard.form == .option, !isAttached { at += 1 }
            }
            at += 1
        }
        return places
    }

    /// Runs a command line: parses it, runs the command and formats the answer.
    package func run(_ typed: [String], in session: any CommandSession) -> Outcome {
        var notes: [String] = [], words = typed
        do {
            words = try expanded(typed, in: session)
            if let other = external(words, in: session) { return other }
            if words.first == "--version" { return Outcome("\(name) \(version)\n") }
            switch try find(words, in: session) {
            case .nothing:
                if let wrong = words.first(where: { !["-h", "--help"].contains($0) }) {
                    throw Failure(.usage, .program, "'\(wrong)' comes without a command", hint: "'\(name) help' lists the commands")
                }
                return Outcome(Manual(self, session.environment.width).overview)
            case .node(let node): return Outcome(Manual(self, session.environment.width).help(node))
            case .command(let command, let rest):
                let call = try command.read(rest, typed: words, in: session)
                if call[Standard.help] { return Outcome(Manual(self, session.environment.width).help(command)) }
                let answer = call.answer
                defer { notes = answer.notes }
                try call.run(answer)
                var outcome = Outcome(answer, try delivered(answer))
                if !call[Standard.noPager] { outcome.pager = Pager(session.environment) }
                return outcome
            }
        } catch {
            return Outcome(Failure(any: error), notes: notes, format: Format.asked(in: words))
        }
    }

    /// Parses words into a call without running it.
    /// - Throws: `usage` if they name no command.
    func call(_ words: [String], in session: any CommandSession) throws -> Call {
        guard case .command(let command, let rest) = try find(words, in: session) else {
            throw Failure(.usage, .program, "'\(words.joined(separator: " "))' is not a command", hint: "'\(name) help' lists the commands")
        }
        return try command.read(rest, typed: words, in: session)
    }

    private func delivered(_ answer: Answer) throws -> Spool {
        do { return try answer.deliver() } catch { throw Failure(unwritten: error, stored: answer.stored) }
    }
}
