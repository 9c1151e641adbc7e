import Store
import Values

/// Suggests other words if nothing was found.
extension Search {
    /// How many words of the index are compared with one that is not in it.
    private static let mostCompared = 15_000

    /// `did you mean 'karoo signs'?`; nil if there is no such word.
    func nearest() throws -> String? {
        let unknown = try wanted.words.filter { try shop.query([$0]) == nil }
        guard !unknown.isEmpty else {
            return wanted.words.count > 1 ? "each word is found by itself, but nothing has all of them: leave one out" : nil
        }
        let meant = try wanted.words.map { word in try unknown.contains(word) ? near(word) : word }
        if !meant.contains(nil) {
            let text = meant.compactMap { $0 }.joined(separator: " "), search = try Search(shop, text, nouns: nouns.map(\.name), limit: 1)
            try search.run()
            if !search.found.isEmpty { return "did you mean '\(text)'?" }
        }
        return wanted.words.count > 1 ? "no word begins with \(either(unknown.map { "'\($0)'" }))" : nil
    }

    /// The nearest word that begins with its first two letters, else with its first or, for two letters in the wrong order, its second. A
    /// number is another number, not a typing error.
    private func near(_ word: String) throws -> String? {
        guard !word.contains(where: { $0.isNumber }) else { return nil }
        let letters = word.unicodeScalars.prefix(2).map { String($0) }
        for start in [letters.joined()] + letters {
            // Letters come after digits: codes and the like are left out.
            let words = try shop.data.all(
                """
                SELECT term FROM aux_search_word WHERE term >= \(start + "a") AND term < \(start + Shop.lastLetter)
                LIMIT \(Search.mostCompared)
                """
            ) { $0.text(0) }
            if let near = Values.nearest(word, words.lazy.filter { !$0.contains { $0.isNumber } }) { return near }
        }
        return nil
    }
}
