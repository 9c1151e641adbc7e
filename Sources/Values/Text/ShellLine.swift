/// Command lines as a shell reads and writes them: blanks part the words, quotes and backslashes keep them together.
package enum ShellLine {
    /// A command line within a text, and the line on which it begins.
    package struct Command: Sendable {
        package var line: Int
        package var words: [String]
    }

    /// Characters that only a shell can act on.
    private static let shells: Set<Character> = ["|", "&", ";", "<", ">", "`"]

    /// Every command line of a text. `#` begins a comment, a backslash at the end of a line joins the next one to it.
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

    /// The words of one line.
    /// - Throws: `usage` where a quote stays open, or something is for a shell.
    package static func words(_ line: String) throws -> [String] {
        do { return try commands(line, file: "the line").flatMap(\.words) } catch let failure as Failure {
            throw Failure(.usage, .shellLine, "\(line): \(failure.faults.first?.message ?? failure.message)")
        }
    }

    /// The words as they would be typed.
    package static func text(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    /// A word, in quotes where a shell would need them.
    package static func quoted(_ word: String) -> String {
        let plain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,+@%".contains($0) }
        return plain ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Reads a text character by character.
    private struct Reader {
        let file: String
        var commands: [Command] = []
        var faults: [Failure.Fault] = []
        private var words: [String] = []
        private var word: String?
        private var quote: Character?
        private var isEscaped = false, isComment = false
        /// The line at hand, that on which the command began, and that on which the quote was opened.
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

        /// Within double quotes a backslash is one unless something is behind it that it has a meaning for.
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
