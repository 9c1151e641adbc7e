import Store
import Values

/// A cache of references. Files repeat a few words, valid or not, so each is looked up once.
struct ImportReferences {
    enum Meaning {
        /// The id of the record.
        case thing(Int)
        /// The reason why there is none.
        case nothing(String)
    }

    /// By noun, then by word.
    private var known: [String: [String: Meaning]] = [:]

    /// Further and longer words are not cached, so that memory does not grow with the file.
    private static let mostWords = 100_000, longestWord = 100

    mutating func meaning(of word: String, to noun: String, in shop: Shop) throws -> Meaning {
        if let known = known[noun]?[word] { return known }
        let meaning = try Self.find(word, shop.noun(noun), shop)
        guard word.utf8.count <= Self.longestWord else { return meaning }
        if known[noun]?.count ?? 0 == Self.mostWords { known[noun] = [:] }
        known[noun, default: [:]][word] = meaning
        return meaning
    }

    private static func find(_ word: String, _ noun: Noun, _ shop: Shop) throws -> Meaning {
        do {
            // Faults of a file contain no suggestions, so none are searched for.
            return .thing(try shop.find(noun, word, guessing: .names, hinting: false).id)
        } catch let failure as Failure where failure.kind == .notFound { return .nothing(failure.message) }
    }
}
