import Console
import Shop
import Store
import Values

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
func picked(_ codes: CodesParameter, _ call: Call, _ shop: Shop) throws -> [RecordID] {
    let noun = try shop.noun(codes.subject.name)
    var found: [RecordID] = []
    switch try codes.asked(call) {
    case .matching(let narrowing):
        let query = try narrowing.query(noun, call, shop, live: true)
        // A filter that was kept may ask for everything.
        guard query.isFiltered else { throw codes.unfiltered(call) }
        found = try shop.matches(of: noun, query)
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
func each<Value>(of found: [RecordID], _ body: (RecordID) throws -> Value) throws -> [Value] {
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
private func piped(_ noun: Noun, _ code: String, _ shop: Shop, hinting: Bool) throws -> RecordID {
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
