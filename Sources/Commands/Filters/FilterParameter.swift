import Console
import Shop
import Store
import Values

/// A filter for a noun's list, as a parameter.
struct FilterParameter: Filter {
    let field: FieldParameter
    let condition: @Sendable (Cell, Shop) throws -> SQL

    var spec: Spec { field.spec }
    var column: String { field.field.name }
    func refusal(of text: String, today: () throws -> Day) throws -> String? { try field.refusal(of: text, today: today) }

    init(field: FieldParameter, condition: @escaping @Sendable (Cell, Shop) throws -> SQL) {
        (self.field, self.condition) = (field, condition)
    }

    init(_ filter: Noun.Filter) {
        self.init(field: FieldParameter(filter.field, option: filter.option, help: filter.help), condition: filter.condition)
    }

    /// All filters of a noun: its filterable fields and its own filters.
    static func all(_ noun: Noun) -> [FilterParameter] {
        let fields = noun.fields.filter(\.filters).map { field in
            FilterParameter(field: FieldParameter(field, filtering: noun)) { cell, _ in
                if field.reference != nil { return "\(name: noun.name).\(name: field.column) = \(cell)" }
                // SQLite uses a partial index only if the query repeats the index's WHERE condition.
                if let partial = field.partial, !partial.without.contains(where: { $0.cell == cell }) {
                    return "\(field.sql) = \(cell) AND \(partial.condition)"
                }
                // SQLite compares without case only in ASCII.
                if field.name == noun.title, case .text(let text) = cell, !text.isASCII {
                    return Shop.isCalled("\(name: noun.name).\(name: field.column)", text.searchKey)
                }
                return "\(field.sql) = \(cell)"
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
        subject.live = live.map { ($0.over, $0.filter) }
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
            case .filter(let filter, let text):
                guard let filter = filter as? FilterParameter, let cell = try filter.field.cell(text, call, shop) else {
                    throw Failure(.usage, .selection, "'\(text)' cannot be looked for: --where \(filter.spec.name)=\(filter.spec.word)")
                }
                isDecided = isDecided || filter.spec.name == noun.live?.filter
                query.conditions.append(try filter.condition(cell, shop))
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
