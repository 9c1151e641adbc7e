/// Splits and quotes command lines by the rules of a shell: words, quotes and backslashes.
package enum ShellLine {
    /// A command line of a text, with the number of its first line.
    package struct Command: Sendable {
        package var line: Int
        package var words: [String]
    }

    /// Characters that only a shell can interpret.
    private static let shells: Set<Character> = ["|", "&", ";", "<", ">", "`"]

    /// Returns all command lines of a text. `#` begins a comment; a backslash at the end of a line joins it to the next.
    /// - Throws: `usage` with a fault for each line that cannot be read.
    package static func commands(_ text: String, file: String) throws -> [Command] {
        var reader = Reader(file: file)
        for character in text { reader.take(character) }
        reader.finish()
        guard reader.faults.isEmpty else {
            throw Failure(.input, .shellLine, "\(file) cannot be read: nothing was done", faults: reader.faults)
        }
        return reader.commands
    }

    /// Splits one line into words.
    /// - Throws: `usage` for an open quote or a character that only a shell can interpret.
    package static func words(_ line: String) throws -> [String] {
        do { return try commands(line, file: "the line").flatMap(\.words) } catch let failure as Failure {
            throw Failure(.usage, .shellLine, "\(line): \(failure.faults.first?.message ?? failure.message)")
        }
    }

    /// Joins words to a command line that can be typed.
    package static func text(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    /// Returns a word, quoted if a shell requires it.
    package static func quoted(_ word: String) -> String {
        let plain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,+@%".contains($0) }
        return plain ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Parses a text character by character.
    private struct Reader {
        let file: String
        var commands: [Command] = []
        var faults: [Failure.Fault] = []
        private var words: [String] = []
        private var word: String?
        private var quote: Character?
        private var isEscaped = false, isComment = false
        /// The current line, the first line of the command, and the line of the opening quote.
        private var line = 1, begun = 1, opened = 1

        init(file: String) { self.file = file }

        mutating func take(_ character: Character) {
            let isEnd = character.isNewline
            if isEscaped {
                isEscaped = false
                if !isEnd { add(escaped: character) }
            } else if let open = quote {
                takeQuoted(character, open)
            } else if isEnd {
                isComment = false
                endCommand()
            } else if !isComment {
                takePlain(character)
            }
            if isEnd { line += 1 }
        }

        /// Within double quotes a backslash is literal unless it precedes a character that it escapes.
        private mutating func add(escaped character: Character) {
            let stays = quote != nil && !"\"\\$`".contains(character)
            word = (word ?? "") + (stays ? "\\" : "") + String(character)
        }

        private mutating func takeQuoted(_ character: Character, _ open: Character) {
            if character == open {
                quote = nil
            } else if character == "\\", open == "\"" {
                isEscaped = true
            } else {
                word = (word ?? "") + String(character)
            }
        }

        private mutating func takePlain(_ character: Character) {
            if character == " " || character == "\t" { return endWord() }
            if character == "#", word == nil {
                isComment = true
                return
            }
            if words.isEmpty, word == nil { begun = line }
            switch character {
            case "'", "\"": (quote, opened, word) = (character, line, word ?? "")
            case "\\": isEscaped = true
            case _ where ShellLine.shells.contains(character):
                faults.append(
                    Failure.Fault(file: file, line: line, "'\(character)' is for a shell: put it in quotes where it is meant as text"))
            default: word = (word ?? "") + String(character)
            }
        }

        private mutating func endWord() {
            if let word { words.append(word) }
            word = nil
        }

        private mutating func endCommand() {
            endWord()
            if !words.isEmpty { commands.append(Command(line: begun, words: words)) }
            words = []
        }

        mutating func finish() {
            if quote != nil { faults.append(Failure.Fault(file: file, line: opened, "opens a quote that is never closed")) }
            endCommand()
        }
    }
}
