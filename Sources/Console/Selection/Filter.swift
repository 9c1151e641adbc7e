import Values

/// A parameter that narrows a list.
package protocol Filter: Parameter {
    /// The column that it looks at: `--where` knows it by that, too.
    var column: String { get }
}

extension Filter {
    package var filter: (any Filter)? { self }
}

/// What commands are about, as a command line sees it: a noun, and the ways to narrow its list.
package struct FilterSubject: Sendable {
    /// `client`: the first word of its commands.
    package var name: String
    package var plural: String
    /// Made when they are asked for: starting must not pay for those of every command.
    package var filters: @Sendable () -> [any Filter]
    /// Filters that are always there under a name: `overdue`, `what was due before today`.
    package var named: [(name: String, help: String)] = []
    /// What a plain list leaves out, and the filter that decides about it by itself.
    package var live: (over: String, filter: String)?
    /// Its codes are typed with an @ in front, too.
    package var codesAreNames = false

    package init(_ name: String, plural: String, filters: @escaping @Sendable () -> [any Filter]) {
        (self.name, self.plural, self.filters) = (name, plural, filters)
    }

    func isNamed(_ word: String) -> Bool { named.contains { "@\($0.name)" == word.lowercased() } }

    /// What help says of narrowing its list.
    package func aboutFilters(live isListed: Bool) -> String {
        var lines: [String] = []
        if isListed, let live { lines.append("A plain list leaves out \(live.over): `--all` or `--\(live.filter)` shows it.") }
        if !named.isEmpty { lines.append(named.map { "`@\($0.name)`: \($0.help)." }.joined(separator: " ")) }
        return lines.joined(separator: " ")
    }
}

/// `@late`: filters that have a name.
package struct NamedFilters: Parameter {
    package let spec: Spec

    package init(_ subject: FilterSubject) {
        let names = subject.named.map { "@\($0.name)" }
        spec = Spec(
            .rest, "@FILTER...", "a filter that was saved" + (names.isEmpty ? "" : ", or " + names.joined(separator: ", ")),
            source: .words(names))
    }

    package func refusal(of text: String, today: () throws -> Day) throws -> String? {
        text.hasPrefix("@") && FilterName(reading: text) != nil ? nil : "a filter (@late)"
    }
}
