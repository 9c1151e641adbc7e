import Values

/// A command line with its aliases expanded.
struct AliasedLine {
    private(set) var words: [String]
    /// For each word, the shop's alias that it comes from; nil if it comes from the user or a personal alias.
    private(set) var origins: [String?]
    /// The aliases of the shop that were expanded.
    private(set) var shops: [String: String] = [:]

    init(_ typed: [String]) { (words, origins) = (typed, typed.map { _ in nil }) }

    /// A word in quotes, shortened for a message.
    func shown(_ place: Int) -> String { words[place].count > 60 ? "'\(words[place].prefix(60))…'" : "'\(words[place])'" }

    /// - Parameter text: the expansion of the word.
    mutating func replace(_ place: Int, by text: String, ofShop isShops: Bool) throws {
        let name = words[place], new = try ShellLine.words(text)
        if isShops { shops[name] = text }
        words.replaceSubrange(place...place, with: new)
        origins.replaceSubrange(place...place, with: new.map { _ in isShops ? name : nil })
    }
}

extension Command {
    /// Whether it only reads and prints.
    var onlyLooks: Bool { (kind == .reads || kind == .free) && !makesFiles && !hidden }
}

/// Someone else may have created the shop, so what its aliases expand to is checked before it runs.
extension Program {
    /// - Throws: `refused` if words from the shop do more than read, name a file, or run another program. The words that the user adds
    ///   after an alias are not restricted.
    func demandHarmless(_ line: AliasedLine) throws {
        guard let last = line.origins.compactMap({ $0 }).last else { return }
        let names = Program.names(in: line.words)
        if let first = names.first, let origin = line.origins[first], !takes(line.words[first]) {
            throw refusal(origin, "\(line.shown(first)) is not a command, and no program is started for a shop", line)
        }
        guard case .command(let command, let rest) = try find(line.words) else { return }
        let named = names.prefix(command.words.count)
        guard command.onlyLooks else {
            throw refusal(named.compactMap { line.origins[$0] }.last ?? last, "'\(command.name)' changes or writes something", line)
        }
        let places = line.words.indices.filter { !named.contains($0) }
        for (place, spec) in command.takers(of: rest) {
            guard let origin = line.origins[places[place]] else { continue }
            if spec.source == .files { throw refusal(origin, "it names a file or a folder: \(line.shown(places[place]))", line) }
            if spec.stores { throw refusal(origin, "--\(spec.name) stores something", line) }
        }
    }

    private func refusal(_ alias: String, _ why: String, _ line: AliasedLine) -> Failure {
        let text = line.shops[alias] ?? "", isShort = text.utf8.count <= 200
        let way = isShort ? "config set --personal \(Preferences.aliasPrefix)\(alias) \(ShellLine.quoted(text))" : "config edit --personal"
        return Failure(
            .refused, .shopAlias, "the shop's alias '\(alias)' cannot be followed: \(why)",
            hint: "only your own aliases may do that: \(name) \(way)")
    }

    /// - Parameter aliases: the aliases of the shop, including this one.
    /// - Throws: `refused` for an alias that is not allowed in a shop, `usage` for one that is recursive or leads to no command.
    package func demandShopAlias(_ name: String, among aliases: [String: String]) throws {
        try demandHarmless(expanded([name], own: [:], shops: { aliases }) { _ in false })
    }
}
