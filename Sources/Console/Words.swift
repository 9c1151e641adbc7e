import Values

/// A line taken apart as a shell would, without its expansions: blanks part words, quotes and `\` keep what they hold.
package enum Words {
    /// - Throws: `usage` where a quote stays open.
    package static func split(_ line: String) throws -> [String] {
        var words: [String] = [], word = "", begun = false, quote: Character?, escaped = false
        for character in line {
            if escaped {
                word += quote == "\"" && !"\\\"$`".contains(character) ? "\\\(character)" : String(character)
                escaped = false
            } else if character == "\\", quote != "'" {
                (escaped, begun) = (true, true)
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                (quote, begun) = (character, true)
            } else if quote == nil, character == " " || character == "\t" || character == "\n" {
                if begun { words.append(word) }
                (word, begun) = ("", false)
            } else {
                word.append(character)
                begun = true
            }
        }
        guard quote == nil, !escaped else { throw Failure(.usage, "a quote stays open in: \(line)") }
        if begun { words.append(word) }
        return words
    }
}
