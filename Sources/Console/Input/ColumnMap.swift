import Values

/// `--map THEIRS=OURS,...`: maps columns of a file to fields.
package enum ColumnMap {
    package static let map = Several<String>(
        "--map THEIRS=OURS,...", "rename columns of the file; A|B=OURS joins some, - skips one; @NAME is a saved map")
    package static let save = Option<FilterName>("--save-map NAME", "save the map as @NAME")
    package static let parameters: [any Parameter] = [map, save]
    package static let relations: [Relation] = [.needs(save.spec.name, map.spec.name)]

    /// The THEIRS=OURS words of a call: those given directly, and those of saved maps for other columns.
    /// - Parameter kept: returns the words of a saved map.
    package static func words(_ call: Call, kept: (FilterName) throws -> [String]) throws -> [String] {
        let words = call[map].flatMap(parted), said = words.filter { !$0.hasPrefix("@") }
        let names = try words.filter { $0.hasPrefix("@") }.map { word in
            guard let name = FilterName(reading: word) else {
                throw Failure(.usage, .columnMap, "'\(word)' is not the name of a map: --map @NAME")
            }
            return name
        }
        return try names.flatMap(kept).filter { !isSaid($0, among: said) } + said
    }

    private static func isSaid(_ word: String, among said: [String]) -> Bool {
        let own = theirs(of: word)
        return said.contains { !theirs(of: $0).isDisjoint(with: own) }
    }

    /// The columns that a word renames, in the form for comparison.
    private static func theirs(of word: String) -> Set<String> {
        let theirs = word.lastIndex(of: "=").map { String(word[..<$0]) } ?? word
        return Set(theirs.split(separator: "|").map { String(String($0).trimmed).lowercased() })
    }

    /// Splits `Price, excl.=amount,Key=key`: commas within their name do not separate.
    private static func parted(_ text: String) -> [String] {
        var words: [String] = [], open = ""
        for part in text.split(separator: ",") {
            open += (open.isEmpty ? "" : ",") + part
            guard open.contains("=") || open.trimmed.hasPrefix("@") else { continue }
            words.append(String(open.trimmed))
            open = ""
        }
        return words + (open.isEmpty ? [] : [String(open.trimmed)])
    }

    /// A dictionary from their names to ours.
    package static func pairs(_ words: [String]) throws -> [String: String] {
        var pairs: [String: String] = [:]
        for word in words {
            guard let equals = word.lastIndex(of: "="), equals > word.startIndex, word.index(after: equals) < word.endIndex else {
                throw Failure(.usage, .columnMap, "'\(word)' is not THEIRS=OURS: --map THEIRS=OURS")
            }
            let theirs = String(String(word[..<equals]).trimmed)
            guard pairs.updateValue(String(String(word[word.index(after: equals)...]).trimmed), forKey: theirs) == nil else {
                throw Failure(.usage, .columnMap, "'\(theirs)' is called something twice: --map \(word)")
            }
        }
        return pairs
    }
}
