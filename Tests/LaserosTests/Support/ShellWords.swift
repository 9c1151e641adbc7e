/// A command line split by the rules of a shell.
struct ShellWords {
    var words: [String] = []
    /// Whether it has an unquoted character that only a shell can interpret.
    var needsShell = false

    init(_ line: String) {
        var word = "", begun = false, quote: Character?, escaped = false
        for character in line {
            if escaped {
                word.append(character)
                escaped = false
            } else if character == "\\", quote != "'" {
                escaped = true
                begun = true
            } else if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
                if open == "\"", "$`".contains(character) { needsShell = true }
            } else if character == "'" || character == "\"" {
                quote = character
                begun = true
            } else if character == " " || character == "\n" {
                if begun { words.append(word) }
                (word, begun) = ("", false)
            } else {
                if "|<>&;$()`*".contains(character) { needsShell = true }
                word.append(character)
                begun = true
            }
        }
        if begun { words.append(word) }
    }

    /// The words after the program's name; nil if the line runs another program.
    static func laseros(_ line: String) -> [String]? {
        let parts = ShellWords(line)
        return parts.words.first == "laseros" && !parts.needsShell ? Array(parts.words.dropFirst()) : nil
    }
}

extension ShellWords {
    /// The words of every run of laseros in a line, including those in a pipeline.
    static func commands(_ line: String) -> [[String]] {
        let parts = ShellWords(line).words
        return parts.indices.filter { parts[$0] == "laseros" }.map { start in
            Array(parts[(start + 1)...].prefix { !["|", "&&", "||", ";", ">", "<", "<<END", "laseros"].contains($0) })
        }
    }
}
