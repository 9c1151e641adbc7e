import Console
import Shop
import Store
import Values

/// No record matched the filters. That is not a failure.
struct NothingFound: Error {
    let noun: Noun
    let sentence: String

    init(_ noun: Noun, matching: Bool) {
        self.noun = noun
        sentence = matching ? "no \(noun.word) matches: nothing was done" : "standard input holds no codes: nothing was done"
    }

    var output: Output { .done(sentence, all: Listing(noun.headings, [])) }
}

/// The records that a call selects, without duplicates.
/// - Throws: `NothingFound` if no record matches the filters.
func picked(_ codes: CodesParameter, _ call: Call, _ shop: Shop) throws -> [RecordID] {
    let noun = try shop.noun(codes.subject.name)
    return try picked(codes, call, shop, matching: { $0 }, id: \.id) { word, isPiped, isTold in
        [try find(noun, word, isPiped, shop, hinting: isTold)]
    }
}

/// The same for what belongs to records, such as parts.
/// - Parameters:
///   - matching: what belongs to the records that match the filters.
///   - named: what a word names. Suggestions are searched for only for the words that are named in the message, as it is told.
func picked<Value>(
    _ codes: CodesParameter, _ call: Call, _ shop: Shop, matching: ([RecordID]) throws -> [Value], id: (Value) -> Int,
    named: (_ word: String, _ isPiped: Bool, _ isTold: Bool) throws -> [Value]
) throws -> [Value] {
    let noun = try shop.noun(codes.subject.name)
    var found: [Value] = []
    switch try codes.asked(call) {
    case .matching(let narrowing):
        let query = try narrowing.query(noun, call, shop, live: true)
        // A saved filter may match everything.
        guard query.isFiltered else { throw codes.unfiltered(call) }
        found = try matching(try shop.matches(of: noun, query))
    case .codes(let words):
        var seen: Set<Int> = [], missing: [Failure] = []
        for (word, isPiped) in words {
            do {
                for value in try named(word, isPiped, missing.count < mostTold) where seen.insert(id(value)).inserted {
                    found.append(value)
                }
            } catch let failure as Failure where failure.kind == .notFound && failure.reason != .noCode {
                missing.append(failure)
            }
        }
        if let failure = together(missing) { throw failure }
    }
    guard !found.isEmpty else { throw NothingFound(noun, matching: call[CodesParameter.matching]) }
    return found
}

/// Finds the record that a word names; a line of standard input by its whole code only.
func find(_ noun: Noun, _ word: String, _ isPiped: Bool, _ shop: Shop, hinting: Bool) throws -> RecordID {
    try isPiped ? piped(noun, word, shop, hinting: hinting) : shop.find(noun, word, hinting: hinting)
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

/// Runs `body` for each record. If there are several, a failure names the record, and those that are refused after it.
func each<Value>(of found: [RecordID], _ body: (RecordID) throws -> Value) throws -> [Value] {
    var values: [Value] = [], first: Failure?, others: [String] = []
    for thing in found {
        do { values.append(try body(thing)) } catch var failure as Failure where found.count > 1 && failure.ending == nil {
            guard first == nil else {
                others.append(thing.code)
                continue
            }
            if !failure.message.contains(thing.code) { failure.message = "\(thing.code): \(failure.message)" }
            guard failure.kind == .refused else { throw failure }
            first = failure
        }
    }
    guard var failure = first else { return values }
    if !others.isEmpty {
        let named = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? " and \(others.count - 5) others" : "")
        failure.message += " (and \(others.count) more: \(named))"
    }
    throw failure
}

/// Finds the record that a line of standard input names by its full code.
/// - Throws: `notFound`, with the reason `noCode` if the line is a row of a table: then one line is enough to report.
private func piped(_ noun: Noun, _ code: String, _ shop: Shop, hinting: Bool) throws -> RecordID {
    do {
        return try shop.find(noun, code, guessing: .nothing, hinting: hinting)
    } catch var failure as Failure where failure.kind == .notFound {
        let isRow = code.contains("  ") || code.contains { ",;|\t".contains($0) }
        if isRow || failure.reason == .nothingLike {
            failure.hint = "- reads what --codes, --csv and --json print: laseros \(noun.listCommand) --codes"
            failure.reason = .noCode
        }
        throw failure
    }
}
