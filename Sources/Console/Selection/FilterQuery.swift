import Values

/// The filters of a command line: as options, as `--where` and by name.
package struct FilterQuery {
    package static let filter = Several<Line>("--where NAME=VALUE", "only what this filter of the list matches")
    package static let all = Flag("-a, --all", "include what a plain list leaves out")
    package static let save = Option<FilterName>(
        "--save NAME", "save the filters as @NAME instead of listing", stores: true)

    /// What one filter asks for.
    package enum Asked {
        case everything
        /// A predefined filter, by its name in lower case.
        case named(String)
        case filter(any Filter, String)
    }

    package let subject: FilterSubject
    /// The filters as `NAME=VALUE` words, and names with an @.
    private(set) var words: [String] = []
    private var takesAll = false

    /// The parameters of a list.
    package static func parameters(_ subject: FilterSubject) -> [any Parameter] {
        [NamedFilters(subject)] + subject.filters().map { $0 as any Parameter } + subject.flags.map { $0 as any Parameter } + [filter]
    }

    /// - Parameter names: the operand with names of filters.
    package init(_ subject: FilterSubject, _ call: Call, names: any Parameter) throws {
        self.subject = subject
        for parameter in call.command.parameters.lazy.compactMap(\.filter) {
            if let text = call.text(parameter.spec.name) { words.append("\(parameter.spec.name)=\(text)") }
        }
        words += subject.flags.filter { call[$0] }.map { "@\($0.spec.name)" }
        words +=
            try call[Self.filter].map { try ordered($0.text, call) } + (call.values[names.spec.name] ?? []).filter { $0.hasPrefix("@") }
        takesAll = call[Self.all]
        for word in words where !word.hasPrefix("@") { _ = try filter(word) }
    }

    /// A filter whose day is written in the order that the call gives.
    private func ordered(_ word: String, _ call: Call) throws -> String {
        guard WrittenDay.isUnclear(String(word.drop { $0 != "=" }.dropFirst())), case let (filter, text) = try filter(word),
            filter.spec.takesDays
        else { return word }
        return "\(filter.spec.name)=\(call.ordered(text))"
    }

    package var isEmpty: Bool { words.isEmpty }

    /// The parsed filters.
    /// - Parameter saved: returns the words saved under a name.
    package func asked(today: () throws -> Day, saved: (FilterName) throws -> [String]) throws -> [Asked] {
        let asked = try expanded(saved).map { word -> Asked in
            if word == Self.everything { return .everything }
            if word.hasPrefix("@") { return .named(String(word.dropFirst()).lowercased()) }
            let (filter, text) = try filter(word)
            if let wanted = try filter.refusal(of: text, today: today) {
                throw Failure(
                    .usage, .filterQuery, "'\(text)' is not \(wanted): --where \(filter.spec.name)=\(filter.spec.word)",
                    hint: filter.spec.suggestion(for: text))
            }
            return .filter(filter, text)
        }
        return takesAll ? [.everything] + asked : asked
    }

    /// The words to save: codes are resolved now and named filters are expanded, but days stay as typed.
    /// - Parameter code: returns the code for a text; nil if the filter takes none.
    package func wordsToSave(saved: (FilterName) throws -> [String], code: (any Filter, String) throws -> String?) throws -> [String] {
        let words = try expanded(saved).map { word -> String in
            guard !word.hasPrefix("@"), word != Self.everything else { return word }
            let (filter, text) = try filter(word)
            return "\(filter.spec.name)=\(try code(filter, text) ?? text)"
        }
        return words + (takesAll && !words.contains(Self.everything) ? [Self.everything] : [])
    }

    private static let everything = "--all"

    /// The words with saved filters expanded.
    private func expanded(_ saved: (FilterName) throws -> [String]) throws -> [String] {
        try words.flatMap { word -> [String] in
            guard word.hasPrefix("@"), !subject.isNamed(word) else { return [word] }
            guard let name = FilterName(reading: word) else { throw Failure(.usage, .filterQuery, "'\(word)' is not the name of a filter") }
            return try saved(name)
        }
    }

    /// Splits `status=draft` into the filter, found by its name or column, and the text.
    private func filter(_ word: String) throws -> (any Filter, String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw Failure(.usage, .filterQuery, "'\(word)' is not NAME=VALUE: --where NAME=VALUE") }
        let all = subject.filters()
        guard let filter = all.first(where: { $0.spec.name == parts[0] || $0.column == parts[0] }) else {
            let names = all.map(\.spec.name)
            let hint = suggestion(for: parts[0], among: names) ?? "filters: " + names.joined(separator: ", ")
            throw Failure(.usage, .filterQuery, "\(subject.plural) have no filter '\(parts[0])'", hint: names.isEmpty ? nil : hint)
        }
        return (filter, parts[1])
    }
}
