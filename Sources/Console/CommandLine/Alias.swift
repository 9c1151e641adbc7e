import Glibc
import Values

/// A name that is replaced by words of a command line.
package enum Alias {
    /// The aliases among settings, by name.
    package static func all(in settings: [String: String]) -> [String: String] {
        var found: [String: String] = [:]
        let prefix = Preferences.aliasPrefix
        for (name, line) in settings where name.hasPrefix(prefix) { found[String(name.dropFirst(prefix.count))] = line }
        return found
    }

    /// What is wrong with an alias; nil if it is valid.
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
    /// All aliases. A personal one replaces one of the shop with the same name.
    func aliases(of words: [String], in session: any CommandSession) -> [String: String] {
        session.aliases(in: Program.shop(in: words)).merging(session.environment.preferences.aliases) { $1 }
    }

    /// Whether a name is the first word of a command, so that no alias can have it.
    package func takes(_ name: String) -> Bool { groups.contains { $0.name == name } }

    /// Expands the alias that the words begin with, and an alias that the result begins with, and so on. Personal aliases come first, then
    /// programs on the PATH, then aliases of the shop.
    /// - Throws: `usage` for a recursive alias, `refused` for an alias of the shop that does more than read.
    func expanded(_ words: [String], in session: any CommandSession) throws -> [String] {
        let line = try expanded(
            words, own: session.environment.preferences.aliases, shops: { session.aliases(in: Program.shop(in: words)) }
        ) {
            external($0, in: session) != nil
        }
        try demandHarmless(line)
        return line.words
    }

    /// An alias of the shop may expand only to a command or another alias of the shop, not to a personal alias.
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

    /// Finds the program `laseros-NAME` on the PATH for a first word NAME that is nothing else. It replaces this process.
    func external(_ words: [String], in session: any CommandSession) -> Outcome? {
        guard let place = Program.names(in: words).first, !takes(words[place]), Alias.isName(words[place]) else { return nil }
        // Only `--shop` may precede the name, because another program does not know our options.
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

    /// The value of `--shop` in words that are not parsed yet.
    package static func shop(in words: [String]) -> String? {
        let said = words.prefix { $0 != "--" }
        if let i = said.firstIndex(where: { $0 == "-C" || $0 == "--shop" }), i + 1 < said.count { return said[i + 1] }
        if let attached = said.first(where: { $0.hasPrefix("-C") }) { return String(attached.dropFirst(2)) }
        return said.first { $0.hasPrefix("--shop=") }.map { String($0.dropFirst(7)) }
    }
}
