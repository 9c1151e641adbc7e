import Store
import Values

/// What the words of a file refer to. Files say the same few again and again, those too that mean nothing: each is looked up once.
struct ImportReferences {
    enum Meaning {
        /// The id of a thing.
        case thing(Int)
        /// Why there is none.
        case nothing(String)
    }

    /// By the noun that is referred to, then by word.
    private var known: [String: [String: Meaning]] = [:]

    /// More, and longer ones, are looked up again: memory does not grow with the file.
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
            // Of a file's faults nobody is told what may have been meant: it is not looked for.
            return .thing(try shop.find(noun, word, guessing: .names, hinting: false).id)
        } catch let failure as Failure where failure.kind == .notFound { return .nothing(failure.message) }
    }
}
