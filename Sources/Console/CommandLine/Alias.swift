import Glibc
import Values

/// A name that stands for words of a command line.
package enum Alias {
    /// The aliases among settings, by their names.
    package static func all(in settings: [String: String]) -> [String: String] {
        var found: [String: String] = [:]
        let prefix = Preferences.aliasPrefix
        for (name, line) in settings where name.hasPrefix(prefix) { found[String(name.dropFirst(prefix.count))] = line }
        return found
    }

    /// What is wrong with an alias; nil where nothing is.
    package static func refusal(_ name: String, _ line: String) -> String? {
        guard isName(name) else { return "'\(name)' is not a name for an alias: letters, digits and hyphens, a letter first" }
        do {
            return try ShellLine.words(line).isEmpty ? "an alias needs at least one word" : nil
        } catch { return Failure(any: error).message }
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (97...122).contains(first | 32) else { return false }
        return name.utf8.allSatisfy {
            (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }
}

extension Program {
    /// The aliases that there are, the person's own in place of the shop's of the same name.
    func aliases(of words: [String], in session: any CommandSession) -> [String: String] {
        session.aliases(in: Program.shop(in: words)).merging(session.environment.preferences.aliases) { $1 }
    }

    /// The name of a command's first word cannot be taken by an alias.
    package func takes(_ name: String) -> Bool { groups.contains { $0.name == name } }

    /// The words with the alias that they begin with written out, and what that begins with, and so on: the person's own comes first,
    /// then a program on the PATH, then the shop's.
    /// - Throws: `usage` for an alias that leads back to itself, `refused` for one of the shop that does more than look.
    func expanded(_ words: [String], in session: any CommandSession) throws -> [String] {
        let line = try expanded(words, own: session.environment.preferences.aliases, shops: { session.aliases(in: Program.shop(in: words)) }) {
            external($0, in: session) != nil
        }
        try demandHarmless(line)
        return line.words
    }

    /// What comes from the shop begins with a command or another alias of the shop, and with nothing of the person's.
    func expanded(
        _ typed: [String], own: [String: String], shops: () -> [String: String], isProgram: ([String]) -> Bool
    ) throws -> AliasedLine {
        var line = AliasedLine(typed), seen: [(name: String, isShops: Bool)] = [], known: [String: String]?
        while let place = Program.names(in: line.words).first, !takes(line.words[place]) {
            let name = line.words[place], isWithinShops = line.origins[place] != nil
            var text = isWithinShops ? nil : own[name]
            let isShops = text == nil
            if isShops, isWithinShops || !isProgram(line.words) {
                let aliases = known ?? shops()
                (known, text) = (aliases, aliases[name])
            }
            guard let text else { break }
            if let first = seen.firstIndex(where: { $0 == (name, isShops) }) {
                let way = (seen[first...].map(\.name) + [name]).joined(separator: " -> ")
                throw Failure(
                    .usage, .alias, "the alias '\(name)' leads back to itself: \(way)", hint: "\(self.name) config get alias.\(name)")
            }
            seen.append((name, isShops))
            try line.replace(place, by: text, ofShop: isShops)
        }
        return line
    }

    /// The program `laseros-NAME` on the PATH, where the first word is NAME and nothing else: it runs in place of this one.
    func external(_ words: [String], in session: any CommandSession) -> Outcome? {
        guard let place = Program.names(in: words).first, !takes(words[place]), Alias.isName(words[place]) else { return nil }
        // Before the name only the shop may be given: another program does not know our options.
        let before = words[..<place]
        guard
            before.isEmpty || before == ["-C", before.last ?? ""] || before == ["--shop", before.last ?? ""]
                || (before.count == 1 && before[0].hasPrefix("--shop="))
        else { return nil }
        for folder in (session.environment.variables["PATH"] ?? "").split(separator: ":") where folder.hasPrefix("/") {
            let path = "\(folder)/\(name)-\(words[place])"
            guard access(path, X_OK) == 0, File.kind(of: path) != S_IFDIR else { continue }
            var outcome = Outcome("")
            outcome.replacement = (path, Array(words[(place + 1)...]), session.folder(of: Program.shop(in: words)))
            return outcome
        }
        return nil
    }

    /// The folder that `--shop` names among words that are no command line yet.
    package static func shop(in words: [String]) -> String? {
        let said = words.prefix { $0 != "--" }
        if let i = said.firstIndex(where: { $0 == "-C" || $0 == "--shop" }), i + 1 < said.count { return said[i + 1] }
        if let attached = said.first(where: { $0.hasPrefix("-C") }) { return String(attached.dropFirst(2)) }
        return said.first { $0.hasPrefix("--shop=") }.map { String($0.dropFirst(7)) }
    }
}
