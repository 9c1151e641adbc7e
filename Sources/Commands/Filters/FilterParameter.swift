import Console
import Shop
import Store
import Values

/// A filter for a noun's list, as a parameter.
struct FilterParameter: Filter {
    let field: FieldParameter
    /// The condition for one value, or for any of several.
    let condition: @Sendable ([Cell], Shop) throws -> SQL

    var spec: Spec { field.spec }
    var column: String { field.field.name }
    /// Words of a list may be given together: `quote,approved`.
    private func values(_ text: String) -> [String] {
        guard !field.field.choices.isEmpty, field.field.reference == nil, text.utf8.contains(UInt8(ascii: ",")) else { return [text] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    func refusal(of text: String, today: () throws -> Day) throws -> String? {
        try values(text).lazy.compactMap { try field.refusal(of: $0, today: today) }.first
    }

    /// The cells of a text; nil if it cannot be looked for.
    func cells(_ text: String, _ call: Call, _ shop: Shop) throws -> [Cell]? {
        let cells = try values(text).compactMap { try field.cell($0, call, shop) }
        return cells.isEmpty ? nil : cells
    }

    init(field: FieldParameter, condition: @escaping @Sendable ([Cell], Shop) throws -> SQL) {
        (self.field, self.condition) = (field, condition)
    }

    init(_ filter: Noun.Filter) {
        self.init(
            field: FieldParameter(filter.field, option: filter.option, help: filter.help), condition: FilterParameter.any(of: filter))
    }

    /// The condition that a filter holds for any of several values.
    static func any(of filter: Noun.Filter) -> @Sendable ([Cell], Shop) throws -> SQL {
        { cells, shop in
            let conditions = try cells.map { try filter.condition($0, shop) }
            return conditions.count == 1 ? conditions[0] : "(\(conditions.map { "(\($0))" as SQL }.joined(" OR ")))"
        }
    }

    /// All filters of a noun: its filterable fields and its own filters.
    static func all(_ noun: Noun) -> [FilterParameter] {
        let fields = noun.fields.filter(\.filters).map { field in
            FilterParameter(field: FieldParameter(field, filtering: noun)) { cells, _ in
                let cell = cells[0]
                if field.reference != nil { return "\(name: noun.name).\(name: field.column) = \(cell)" }
                // SQLite uses a partial index only if the query repeats the index's WHERE condition.
                let equals: SQL =
                    cells.count == 1 ? "\(field.sql) = \(cell)" : "\(field.sql) IN (\(cells.map { "\($0)" as SQL }.joined(", ")))"
                if let partial = field.partial, !partial.without.contains(where: { cells.contains($0.cell) }) {
                    return "\(equals) AND \(partial.condition)"
                }
                // SQLite compares without case only in ASCII.
                if field.name == noun.title, case .text(let text) = cell, !text.isASCII {
                    return Shop.isCalled("\(name: noun.name).\(name: field.column)", text.searchKey)
                }
                return equals
            }
        }
        return fields + noun.allFilters.map { FilterParameter($0) }
    }
}

extension Noun {
    /// The noun as the command line sees it.
    var subject: FilterSubject {
        var subject = FilterSubject(name, plural: plural) { FilterParameter.all(self) }
        subject.named = named.map { ($0.name, $0.help) }
        subject.flags = named.filter(\.isOption).map { Flag("--\($0.name)", "only \($0.help)") }
        subject.live = live.map { ($0.over, $0.filters) }
        subject.codesAreNames = name == Noun.filter.name
        return subject
    }
}

extension FilterQuery {
    /// The query for the given filters. In a list it is restricted to live records unless a filter decides otherwise.
    func query(_ noun: Noun, _ call: Call, _ shop: Shop, live: Bool) throws -> Query {
        var query = Query(), isDecided = !live
        for asked in try asked(today: call.today, saved: { try shop.saved(.filter, $0, of: noun) }) {
            switch asked {
            case .everything: isDecided = true
            case .named(let name):
                if let named = noun.named.first(where: { $0.name == name }) { query.conditions.append(try named.condition(shop)) }
                isDecided = isDecided || noun.live?.named.contains(name) == true
            case .filter(let filter, let text):
                guard let filter = filter as? FilterParameter, let cells = try filter.cells(text, call, shop) else {
                    throw Failure(.usage, .selection, "'\(text)' cannot be looked for: --where \(filter.spec.name)=\(filter.spec.word)")
                }
                isDecided = isDecided || noun.live?.filters.contains(filter.spec.name) == true
                query.conditions.append(try filter.condition(cells, shop))
            }
        }
        if !isDecided, let live = noun.live { query.walks = try live.walks(shop) }
        return query
    }

    /// The words to save under a name.
    func wordsToSave(_ noun: Noun, _ shop: Shop) throws -> [String] {
        try wordsToSave(saved: { try shop.saved(.filter, $0, of: noun) }) { filter, text in
            guard let reference = (filter as? FilterParameter)?.field.field.reference else { return nil }
            return try shop.find(try shop.noun(reference), text).code
        }
    }
}
