import Values

/// The commands that every program has.
extension Program {
    private enum Ask {
        static let words = Rest<String>("COMMAND", "the command to explain", from: .some(.none), required: false)
    }

    var builtIn: [Chapter] {
        [
            Chapter("help", .admin, "Explain the commands") { [help] }
        ]
    }

    private var help: Command {
        .free(
            "help", "Explain the commands", [Ask.words],
            about:
                "Without a word it lists the commands; with the name of one it explains it. `--json` prints the whole table for programs.",
            examples: ["\(name) help", "\(name) help help", "\(name) help --json"]
        ) { call in
            let words = call[Ask.words]
            if call[Standard.json] { return .text(Manual(self).json(words.isEmpty ? nil : try chapter(words))) }
            switch try find(words) {
            case .nothing: return .text(Manual(self).overview)
            case .chapter(let chapter): return .text(Manual(self).help(chapter))
            case .command(let command, _): return .text(Manual(self).help(command))
            }
        }
    }

    /// The chapter that the words are about.
    private func chapter(_ words: [String]) throws -> Chapter? {
        _ = try find(words)
        return chapters.first { $0.name == words[0] }
    }
}
