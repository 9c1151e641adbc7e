import Glibc
import Values

/// A name that stands for words of a command line.
package enum Alias {
    /// What is wrong with an alias; nil where nothing is.
    package static func refusal(_ name: String, _ line: String) -> String? {
        guard isName(name) else { return "'\(name)' is not a name for an alias: letters, digits and hyphens, a letter first" }
        do {
            return try ShellLine.words(line).isEmpty ? "an alias stands for at least one word" : nil
        } catch { return Failure(any: error).message }
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (97...122).contains(first | 32) else { return false }
        return name.utf8.allSatisfy {
            (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }
}

/// What a program finds where it runs.
package struct Surroundings: Sendable {
    /// The aliases of the shop that the words are about, and the person's own: asked only for a first word that is no command.
    var aliases: @Sendable (World, [String]) -> [String: String]
    /// The folder of that shop.
    var shop: @Sendable (World, [String]) -> String?
    /// What spreadsheets write before decimals where the call's answer will be opened.
    var decimal: @Sendable (Call) -> DecimalMark

    package init(
        aliases: @escaping @Sendable (World, [String]) -> [String: String] = { _, _ in [:] },
        shop: @escaping @Sendable (World, [String]) -> String? = { _, _ in nil },
        decimal: @escaping @Sendable (Call) -> DecimalMark = { _ in .point }
    ) { (self.aliases, self.shop, self.decimal) = (aliases, shop, decimal) }
}

extension Program {
    /// The name of a command's first word cannot be taken by an alias.
    package func takes(_ name: String) -> Bool { chapters.contains { $0.name == name } }

    /// The words with the alias that they begin with written out, and what that begins with, and so on.
    /// - Throws: `usage` for an alias that leads back to itself.
    package func expanded(_ words: [String], in world: World) throws -> [String] {
        var words = words, seen: [String] = [], known: [String: String]?
        while let place = Program.names(in: words).first, !takes(words[place]) {
            let name = words[place], aliases = known ?? surroundings.aliases(world, words)
            known = aliases
            guard let line = aliases[name] else { return words }
            guard !seen.contains(name) else {
                let way = (seen[(seen.firstIndex(of: name) ?? 0)...] + [name]).joined(separator: " -> ")
                throw Failure(.usage, "the alias '\(name)' leads back to itself: \(way)", hint: "\(self.name) config get alias.\(name)")
            }
            seen.append(name)
            words.replaceSubrange(place...place, with: try ShellLine.words(line))
        }
        return words
    }

    /// The program `laseros-NAME` on the PATH, where the first word is NAME and nothing else: it runs in place of this one.
    func external(_ words: [String], in world: World) -> Outcome? {
        guard let place = Program.names(in: words).first, !takes(words[place]), Alias.isName(words[place]) else { return nil }
        // In front of the name only the shop may stand: another program does not know our options.
        let before = words[..<place]
        guard
            before.isEmpty || before == ["-C", before.last ?? ""] || before == ["--shop", before.last ?? ""]
                || (before.count == 1 && before[0].hasPrefix("--shop="))
        else { return nil }
        for folder in (world.environment["PATH"] ?? "").split(separator: ":") where folder.hasPrefix("/") {
            let path = "\(folder)/\(name)-\(words[place])"
            guard access(path, X_OK) == 0, File.kind(of: path) != S_IFDIR else { continue }
            var outcome = Outcome("")
            outcome.replacement = (path, Array(words[(place + 1)...]), surroundings.shop(world, words))
            return outcome
        }
        return nil
    }

    /// The folder that `--shop` names among words that are no command line yet.
    package static func shop(in words: [String]) -> String? {
        let said = words.prefix { $0 != "--" }
        if let i = said.firstIndex(where: { $0 == "-C" || $0 == "--shop" }), i + 1 < said.count { return said[i + 1] }
        return said.first { $0.hasPrefix("--shop=") }.map { String($0.dropFirst(7)) }
    }
}
