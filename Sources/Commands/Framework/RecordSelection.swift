import Console
import Shop
import Store
import Values

/// A filter of a noun's list, as a parameter.
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

    /// Every filter of a noun: its fields that filter, and those that it adds.
    static func all(_ noun: Noun) -> [FilterParameter] {
        let fields = noun.fields.filter(\.filters).map { field in
            FilterParameter(field: FieldParameter(field, filtering: noun)) { cell, _ in
                if field.reference != nil { return "\(name: noun.name).\(name: field.column) = \(cell)" }
                // SQLite uses an index of some rows where it is told in the words of the index that no others are looked for.
                if let partial = field.partial, !partial.without.contains(where: { $0.cell == cell }) {
                    return "\(field.sql) = \(cell) AND \(partial.condition)"
                }
                // SQLite knows the case of ASCII alone.
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
    /// As the command line sees it.
    var subject: FilterSubject {
        var subject = FilterSubject(name, plural: plural) { FilterParameter.all(self) }
        subject.named = named.map { ($0.name, $0.help) }
        subject.live = live.map { ($0.over, $0.filter) }
        subject.codesAreNames = name == Noun.filter.name
        return subject
    }
}

extension FilterQuery {
    /// What the words ask for, and in a list what is live unless they ask for all.
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

    /// The words to keep under a name.
    func kept(_ noun: Noun, _ shop: Shop) throws -> [String] {
        try kept(saved: { try shop.kept(.filter, $0, of: noun) }) { filter, text in
            guard let reference = (filter as? FilterParameter)?.field.field.reference else { return nil }
            return try shop.find(try shop.noun(reference), text).code
        }
    }
}

/// Nothing was found to do something to: that is no failure.
struct NothingFound: Error {
    let noun: Noun
    let sentence: String

    init(_ noun: Noun, matching: Bool) {
        self.noun = noun
        sentence = matching ? "no \(noun.name) matches: nothing was done" : "standard input holds no codes: nothing was done"
    }

    var output: Output { .done(sentence, all: Listing(noun.headings, [])) }
}

/// The things that a call is about, each once.
/// - Throws: `NothingFound`.
func picked(_ codes: CodesParameter, _ call: Call, _ shop: Shop) throws -> [Shop.Found] {
    let noun = try shop.noun(codes.subject.name)
    var found: [Shop.Found] = []
    switch try codes.asked(call) {
    case .matching(let narrowing):
        let query = try narrowing.query(noun, call, shop, live: true)
        // A filter that was kept may ask for everything.
        guard query.isFiltered else { throw codes.unfiltered(call) }
        found = try shop.found(noun, query)
    case .codes(let words):
        var seen: Set<Int> = [], missing: [Failure] = []
        for (word, isPiped) in words {
            do {
                // What those may be that nobody is told of is not looked for.
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

/// So many are named of those that were not found.
private let mostTold = 5

/// One failure for all that was not found.
private func together(_ missing: [Failure]) -> Failure? {
    guard var failure = missing.first, missing.count > 1 else { return missing.first }
    let more = missing.count > mostTold ? "; and \(missing.count - mostTold) more" : ""
    failure.message = missing.prefix(mostTold).map(\.message).joined(separator: "; ") + more
    return failure
}

/// Does something to each; where there are several, a refusal says to which.
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

/// What a line of standard input names: a whole code.
/// - Throws: `notFound`, and by the reason `noCode` where the line is a row of a table: one line tells as much as all.
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
