/// Wraps text: prose for a page of 80 columns, and cells of a table.
enum Wrap {
    static let page = 80

    /// Breaks at spaces, and within a word that is longer than a line after its commas.
    static func lines(_ words: [String], width: Int) -> [String] {
        var lines: [String] = [], line = "", used = 0
        for word in words {
            for (i, piece) in pieces(word, width).enumerated() {
                let columns = TerminalText.width(piece), gap = i == 0 && used > 0 ? 1 : 0
                if used > 0, used + gap + columns > width {
                    lines.append(line)
                    (line, used) = (piece, columns)
                } else {
                    line += (gap == 1 ? " " : "") + piece
                    used += gap + columns
                }
            }
        }
        if used > 0 || lines.isEmpty { lines.append(line) }
        return lines
    }

    private static func pieces(_ word: String, _ width: Int) -> [String] {
        guard TerminalText.width(word) > width else { return [word] }
        let parts = word.split(separator: ",", omittingEmptySubsequences: false)
        return parts.dropLast().map { $0 + "," } + parts.suffix(1).map(String.init)
    }

    /// The width of the longest word, in columns.
    static func widestWord(_ text: String) -> Int { text.split(separator: " ").lazy.map { TerminalText.width(String($0)) }.max() ?? 0 }

    /// The lines of a cell, at most `most`; the last ends in `…` if there were more.
    static func cell(_ text: String, width: Int, most: Int) -> [String] {
        guard TerminalText.width(text) > width else { return [text] }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).prefix(width * most)
        let all = lines(words.flatMap { broken($0, width) }, width: width)
        return all.count > most ? all.prefix(most - 1) + [TerminalText.cut(all[most - 1] + " …", to: width)] : all
    }

    /// A word in pieces that fit. It breaks after a punctuation mark if there is one in the last half of the line.
    private static func broken(_ word: Substring, _ width: Int) -> [String] {
        guard TerminalText.width(String(word)) > width else { return [String(word)] }
        var pieces: [String] = [], piece: [Character] = [], used = 0
        for character in word {
            let columns = TerminalText.width(String(character))
            if !piece.isEmpty, used + columns > width {
                let mark = piece.lastIndex { "-_/\\.,;:+".contains($0) } ?? 0
                let end = mark + 1 > piece.count / 2 ? mark + 1 : piece.count
                pieces.append(String(piece[..<end]))
                piece.removeSubrange(..<end)
                used = TerminalText.width(String(piece))
            }
            piece.append(character)
            used += columns
        }
        return pieces + [String(piece)]
    }

    /// A command line for copying, with shell line continuations between words.
    static func example(_ text: String, _ page: Int = page) -> [String] {
        var words: [String] = [], word = "", quote: Character?
        for character in text {
            if character == " ", quote == nil {
                words.append(word)
                word = ""
                continue
            }
            if character == quote { quote = nil } else if quote == nil, character == "'" || character == "\"" { quote = character }
            word.append(character)
        }
        let broken = lines(words + [word], width: page - 8)
        return broken.enumerated().map { i, line in (i == 0 ? "  $ " : "      ") + line + (i < broken.count - 1 ? " \\" : "") }
    }

    static func words(_ text: String) -> [String] { text.split { $0 == " " || $0 == "\n" }.map(String.init) }

    /// Splits text into paragraphs at blank lines.
    static func paragraphs(_ text: String) -> [String] {
        var all: [String] = [], paragraph: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !line.isEmpty {
                paragraph.append(line)
            } else if !paragraph.isEmpty {
                all.append(paragraph.joined(separator: " "))
                paragraph = []
            }
        }
        if !paragraph.isEmpty { all.append(paragraph.joined(separator: " ")) }
        return all
    }

    /// Wraps a paragraph with a hanging indent.
    static func hanging(_ words: [String], first: String, indent: Int, _ page: Int = page) -> String {
        lines(words, width: max(page - indent, 1)).enumerated().map { i, line in
            (i == 0 ? first : String(repeating: " ", count: indent)) + line + "\n"
        }.joined()
    }

    /// Two columns: the term and its description.
    static func pairs(_ pairs: [(left: String, right: String)], _ page: Int = page) -> String {
        let widths = pairs.map { TerminalText.width($0.left) }
        // The description gets at least half of a narrow page, or is on the next line.
        let indent = min(min(widths.max() ?? 0, 30) + 4, max(page / 2, 6))
        return zip(pairs, widths).map { pair, width in
            let left = "  " + pair.left
            let gap = String(repeating: " ", count: max(0, indent - 2 - width))
            guard width + 4 > indent else { return hanging(words(pair.right), first: left + gap, indent: indent, page) }
            let (above, inner) = width + 2 > page ? (hanging(words(pair.left), first: "  ", indent: 4, page), 6) : (left + "\n", indent)
            return above + hanging(words(pair.right), first: String(repeating: " ", count: inner), indent: inner, page)
        }.joined()
    }
}
