/// Prose for a page of 80 columns.
enum Wrap {
    static let page = 80

    /// Breaks at blanks; a word that is longer than a line stands alone.
    static func lines(_ words: [String], width: Int) -> [String] {
        var lines: [String] = [], line = "", used = 0
        for word in words {
            let columns = Harmless.width(word)
            if used > 0, used + 1 + columns > width {
                lines.append(line)
                (line, used) = ("", 0)
            }
            line += used == 0 ? word : " " + word
            used += used == 0 ? columns : columns + 1
        }
        if used > 0 || lines.isEmpty { lines.append(line) }
        return lines
    }

    static func words(_ text: String) -> [String] { text.split { $0 == " " || $0 == "\n" }.map(String.init) }

    /// Paragraphs, which a blank line parts.
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

    /// A paragraph with its further lines moved in by so many columns.
    static func hanging(_ words: [String], first: String, indent: Int) -> String {
        lines(words, width: page - indent).enumerated().map { i, line in
            (i == 0 ? first : String(repeating: " ", count: indent)) + line + "\n"
        }.joined()
    }

    /// Two columns: what it is, and what it means.
    static func pairs(_ pairs: [(left: String, right: String)]) -> String {
        let widths = pairs.map { Harmless.width($0.left) }
        let indent = min(widths.max() ?? 0, 30) + 4
        return zip(pairs, widths).map { pair, width in
            let left = "  " + pair.left
            let gap = String(repeating: " ", count: max(0, indent - 2 - width))
            guard width + 4 > indent else { return hanging(words(pair.right), first: left + gap, indent: indent) }
            return left + "\n" + hanging(words(pair.right), first: String(repeating: " ", count: indent), indent: indent)
        }.joined()
    }
}
