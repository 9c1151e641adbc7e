import Glibc
import Values

/// Suggestions for words that are not a command.
extension Program {
    /// Names that other programs use for our verbs.
    private static let synonyms = [
        "create": "add", "new": "add", "insert": "add", "ls": "list", "all": "list", "view": "show", "get": "show", "info": "show",
        "update": "edit", "change": "edit", "set": "edit", "modify": "edit", "delete": "remove", "del": "remove", "rm": "remove",
        "load": "import", "dump": "export", "save": "export",
    ]

    /// - Parameter session: if given, aliases and other programs are suggested, too.
    func unknown(_ words: [String], _ places: [Int], in session: (any CommandSession)?) -> Failure {
        let word = words[places[0]], failure = "there is no command '\(word)'"
        if places.count > 1, let group = groups.first(where: { $0.name == words[places[1]] }),
            let hint = hint(word, of: Node(group))
        {
            return Failure(.usage, .program, failure, hint: hint)
        }
        var names = groups.filter { !$0.isHidden }.map(\.name)
        if let session { names += aliases(of: words, in: session).keys.sorted() + others(session.environment) }
        let hint = suggestion(for: word, among: names) { "'\(name) \($0)'" }
        return Failure(.usage, .program, failure, hint: hint ?? "'\(name) help' lists the commands")
    }

    func unknown(verb: String, of node: Node) -> Failure {
        let failure = "there is no command '\(node.name) \(verb)'"
        if node.branch == nil, let now = node.group.retired[verb.lowercased()] {
            return Failure(.usage, .program, failure, hint: "'\(name) \(now)' does it now")
        }
        return Failure(.usage, .program, failure, hint: hint(verb, of: node) ?? "'\(name) help \(node.name)' lists the commands")
    }

    /// A hint with the commands whose next word equals or resembles `word`.
    private func hint(_ word: String, of node: Node) -> String? {
        let verbs = node.commands.compactMap { $0.words.dropFirst(node.words.count).first }
        let meant = Program.synonyms[word.lowercased()].flatMap { verbs.contains($0) ? $0 : nil }
        return suggestion(for: meant ?? word, among: verbs) { "'\(name) \(node.name) \($0)'" }
    }

    /// The NAME of each `laseros-NAME` on the PATH.
    private func others(_ environment: Environment) -> [String] {
        (environment.variables["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.flatMap { folder -> [String] in
            guard let listed = opendir(String(folder)) else { return [] }
            defer { closedir(listed) }
            var names: [String] = []
            while let entry = readdir(listed) {
                let file = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                if file.hasPrefix(name + "-") { names.append(String(file.dropFirst(name.utf8.count + 1))) }
            }
            return names
        }
    }
}
