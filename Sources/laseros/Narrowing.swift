import Console
import Shop
import Store
import Values

/// A filter of a noun's list, as a parameter.
struct FilterParameter: Parameter {
    let field: FieldParameter
    let condition: @Sendable (Cell, Shop) throws -> SQL

    var spec: Spec { field.spec }
    func refusal(of text: String, today: () throws -> Day) throws -> String? { try field.refusal(of: text, today: today) }

    /// Every filter of a noun: its fields that filter, and those that it adds.
    static func all(_ noun: Noun) -> [FilterParameter] {
        let fields = noun.fields.filter(\.filters).map { field in
            FilterParameter(field: FieldParameter(field, filter: true)) { cell, _ in
                field.reference != nil ? "\(name: noun.name).\(name: field.column) = \(cell)" : "\(field.sql) = \(cell)"
            }
        }
        return fields
            + noun.allFilters.map {
                FilterParameter(field: FieldParameter($0.field, option: $0.option, help: $0.help), condition: $0.condition)
            }
    }
}

/// `@late`: filters that have a name.
struct NamedFilters: Parameter {
    let spec: Spec

    init(_ noun: Noun) {
        spec = Spec(
            .rest, "@FILTER...",
            "a filter that was saved" + (noun.named.isEmpty ? "" : ", or " + noun.named.map { "@\($0.name)" }.joined(separator: ", ")),
            source: .words(noun.named.map { "@\($0.name)" }))
    }

    func refusal(of text: String, today: () throws -> Day) throws -> String? {
        text.hasPrefix("@") && FilterName(reading: text) != nil ? nil : "a filter (@late)"
    }
}

/// What a command line says of the things that it is about: filters, as options, as `--where` and by name.
struct Narrowing {
    let noun: Noun
    /// Names of filters with what they are to be, and names with an @.
    private(set) var words: [String] = []
    private var takesAll = false

    /// The parameters of a list.
    static func parameters(_ noun: Noun) -> [any Parameter] {
        [NamedFilters(noun)] + FilterParameter.all(noun).map { $0 as any Parameter } + [Ask.filter]
    }

    /// By these words alone.
    init(_ noun: Noun, _ words: [String]) { (self.noun, self.words) = (noun, words) }

    /// - Parameter names: the operand that holds names of filters.
    init(_ noun: Noun, _ call: Call, names: any Parameter) throws {
        self.noun = noun
        for parameter in call.command.parameters.compactMap({ $0 as? FilterParameter }) {
            if let text = call.text(parameter.spec.name) { words.append("\(parameter.spec.name)=\(text)") }
        }
        words += call[Ask.filter].map(\.text) + (call.values[names.spec.name] ?? []).filter { $0.hasPrefix("@") }
        takesAll = call[Ask.all]
        for word in words where !word.hasPrefix("@") { _ = try filter(word) }
    }

    var isEmpty: Bool { words.isEmpty }

    /// What the words ask for, and in a list what is live unless they ask for all.
    func conditions(_ call: Call, _ shop: Shop, live: Bool) throws -> [SQL] {
        var conditions: [SQL] = [], all = takesAll, decided = false
        for word in try expanded(words, shop) {
            if word == Narrowing.everything {
                all = true
            } else if word.hasPrefix("@") {
                if let named = noun.named.first(where: { "@\($0.name)" == word.lowercased() }) {
                    conditions.append(try named.condition(shop))
                }
            } else {
                let (filter, text) = try filter(word)
                decided = decided || filter.spec.name == noun.live?.filter
                conditions.append(try condition(filter, text, call, shop))
            }
        }
        if live, !all, !decided, let live = noun.live { conditions.append(try live.condition(shop)) }
        return conditions
    }

    private func condition(_ filter: FilterParameter, _ text: String, _ call: Call, _ shop: Shop) throws -> SQL {
        if let wanted = try filter.refusal(of: text, today: call.today) {
            throw Failure(.usage, "'\(text)' is not \(wanted): --where \(filter.spec.name)=\(filter.spec.word)")
        }
        guard let cell = try filter.field.cell(text, call, shop) else {
            throw Failure(.usage, "'\(text)' is not \(filter.field.field.expected)")
        }
        return try filter.condition(cell, shop)
    }

    /// The words with those in place that were saved under a name.
    private func expanded(_ words: [String], _ shop: Shop) throws -> [String] {
        try words.flatMap { word -> [String] in
            guard word.hasPrefix("@"), !noun.named.contains(where: { "@\($0.name)" == word.lowercased() }) else { return [word] }
            guard let name = FilterName(reading: word) else { throw Failure(.usage, "'\(word)' is no name of a filter") }
            return try shop.kept(.filter, name, of: noun)
        }
    }

    /// `status=draft`: the filter, by its name or its column's, and the text.
    private func filter(_ word: String) throws -> (FilterParameter, String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw Failure(.usage, "'\(word)' is not NAME=VALUE: --where NAME=VALUE") }
        let all = FilterParameter.all(noun)
        guard let filter = all.first(where: { $0.spec.name == parts[0] || $0.field.field.name == parts[0] }) else {
            let names = all.map(\.spec.name)
            let hint = nearest(parts[0], names).map { "did you mean \($0)?" } ?? "filters: " + names.joined(separator: ", ")
            throw Failure(.usage, "\(noun.plural) have no filter '\(parts[0])'", hint: names.isEmpty ? nil : hint)
        }
        return (filter, parts[1])
    }

    private static let everything = "--all"

    /// The words to keep: codes are looked up now, names stand for what they stand for now; days stay as they were typed.
    func kept(_ shop: Shop) throws -> [String] {
        let words = try expanded(words, shop).map { word -> String in
            guard !word.hasPrefix("@"), word != Narrowing.everything else { return word }
            let (filter, text) = try filter(word)
            guard let reference = filter.field.field.reference else { return "\(filter.spec.name)=\(text)" }
            return "\(filter.spec.name)=\(try shop.find(try shop.noun(reference), text).code)"
        }
        return words + (takesAll && !words.contains(Narrowing.everything) ? [Narrowing.everything] : [])
    }
}

extension Noun {
    /// What help says of narrowing a list.
    func aboutFilters(live isListed: Bool) -> String {
        var lines: [String] = []
        if isListed, let live { lines.append("A plain list leaves out \(live.over): `--all` or `--\(live.filter)` shows it.") }
        if !named.isEmpty { lines.append(named.map { "`@\($0.name)`: \($0.help)." }.joined(separator: " ")) }
        return lines.joined(separator: " ")
    }
}
