import Values

/// A parameter that filters a list.
package protocol Filter: Parameter {
    /// The column that it filters, which `--where` accepts as its name, too.
    var column: String { get }
}

extension Filter {
    package var filter: (any Filter)? { self }
}

/// A noun as the command line sees it: its name and its filters.
package struct FilterSubject: Sendable {
    /// `client`: the first word of its commands.
    package var name: String
    package var plural: String
    /// Creates the filters on demand, because those of all commands would slow down the start.
    package var filters: @Sendable () -> [any Filter]
    /// The predefined named filters: `overdue`, `what was due before today`.
    package var named: [(name: String, help: String)] = []
    /// The options that do the same as a predefined filter of their name.
    package var flags: [Flag] = []
    /// What a plain list leaves out, and the filters that switch this off.
    package var live: (over: String, filters: [String])?
    /// Whether its codes may be typed with a leading @.
    package var codesAreNames = false

    package init(_ name: String, plural: String, filters: @escaping @Sendable () -> [any Filter]) {
        (self.name, self.plural, self.filters) = (name, plural, filters)
    }

    func isNamed(_ word: String) -> Bool { named.contains { "@\($0.name)" == word.lowercased() } }

    /// The help text about filtering its list.
    package func aboutFilters(live isListed: Bool) -> String {
        var lines: [String] = []
        if isListed, let live {
            let options = ["--all"] + live.filters.map { "--\($0)" }
            lines.append("A plain list leaves out \(live.over): \(either(options.map { "`\($0)`" })) shows it.")
        }
        if !named.isEmpty { lines.append(named.map { "`@\($0.name)`: \($0.help)." }.joined(separator: " ")) }
        return lines.joined(separator: " ")
    }
}

/// `@late`: names of filters.
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
