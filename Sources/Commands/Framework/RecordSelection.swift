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
        for asked in try asked(today: call.today, saved: { try shop.kept(.filter, $0, of: noun) }) {
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
    func kept(_ noun: Noun, _ shop: Shop) throws -> [String] {
        try kept(saved: { try shop.kept(.filter, $0, of: noun) }) { filter, text in
            guard let reference = (filter as? FilterParameter)?.field.field.reference else { return nil }
            return try shop.find(try shop.noun(reference), text).code
        }
    }
}

/// No record matched the filters. That is not a failure.
struct NothingFound: Error {
    let noun: Noun
    let sentence: String

    init(_ noun: Noun, matching: Bool) {
        self.noun = noun
        sentence = matching ? "no \(noun.name) matches: nothing was done" : "standard input holds no codes: nothing was done"
    }

    var output: Output { .done(sentence, all: Listing(noun.headings, [])) }
}

/// The records that a call selects, without duplicates.
/// - Throws: `NothingFound` if no record matches the filters.
func picked(_ codes: CodesParameter, _ call: Call, _ shop: Shop) throws -> [Shop.Found] {
    let noun = try shop.noun(codes.subject.name)
    var found: [Shop.Found] = []
    switch try codes.asked(call) {
    case .matching(let narrowing):
        let query = try narrowing.query(noun, call, shop, live: true)
        // A saved filter may match everything.
        guard query.isFiltered else { throw codes.unfiltered(call) }
        found = try shop.found(noun, query)
    case .codes(let words):
        var seen: Set<Int> = [], missing: [Failure] = []
        for (word, isPiped) in words {
            do {
                // Suggestions are searched for only for the codes that are named in the message.
                let isTold = missing.count < mostTold
                let thing = try isPiped ? piped(noun, word, shop, hinting: isTold) : shop.find(noun, word, hinting: isTold)
                if seen.insert(thing.id).inserted { found.append(thing) }
            } catch let failure as Failure where failure.kind == .notFound && failure.reason != .noCode {
                missing.append(failure)
            }
        }
        if let failure = together(missing) { throw failure }
    }
    guard !found.isEmpty else { throw NothingFound(noun, matching: call[CodesParameter.matching]) }
    return found
}

/// How many unknown codes the message names.
private let mostTold = 5

/// One failure for all unknown codes.
private func together(_ missing: [Failure]) -> Failure? {
    guard var failure = missing.first, missing.count > 1 else { return missing.first }
    let more = missing.count > mostTold ? "; and \(missing.count - mostTold) more" : ""
    failure.message = missing.prefix(mostTold).map(\.message).joined(separator: "; ") + more
    return failure
}

/// Runs `body` for each record. If there are several, a failure names the record.
func each<Value>(of found: [Shop.Found], _ body: (Shop.Found) throws -> Value) throws -> [Value] {
    try found.map { thing in
        do { return try body(thing) } catch var failure as Failure
            where found.count > 1 && failure.ending == nil && !failure.message.contains(thing.code)
        {
            failure.message = "\(thing.code): \(failure.message)"
            throw failure
        }
    }
}

/// Finds the record that a line of standard input names by its full code.
/// - Throws: `notFound`, with the reason `noCode` if the line is a row of a table: then one line is enough to report.
private func piped(_ noun: Noun, _ code: String, _ shop: Shop, hinting: Bool) throws -> Shop.Found {
    do {
        return try shop.find(noun, code, guessing: .nothing, hinting: hinting)
    } catch var failure as Failure where failure.kind == .notFound {
        let isRow = code.contains("  ") || code.contains { ",;|\t".contains($0) }
        if isRow || failure.reason == .nothingLike {
            failure.hint = "- reads what --codes, --csv and --json print: laseros \(noun.name) list --codes"
            failure.reason = .noCode
        }
        throw failure
    }
}
