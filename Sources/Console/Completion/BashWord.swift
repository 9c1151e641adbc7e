import Values

/// A word of a bash command line that is being typed: its quote may still be open.
struct BashWord {
    /// The text without quotes and backslashes.
    private(set) var text = String.UnicodeScalarView()
    /// The quote that is open at its end, and the length of the text before that quote.
    private(set) var quote: Unicode.Scalar?
    private(set) var before = 0

    init(_ typed: String) {
        var isEscaped = false
        for scalar in typed.unicodeScalars {
            if isEscaped {
                // Within double quotes a backslash is literal unless it precedes a character that it escapes.
                if quote != nil, !"\"\\$`\n".unicodeScalars.contains(scalar) { text.append("\\") }
                if scalar != "\n" { text.append(scalar) }
                isEscaped = false
            } else if scalar == quote {
                quote = nil
            } else if scalar == "\\", quote != "'" {
                isEscaped = true
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                (quote, before) = (scalar, text.count)
            } else {
                text.append(scalar)
            }
        }
    }

    /// Quotes a text for bash, where `quote` may already be open.
    static func quoted(_ text: some Sequence<Unicode.Scalar>, inside quote: Unicode.Scalar?) -> String {
        var out = ""
        let open = quote.map { String($0) } ?? ""
        for scalar in text {
            if TerminalText.isHarmful(scalar) || scalar.properties.isWhitespace && scalar != " " {
                let bytes = String(scalar).utf8.map { "\\x" + String($0, radix: 16).padded(to: 2, with: "0") }
                out += "\(open)$'\(bytes.joined())'\(open)"
            } else if quote == "'" {
                out += scalar == "'" ? "'\\''" : String(scalar)
            } else if quote == "\"" {
                // In double quotes a backslash before an exclamation mark prevents history expansion but stays in the text.
                out += scalar == "!" ? "\"'!'\"" : ("\"\\$`".unicodeScalars.contains(scalar) ? "\\" : "") + String(scalar)
            } else {
                out += (isPlain(scalar) ? "" : "\\") + String(scalar)
            }
        }
        // Bash appends the closing quote itself, unless the text ends with one.
        return quote != nil && out.unicodeScalars.last == quote ? out + open : out
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return true }
        return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_./:=+,%@".unicodeScalars.contains(scalar)
    }
}

extension Program {
    /// Completes words with bash's quoting, and returns candidates quoted for the command line.
    /// - Parameter kept: the part of the last word that bash does not replace.
    func complete(bash words: [String], keeping kept: String, codes: (String) throws -> [Coded]) rethrows -> [String] {
        let typed = words.map(BashWord.init), last = typed.last ?? BashWord("")
        let leaves = last.quote == nil ? BashWord(kept).text.count : last.before
        return try complete(typed.map { String($0.text) }, codes: codes).map { candidate in
            // A quoted word of the shop can never look like this marker.
            if candidate == .files { return candidate.word }
            return BashWord.quoted(candidate.word.unicodeScalars.dropFirst(leaves), inside: last.quote)
        }
    }
}
