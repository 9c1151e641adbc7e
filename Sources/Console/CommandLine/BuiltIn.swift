import Values

/// The commands that every program has.
extension Program {
    private enum CommonParameters {
        static let command = Rest<String>("COMMAND", "the command to explain, or the manual page to print", required: false)
        static let man = Flag("--man", "print a manual page, for man(1)")
        static let markdown = Flag("--markdown", "print the whole reference as Markdown")
        static let shell = Operand<Shell>("SHELL", "bash, zsh or fish")
        static let null = Flag("--null", "end each candidate, and what it means, with a NUL character: exactly as it is")
        static let bash = Option<String>(
            "--bash TEXT", "take the words as bash has them, and quote candidates for it; it leaves TEXT of the last word as it stands")
        static let words = Rest<String>("WORD", "the words typed so far; the last is to be completed", required: false)
    }

    var builtIn: [CommandGroup] {
        [
            CommandGroup("help", .admin, "Explain the commands") { [help] },
            CommandGroup("completion", .admin, "Complete commands, options and codes in the shell") { [completion] },
            CommandGroup("complete", .admin, "Find what a shell can complete") { [complete] },
        ]
    }

    private var help: Command {
        .free(
            "help", "Explain the commands", [CommonParameters.command, CommonParameters.man, CommonParameters.markdown], permission: .open,
            relations: [.excludes(["man", "markdown", "json"])],
            about: """
                Without a word it lists the commands; with the name of one it explains it. `--json` prints the whole table for programs: each \
                command with its parameters, their types and choices, and the columns of its answer.

                `--man` prints the page of \(name)(1), or with a word that of a noun; commands of three words have a page, too.
                """,
            examples: ["\(name) help", "\(name) help help", "\(name) help --man help | man -l -", "\(name) help --json"]
        ) { call in .text(try explained(call[CommonParameters.command], call)) }
    }

    private func explained(_ words: [String], _ call: Call) throws -> String {
        let manual = Manual(self, call.terminal)
        if call[CommonParameters.markdown] { return manual.markdown }
        if call[CommonParameters.man] { return words.isEmpty || words == [name] ? manual.page : manual.page(try node(words)) }
        if call[Standard.json] { return manual.json(words.isEmpty ? nil : try node(words)) }
        if let text = try explained(alias: words, call) { return text }
        switch try find(words) {
        case .nothing: return manual.overview
        case .node(let node): return manual.help(node)
        case .command(let command, _): return manual.help(command)
        }
    }

    /// What an alias expands to, or why it cannot be expanded; nil if there is no such alias.
    private func explained(alias words: [String], _ call: Call) throws -> String? {
        let typed = (call.text(Standard.shop.spec.name).map { ["-C", $0] } ?? []) + words
        guard let name = words.first, !takes(name), let line = aliases(of: typed, in: call.session)[name] else { return nil }
        let head = "'\(name)' is an alias of '\(line)'\n\n"
        do {
            let written = try expanded(typed, in: call.session)
            // A program with this name takes precedence over an alias of the shop.
            return written == typed ? nil : head + (try explained(written, call))
        } catch let failure as Failure where failure.kind == .refused {
            return head + failure.message + "\n" + (failure.hint.map { "hint: \($0)\n" } ?? "")
        }
    }

    /// Finds a command group or branch by its words or by the name of its manual page: `quote line`, `laseros-quote-line`.
    private func node(_ words: [String]) throws -> Node {
        var words = words
        if let page = words.first, page.hasPrefix("\(name)-") {
            words = page.dropFirst(name.count + 1).split(separator: "-").map(String.init) + words.dropFirst()
        }
        guard let group = groups.first(where: { $0.name == words.first }) else { throw unknown(words + [name], [0], in: nil) }
        return words.dropFirst().reduce(Node(group)) { node, word in node.branch(word) ?? node }
    }

    private var completion: Command {
        .free(
            "completion", "Print the completion script of a shell", [CommonParameters.shell], permission: .open,
            about: """
                For bash put `source <(\(name) completion bash)` into ~/.bashrc, for zsh `source <(\(name) completion zsh)` behind compinit in \
                ~/.zshrc, and for fish the output into ~/.config/fish/completions/\(name).fish.
                """,
            examples: ["\(name) completion bash"]
        ) { call in .text(script(try call[CommonParameters.shell])) }
    }

    private var complete: Command {
        .free(
            "complete", "Find what a shell can complete", [CommonParameters.words, CommonParameters.null, CommonParameters.bash],
            permission: .open,
            relations: [.excludes(["null", "bash"])],
            examples: ["\(name) complete -- help ''"], hidden: true
        ) { call in
            let typed = call[CommonParameters.words], kept = call[CommonParameters.bash],
                words = kept == nil ? typed : typed.map { String(BashWord($0).text) }
            // Codes come from the shop of the command line that is being typed.
            let shop = Program.shop(in: words) ?? call.shopName
            func codes(_ noun: String) throws -> [Coded] {
                guard (try? call.session.demand(.view, for: call.command.name)) != nil else { return [] }
                return call.session.codes(of: noun, in: shop)
            }
            if let kept { return .text(try complete(bash: typed, keeping: kept, codes: codes).map { $0 + "\0" }.joined()) }
            let found = try complete(words, codes: codes)
            if call[CommonParameters.null] { return .text(found.map { "\($0.word)\0\(TerminalText.text($0.help))\0" }.joined()) }
            // Shells that loaded an older completion script insert candidates without quoting them.
            let plain = found.filter { $0 == .files || ShellLine.quoted($0.word) == $0.word }
            return .text(
                plain.map { TerminalText.text($0.word) + ($0.help.isEmpty ? "" : "\t" + TerminalText.text($0.help)) + "\n" }.joined())
        }
    }

    /// All manual pages with their file names: `laseros.1`, `laseros-client.1`.
    package var pages: [(file: String, text: String)] { Manual(self).pages }
    /// The reference in Markdown.
    package var markdown: String { Manual(self).markdown }
}
